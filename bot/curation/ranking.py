"""The seam of ranking: what a ranker is given and what it answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from bot.editions import Reason
from bot.papers import Paper
from bot.teams import Interests


class Act(StrEnum):
    """What a team did with a paper, as far as it tells of its taste."""

    SAVED = "saved"
    DISCUSSED = "discussed"
    """Noted, or talked about in its thread."""
    LIKED = "liked"
    READ = "read"
    SUMMARISED = "summarised"
    """Somebody asked for a summary."""
    OPENED = "opened"
    IGNORED = "ignored"
    """It was shown in an edition, and nobody did anything with it."""
    DISLIKED = "disliked"
    """"Not for us"."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One thing that a team did with a paper."""

    paper: Paper
    act: Act
    days: float = 0.0
    """How long ago, from 0."""


@dataclass(frozen=True, slots=True)
class Taste:
    """What a team has shown of its taste, from its own store alone, all of it known when the edition is made."""

    judged: Sequence[Judged] = ()
    """What it did, in any order. A paper may be in it several times, each with another act; IGNORED only alone. A
    paper that was shown too short a time ago to be answered is in it with nothing."""
    background: Sequence[Paper] = ()
    """Papers of the team's categories that came before the pool, judged or not: what nobody took up is
    held to be a little less to the team's taste. A few hundred are enough."""
    saved_authors: Mapping[str, int] = field(default_factory=dict)
    """Full name to the number of papers that the team saves."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A paper in its place. `score` says only which of two papers stands higher."""

    paper: Paper
    score: float
    topic: str
    """Its place in the taxonomy."""
    on_topic: bool
    """Whether it may be picked: about what the subscription asked for, and nothing unwanted in it."""
    reasons: tuple[Reason, ...]
    """What raised it, the weightiest first; each is a true fact."""
    barred: bool = False
    """Whether it is kept out for what it is: withdrawn, or holding something unwanted. Then it is not on topic."""
    against: tuple[Reason, ...] = ()
    """What lowered it, the weightiest first; each is a true fact."""
    novelty: float = 0.0
    """How little of what it says the team has judged, from 0 (all of it) to 1 (nothing): what exploring goes by."""


class Ranker(Protocol):
    """One way of ranking. Another can be put in its place and measured."""

    def __call__(self, pool: Sequence[Paper], interests: Interests, taste: Taste) -> list[Ranked]:
        """Every paper of `pool` once, the best first. Pure: the same arguments give the same order."""
