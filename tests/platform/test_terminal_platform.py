"""What the terminal does beyond what every platform does."""

from pathlib import Path

import pytest

from adapters.terminal.platform import TerminalPlatform
from adapters.terminal.transcript import Transcript
from bot.errors import PlatformError
from bot.messages import Card, Notice
from tests.factories import NOON
from tests.fakes.clock import FakeClock


async def test_a_post_is_shown_to_who_is_watching_once_it_is_kept(tmp_path: Path) -> None:
    transcript = Transcript(tmp_path / "paper-round.jsonl")
    watched: list[tuple[Card | Notice, int]] = []
    platform = TerminalPlatform(
        transcript, FakeClock(), lambda card: watched.append((card, len(transcript.messages())))
    )
    await platform.post("terminal", Card(title="Papers"), key="key-1")
    assert watched == [(Card(title="Papers"), 1)]


async def test_an_edit_shows_in_the_transcript(tmp_path: Path) -> None:
    transcript = Transcript(tmp_path / "paper-round.jsonl")
    platform = TerminalPlatform(transcript, FakeClock())
    await platform.edit(await platform.post("terminal", Card(title="Papers"), key="key-1"), Card(title="Others"))
    assert [message.card.title for message in transcript.messages()] == ["Others"]


async def test_a_file_that_cannot_be_used_is_a_platform_error_worth_another_try(tmp_path: Path) -> None:
    platform = TerminalPlatform(Transcript(tmp_path), FakeClock())
    with pytest.raises(PlatformError) as unwritten:
        await platform.post("terminal", Card(title="Papers"), key="key-1")
    with pytest.raises(PlatformError) as unread:
        await platform.find("terminal", "key-1", since=NOON)
    assert not unwritten.value.permanent
    assert not unread.value.permanent


async def test_what_nobody_is_there_to_hear_is_not_told(tmp_path: Path) -> None:
    platform = TerminalPlatform(Transcript(tmp_path / "paper-round.jsonl"), FakeClock())
    with pytest.raises(PlatformError) as untold:
        await platform.tell("ada", "terminal", Notice("Gone."))
    assert not untold.value.permanent
