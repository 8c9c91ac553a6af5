"""Pictures of posts: sent along with them, and never what a post fails for."""

import logging

import pytest

from adapters.discord.platform import DiscordPlatform
from bot.editions import MessageRef
from bot.errors import PlatformError
from bot.messages import Card, Image
from tests.factories import NOON
from tests.fakes.discord import FakeDiscord, Permission
from tests.fakes.discord.guild import Guild
from tests.fakes.discord.model import Channel, Message
from tests.platform.discord.places import place

POST = "POST /channels/{channel}/messages"
PICTURE = Image(b"\x89PNG\r\n\x1a\n and so on", "Topics in January: agents 3.")
CARD = Card(title="A month", image=PICTURE)


async def posted(platform: DiscordPlatform, channel: Channel) -> MessageRef:
    return await platform.post(place(channel), CARD, key="key-1")


def pictures(message: Message) -> list[tuple[bytes, str, str | None]]:
    """What the message shows: the picture, and what is said of it in the gallery and of the file."""
    items = [item for part in message.components[0]["components"] for item in part.get("items", [])]
    by_name = {f"attachment://{file.filename}": file for file in message.attachments}
    shown = [(by_name[item["media"]["url"]], item["description"]) for item in items]
    return [(file.content, said, file.description) for file, said in shown]


async def test_a_picture_is_shown_in_the_message_with_its_words_for_who_cannot_see_it(
    platform: DiscordPlatform, papers: Channel
) -> None:
    ref = await posted(platform, papers)
    assert pictures(papers.messages[0]) == [(PICTURE.png, PICTURE.alt, PICTURE.alt)]
    assert PICTURE.alt not in papers.messages[0].shown
    assert await platform.find(ref.channel, "key-1", since=NOON) == ref


async def test_a_post_of_a_forum_begins_with_its_picture(platform: DiscordPlatform, lab: Guild) -> None:
    forum = lab.forum("reading")
    await posted(platform, forum)
    assert len(pictures(forum.threads[0].messages[0])) == 1


async def test_where_files_are_not_allowed_the_post_says_in_words_what_is_in_the_picture(
    platform: DiscordPlatform, lab: Guild, papers: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    lab.owner.forbids(papers, Permission.ATTACH_FILES)
    with caplog.at_level(logging.WARNING):
        await posted(platform, papers)
    [message] = papers.messages
    assert message.attachments == []
    assert PICTURE.alt in message.shown
    assert "a picture was left out" in caplog.text


async def test_a_channel_that_is_closed_is_not_asked_again_without_the_picture(
    platform: DiscordPlatform, fake: FakeDiscord, papers: Channel
) -> None:
    fake.fail(POST, 50001)
    with pytest.raises(PlatformError):
        await posted(platform, papers)
    assert len(fake.calls_to(POST)) == 1


async def test_a_post_with_a_picture_whose_answer_is_lost_is_not_sent_again(
    platform: DiscordPlatform, fake: FakeDiscord, papers: Channel
) -> None:
    fake.fail(POST, "error_after")
    with pytest.raises(PlatformError):
        await posted(platform, papers)
    assert len(pictures(papers.messages[0])) == 1
    assert len(fake.calls_to(POST)) == 1


async def test_a_picture_is_sent_again_whole_after_a_wait(
    platform: DiscordPlatform, fake: FakeDiscord, papers: Channel
) -> None:
    fake.fail(POST, "ratelimited", retry_after=0.01)
    await posted(platform, papers)
    assert pictures(papers.messages[0])[0][0] == PICTURE.png


async def test_an_edit_says_in_words_what_is_in_the_picture(platform: DiscordPlatform, papers: Channel) -> None:
    ref = await posted(platform, papers)
    await platform.edit(ref, CARD)
    [message] = papers.messages
    assert pictures(message) == []
    assert message.attachments == []
    assert PICTURE.alt in message.shown
