"""Teams, the people in them, the channels they read, and what each channel asked to be brought."""

from dataclasses import dataclass, field
from datetime import time


@dataclass(frozen=True, slots=True)
class Sender:
    """Who said something and where, in the platform's own ids. The store turns it into a member and a channel."""

    platform: str
    workspace: str
    user: str
    user_name: str
    channel: str
    channel_name: str


@dataclass(frozen=True, slots=True)
class Team:
    """Everyone who shares one reading list."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a team on one platform."""

    id: int
    team_id: int
    platform: str
    external_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A place on a platform where editions are posted and commands are given."""

    id: int
    team_id: int
    platform: str
    external_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Topic:
    """Something a team follows: a topic of the taxonomy by its name (`reasoning`), or a phrase of their own."""

    name: str


@dataclass(frozen=True, slots=True)
class Interests:
    """What a subscription asks for."""

    categories: tuple[str, ...]
    topics: tuple[Topic, ...] = ()
    """Empty: everything about language models."""
    wanted: tuple[str, ...] = ()
    """Words or phrases that raise a paper."""
    unwanted: tuple[str, ...] = ()
    """Words or phrases that keep a paper out."""
    authors: tuple[str, ...] = ()
    """Full names of authors whose papers are always worth a look."""


WORKING_DAYS = frozenset(range(5))


@dataclass(frozen=True, slots=True)
class Subscription:
    """An order for editions in one channel. `days` are weekdays, Monday = 0; `at` is local time in the IANA `zone`."""

    id: int
    team_id: int
    channel_id: int
    interests: Interests
    size: int = 5
    """How many papers an edition holds at the most."""
    days: frozenset[int] = field(default=WORKING_DAYS)
    at: time = time(8, 0)
    zone: str = "UTC"
