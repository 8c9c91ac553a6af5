"""The fake Slack's signed HTTP and OAuth, against a real slack-bolt app that listens."""

from collections.abc import AsyncIterator
from dataclasses import replace

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import FakeSlack
from tests.fakes.slack.control import Control
from tests.fakes.slack.forms import CannotDo
from tests.fakes.slack.model import Json

MANIFEST: Json = {
    "display_information": {"name": "Paper Round"},
    "features": {"slash_commands": [{"command": "/papers", "description": "Papers"}]},
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write"]}},
}


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    slack = FakeSlack()
    slack.retry_delays = (0.0, 0.0)
    async with slack.serving():
        yield slack


@pytest.fixture
def app(slack: FakeSlack, tmp_path_factory: pytest.TempPathFactory) -> AsyncApp:
    stores = str(tmp_path_factory.mktemp("oauth"))
    return AsyncApp(
        client=AsyncWebClient(base_url=slack.api_url),
        signing_secret=slack.signing_secret,
        oauth_settings=AsyncOAuthSettings(
            client_id=slack.client_id,
            client_secret=slack.client_secret,
            scopes=["chat:write", "commands", "reactions:read"],
            authorization_url=slack.authorize_url,
            installation_store=FileInstallationStore(base_dir=stores),
            state_store=FileOAuthStateStore(expiration_seconds=60, base_dir=stores),
        ),
    )


@pytest.fixture
async def url(slack: FakeSlack, app: AsyncApp) -> AsyncIterator[str]:
    """Where the app listens."""
    flow = app.oauth_flow
    assert flow

    async def events(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    async def install(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await flow.handle_installation(await to_bolt_request(request)))

    async def callback(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await flow.handle_callback(await to_bolt_request(request)))

    server = web.Application()
    server.router.add_post("/slack/events", events)
    server.router.add_get("/slack/install", install)
    server.router.add_get("/slack/oauth_redirect", callback)
    runner = web.AppRunner(server, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    slack.request_url = f"{url}/slack/events"
    slack.redirect_url = f"{url}/slack/oauth_redirect"
    yield url
    await runner.cleanup()


@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")  # slack-sdk 3.47 uses it
async def test_a_person_installs_the_app_and_uses_it(slack: FakeSlack, app: AsyncApp, url: str) -> None:
    lab = slack.workspace("lab", installed=False)
    papers = lab.channel("papers", members=[lab.user("ada")])

    async def acknowledges(ack: AsyncAck, command: Json) -> None:
        await ack(f"heard {command['text']}")

    app.command("/papers")(acknowledges)
    assert await slack.verifies_request_url()
    page = await lab.user("ada").installs(f"{url}/slack/install")
    assert page.status == 200
    assert page.url.path == "/slack/oauth_redirect"
    assert lab.team.token
    assert lab.team.token.scopes == {"chat:write", "commands", "reactions:read"}
    said = await lab.user("ada").says("/papers a & b=c", in_=papers)
    assert (await said.reply()).text == "heard a & b=c"

    await lab.user("ada").uninstalls_app()
    assert [delivery.event for delivery in slack.deliveries[-2:]] == ["tokens_revoked", "app_uninstalled"]
    assert not lab.team.installed


async def test_a_wrong_signature_is_not_acknowledged(slack: FakeSlack, app: AsyncApp, url: str) -> None:
    slack.signing_secret = "another"
    lab = slack.workspace("lab")
    said = await lab.user("ada").says("/papers", in_=lab.channel("papers"))
    assert said.failure == "dispatch_failed"
    assert not await slack.verifies_request_url()


async def test_an_event_is_retried_until_it_is_taken(slack: FakeSlack) -> None:
    retries: list[tuple[str | None, str | None, str]] = []

    async def second_time(request: web.Request) -> web.Response:
        event_id = (await request.json())["event_id"]
        headers = request.headers
        retries.append((headers.get("x-slack-retry-num"), headers.get("x-slack-retry-reason"), event_id))
        return web.Response(status=500 if len(retries) < 3 else 200)

    server = web.Application()
    server.router.add_post("/", second_time)
    runner = web.AppRunner(server, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    lab = slack.workspace("lab")
    papers = lab.channel("papers", members=[lab.user("ada")])
    message = slack.write(papers, lab.bot, "x")
    delivery = await lab.user("ada").reacts(message, "eyes")
    await slack.until(lambda: delivery and delivery.over)
    await runner.cleanup()
    [event_id] = {event_id for _, _, event_id in retries}
    assert event_id.startswith("Ev")
    assert [retry[:2] for retry in retries] == [(None, None), ("1", "http_error"), ("2", "http_error")]


async def test_events_follow_the_manifest_and_the_scopes(slack: FakeSlack) -> None:
    lab = slack.workspace("lab")
    papers = lab.channel("papers", members=[lab.user("ada")])
    message = slack.write(papers, lab.bot, "x")
    slack.manifest = replace(slack.manifest, events=frozenset({"reaction_added"}))
    assert await lab.user("ada").reacts(message, "eyes")
    assert await lab.user("ada").opens_home() is None
    lab.install(frozenset({"chat:write"}))
    assert await lab.user("ada").reacts(message, "+1") is None


async def test_a_manifest_says_what_people_find_and_the_app_may(slack: FakeSlack) -> None:
    slack.configure(MANIFEST)
    lab = slack.workspace("lab")
    assert lab.team.token
    assert lab.team.token.scopes == {"commands", "chat:write"}
    with pytest.raises(CannotDo, match="/other is not a command"):
        await lab.user("ada").says("/other", in_=lab.channel("papers"))
    with pytest.raises(CannotDo, match="tag is not a shortcut"):
        await lab.user("ada").uses_shortcut("tag")
    client = AsyncWebClient(lab.bot_token, slack.api_url)
    with pytest.raises(SlackApiError, match="not_enabled"):
        await client.views_publish(user_id=lab.user("ada").id, view={"type": "home", "blocks": [{"type": "divider"}]})
    long_name: Json = {**MANIFEST, "display_information": {"name": "x" * 36}}
    with pytest.raises(ValueError, match="longer than 35"):
        slack.configure(long_name)


async def test_a_process_takes_orders_over_http() -> None:
    slack = FakeSlack()
    lab = slack.workspace("lab")
    lab.channel("papers", members=[lab.user("ada")])
    async with slack.serving(control=Control(slack, lab)) as url, aiohttp.ClientSession() as session:

        async def order(**order: str) -> Json:
            async with session.post(f"{url}/control", json=order) as response:
                answer: Json = await response.json()
                return answer

        written = await order(**{"as": "ada", "act": "writes", "text": "hello", "in_": "papers"})
        reacted = await order(**{"as": "ada", "act": "reacts", "message": written["ts"], "emoji": "eyes"})
        assert reacted == {"failure": "", "delay": None}
        async with session.get(f"{url}/control") as response:
            [message] = (await response.json())["messages"]["papers"]
    assert (message["text"], message["reactions"][0]["name"]) == ("hello", "eyes")
