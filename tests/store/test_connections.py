"""What is remembered of platforms: each thing once, whoever else asks at the same moment."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from adapters.store import SqlStore, open_store
from adapters.store.unit_of_work import SqlUnitOfWork
from bot.editions import MessageRef
from bot.papers import ArxivId
from tests.factories import NOON
from tests.store.scene import Scene

LATER = NOON + timedelta(minutes=1)
MUCH_LATER = NOON + timedelta(days=1)
FIRST, SECOND = ArxivId("2601.00001"), ArxivId("cs/9901001")
MESSAGE = MessageRef("slack", "C1", "17.4")


@pytest.fixture
async def both(store: SqlStore, database_url: str) -> AsyncIterator[tuple[SqlStore, SqlStore]]:
    """The store as two processes have it open."""
    async with open_store(database_url) as other:
        yield store, other


async def at_once(stores: tuple[SqlStore, SqlStore], ask: Callable[[SqlUnitOfWork], Awaitable[object]]) -> list[object]:
    """What eight units of work get that ask the same."""

    async def one(store: SqlStore) -> object:
        async with store() as tx:
            answer = await ask(tx)
            await tx.commit()
            return answer

    return await asyncio.gather(*(one(store) for store in stores for _ in range(4)))


async def test_an_event_is_handled_once(scene: Scene) -> None:
    inbox = scene.tx.inbox
    assert await inbox.begin("slack", "Ev1", now=NOON, until=LATER)
    assert not await inbox.begin("slack", "Ev1", now=NOON, until=LATER)
    assert await inbox.begin("slack", "Ev2", now=NOON, until=LATER)
    assert await inbox.begin("discord", "Ev1", now=NOON, until=LATER)


async def test_an_event_that_was_not_finished_in_time_is_begun_once_more(scene: Scene) -> None:
    inbox = scene.tx.inbox
    await inbox.begin("slack", "Ev1", now=NOON, until=LATER)

    assert await inbox.begin("slack", "Ev1", now=LATER, until=MUCH_LATER)
    assert not await inbox.begin("slack", "Ev1", now=LATER, until=MUCH_LATER)


async def test_an_event_that_was_finished_never_begins_again(scene: Scene) -> None:
    inbox = scene.tx.inbox
    await inbox.begin("slack", "Ev1", now=NOON, until=LATER)
    await inbox.begin("slack", "Ev2", now=NOON, until=LATER)
    await inbox.finish("slack", "Ev1")

    assert not await inbox.begin("slack", "Ev1", now=MUCH_LATER, until=MUCH_LATER)
    assert await inbox.begin("slack", "Ev2", now=MUCH_LATER, until=MUCH_LATER)


async def test_events_are_forgotten_by_when_they_were_begun_first(scene: Scene) -> None:
    inbox = scene.tx.inbox
    for event, at in (("old", NOON), ("new", LATER)):
        await inbox.begin("slack", event, now=at, until=LATER)
        await inbox.finish("slack", event)

    await inbox.forget(before=LATER)

    assert await inbox.begin("slack", "old", now=LATER, until=LATER)
    assert not await inbox.begin("slack", "new", now=LATER, until=LATER)


async def test_of_many_who_begin_an_event_at_once_one_does(both: tuple[SqlStore, SqlStore]) -> None:
    async def begin(tx: SqlUnitOfWork, *, hour: int = 0) -> bool:
        now = NOON + timedelta(hours=hour)
        return await tx.inbox.begin("slack", "Ev1", now=now, until=now + timedelta(hours=1))

    assert sum(map(bool, await at_once(both, begin))) == 1
    assert sum(map(bool, await at_once(both, lambda tx: begin(tx, hour=1)))) == 1


async def test_an_installation_is_kept_in_place_of_the_one_before(scene: Scene) -> None:
    held = scene.tx.installations
    await held.put("slack", "T1", b"one", at=NOON)
    await held.put("slack", "T2", b"\0\xff", at=NOON)
    await held.put("discord", "T1", b"other", at=NOON)

    await held.put("slack", "T1", b"two", at=LATER)

    assert await held.get("slack", "T1") == b"two"
    assert await held.get("slack", "T3") is None
    assert await held.all("slack") == {"T1": b"two", "T2": b"\0\xff"}
    assert await held.all("matrix") == {}


async def test_an_installation_is_removed_once(scene: Scene) -> None:
    held = scene.tx.installations
    await held.put("slack", "T1", b"one", at=NOON)
    await held.put("discord", "T1", b"other", at=NOON)

    assert await held.remove("slack", "T1")

    assert not await held.remove("slack", "T1")
    assert await held.get("slack", "T1") is None
    assert await held.get("discord", "T1") == b"other"


async def test_a_ticket_is_good_once_and_for_its_purpose_only(scene: Scene) -> None:
    tickets = scene.tx.tickets
    await tickets.issue("sign-in", "abc", "T1", until=LATER)
    await tickets.issue("link", "abc", "team 7", until=LATER)

    assert await tickets.redeem("other", "abc", now=NOON) is None
    assert await tickets.redeem("sign-in", "abd", now=NOON) is None
    assert await tickets.redeem("sign-in", "abc", now=NOON) == "T1"
    assert await tickets.redeem("sign-in", "abc", now=NOON) is None
    assert await tickets.redeem("link", "abc", now=NOON) == "team 7"


async def test_looking_at_what_a_ticket_is_for_does_not_use_it(scene: Scene) -> None:
    tickets = scene.tx.tickets
    await tickets.issue("link", "abc", "team 7", until=LATER)

    assert [await tickets.peek("link", "abc", now=NOON) for _ in range(2)] == ["team 7", "team 7"]
    assert await tickets.peek("link", "abc", now=LATER) is None
    assert await tickets.peek("other", "abc", now=NOON) is None
    assert await tickets.redeem("link", "abc", now=NOON) == "team 7"
    assert await tickets.peek("link", "abc", now=NOON) is None


async def test_a_ticket_is_good_until_its_time_is_over(scene: Scene) -> None:
    tickets = scene.tx.tickets
    await tickets.issue("link", "abc", "team 7", until=LATER)

    assert await tickets.redeem("link", "abc", now=LATER) is None


async def test_tickets_that_are_out_of_time_are_forgotten_and_others_are_not(scene: Scene) -> None:
    tickets = scene.tx.tickets
    await tickets.issue("link", "old", "1", until=NOON)
    await tickets.issue("link", "new", "2", until=LATER)

    await tickets.forget(now=NOON)

    assert await tickets.redeem("link", "old", now=NOON - timedelta(minutes=1)) is None
    assert await tickets.redeem("link", "new", now=NOON) == "2"


async def test_whoever_reads_the_tickets_cannot_use_them(scene: Scene) -> None:
    await scene.tx.tickets.issue("link", "secret-code", "team 7", until=LATER)

    (row,) = await scene.tx.connection.execute(text("SELECT * FROM tickets"))

    assert "secret-code" not in str(row)


async def test_of_many_who_redeem_a_ticket_at_once_one_does(both: tuple[SqlStore, SqlStore]) -> None:
    async with both[0]() as tx:
        await tx.tickets.issue("link", "abc", "team 7", until=LATER)
        await tx.commit()

    redeemed = await at_once(both, lambda tx: tx.tickets.redeem("link", "abc", now=NOON))

    assert sorted(redeemed, key=str) == [None] * 7 + ["team 7"]


async def test_the_papers_that_a_message_names_are_kept_in_order_and_need_not_be_stored(scene: Scene) -> None:
    mentions = scene.tx.mentions
    await mentions.note(scene.team_id, MESSAGE, [SECOND, FIRST], at=NOON)

    assert await mentions.of(MESSAGE) == (SECOND, FIRST)
    for other in (replace(MESSAGE, message="18"), replace(MESSAGE, channel="C2"), replace(MESSAGE, platform="discord")):
        assert await mentions.of(other) == ()


async def test_a_message_that_was_edited_names_what_it_names_now(scene: Scene) -> None:
    mentions = scene.tx.mentions
    await mentions.note(scene.team_id, MESSAGE, [FIRST, SECOND], at=NOON)
    await mentions.note(scene.team_id, MESSAGE, [SECOND], at=LATER)

    await mentions.forget(before=LATER)
    assert await mentions.of(MESSAGE) == (SECOND,)

    await mentions.forget(before=MUCH_LATER)
    assert await mentions.of(MESSAGE) == ()


async def test_an_emoji_is_on_a_message_until_the_one_who_put_it_takes_it_back(scene: Scene) -> None:
    reactions = scene.tx.reactions
    assert await reactions.put(MESSAGE, "U1", "+1")
    assert not await reactions.put(MESSAGE, "U1", "+1")
    assert await reactions.put(MESSAGE, "U2", "+1")
    assert await reactions.put(MESSAGE, "U1", "memo")
    assert await reactions.put(replace(MESSAGE, message="18"), "U1", "+1")

    assert await reactions.take(MESSAGE, "U1", "+1")

    assert not await reactions.take(MESSAGE, "U1", "+1")
    assert await reactions.on(MESSAGE) == {("U2", "+1"), ("U1", "memo")}
    for other in (replace(MESSAGE, channel="C2"), replace(MESSAGE, platform="discord")):
        assert await reactions.on(other) == set()


async def test_of_many_who_tell_of_an_emoji_at_once_one_is_the_first(both: tuple[SqlStore, SqlStore]) -> None:
    assert sum(map(bool, await at_once(both, lambda tx: tx.reactions.put(MESSAGE, "U1", "+1")))) == 1
    assert sum(map(bool, await at_once(both, lambda tx: tx.reactions.take(MESSAGE, "U1", "+1")))) == 1
