"""What operators see of the work: figures, and what a line of the log or a trace belongs to."""

from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from typing import Protocol


class Span(Protocol):
    """One step of the work."""

    def __call__(self, name: str, /, **about: str | int) -> AbstractContextManager[None]:
        """What is logged inside the block bears `about`, and the block is a span where traces are collected, inside
        that of the block around it. It failed if an error leaves it that is not a UserError."""


class Measures(Protocol):
    """Told what this process does. Calls are cheap and never raise; names of outcomes are few."""

    def posted(self, late: timedelta) -> None:
        """A post reached its channel, so long after it was planned."""

    def retried(self) -> None:
        """A post is tried once more."""

    def acknowledged(self, platform: str, seconds: float) -> None:
        """A platform was told that something done there was heard, so long after it said so."""

    def commanded(self, command: str, outcome: str, seconds: float) -> None:
        """A command, by the name of its type, was answered, refused, or broke."""

    def model_asked(self, outcome: str) -> None:
        """A language model answered, or failed in one of the ways of `Failure`."""

    def arxiv_asked(self, outcome: str) -> None:
        """arXiv answered one request, gave no answer, or refused."""

    @property
    def span(self) -> Span: ...


class Unmeasured:
    """`Measures` that nobody looks at."""

    def posted(self, late: timedelta) -> None: ...

    def retried(self) -> None: ...

    def acknowledged(self, platform: str, seconds: float) -> None: ...

    def commanded(self, command: str, outcome: str, seconds: float) -> None: ...

    def model_asked(self, outcome: str) -> None: ...

    def arxiv_asked(self, outcome: str) -> None: ...

    def span(self, _name: str, /, **_about: str | int) -> AbstractContextManager[None]:
        return nullcontext()


UNMEASURED = Unmeasured()
