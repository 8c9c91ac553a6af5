"""A workspace to look at: what is posted to it is kept as it would stand there."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from adapters.clock import SetClock
from adapters.slack.render import message
from bot.app import App
from bot.commands import Command, parse
from bot.dispatch import Dispatcher
from bot.editions import MessageRef
from bot.messages import Card, Notice, Reply
from bot.teams import Sender, Standing
from docs.gallery.block_html import CHART, posted
from jobs.collect import collect
from jobs.curate import curate
from jobs.deliver import deliver
from jobs.digests import make_digests
from jobs.refresh import refresh

PLATFORM = "slack"


@dataclass
class Room:
    """A `bot.ports.Platform`. Everybody in it may do everything."""

    name: str = PLATFORM
    posted: dict[MessageRef, Card] = field(default_factory=dict)
    """In the order of posting, each as last edited."""
    under: dict[MessageRef, MessageRef] = field(default_factory=dict)
    """The message that an answer in a thread answers."""

    def channel(self, channel: str) -> list[MessageRef]:
        """The messages of a channel that are in no thread."""
        return [message for message in self.posted if message.channel == channel and message not in self.under]

    def thread(self, parent: MessageRef) -> list[Card]:
        return [self.posted[answer] for answer, above in self.under.items() if above == parent]

    @property
    def picture(self) -> bytes:
        """That of the first message with one."""
        return next(card.image.png for card in self.posted.values() if card.image)

    async def post(
        self,
        channel: str,
        card: Card,
        *,
        key: str,  # noqa: ARG002 - differs from page to page
        under: MessageRef | None = None,
    ) -> MessageRef:
        number = sum(known.channel == channel for known in self.posted) + 1
        message = MessageRef(self.name, channel, f"p{number}")
        self.posted[message] = card
        if under:
            self.under[message] = under
        return message

    async def find(self, channel: str, key: str, *, since: datetime, under: MessageRef | None = None) -> None:
        """Nothing is ever lost on the way here."""

    async def edit(self, message: MessageRef, card: Card) -> None:
        self.posted[message] = card

    async def mark(self, message: MessageRef, emoji: str) -> None:
        """People's own messages are not drawn, nor is what is on them."""

    async def tell(self, user: str, channel: str, notice: Notice) -> None:
        """Nothing goes wrong in here that somebody would have to be told."""

    async def link(self, message: MessageRef) -> str:
        return f"https://lab.slack.com/archives/{message.channel}/{message.message}"

    async def discuss(self, message: MessageRef, card: Card) -> None:
        """Threads are there from the beginning."""

    async def standing(self, user: str, channel: str) -> Standing:  # noqa: ARG002 - alike for all
        return Standing(manages=True, bot_is_in=True, zone="Europe/Berlin")


def member(name: str, channel: str) -> Sender:
    """Who says something in a channel of the room, both by their names."""
    return Sender(PLATFORM, "lab", name.casefold(), name, channel, f"#{channel}")


@dataclass(frozen=True)
class Lab:
    """People, channels, and the app among them."""

    app: App
    room: Room

    async def says(self, line: str, *, name: str = "Ada", channel: str = "papers") -> Reply:
        return await self.does(parse(line), name=name, channel=channel)

    async def does(self, command: Command, *, name: str = "Ada", channel: str = "papers") -> Reply:
        dispatch = Dispatcher(replace(self.app.services, platforms={PLATFORM: self.room}))
        reply = await dispatch(command, member(name, channel))
        await refresh(self.app.store, {PLATFORM: self.room}, clock=self.app.clock)
        return reply

    async def morning(self) -> None:
        """Brings each channel its edition."""
        app = self.app
        await collect(app.store, app.source, clock=app.clock)
        await curate(app.store, app.ranker, now=app.clock.now(), wait=timedelta(), only_due=False)
        await deliver(app.store, {PLATFORM: self.room}, clock=app.clock)

    async def digests(self, now: datetime) -> None:
        """Brings each channel the digests that are due at `now`."""
        app, platforms = self.app, {PLATFORM: self.room}
        await make_digests(app.store, platforms, app.services.charts, now=now)
        await deliver(app.store, platforms, clock=SetClock(now))

    def post(self, channel: str, number: int, *, at: str = "8:00 AM") -> str:
        """A message of a channel with its picture and its thread, the first being 0."""
        parent = self.room.channel(channel)[number]
        replies = "\n".join(posted(message(card), at=at) for card in self.room.thread(parent))
        return posted(message(self.room.posted[parent], CHART), replies=replies, at=at)
