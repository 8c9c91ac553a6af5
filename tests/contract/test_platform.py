"""What `bot.ports.Platform` promises, held against each adapter. Another adapter joins by a case in `platform`."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.discord.api import Discord
from adapters.discord.platform import DiscordPlatform
from adapters.slack.api import open_api
from adapters.slack.platform import SlackPlatform
from adapters.slack.workspaces import OneWorkspace, Slack
from adapters.terminal.platform import CHANNEL, TerminalPlatform
from adapters.terminal.transcript import Transcript
from bot.editions import MessageRef
from bot.errors import PlatformError
from bot.messages import Card, Notice
from bot.ports import Platform
from tests.factories import NOON
from tests.fakes.clock import FakeClock
from tests.fakes.discord import FakeDiscord, pointed_at
from tests.fakes.platform import FakePlatform
from tests.fakes.slack import FakeSlack

Open = Callable[[], Platform]
"""Each call is the adapter after a restart, in front of the same service."""


@dataclass
class Case:
    """An adapter, with a way to see what it told people."""

    open: Open
    told: Callable[[], list[Notice]]
    channel: str = CHANNEL
    elsewhere: str = "elsewhere"
    """Another channel."""
    person: str = "ada"
    """Whose channel it is."""


@pytest.fixture(params=["terminal", "fake", "slack", "discord"])
async def case(request: pytest.FixtureRequest, tmp_path: Path, clock: FakeClock) -> AsyncIterator[Case]:
    match request.param:
        case "terminal":
            seen: list[Card | Notice] = []
            yield Case(
                lambda: TerminalPlatform(Transcript(tmp_path / "paper-round.jsonl"), clock, seen.append),
                lambda: [shown for shown in seen if isinstance(shown, Notice)],
            )
        case "fake":
            fake = FakePlatform(clock)
            yield Case(lambda: fake, lambda: [notice for _, _, notice in fake.told])
        case "slack":
            async with _slack(clock) as case:
                yield case
        case "discord":
            async with _discord(clock) as case:
                yield case


@asynccontextmanager
async def _slack(clock: FakeClock) -> AsyncIterator[Case]:
    slack = FakeSlack(clock)
    async with slack.serving(), open_api(slack.api_url, clock) as api:
        lab = slack.workspace("lab")
        ada = lab.user("ada")
        channel, elsewhere = (f"{lab.id}/{lab.channel(name, creator=ada).id}" for name in ("papers", "elsewhere"))
        yield Case(
            lambda: SlackPlatform(Slack(api, OneWorkspace(api, lab.bot_token)), clock),
            lambda: [Notice(message.shown) for message in ada.ephemerals],
            channel,
            elsewhere,
            ada.id,
        )


@asynccontextmanager
async def _discord(clock: FakeClock) -> AsyncIterator[Case]:
    discord = FakeDiscord(clock)
    async with discord.serving():
        with pointed_at(discord):
            api = Discord(discord.token, clock)
            lab = discord.guild("lab")
            ada = lab.user("ada", manages=True)
            channel, elsewhere = (f"{lab.id}/{lab.channel(name).id}" for name in ("papers", "elsewhere"))
            yield Case(
                lambda: DiscordPlatform(api),
                lambda: [Notice(message.shown) for message in ada.direct_messages],
                channel,
                elsewhere,
                ada.id,
            )
            await api.close()


@pytest.fixture
def opened(case: Case) -> Open:
    return case.open


@pytest.fixture
def channel(case: Case) -> str:
    return case.channel


async def test_a_post_is_found_by_its_key_even_after_a_restart(opened: Open, channel: str) -> None:
    message = await opened().post(channel, Card(title="Papers"), key="key-1")
    assert message.platform == opened().name
    assert await opened().find(channel, "key-1", since=NOON) == message


async def test_two_posts_are_two_messages(opened: Open, channel: str) -> None:
    platform = opened()
    first = await platform.post(channel, Card(title="Papers"), key="key-1")
    second = await platform.post(channel, Card(title="Papers"), key="key-2", under=first)
    assert first != second
    assert await platform.find(channel, "key-2", since=NOON, under=first) == second


async def test_a_post_is_found_only_where_it_was_posted(opened: Open, channel: str) -> None:
    platform = opened()
    first = await platform.post(channel, Card(title="Papers"), key="key-1")
    second = await platform.post(channel, Card(title="Papers"), key="key-2", under=first)
    assert await platform.find(channel, "key-1", since=NOON, under=second) is None
    assert await platform.find(channel, "key-2", since=NOON) is None


async def test_a_key_that_was_not_posted_is_not_found(case: Case, channel: str) -> None:
    platform = case.open()
    assert await platform.find(channel, "key-1", since=NOON) is None
    await platform.post(channel, Card(title="Papers"), key="key-1")
    assert await platform.find(channel, "key", since=NOON) is None
    assert await platform.find(case.elsewhere, "key-1", since=NOON) is None


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


async def test_a_mark_can_be_put_on_a_message_twice(opened: Open, channel: str) -> None:
    message = await opened().post(channel, Card(title="Papers"), key="key-1")
    await opened().mark(message, "bookmark")
    await opened().mark(message, "bookmark")


async def test_a_person_is_told_what_there_is_to_tell(case: Case, channel: str) -> None:
    await case.open().tell(case.person, channel, Notice("This channel is archived."))
    assert case.told() == [Notice("This channel is archived.")]


async def test_a_message_has_an_address_or_none(opened: Open, channel: str) -> None:
    message = await opened().post(channel, Card(title="Papers"), key="key-1")
    link = await opened().link(message)
    assert link == "" or link.startswith("https://")


async def test_in_a_channel_of_ones_own_one_manages_and_the_bot_is_in(case: Case, channel: str) -> None:
    standing = await case.open().standing(case.person, channel)
    assert standing.manages
    assert standing.bot_is_in
