"""What was posted of a paper before, where the asker may read it, and the way there."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from bot.editions import MessageRef, Post
from bot.errors import PlatformError
from bot.handlers.services import Asker, Services
from bot.papers import ArxivId
from bot.ports import UnitOfWork
from bot.summaries.kept import KeptSummary
from bot.teams import Channel

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A post of the paper that everybody here may read, and where it is: nothing of a workspace that is linked."""

    post: Post
    channel: Channel


async def posts_of(paper_id: ArxivId, asker: Asker, tx: UnitOfWork) -> list[Earlier]:
    """The last first."""
    found = []
    for post in await tx.posts.of_paper(asker.team_id, paper_id):
        channel = await tx.teams.channel(post.channel_id)
        here = channel.workspace_id == asker.channel.workspace_id
        if channel.id == asker.channel.id or (here and not channel.private):
            found.append(Earlier(post, channel))
    return found


async def summary_of(paper_id: ArxivId, kept: Sequence[KeptSummary], asker: Asker, tx: UnitOfWork) -> MessageRef | None:
    """Where the first of these summaries that was posted stands; in the asker's own channel, if it is there too."""
    posts = sorted(await posts_of(paper_id, asker, tx), key=lambda earlier: earlier.channel.id != asker.channel.id)
    for one in kept:
        for earlier in posts:
            at = await tx.summaries.post_of(one.id, earlier.post.key)
            if at and at.message:
                return at.message
    return None


async def address(message: MessageRef | None, services: Services) -> str:
    """What opens a message; "" where there is none, or the platform does not tell."""
    platform = services.platforms.get(message.platform) if message else None
    if platform is None or message is None:
        return ""
    try:
        return await platform.link(message)
    except PlatformError as error:
        log.warning("a message has no address: %s", error)
        return ""
