"""Forums: an edition is a post, with tags from its topics; what stands under it is in the post."""

from datetime import timedelta

import pytest

from adapters.discord.platform import DiscordPlatform
from bot.editions import MessageRef
from bot.errors import PlatformError
from bot.messages import Card
from bot.teams import Standing
from tests.factories import NOON
from tests.fakes.clock import FakeClock
from tests.fakes.discord import FakeDiscord, Permission
from tests.fakes.discord.guild import Guild
from tests.fakes.discord.model import Channel
from tests.fakes.discord.person import Person
from tests.platform.discord.places import place

HEADER = Card(title="Papers for Thursday, 15 January", topics=("reasoning", "long context", "agents"))
REPLY = Card(title="A paper", url="https://arxiv.org/abs/2601.00001")
BEGIN = "POST /channels/{channel}/threads"


@pytest.fixture
def forum(lab: Guild) -> Channel:
    return lab.forum("reading", tags=["Agents", "Long-Context", "Meta", "RL"])


async def test_an_edition_is_a_post_of_its_name_with_the_tags_of_its_topics(
    platform: DiscordPlatform, forum: Channel
) -> None:
    ref = await platform.post(place(forum), HEADER, key="key-0")
    [post] = forum.threads
    assert post.name == HEADER.title
    assert post.tag_names == ["Long-Context", "Agents"]
    assert ref == MessageRef("discord", f"{place(forum).partition('/')[0]}/{post.id}", post.id)
    assert HEADER.title in post.messages[0].shown


async def test_papers_and_what_is_said_of_them_stand_in_the_post(platform: DiscordPlatform, forum: Channel) -> None:
    header = await platform.post(place(forum), HEADER, key="key-0")
    paper = await platform.post(place(forum), REPLY, key="key-1", under=header)
    summary = await platform.post(place(forum), REPLY, key="key-2", under=paper)
    await platform.discuss(header, HEADER)
    [post] = forum.threads
    assert [message.id for message in post.messages] == [header.message, paper.message, summary.message]
    assert await platform.find(place(forum), "key-1", since=NOON, under=header) == paper
    assert await platform.find(place(forum), "key-0", since=NOON, under=header) is None
    assert await platform.find(place(forum), "key-1", since=NOON) is None


async def test_at_most_five_tags_are_put_on_a_post(platform: DiscordPlatform, lab: Guild) -> None:
    names = [f"topic {number}" for number in range(7)]
    forum = lab.forum("all", tags=names)
    await platform.post(place(forum), Card(title="T", topics=tuple(names)), key="key-0")
    assert forum.threads[0].tag_names == names[:5]


async def test_where_a_post_must_have_a_tag_it_has_the_first_that_the_bot_may_use(
    platform: DiscordPlatform, lab: Guild
) -> None:
    forum = lab.forum("strict", tags=["News", "Other"], tag_required=True)
    forum.tags[0].moderated = True
    await platform.post(place(forum), HEADER, key="key-0")
    assert forum.threads[0].tag_names == ["Other"]
    bare = lab.forum("bare", tag_required=True)
    with pytest.raises(PlatformError) as refused:
        await platform.post(place(bare), HEADER, key="key-0")
    assert refused.value.permanent
    assert "tag" in str(refused.value)


@pytest.mark.parametrize("fault", ["drop_after", "error_after", "malformed"])
async def test_a_post_whose_answer_is_lost_is_there_once_and_can_be_found(
    platform: DiscordPlatform, fake: FakeDiscord, forum: Channel, fault: str
) -> None:
    fake.fail(BEGIN, fault)
    with pytest.raises(PlatformError) as lost:
        await platform.post(place(forum), HEADER, key="key-0")
    assert not lost.value.permanent
    assert len(fake.calls_to(BEGIN)) == 1
    found = await platform.find(place(forum), "key-0", since=NOON)
    assert [post.id for post in forum.threads] == [found and found.message]


async def test_a_post_is_found_though_it_is_archived_and_only_in_its_forum_since_its_moment(
    platform: DiscordPlatform, lab: Guild, forum: Channel, clock: FakeClock
) -> None:
    other = lab.forum("other")
    ref = await platform.post(place(forum), HEADER, key="key-0")
    lab.owner.archives(forum.threads[0])
    assert await platform.find(place(forum), "key-0", since=NOON) == ref
    assert await platform.find(place(forum), "key-1", since=NOON) is None
    assert await platform.find(place(other), "key-0", since=NOON) is None
    clock.advance(timedelta(seconds=1))
    assert await platform.find(place(forum), "key-0", since=clock.now()) is None


async def test_a_post_whose_beginning_somebody_deleted_is_passed_over(
    platform: DiscordPlatform, lab: Guild, forum: Channel
) -> None:
    await platform.post(place(forum), HEADER, key="key-0")
    second = await platform.post(place(forum), HEADER, key="key-1")
    lab.owner.deletes(forum.threads[0].messages[0])
    assert await platform.find(place(forum), "key-0", since=NOON) is None
    assert await platform.find(place(forum), "key-1", since=NOON) == second


async def test_where_there_are_too_many_posts_to_look_through_it_cannot_tell(
    platform: DiscordPlatform, fake: FakeDiscord, forum: Channel
) -> None:
    for number in range(101):
        fake.start_thread(forum, fake.bot, {"name": f"post {number}"})
    with pytest.raises(PlatformError) as unknown:
        await platform.find(place(forum), "key-0", since=NOON)
    assert not unknown.value.permanent


async def test_the_beginning_of_a_post_can_be_edited_though_it_is_archived(
    platform: DiscordPlatform, lab: Guild, forum: Channel
) -> None:
    ref = await platform.post(place(forum), HEADER, key="key-0")
    lab.owner.archives(forum.threads[0])
    await platform.edit(ref, Card(title="Papers, corrected"))
    assert forum.threads[0].messages[0].shown == "## Papers, corrected"
    assert await platform.find(place(forum), "key-0", since=NOON) == ref


async def test_a_forum_is_managed_as_any_channel(
    platform: DiscordPlatform, lab: Guild, forum: Channel, ada: Person
) -> None:
    mod = lab.user("mod", manages=True)
    assert await platform.standing(mod.id, place(forum)) == Standing(manages=True, bot_is_in=True)
    lab.owner.forbids(forum, Permission.SEND_MESSAGES)
    assert await platform.standing(ada.id, place(forum)) == Standing(
        manages=False, bot_is_in=False, lacking=("Send Messages",)
    )


async def test_that_a_channel_is_a_forum_is_found_out_once(
    platform: DiscordPlatform, fake: FakeDiscord, forum: Channel
) -> None:
    for number in range(3):
        await platform.post(place(forum), HEADER, key=f"key-{number}")
    assert [call.status for call in fake.calls_to("POST /channels/{channel}/messages")] == [400]
    assert len(forum.threads) == 3
