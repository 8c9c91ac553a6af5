"""The fake Discord's API, called with the real client."""

import io
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import discord
import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.discord import FakeDiscord, Permission
from tests.fakes.discord.forms import CannotDo
from tests.fakes.discord.guild import Guild
from tests.fakes.discord.model import Channel


@pytest.fixture
async def client(fake: FakeDiscord, lab: Guild, papers: Channel) -> AsyncIterator[discord.Client]:
    """A client of the API alone, logged in."""
    client = discord.Client(intents=discord.Intents.none())
    async with client:
        await client.login(fake.token)
        yield client


def messageable(client: discord.Client, channel: Channel) -> discord.PartialMessageable:
    return client.get_partial_messageable(int(channel.id))


async def refused(call: Any) -> int:
    """The error code that a call is answered with."""
    with pytest.raises(discord.HTTPException) as raised:
        await call
    return raised.value.code


async def test_a_nonce_finds_the_message_it_was_sent_with_for_some_minutes(
    client: discord.Client, clock: FakeClock, papers: Channel
) -> None:
    there = messageable(client, papers)
    first, again = await there.send("one", nonce=7), await there.send("one", nonce=7)
    assert first.id == again.id
    clock.advance(timedelta(minutes=4))
    assert (await there.send("one", nonce=7)).id != first.id
    assert [message.content for message in papers.messages] == ["one", "one"]


async def test_history_is_paged_both_ways(client: discord.Client, papers: Channel) -> None:
    there = messageable(client, papers)
    sent = [await there.send(str(number)) for number in range(5)]
    newest = [message.content async for message in there.history(limit=2)]
    older = [message.content async for message in there.history(limit=2, before=sent[3])]
    later = [message.content async for message in there.history(limit=2, after=sent[1])]
    around = [message.content async for message in there.history(limit=3, around=sent[2])]
    assert (newest, older, later, sorted(around)) == (["4", "3"], ["2", "1"], ["2", "3"], ["1", "2", "3"])


async def test_refusals_carry_discords_codes(
    fake: FakeDiscord, client: discord.Client, lab: Guild, papers: Channel
) -> None:
    there, owner = messageable(client, papers), lab.owner
    theirs = lab.user("ada").writes("hello", in_=papers)
    assert await refused(client.get_partial_messageable(404).send("x")) == 10003
    assert await refused(there.fetch_message(404)) == 10008
    assert await refused(there.get_partial_message(int(theirs.id)).edit(content="y")) == 50005
    assert await refused(there.send("")) == 50006
    assert await refused(messageable(client, lab.channel("private", members=[owner])).send("x")) == 50001
    owner.forbids(papers, Permission.EMBED_LINKS)
    assert await refused(there.send(embed=discord.Embed(title="x"))) == 50013
    owner.forbids(papers, Permission.SEND_MESSAGES)
    assert await refused(there.send("x")) == 50013
    owner.allows(papers, Permission.SEND_MESSAGES)
    await there.send("in time")
    with pytest.raises(CannotDo):
        lab.user("ben").deletes_channel(papers)
    owner.deletes_channel(papers)
    assert await refused(there.send("x")) == 10003
    owner.kicks_bot(lab)
    assert await refused(client.fetch_guild(int(lab.id))) == 10004
    assert fake.refusals == 4


async def test_what_would_ping_is_told_apart_from_what_would_not(
    fake: FakeDiscord, client: discord.Client, lab: Guild, papers: Channel
) -> None:
    there, ada, readers = messageable(client, papers), lab.user("ada"), lab.role("readers")
    text = f"@everyone <@{ada.id}> <@&{readers.id}> `<@{lab.owner.id}>`"
    await there.send(text)
    await there.send(text, allowed_mentions=discord.AllowedMentions.none())
    await there.send(embed=discord.Embed(title=text))
    lab.owner.allows(papers, Permission.MENTION_EVERYONE)
    await there.send(text, allowed_mentions=discord.AllowedMentions(everyone=True, users=False, roles=[readers]))  # type: ignore[list-item]  # an object with an id
    assert [message.pings for message in papers.messages] == [["@&readers", "@ada"], [], [], ["@everyone", "@&readers"]]


async def test_a_message_has_one_thread(client: discord.Client, papers: Channel) -> None:
    message = await messageable(client, papers).send("a paper")
    thread = await client.http.start_thread_with_message(
        int(papers.id), message.id, name="talk", auto_archive_duration=1440
    )
    await messageable(client, papers.threads[0]).send("a remark")
    again = client.http.start_thread_with_message(int(papers.id), message.id, name="b", auto_archive_duration=60)
    assert await refused(again) == 160004
    assert thread["id"] == str(message.id)
    assert [reply.content for reply in papers.messages[0].replies] == ["a remark"]


async def test_a_post_in_a_forum_has_its_tags(client: discord.Client, lab: Guild) -> None:
    forum = lab.forum("reading", tags=["rl", "agents"], tag_required=True)
    channel = await client.fetch_channel(int(forum.id))
    assert isinstance(channel, discord.ForumChannel)
    assert await refused(channel.create_thread(name="no tag", content="x")) == 40067
    assert await refused(messageable(client, forum).send("x")) == 50008
    made = await channel.create_thread(name="today", content="the header", applied_tags=channel.available_tags[:1])
    await made.thread.send("a paper")
    [post] = forum.threads
    assert (post.name, post.tag_names, [message.content for message in post.messages]) == (
        "today",
        ["rl"],
        ["the header", "a paper"],
    )


async def test_files_arrive_and_are_served(client: discord.Client, papers: Channel) -> None:
    file = discord.File(io.BytesIO(b"@misc{x}"), "list.bib", description="the list")
    sent = await messageable(client, papers).send(file=file)
    [kept] = papers.messages[0].attachments
    assert (kept.filename, kept.content, kept.description) == ("list.bib", b"@misc{x}", "the list")
    assert await client.http.get_from_cdn(sent.attachments[0].url) == b"@misc{x}"


async def test_who_reacted_is_told_page_by_page(client: discord.Client, lab: Guild, papers: Channel) -> None:
    sent = await messageable(client, papers).send("a paper")
    await sent.add_reaction("🔖")
    for number in range(101):
        lab.user(f"user-{number}").reacts(papers.messages[0], "🔖")
    again = await messageable(client, papers).fetch_message(sent.id)
    assert len([user async for user in again.reactions[0].users()]) == 102
    await again.remove_reaction("🔖", discord.Object(int(client.application_id or 0)))
    assert len(papers.messages[0].reactions["🔖"]) == 101
    assert await refused(sent.add_reaction("bookmark")) == 10014


async def test_direct_messages_reach_only_those_who_take_them(client: discord.Client, lab: Guild) -> None:
    ada, ben = lab.user("ada"), lab.user("ben", accepts_direct_messages=False)
    await (await client.fetch_user(int(ada.id))).send("hello")
    assert [message.content for message in ada.direct_messages] == ["hello"]
    assert await refused((await client.fetch_user(int(ben.id))).send("hello")) == 50007


async def test_a_wrong_token_is_refused(fake: FakeDiscord) -> None:
    async with discord.Client(intents=discord.Intents.none()) as client:
        with pytest.raises(discord.LoginFailure):
            await client.login("wrong")
    assert fake.refusals == 1


async def test_ids_grow_with_the_clock(client: discord.Client, clock: FakeClock, papers: Channel) -> None:
    there = messageable(client, papers)
    await there.send("yesterday")
    clock.advance(timedelta(days=1))
    since = clock.now() - timedelta(hours=1)
    await there.send("today")
    assert [message.content async for message in there.history(after=since)] == ["today"]
