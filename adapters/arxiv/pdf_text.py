"""The text of a PDF, read in a process of its own: `python -m adapters.arxiv.pdf_text MOST <paper.pdf`.

A PDF can be made so that reading it takes for ever, or all memory. A process can be stopped; a thread cannot.
"""

import asyncio
import io
import logging
import resource
import sys

from pypdf import PdfReader
from pypdf.errors import PyPdfError

SECONDS = 30.0
"""After which a PDF is given up."""
MOST_MEMORY = 2 * 1024**3
"""Bytes of address space that reading a PDF may take."""


async def text_of_pdf(body: bytes, *, most: int) -> str:
    """The text of the first pages, some `most` characters of it; empty where it cannot be read, or not in time."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", "-m", "adapters.arxiv.pdf_text", str(most), env={},
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        read, _ = await asyncio.wait_for(process.communicate(body), SECONDS)
    except TimeoutError:
        return ""
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return read.decode() if process.returncode == 0 else ""


def _read(body: bytes, most: int) -> str:
    pages: list[str] = []
    length = 0
    for page in PdfReader(io.BytesIO(body)).pages:
        pages.append(page.extract_text())
        length += len(pages[-1])
        if length > most:
            break
    return "\n".join(pages)


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    logging.disable()
    try:
        text = _read(sys.stdin.buffer.read(), int(sys.argv[1]))
    except (PyPdfError, ValueError, MemoryError, RecursionError):
        return 1
    sys.stdout.buffer.write(text.encode(errors="replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
