"""The log: what an object and a line hold, and that nobody else writes in it."""

import asyncio
import io
import json
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, TypeAlias

import pytest

from adapters.logs import bound, handler

log = logging.getLogger("tests.logs")

Written: TypeAlias = Callable[[], str]


@pytest.fixture(params=[True, False])
def as_json(request: pytest.FixtureRequest) -> bool:
    chosen: bool = request.param
    return chosen


@pytest.fixture
def written(as_json: bool) -> Iterator[Written]:
    """What was written so far."""
    stream = io.StringIO()
    writing = handler(stream, as_json=as_json)
    log.addHandler(writing)
    log.setLevel(logging.DEBUG)
    yield stream.getvalue
    log.removeHandler(writing)


def objects(written: Written) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written().splitlines()]


json_only = pytest.mark.parametrize("as_json", [True], indirect=True)
pretty_only = pytest.mark.parametrize("as_json", [False], indirect=True)


@json_only
def test_an_object_has_the_time_in_utc_the_level_the_logger_and_what_happened(written: Written) -> None:
    log.warning("post %s failed", "k1")
    (line,) = objects(written)
    assert abs(datetime.fromisoformat(line.pop("timestamp")) - datetime.now(UTC)).total_seconds() < 60
    assert line == {"level": "warning", "logger": "tests.logs", "event": "post k1 failed"}


@pretty_only
def test_a_line_has_the_same_for_people_without_colours_where_nobody_watches(written: Written) -> None:
    log.warning("post %s failed", "k1")
    assert written().split(" ", 2)[2] == "[warning  ] post k1 failed [tests.logs]\n"


@json_only
async def test_what_is_bound_stands_with_each_line_and_in_tasks_that_were_begun_meanwhile(written: Written) -> None:
    gone_on = asyncio.Event()

    async def later() -> None:
        await gone_on.wait()
        log.info("later")

    with bound(ref="7Q4K", platform="slack"):
        log.info("now")
        task = asyncio.create_task(later())
    log.info("outside")
    gone_on.set()
    await task
    assert {line["event"]: line.get("ref") for line in objects(written)} == {
        "now": "7Q4K",
        "outside": None,
        "later": "7Q4K",
    }


def test_an_error_comes_with_its_traceback_and_without_the_values_of_variables(written: Written, as_json: bool) -> None:
    def breaking(token: str) -> None:
        raise RuntimeError(f"it broke after {len(token)} letters")

    try:
        breaking("s3" + "cret")
    except RuntimeError:
        log.exception("ref 7Q4K")
    assert "s3cret" not in written()
    shown = objects(written)[0]["exception"] if as_json else written()
    assert shown.splitlines()[-1] == "RuntimeError: it broke after 6 letters"
    assert "in breaking" in shown


def test_a_traceback_that_was_redacted_stays_so(written: Written) -> None:
    record = log.makeRecord(log.name, logging.ERROR, "", 0, "it broke", (), None)
    error = RuntimeError("xoxb-s3cret")
    record.exc_info, record.exc_text = (RuntimeError, error, None), "RuntimeError: (redacted)"
    log.handle(record)
    assert "RuntimeError: (redacted)" in written()
    assert "s3cret" not in written()


def test_what_somebody_else_wrote_neither_begins_a_line_nor_steers_the_terminal(written: Written) -> None:
    with bound(channel="#papers\x1b[2J"):
        log.info("a title\n2026-01-15 [error] forged\u2028\x1b[2J\x9b2J")
    assert len(written().splitlines()) == 1
    assert "\x1b" not in written()
    assert "\x9b" not in written()
