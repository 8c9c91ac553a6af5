"""What one member is brought, when they ask."""

import asyncio
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from bot.cards import answers, editions
from bot.cards.papers import picked_paper
from bot.commands import ForMe
from bot.curation.choosing import choose
from bot.curation.material import Material, gather
from bot.curation.ranking import Act
from bot.curation.selection import Selection
from bot.handlers.services import Asker, Services, channel_numbers, reply
from bot.messages import Reply
from bot.ports import UnitOfWork
from bot.teams import Subscription


async def for_me(command: ForMe, asker: Asker, services: Services) -> Reply:
    """The best of the day's papers for the asker: by the channel's settings with the asker's own in their place, and by
    what the asker did with papers so far. No edition is made."""
    async with services.store() as tx:
        subscription = await tx.teams.subscription_of(asker.channel.id)
        if subscription is None:
            return reply(answers.not_subscribed())
        if command.adjustment is not None:
            await tx.teams.adjust(asker.member.id, command.adjustment)
            await tx.commit()
        own = await tx.teams.adjustment(asker.member.id)
        wanted = own.of(subscription)
        day, material = await _gathered(wanted, asker, services, tx)
        numbers = await channel_numbers(asker, tx)
    # In a thread and outside of a transaction: ranking holds up neither the event loop nor the database.
    selection = await asyncio.to_thread(_chosen, wanted, material, services)
    papers = {paper.id: paper for paper in material.pool}
    async with services.store() as tx:
        entries = await tx.lists.entries(asker.team_id, [pick.paper_id for pick in selection.picks])
    header = editions.personal_header(day, len(selection.picks), len(material.pool), wanted, own)
    return reply(
        header,
        *(
            replace(
                picked_paper(papers[pick.paper_id], pick, entries.get(pick.paper_id)), number=numbers.get(pick.paper_id)
            )
            for pick in selection.picks
        ),
    )


async def _gathered(wanted: Subscription, asker: Asker, services: Services, tx: UnitOfWork) -> tuple[date, Material]:
    """The local date of the newest papers, and what is to be chosen from: where nothing is new since the channel's
    latest edition, what that one was made from."""
    now, member_id = services.clock.now(), asker.member.id
    material = await gather(tx, wanted, now=now, member_id=member_id)
    latest = None if material.pool else await tx.editions.latest(asker.channel.id)
    if latest is None:
        return now.astimezone(ZoneInfo(wanted.zone)).date(), material
    earlier = await gather(tx, wanted, now=latest.made_at, member_id=member_id)
    return latest.date, replace(earlier, taste=material.taste)


def _chosen(wanted: Subscription, material: Material, services: Services) -> Selection:
    """What the channel was shown of these papers may be right for the asker too; what the asker judged is known."""
    judged = {one.paper.id for one in material.taste.judged if one.act in (Act.SAVED, Act.READ, Act.DISLIKED)}
    new = {paper.id for paper in material.pool}
    shown = [paper for paper in material.shown if paper.id not in new]
    return choose(wanted, material, services.ranker, exclude=material.listed | judged, shown=shown)
