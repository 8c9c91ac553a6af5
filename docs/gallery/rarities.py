"""Titles that no renderer likes."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle, islice

from adapters.arxiv.latex import readable
from bot.cards.papers import picked_paper
from bot.editions import Pick, Reason, ReasonKind
from bot.messages import Card
from bot.papers import ArxivId, Author, Paper
from docs.gallery.room import MORNING

_AUTHORS = ("Adaeze Okafor", "Nils Lindqvist", "Wei Tan", "Marisol Quiroga")
_TITLES = (
    r"Learning in $O(\sqrt{n})$ Steps: H\"older Regularity of \emph{Process} Rewards in G\"odel's Shadow",
    "👩‍🔬 Emoji Are All You Need? Reading Reactions as Rewards 🎉",
    "دراسة في التعلم المعزز لنماذج اللغة الكبيرة",
    "大规模语言模型的推理能力研究",
    "<!channel> *Free* _compute_ at <https://evil.example|arXiv> & `rm -rf` for @here :tada:",
    "On the Many Ways in Which " + "a Long Title " * 17 + "Comes to an End",
)


def titles() -> Iterator[Card]:
    """Papers of an edition; the last is by 3,000 authors."""
    for number, title in enumerate(_TITLES, start=1):
        paper = _paper(number, title, authors=3000 if number == len(_TITLES) else 2)
        yield picked_paper(
            paper, Pick(paper.id, number, "reasoning", (Reason(ReasonKind.TOPIC, "reasoning"),), 1.0), None
        )


def _paper(number: int, title: str, *, authors: int) -> Paper:
    return Paper(
        id=ArxivId(f"9912.{9000 + number}"),
        version=1,
        title=readable(title),
        abstract="We show that a title is shown as it was written, whatever it holds.",
        authors=tuple(Author(name) for name in islice(cycle(_AUTHORS), authors)),
        primary_category="cs.CL",
        categories=("cs.CL",),
        submitted=MORNING - timedelta(days=1),
        updated=MORNING - timedelta(days=1),
    )
