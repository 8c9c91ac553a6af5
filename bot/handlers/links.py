"""One reading list for several workspaces: link, unlink."""

import logging
from datetime import timedelta
from secrets import choice

from bot.cards import links as cards
from bot.commands import Link, Unlink
from bot.commands.linking import CODE_LENGTH, CODE_LETTERS
from bot.errors import PlatformError, UserError
from bot.handlers.permission import standing_in
from bot.handlers.services import Asker, Services, reply
from bot.messages import Card, Notice, Reply
from bot.ports import UnitOfWork
from bot.reading_list import ListFilter
from bot.teams import Channel, Member

log = logging.getLogger(__name__)

GOOD_FOR = timedelta(minutes=15)
"""How long a code can be used."""
_PURPOSE = "link"


async def link(command: Link, asker: Asker, services: Services) -> Reply:
    """A code to say in another workspace; said there, what would be joined; and then, the two joined to one list."""
    await _may_speak_for_all(asker, services)
    if not command.code:
        return reply(await _code(asker, services))
    now = services.clock.now()
    async with services.store() as tx:
        use = tx.tickets.redeem if command.sure else tx.tickets.peek
        issuer, place = await _issuer(await use(_PURPOSE, command.code, now=now), asker, tx)
        if not command.sure:
            here, there = await _papers(asker.team_id, tx), await _papers(issuer.team_id, tx)
            return reply(cards.asked(asker.channel, place, issuer, here_has=here, there_has=there, again=command))
        await tx.links.join(place.workspace_id, asker.channel.workspace_id, at=now)
        papers = await _papers(issuer.team_id, tx)
        await tx.commit()
    await _tell(issuer, place, cards.joined(place, asker.channel, papers), services)
    return reply(cards.joined(asker.channel, place, papers))


async def unlink(_: Unlink, asker: Asker, services: Services) -> Reply:
    """This workspace has a copy of the list from now on."""
    await _may_speak_for_all(asker, services)
    async with services.store() as tx:
        if not await tx.links.leave(asker.channel.workspace_id):
            return reply(cards.not_linked())
        papers = await _papers((await tx.teams.channel(asker.channel.id)).team_id, tx)
        await tx.commit()
    return reply(cards.parted(asker.channel, papers))


async def _may_speak_for_all(asker: Asker, services: Services) -> None:
    if not (await standing_in(asker.channel, asker, services)).administers:
        raise UserError(cards.refused(asker.channel))


async def _code(asker: Asker, services: Services) -> Card:
    code = "".join(choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    payload = f"{asker.member.id} {asker.channel.id}"
    async with services.store() as tx:
        await tx.tickets.issue(_PURPOSE, code, payload, until=services.clock.now() + GOOD_FOR)
        partners = [platform for _, platform in await tx.links.partners(asker.channel.workspace_id)]
        await tx.commit()
    return cards.code(code, asker.channel, partners, minutes=GOOD_FOR // timedelta(minutes=1))


async def _issuer(payload: str | None, asker: Asker, tx: UnitOfWork) -> tuple[Member, Channel]:
    """Who asked for the code, and where. Raises UserError where it joins nothing."""
    if payload is None:
        raise UserError(cards.no_such_code())
    member_id, channel_id = map(int, payload.split())
    place = await tx.teams.channel(channel_id)
    if place.workspace_id == asker.channel.workspace_id:
        raise UserError(cards.own_code(asker.channel))
    if place.team_id == (await tx.teams.channel(asker.channel.id)).team_id:
        raise UserError(cards.linked_already(place))
    return await tx.teams.member(member_id), place


async def _papers(team_id: int, tx: UnitOfWork) -> int:
    """How many are on the list."""
    return sum((await tx.lists.counts(team_id, ListFilter())).values())


async def _tell(member: Member, place: Channel, notice: Notice, services: Services) -> None:
    """Who asked for the code waits for this, and sees it on the list anyway."""
    platform = services.platforms.get(place.platform)
    if platform is None:
        return
    try:
        await platform.tell(member.external_id, place.external_id, notice)
    except PlatformError as error:
        log.warning("who asked for a link was not told of it: %s", error)
