from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy.exc import StatementError

from bot.announcements import Announcement, Listing
from bot.papers import ArxivId
from bot.reading_list import Field, ListFilter
from tests import factories
from tests.factories import NOON
from tests.store.scene import THURSDAY, Scene

HOUR = timedelta(hours=1)


async def announced(scene: Scene, paper_id: ArxivId, category: str, at: datetime, batch: date = THURSDAY) -> None:
    await scene.tx.papers.announce([Announcement(paper_id, category, batch, Listing.NEW)], seen_at=at)


async def pool(scene: Scene, *categories: str, after: datetime, until: datetime) -> Sequence[ArxivId]:
    return [paper.id for paper in await scene.tx.papers.pool(categories, after=after, until=until)]


async def test_a_paper_comes_back_as_it_was_stored(scene: Scene) -> None:
    paper = replace(
        factories.paper(
            "hep-th/9901001", title="Größe über $x^2$ “quoted” — 強化学習", categories=("hep-th", "math.QA")
        ),
        journal_ref="J. 1",
        doi="10.1/x",
        comment="withdrawn",
        withdrawn=True,
    )

    assert await scene.tx.papers.add([paper], seen_at=NOON) == {paper.id}
    assert await scene.tx.papers.get(paper.id) == paper
    assert await scene.tx.papers.many([paper.id, factories.arxiv_id()]) == {paper.id: paper}


async def test_nothing_is_known_of_a_paper_that_was_never_stored(scene: Scene) -> None:
    assert await scene.tx.papers.get(factories.arxiv_id()) is None


async def test_moments_come_back_in_utc_whatever_zone_they_came_in(scene: Scene) -> None:
    tokyo = datetime(2026, 1, 15, 3, 4, 5, 678901, tzinfo=timezone(timedelta(hours=9)))
    (paper_id,) = await scene.stored(factories.paper(submitted=tokyo))

    paper = await scene.tx.papers.get(paper_id)

    assert paper
    assert paper.submitted == tokyo
    assert paper.submitted.tzinfo is UTC
    assert paper.submitted.isoformat() == "2026-01-14T18:04:05.678901+00:00"


async def test_a_moment_without_a_zone_is_refused(scene: Scene) -> None:
    with pytest.raises(StatementError, match="no time zone"):
        await scene.tx.papers.add([factories.paper()], seen_at=NOON.replace(tzinfo=None))


async def test_only_papers_that_were_not_known_are_new(scene: Scene) -> None:
    known, fresh = factories.paper(), factories.paper()
    await scene.stored(known)

    assert await scene.tx.papers.add([known, fresh], seen_at=NOON) == {fresh.id}
    assert await scene.tx.papers.add([], seen_at=NOON) == set()


@pytest.mark.parametrize(
    ("known", "given", "taken"),
    [
        ({"version": 1}, {"version": 2}, True),
        ({"version": 2}, {"version": 1}, False),
        ({"version": 1}, {"version": 1}, False),
        ({"version": 1, "complete": False}, {"version": 1}, True),
        ({"version": 1}, {"version": 1, "complete": False}, False),
        ({"version": 1}, {"version": 2, "complete": False}, True),
        ({"version": 2, "complete": False}, {"version": 1}, False),
        ({"version": 1}, {"version": 2, "withdrawn": True}, True),
    ],
)
async def test_a_record_is_brought_up_to_date_and_never_set_back(
    scene: Scene, known: dict[str, Any], given: dict[str, Any], taken: bool
) -> None:
    first = replace(factories.paper(title="Alpha", categories=("cs.CL",)), **known)
    second = replace(factories.paper(first.id, title="Beta", categories=("cs.LG", "cs.AI")), **given)
    await scene.stored(first)

    assert await scene.tx.papers.add([second], seen_at=NOON) == set()

    assert await scene.tx.papers.get(first.id) == (second if taken else first)
    assert [p.id for p in await scene.tx.papers.titled("beta", limit=9)] == ([first.id] if taken else [])
    assert [p.id for p in await scene.tx.papers.titled("alpha", limit=9)] == ([] if taken else [first.id])


async def test_a_new_version_is_found_by_its_words_on_the_teams_list_too(scene: Scene) -> None:
    first = factories.paper(title="Alpha")
    await scene.stored(first)
    await scene.set(first.id, Field.SAVED)
    await scene.set(first.id, Field.NOTE, "gamma", name="1")

    await scene.stored(replace(first, title="Beta", version=2))

    found = {
        text: len(await scene.tx.lists.page(scene.team_id, ListFilter(text=text), limit=9))
        for text in ("alpha", "beta", "beta gamma")
    }
    assert found == {"alpha": 0, "beta": 1, "beta gamma": 1}


