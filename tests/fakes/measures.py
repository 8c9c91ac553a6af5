"""Measures that tests can look at."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta


@dataclass
class FakeMeasures:
    """A `bot.ports.Measures` that remembers what it was told, but for how long things took."""

    late: list[timedelta] = field(default_factory=list)
    retries: int = 0
    acknowledged_on: list[str] = field(default_factory=list)
    commands: list[tuple[str, str]] = field(default_factory=list)
    model: list[str] = field(default_factory=list)
    arxiv: list[str] = field(default_factory=list)
    spans: list[tuple[str, dict[str, str | int]]] = field(default_factory=list)
    """In the order in which they began."""
    broken: list[str] = field(default_factory=list)
    """The names of the spans that an error left."""

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.spans]

    def posted(self, late: timedelta) -> None:
        self.late.append(late)

    def retried(self) -> None:
        self.retries += 1

    def acknowledged(self, platform: str, seconds: float) -> None:
        self.acknowledged_on.append(platform)

    def commanded(self, command: str, outcome: str, seconds: float) -> None:
        self.commands.append((command, outcome))

    def model_asked(self, outcome: str) -> None:
        self.model.append(outcome)

    def arxiv_asked(self, outcome: str) -> None:
        self.arxiv.append(outcome)

    @contextmanager
    def span(self, name: str, /, **about: str | int) -> Iterator[None]:
        self.spans.append((name, about))
        try:
            yield
        except Exception:
            self.broken.append(name)
            raise
