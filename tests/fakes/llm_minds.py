"""What models of a fake server answer: honestly, wrongly, or as a paper orders them to."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

_PAPER = re.compile(
    r"^Paper id: (?P<id>\S+)\n(?P<mark>[0-9a-f]{32})\n(?P<title>.*)\n(?P<text>[\s\S]*?)\n(?P=mark)$", re.MULTILINE
)


@dataclass(frozen=True)
class Told:
    """A paper as a prompt shows it."""

    id: str
    title: str
    text: str


@dataclass(frozen=True)
class Asked:
    """One request, whichever of the two APIs it came through."""

    api: str
    model: str
    system: str
    user: str
    wants: str
    """`json_schema`, `json_object` or `text`."""
    body: dict[str, Any]
    key: str

    @property
    def papers(self) -> list[Told]:
        return [Told(one["id"], one["title"], one["text"]) for one in _PAPER.finditer(self.user)]

    @property
    def shortlist(self) -> bool:
        """Whether the answer is to be about several papers."""
        return '{"papers"' in self.system


Mind: TypeAlias = Callable[[Asked], str]
"""Makes the text of an answer."""


def claims(*given: tuple[str, str, str]) -> str:
    """An answer about one paper, of (section, text, quote)."""
    return json.dumps({"claims": [{"section": name, "text": text, "quote": quote} for name, text, quote in given]})


def rows(*given: tuple[str, str, str], category: str = "", relevance: str | None = None) -> str:
    """An answer about several papers, of (id, text, quote)."""
    return json.dumps(
        {
            "papers": [
                {
                    "id": paper_id,
                    "category": category,
                    "gist": {"text": text, "quote": quote},
                    "relevance": {"text": relevance, "quote": quote} if relevance else None,
                }
                for paper_id, text, quote in given
            ]
        }
    )


def first_sentence(told: Told) -> str:
    return told.text.split(". ")[0].rstrip(".") + "."


def honest(asked: Asked) -> str:
    """Says what the first sentence of each paper says, with that sentence for a quote."""
    if asked.shortlist:
        return rows(*((one.id, first_sentence(one), first_sentence(one)) for one in asked.papers))
    said = first_sentence(asked.papers[0])
    headed = "problem" if '"problem"' in asked.system else "gist"
    return claims((headed, said, said))


def thorough(asked: Asked) -> str:
    """Says as much of each paper as the rules allow: claims of 35 words, with quotes of 40."""
    told = [(one.id, one.text.split()) for one in asked.papers]
    given = [(paper_id, " ".join(words[:35]), " ".join(words[:40])) for paper_id, words in told]
    return json.dumps(
        {
            "papers": [
                {"id": paper_id, "category": "", "gist": claim, "relevance": claim}
                for paper_id, text, quote in given
                for claim in [{"text": text, "quote": quote}]
            ]
        }
    )


def swapped(asked: Asked) -> str:
    """Tells each paper under the id of the next one."""
    told = asked.papers
    return rows(
        *(
            (other.id, first_sentence(one), first_sentence(one))
            for one, other in zip(told, [*told[1:], told[0]], strict=True)
        )
    )


def inventive(asked: Asked) -> str:
    """Makes everything up, quotes included."""
    fancy = "The method doubles accuracy on every benchmark known to science."
    return (
        rows(*((one.id, fancy, fancy) for one in asked.papers)) if asked.shortlist else claims(("gist", fancy, fancy))
    )


def obedient(order: str, *, quote: str = "") -> Mind:
    """Does what an injected `order` wants said, with `quote`, the order itself or the paper's own first words, for
    its evidence."""

    def mind(asked: Asked) -> str:
        if asked.shortlist:
            return rows(*((one.id, order, quote or first_sentence(one)) for one in asked.papers))
        one = asked.papers[0]
        return claims(("gist", order, quote or first_sentence(one)), ("gist", order, order))

    return mind
