"""A team in a Slack of our own."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext

from adapters.slack.manifest import manifest
from adapters.slack.sealing import new_key
from adapters.slack.service import Access, open_slack
from bot.ports import Platform
from bot.teams import Sender
from tests.end_to_end.team import EMOJI, Team, end_subscriptions
from tests.fakes.desk import Desk, open_desk
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.model import Message
from tests.fakes.slack.person import Person
from tests.platform.slack.reached import reached

MENU = "command-4"
"""What stands behind "More" on a post."""


class SlackTeam(Team[Message]):
    """A workspace that has not installed the app yet, which is served at `address` and hears through Socket Mode."""

    address: str

    def __init__(self, desk: Desk, slack: FakeSlack, platforms: dict[str, Platform] | None) -> None:
        super().__init__(desk, platforms)
        self.slack = slack
        self._access = Access(
            slack.api_url,
            app_token=slack.app_token,
            client_id=slack.client_id,
            client_secret=slack.client_secret,
            secret_keys=new_key(),
        )
        self.workspace = slack.workspace("lab", installed=False)
        ada, *others = (self.person(name) for name in ("ada", "ben", "cleo"))
        self.channel = self.workspace.channel("papers", creator=ada, members=others, bot=False)

    @asynccontextmanager
    async def _running(self) -> AsyncIterator[None]:
        async with (
            open_slack(self._access, store=self.desk.store, clock=self.desk.clock, emoji=EMOJI) as service,
            reached(service, self.served(service.platform)) as self.address,
        ):
            self.slack.redirect_url = f"{self.address}/slack/oauth_redirect"
            yield

    def person(self, name: str) -> Person:
        return self.workspace.user(name)

    async def connected(self) -> None:
        await self.slack.until(lambda: self.slack.sockets.connected)

    async def heard(self) -> None:
        """Returns once all that Slack had to tell was acknowledged."""
        await self.slack.until(lambda: all(delivery.over for delivery in self.slack.deliveries))

    @property
    def messages(self) -> Sequence[Message]:
        return self.channel.messages

    def thread(self, message: Message) -> Sequence[Message]:
        return message.replies

    def sender(self, name: str) -> Sender:
        place = f"{self.workspace.id}/{self.channel.id}"
        return Sender("slack", self.workspace.id, self.person(name).id, name, place, "#papers")

    async def reacts(self, name: str, message: Message, emoji: str, *, heard: bool = True) -> None:
        async with self.done.more() if heard else nullcontext():
            await self.person(name).reacts(message, emoji)

    async def unreacts(self, name: str, message: Message, emoji: str) -> None:
        async with self.done.more():
            await self.person(name).unreacts(message, emoji)

    async def presses(self, name: str, message: Message, label: str) -> None:
        async with self.done.more():
            await self.person(name).clicks(message, label)

    async def chooses(self, name: str, message: Message, label: str) -> Message:
        return await (await self.person(name).selects(message, MENU, label)).reply()

    async def uses(self, name: str, verb: str, **said: str) -> Message:
        named = (f"{key}:{value}" if verb == "settings" else value for key, value in said.items())
        return await (await self.person(name).says(" ".join(["/papers", verb, *named]), in_=self.channel)).reply()

    async def turns(self, name: str, listed: Message, label: str) -> None:
        turned = await (await self.person(name).clicks(listed, label)).reply()
        assert turned is listed

    async def tags(self, name: str, message: Message, wrong: str, right: str) -> Message:
        person = self.person(name)
        modal = await (await person.selects(message, MENU, "Tag")).modal()
        await self.slack.until(lambda: modal.title == "Tag a paper")
        assert (await person.submits(modal, {"tags": wrong})).errors
        known = len(person.ephemerals)
        await person.submits(modal, {"tags": right})
        return (await self.slack.until(lambda: person.ephemerals[known:]))[0]

    async def writes_in_thread(self, name: str, message: Message, text: str) -> None:
        await self.person(name).writes(text, in_=self.channel, thread=message)


@asynccontextmanager
async def open_team(database_url: str) -> AsyncIterator[SlackTeam]:
    """A team whose workspace has not installed the app yet, with a desk of its own."""
    async with open_desk(database_url) as desk:
        await end_subscriptions(desk)
        async with team_at(desk) as team:
            yield team


@asynccontextmanager
async def team_at(desk: Desk, platforms: dict[str, Platform] | None = None) -> AsyncIterator[SlackTeam]:
    """The same, at a desk that others may share."""
    slack = FakeSlack(desk.clock)
    slack.retry_delays, slack.ack_timeout = (0.0,) * 20, 2.0
    slack.configure(manifest())
    async with slack.serving():
        team = SlackTeam(desk, slack, platforms)
        await team.starts()
        try:
            yield team
        finally:
            await team.stops()
