"""What changed about papers, and who is told of it where. `Papers.add` notes what changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.editions import Edition, Post
from bot.papers import ArxivId
from bot.reading_list import Entry
from bot.revisions import Revision, Untold


class Revisions(Protocol):
    """Revisions of papers. A team's are those of papers that somebody in it saves, noticed after the first save."""

    async def to_ask(self, *, before: datetime, shown_since: datetime, limit: int) -> list[ArxivId]:
        """Papers that somebody saves, or that a daily edition made at or after `shown_since` holds, and whose records
        were last asked for before `before`: those asked for longest ago first."""

    async def asked(self, ids: Sequence[ArxivId], *, at: datetime) -> None:
        """Records that these papers' records were asked for."""

    async def untold(self, *, since: datetime) -> list[Untold]:
        """The teams' revisions noticed at or after `since` of papers whose record is complete, where the paper was
        posted before in a channel whose subscription stands; not those that `tell` was called with. By paper, then in
        the order of noticing."""

    async def tell(self, edition: Edition, told: Mapping[int, Sequence[Untold]]) -> None:
        """Makes them what the slots of a stored edition tell."""

    async def told_in(self, edition: Edition) -> dict[int, list[Revision]]:
        """What each slot of the edition tells, in the order of noticing."""

    async def above(self, post: Post) -> Post | None:
        """The paper's post under which this one, which tells revisions, belongs."""

    async def elsewhere(self, team_id: int, *, since: datetime, until: datetime) -> list[tuple[Entry, Revision]]:
        """The team's revisions noticed at or after `since` and before `until` that have no post to be told under, or
        that could not be posted there; by id of the paper, then in the order of noticing."""

    async def forget(self, *, before: datetime) -> None:
        """Drops revisions that were noticed before that moment and told nobody under a post."""

    async def passed_over(self, subscription_id: int, *, since: datetime, until: datetime) -> list[Revision]:
        """Revisions noticed at or after `since` and before `until` that say where a paper appeared, which an earlier
        daily edition of the subscription held and nobody in its team saves; by id of the paper."""
