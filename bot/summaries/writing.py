"""The summariser that asks a model, and shows nothing that the paper does not bear out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from secrets import token_hex

from bot.papers import ArxivId, Paper
from bot.summaries.answers import ClaimsAnswer, GivenClaim, PaperAnswer, SectionClaim, ShortlistAnswer
from bot.summaries.grounding import Grounds, enough
from bot.summaries.model import LanguageModel
from bot.summaries.plain_text import plain
from bot.summaries.prompts import VERSION, prompt, wishes
from bot.summaries.values import (
    Audience,
    Claim,
    Failure,
    Section,
    SectionName,
    Shortlist,
    SourceKind,
    Summary,
    SummaryKind,
    SummaryUnavailable,
    Usage,
)

ATTEMPTS = 2
"""How often a summary is asked for, where the first one loses too many claims."""
BATCH = 8
"""Papers of a shortlist in one prompt. More, and models begin to mix them up; fewer, and the rules are paid for more
often than the papers."""
LONGEST_ANSWER = 4_000
"""Tokens of an answer about one paper, with what a reasoning model thinks before it."""
LONGEST_ROW = 500
"""Tokens more for each paper of a batch after the first."""
_EACH = {SummaryKind.TLDR: 1, SummaryKind.INSIGHTS: 2, SummaryKind.FULL: 4, SummaryKind.DIGEST: 4}
"""Claims shown in one section."""
_HEADED = frozenset({SummaryKind.INSIGHTS, SummaryKind.FULL})
_HOPELESS = frozenset({Failure.UNREACHABLE, Failure.TOO_SLOW, Failure.BUSY, Failure.DENIED})
"""What the next batch would meet as well."""
_WORTH_ANOTHER_TRY = frozenset({Failure.UNGROUNDED, Failure.WRONG_IDS})


class ModelSummariser:
    """See `bot.ports.Summariser`."""

    prompt_version = VERSION

    def __init__(self, model: LanguageModel) -> None:
        self._model = model

    @property
    def model(self) -> str:
        return self._model.name

    async def summarise(self, paper: Paper, kind: SummaryKind, *, audience: Audience, full_text: str = "") -> Summary:
        grounds = _grounds(paper, full_text or paper.abstract, audience)
        if not grounds.evidence.text:
            raise SummaryUnavailable(Failure.EMPTY, "the paper has no text to summarise")
        usage = Usage()
        for _ in range(ATTEMPTS):
            asked = prompt(
                kind, [(paper.id, plain(paper.title), grounds.evidence.text)], audience=audience, mark=token_hex(16)
            )
            try:
                answered = await self._model.answer(asked, ClaimsAnswer, longest=LONGEST_ANSWER)
            except SummaryUnavailable as error:
                error.usage += usage
                raise
            usage += answered.usage
            given = _asked_for(answered.value.claims, kind, audience)
            if not given:
                raise SummaryUnavailable(Failure.EMPTY, "the answer holds no claim", usage=usage)
            kept = [(name, claim) for name, one in given if (claim := grounds.checked(one.text, one.quote))]
            if enough(len(kept), len(given)):
                source = SourceKind.FULL_TEXT if full_text else SourceKind.ABSTRACT
                return self._summary(paper, kind, audience, kept, usage=usage, source=source)
        raise SummaryUnavailable(Failure.UNGROUNDED, usage=usage)

    async def shortlist(self, papers: Sequence[Paper], *, audience: Audience) -> Shortlist:
        summaries: dict[ArxivId, Summary] = {}
        failures: dict[ArxivId, Failure] = {}
        usage = Usage()
        waiting = list({paper.id: paper for paper in papers}.values())
        for _ in range(ATTEMPTS):
            for start in range(0, len(waiting), BATCH):
                read = await self._read(waiting[start : start + BATCH], audience)
                usage += read.usage
                summaries |= read.summaries
                failures |= read.failures
                if _HOPELESS.intersection(read.failures.values()):
                    reason = next(iter(read.failures.values()))
                    failures |= {paper.id: reason for paper in waiting[start:]}
                    break
            waiting = [paper for paper in waiting if failures.get(paper.id) in _WORTH_ANOTHER_TRY]
            failures = {paper_id: failure for paper_id, failure in failures.items() if paper_id not in summaries}
        return Shortlist(summaries, usage, failures)

    async def _read(self, batch: Sequence[Paper], audience: Audience) -> Shortlist:
        """One batch, asked once."""
        grounds = {paper.id: _grounds(paper, paper.abstract, audience) for paper in batch}
        told = [(paper.id, plain(paper.title), grounds[paper.id].evidence.text) for paper in batch]
        asked = prompt(SummaryKind.RELEVANCE, told, audience=audience, mark=token_hex(16))
        try:
            answered = await self._model.answer(
                asked, ShortlistAnswer, longest=LONGEST_ANSWER + LONGEST_ROW * (len(batch) - 1)
            )
        except SummaryUnavailable as error:
            return Shortlist({}, error.usage, {paper.id: error.failure for paper in batch})
        rows = _by_id(answered.value.papers)
        share = answered.usage.share(len(batch))
        summaries: dict[ArxivId, Summary] = {}
        failures: dict[ArxivId, Failure] = {}
        for paper in batch:
            row = rows.get(paper.id.value)
            given = _row(row, audience) if row else []
            kept = [(name, claim) for name, one in given if (claim := grounds[paper.id].checked(one.text, one.quote))]
            if row and enough(len(kept), len(given)):
                summary = self._summary(paper, SummaryKind.RELEVANCE, audience, kept, usage=share)
                category = row.category if row.category in audience.categories else ""
                summaries[paper.id] = replace(summary, category=category)
            else:
                failures[paper.id] = Failure.UNGROUNDED if row else Failure.WRONG_IDS
        return Shortlist(summaries, answered.usage, failures)

    def _summary(
        self,
        paper: Paper,
        kind: SummaryKind,
        audience: Audience,
        claims: Sequence[tuple[SectionName, Claim]],
        *,
        usage: Usage,
        source: SourceKind = SourceKind.ABSTRACT,
    ) -> Summary:
        each = _EACH.get(kind, 1)
        sections = {name: [claim for section, claim in claims if section is name][:each] for name in SectionName}
        return Summary(
            paper_id=paper.id,
            paper_version=paper.version,
            kind=kind,
            language=audience.language,
            source=source,
            model=self.model,
            prompt_version=self.prompt_version,
            sections=tuple(Section(name, tuple(found)) for name, found in sections.items() if found),
            usage=usage,
        )


def _grounds(paper: Paper, text: str, audience: Audience) -> Grounds:
    followed = wishes(audience.interests) if audience.interests else ()
    return Grounds.of(paper, text, language=audience.language, wishes=followed)


def _asked_for(
    claims: Iterable[SectionClaim], kind: SummaryKind, audience: Audience
) -> list[tuple[SectionName, GivenClaim]]:
    """The claims with their sections, without those of sections that were not asked for."""
    if kind not in _HEADED:
        return [(SectionName.GIST, claim) for claim in claims]
    named = [(SectionName(claim.section), claim) for claim in claims]
    barred = {SectionName.GIST} if audience.interests else {SectionName.GIST, SectionName.FOR_TEAM}
    return [(name, claim) for name, claim in named if name not in barred]


def _by_id(rows: Iterable[PaperAnswer]) -> dict[str, PaperAnswer]:
    """Each paper's row; a paper that has two has none, since one of them must be another's."""
    rows = list(rows)
    times = Counter(row.id for row in rows)
    return {row.id: row for row in rows if times[row.id] == 1}


def _row(row: PaperAnswer, audience: Audience) -> list[tuple[SectionName, GivenClaim]]:
    relevance = row.relevance if audience.interests else None
    return [(SectionName.GIST, row.gist), *([(SectionName.FOR_TEAM, relevance)] if relevance else [])]
