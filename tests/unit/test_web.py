"""The HTTP server: what it answers operators, and what it says where it cannot serve."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import aiohttp
import pytest
from aiohttp import web

from adapters.web.server import operators_pages, serving
from bot.errors import PlatformError


@dataclass
class Served:
    address: str = ""
    missing: list[str] = field(default_factory=list)

    async def get(self, path: str) -> tuple[int, str]:
        async with aiohttp.ClientSession() as session, session.get(self.address + path) as answer:
            return answer.status, await answer.text()


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    served = Served()

    async def missing() -> list[str]:
        return served.missing

    async def metrics() -> bytes:
        return b"papers_posts_due 3.0\n"

    async def told(_: web.Request) -> web.Response:
        return web.Response(text="told")

    routes = [*operators_pages(missing, metrics), web.get("/chat", told)]
    async with serving(routes, "127.0.0.1", 0) as served.address:
        yield served


async def test_it_is_alive_and_ready_while_nothing_is_missing(served: Served) -> None:
    assert await served.get("/healthz") == (200, '{"status": "ok"}')
    assert await served.get("/readyz") == (200, '{"status": "ready"}')


async def test_it_is_alive_but_not_ready_while_something_is_missing_and_says_what(served: Served) -> None:
    served.missing = ["slack: not connected"]
    assert (await served.get("/healthz"))[0] == 200
    assert await served.get("/readyz") == (503, '{"status": "not ready", "missing": ["slack: not connected"]}')


async def test_metrics_are_in_the_text_format_and_a_chats_own_pages_beside_them(served: Served) -> None:
    assert await served.get("/metrics") == (200, "papers_posts_due 3.0\n")
    async with aiohttp.ClientSession() as session, session.get(f"{served.address}/metrics") as answer:
        assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert await served.get("/chat") == (200, "told")


async def test_a_port_that_is_taken_is_said(served: Served) -> None:
    port = int(served.address.rpartition(":")[2])
    with pytest.raises(PlatformError, match=f"HTTP cannot be served at 127.0.0.1:{port}"):
        async with serving([], "127.0.0.1", port):
            pass
