"""The teams' reading lists, and who changed them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.papers import ArxivId
from bot.reading_list import Change, Entry, FactKey, ListFilter, Signal, Status, Tag


class ReadingLists(Protocol):
    """The teams' lists, and every single fact that changes them."""

    async def entry(self, team_id: int, paper_id: ArxivId) -> Entry | None:
        """What the team holds about a paper, saved at present or not; None when they never saved, tagged, noted or
        marked it."""

    async def entries(self, team_id: int, ids: Sequence[ArxivId]) -> dict[ArxivId, Entry]:
        """As `entry`, for many."""

    async def page(self, team_id: int, wanted: ListFilter, *, limit: int, offset: int = 0) -> list[Entry]:
        """Entries that someone saves and that pass `wanted`; last added first, then by id of the paper, downwards."""

    async def counts(self, team_id: int, wanted: ListFilter) -> dict[Status, int]:
        """How many entries `page` could give in each status."""

    async def tags(self, team_id: int) -> list[tuple[Tag, int]]:
        """The tags of saved entries with their counts, most used first, then alphabetical."""

    async def value(self, team_id: int, key: FactKey) -> str | None:
        """How a fact stands; None is "not so"."""

    async def set(self, team_id: int, key: FactKey, value: str | None, *, by: int, at: datetime) -> None:
        """Makes a fact so, done by member `by`. Setting what is so already changes nothing, not even times. Raises
        TeamChanged if `by` is of another team by now, since their workspace was linked or unlinked."""

    async def signals(
        self, team_id: int, *, since: datetime | None = None, until: datetime | None = None, limit: int | None = None
    ) -> list[Signal]:
        """What members did from `since` to `until`, oldest first; of more than `limit`, the last."""

    async def saved_authors(self, team_id: int, *, until: datetime) -> dict[str, int]:
        """How many papers that the team saves, and saved by then, each author has, by full name."""


class Changes(Protocol):
    """The record of who changed what."""

    async def record(self, change: Change) -> Change:
        """Stores it and returns it with its id. Raises TeamChanged as `ReadingLists.set` does."""

    async def recorded(self, change_id: int) -> Change | None:
        """Whoever's it is, and taken back or not."""

    async def last(self, member_id: int) -> Change | None:
        """The member's latest change that has facts and was not taken back."""

    async def standing(self, member_id: int, paper_id: ArxivId, verb: str) -> list[Change]:
        """The member's changes by `verb` on this paper that were not taken back, latest first."""

    async def overtaken(self, change: Change) -> frozenset[FactKey]:
        """Those of its facts that a later change of the team, not taken back, changed again."""

    async def replace(self, change: Change) -> None:
        """Stores the change's `facts` anew."""

    async def take_back(self, change_id: int, *, at: datetime) -> None: ...
