"""A month's round-up from its material. Pure."""

from dataclasses import replace

from bot.digests.material import Material, by_size
from bot.digests.values import RoundUp, Told
from bot.papers import ArxivId
from bot.summaries.values import SummaryKind

LEAST_LEADING, MOST_LEADING = 2, 4
"""Papers told in depth: more than the least only where people did something with them."""
FAVOURITES = 4
"""One paper in so many is a favourite at the most: the quarter that most people saved."""

_INSIGHTS = (SummaryKind.INSIGHTS,)
_SENTENCE = (SummaryKind.TLDR,)


def round_up(material: Material) -> RoundUp:
    """What was picked or saved in the month: the leading papers in depth, then the others.

    The more people saved, liked or wrote about a paper, the further in front it is; of equal ones, what the ranker
    thought more of. A favourite was saved, and by more people than the papers past the first quarter.
    """
    picks = material.picks
    topics = {**material.topics, **{paper_id: pick.topic for paper_id, pick in picks.items()}}
    ids = list(dict.fromkeys([*picks, *material.saved()]))
    likes = material.likes()
    told = {paper_id: material.told(paper_id, topics[paper_id], _SENTENCE) for paper_id in ids}

    def liked(paper_id: ArxivId) -> int:
        return len(told[paper_id].savers) + likes[paper_id] + told[paper_id].discussed

    def rank(paper_id: ArxivId) -> tuple[int, float]:
        return liked(paper_id), picks[paper_id].score if paper_id in picks else 0.0

    ahead = sorted(ids, key=rank, reverse=True)
    leading = [
        paper_id for place, paper_id in enumerate(ahead[:MOST_LEADING]) if place < LEAST_LEADING or liked(paper_id)
    ]
    starred = _favourites(list(told.values()))
    told |= {paper_id: material.told(paper_id, topics[paper_id], _INSIGHTS) for paper_id in leading}
    marked = {paper_id: replace(one, starred=paper_id in starred) for paper_id, one in told.items()}
    others = [marked[paper_id] for paper_id in ids if paper_id not in leading]
    return RoundUp(
        period=material.period,
        editions=len(material.editions),
        considered=material.considered,
        leading=tuple(marked[paper_id] for paper_id in leading),
        others=tuple(sorted(others, key=lambda one: (one.paper.submitted, one.paper.id), reverse=True)),
        topics=tuple(by_size(topics[paper_id] for paper_id in ids)),
    )


def _favourites(papers: list[Told]) -> set[ArxivId]:
    """The quarter that most people saved; where equal ones stand on both sides of its end, none of those."""
    savers = sorted((len(told.savers) for told in papers), reverse=True)
    within = len(papers) // FAVOURITES
    beyond = savers[within] if within < len(savers) else 0
    return {told.paper.id for told in papers if len(told.savers) > beyond}
