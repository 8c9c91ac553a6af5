"""An arXiv of our own: its API and its feeds, a date that moves, faults on order, and a log of every request.

Inside a test: `async with FakeArxiv(today=…).serving() as url`. As a process, which prints its address:

    python -m tests.fakes.arxiv --port 0 --today 2026-01-12 --papers 40
    curl -X POST URL/control -d '{"today": "2026-01-13", "fault": "503", "times": 2, "on": "feed"}'
    curl URL/control
"""

import argparse
import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time
from typing import TypeAlias

from aiohttp import web

from adapters.clock import RealClock
from bot.papers import ArxivId, NotAnArxivId, Paper
from bot.ports import Clock
from tests.fakes.arxiv_documents import api_error, api_page, rss_feed
from tests.fakes.invented import invented_batch

_BodyMaker: TypeAlias = Callable[[str], str]
"""Makes the text of an answer, in view of a fault."""

FAULTS = ("empty", "error_entry", "429", "503", "hang", "truncated", "html", "stale")


@dataclass(frozen=True)
class Request:
    """One request as the log keeps it. `gap` is the time in seconds since the one before it began."""

    at: datetime
    gap: float | None
    running: int
    path: str
    agent: str


@dataclass
class Fault:
    """What happens to the next `times` requests to `on`: `api`, `feed` or `both`.

    Its `kind` is one of `FAULTS` or another HTTP status. `retry_after` goes with a status.
    """

    kind: str
    on: str = "both"
    times: int = 1
    retry_after: str = "2"


class FakeArxiv:
    """What arXiv holds and does. Change `today`, `faults`, `lagging` as a test goes; read `log`."""

    def __init__(self, *, today: date, clock: Clock | None = None) -> None:
        self.today = today
        self.clock = clock or RealClock()
        self.faults: list[Fault] = []
        self.log: list[Request] = []
        self.lagging: set[ArxivId] = set()
        """Announced, but not known to the API yet, which answers with the version before, if there is one."""
        self._papers: dict[ArxivId, Paper] = {}
        self._announced: dict[ArxivId, date] = {}
        self._replaced: dict[ArxivId, date] = {}
        self._before: dict[ArxivId, Paper] = {}
        self._running = 0

    def announce(self, day: date, papers: Iterable[Paper]) -> None:
        """Puts papers into the batch of `day`."""
        for paper in papers:
            self._papers[paper.id], self._announced[paper.id] = paper, day

    def replace(self, paper_id: ArxivId, *, comment: str = "", title: str = "") -> None:
        """Announces a new version today."""
        old = self._papers[paper_id]
        updated = datetime.combine(self.today, time(1), UTC)
        self._papers[paper_id] = replace(
            old, version=old.version + 1, comment=comment, title=title or old.title, updated=updated
        )
        self._replaced[paper_id], self._before[paper_id] = self.today, old

    def batch(self, day: date, *categories: str) -> dict[ArxivId, Paper]:
        """What was announced on `day` in these categories, as it is now."""
        return {
            paper_id: paper
            for paper_id, paper in self._papers.items()
            if self._announced[paper_id] == day and set(categories) & set(paper.categories)
        }

    @asynccontextmanager
    async def serving(self, port: int = 0) -> AsyncIterator[str]:
        """Listens on the loopback interface; gives its address. The API is at /api/query, the feeds are under /rss."""
        app = web.Application()
        app.router.add_get("/api/query", self._api)
        app.router.add_get("/rss/{category}", self._feed)
        app.router.add_get("/control", self._state)
        app.router.add_post("/control", self._order)
        runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1, access_log=None)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", port)
            await site.start()
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()

    async def _api(self, request: web.Request) -> web.StreamResponse:
        query = request.query
        known = [
            self._before[paper.id] if paper.id in self.lagging else paper
            for paper in self._papers.values()
            if self._announced[paper.id] <= self.today and (paper.id not in self.lagging or paper.id in self._before)
        ]
        if ids := query.get("id_list", ""):
            try:
                wanted = {ArxivId.parse(text) for text in ids.split(",")}
            except NotAnArxivId as error:
                return web.Response(status=400, text=api_error(f"incorrect id format for {error}"))
            found = [paper for paper in known if paper.id in wanted]
        else:
            found = _searched(known, query.get("search_query", ""))
            found.sort(key=lambda paper: (paper.submitted, paper.id), reverse=query.get("sortOrder") != "ascending")
        start, size = int(query.get("start", 0)), min(int(query.get("max_results", 10)), 2000)

        def body(fault: str) -> str:
            page = () if fault == "empty" else found[start : start + size]
            return api_page(page, total=len(found), start=start, size=size)

        return await self._answered(request, "api", body)

    async def _feed(self, request: web.Request) -> web.StreamResponse:
        category = request.match_info["category"]

        def body(fault: str) -> str:
            days = sorted({day for day in self._announced.values() if day <= self.today})
            if fault == "stale":
                days = days[:-1]
            if not days or fault == "empty" or self.today.weekday() >= 5:
                return rss_feed(category, self.today, [])
            return rss_feed(category, days[-1], self._items(category, days[-1]))

        return await self._answered(request, "feed", body)

    def _items(self, category: str, day: date) -> list[tuple[Paper, str]]:
        items = []
        for paper in self._papers.values():
            primary = category == paper.primary_category
            if category in paper.categories and self._announced[paper.id] == day:
                items.append((paper, "new" if primary else "cross"))
            elif category in paper.categories and self._replaced.get(paper.id) == day:
                items.append((paper, "replace" if primary else "replace-cross"))
        return items

    async def _answered(self, request: web.Request, where: str, body: _BodyMaker) -> web.StreamResponse:
        self._running += 1
        try:
            now = self.clock.now()
            gap = (now - self.log[-1].at).total_seconds() if self.log else None
            self.log.append(Request(now, gap, self._running, request.path_qs, request.headers.get("User-Agent", "")))
            return await _with_fault(self._next_fault(where), body)
        finally:
            self._running -= 1

    def _next_fault(self, where: str) -> Fault | None:
        for fault in self.faults:
            if fault.times > 0 and fault.on in (where, "both"):
                fault.times -= 1
                return fault
        return None

    async def _state(self, request: web.Request) -> web.Response:
        log = [asdict(entry) | {"at": entry.at.isoformat()} for entry in self.log]
        return web.json_response(
            {"today": str(self.today), "requests": log, "faults": [asdict(f) for f in self.faults]}
        )

    async def _order(self, request: web.Request) -> web.Response:
        order = await request.json()
        if "today" in order:
            self.today = date.fromisoformat(order["today"])
        if "papers" in order:
            self.announce(self.today, invented_batch(self.today, order["papers"]))
        if "fault" in order:
            self.faults.append(Fault(order["fault"], order.get("on", "both"), order.get("times", 1)))
        if "replace" in order:
            self.replace(ArxivId(order["replace"]), comment=order.get("comment", ""))
        return web.json_response({"today": str(self.today)})


