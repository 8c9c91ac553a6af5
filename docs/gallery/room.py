"""A chat to look at: what is posted to it is kept as it would stand there."""

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.editions import MessageRef
from bot.errors import PlatformError
from bot.messages import Card, Notice
from bot.teams import Sender, Standing

MORNING = datetime(2026, 1, 15, 8, 0, tzinfo=UTC)
EIGHT = MORNING.time()


@dataclass
class Room:
    """A `bot.ports.Platform`. Everybody in it may do everything."""

    name: str
    address: str
    """Of all its channels."""
    posted: dict[MessageRef, Card] = field(default_factory=dict)
    """In the order of posting, each as last edited."""
    under: dict[MessageRef, MessageRef] = field(default_factory=dict)
    """The message that an answer in a thread answers."""
    told: list[Notice] = field(default_factory=list)
    """What somebody was told in private."""
    closed: Mapping[str, PlatformError] = field(default_factory=dict)
    """Channels that take no messages, and what the platform says to each."""

    def room(self) -> nullcontext[None]:
        return nullcontext()

    def channel(self, channel: str) -> list[MessageRef]:
        """The messages of a channel that are in no thread."""
        return [message for message in self.posted if message.channel == channel and message not in self.under]

    def thread(self, parent: MessageRef) -> list[Card]:
        return [self.posted[answer] for answer, above in self.under.items() if above == parent]

    @property
    def picture(self) -> bytes:
        """That of the first message with one."""
        return next(card.image.png for card in self.posted.values() if card.image)

    def member(self, name: str, channel: str) -> Sender:
        """Who says something in a channel, both by their names."""
        return Sender(self.name, "lab", name.casefold(), name, channel, f"#{channel}")

    async def post(
        self,
        channel: str,
        card: Card,
        *,
        key: str,  # noqa: ARG002 - differs from page to page
        under: MessageRef | None = None,
    ) -> MessageRef:
        if channel in self.closed:
            raise self.closed[channel]
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

    async def tell(self, user: str, channel: str, notice: Notice) -> None:  # noqa: ARG002 - whoever it is
        self.told.append(notice)

    async def link(self, message: MessageRef) -> str:
        return f"{self.address}/{message.channel}/{message.message}"

    async def discuss(self, message: MessageRef, card: Card) -> None:
        """Threads are there from the beginning."""

    async def standing(self, user: str, channel: str) -> Standing:  # noqa: ARG002 - alike for all
        return Standing(manages=True, bot_is_in=True, zone="Europe/Berlin")
