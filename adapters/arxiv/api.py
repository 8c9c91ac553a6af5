"""arXiv's API: its questions as addresses, its answers as papers.

Manual: https://info.arxiv.org/help/api/user-manual.html
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

# The package's Client would make requests out of our turn, and takes half a page, or an error, for "no results". Its
# parser, which is what we use, has no public name.
from arxiv import _feed

from adapters.arxiv.records import paper_of
from adapters.arxiv.transport import NoAnswer
from bot.papers import ArxivId, NotAnArxivId, Paper

IDS_AT_ONCE = 100
PAGE_SIZE = 500
MOST_RESULTS = 30_000
"""The API gives no more for one query."""


@dataclass(frozen=True, slots=True)
class Page:
    """One answer. `entries` of `total` were in it; `papers` are those of them that are papers."""

    papers: tuple[Paper, ...]
    entries: int
    total: int


def by_id(ids: Sequence[ArxivId]) -> str:
    """The query for the newest versions of at most `IDS_AT_ONCE` papers."""
    return urlencode({"id_list": ",".join(map(str, ids)), "start": 0, "max_results": IDS_AT_ONCE})


def submitted_between(categories: Sequence[str], after: datetime, until: datetime, *, start: int) -> str:
    """The query for one page of the papers of `categories` with a first version from that time, newest first."""
    first, last = (moment.astimezone(UTC).strftime("%Y%m%d%H%M") for moment in (after, until))
    listed = " OR ".join(f"cat:{category}" for category in categories)
    return urlencode(
        {
            "search_query": f"({listed}) AND submittedDate:[{first} TO {last}]",
            "sortBy": "submittedDate",
            "sortOrder": "descending",
            "start": start,
            "max_results": PAGE_SIZE,
        }
    )


def read_page(body: bytes, *, start: int = 0) -> Page:
    """The answer in `body`. Raises NoAnswer for an error in the guise of an entry, and for an empty page where the
    answer itself says that there is more: arXiv gives such pages in passing."""
    try:
        feed = _feed.parse(body)
        listed = [result for result in feed.results if "/api/errors" not in result.entry_id]
        papers = tuple(paper_of(result) for result in listed)
    except (ValueError, NotAnArxivId):
        raise NoAnswer("an entry that is no paper") from None
    if len(listed) < len(feed.results) or (not listed and b"/api/errors" in body):
        raise NoAnswer("an error entry")
    total = min(feed.header.total_results, MOST_RESULTS)
    if not listed and start < total:
        raise NoAnswer("an empty page")
    return Page(papers, len(listed), total)
