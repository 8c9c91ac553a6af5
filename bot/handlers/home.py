"""A person's own page, on platforms that have one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.cards import home, lists
from bot.cards import subscriptions as subscription_cards
from bot.commands import HomeTab, ShowHome
from bot.editions import Edition
from bot.errors import UserError
from bot.handlers.permission import standing_in
from bot.handlers.services import Asker, Services, reply
from bot.handlers.subscriptions import standing_card, within_reach
from bot.messages import Card, Notice, Reply
from bot.papers import ArxivId
from bot.teams import Channel, Subscription

WEEK = timedelta(days=7)
MOST_CHANNELS = 10
"""Channels whose settings are shown at the most."""
ASKED_ABOUT = 30
"""Channels that the platform is asked about at the most, since each is a call: those subscribed first."""


async def show_home(command: ShowHome, asker: Asker, services: Services) -> Reply:
    """One room of it, under the ways to the others."""
    match command.tab:
        case HomeTab.MINE | HomeTab.TEAM:
            parts: Sequence[Card | Notice] = (await _list(command, asker, services),)
        case HomeTab.WEEK:
            parts = (await _week(command, asker, services),)
        case HomeTab.SETTINGS:
            parts = await _settings(asker, services)
    return reply(home.tabs(command.tab), *parts)


async def _list(command: ShowHome, asker: Asker, services: Services) -> Card | Notice:
    mine = command.tab is HomeTab.MINE
    wanted = replace(command.wanted, saver=asker.member.id) if mine else command.wanted
    async with services.store() as tx:
        entries = await tx.lists.page(
            asker.team_id, wanted, limit=lists.PAGE_SIZE, offset=(command.page - 1) * lists.PAGE_SIZE
        )
        counts = await tx.lists.counts(asker.team_id, wanted)
        tags = [tag for tag, _ in await tx.lists.tags(asker.team_id)]
    return home.list_page(entries, counts, tags, command, now=services.clock.now())


async def _week(command: ShowHome, asker: Asker, services: Services) -> Card | Notice:
    """What came to public channels of this workspace. A private one's papers are its members' alone, whoever asks."""
    since = services.clock.now() - WEEK
    async with services.store() as tx:
        found: list[tuple[Edition, Channel]] = []
        for subscription, channel in await tx.teams.team_subscriptions(asker.team_id):
            if channel.workspace_id == asker.channel.workspace_id and not channel.private:
                found += [(edition, channel) for edition in await tx.editions.made_since(subscription.id, since)]
        found.sort(key=lambda one: one[0].made_at, reverse=True)
        first: dict[ArxivId, tuple[Edition, Channel]] = {}
        for edition, channel in found:
            for pick in edition.picks:
                first.setdefault(pick.paper_id, (edition, channel))
        papers = await tx.papers.many(list(first))
        entries = await tx.lists.entries(asker.team_id, list(first))
    saved = {paper_id for paper_id, entry in entries.items() if entry.savers}
    brought = [
        home.Brought(papers[paper_id], channel.name, edition.date, paper_id in saved)
        for paper_id, (edition, channel) in first.items()
    ]
    return home.week_page(brought, command)


async def _settings(asker: Asker, services: Services) -> Sequence[Card | Notice]:
    async with services.store() as tx:
        ordered = await within_reach(asker, tx)
    managed: list[tuple[Subscription, Channel]] = []
    for subscription, channel in ordered[:ASKED_ABOUT]:
        if len(managed) < MOST_CHANNELS and await _manages(channel, asker, services):
            managed.append((subscription, channel))
    if not managed:
        return (subscription_cards.nothing_to_change(),)
    now = services.clock.now()
    async with services.store() as tx:
        return [await standing_card(subscription, channel, asker, now, tx) for subscription, channel in managed]


async def _manages(channel: Channel, asker: Asker, services: Services) -> bool:
    """A channel of which the platform says nothing is not shown."""
    try:
        return (await standing_in(channel, asker, services)).manages
    except UserError:
        return False
