"""Summaries as they are kept: made once for all, posted once under a paper, and shown in an edition."""

from dataclasses import dataclass
from datetime import datetime

from bot.editions import MessageRef
from bot.papers import ArxivId
from bot.summaries.values import Summary, SummaryKind


@dataclass(frozen=True, slots=True)
class SummaryKey:
    """What makes a summary the one that was asked for. It is the team's own, since it speaks to what they follow."""

    team_id: int
    paper_id: ArxivId
    paper_version: int
    kind: SummaryKind
    model: str
    prompt_version: str
    language: str


@dataclass(frozen=True, slots=True)
class KeptSummary:
    """A summary that was made, and who asked for it."""

    id: int
    summary: Summary
    asked_by: int
    """The member's id."""
    made_at: datetime


@dataclass(frozen=True, slots=True)
class SummaryPost:
    """A summary under a paper's post: the only authority on whether it is there. `key` is opaque and unique."""

    key: str
    summary_id: int
    post_key: str
    """The key of the paper's post."""
    planned_at: datetime
    attempts: int
    message: MessageRef | None = None


@dataclass(frozen=True, slots=True)
class Teaser:
    """What a model says of a paper in an edition, in place of an extract."""

    paper_id: ArxivId
    sentence: str
    relevance: str
    """Why it matters to this team; may be empty."""
    model: str