async def test_announcements_that_were_not_known_are_new(scene: Scene) -> None:
    (paper_id,) = await scene.stored(factories.paper())
    first = Announcement(paper_id, "cs.CL", THURSDAY, Listing.NEW)
    cross = Announcement(paper_id, "cs.LG", THURSDAY, Listing.CROSS)

    assert await scene.tx.papers.announce([first], seen_at=NOON) == {("cs.CL", paper_id)}
    assert await scene.tx.papers.announce([first, cross], seen_at=NOON + HOUR) == {("cs.LG", paper_id)}
    assert await scene.tx.papers.announce([], seen_at=NOON) == set()
    assert await scene.tx.papers.first_seen(["cs.CL"], THURSDAY) == NOON


async def test_the_pool_is_what_was_first_seen_after_one_moment_and_until_another(scene: Scene) -> None:
    at = [*await scene.stored(*(factories.paper(number) for number in (40001, 40002, 40003, 40004)))]
    for hours, paper_id in enumerate(at):
        await announced(scene, paper_id, "cs.CL", NOON + hours * HOUR)

    assert await pool(scene, "cs.CL", after=NOON, until=NOON + 2 * HOUR) == at[1:3]


async def test_the_pool_holds_a_cross_listed_paper_once_and_by_id(scene: Scene) -> None:
    later, sooner = await scene.stored(factories.paper(41002), factories.paper(41001))
    for category in ("cs.CL", "cs.LG"):
        await announced(scene, later, category, NOON)
    await announced(scene, sooner, "cs.LG", NOON)

    assert await pool(scene, "cs.CL", "cs.LG", after=NOON - HOUR, until=NOON) == [sooner, later]


async def test_a_paper_announced_in_one_of_the_categories_before_is_not_new_in_another(scene: Scene) -> None:
    (paper_id,) = await scene.stored(factories.paper())
    await announced(scene, paper_id, "cs.CL", NOON)
    await announced(scene, paper_id, "cs.LG", NOON + HOUR)

    assert await pool(scene, "cs.CL", "cs.LG", after=NOON, until=NOON + HOUR) == []
    assert await pool(scene, "cs.LG", after=NOON, until=NOON + HOUR) == [paper_id]


async def test_before_a_moment_are_the_last_papers_seen_by_then_each_once_and_by_id(scene: Scene) -> None:
    at = [*await scene.stored(*(factories.paper(number) for number in (42004, 42001, 42003, 42002)))]
    for hours, paper_id in enumerate(at):
        await announced(scene, paper_id, "cs.CL", NOON + hours * HOUR)
    await announced(scene, at[1], "cs.LG", NOON + 2 * HOUR)
    await announced(scene, at[0], "math.ST", NOON + 2 * HOUR)

    async def before(*categories: str, limit: int) -> list[ArxivId]:
        found = await scene.tx.papers.before(categories, NOON + 2 * HOUR, limit=limit)
        return [paper.id for paper in found]

    assert await before("cs.CL", "cs.LG", limit=2) == [at[1], at[2]]
    assert await before("cs.CL", "cs.LG", limit=9) == [at[1], at[2], at[0]]
    assert await before("cs.RO", limit=9) == []


async def test_batches_are_known_by_category(scene: Scene) -> None:
    (paper_id,) = await scene.stored(factories.paper())
    friday = THURSDAY + timedelta(days=1)
    await announced(scene, paper_id, "cs.CL", NOON, THURSDAY)
    await announced(scene, paper_id, "cs.LG", NOON + HOUR, friday)

    assert await scene.tx.papers.latest_batch(["cs.CL", "cs.LG"]) == friday
    assert await scene.tx.papers.latest_batch(["cs.CL"]) == THURSDAY
    assert await scene.tx.papers.latest_batch(["math.ST"]) is None
    assert await scene.tx.papers.latest_batch(["cs.CL", "cs.LG"], until=NOON - HOUR) is None
    assert await scene.tx.papers.first_seen(["cs.CL", "cs.LG"], friday) == NOON + HOUR
    assert await scene.tx.papers.first_seen(["cs.CL"], friday) is None


async def test_a_paper_was_announced_when_it_was_first_seen_in_one_of_the_categories(scene: Scene) -> None:
    (paper_id,) = await scene.stored(factories.paper())
    await announced(scene, paper_id, "cs.CL", NOON + HOUR)
    await announced(scene, paper_id, "cs.LG", NOON)

    assert await scene.tx.papers.announced_at(paper_id, ["cs.CL", "cs.LG"]) == NOON
    assert await scene.tx.papers.announced_at(paper_id, ["cs.CL"]) == NOON + HOUR
    assert await scene.tx.papers.announced_at(paper_id, ["math.ST"]) is None


async def test_the_records_that_are_owed_are_those_seen_last_first(scene: Scene) -> None:
    whole, old, new = factories.paper(), factories.paper(complete=False), factories.paper(complete=False)
    await scene.tx.papers.add([whole, new], seen_at=NOON)
    await scene.tx.papers.add([old], seen_at=NOON - HOUR)

    assert await scene.tx.papers.incomplete(limit=9) == [new.id, old.id]
    assert await scene.tx.papers.incomplete(limit=1) == [new.id]
