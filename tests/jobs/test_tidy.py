"""What is remembered of platforms and papers is kept for as long as it is of use."""

from dataclasses import replace
from datetime import timedelta

from bot.editions import MessageRef
from bot.ports import Store
from bot.reading_list import FactKey, Field
from jobs.tidy import EVENTS, MENTIONS, tidy
from jobs.watch import FRESH
from tests.factories import NOON, arxiv_id, paper, sender
from tests.fakes.clock import FakeClock

SECOND = timedelta(seconds=1)


async def test_what_is_old_is_dropped_and_what_is_not_stays(store: Store, clock: FakeClock) -> None:
    old, recent = MessageRef("slack", "C1", "old"), MessageRef("slack", "C1", "recent")
    async with store() as tx:
        member, _ = await tx.teams.identify(sender())
        for message, at in ((old, NOON - MENTIONS - SECOND), (recent, NOON - MENTIONS + SECOND)):
            await tx.mentions.note(member.team_id, message, [arxiv_id(1)], at=at)
        for event, at in (("old", NOON - EVENTS - SECOND), ("recent", NOON - EVENTS + SECOND)):
            await tx.inbox.begin("slack", event, now=at, until=NOON + EVENTS)
        for code, until in (("old", NOON), ("recent", NOON + SECOND)):
            await tx.tickets.issue("link", code, code, until=until)
        one = paper()
        await tx.papers.add([one], seen_at=NOON - FRESH - 2 * SECOND)
        await tx.lists.set(
            member.team_id, FactKey(one.id, Field.SAVED, member_id=member.id), "yes", by=member.id, at=NOON - FRESH * 2
        )
        for version, at in ((2, NOON - FRESH - SECOND), (3, NOON - FRESH + SECOND)):
            await tx.papers.add([replace(one, version=version)], seen_at=at)
        await tx.commit()

    await tidy(store, clock=clock)

    async with store() as tx:
        assert [await tx.mentions.of(message) for message in (old, recent)] == [(), (arxiv_id(1),)]
        for event, dropped in (("old", True), ("recent", False)):
            assert await tx.inbox.begin("slack", event, now=NOON, until=NOON) is dropped
        news = await tx.revisions.elsewhere(member.team_id, since=NOON - 2 * FRESH, until=NOON)
        assert [found.version for _, found in news] == [3]
        long_ago = NOON - EVENTS
        assert [await tx.tickets.redeem("link", code, now=long_ago) for code in ("old", "recent")] == [None, "recent"]
