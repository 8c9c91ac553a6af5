"""What other settings would have brought: counts, and the first of the papers gained and lost."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards.lists import Numbers, paper_item
from bot.cards.wording import counted, listed
from bot.messages import Card, Line, Notice, Role
from bot.papers import ArxivId, Paper

MOST_TITLES = 5
"""Papers gained, and lost, that are named at the most."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What some editions held, and what they would have held."""

    editions: int
    shown: tuple[Paper, ...]
    would: tuple[Paper, ...]
    saved: frozenset[ArxivId]
    """What the team saved since the first of them."""
    missing: tuple[str, ...]
    """Categories of which nothing was ever collected."""


def nothing_to_replay() -> Notice:
    """For a channel without an edition in the last 30 days."""
    return Notice("There is no edition of the last 30 days here to compare with. Try again after the next one.")


def previewed(found: Difference, numbers: Numbers) -> tuple[Card, ...]:
    """The counts, then what would be gained and what lost, where there is something."""
    shown, would = {paper.id for paper in found.shown}, {paper.id for paper in found.would}
    saved = len(found.saved)
    instead = (
        f"{counted(len(would), 'paper')} would have been shown in place of {len(shown):,}; "
        f"{len(would & shown):,} of them the same."
    )
    kept = (
        f"Your team saved {counted(saved, 'paper')} since then: {len(found.saved & would):,} among these, "
        f"{len(found.saved & shown):,} among those shown."
    )
    without = f"Nothing of {listed(found.missing)} was collected so far, so its papers are not in this."
    favours = "People save what they are shown, which speaks for the settings as they are. Nothing was changed."
    counts = Card(
        title="With these settings, in the last 30 days",
        aside=counted(found.editions, "edition"),
        lines=(
            Line(instead),
            *((Line(kept),) if saved else ()),
            *((Line(without, Role.QUIET),) if found.missing else ()),
            Line(favours, Role.QUIET),
        ),
    )
    gained = [paper for paper in found.would if paper.id not in shown]
    lost = [paper for paper in found.shown if paper.id not in would]
    parts = ((heading, papers) for heading, papers in (("Gained", gained), ("Lost", lost)) if papers)
    return (counts, *(_titles(heading, papers, found.saved, numbers) for heading, papers in parts))


def _titles(heading: str, papers: Sequence[Paper], saved: frozenset[ArxivId], numbers: Numbers) -> Card:
    """The first of these papers; what the team saved comes before the rest."""
    first = sorted(papers, key=lambda paper: paper.id not in saved)[:MOST_TITLES]
    rest = len(papers) - len(first)
    return Card(
        title=f"{heading}: {counted(len(papers), 'paper')}",
        lines=(Line(f"The first {len(first)}; {rest:,} more.", Role.QUIET),) if rest else (),
        items=tuple(paper_item(paper, saved, numbers) for paper in first),
    )