def _searched(papers: Sequence[Paper], query: str) -> list[Paper]:
    """Those that match `(cat:A OR cat:B) AND submittedDate:[FROM TO UNTIL]`, the one form of query that is known."""
    categories = set(re.findall(r"cat:([\w.-]+)", query))
    window = re.search(r"submittedDate:\[(\d{12}) TO (\d{12})\]", query)
    if not categories or not window:
        raise web.HTTPBadRequest(text=api_error("a query that this fake does not know"))
    return [
        paper
        for paper in papers
        if categories & set(paper.categories) and window[1] <= f"{paper.submitted:%Y%m%d%H%M}" <= window[2]
    ]


async def _with_fault(fault: Fault | None, body: _BodyMaker) -> web.StreamResponse:
    match fault.kind if fault else "":
        case "hang":
            await asyncio.sleep(3600)
        case "html":
            return web.Response(text="<html><body>arXiv is unavailable</body></html>", content_type="text/html")
        case "error_entry":
            return web.Response(text=api_error("fake error"), content_type="application/atom+xml")
        case "truncated":
            text = body("")
            return web.Response(text=text[: len(text) // 2], content_type="application/xml")
        case status if fault and status.isdecimal():
            headers = {"Retry-After": fault.retry_after, "Location": "/control"}
            return web.Response(status=int(status), text="Rate exceeded.", headers=headers)
    return web.Response(text=body(fault.kind if fault else ""), content_type="application/xml")


async def _serve(port: int, today: date, papers: int) -> None:
    arxiv = FakeArxiv(today=today)
    arxiv.announce(today, invented_batch(today, papers))
    async with arxiv.serving(port) as url:
        print(url, flush=True)  # noqa: T201 - what the one who started it waits for
        await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--today", type=date.fromisoformat, required=True)
    parser.add_argument("--papers", type=int, default=40, help="how many are announced today")
    given = parser.parse_args()
    asyncio.run(_serve(given.port, given.today, given.papers))


if __name__ == "__main__":
    main()
