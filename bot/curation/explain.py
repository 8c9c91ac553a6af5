"""Where a paper stood that was not picked."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.curation.ranking import Ranked
from bot.editions import Reason
from bot.papers import ArxivId


@dataclass(frozen=True, slots=True)
class Standing:
    """The facts behind "why not"."""

    rank: int
    """Its place, from 1: those on topic come before the rest, and the better before the worse."""
    considered: int
    """How many papers were ranked."""
    cut: int
    """How many papers an edition of the subscription holds at the most."""
    on_topic: bool
    reasons: tuple[Reason, ...]


def standing(paper_id: ArxivId, ranked: Sequence[Ranked], size: int) -> Standing | None:
    """How a paper stood in a ranking; None when it was not among the papers ranked."""
    order = sorted(ranked, key=lambda place: (not place.on_topic, -place.score, place.paper.id))
    for rank, place in enumerate(order, 1):
        if place.paper.id == paper_id:
            return Standing(rank, len(order), size, place.on_topic, place.reasons)
    return None
