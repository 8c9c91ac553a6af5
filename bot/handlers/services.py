"""What handlers work with, and on whose behalf."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from bot.budget import Budget
from bot.curation.ranking import Ranker
from bot.errors import UserError
from bot.messages import Card, Form, Notice, Reply
from bot.papers import ArxivId
from bot.ports import Charts, Clock, FullText, Platform, Source, Store, Summariser, UnitOfWork
from bot.teams import Channel, Member


@dataclass(frozen=True, slots=True)
class Services:
    """The ports and choices that commands need."""

    store: Store
    source: Source
    clock: Clock
    ranker: Ranker
    emoji: Mapping[str, str]
    """Emoji name to the verb it stands for."""
    summariser: Summariser
    """A model where one is set up."""
    extractor: Summariser
    """Stands in for it, and never fails."""
    full_text: FullText
    charts: Charts
    budget: Budget
    language: str
    """Of the summaries of teams that chose none: a tag such as `en`."""
    platforms: Mapping[str, Platform]
    """Those that are running here, by name: where summaries are posted, and messages marked."""
    everyone_manages: bool
    """Whether all may change what their channels are brought, whatever the platform says."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who gave a command, and where."""

    member: Member
    channel: Channel

    @property
    def team_id(self) -> int:
        return self.member.team_id


class Unresolved(UserError):
    """What was asked for is not clear yet; `answer` says what is needed, and offers it."""

    def __init__(self, answer: Card | Notice) -> None:
        super().__init__("More than one paper matches.")
        self.answer = answer


AnyCommand = TypeVar("AnyCommand")
Handler: TypeAlias = Callable[[AnyCommand, Asker, Services], Awaitable[Reply]]


def reply(*parts: Card | Notice | Form) -> Reply:
    """A private answer."""
    return Reply(parts)


async def channel_numbers(asker: Asker, tx: UnitOfWork) -> dict[ArxivId, int]:
    """The numbers that people can name papers by in the asker's channel."""
    edition = await tx.editions.latest_with_picks(asker.channel.id)
    return {pick.paper_id: pick.number for pick in edition.picks} if edition else {}
