"""Summaries: frozen values, and the ways in which one can fail to be made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.errors import PaperRoundError
from bot.papers import ArxivId
from bot.teams import Interests


class SummaryKind(StrEnum):
    """The forms that a summary comes in."""

    TLDR = "tldr"
    """One sentence: the section GIST with one claim."""
    INSIGHTS = "insights"
    """Problem, method, results, limits and what they mean for this team, a claim or two each."""
    FULL = "full"
    """As INSIGHTS, up to four claims each."""
    DIGEST = "digest"
    """A paragraph: the section GIST with up to four claims, to be read in a row."""
    RELEVANCE = "relevance"
    """What `Summariser.shortlist` makes: GIST and FOR_TEAM with one claim each (an extract has no FOR_TEAM), and a
    category where a list of them was given."""


class SourceKind(StrEnum):
    """What a summary was made from."""

    ABSTRACT = "abstract"
    FULL_TEXT = "full_text"


class SectionName(StrEnum):
    """The parts of a summary. `bot.cards` has the heading for each."""

    GIST = "gist"
    PROBLEM = "problem"
    METHOD = "method"
    RESULTS = "results"
    LIMITS = "limits"
    FOR_TEAM = "for_team"


class Failure(StrEnum):
    """Why a model gave no summary."""

    UNREACHABLE = "unreachable"
    """No connection, or the server is out of order."""
    TOO_SLOW = "too_slow"
    """No answer before our own deadline."""
    BUSY = "busy"
    """Still limited after as many tries as we allow ourselves."""
    DENIED = "denied"
    """The key, the model's name or the request is not accepted: somebody has to change a setting."""
    REFUSED = "refused"
    """The model, or its provider's filter, would not answer."""
    TRUNCATED = "truncated"
    """The answer ended before it was whole."""
    EMPTY = "empty"
    """There was no text in the answer, or no claim in the text."""
    OFF_SCHEMA = "off_schema"
    """The answer has not the form that was asked for."""
    WRONG_IDS = "wrong_ids"
    """The answer about several papers leaves this one out, or speaks of it twice."""
    UNGROUNDED = "ungrounded"
    """Twice, over a third of the claims were not borne out by the paper."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens spent. `cached` is the part of `tokens_in` that the provider had in its cache, often sold for less."""

    tokens_in: int = 0
    tokens_out: int = 0
    cached: int = 0

    def share(self, count: int) -> "Usage":
        """One of `count` equal parts, rounded down."""
        return Usage(self.tokens_in // count, self.tokens_out // count, self.cached // count)

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(self.tokens_in + other.tokens_in, self.tokens_out + other.tokens_out, self.cached + other.cached)


class SummaryUnavailable(PaperRoundError):
    """A model gave no summary; an extract can be shown instead. `usage` is what trying has cost all the same.

    Its text is for the log, and holds no key, no address and nothing that a model said.
    """

    def __init__(self, failure: Failure, detail: str = "", *, usage: Usage = Usage()) -> None:
        super().__init__(f"{failure}: {detail}" if detail else str(failure))
        self.failure = failure
        self.usage = usage


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement, in plain text on one line, and the words of the source that bear it out, as they stand there."""

    text: str
    quote: str


@dataclass(frozen=True, slots=True)
class Section:
    """Claims under one heading; there is at least one."""

    name: SectionName
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What is shown of a paper. Its text holds no mention, no link and no markup; renderers escape it all the same."""

    paper_id: ArxivId
    paper_version: int
    kind: SummaryKind
    language: str
    """As in `Audience`. An extract keeps the paper's own language, whatever was asked for, and says `en`."""
    source: SourceKind
    model: str
    """The name of the model, as it was asked for; empty for an extract."""
    prompt_version: str
    """Of the prompts, or of the rules of extraction: a new version may word the same summary otherwise."""
    sections: tuple[Section, ...]
    """In the order of `SectionName`, each at most once; never empty for a paper that has an abstract."""
    category: str = ""
    """One of `Audience.categories`, where the model chose one."""
    usage: Usage = Usage()
    """What making it has cost; of a batch, this paper's equal share."""

    @property
    def extract(self) -> bool:
        """Whether these are the paper's own sentences, rather than a model's."""
        return not self.model

    def section(self, name: SectionName) -> Section | None:
        return next((section for section in self.sections if section.name is name), None)


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a summary is for."""

    language: str = "en"
    """The language that claims are written in: a tag such as `en`, `de`, `pt-BR`. Quotes stay as they stand."""
    interests: Interests | None = None
    """What FOR_TEAM speaks to; without it there is no such section."""
    categories: tuple[str, ...] = ()
    """The categories that `shortlist` chooses among, such as the topics of the taxonomy."""


@dataclass(frozen=True, slots=True)
class Shortlist:
    """What came of one `Summariser.shortlist`."""

    summaries: Mapping[ArxivId, Summary]
    """By paper; those that the model failed on are left out."""
    usage: Usage = Usage()
    """What all of it has cost, failures included. Never less than the summaries' own together."""
    failures: Mapping[ArxivId, Failure] = field(default_factory=dict)
    """Why each paper that is left out is missing."""
