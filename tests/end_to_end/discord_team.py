"""A team in a Discord of our own."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext, suppress

from adapters.discord.ids import place
from adapters.discord.permissions import permissions
from adapters.discord.service import Access, DiscordService, open_discord
from bot.commands import COMMANDS
from bot.ports import Platform
from bot.teams import Sender
from tests.end_to_end.team import EMOJI, Team, end_subscriptions
from tests.fakes.desk import Desk, open_desk
from tests.fakes.discord import FakeDiscord, Permission
from tests.fakes.discord.model import Message
from tests.fakes.discord.person import Person

CHARACTERS = {"bookmark": "🔖", "star": "⭐", "+1::skin-tone-3": "👍🏼", "tada": "🎉"}
MENU = "More"


class DiscordTeam(Team[Message]):
    """A server that has not invited the bot yet. Nobody in it may do anything that is not said."""

    service: DiscordService

    def __init__(self, desk: Desk, discord: FakeDiscord, platforms: dict[str, Platform] | None) -> None:
        super().__init__(desk, platforms)
        self.discord = discord
        self._access = Access(discord.token, discord.api_url, discord.gateway_url)
        self.server = discord.guild("lab", bot=False)
        self.server.user("ada", manages=True)
        self.channel = self.server.channel("papers")

    @asynccontextmanager
    async def _running(self) -> AsyncIterator[None]:
        async with open_discord(
            self._access, store=self.desk.store, clock=self.desk.clock, emoji=EMOJI
        ) as self.service:
            listening = asyncio.create_task(self.service.run(self.served(self.service.platform)))
            try:
                await self.connected()
                yield
            finally:
                listening.cancel()
                with suppress(asyncio.CancelledError):
                    await listening

    def person(self, name: str) -> Person:
        return self.server.user(name)

    async def connected(self) -> None:
        await self.discord.until(lambda: self.discord.gateway.connected)

    def invite(self) -> None:
        """With the link that `papers discord invite` prints."""
        self.server.owner.invites_bot(self.server, Permission(permissions().value))

    @property
    def messages(self) -> Sequence[Message]:
        return self.channel.messages

    def thread(self, message: Message) -> Sequence[Message]:
        return message.replies

    def sender(self, name: str) -> Sender:
        where = place(self.server.id, self.channel.id)
        return Sender("discord", self.server.id, self.person(name).id, name, where, "#papers")

    async def reacts(self, name: str, message: Message, emoji: str, *, heard: bool = True) -> None:
        async with self.done.more() if heard else nullcontext():
            self.person(name).reacts(message, CHARACTERS[emoji])

    async def unreacts(self, name: str, message: Message, emoji: str) -> None:
        async with self.done.more():
            self.person(name).unreacts(message, CHARACTERS[emoji])

    async def presses(self, name: str, message: Message, label: str) -> None:
        async with self.done.more():
            assert not (await self.person(name).clicks(message, label)).failure

    async def chooses(self, name: str, message: Message, label: str) -> Message:
        return await (await self.person(name).selects(message, MENU, label)).reply()

    async def uses(self, name: str, verb: str, **said: str) -> Message:
        line = " ".join(filter(None, ("/papers", COMMANDS[verb].group, verb)))
        return await (await self.person(name).uses(line, in_=self.channel, **said)).reply()

    async def turns(self, name: str, listed: Message, label: str) -> None:
        assert await (await self.person(name).clicks(listed, label)).edit() is listed

    async def tags(self, name: str, message: Message, wrong: str, right: str) -> Message:
        person = self.person(name)
        modal = (await person.selects(message, MENU, "Tag")).modal
        assert modal is not None
        assert modal.title == "Tag a paper"
        refused = await (await person.submits(modal, {"tags": wrong})).reply()
        again = (await person.clicks(refused, "Try again")).modal
        assert again is not None
        return await (await person.submits(again, {"tags": right})).reply()

    async def writes_in_thread(self, name: str, message: Message, text: str) -> None:
        thread = message.thread or self.person(name).starts_thread(message, "talk")
        self.person(name).writes(text, in_=thread)


@asynccontextmanager
async def open_team(database_url: str) -> AsyncIterator[DiscordTeam]:
    """A team whose server has not invited the bot yet, with a desk of its own."""
    async with open_desk(database_url) as desk:
        await end_subscriptions(desk)
        async with team_at(desk) as team:
            yield team


@asynccontextmanager
async def team_at(desk: Desk, platforms: dict[str, Platform] | None = None) -> AsyncIterator[DiscordTeam]:
    """The same, at a desk that others may share."""
    discord = FakeDiscord(desk.clock)
    async with discord.serving():
        team = DiscordTeam(desk, discord, platforms)
        await team.starts()
        try:
            yield team
        finally:
            await team.stops()
