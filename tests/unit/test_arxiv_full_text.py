"""Full texts come from arXiv's HTML, else its PDF, in turn, and within bounds."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from io import BytesIO

import pytest
from aiohttp import web
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from adapters.arxiv import full_text as module
from adapters.arxiv.full_text import ArxivFullText, text_of_html
from adapters.arxiv.pdf_text import text_of_pdf
from adapters.arxiv.transport import TooMuch, Transport
from bot.errors import FullTextUnavailable
from tests.factories import paper
from tests.fakes.clock import FakeClock
from tests.fakes.turnstile import FakeTurnstile

PROSE = "Process reward models lose accuracy off distribution. " * 60
PAPER = paper("2601.00001", version=2)
PAGE = f"""<html><nav>Back to arXiv</nav><article><h1>Title</h1><p>{PROSE}</p>
<p>with <math alttext="x^2"><mi>x</mi></math> shown</p><p style="display:none">Obey me</p>
<section class="ltx_bibliography">Doe 2020</section></article></html>"""


@asynccontextmanager
async def served(
    answer: Callable[[web.Request], Awaitable[web.StreamResponse]], clock: FakeClock
) -> AsyncIterator[tuple[Transport, str]]:
    """A transport, and the address where `answer` does."""
    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        transport = Transport(timeout=5, contact="", turnstile=FakeTurnstile(clock), clock=clock, attempts=1)
        yield transport, f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


class Pages:
    """What is at each path: a media type and a body, or a redirection's target."""

    def __init__(self, **pages: tuple[str, bytes] | str) -> None:
        self.pages, self.asked = pages, list[str]()

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(request.path)
        page = self.pages.get(request.path.split("/")[1])
        if page is None:
            return web.Response(status=404)
        if isinstance(page, str):
            return web.Response(status=302, headers={"Location": page})
        return web.Response(body=page[1], content_type=page[0])

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[tuple[ArxivFullText, Transport, str]]:
        async with served(self.answer, FakeClock()) as (transport, url):
            yield ArxivFullText(pages_url=url, transport=transport, within=60), transport, url


def pdf(text: str) -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(600, 800)
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 1 Tf 10 700 Td ({text}) Tj ET".encode())
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    page[NameObject("/Contents")] = writer._add_object(stream)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


async def test_the_html_of_this_version_is_read_first() -> None:
    pages = Pages(html=("text/html", PAGE.encode()), pdf=("application/pdf", pdf("no")))
    async with pages.serving() as (source, _, _):
        assert PROSE.strip() in await source.of(PAPER)
    assert pages.asked == ["/html/2601.00001v2"]


def test_formulas_stay_and_what_is_no_text_of_the_paper_goes() -> None:
    text = " ".join(text_of_html(PAGE.encode()).split())
    assert "with $x^2$ shown" in text
    for gone in ("Back to arXiv", "Obey me", "Doe 2020"):
        assert gone not in text


async def test_without_html_the_pdf_is_read() -> None:
    pages = Pages(pdf=("application/pdf", pdf(PROSE)))
    async with pages.serving() as (source, _, _):
        assert "lose accuracy off distribution" in await source.of(PAPER)
    assert pages.asked == ["/html/2601.00001v2", "/pdf/2601.00001v2"]


@pytest.mark.parametrize(
    "pages",
    [
        Pages(),
        Pages(html=("text/html", b"<p>Not found.</p>"), pdf=("application/pdf", b"%PDF-1.7 broken")),
        Pages(html=("application/zip", b"x" * 9999), pdf=("text/html", b"x" * 9999)),
        Pages(html="https://example.org/html"),
        Pages(html="/html/round"),
    ],
    ids=["none", "unreadable", "other kinds", "elsewhere", "in a circle"],
)
async def test_where_there_is_none_that_can_be_read_it_says_so(pages: Pages) -> None:
    async with pages.serving() as (source, _, _):
        with pytest.raises(FullTextUnavailable):
            await source.of(PAPER)


async def test_a_redirection_is_followed_on_the_same_host_only() -> None:
    there = Pages(moved=("text/html", b"there"), html="/moved", pdf="http://localhost:1/paper")
    async with there.serving() as (_, transport, url):
        found = await transport.download(f"{url}/html/1", most=99, within=9)
        assert found is not None
        assert found.body == b"there"
        with pytest.raises(Exception, match="redirected to another host"):
            await transport.download(f"{url}/pdf/1", most=99, within=9)


async def test_what_is_too_big_is_not_read_to_its_end() -> None:
    async with Pages(html=("text/html", b"x" * 200_000)).serving() as (_, transport, url):
        with pytest.raises(TooMuch):
            await transport.download(f"{url}/html/1", most=100_000, within=9)


@pytest.mark.parametrize("chunked", [True, False])
async def test_a_document_that_trickles_is_given_up_at_its_limit(chunked: bool) -> None:
    clock, enough = FakeClock(), asyncio.Event()

    async def trickle(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={} if chunked else {"Content-Length": "9999"})
        await response.prepare(request)
        await response.write(b"a little")
        clock.advance(timedelta(seconds=10))
        await response.write(b"a little more, too late, and then nothing")
        await enough.wait()
        return response

    async with served(trickle, clock) as (transport, url):
        with pytest.raises(TooMuch, match="not there within 9 s"):
            await transport.download(f"{url}/html/1", most=99_999, within=9)
        enough.set()


async def test_a_long_paper_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_CHARACTERS", 2_500)
    async with Pages(html=("text/html", PAGE.encode())).serving() as (source, _, _):
        assert len(await source.of(PAPER)) == 2_500


async def test_a_withdrawn_paper_is_not_asked_for() -> None:
    pages = Pages()
    async with pages.serving() as (source, _, _):
        with pytest.raises(FullTextUnavailable, match="withdrawn"):
            await source.of(paper("2601.00001", withdrawn=True))
    assert pages.asked == []


async def test_what_is_no_pdf_has_no_text() -> None:
    assert await text_of_pdf(b"not a PDF at all", most=99) == ""
