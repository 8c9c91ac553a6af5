import asyncio
import traceback
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from adapters.store import SqlStore, engine, open_store
from bot.errors import StoreError
from bot.papers import ArxivId
from bot.teams import Interests, Subscription
from tests import factories
from tests.conftest import Databases
from tests.factories import NOON

PASSWORD = "s3cret"


async def kept(store: SqlStore, paper_id: ArxivId) -> bool:
    async with store() as tx:
        return await tx.papers.get(paper_id) is not None


async def test_what_is_committed_is_there_for_the_next_and_after_opening_anew(
    store: SqlStore, database_url: str
) -> None:
    paper = factories.paper()
    async with store() as tx:
        await tx.papers.add([paper], seen_at=NOON)
        await tx.commit()

    assert await kept(store, paper.id)
    async with open_store(database_url) as again:
        assert await kept(again, paper.id)


async def test_what_is_not_committed_never_was(store: SqlStore) -> None:
    paper = factories.paper()
    async with store() as tx:
        await tx.papers.add([paper], seen_at=NOON)

    assert not await kept(store, paper.id)
    async with store() as tx:
        assert await tx.papers.search(paper.title, limit=1) == []


async def test_a_failure_inside_rolls_back_and_passes_through(store: SqlStore) -> None:
    paper = factories.paper()

    async def fail() -> None:
        async with store() as tx:
            await tx.papers.add([paper], seen_at=NOON)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert not await kept(store, paper.id)


async def test_a_cancelled_unit_of_work_leaves_nothing_and_blocks_nobody(store: SqlStore) -> None:
    paper, reached = factories.paper(), asyncio.Event()

    async def work() -> None:
        async with store() as tx:
            await tx.papers.add([paper], seen_at=NOON)
            reached.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await reached.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert not await kept(store, paper.id)


async def test_a_statement_that_somebody_still_holds_when_its_unit_of_work_is_cut_off_locks_no_file(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 1.0)
    async with open_store(sqlite_url) as store:
        async with store() as tx:
            await tx.teams.identify(factories.sender())
            raw = await tx.connection.get_raw_connection()
            assert raw.driver_connection
            held = await raw.driver_connection.execute("INSERT INTO teams (name) VALUES ('a'), ('b') RETURNING id")
            await tx.connection.invalidate()
        async with store() as tx:
            assert await tx.teams.subscriptions() == []
        assert held


async def test_a_process_that_freezes_inside_a_unit_of_work_blocks_nobody_for_long(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "LONGEST_SILENCE", 0.1)

    async def freeze(frozen: SqlStore, alive: SqlStore) -> None:
        async with frozen() as tx:
            await tx.teams.identify(factories.sender("ada"))
            async with asyncio.timeout(30), alive() as other:
                await other.teams.identify(factories.sender("ben"))
            await tx.commit()

    async with open_store(postgresql_url) as one, open_store(postgresql_url) as another:
        with pytest.raises(StoreError):
            await freeze(one, another)


async def test_200_units_that_read_and_then_write_one_sqlite_file_lose_nothing(sqlite_url: str) -> None:
    async with open_store(sqlite_url) as one, open_store(sqlite_url) as other:
        async with one() as tx:
            ada, channel = await tx.teams.identify(factories.sender())
            await tx.teams.subscribe(Subscription(0, ada.team_id, channel.id, Interests(("cs.CL",)), size=0))
            await tx.commit()

        async def count_up(store: SqlStore) -> None:
            async with store() as tx:
                known = await tx.teams.subscription_of(channel.id)
                assert known
                await asyncio.sleep(0)
                await tx.teams.subscribe(replace(known, size=known.size + 1))
                await tx.commit()

        await asyncio.gather(*(count_up(store) for store in (one, other) for _ in range(100)))

        async with one() as tx:
            counted = await tx.teams.subscription_of(channel.id)
    assert counted
    assert counted.size == 200


async def test_people_who_speak_for_the_first_time_at_once_become_one_team(store: SqlStore) -> None:
    async def speak(user: str) -> tuple[int, int]:
        async with store() as tx:
            member, channel = await tx.teams.identify(factories.sender(user))
            await tx.commit()
            return member.team_id, channel.id

    identities = await asyncio.gather(*(speak(f"user{number % 5}") for number in range(15)))

    assert len(set(identities)) == 1


async def test_papers_that_two_collections_bring_at_once_are_new_to_one_of_them(store: SqlStore) -> None:
    papers = [factories.paper() for _ in range(20)]

    async def collect(start: int) -> set[ArxivId]:
        async with store() as tx:
            new = await tx.papers.add(papers[start:] + papers[:start], seen_at=NOON)
            await tx.commit()
            return new

    new = await asyncio.gather(*(collect(start) for start in (0, 5, 10, 15)))

    assert sorted(paper_id for ids in new for paper_id in ids) == sorted(paper.id for paper in papers)


@pytest.mark.parametrize(
    "url",
    [f"mysql://ada:{PASSWORD}@localhost/db", f"postgresql://ada:{PASSWORD}@localhost:port/db", PASSWORD, "sqlite://"],
)
async def test_an_address_that_cannot_be_used_is_refused_in_a_sentence_without_it(url: str) -> None:
    with pytest.raises(StoreError, match="DATABASE_URL must read like") as refused:
        async with open_store(url):
            pass

    assert PASSWORD not in "".join(traceback.format_exception(refused.value))


async def test_a_password_with_an_at_sign_that_was_not_escaped_is_not_taken_for_a_host_and_shown() -> None:
    with pytest.raises(StoreError, match="%40") as refused:
        async with open_store(f"postgresql://ada:a@{PASSWORD}@localhost/papers"):
            pass

    assert PASSWORD not in "".join(traceback.format_exception(refused.value))


async def test_a_server_out_of_reach_is_named_without_the_password() -> None:
    with pytest.raises(StoreError, match="cannot be reached") as refused:
        async with open_store(f"postgresql://ada:{PASSWORD}@127.0.0.1:1/papers"):
            pass

    assert "127.0.0.1" in str(refused.value)
    assert PASSWORD not in "".join(traceback.format_exception(refused.value))


async def test_a_file_that_does_not_exist_is_not_made_by_opening_it(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(StoreError, match=r"There is no database .* papers db upgrade"):
            async with open_store(f"sqlite:///{tmp_path / 'none.db'}"):
                pass


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
async def test_a_database_without_tables_says_what_to_run(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    (tmp_path / "empty.db").touch()
    databases: Databases = request.getfixturevalue("databases")
    url = f"sqlite:///{tmp_path / 'empty.db'}" if engine == "sqlite" else databases.create()

    with pytest.raises(StoreError, match="papers db upgrade"):
        async with open_store(url) as store, store() as tx:
            await tx.papers.latest_batch(["cs.CL"])

    if engine == "postgresql":
        databases.drop(url)


async def test_what_the_database_refuses_is_told_without_its_data(store: SqlStore) -> None:
    with pytest.raises(StoreError, match="refused"):
        async with store() as tx:
            await tx.connection.execute(text("INSERT INTO teams (id, name) VALUES (1, 'a'), (1, 'b')"))
