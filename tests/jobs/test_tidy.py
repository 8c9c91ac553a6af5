"""What is remembered of platforms is kept for as long as it is of use."""

from datetime import timedelta

from bot.editions import MessageRef
from bot.ports import Store
from jobs.tidy import EVENTS, MENTIONS, tidy
from tests.factories import NOON, arxiv_id, sender
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
        await tx.commit()

    await tidy(store, clock=clock)

    async with store() as tx:
        assert [await tx.mentions.of(message) for message in (old, recent)] == [(), (arxiv_id(1),)]
        for event, dropped in (("old", True), ("recent", False)):
            assert await tx.inbox.begin("slack", event, now=NOON, until=NOON) is dropped
        long_ago = NOON - EVENTS
        assert [await tx.tickets.redeem("link", code, now=long_ago) for code in ("old", "recent")] == [None, "recent"]
