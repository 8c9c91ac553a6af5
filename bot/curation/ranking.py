"""The seam of ranking: what a ranker is given and what it answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.editions import Reason
from bot.papers import Paper
from bot.teams import Interests


@dataclass(frozen=True, slots=True)
class Taste:
    """What a team has shown of its taste, from its own store alone."""

    saved: Sequence[Paper] = ()
    """Saved or liked by somebody."""
    disliked: Sequence[Paper] = ()
    """"Not for us", and saved by nobody."""
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


class Ranker(Protocol):
    """One way of ranking. Another can be put in its place and measured."""

    def __call__(self, pool: Sequence[Paper], interests: Interests, taste: Taste) -> list[Ranked]:
        """Every paper of `pool` once, the best first. Pure: the same arguments give the same order."""
