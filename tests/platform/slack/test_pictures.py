"""Pictures of posts: uploaded to Slack, and never what a post fails for."""

import pytest

from bot.editions import MessageRef
from bot.errors import PlatformError
from bot.messages import Card, Image
from tests.factories import NOON
from tests.platform.slack.conftest import Lab

CARD = Card(title="A month", image=Image(b"\x89PNG\r\n\x1a\n and so on", "Topics in January: agents 3."))


async def posted(lab: Lab) -> MessageRef:
    return await lab.platform.post(f"{lab.workspace.id}/{lab.papers.id}", CARD, key="key-1")


def pictures(lab: Lab) -> list[bytes]:
    """What the one message of the channel shows."""
    [message] = lab.papers.messages
    files = [block["slack_file"]["id"] for block in message.blocks if block["type"] == "image"]
    return [lab.slack.files[file].content for file in files]


async def test_a_picture_is_shown_in_the_message_and_posted_nowhere_else(lab: Lab) -> None:
    ref = await posted(lab)
    assert CARD.image is not None
    assert pictures(lab) == [CARD.image.png]
    assert CARD.image.alt in lab.papers.messages[0].text
    assert await lab.platform.find(ref.channel, "key-1", since=NOON) == ref


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
@pytest.mark.parametrize("fault", ["missing_scope", "error_before", "malformed", "ratelimited", "token_revoked"])
async def test_where_an_upload_fails_the_post_says_in_words_what_is_in_the_picture(
    lab: Lab, method: str, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    lab.slack.fail(method, fault, times=9, retry_after=60)
    await posted(lab)
    assert pictures(lab) == []
    assert "Topics in January: agents 3." in lab.papers.messages[0].shown
    assert method in caplog.text
    assert lab.workspace.bot_token not in caplog.text


@pytest.mark.parametrize(
    ("fault", "said"), [("error_before", "status 500"), ("drop_before", "ServerDisconnectedError")]
)
async def test_where_the_bytes_do_not_arrive_so_does_it(
    lab: Lab, fault: str, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    lab.slack.fail("upload", fault)
    await posted(lab)
    assert pictures(lab) == []
    assert said in caplog.text
    assert "/upload/" not in caplog.text


async def test_a_picture_that_slack_has_not_looked_at_yet_is_waited_for(lab: Lab) -> None:
    lab.slack.fail("chat.postMessage", "invalid_blocks", times=2)
    await posted(lab)
    assert len(pictures(lab)) == 1


async def test_a_picture_that_never_becomes_ready_is_left_out(lab: Lab) -> None:
    lab.slack.fail("chat.postMessage", "invalid_blocks", times=3)
    await posted(lab)
    assert pictures(lab) == []
    assert "Topics in January: agents 3." in lab.papers.messages[0].shown


async def test_a_post_whose_lease_a_picture_would_outlast_is_left_for_later(lab: Lab) -> None:
    lab.slack.fail("chat.postMessage", "ratelimited", retry_after=19)
    lab.slack.fail("chat.postMessage", "invalid_blocks")
    with pytest.raises(PlatformError) as late:
        await posted(lab)
    assert not late.value.permanent
    assert lab.papers.messages == []


async def test_a_post_with_a_picture_whose_answer_is_lost_is_not_sent_again(lab: Lab) -> None:
    lab.slack.fail("chat.postMessage", "drop_after")
    with pytest.raises(PlatformError):
        await posted(lab)
    assert len(pictures(lab)) == 1


async def test_an_edit_says_in_words_what_is_in_the_picture(lab: Lab) -> None:
    ref = await posted(lab)
    await lab.platform.edit(ref, CARD)
    assert pictures(lab) == []
    assert "Topics in January: agents 3." in lab.papers.messages[0].shown
