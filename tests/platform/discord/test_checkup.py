"""What the doctor says of Discord: the token, the app, the commands and the channels, each with what to click; and the
permissions that the invite link asks for."""

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from adapters.discord.api import Discord
from adapters.discord.checkup import Check, checks, invitation
from adapters.discord.ids import place
from adapters.discord.permissions import NEEDED, permissions
from adapters.store import SqlStore, open_store
from bot.teams import Interests, Sender, Subscription
from tests.fakes.clock import FakeClock
from tests.fakes.discord import FakeDiscord, Permission
from tests.fakes.discord.guild import Guild
from tests.fakes.discord.model import Channel

DOCS = Path(__file__).parents[3] / "docs"


@pytest.fixture
async def store(sqlite_url: str) -> AsyncIterator[SqlStore]:
    async with open_store(sqlite_url) as opened:
        yield opened


@pytest.fixture
async def api(fake: FakeDiscord, clock: FakeClock) -> AsyncIterator[Discord]:
    api = Discord(fake.token, clock)
    yield api
    await api.close()


async def subscribe(store: SqlStore, lab: Guild, channel: Channel) -> None:
    sender = Sender("discord", lab.id, lab.owner.id, "owner", place(lab.id, channel.id), f"#{channel.name}")
    async with store() as tx:
        member, known = await tx.teams.identify(sender)
        await tx.teams.subscribe(Subscription(0, member.team_id, known.id, Interests(("cs.CL",))))
        await tx.commit()


def broken(found: list[Check]) -> list[Check]:
    return [check for check in found if check.broken]


async def test_where_all_is_well_it_says_so_of_each(
    fake: FakeDiscord, api: Discord, lab: Guild, papers: Channel, store: SqlStore
) -> None:
    await subscribe(store, lab, papers)
    assert [(check.state, check.broken) for check in await checks(api, store)] == [
        ("paper-round is in 1 server, and needs no privileged intent", False),
        ("the gateway takes 1,000 more connections today; all servers need 1", False),
        ("no commands are registered yet", False),
        ("#papers: the bot may do all that it needs", False),
    ]


async def test_a_token_that_discord_does_not_take_ends_the_examination(
    fake: FakeDiscord, clock: FakeClock, store: SqlStore
) -> None:
    api = Discord("Z3Vlc3NlZA.x.y", clock)
    [check] = await checks(api, store)
    await api.close()
    assert check.broken
    assert "DISCORD_TOKEN" in check.state
    assert "Z3Vlc3NlZA" not in check.state + check.mend


@pytest.mark.parametrize(
    ("setting", "value", "mend"),
    [
        ("bot_require_code_grant", True, "Requires OAuth2 Code Grant"),
        ("interactions_endpoint_url", "https://old.example.org/", "Interactions Endpoint URL"),
    ],
)
async def test_a_setting_of_the_app_that_keeps_it_from_working_is_told_with_where_it_is(
    setting: str, value: object, mend: str, fake: FakeDiscord, api: Discord, store: SqlStore
) -> None:
    fake.app_settings[setting] = value
    [check] = broken(await checks(api, store))
    assert mend in check.mend


async def test_each_permission_that_is_missing_in_a_channel_is_named_and_no_other(
    api: Discord, lab: Guild, papers: Channel, store: SqlStore
) -> None:
    hidden = lab.channel("hidden", members=[])
    for channel in (papers, hidden):
        await subscribe(store, lab, channel)
    lab.owner.forbids(papers, Permission.SEND_MESSAGES | Permission.ADD_REACTIONS)
    lacking, unseen = broken(await checks(api, store))
    assert lacking.state == "#papers: the bot lacks Send Messages, Add Reactions"
    assert "Edit Channel > Permissions" in lacking.mend
    assert unseen.state.startswith("#hidden: ")
    assert "View Channel" in unseen.state


async def test_a_forum_that_wants_a_tag_and_has_none_is_told(api: Discord, lab: Guild, store: SqlStore) -> None:
    for forum in (lab.forum("reading", tag_required=True), lab.forum("tagged", tags=["rl"], tag_required=True)):
        await subscribe(store, lab, forum)
    [check] = broken(await checks(api, store))
    assert check.state.startswith("#reading: the forum wants a tag")


async def test_a_channel_of_a_server_that_threw_the_bot_out_says_how_to_invite_it(
    api: Discord, lab: Guild, papers: Channel, store: SqlStore
) -> None:
    await subscribe(store, lab, papers)
    lab.owner.kicks_bot(lab)
    app, *_, channel = await checks(api, store)
    assert "papers discord invite" in app.mend
    assert "papers discord invite" in channel.state


async def test_a_channel_that_is_gone_has_a_remedy(api: Discord, lab: Guild, papers: Channel, store: SqlStore) -> None:
    await subscribe(store, lab, papers)
    lab.owner.deletes_channel(papers)
    [check] = broken(await checks(api, store))
    assert "/papers subscribe" in check.mend


async def test_the_invite_link_asks_for_what_is_needed_and_the_documentation_says_what_for(
    fake: FakeDiscord, api: Discord
) -> None:
    asked = parse_qs(urlsplit(await invitation(api)).query)
    assert asked == {
        "client_id": [fake.app_id],
        "scope": ["bot applications.commands"],
        "permissions": [str(permissions().value)],
    }
    table = (DOCS / "discord.md").read_text("utf-8")
    assert [f"| {needed.title} | To {needed.why} |" in table for needed in NEEDED] == [True] * len(NEEDED)
