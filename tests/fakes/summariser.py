"""A summariser and a source of full texts that tests can hold up and break."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.errors import FullTextUnavailable
from bot.papers import ArxivId, Paper
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

COST = Usage(tokens_in=1000, tokens_out=200)
"""Of every answer."""


@dataclass
class FakeSummariser:
    """A `bot.ports.Summariser` as a model is. It answers once `go` is set, unless something is in `failures`."""

    model: str = "fake-1"
    prompt_version: str = "test-1"
    failures: list[Failure] = field(default_factory=list)
    """One for each call, in order."""
    go: asyncio.Event = field(default_factory=asyncio.Event)
    started: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when it is first asked."""
    asked: list[tuple[ArxivId, SummaryKind, Audience, str]] = field(default_factory=list)
    shortlisted: list[tuple[ArxivId, ...]] = field(default_factory=list)
    audiences: list[Audience] = field(default_factory=list)
    """Of each shortlist."""
    leaves_out: set[ArxivId] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.go.set()

    async def summarise(self, paper: Paper, kind: SummaryKind, *, audience: Audience, full_text: str = "") -> Summary:
        self.asked.append((paper.id, kind, audience, full_text))
        self.started.set()
        await self.go.wait()
        if self.failures:
            raise SummaryUnavailable(self.failures.pop(0), usage=COST)
        source = SourceKind.FULL_TEXT if full_text else SourceKind.ABSTRACT
        return self._made(paper, kind, [SectionName.METHOD, SectionName.FOR_TEAM], audience, source)

    async def shortlist(self, papers: Sequence[Paper], *, audience: Audience) -> Shortlist:
        self.audiences.append(audience)
        self.shortlisted.append(tuple(sorted(paper.id for paper in papers)))
        self.started.set()
        await self.go.wait()
        if self.failures:
            failure = self.failures.pop(0)
            return Shortlist({}, COST, {paper.id: failure for paper in papers})
        read = [paper for paper in papers if paper.id not in self.leaves_out]
        sections = [SectionName.GIST, SectionName.FOR_TEAM]
        return Shortlist(
            {one.id: self._made(one, SummaryKind.RELEVANCE, sections, audience, SourceKind.ABSTRACT) for one in read},
            COST,
            dict.fromkeys(self.leaves_out, Failure.WRONG_IDS),
        )

    def _made(
        self, paper: Paper, kind: SummaryKind, names: list[SectionName], audience: Audience, source: SourceKind
    ) -> Summary:
        return Summary(
            paper_id=paper.id,
            paper_version=paper.version,
            kind=kind,
            language=audience.language,
            source=source,
            model=self.model,
            prompt_version=self.prompt_version,
            sections=tuple(Section(one, (Claim(f"{one} of {paper.title}", paper.abstract),)) for one in names),
            usage=COST,
        )


@dataclass
class FakeFullText:
    """A `bot.ports.FullText` with the same text for every paper, or a reason why there is none."""

    text: str = "We study a thing. It works."
    refusal: str = ""
    go: asyncio.Event = field(default_factory=asyncio.Event)
    """It answers once this is set."""

    def __post_init__(self) -> None:
        self.go.set()

    async def of(self, paper: Paper) -> str:
        await self.go.wait()
        if self.refusal:
            raise FullTextUnavailable(self.refusal)
        return self.text
