"""Forums: channels of posts, each of which is a thread that begins with a message."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

import discord
from discord.utils import time_snowflake

from adapters.discord.outgoing import Outgoing
from adapters.discord.render import carries, thread_name
from bot.errors import PlatformError

_TAGS = 5
"""That a post may have: docs.discord.com/developers/resources/channel#start-thread-in-forum-or-media-channel"""
_POSTS = 100
"""Of ours since the key was made. Where there are more, nobody can tell, and the post waits."""


async def begun(forum: discord.ForumChannel, outgoing: Outgoing) -> discord.Message:
    """The first message of a new post. Raises what the SDK does."""
    card = outgoing.card
    post = await forum.create_thread(
        name=thread_name(card), view=outgoing.view, files=outgoing.files, applied_tags=tags(forum, card.topics)
    )
    return post.message


def tags(forum: discord.ForumChannel, topics: Sequence[str]) -> list[discord.ForumTag]:
    """Those called as one of the topics, in the order of these. Where a post must have one, and none is so called, the
    first that anybody may use."""
    usable = [tag for tag in forum.available_tags if not tag.moderated]
    called = {_plain(tag.name): tag for tag in reversed(usable)}
    fitting = list(dict.fromkeys(called[name] for name in map(_plain, topics) if name in called))
    return fitting[:_TAGS] or (usable[:1] if forum.flags.require_tag else [])


async def found(forum: discord.ForumChannel, key: str, since: datetime, author: int) -> discord.Message | None:
    """The first message of the post that was made with `key`. Raises what the SDK does, and PlatformError."""
    looked_at = 0
    async for thread in _posts(forum, since):
        if thread.owner_id != author or thread.id < time_snowflake(since):
            continue
        looked_at += 1
        if looked_at > _POSTS:
            raise PlatformError("the forum has too many new posts to look for one of ours")
        try:
            first = await thread.fetch_message(thread.id)
        except discord.NotFound:
            continue  # it was deleted, which leaves its thread
        if carries(first.components, key):
            return first
    return None


async def _posts(forum: discord.ForumChannel, since: datetime) -> AsyncIterator[discord.Thread]:
    for thread in await forum.guild.active_threads():
        if thread.parent_id == forum.id:
            yield thread
    async for thread in forum.archived_threads(limit=None):
        if thread.archive_timestamp < since:
            return
        yield thread


def _plain(name: str) -> str:
    """Tags are named by people: `Long-context` is `long context`."""
    return "".join(filter(str.isalnum, name.casefold()))
