"""Digests and round-ups: frozen values, kept as they were when they were made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from bot.editions import MessageRef
from bot.messages import Image
from bot.papers import ArxivId, Author, Paper
from bot.periods import Period
from bot.summaries.values import Section


@dataclass(frozen=True, slots=True)
class Cited:
    """A paper as it is named."""

    id: ArxivId
    title: str
    authors: tuple[Author, ...]
    submitted: date
    """In UTC."""
    withdrawn: bool = False

    @classmethod
    def of(cls, paper: Paper) -> "Cited":
        return cls(paper.id, paper.title, paper.authors, paper.submitted.date(), paper.withdrawn)


@dataclass(frozen=True, slots=True)
class Told:
    """A paper that a digest tells of."""

    paper: Cited
    topic: str
    sections: tuple[Section, ...]
    """What it says: a paragraph or a sentence in one section, or key insights under headings."""
    model: str = ""
    """Whose words those are; empty where they are the paper's own."""
    savers: tuple[str, ...] = ()
    """Names of those who saved it, who came first first."""
    discussed: int = 0
    """How many things people wrote about it."""
    starred: bool = False
    """One of the team's favourites."""
    post: MessageRef | None = None
    """Where it was first brought to the channel."""
    link: str = ""
    """The address of `post`, where the platform has one."""

    @property
    def text(self) -> str:
        """What it says, in one paragraph."""
        return " ".join(claim.text for section in self.sections for claim in section.claims)


@dataclass(frozen=True, slots=True)
class Topic:
    """The papers of one topic; there is at least one."""

    name: str
    papers: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A paper on the team's list."""

    paper: Cited
    savers: tuple[str, ...]
    added: date
    """In the subscription's zone."""


@dataclass(frozen=True, slots=True)
class Revised:
    """News of a paper on the team's list."""

    paper: Cited
    version: int | None
    """A newer one than when it was saved; None where there is none."""
    updated: date
    """When that was submitted, else when the news was noticed, in UTC."""
    savers: tuple[str, ...]
    venue: str = ""
    """Where it appeared or was accepted, in the words of its record."""
    code: tuple[str, ...] = ()
    """Links to its code."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A paper that was brought to the channel, that nobody saved, and that was taken up elsewhere."""

    paper: Cited
    venue: str
    """Where it appeared or was accepted, in the words of its record."""


@dataclass(frozen=True, slots=True)
class Digest:
    """A week of a subscription."""

    period: Period
    editions: int
    """How many daily ones there were; without any there is nothing to tell."""
    considered: int
    """How many new papers they were chosen from."""
    topics: tuple[Topic, ...]
    """Those with most papers first."""
    unread: tuple[Listed, ...]
    """What has been on the team's list unread for long, the oldest first."""
    most_saved: tuple[Listed, ...]
    """What most people saved of all that was saved in the week."""
    revised: tuple[Revised, ...] = ()
    """News of saved papers that was not told under their posts."""
    missed: tuple[Missed, ...] = ()
    """What nobody saved though it was taken up elsewhere, by what was known in the week."""

    @property
    def papers(self) -> Iterator[Told]:
        """All that were posted, in the order of topics."""
        return (told for topic in self.topics for told in topic.papers)


@dataclass(frozen=True, slots=True)
class RoundUp:
    """A month of a subscription."""

    period: Period
    editions: int
    considered: int
    leading: tuple[Told, ...]
    """In depth, the foremost first."""
    others: tuple[Told, ...]
    """One sentence each, the newest first."""
    topics: tuple[tuple[str, int], ...]
    """How many papers each topic has, the most first."""
    chart: Image | None = None
    """A picture of `topics`."""

    @property
    def papers(self) -> Iterator[Told]:
        """Every paper of it."""
        return (told for part in (self.leading, self.others) for told in part)


AnyDigest: TypeAlias = Digest | RoundUp
