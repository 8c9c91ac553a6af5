"""What `bot.ports.Platform` promises, held against each adapter. Another adapter joins by a case in `platform`."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.terminal.platform import CHANNEL, TerminalPlatform
from adapters.terminal.transcript import Transcript
from bot.editions import MessageRef
from bot.errors import PlatformError
from bot.messages import Card
from bot.ports import Platform
from tests.factories import NOON
from tests.fakes.clock import FakeClock

Open = Callable[[], Platform]
"""Each call is the adapter after a restart, in front of the same service."""


@pytest.fixture(params=["terminal"])
def opened(tmp_path: Path, clock: FakeClock) -> Open:
    return lambda: TerminalPlatform(Transcript(tmp_path / "paper-round.jsonl"), clock)


@pytest.fixture
def channel() -> str:
    return CHANNEL


async def test_a_post_is_found_by_its_key_even_after_a_restart(opened: Open, channel: str) -> None:
    message = await opened().post(channel, Card(title="Papers"), key="key-1")
    assert message.platform == opened().name
    assert await opened().find(channel, "key-1", since=NOON) == message


async def test_two_posts_are_two_messages(opened: Open, channel: str) -> None:
    platform = opened()
    first = await platform.post(channel, Card(title="Papers"), key="key-1")
    second = await platform.post(channel, Card(title="Papers"), key="key-2", under=first)
    assert first != second
    assert await platform.find(channel, "key-2", since=NOON) == second


async def test_a_key_that_was_not_posted_is_not_found(opened: Open, channel: str, clock: FakeClock) -> None:
    platform = opened()
    assert await platform.find(channel, "key-1", since=NOON) is None
    await platform.post(channel, Card(title="Papers"), key="key-1")
    assert await platform.find(channel, "key", since=NOON) is None
    assert await platform.find("elsewhere", "key-1", since=NOON) is None


async def test_what_was_posted_before_is_not_found(opened: Open, channel: str, clock: FakeClock) -> None:
    platform = opened()
    await platform.post(channel, Card(title="Papers"), key="key-1")
    assert await platform.find(channel, "key-1", since=NOON + timedelta(seconds=1)) is None


async def test_a_message_can_be_edited_and_keeps_its_place(opened: Open, channel: str) -> None:
    message = await opened().post(channel, Card(title="Papers"), key="key-1")
    await opened().edit(message, Card(title="Other papers"))
    assert await opened().find(channel, "key-1", since=NOON) == message


async def test_a_message_that_is_not_there_cannot_be_edited(opened: Open, channel: str) -> None:
    with pytest.raises(PlatformError) as refused:
        await opened().edit(MessageRef(opened().name, channel, "gone"), Card(title="Papers"))
    assert refused.value.permanent
