"""`papers run` publishes in time, whatever the model does."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from adapters.terminal.transcript import Message
from bot.app import App, open_app
from bot.cli.service import SUMMARY_WAIT, Service
from bot.config import read_settings
from jobs.collect import collect
from tests.fakes.clock import FakeClock
from tests.fakes.summariser import FakeSummariser

MORNING = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)


class Patient(FakeClock):
    """Whoever sleeps on it sleeps for ever."""

    async def sleep(self, seconds: float) -> None:
        await asyncio.Event().wait()


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    settings = read_settings(database_url=SecretStr(f"sqlite:///{tmp_path / 'papers.db'}"))
    async with asyncio.timeout(60), open_app(settings, sample=True) as app:
        await collect(app.store, app.source, clock=FakeClock(MORNING))
        yield app


@pytest.fixture
def model() -> FakeSummariser:
    return FakeSummariser()


def service(app: App, model: FakeSummariser, clock: FakeClock) -> Service:
    return Service(replace(app, clock=clock, services=replace(app.services, summariser=model)))


async def posted(app: App) -> list[Message]:
    """The papers' messages, once the whole edition is out."""
    while True:
        messages = app.transcript.messages()
        if len(messages) > app.settings.edition_size:
            return messages[1:]
        await asyncio.sleep(0.01)


def in_the_models_words(messages: list[Message]) -> list[bool]:
    return [any("in the words of fake-1" in line.text for line in message.card.lines) for message in messages]


async def test_a_tick_with_nothing_to_collect_publishes_what_is_due(app: App, model: FakeSummariser) -> None:
    run = service(app, model, FakeClock(MORNING))
    await run.tick()
    assert len(await posted(app)) == app.settings.edition_size
    await run.stop()


async def test_an_edition_waits_for_the_model_so_long_and_no_longer_and_is_edited_after(
    app: App, model: FakeSummariser
) -> None:
    model.go.clear()
    run = service(app, model, FakeClock(MORNING))
    await run.publish()
    papers = await posted(app)
    assert {message.posted_at for message in papers} == {MORNING + timedelta(seconds=SUMMARY_WAIT)}
    assert not any(in_the_models_words(papers))

    model.go.set()
    while not all(in_the_models_words(app.transcript.messages()[1:])):
        await run.publish()
        await asyncio.sleep(0.01)
    assert len(app.transcript.messages()) == len(papers) + 1
    await run.stop()


async def test_what_the_model_says_in_time_is_in_the_first_post(app: App, model: FakeSummariser) -> None:
    run = service(app, model, Patient(MORNING))
    await run.publish()
    assert all(in_the_models_words(await posted(app)))
    await run.stop()
