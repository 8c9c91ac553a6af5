"""Answers in arXiv's two formats, as arXiv writes them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

from bot.papers import Paper

_STAMP = "%Y-%m-%dT%H:%M:%SZ"
_ATOM = (
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom"'
    ' xmlns="http://www.w3.org/2005/Atom">'
)


def api_page(papers: Iterable[Paper], *, total: int, start: int, size: int) -> str:
    """An answer of the API."""
    return (
        f"{_ATOM}<id>https://arxiv.org/api/fake</id><title>arXiv Query: fake</title>"
        f"<opensearch:itemsPerPage>{size}</opensearch:itemsPerPage>"
        f"<opensearch:totalResults>{total}</opensearch:totalResults>"
        f"<opensearch:startIndex>{start}</opensearch:startIndex>{''.join(map(_entry, papers))}</feed>"
    )


def api_error(problem: str) -> str:
    """An error of the API, which comes as an entry."""
    return (
        f"{_ATOM}<id>https://arxiv.org/</id><title>arXiv Search Results</title>"
        "<opensearch:itemsPerPage>1</opensearch:itemsPerPage><opensearch:totalResults>1</opensearch:totalResults>"
        "<opensearch:startIndex>0</opensearch:startIndex><entry><id>https://arxiv.org/api/errors#fake</id>"
        f"<title>Error</title><updated>2026-01-01T00:00:00Z</updated><summary>{escape(problem)}</summary>"
        "<author><name>arXiv api core</name></author></entry></feed>"
    )


def _entry(paper: Paper) -> str:
    url = f"http://arxiv.org/abs/{paper.id}v{paper.version}"
    comment = f"<arxiv:comment>{escape(paper.comment)}</arxiv:comment>" if paper.comment else ""
    listed = "".join(f'<category term="{name}" scheme="http://arxiv.org/schemas/atom"/>' for name in paper.categories)
    authors = "".join(f"<author><name>{escape(author.name)}</name></author>" for author in paper.authors)
    return (
        f"<entry><id>{url}</id><title>{escape(paper.title)}</title><updated>{paper.updated:{_STAMP}}</updated>"
        f'<link href={quoteattr(url)} rel="alternate" type="text/html"/><summary>{escape(paper.abstract)}</summary>'
        f"{listed}<published>{paper.submitted:{_STAMP}}</published>{comment}"
        f'<arxiv:primary_category term="{paper.primary_category}"/>{authors}</entry>'
    )


def rss_feed(category: str, day: date, items: Sequence[tuple[Paper, str]]) -> str:
    """A category's feed of `day`. With each paper comes its kind: new, cross, replace or replace-cross."""
    renewed = format_datetime(datetime.combine(day, time(0), ZoneInfo("America/New_York")))
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">'
        f"<channel><title>{category} updates on arXiv.org</title><link>http://rss.arxiv.org/rss/{category}</link>"
        f"<description>{category} updates on the arXiv.org e-print archive.</description>"
        f"<pubDate>{renewed}</pubDate><skipDays><day>Sunday</day><day>Saturday</day></skipDays>"
        f"{''.join(_item(paper, kind, renewed) for paper, kind in items)}</channel></rss>"
    )


def _item(paper: Paper, kind: str, renewed: str) -> str:
    named = f"{paper.id}v{paper.version}"
    described = f"arXiv:{named} Announce Type: {kind} \nAbstract: {paper.abstract}"
    return (
        f"<item><title>{escape(paper.title)}</title><link>https://arxiv.org/abs/{paper.id}</link>"
        f'<description>{escape(described)}</description><guid isPermaLink="false">oai:arXiv.org:{named}</guid>'
        f"{''.join(f'<category>{name}</category>' for name in paper.categories)}<pubDate>{renewed}</pubDate>"
        f"<arxiv:announce_type>{kind}</arxiv:announce_type>"
        f"<dc:creator>{escape(', '.join(author.name for author in paper.authors))}</dc:creator></item>"
    )
