"""The fake Slack's Socket Mode and its people, with a real slack-bolt app on the other end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import FakeSlack
from tests.fakes.slack.forms import CannotDo
from tests.fakes.slack.model import Channel, Json
from tests.fakes.slack.workspace import Workspace

ROW: Json = {
    "type": "actions",
    "block_id": "row",
    "elements": [
        {"type": "button", "action_id": "save", "value": "p1", "text": {"type": "plain_text", "text": "Save"}},
        {
            "type": "overflow",
            "action_id": "more",
            "options": [
                {"text": {"type": "plain_text", "text": "Tag"}, "value": "tag"},
                {"text": {"type": "plain_text", "text": "Note"}, "value": "note"},
            ],
        },
    ],
}
FORM: Json = {
    "type": "modal",
    "callback_id": "tag",
    "title": {"type": "plain_text", "text": "Tag"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "tags",
            "label": {"type": "plain_text", "text": "Tags"},
            "element": {"type": "plain_text_input", "action_id": "value", "max_length": 20},
        }
    ],
}

HOME: Json = {"type": "home", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "yours"}}]}


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    slack = FakeSlack()
    slack.retry_delays = (0.0, 0.0)
    async with slack.serving():
        yield slack


@pytest.fixture
def lab(slack: FakeSlack) -> Workspace:
    return slack.workspace("lab")


@pytest.fixture
def papers(lab: Workspace) -> Channel:
    return lab.channel("papers", members=[lab.user("ada")])


@pytest.fixture
def app(slack: FakeSlack, lab: Workspace) -> AsyncApp:
    return AsyncApp(client=AsyncWebClient(lab.bot_token, slack.api_url))


@asynccontextmanager
async def connected(slack: FakeSlack, app: AsyncApp) -> AsyncIterator[None]:
    """The app connects; it pings often, so that a lost connection is noticed soon."""
    handler = AsyncSocketModeHandler(app, slack.app_token, ping_interval=0.05)
    await handler.connect_async()  # type: ignore[no-untyped-call]  # slack-bolt has no types here
    yield
    await handler.close_async()  # type: ignore[no-untyped-call]  # nor here


@pytest.fixture
async def connection(slack: FakeSlack, app: AsyncApp) -> AsyncIterator[None]:
    async with connected(slack, app):
        yield


@pytest.mark.usefixtures("connection")
async def test_a_command_is_acknowledged_and_answered(app: AsyncApp, lab: Workspace, papers: Channel) -> None:
    async def papers_command(ack: AsyncAck, respond: AsyncRespond, command: Json) -> None:
        await ack("heard")
        await respond(f"later: {command['text']}", response_type="in_channel")

    app.command("/papers")(papers_command)
    said = await lab.user("ada").says("/papers save 2", in_=papers)
    await said.reply(2)
    assert {reply.text for reply in said.replies} == {"heard", "later: save 2"}
    assert [message.text for message in lab.user("ada").ephemerals] == ["heard"]
    assert said.delay is not None
    assert [message.text for message in papers.messages] == ["later: save 2"]


@pytest.mark.usefixtures("connection")
async def test_a_click_opens_a_modal_whose_submission_is_refused_and_taken(
    app: AsyncApp, lab: Workspace, papers: Channel
) -> None:
    ada = lab.user("ada")

    async def opens(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    async def takes(ack: AsyncAck, view: Json) -> None:
        entered = view["state"]["values"]["tags"]["value"]["value"]
        if "!" in entered:
            await ack(response_action="errors", errors={"tags": "no shouting"})
        else:
            await ack()

    app.action("save")(opens)
    app.action("more")(opens)
    app.view("tag")(takes)
    await app.client.chat_postMessage(channel=papers.id, text="x", blocks=[ROW])
    modal = await (await ada.clicks(papers.messages[0], "Save", "p1")).modal()
    with pytest.raises(CannotDo, match="must be filled in: Tags"):
        await ada.submits(modal)
    assert (await ada.submits(modal, {"Tags": "rl!"})).errors == {"tags": "no shouting"}
    await ada.submits(modal, {"tags": "rl"})
    assert ada.modal is None
    await (await ada.selects(papers.messages[0], "more", "Tag")).modal()


@pytest.mark.usefixtures("connection")
async def test_what_people_do_reaches_only_a_member(
    slack: FakeSlack, app: AsyncApp, lab: Workspace, papers: Channel
) -> None:
    seen: list[Any] = []

    async def sees(event: Json) -> None:
        seen.append((event["type"], event.get("reaction") or event.get("text") or event.get("tab")))
        slack.changed()

    for name in ("reaction_added", "message", "app_home_opened"):
        app.event(name)(sees)
    ada, elsewhere = lab.user("ada"), lab.channel("elsewhere", bot=False)
    message = await ada.writes("see https://arxiv.org/abs/2601.00001 & <!channel>", in_=papers)
    await ada.reacts(message, "bookmark::skin-tone-2")
    await ada.reacts(await ada.writes("unseen", in_=elsewhere), "eyes")
    await ada.opens_home()
    await slack.until(lambda: len(seen) == 3)
    assert sorted(seen) == [
        ("app_home_opened", "home"),
        ("message", "see <https://arxiv.org/abs/2601.00001> &amp; &lt;!channel&gt;"),
        ("reaction_added", "bookmark::skin-tone-2"),
    ]


async def test_an_event_that_nobody_was_there_for_comes_again(
    slack: FakeSlack, app: AsyncApp, lab: Workspace, papers: Channel
) -> None:
    seen: list[str] = []

    async def sees(event: Json) -> None:
        seen.append(event["reaction"])
        slack.changed()

    app.event("reaction_added")(sees)
    delivery = await lab.user("ada").reacts(slack.write(papers, lab.bot, "x"), "eyes")
    assert delivery
    assert delivery.failure == "connection_failed"
    async with connected(slack, app):
        await slack.until(lambda: seen)
    assert seen == ["eyes"]
    assert (delivery.attempts[-1].number, delivery.attempts[-1].reason) == (1, "connection_failed")


async def test_an_event_that_is_not_acknowledged_comes_again(slack: FakeSlack, lab: Workspace, papers: Channel) -> None:
    slack.ack_timeout = 0.1
    requests: list[SocketModeRequest] = []

    async def second_time(client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        requests.append(request)
        if len(requests) > 1:
            await client.send_socket_mode_response({"envelope_id": request.envelope_id})

    client = SocketModeClient(slack.app_token, web_client=AsyncWebClient(base_url=slack.api_url))
    client.socket_mode_request_listeners.append(second_time)
    await client.connect()  # type: ignore[no-untyped-call]  # slack-sdk has no types here
    delivery = await lab.user("ada").reacts(slack.write(papers, lab.bot, "x"), "eyes")
    await slack.until(lambda: len(requests) > 1 and delivery and len(delivery.attempts) > 1)
    await client.close()  # type: ignore[no-untyped-call]  # nor here
    first, second = requests[:2]
    assert (first.retry_attempt, second.retry_attempt, second.retry_reason) == (0, 1, "timeout")
    assert first.payload["event_id"] == second.payload["event_id"]


async def test_a_command_that_is_not_acknowledged_fails_and_is_not_repeated(
    slack: FakeSlack, app: AsyncApp, lab: Workspace, papers: Channel
) -> None:
    slack.ack_timeout = 0.05
    heard: list[str] = []

    async def never(ack: AsyncAck, command: Json) -> None:
        heard.append(command["text"])
        await asyncio.Event().wait()

    app.command("/papers")(never)
    async with connected(slack, app):
        assert (await lab.user("ada").says("/papers", in_=papers)).failure == "operation_timeout"
    assert (await lab.user("ada").says("/papers", in_=papers)).failure == "dispatch_failed"
    assert heard == [""]


@pytest.mark.usefixtures("connection")
@pytest.mark.parametrize("how", ["refresh_requested", "warning", "drop"])
async def test_the_app_comes_back_after_a_disconnect(
    slack: FakeSlack, app: AsyncApp, lab: Workspace, papers: Channel, how: str
) -> None:
    async def acknowledges(ack: AsyncAck) -> None:
        await ack()

    app.command("/papers")(acknowledges)
    if how == "drop":
        slack.sockets.drop()
    else:
        await slack.sockets.ask_to_leave(how)
        assert slack.sockets.connected == 0
    await slack.until(lambda: slack.sockets.opened == 2 and slack.sockets.connected == 1)
    assert (await lab.user("ada").says("/papers", in_=papers)).failure == ""


async def test_two_connections_take_turns(slack: FakeSlack, lab: Workspace, papers: Channel) -> None:
    taken: list[int] = []
    async with AsyncExitStack() as connections:
        for number in range(2):
            await connections.enter_async_context(connected(slack, _taking(slack, lab, taken, number)))
        for _ in range(4):
            await lab.user("ada").says("/papers", in_=papers)
    assert sorted(taken) == [0, 0, 1, 1]


def _taking(slack: FakeSlack, lab: Workspace, taken: list[int], number: int) -> AsyncApp:
    app = AsyncApp(client=AsyncWebClient(lab.bot_token, slack.api_url))

    async def takes(ack: AsyncAck) -> None:
        taken.append(number)
        await ack()

    app.command("/papers")(takes)
    return app


async def test_a_trigger_opens_one_modal_only(slack: FakeSlack, app: AsyncApp, lab: Workspace) -> None:
    trigger = slack.new_trigger(lab.team, lab.user("ada"))
    await app.client.views_open(trigger_id=trigger, view=FORM)
    again = await app.client.api_call("views.publish", json={"user_id": lab.user("ada").id, "view": HOME})
    home = lab.user("ada").home
    assert home
    assert home.shown == "yours"
    with pytest.raises(Exception, match="exchanged_trigger_id"):
        await app.client.views_open(trigger_id=trigger, view=FORM)
    await app.client.views_publish(user_id=lab.user("ada").id, view=HOME, hash=again["view"]["hash"])
    with pytest.raises(Exception, match="hash_conflict"):
        await app.client.views_publish(user_id=lab.user("ada").id, view=HOME, hash=again["view"]["hash"])


@pytest.mark.usefixtures("connection")
async def test_a_response_url_is_used_five_times(
    slack: FakeSlack, app: AsyncApp, lab: Workspace, papers: Channel
) -> None:
    statuses: list[int] = []

    async def often(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        for number in range(6):
            statuses.append((await respond(f"{number}", replace_original=True)).status_code)
            slack.changed()

    app.action("save")(often)
    await app.client.chat_postMessage(channel=papers.id, text="x", blocks=[ROW])
    await lab.user("ada").clicks(papers.messages[0], "save")
    await slack.until(lambda: len(statuses) == 6)
    assert statuses == [200] * 5 + [404]
    assert (papers.messages[0].text, papers.messages[0].edited) == ("4", 5)
