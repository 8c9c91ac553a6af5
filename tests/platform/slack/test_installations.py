"""Many workspaces: installed through OAuth, kept sealed, apart from one another, and gone when they leave."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta

import aiohttp
import pytest

from adapters.slack.installations import ManyWorkspaces
from adapters.slack.sealing import Seal, new_key
from adapters.slack.service import Access, SlackService, open_slack
from bot.editions import MessageRef
from bot.errors import PlatformError, SettingsError
from bot.messages import Card
from tests.factories import NOON
from tests.fakes.slack.events import Event
from tests.fakes.slack.workspace import Workspace
from tests.platform.slack.conftest import EMOJI, Lab
from tests.platform.slack.reached import reached

# The SDK hands aiohttp what aiohttp will not take any more from its next version on.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


@dataclass
class Hosted:
    """An app that anybody may install, reached through HTTP."""

    lab: Lab
    service: SlackService
    address: str
    keys: str
    first: Workspace
    second: Workspace

    async def install(self, workspace: Workspace) -> aiohttp.ClientResponse:
        return await workspace.user("chief").installs(f"{self.address}/slack/install")

    async def kept(self) -> dict[str, bytes]:
        async with self.lab.store() as tx:
            return await tx.installations.all("slack")


@pytest.fixture
async def hosted(lab: Lab) -> AsyncIterator[Hosted]:
    slack = lab.slack
    access = Access(
        slack.api_url,
        signing_secret=slack.signing_secret,
        client_id=slack.client_id,
        client_secret=slack.client_secret,
        secret_keys=new_key(),
    )
    async with (
        open_slack(access, store=lab.store, clock=lab.clock, emoji=EMOJI) as service,
        reached(service, lab.product) as address,
    ):
        slack.request_url, slack.redirect_url = f"{address}/slack/events", f"{address}/slack/oauth_redirect"
        first, second = (slack.workspace(name, installed=False) for name in ("first", "second"))
        yield Hosted(lab, service, address, access.secret_keys, first, second)


async def test_two_workspaces_install_it_and_each_is_answered_with_its_own_token(hosted: Hosted) -> None:
    for workspace in (hosted.first, hosted.second):
        assert (await hosted.install(workspace)).status == 200
        room = workspace.channel("room")
        await (await workspace.user("admin").says("/papers", in_=room)).reply()
        ref = await hosted.service.platform.post(f"{workspace.id}/{room.id}", Card(title=workspace.team.name), key="k")
        assert [message.shown for message in room.messages] == [workspace.team.name]
        assert await hosted.service.platform.find(ref.channel, "k", since=NOON) == ref
    assert [sender.workspace for _, sender in hosted.lab.product.heard] == [hosted.first.id, hosted.second.id]


async def test_a_channel_of_one_workspace_cannot_be_reached_through_another(hosted: Hosted) -> None:
    await hosted.install(hosted.first)
    await hosted.install(hosted.second)
    room = hosted.first.channel("room")
    with pytest.raises(PlatformError):
        await hosted.service.platform.post(f"{hosted.second.id}/{room.id}", Card(title="Not for you"), key="k")
    assert room.messages == []


async def test_tokens_are_sealed_in_the_database(hosted: Hosted) -> None:
    await hosted.install(hosted.first)
    [sealed] = (await hosted.kept()).values()
    assert hosted.first.bot_token.encode() not in sealed
    assert b"xoxb" not in sealed


async def test_a_sign_in_is_good_once_for_ten_minutes_and_in_one_browser(hosted: Hosted) -> None:
    redirect = f"{hosted.address}/slack/oauth_redirect"
    async with aiohttp.ClientSession() as stranger:
        for query in ("?code=guessed", "?code=guessed&state=guessed", "?error=access_denied"):
            async with stranger.get(redirect + query) as answer:
                assert "completed" not in await answer.text()
    async with hosted.lab.store() as tx:
        await tx.tickets.issue("slack sign-in", "late", "", until=hosted.lab.clock.now() + timedelta(minutes=10))
        await tx.commit()
    hosted.lab.clock.advance(timedelta(minutes=11))
    async with (
        aiohttp.ClientSession(cookies={"slack-app-oauth-state": "late"}) as late,
        late.get(f"{redirect}?code=guessed&state=late") as answer,
    ):
        assert answer.status == 401
    assert await hosted.kept() == {}
    assert hosted.lab.slack.calls_to("oauth.v2.access") == []


async def test_who_uninstalls_it_is_forgotten_and_others_are_not(hosted: Hosted) -> None:
    await hosted.install(hosted.first)
    await hosted.install(hosted.second)
    await hosted.first.user("chief").uninstalls_app()
    await hosted.lab.slack.until(lambda: all(delivery.over for delivery in hosted.lab.slack.deliveries))
    assert list(await hosted.kept()) == [hosted.second.id]
    with pytest.raises(PlatformError) as refused:
        await hosted.service.platform.link(MessageRef("slack", f"{hosted.first.id}/C1", "1.1"))
    assert refused.value.permanent


async def test_news_of_an_end_that_came_late_ends_no_newer_installation(hosted: Hosted) -> None:
    await hosted.install(hosted.first)
    delivery = hosted.lab.slack.tell(Event(hosted.first.team, {"type": "app_uninstalled"}))
    assert delivery is not None
    await delivery.tried.wait()
    assert list(await hosted.kept()) == [hosted.first.id]


async def test_a_token_that_another_process_was_given_is_found_when_the_old_one_is_refused(hosted: Hosted) -> None:
    await hosted.install(hosted.first)
    room = hosted.first.channel("room")
    await hosted.service.platform.post(f"{hosted.first.id}/{room.id}", Card(title="One"), key="k1")
    known, old = await hosted.service.workspaces.get(hosted.first.id), hosted.first.team.token
    assert known is not None
    assert old is not None
    other_process = ManyWorkspaces(hosted.lab.store, Seal(hosted.keys), hosted.lab.clock)
    await other_process.put(replace(known, token=hosted.first.install()))
    old.refusal = "token_revoked"
    await hosted.service.platform.post(f"{hosted.first.id}/{room.id}", Card(title="Two"), key="k2")
    assert len(room.messages) == 2


async def test_keys_can_be_changed_without_installing_anew(hosted: Hosted) -> None:
    lab, old, new = hosted.lab, new_key(), new_key()
    await hosted.install(hosted.first)
    installed = await hosted.service.workspaces.get(hosted.first.id)
    assert installed is not None
    await ManyWorkspaces(lab.store, Seal(old), lab.clock).put(installed)
    assert await ManyWorkspaces(lab.store, Seal(f"{new}, {old}"), lab.clock).get(hosted.first.id) == installed
    assert await ManyWorkspaces(lab.store, Seal(new), lab.clock).get(hosted.first.id) == installed
    with pytest.raises(SettingsError, match="SECRET_KEYS"):
        await ManyWorkspaces(lab.store, Seal(old), lab.clock).get(hosted.first.id)


@pytest.mark.parametrize("keys", ["", " , ", "not-a-key", "short,"])
def test_keys_that_are_none_are_refused_without_being_shown(keys: str) -> None:
    with pytest.raises(SettingsError, match="SECRET_KEYS") as refused:
        Seal(keys)
    assert "not-a-key" not in str(refused.value)
