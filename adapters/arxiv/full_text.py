"""A paper's full text as arXiv has it: the HTML version, else the PDF. Nothing of it is kept."""

import asyncio

from selectolax.lexbor import LexborHTMLParser

from adapters.arxiv.pdf_text import text_of_pdf
from adapters.arxiv.transport import Transport
from bot.errors import FullTextUnavailable, SourceUnavailable
from bot.papers import Paper

MOST_BYTES = 20_000_000
MOST_CHARACTERS = 60_000
"""Some 15,000 tokens: a paper of ten pages whole, of a longer one the beginning, where its claims are."""
_SHORTEST = 2_000
"""Characters: less is a notice or a broken conversion, and not a paper."""

# LaTeXML's classes: https://math.nist.gov/~BMiller/LaTeXML/manual/. Who hides text from people means it for machines.
_NOT_TEXT = (
    "script, style, nav, header, footer, button, .ltx_bibliography, .ltx_ERROR, .ltx_page_footer, [hidden], "
    '[style*="display:none"], [style*="display: none"], [style*="visibility:hidden"], [style*="visibility: hidden"], '
    '[style*="color:#FFFFFF" i], [style*="color:white" i], [style*="font-size:0" i]'
)


class ArxivFullText:
    """Satisfies `bot.ports.FullText`.

    `pages_url` is where arXiv's pages are, such as `https://arxiv.org`; a document may take `within` seconds to come.
    """

    def __init__(self, *, pages_url: str, transport: Transport, within: float) -> None:
        self._pages_url = pages_url.rstrip("/")
        self._within = within
        self._transport = transport

    async def of(self, paper: Paper) -> str:
        if paper.withdrawn:
            raise FullTextUnavailable("it was withdrawn")
        try:
            text = await self._html(paper) or await self._pdf(paper)
        except SourceUnavailable as error:
            raise FullTextUnavailable(f"arXiv did not give it ({error})") from error
        if not text:
            raise FullTextUnavailable("arXiv has none that can be read")
        return text

    async def _html(self, paper: Paper) -> str:
        found = await self._transport.download(self._url("html", paper), most=MOST_BYTES, within=self._within)
        if found is None or found.media_type != "text/html":
            return ""
        return _bounded(await asyncio.to_thread(text_of_html, found.body))

    async def _pdf(self, paper: Paper) -> str:
        found = await self._transport.download(self._url("pdf", paper), most=MOST_BYTES, within=self._within)
        if found is None or found.media_type != "application/pdf":
            return ""
        return _bounded(await text_of_pdf(found.body, most=MOST_CHARACTERS))

    def _url(self, form: str, paper: Paper) -> str:
        return f"{self._pages_url}/{form}/{paper.id}v{paper.version}"


def text_of_html(body: bytes) -> str:
    """The paper in an HTML page of arXiv's, with its formulas as `$…$` and without what is no text of it."""
    tree = LexborHTMLParser(body)
    for formula in tree.css("math[alttext]"):
        formula.replace_with(f" ${formula.attributes.get('alttext') or ''}$ ")
    for node in tree.css(_NOT_TEXT):
        node.decompose()
    article = tree.css_first("article") or tree.body
    return article.text(separator=" ") if article else ""


def _bounded(text: str) -> str:
    """On one line and within MOST_CHARACTERS; nothing where that is too little to be a paper."""
    line = " ".join(text.split())
    return line[:MOST_CHARACTERS] if len(line) >= _SHORTEST else ""
