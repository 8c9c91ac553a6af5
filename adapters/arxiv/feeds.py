"""arXiv's feeds: what was announced, in which batch, and how.

Format: https://info.arxiv.org/help/rss_specifications.html
"""

import re
from calendar import timegm
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import feedparser

from adapters.arxiv.latex import readable
from bot.announcements import ARXIV_ZONE, Listing
from bot.papers import ArxivId, Author, NotAnArxivId, Paper

_PREAMBLE = re.compile(r"^arXiv:\S+\s+Announce Type:\s*\S+\s+(?:Abstract:\s*)?")


@dataclass(frozen=True, slots=True)
class Item:
    """One paper in a feed. `listing` is None for a replacement."""

    paper: Paper
    listing: Listing | None


@dataclass(frozen=True, slots=True)
class Feed:
    """One category's feed. `batch` is None when it has no items: the date of an empty feed means nothing."""

    batch: date | None
    items: tuple[Item, ...]


def read_feed(body: bytes) -> Feed:
    """The feed in `body`, a well-formed RSS or Atom document. Items that are no papers are left out."""
    # Abstracts are plain text: to a sanitizer `p < 0.05 and q > 1` is half a tag.
    parsed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    dated = [when for part in (parsed.feed, *parsed.entries[:1]) if (when := part.get("published_parsed"))]
    if not dated or not parsed.entries:
        return Feed(None, ())
    renewed = datetime.fromtimestamp(timegm(dated[0]), UTC)
    items = tuple(item for entry in parsed.entries if (item := _item(entry, renewed)))
    return Feed(renewed.astimezone(ARXIV_ZONE).date() if items else None, items)


def _item(entry: Any, renewed: datetime) -> Item | None:
    try:
        paper_id, version = ArxivId.parse_versioned(entry.get("id", "").removeprefix("oai:arXiv.org:"))
    except NotAnArxivId:
        return None
    kind = entry.get("arxiv_announce_type", "")
    categories = tuple(dict.fromkeys(tag["term"] for tag in entry.get("tags", ())))
    if kind not in ("new", "cross", "replace", "replace-cross") or not categories:
        return None
    paper = Paper(
        id=paper_id,
        version=version or 1,
        title=readable(entry.get("title", "")),
        abstract=readable(_PREAMBLE.sub("", entry.get("summary", ""))),
        authors=tuple(Author(readable(name)) for name in entry.get("author", "").split(", ") if name.strip()),
        primary_category=categories[0],
        categories=categories,
        # A feed does not say when a paper was submitted. The record that completes this one does.
        submitted=renewed,
        updated=renewed,
        complete=False,
    )
    return Item(paper, Listing(kind) if kind in ("new", "cross") else None)
