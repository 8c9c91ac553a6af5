"""Traces for an OpenTelemetry collector, over HTTP: https://opentelemetry.io/docs/specs/otlp/#otlphttp"""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from opentelemetry.exporter.otlp.proto.http import trace_exporter
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Status, StatusCode

from bot.errors import UserError
from bot.ports import Span

TIME_OUT = 3.0
"""Seconds that a collector has to take what it is sent. What it does not take is dropped."""
_QUEUE = 2048
"""Spans that wait for the collector, at the most. All go with one request, so that stopping waits for two at most: that
which is under way, and the last."""
_SPANS = "/v1/traces"


@asynccontextmanager
async def tracing(endpoint: str) -> AsyncIterator[Span]:
    """Spans go to the collector at `endpoint`, in the background; those that are left, when the block is. A collector
    that is away costs nothing but lines in the log."""
    _hush()
    exporter = trace_exporter.OTLPSpanExporter(endpoint.rstrip("/") + _SPANS, timeout=TIME_OUT)
    provider = TracerProvider(resource=Resource.create({SERVICE_NAME: "paper-round"}), shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(exporter, max_queue_size=_QUEUE, max_export_batch_size=_QUEUE))
    tracer = provider.get_tracer("paper-round")

    @contextmanager
    def span(name: str, /, **about: str | int) -> Iterator[None]:
        # What an error says, and its traceback, are for the log alone.
        with tracer.start_as_current_span(
            name, attributes=about, record_exception=False, set_status_on_exception=False
        ) as current:
            try:
                yield
            except UserError:
                raise
            except Exception as error:
                current.set_status(Status(StatusCode.ERROR, type(error).__name__))
                raise

    try:
        yield span
    finally:
        await asyncio.to_thread(provider.shutdown)


def _hush() -> None:
    """The exporter's own lines hold the address, which may hold a token."""
    logger = logging.getLogger(trace_exporter.__name__)
    logger.setLevel(logging.ERROR)
    if not logger.filters:
        logger.addFilter(_without_address)


def _without_address(record: logging.LogRecord) -> bool:
    record.msg, record.args, record.exc_info = "the collector does not take traces", (), None
    return True
