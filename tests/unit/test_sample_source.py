"""The bundled sample."""

import json
import unicodedata
from datetime import UTC, datetime
from importlib.resources import files

from adapters.sample.source import SampleSource
from bot.papers import Paper

NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
EVERYTHING = ("cs.AI", "cs.CL", "cs.CR", "cs.CV", "cs.DB", "cs.IR", "cs.LG", "cs.RO", "cs.SE", "physics.flu-dyn")


async def sample() -> tuple[Paper, ...]:
    return (await SampleSource().announced(EVERYTHING, now=NOW)).papers


def test_its_file_says_what_it_is() -> None:
    document = json.loads(files("adapters.sample").joinpath("papers.json").read_text(encoding="utf-8"))
    assert document["about"].startswith("A sample: every paper, name and number in it is invented.")


async def test_its_ids_are_of_a_month_that_arxiv_has_not_reached() -> None:
    papers = await sample()
    assert len(papers) == 60
    assert all(paper.id.value.startswith("9912.") for paper in papers)


async def test_it_holds_what_makes_a_feed_hard_to_show() -> None:
    papers = await sample()
    text = "".join(paper.title + paper.abstract for paper in papers)
    assert "√T" in text
    assert "🤝" in text
    assert max(len(paper.title) for paper in papers) > 200
    assert any(unicodedata.bidirectional(author.name[0]) in ("R", "AL") for paper in papers for author in paper.authors)
    assert all(60 <= len(paper.abstract.split()) <= 150 for paper in papers)


async def test_it_reads_the_same_each_time() -> None:
    assert await sample() == await sample()
