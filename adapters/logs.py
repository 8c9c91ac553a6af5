"""How the records of the standard library's loggers are written: a line for people, or a JSON object on a line."""

import logging
from collections.abc import Sequence
from typing import TextIO

from structlog.contextvars import bound_contextvars, merge_contextvars
from structlog.dev import ConsoleRenderer
from structlog.processors import JSONRenderer, TimeStamper
from structlog.stdlib import ProcessorFormatter, add_log_level, add_logger_name
from structlog.typing import EventDict, Processor, WrappedLogger

from adapters.plain import plain

bound = bound_contextvars
"""`with bound(platform="slack"):` what is logged inside bears it, in the tasks that are begun there too."""

_NO_FORMAT = logging.Formatter()


def handler(stream: TextIO, *, as_json: bool) -> logging.Handler:
    """Writes records to `stream`. An object has `timestamp` (UTC), `level`, `logger`, `event`, what was `bound`, and
    where an error was logged its traceback as text, `exception`."""
    writing = logging.StreamHandler(stream)
    before: Sequence[Processor] = (merge_contextvars, add_log_level, add_logger_name, _exception)
    after: Sequence[Processor] = (
        (TimeStamper("iso"), JSONRenderer())
        if as_json
        else (_one_line, TimeStamper("%Y-%m-%d %H:%M:%S", utc=False), ConsoleRenderer(0, colors=stream.isatty()))
    )
    writing.setFormatter(
        ProcessorFormatter(foreign_pre_chain=before, processors=(ProcessorFormatter.remove_processors_meta, *after))
    )
    return writing


def _exception(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """The traceback as a filter left it, without secrets, and never with the values of variables."""
    record: logging.LogRecord = event["_record"]
    error = event.pop("exc_info", None)
    if text := record.exc_text or (error and _NO_FORMAT.formatException(error)):
        event["exception"] = text
    return event


def _one_line(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """What somebody else wrote neither begins a line of its own nor steers the terminal; JSON escapes that anyway."""
    return {
        key: plain(value) if isinstance(value, str) and key != "exception" else value for key, value in event.items()
    }
