"""Figures of this process, for Prometheus. docs/operations.md tells what each means."""

from datetime import timedelta
from typing import get_args

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
)

from bot.commands import Command
from bot.ports import Span
from bot.summaries.values import Failure

_LATE = (1, 5, 15, 30, 60, 120, 300, 900, 3600, 6 * 3600, 24 * 3600)
_HEARD = (0.05, 0.1, 0.25, 0.5, 1, 2, 2.5, 3, 5)
"""Slack and Discord wait for three seconds."""
_ANSWERED = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 180)


class Counting:
    """Satisfies `bot.ports.Measures`, but that it leaves spans to `span`."""

    def __init__(self, span: Span) -> None:
        self.span = span
        self.registry = CollectorRegistry()
        # When each counter was made is nobody's question, and twice as many lines.
        disable_created_metrics()  # type: ignore[no-untyped-call] # it is not
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self._sent = Counter("papers_posts_sent", "Posts that reached their channel.", registry=self.registry)
        self._late = Histogram(
            "papers_post_late_seconds",
            "From when a post was planned until it was in its channel.",
            buckets=_LATE,
            registry=self.registry,
        )
        self._retries = Counter("papers_post_retries", "Further attempts at a post.", registry=self.registry)
        self._heard = Histogram(
            "papers_acknowledge_seconds",
            "From hearing of an event, command or click until the platform was told so.",
            ["platform"],
            buckets=_HEARD,
            registry=self.registry,
        )
        self._command_seconds = Histogram(
            "papers_command_seconds",
            "From a command to its answer.",
            ["command"],
            buckets=_ANSWERED,
            registry=self.registry,
        )
        self._commands = Counter("papers_commands", "Commands.", ["command", "outcome"], registry=self.registry)
        self._model = Counter("papers_model_calls", "Calls of the model.", ["outcome"], registry=self.registry)
        self._arxiv = Counter("papers_arxiv_requests", "Requests to arXiv.", ["outcome"], registry=self.registry)
        # What is first seen at 1 has not increased, for Prometheus: what alerts look for is there from the beginning.
        for command in get_args(Command):
            self._commands.labels(command.__name__, "broken")
        for failure in Failure:
            self._model.labels(failure)

    def posted(self, late: timedelta) -> None:
        self._sent.inc()
        self._late.observe(late.total_seconds())

    def retried(self) -> None:
        self._retries.inc()

    def acknowledged(self, platform: str, seconds: float) -> None:
        self._heard.labels(platform).observe(seconds)

    def commanded(self, command: str, outcome: str, seconds: float) -> None:
        self._commands.labels(command, outcome).inc()
        self._command_seconds.labels(command).observe(seconds)

    def model_asked(self, outcome: str) -> None:
        self._model.labels(outcome).inc()

    def arxiv_asked(self, outcome: str) -> None:
        self._arxiv.labels(outcome).inc()
