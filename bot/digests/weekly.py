"""A week's digest from its material. Pure."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.digests.material import Material, by_size
from bot.digests.values import Cited, Digest, Listed, Missed, Revised, Topic
from bot.periods import Period
from bot.reading_list import Entry
from bot.revisions import Revision
from bot.summaries.values import SummaryKind

LONG = timedelta(days=14)
"""From here on, a paper has been unread for long."""
MOST_LISTED = 5
"""Papers that each part about the team's list names at the most."""

_PARAGRAPH = (SummaryKind.DIGEST, SummaryKind.TLDR)


def digest(material: Material) -> Digest:
    """The papers that were posted, by topic; then what is unread for long, what was saved most, and what was missed."""
    picks = material.picks
    told = [material.told(pick.paper_id, pick.topic, _PARAGRAPH) for pick in picks.values()]
    by_topic = {
        name: tuple(sorted((one for one in told if one.topic == name), key=lambda one: -len(one.savers)))
        for name, _ in by_size(pick.topic for pick in picks.values())
    }
    ends = material.period.ends(material.subscription.zone)
    saved = sorted(material.saved(), key=lambda paper_id: -len(material.entries[paper_id].savers))
    return Digest(
        period=_spoken(material),
        editions=len(material.editions),
        considered=material.considered,
        topics=tuple(Topic(name, papers) for name, papers in by_topic.items()),
        unread=tuple(_listed(entry, material) for entry in material.unread[:MOST_LISTED] if _is_old(entry, ends)),
        revised=tuple(_revised(entry, found) for entry, found in material.revised),
        most_saved=tuple(_listed(material.entries[paper_id], material) for paper_id in saved[:MOST_LISTED]),
        missed=tuple(
            Missed(Cited.of(material.papers[paper_id]), venue)
            for paper_id, venue in list(material.missed().items())[:MOST_LISTED]
        ),
    )


def _revised(entry: Entry, found: Revision) -> Revised:
    paper = entry.paper
    when = paper.updated if found.version == paper.version else found.noticed_at
    return Revised(Cited.of(paper), found.version, when.date(), entry.savers, found.venue, found.code)


def _is_old(entry: Entry, at: datetime) -> bool:
    return at - entry.added_at >= LONG


def _listed(entry: Entry, material: Material) -> Listed:
    added = entry.added_at.astimezone(ZoneInfo(material.subscription.zone)).date()
    return Listed(Cited.of(entry.paper), entry.savers, added)


def _spoken(material: Material) -> Period:
    """The week as people call it: from the first to the last of its days that have editions."""
    there = {edition.date for edition in material.editions}
    days = [day for day in material.period.days if day.weekday() in material.subscription.days or day in there]
    return Period(days[0], days[-1]) if days else material.period
