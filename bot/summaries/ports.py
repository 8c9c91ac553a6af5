"""The ports that summaries need; `bot.ports` passes them on."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from bot.budget import Spent, Use
from bot.editions import MessageRef
from bot.papers import ArxivId, Paper
from bot.summaries.kept import KeptSummary, SummaryKey, SummaryPost, Teaser
from bot.summaries.values import Audience, Shortlist, Summary, SummaryKind


class Summariser(Protocol):
    """Says what papers say in few words. Neither method needs a paper's authors, comments or dates, nor sends them."""

    @property
    def model(self) -> str:
        """The name that its summaries bear as `model`; empty where they are extracts."""

    @property
    def prompt_version(self) -> str:
        """What its summaries bear as `prompt_version`."""

    async def summarise(self, paper: Paper, kind: SummaryKind, *, audience: Audience, full_text: str = "") -> Summary:
        """One paper in any form but RELEVANCE, from its abstract, or from `full_text` where that is given.

        Each claim was checked against that source. Raises SummaryUnavailable, within the deadline that the summariser
        was made with, if a model does not give a summary that holds; an extract never raises it.
        """

    async def shortlist(self, papers: Sequence[Paper], *, audience: Audience) -> Shortlist:
        """The RELEVANCE of each paper, from its abstract, made in batches; the order of `papers` is of no account.

        Never raises SummaryUnavailable: a paper that the model failed on is left out, and the reason given.
        """


class FullText(Protocol):
    """Where the full text of papers comes from."""

    async def of(self, paper: Paper) -> str:
        """The text of this version, on one line, its formulas as `$…$`; of a long paper, the beginning.

        Raises FullTextUnavailable, within minutes whatever the source does.
        """


class Summaries(Protocol):
    """Summaries, each made once for all who ask, and posted once under a paper's post."""

    async def get(self, key: SummaryKey) -> KeptSummary | None:
        """The summary, once it is made."""

    async def of_papers(self, team_id: int, ids: Sequence[ArxivId]) -> list[KeptSummary]:
        """All that were made for the team of these papers, in any form and version, the last first."""

    async def claim(self, key: SummaryKey, *, by: int, now: datetime, until: datetime) -> bool:
        """Takes it on to make the summary that member `by` asks for, leased until `until`. False if it is made, or
        somebody else is at it under a lease that holds. Raises TeamChanged as `bot.ports.ReadingLists.set` does."""

    async def keep(self, key: SummaryKey, summary: Summary, *, at: datetime) -> KeptSummary:
        """Stores what was made under a claim and returns what is kept: of two, the first."""

    async def release(self, key: SummaryKey) -> None:
        """Gives up a claim, so that the next one who asks may try."""

    async def claim_post(self, summary_id: int, post_key: str, *, key: str, now: datetime, until: datetime) -> bool:
        """Takes it on to post the summary under the post `post_key`: a first time, marked with `key`, or once more
        after a lease ran out, under the key of the first time. False if it is there, or another is at it."""

    async def post_of(self, summary_id: int, post_key: str) -> SummaryPost | None: ...

    async def posted(self, key: str, message: MessageRef) -> None:
        """Records the message of a claimed post."""

    async def outdated(self) -> list[tuple[SummaryPost, KeptSummary]]:
        """Posted summaries of an older version than the paper has by now, that do not say so yet."""

    async def said_outdated(self, key: str) -> None:
        """Records that the message says so."""


class Shortlists(Protocol):
    """What a model says of the papers in editions."""

    async def claim(self, edition_id: int, *, attempts: int, now: datetime, until: datetime) -> bool:
        """Takes it on to have the edition's papers read, if that was tried `attempts` times so far, is not done, and
        nobody else is at it, or waits, until after `now`."""

    async def attempts(self, edition_id: int) -> int:
        """How often it was tried."""

    async def wait(self, edition_id: int, *, until: datetime) -> None:
        """Leaves it alone until then."""

    async def keep(self, edition_id: int, teasers: Sequence[Teaser], *, done: bool) -> None:
        """Stores teasers that are not there yet; `done` says that nothing more is to come."""

    async def teasers(self, edition_id: int) -> dict[ArxivId, Teaser]: ...


class Spending(Protocol):
    """What models cost."""

    async def record(self, use: Use) -> None: ...

    async def spent(self, team_id: int, *, since: date, member_id: int | None = None) -> Spent:
        """What the team, or that member of it, used on the day `since` and after it, in UTC."""

    async def total(self, *, since: date) -> int:
        """Micro-dollars that all teams spent on the day `since` and after it."""
