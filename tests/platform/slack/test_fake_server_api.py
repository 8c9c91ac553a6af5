"""The fake Slack's Web API, called with the real client."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.clock import FakeClock
from tests.fakes.slack import DOCUMENTED, FakeSlack
from tests.fakes.slack.model import Channel
from tests.fakes.slack.workspace import Workspace

KEY = {"event_type": "paper", "event_payload": {"key": "k1"}}


@pytest.fixture
async def slack(clock: FakeClock) -> AsyncIterator[FakeSlack]:
    slack = FakeSlack(clock)
    async with slack.serving():
        yield slack


@pytest.fixture
def lab(slack: FakeSlack) -> Workspace:
    return slack.workspace("lab")


@pytest.fixture
def papers(lab: Workspace) -> Channel:
    return lab.channel("papers", members=[lab.user("ada")])


@pytest.fixture
def client(slack: FakeSlack, lab: Workspace) -> AsyncWebClient:
    return AsyncWebClient(lab.bot_token, slack.api_url, retry_handlers=[])


async def refused(call: Any) -> str:
    """The error code that a call is answered with."""
    with pytest.raises(SlackApiError) as raised:
        await call
    return str(raised.value.response["error"])


async def test_a_message_is_found_again_by_its_metadata(client: AsyncWebClient, papers: Channel) -> None:
    first = await client.chat_postMessage(channel=papers.id, text="one", metadata=KEY)
    second = await client.chat_postMessage(channel=papers.id, text="two")
    await client.chat_postMessage(channel=papers.id, text="under one", thread_ts=first["ts"])

    found = await client.conversations_history(channel=papers.id, include_all_metadata=True, limit=1)
    assert [message["text"] for message in found["messages"]] == ["two"]
    rest = await client.conversations_history(
        channel=papers.id, include_all_metadata=True, cursor=found["response_metadata"]["next_cursor"]
    )
    assert [message["metadata"] for message in rest["messages"]] == [KEY]
    later = await client.conversations_history(channel=papers.id, oldest=first["ts"])
    assert [message["ts"] for message in later["messages"]] == [second["ts"]]
    assert [message.text for message in papers.messages[0].replies] == ["under one"]


async def test_a_reply_to_a_deleted_message_lands_in_the_channel(client: AsyncWebClient, papers: Channel) -> None:
    parent = await client.chat_postMessage(channel=papers.id, text="gone soon")
    await client.chat_delete(channel=papers.id, ts=parent["ts"])
    reply = await client.chat_postMessage(channel=papers.id, text="reply", thread_ts=parent["ts"])
    assert "thread_ts" not in reply["message"]
    assert [message.text for message in papers.messages] == ["reply"]


async def test_channels_refuse_as_slack_does(client: AsyncWebClient, lab: Workspace, papers: Channel) -> None:
    elsewhere, hidden = lab.channel("open", bot=False), lab.channel("closed", bot=False, kind="private")
    assert await refused(client.chat_postMessage(channel="C404", text="x")) == "channel_not_found"
    assert await refused(client.chat_postMessage(channel=hidden.id, text="x")) == "channel_not_found"
    assert await refused(client.chat_postMessage(channel=elsewhere.id, text="x")) == "not_in_channel"
    assert await refused(client.api_call("chat.postMessage", json={"channel": papers.id})) == "no_text"
    await lab.user("ada").archives(papers)
    assert await refused(client.chat_postMessage(channel=papers.id, text="x")) == "is_archived"


async def test_a_message_is_changed_only_by_its_author_and_within_the_limit(
    client: AsyncWebClient, lab: Workspace, papers: Channel
) -> None:
    theirs = await lab.user("ada").writes("hello", in_=papers)
    mine = (await client.chat_postMessage(channel=papers.id, text="x", metadata=KEY))["ts"]
    assert await refused(client.chat_update(channel=papers.id, ts=theirs.ts, text="y")) == "cant_update_message"
    assert await refused(client.chat_update(channel=papers.id, ts=mine, text="ä" * 2001)) == "msg_too_long"
    await client.chat_update(channel=papers.id, ts=mine, text="y")
    assert (papers.messages[-1].text, papers.messages[-1].metadata) == ("y", KEY)


async def test_blocks_beyond_a_limit_are_refused_with_the_place(client: AsyncWebClient, papers: Channel) -> None:
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}
    with pytest.raises(SlackApiError) as raised:
        await client.chat_postMessage(channel=papers.id, text="x", blocks=[block])
    problem = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert raised.value.response["error"] == "invalid_blocks"
    assert raised.value.response["response_metadata"]["messages"] == [f"[ERROR] {problem}"]
    long = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2700}}] * 5
    assert await refused(client.chat_postMessage(channel=papers.id, text="x", blocks=long)) == "msg_blocks_too_long"


async def test_the_second_equal_reaction_is_refused(client: AsyncWebClient, papers: Channel) -> None:
    ts = (await client.chat_postMessage(channel=papers.id, text="x"))["ts"]
    await client.reactions_add(channel=papers.id, timestamp=ts, name="eyes")
    assert await refused(client.reactions_add(channel=papers.id, timestamp=ts, name="eyes")) == "already_reacted"
    await client.reactions_remove(channel=papers.id, timestamp=ts, name="eyes")
    assert await refused(client.reactions_remove(channel=papers.id, timestamp=ts, name="eyes")) == "no_reaction"


async def test_tokens_are_held_to_their_scopes_and_their_end(
    slack: FakeSlack, client: AsyncWebClient, lab: Workspace, papers: Channel
) -> None:
    lab.install(frozenset({"chat:write"}))
    poor = AsyncWebClient(lab.bot_token, slack.api_url)
    with pytest.raises(SlackApiError) as raised:
        await poor.users_info(user=lab.user("ada").id)
    assert raised.value.response.data == {
        "ok": False,
        "error": "missing_scope",
        "needed": "users:read",
        "provided": "chat:write",
    }
    assert (await poor.auth_test()).headers["x-oauth-scopes"] == "chat:write"
    await poor.auth_revoke()
    assert await refused(poor.auth_test()) == "token_revoked"
    assert await refused(AsyncWebClient("xoxb-no", slack.api_url).auth_test()) == "invalid_auth"
    assert await refused(client.apps_connections_open(app_token=lab.user("ada").id)) == "invalid_auth"


async def test_a_channel_takes_a_message_a_second(
    slack: FakeSlack, client: AsyncWebClient, clock: FakeClock, papers: Channel
) -> None:
    slack.pacing = DOCUMENTED
    for number in range(DOCUMENTED.burst):
        await client.chat_postMessage(channel=papers.id, text=str(number))
    with pytest.raises(SlackApiError) as raised:
        await client.chat_postMessage(channel=papers.id, text="too soon")
    assert raised.value.response.status_code == 429
    clock.advance(timedelta(seconds=int(raised.value.response.headers["Retry-After"])))
    await client.chat_postMessage(channel=papers.id, text="in time")
    assert [message.text for message in papers.messages] == ["0", "1", "2", "in time"]


@pytest.mark.parametrize(
    ("kind", "raises", "posted"),
    [
        ("error_before", SlackApiError, 0),
        ("error_after", SlackApiError, 1),
        ("unavailable", SlackApiError, 0),
        ("drop_before", aiohttp.ClientError, 0),
        ("drop_after", aiohttp.ClientError, 1),
        ("malformed", SlackApiError, 1),
        ("ratelimited", SlackApiError, 0),
        ("fatal_error", SlackApiError, 0),
    ],
)
async def test_a_fault_strikes_once_before_or_after_the_message(
    slack: FakeSlack, client: AsyncWebClient, papers: Channel, kind: str, raises: type[Exception], posted: int
) -> None:
    slack.fail("chat.postMessage", kind)
    with pytest.raises(raises):
        await client.chat_postMessage(channel=papers.id, text="x")
    assert len(papers.messages) == posted
    await client.chat_postMessage(channel=papers.id, text="y")
    assert len(slack.calls_to("chat.postMessage")) == 2


async def test_a_slow_call_holds_up_no_other(slack: FakeSlack, client: AsyncWebClient, papers: Channel) -> None:
    fault = slack.fail("chat.postMessage", "slow", seconds=3600)
    slow = asyncio.create_task(client.chat_postMessage(channel=papers.id, text="slow"))
    await slack.until(lambda: fault.times == 0)
    await client.chat_postMessage(channel=papers.id, text="fast")
    slow.cancel()
    assert [message.text for message in papers.messages] == ["fast"]


async def test_the_default_client_doubles_a_message_when_the_connection_drops(
    slack: FakeSlack, lab: Workspace, papers: Channel
) -> None:
    slack.fail("chat.postMessage", "drop_after")
    await AsyncWebClient(lab.bot_token, slack.api_url).chat_postMessage(channel=papers.id, text="x")
    assert len(papers.messages) == 2


async def test_one_workspace_does_not_see_another(slack: FakeSlack, client: AsyncWebClient) -> None:
    other = slack.workspace("other")
    channel = other.channel("theirs")
    assert await refused(client.conversations_info(channel=channel.id)) == "channel_not_found"
    assert await refused(client.users_info(user=other.user("eve").id)) == "user_not_found"
    assert [each["id"] for each in (await client.users_conversations())["channels"]] == []


async def test_a_file_is_uploaded_into_a_thread(client: AsyncWebClient, papers: Channel) -> None:
    ts = (await client.chat_postMessage(channel=papers.id, text="x"))["ts"]
    await client.files_upload_v2(filename="list.bib", content="@misc{a}", channel=papers.id, thread_ts=ts)
    [reply] = papers.messages[0].replies
    assert [(file.name, file.content) for file in reply.files] == [("list.bib", b"@misc{a}")]


async def test_a_direct_message_reaches_its_person_and_nobody_deactivated(
    client: AsyncWebClient, lab: Workspace
) -> None:
    ada, ben = lab.user("ada"), lab.user("ben")
    await client.chat_postMessage(channel=ada.id, text="for you")
    assert [message.text for message in ada.direct_messages] == ["for you"]
    await ben.is_deactivated()
    assert (await client.users_info(user=ben.id))["user"]["deleted"] is True
    assert await refused(client.conversations_open(users=ben.id)) == "user_disabled"
