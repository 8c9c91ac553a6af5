"""Traces: what a collector gets, and what it costs when there is none."""

import logging

import pytest
from opentelemetry.proto.trace.v1.trace_pb2 import Status

from adapters.traces import tracing
from bot.errors import UserError
from tests.fakes.collector import collecting


async def test_spans_reach_the_collector_inside_one_another_with_what_they_are_about() -> None:
    async with collecting() as (collector, endpoint):
        async with tracing(f"{endpoint}/") as span:
            with span("command", command="Save", edition=7), span("handler"):
                pass
        inner, outer = collector.spans
    assert (inner.name, outer.name) == ("handler", "command")
    assert (inner.trace_id, inner.parent_span_id) == (outer.trace_id, outer.span_id)
    assert collector.about("command") == {"command": "Save", "edition": 7}
    assert collector.services == {"paper-round"}


async def test_other_variables_of_opentelemetry_hold_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS", "x-key=t0ken")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip")
    async with collecting() as (collector, endpoint), tracing(endpoint) as span:
        with span("command"):
            pass
    assert collector.names == ["command"]
    assert (collector.headers["x-key"], collector.headers["Content-Encoding"]) == ("t0ken", "gzip")


async def test_a_span_that_an_error_leaves_failed_and_tells_no_more_than_the_errors_name() -> None:
    async with collecting() as (collector, endpoint), tracing(endpoint) as span:
        with pytest.raises(RuntimeError), span("model"):
            raise RuntimeError("xoxb-s3cret")
        with pytest.raises(UserError), span("handler"):
            raise UserError("There is no paper 9.")
    assert (collector.span("model").status.code, collector.span("model").status.message) == (
        Status.STATUS_CODE_ERROR,
        "RuntimeError",
    )
    assert collector.span("handler").status.code == Status.STATUS_CODE_UNSET
    assert b"s3cret" not in collector.bodies


@pytest.mark.parametrize("away", [True, False])
async def test_a_collector_that_refuses_or_is_away_costs_a_line_without_its_address(
    away: bool, caplog: pytest.LogCaptureFixture
) -> None:
    async with collecting("/t0ken") as (collector, there):
        collector.status = 401
        async with tracing("http://127.0.0.1:9/t0ken" if away else there) as span:
            with span("command"):
                pass
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == [
        "the collector does not take traces"
    ]
    assert "t0ken" not in caplog.text
