"""A paper that somebody names in a channel, not talking to the bot: a quiet offer to save it."""

import logging
from itertools import islice

from bot.cards import mentions as cards
from bot.commands import Mention
from bot.errors import PlatformError, UserError
from bot.handlers.earlier import Earlier, address, posts_of
from bot.handlers.naming import by_id
from bot.handlers.services import Asker, Services
from bot.messages import Notice, Reply
from bot.papers import ArxivId
from bot.reading_list import Entry
from bot.teams import Offers

log = logging.getLogger(__name__)

MOST_NAMED = 5
"""Papers of one message that are looked at: the first."""


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
        earlier = {paper_id: next(iter(await posts_of(paper_id, asker, tx)), None) for paper_id in ids}
        await tx.commit()
    if subscription.offers is Offers.EMOJI:
        await _mark(command, asker, services)
        ids = tuple(paper_id for paper_id in ids if earlier[paper_id])
    noted = [await _note(paper_id, entries.get(paper_id), earlier[paper_id], services) for paper_id in ids]
    return Reply(tuple(notice for notice in noted if notice))


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


async def _note(paper_id: ArxivId, entry: Entry | None, earlier: Earlier | None, services: Services) -> Notice | None:
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
    link = await address(earlier.post.message, services)
    return cards.posted_before(paper, earlier.channel, link=link, saved=saved)
