"""Where a paper stood, and what kept it out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.curation.phrases import Text
from bot.curation.ranking import Ranked
from bot.curation.selection import same_paper
from bot.curation.wishes import wishes
from bot.editions import Reason
from bot.papers import ArxivId, Paper
from bot.teams import Interests


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
    against: tuple[Reason, ...]


def standing(paper_id: ArxivId, ranked: Sequence[Ranked], size: int) -> Standing | None:
    """How a paper stood in a ranking; None when it was not among the papers ranked."""
    order = sorted(ranked, key=lambda place: (not place.on_topic, -place.score, place.paper.id))
    for rank, place in enumerate(order, 1):
        if place.paper.id == paper_id:
            return Standing(rank, len(order), size, place.on_topic, place.reasons, place.against)
    return None


def unwanted_in(paper: Paper, interests: Interests) -> tuple[str, ...]:
    """The unwanted words and phrases that a paper holds, as the team said them."""
    text = Text.of(paper)
    return tuple(wish.said for wish in wishes(interests.unwanted) if wish.place(text))


def twin_of(paper: Paper, others: Iterable[Paper]) -> Paper | None:
    """The first of the other papers that tells so much the same that a reader needs only one of them."""
    text = Text.of(paper)
    return next((other for other in others if other.id != paper.id and same_paper(text, Text.of(other))), None)
