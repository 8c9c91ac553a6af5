"""The summariser that needs no model: the paper's own sentences, chosen by what each is for. Instant and repeatable."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.papers import Paper
from bot.summaries.grounding import Evidence
from bot.summaries.plain_text import plain
from bot.summaries.roles import by_role, gist
from bot.summaries.sentences import sentences
from bot.summaries.values import Audience, Claim, Section, SectionName, Shortlist, SourceKind, Summary, SummaryKind

VERSION = "extract-3"
"""Of the rules below; a change of what they choose is a new one."""
_EACH = {SummaryKind.INSIGHTS: 1, SummaryKind.FULL: 2}
"""Sentences for each heading."""
_DIGEST = (SectionName.PROBLEM, SectionName.METHOD, SectionName.RESULTS)
_WORDS = range(6, 61)
"""A sentence of a full text outside this is a heading, a table or a formula that lost its layout ..."""
_LETTERS = 0.7
"""... and so is one with a smaller share of letters and spaces."""


class ExtractSummariser:
    """See `bot.ports.Summariser`."""

    model = ""
    prompt_version = VERSION

    async def summarise(self, paper: Paper, kind: SummaryKind, *, audience: Audience, full_text: str = "") -> Summary:  # noqa: ARG002 - an extract is the same for every audience
        return extract(paper, kind, full_text=full_text)

    async def shortlist(self, papers: Sequence[Paper], *, audience: Audience) -> Shortlist:
        made = [await self.summarise(paper, SummaryKind.RELEVANCE, audience=audience) for paper in papers]
        return Shortlist({summary.paper_id: summary for summary in made})


def extract(paper: Paper, kind: SummaryKind, *, full_text: str = "") -> Summary:
    """The paper's own sentences, from its abstract or from `full_text` where that is given."""
    abstract = _readable(paper.abstract) or [plain(paper.title)]
    running = [one for one in _readable(full_text) if _is_prose(one)] if full_text else abstract
    return Summary(
        paper_id=paper.id,
        paper_version=paper.version,
        kind=kind,
        language="en",
        source=SourceKind.FULL_TEXT if full_text else SourceKind.ABSTRACT,
        model=ExtractSummariser.model,
        prompt_version=VERSION,
        sections=_sections(kind, abstract, running),
    )


@lru_cache(maxsize=1024)  # the papers of the day are shown again and again
def one_sentence(abstract: str) -> str:
    """The sentence of an abstract that says best what the paper brings; empty for an empty abstract."""
    readable = _readable(abstract)
    return readable[gist(readable)] if readable else ""


def _readable(text: str) -> list[str]:
    """Sentences worth showing; where nothing is left of a text without what speaks to models, all of it."""
    return sentences(Evidence.of(text).text) or sentences(plain(text))


def _is_prose(sentence: str) -> bool:
    letters = sum(sign.isalpha() or sign.isspace() for sign in sentence)
    return len(sentence.split()) in _WORDS and letters >= _LETTERS * len(sentence)


def _sections(kind: SummaryKind, abstract: list[str], running: list[str]) -> tuple[Section, ...]:
    brings = abstract[gist(abstract)]
    if kind in _EACH:
        found = by_role(running, _EACH[kind])
        if found:
            return tuple(
                Section(role, _claims(running[number] for number in numbers)) for role, numbers in found.items()
            )
    if kind is SummaryKind.DIGEST and running:
        found = by_role(running, 1)
        numbers = {gist(running), *(number for role in _DIGEST for number in found.get(role, ()))}
        return (Section(SectionName.GIST, _claims(running[number] for number in sorted(numbers))),)
    return (Section(SectionName.GIST, _claims([brings])),)


def _claims(texts: Iterable[str]) -> tuple[Claim, ...]:
    return tuple(Claim(text, text) for text in texts)
