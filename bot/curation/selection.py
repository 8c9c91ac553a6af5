"""From a ranking to an edition: what was shown before is left out, near-duplicates and crowds are thinned."""

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from math import ceil
from random import Random

from rapidfuzz import fuzz

from bot.curation.phrases import Text
from bot.curation.ranking import Ranked
from bot.curation.taxonomy import OTHER
from bot.editions import Pick, Reason, ReasonKind
from bot.papers import ArxivId, Paper

CROWD = 0.4
"""The share of an edition, rounded up, that one topic may take while there is something else on topic: two of five."""
SAME_TITLE = 90.0
"""From this likeness of two titles on (rapidfuzz's token_sort_ratio, 0 to 100) ..."""
SAME_STORY = 0.3
"""... with this share of terms in common (Jaccard; two papers on one topic share a tenth) they are one paper twice."""
SAME_TEXT = 0.7
"""From this share of terms in common on they are, whatever their titles."""


EXPLORED = 8
"""One of so many papers of an edition may explore, and none of a smaller edition."""
REACH_OF_EXPLORING = 5
"""It is one of the next so many times the edition's size: worth a try, not anything at all."""


@dataclass(frozen=True, slots=True)
class Exploration:
    """That an edition may explore. The same seed explores the same: the edition's date and its team make a good one."""

    seed: str


@dataclass(frozen=True, slots=True)
class Selection:
    """What an edition is to hold."""

    picks: tuple[Pick, ...]
    """In order of rank, numbered from 1."""
    nearest: ArxivId | None
    """The best of the rest that may be shown, where nothing was picked."""


def select(
    ranked: Iterable[Ranked],
    size: int,
    *,
    exclude: Set[ArxivId],
    shown: Iterable[Paper] = (),
    thin_crowds: bool = True,
    explore: Exploration | None = None,
) -> Selection:
    """At the most `size` papers that are on topic and not in `exclude`, the best first.

    Of near-duplicates the better stays; none of a paper in `shown`, which readers saw before, is picked. No topic takes
    more than CROWD of the edition while others could fill it, unless `thin_crowds` is off, as for a subscription that
    names a single topic. The order of `ranked` is of no account: score and id decide. With `explore`, the last of
    every EXPLORED papers makes room for one that is on topic and little like what the team has judged, and says so.
    """
    best_first = [
        place
        for place in sorted(ranked, key=lambda place: (-place.score, place.paper.id))
        if place.paper.id not in exclude and not place.barred
    ]
    told = [Text.of(paper) for paper in shown]
    chosen = _chosen([place for place in best_first if place.on_topic], size, thin_crowds, told)
    if explore:
        chosen = _explored(chosen, [place for place in best_first if place.on_topic], size, told, explore)
    picks = tuple(
        Pick(place.paper.id, number, place.topic, place.reasons, place.score) for number, place in enumerate(chosen, 1)
    )
    return Selection(picks, nearest=best_first[0].paper.id if best_first and not picks else None)


def _chosen(candidates: Sequence[Ranked], size: int, thin_crowds: bool, told: list[Text]) -> list[Ranked]:
    room = ceil(size * CROWD) if thin_crowds else size
    chosen: list[Ranked] = []
    crowd: list[Ranked] = []
    taken: Counter[str] = Counter()
    for place in candidates:
        if len(chosen) == size:
            break
        text = Text.of(place.paper)
        if any(same_paper(text, other) for other in told):
            continue
        if taken[place.topic] < room or place.topic == OTHER or _followed(place):
            chosen.append(place)
            taken[place.topic] += 1
        elif len(crowd) < size:
            crowd.append(place)
        else:
            continue
        told.append(text)
    kept = [*chosen, *crowd[: size - len(chosen)]]
    return [place for place in candidates if place in kept]


def _explored(
    chosen: Sequence[Ranked], candidates: Sequence[Ranked], size: int, told: Sequence[Text], explore: Exploration
) -> list[Ranked]:
    """The choice with its last places given to a try, drawn with novelty as the odds. Source: Efraimidis and Spirakis,
    Weighted random sampling with a reservoir, Information Processing Letters 97 (2006)."""
    tries = size // EXPLORED
    kept = list(chosen[: len(chosen) - tries])
    chance = Random(explore.seed)
    drawn = [
        (chance.random() ** (1 / place.novelty), place)
        for place in candidates[: size * (1 + REACH_OF_EXPLORING)]
        if place not in chosen and place.novelty > 0
    ]
    seen = [*told, *(Text.of(place.paper) for place in kept)]
    for _, place in sorted(drawn, key=lambda draw: (-draw[0], draw[1].paper.id)):
        if len(kept) == len(chosen):
            return kept
        text = Text.of(place.paper)
        if not any(same_paper(text, other) for other in seen):
            kept.append(replace(place, reasons=(Reason(ReasonKind.EXPLORING), *place.reasons)))
            seen.append(text)
    return [*kept, *chosen[len(kept) :]]


def _followed(place: Ranked) -> bool:
    return any(reason.kind is ReasonKind.FOLLOWED_AUTHOR for reason in place.reasons)


def same_paper(text: Text, other: Text) -> bool:
    """Whether two texts tell so much the same that a reader needs only one of them."""
    if text.title == other.title:
        return True
    common = len(text.vocabulary & other.vocabulary) / max(1, len(text.vocabulary | other.vocabulary))
    return common >= SAME_TEXT or (
        common >= SAME_STORY and fuzz.token_sort_ratio(text.title, other.title) >= SAME_TITLE
    )
