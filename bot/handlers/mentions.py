"""A paper that somebody names in a channel, not talking to the bot: a quiet offer to save it."""

import logging
from dataclasses import dataclass
from itertools import islice

from bot.cards import mentions as cards
from bot.commands import Mention
from bot.editions import Post
from bot.errors import PlatformError, UserError
from bot.handlers.naming import by_id
from bot.handlers.services import Asker, Services
from bot.messages import Notice, Reply
from bot.papers import ArxivId
from bot.ports import UnitOfWork
from bot.reading_list import Entry
from bot.teams import Channel, Offers

log = logging.getLogger(__name__)

MOST_NAMED = 5
"""Papers of one message that are looked at: the first."""


@dataclass(frozen=True, slots=True)
class _Earlier:
    """A paper's last post that everybody here may read, and where it is: nothing of a workspace that is linked."""

    post: Post
    channel: Channel


async def mention(command: Mention, asker: Asker, services: Services) -> Reply:
    """Does with the papers that a message names what the channel's subscription says, and remembers which they are.

    In a channel that wants no offers, or has no subscription, nothing is done and nothing is kept.
    """
    ids = tuple(islice(ArxivId.find_all(command.text), MOST_NAMED))
    if not ids:
        return Reply(())
    async with services.store() as tx:
        subscription = await tx.teams.subscription_of(asker.channel.id)
        if subscription is None or subscription.offers is Offers.NONE:
            return Reply(())
        await tx.mentions.note(asker.team_id, command.message, ids, at=services.clock.now())
        entries = await tx.lists.entries(asker.team_id, ids)
        earlier = {paper_id: await _earlier(paper_id, asker, tx) for paper_id in ids}
        await tx.commit()
    if subscription.offers is Offers.EMOJI:
        await _mark(command, asker, services)
        ids = tuple(paper_id for paper_id in ids if earlier[paper_id])
    noted = [await _note(paper_id, entries.get(paper_id), earlier[paper_id], services) for paper_id in ids]
    return Reply(tuple(notice for notice in noted if notice))


async def _earlier(paper_id: ArxivId, asker: Asker, tx: UnitOfWork) -> _Earlier | None:
    for post in await tx.posts.of_paper(asker.team_id, paper_id):
        channel = await tx.teams.channel(post.channel_id)
        here = channel.workspace_id == asker.channel.workspace_id
        if channel.id == asker.channel.id or (here and not channel.private):
            return _Earlier(post, channel)
    return None


async def _mark(command: Mention, asker: Asker, services: Services) -> None:
    """Puts the emoji that saves on the message. An offer that cannot be made is not worth a word to anybody."""
    platform = services.platforms.get(asker.channel.platform)
    saving = next((emoji for emoji, verb in services.emoji.items() if verb == "save"), None)
    if platform is None or saving is None:
        return
    try:
        await platform.mark(command.message, saving)
    except PlatformError as error:
        log.warning("a message could not be marked: %s", error)


async def _note(paper_id: ArxivId, entry: Entry | None, earlier: _Earlier | None, services: Services) -> Notice | None:
    """What there is to say of a paper: where it was posted, and whether to save it. None where there is nothing."""
    saved = bool(entry and entry.savers)
    if saved and earlier is None:
        return None
    try:
        paper = await by_id(paper_id, services)
    except UserError as error:
        log.info("%s was mentioned, but: %s", paper_id, error)
        return None
    if earlier is None:
        return cards.offered(paper)
    link = await _link(earlier, services)
    return cards.posted_before(paper, earlier.channel, link=link, saved=saved)


async def _link(earlier: _Earlier, services: Services) -> str:
    platform = services.platforms.get(earlier.channel.platform)
    if platform is None or earlier.post.message is None:
        return ""
    try:
        return await platform.link(earlier.post.message)
    except PlatformError as error:
        log.warning("a post has no address: %s", error)
        return ""
