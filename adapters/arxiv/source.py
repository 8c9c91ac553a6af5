"""arXiv as a `bot.ports.Source`."""

import logging
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from adapters.arxiv.api import IDS_AT_ONCE, Page, by_id, read_page, submitted_between
from adapters.arxiv.feeds import Feed, read_feed
from adapters.arxiv.transport import NoAnswer, Transport
from bot.announcements import (
    ARXIV_ZONE,
    Announcement,
    Answer,
    Batch,
    CategoryAnswer,
    announces_on,
    expected_batch,
)
from bot.errors import SourceUnavailable
from bot.papers import ArxivId, Paper
from bot.ports import UNMEASURED, Clock, Measures, Progress, Turnstile, silent

ATTEMPTS = 4
"""With the pauses between them a request is given up after some 30 seconds, plus its time-outs."""


class ArxivSource:
    """Feeds tell what was announced, the API gives the full records. One for the process.

    `timeout` is in seconds: so long may arXiv be silent within a request. `contact`, an address or a page, is told to
    arXiv with each request.
    """

    def __init__(
        self,
        *,
        api_url: str,
        feed_url: str,
        timeout: float,
        contact: str,
        turnstile: Turnstile,
        clock: Clock,
        attempts: int = ATTEMPTS,
        measures: Measures = UNMEASURED,
    ) -> None:
        # The package warns of each error entry that its parser skips; we report those as what they are.
        logging.getLogger("arxiv").setLevel(logging.ERROR)
        self._api_url = api_url
        self._feed_url = feed_url.rstrip("/")
        self._clock = clock
        self._transport = Transport(
            timeout=timeout, contact=contact, turnstile=turnstile, clock=clock, attempts=attempts, measures=measures
        )

    async def announced(self, categories: Sequence[str], *, now: datetime, progress: Progress = silent) -> Batch:
        papers: dict[ArxivId, Paper] = {}
        announcements: list[Announcement] = []
        answers: list[CategoryAnswer] = []
        for place, category in enumerate(categories):
            progress("Asking arXiv what is new", place, len(categories))
            feed, answer = await self._feed(category, now)
            for item in feed.items:
                known = papers.get(item.paper.id)
                if known is None or known.version < item.paper.version:
                    papers[item.paper.id] = item.paper
                if item.listing and feed.batch:
                    announcements.append(Announcement(item.paper.id, category, feed.batch, item.listing))
            answers.append(answer)
        progress("Asking arXiv what is new", len(categories), len(categories))
        return Batch(tuple(papers.values()), tuple(dict.fromkeys(announcements)), tuple(answers))

    async def submitted(
        self, categories: Sequence[str], *, after: datetime, progress: Progress = silent
    ) -> list[Paper]:
        papers: dict[ArxivId, Paper] = {}
        until, start, total = self._clock.now(), 0, 1
        while start < total:
            page = await self._page(submitted_between(categories, after, until, start=start), start=start)
            papers |= {paper.id: paper for paper in page.papers}
            start, total = start + page.entries, page.total
            progress("Catching up", start, total)
        return list(papers.values())

    async def fetch(self, ids: Sequence[ArxivId]) -> list[Paper]:
        papers: dict[ArxivId, Paper] = {}
        for start in range(0, len(ids), IDS_AT_ONCE):
            page = await self._page(by_id(ids[start : start + IDS_AT_ONCE]))
            papers |= {paper.id: paper for paper in page.papers}
        return list(papers.values())

    async def _page(self, query: str, *, start: int = 0) -> Page:
        """One page of an answer. An answer of nothing at all is asked for twice: it is not always meant so."""

        def read(body: bytes) -> Page:
            return read_page(body, start=start)

        url = f"{self._api_url}?{query}"
        page = await self._transport.get(url, read, root="feed")
        return page if page.total else await self._transport.get(url, read, root="feed")

    async def _feed(self, category: str, now: datetime) -> tuple[Feed, CategoryAnswer]:
        """A category's feed and what to think of it.

        Stale is said only if each attempt brought the same old batch, or none: not because one of them did in passing.
        """
        late: list[Feed] = []

        def read(body: bytes) -> Feed:
            feed = read_feed(body)
            if _late(feed, now):
                late.append(feed)
                raise NoAnswer("an older batch" if feed.items else "an empty feed")
            return feed

        try:
            feed = await self._transport.get(f"{self._feed_url}/{quote(category, safe='')}", read, root="rss")
        except SourceUnavailable as error:
            if len(late) < self._transport.attempts or len({feed.batch for feed in late}) > 1:
                return Feed(None, ()), CategoryAnswer(category, Answer.FAILED, problem=str(error))
            return late[-1], _answer(category, Answer.STALE, late[-1])
        fresh = feed.batch is not None and feed.batch >= expected_batch(now)
        return feed, _answer(category, Answer.FRESH if fresh else Answer.NOTHING_DUE, feed)


def _late(feed: Feed, now: datetime) -> bool:
    """Whether a batch is due at `now` that the feed does not hold."""
    due = announces_on(now.astimezone(ARXIV_ZONE).date())
    return due and (feed.batch is None or feed.batch < expected_batch(now))


def _answer(category: str, answer: Answer, feed: Feed) -> CategoryAnswer:
    listed = len({item.paper.id for item in feed.items if item.listing})
    return CategoryAnswer(category, answer, feed.batch, announced=listed)
