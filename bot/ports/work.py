"""What is done in the background, and which process does it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Task(StrEnum):
    """The kinds of job. Another version of the program may have asked for a job: a value keeps its meaning for ever."""

    COLLECT = "collect"
    """Ask the source for what is due and not there yet."""
    CURATE = "curate"
    """Make the editions that are due."""
    DIGESTS = "digests"
    """Make the weekly and monthly editions that are due."""
    SUMMARISE = "summarise"
    """Have the model read new editions, then DELIVER what is due in each channel."""
    DELIVER = "deliver"
    """Post what is due in one channel."""
    REFRESH = "refresh"
    """Edit posts to how things stand now."""
    WATCH = "watch"
    """Ask the source what became of papers that people saved, and plan to tell them."""
    TIDY = "tidy"
    """Drop what is of no use any more."""


@dataclass(frozen=True, slots=True)
class Job:
    """Something to be done once. Equal jobs are of equal use."""

    task: Task
    channel_id: int | None = None
    """The channel of a DELIVER."""

    @property
    def key(self) -> str:
        """What equal jobs have in common, and no others: `curate`, `deliver 42`."""
        return self.task if self.channel_id is None else f"{self.task} {self.channel_id}"

    @property
    def lock(self) -> str | None:
        """Jobs with the same lock are done one at a time, in the order in which they were asked for."""
        match self.task:
            case Task.COLLECT | Task.CURATE | Task.WATCH:
                return "papers"  # an edition that is made while papers come in would miss some
            case Task.SUMMARISE:
                return None  # each edition has a claim of its own, and none waits for what a slow model does elsewhere
            case _:
                return self.key

    @property
    def can_wait(self) -> bool:
        """Whether all others go first: there may be thousands of these."""
        return self.task is Task.DELIVER

    @property
    def lengthy(self) -> bool:
        """Whether it may take minutes, and leaves nothing half done where it is cut off."""
        return self.task in (Task.COLLECT, Task.SUMMARISE, Task.WATCH)


Do = Callable[[Job], Awaitable[None]]
"""Does a job, and raises nothing: what goes wrong is on record before it returns."""


class Work(Protocol):
    """The jobs of all processes on one database. What a job must not do twice, the store sees to: a job whose process
    dies, or loses its database for a while, is done again."""

    async def ask(self, *jobs: Job) -> None:
        """Has them done before long, by this process or another. Of equal jobs that nobody has begun yet, one is done.
        Raises StoreError."""

    async def run(self, do: Do) -> None:
        """Does what anybody asked for, many jobs at once, until it is cancelled. Then a job that is under way is given
        some seconds to end, a `lengthy` one none; what is cut off is asked for again. Outlives its database."""


@dataclass(frozen=True, slots=True)
class Queue:
    """The jobs of all processes on one database."""

    waiting: Mapping[str, int]
    """How many nobody has begun yet, by the task, none for a task without any. Another version of the program may have
    asked for tasks that this one does not know."""
    workers: int
    """Processes that do jobs, and gave a sign of life of late."""


class Holds(Protocol):
    """Things of which one process at a time has each: the tick of a minute, a shard of Discord's gateway."""

    async def claim(self, thing: str, *, holder: str, now: datetime, until: datetime) -> bool:
        """Whether `holder` has it from now until then: nobody had it, or not any more. Who had it for much longer than
        that, by their clock, had it before the clock was put back."""

    async def renew(self, thing: str, *, holder: str, now: datetime, until: datetime) -> bool:
        """Whether `holder` had it still, and has it until then: whoever has not must let go of it."""

    async def last(self, thing: str) -> datetime | None:
        """Until when somebody has it, or had it last; None where nobody ever did, or it was released."""

    async def release(self, thing: str, *, holder: str) -> None:
        """Nobody has it any more, if `holder` had it."""
