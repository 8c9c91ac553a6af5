"""What could be meant by what somebody has typed so far."""

from collections.abc import Iterable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.cards import completion as cards
from bot.commands import Blank, Complete, zones_named
from bot.curation.taxonomy import TAXONOMY
from bot.handlers.services import Asker, Services, channel_numbers, reply
from bot.messages import Choice, Reply
from bot.papers import ArxivId, Paper
from bot.ports import UnitOfWork
from bot.reading_list import ListFilter
from bot.search import matches
from bot.teams import EditionKind

_AHEAD = 100
"""Days to come that are offered; later ones can be typed."""


async def complete(command: Complete, asker: Asker, services: Services) -> Reply:
    """A form of one question with no more than `cards.MOST` choices, whose values can stand in a line."""
    typed = command.typed
    match command.blank:
        case Blank.ZONE:
            return reply(cards.offered(Choice(zone, zone) for zone in zones_named(typed)))
        case Blank.LANGUAGE:
            return reply(cards.offered(cards.languages(typed)))
        case Blank.VERB:
            return reply(cards.offered(cards.verbs(typed)))
        case Blank.TOPICS:
            everything = [] if "," in typed else ["all"]
            return reply(cards.offered(_last_of(typed, ",", everything + [entry.name for entry in TAXONOMY])))
    async with services.store() as tx:
        match command.blank:
            case Blank.PAPER:
                return reply(cards.offered(await _papers(typed, asker, tx)))
            case Blank.EDITION:
                return reply(cards.offered(_days(typed, await _editions(asker, tx))))
            case Blank.COMING:
                subscription = await tx.teams.subscription_of(asker.channel.id)
                zone = ZoneInfo(subscription.zone if subscription else "UTC")
                today = services.clock.now().astimezone(zone).date()
                return reply(cards.offered(_days(typed, [today + timedelta(days) for days in range(1, _AHEAD)])))
            case Blank.TAG | Blank.TAGS:
                used = [tag.name for tag, _ in await tx.lists.tags(asker.team_id)]
                several = command.blank is Blank.TAGS
                return reply(cards.offered(_last_of(typed, " " if several else None, used)))


def _last_of(typed: str, separator: str | None, known: list[str]) -> list[Choice]:
    """Those that begin as the last word does, or have it in them; one that was typed before it is not offered again."""
    before, _, last = typed.rpartition(separator) if separator else ("", "", typed)
    said = {word.strip().lstrip("#").casefold() for word in before.split(separator)} if separator else set()
    begun = last.strip().lstrip("#").casefold()
    found = sorted(
        (name for name in known if begun in name and name not in said), key=lambda name: begun != name[: len(begun)]
    )
    return cards.several(before.strip(), found, ", " if separator == "," else separator or "")


async def _papers(typed: str, asker: Asker, tx: UnitOfWork) -> list[Choice]:
    """Of the channel's latest edition, then of the team's list, then of all that were seen."""
    numbers = await channel_numbers(asker, tx)
    picked = await tx.papers.many([*numbers])
    found: dict[ArxivId, Paper] = {
        paper_id: picked[paper_id]
        for paper_id, number in sorted(numbers.items(), key=lambda item: item[1])
        if paper_id in picked
        and (typed.strip() == str(number) or matches(typed, (picked[paper_id].title, str(paper_id))))
    }
    entries = await tx.lists.page(asker.team_id, ListFilter(text=typed.strip()), limit=cards.MOST)
    found |= {entry.paper.id: entry.paper for entry in entries if entry.paper.id not in found}
    if typed.strip() and len(found) < cards.MOST:
        seen = await tx.papers.titled(typed, limit=cards.MOST)
        found |= {paper.id: paper for paper in seen if paper.id not in found}
    return [cards.paper_choice(paper, numbers.get(paper.id)) for paper in found.values()]


async def _editions(asker: Asker, tx: UnitOfWork) -> list[date]:
    """The last first."""
    subscription = await tx.teams.subscription_of(asker.channel.id)
    if subscription is None:
        return []
    return sorted(await tx.editions.made_on(subscription.id, EditionKind.DAILY, limit=4 * cards.MOST), reverse=True)


def _days(typed: str, days: Iterable[date]) -> list[Choice]:
    return [one for one in map(cards.day_choice, days) if matches(typed, (one.label, one.value))]
