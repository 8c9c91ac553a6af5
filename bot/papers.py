"""Papers and their arXiv identifiers: frozen values that the rest of the house passes around."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

from bot.errors import PaperRoundError

# https://info.arxiv.org/help/arxiv_identifier.html:
# YYMM.NNNN until 2014, YYMM.NNNNN since, archive/YYMMNNN before April 2007.
_NEW = r"(?:0[7-9]|[1-9]\d)(?:0[1-9]|1[0-2])\.\d{4,5}"
_OLD = r"[a-z]+(?:-[a-z]+)*/\d{2}(?:0[1-9]|1[0-2])\d{3}"
_SUBJECT_CLASS = re.compile(r"(?<=[a-z])\.[A-Z]{2}(?=/\d{7})")
"""People write `math.GT/0309136`; the identifier is `math/0309136`."""
_VERSION = r"(?:v(?P<version>[1-9]\d{0,3}))?"
_BARE = re.compile(rf"(?P<id>{_NEW}|{_OLD}){_VERSION}")
_PREFIX = (
    r"(?:"
    r"(?:https?://)?(?:[a-z0-9-]+\.)*(?:arxiv\.org/(?:abs|pdf|html|format|src|e-print)/"
    r"|alphaxiv\.org/(?:[a-z]{2}/)?(?:abs|pdf|html|overview|resources)/"
    r"|huggingface\.co/papers/)"
    r"|(?:https?://(?:dx\.)?doi\.org/|doi:\s?)?10\.48550/arxiv\."
    r"|arxiv:\s?"
    r")"
)
_ANYWHERE = re.compile(rf"(?:(?i:{_PREFIX})|(?<![\w./-]))(?P<id>{_NEW}|{_OLD}){_VERSION}(?!\d)(?![/-]?\w)", re.ASCII)
_PDF = re.compile(r"\.pdf(?=$|[?#\s>)|])", re.IGNORECASE)


class NotAnArxivId(PaperRoundError, ValueError):
    """The text holds no arXiv identifier in any of the forms that people paste."""


@dataclass(frozen=True, slots=True, order=True)
class ArxivId:
    """An arXiv identifier without its version, such as `2601.01234` or `hep-th/9901001`.

    The product keys papers on it, since a new version is the same paper. Build it with `parse`.
    """

    value: str

    def __post_init__(self) -> None:
        match = _BARE.fullmatch(self.value)
        if match is None or match["version"]:
            raise NotAnArxivId(self.value)

    @classmethod
    def parse(cls, text: str) -> "ArxivId":
        """The identifier in `text`: an id in either style with or without a version, an arXiv, alphaXiv, Hugging Face
        or DOI link, with what chat clients wrap around it.

        Raises `NotAnArxivId` when `text` is anything else, or holds anything besides.
        """
        return cls.parse_versioned(text)[0]

    @classmethod
    def parse_versioned(cls, text: str) -> "tuple[ArxivId, int | None]":
        """As `parse`, with the version where the text names one."""
        bare = _unwrapped(text)
        match = _ANYWHERE.match(bare)
        rest = bare[match.end() :] if match else ""
        if match is None or not re.fullmatch(r"/?(?:[?#]\S*)?", rest):
            raise NotAnArxivId(text)
        return cls(match["id"]), int(match["version"]) if match["version"] else None

    @classmethod
    def find_all(cls, text: str) -> "Iterator[ArxivId]":
        """Each identifier that occurs in running text, in order, once."""
        found: set[str] = set()
        for match in _ANYWHERE.finditer(_SUBJECT_CLASS.sub("", _PDF.sub("", text))):
            if match["id"] not in found:
                found.add(match["id"])
                yield cls(match["id"])

    @property
    def url(self) -> str:
        """The abstract page, the only page of arXiv we link to."""
        return f"https://arxiv.org/abs/{self.value}"

    def __str__(self) -> str:
        return self.value


def _unwrapped(text: str) -> str:
    """Without what a chat client or a hasty paste puts around a link: `<…|label>`, brackets, a full stop, `.pdf`."""
    bare = text.strip()
    if bare.startswith("<") and bare.endswith(">"):
        bare = bare[1:-1].split("|", 1)[0]
    bare = unquote(bare).strip().lstrip("([\"'").rstrip(")]\"'.,;:!")
    return _SUBJECT_CLASS.sub("", _PDF.sub("", bare))


_PARTICLES = frozenset(
    {
        "al", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn", "la", "le",
        "ní", "ó", "ten", "ter", "van", "von", "zu",
    }
)  # fmt: skip
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


@dataclass(frozen=True, slots=True)
class Author:
    """An author as arXiv names them, given name first."""

    name: str

    @property
    def family_name(self) -> str:
        """The family name with its particles, without a generation: `van der Maaten`, `Okafor`."""
        words = self.name.split()
        while len(words) > 1 and words[-1].lower() in _SUFFIXES:
            words.pop()
        start = len(words) - 1
        while start > 1 and words[start - 1].lower() in _PARTICLES:
            start -= 1
        return " ".join(words[start:]) if words else self.name


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper in its newest known version. Text is readable Unicode on one line; a formula that no line can show stays
    in its `$…$`, as written."""

    id: ArxivId
    version: int
    title: str
    abstract: str
    authors: tuple[Author, ...]
    primary_category: str
    categories: tuple[str, ...]
    """Every category it is listed in, the primary one included."""
    submitted: datetime
    """When version 1 was submitted (UTC). Not when it was announced: that is an `Announcement`."""
    updated: datetime
    """When this version was submitted (UTC)."""
    comment: str = ""
    journal_ref: str = ""
    doi: str = ""
    withdrawn: bool = False
    complete: bool = True
    """False while only the feed's short record is known; the full one is fetched at the next collection."""
