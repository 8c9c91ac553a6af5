"""What changes about papers is noted once, and told to the teams that it is news to."""

from dataclasses import replace
from datetime import timedelta

from bot.papers import ArxivId
from bot.reading_list import Field
from bot.revisions import Revision, Untold
from tests.factories import NOON, paper
from tests.store.scene import Scene
from tests.store.sides import Side

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NEVER = NOON - 1000 * DAY


async def test_news_is_what_came_after_somebody_in_the_team_saved_the_paper(scene: Scene) -> None:
    tx, team = scene.tx, scene.team_id
    newer, known_then, unsaved, calm = (paper() for _ in range(4))
    await scene.stored(newer, known_then, unsaved, calm)
    for one in (newer, unsaved, calm):
        await scene.set(one.id, Field.SAVED, at=NOON)
    await scene.set(unsaved.id, Field.SAVED, None, at=NOON)
    second = [replace(one, version=2) for one in (newer, unsaved, known_then)]
    await tx.papers.add(second, seen_at=NOON + DAY)
    await scene.set(known_then.id, Field.SAVED, at=NOON + DAY)

    ((entry, found),) = await tx.revisions.elsewhere(team, since=NOON + DAY, until=NOON + 2 * DAY)

    assert (entry.paper, entry.savers) == (second[0], ("Ada",))
    assert found == Revision(found.id, newer.id, NOON + DAY, 2)
    assert await tx.revisions.elsewhere(team, since=NOON, until=NOON + DAY) == []
    assert await tx.revisions.elsewhere(team, since=NOON + DAY + HOUR, until=NOON + 2 * DAY) == []
    assert await tx.revisions.elsewhere(team + 1, since=NOON, until=NOON + 2 * DAY) == []


async def test_news_that_was_planned_before_a_team_joined_another_is_told_once(scene: Scene) -> None:
    tx, one, dora = scene.tx, paper(), Side(scene.tx, "dora", "discord")
    await scene.stored(one)
    await scene.set(one.id, Field.SAVED)
    second = replace(one, version=2)
    await tx.papers.add([second], seen_at=NOON + DAY)
    ((_, found),) = await tx.revisions.elsewhere(scene.team_id, since=NOON, until=NOON + 2 * DAY)
    edition = await scene.edition(second)
    _, post = await tx.posts.of(edition.id)
    await tx.revisions.tell(edition, {1: [Untold(found, scene.team_id, edition.subscription_id, post.key)]})

    await tx.links.join(await dora.workspace_id(), scene.channel.workspace_id, at=NOON + DAY)

    assert await tx.revisions.told_in(edition) == {1: [found]}


async def test_what_authors_add_to_a_version_is_kept_and_noted_once(scene: Scene) -> None:
    one = paper(comment="12 pages")
    await scene.stored(one)
    await scene.set(one.id, Field.SAVED)
    appeared = replace(one, journal_ref="Nature 612 (2026)", doi="10.1000/1")

    for number, record in enumerate((appeared, one, appeared), start=1):
        await scene.tx.papers.add([record], seen_at=NOON + number * DAY)

    assert await scene.tx.papers.get(one.id) == appeared
    ((_, found),) = await scene.tx.revisions.elsewhere(scene.team_id, since=NOON, until=NOON + 9 * DAY)
    assert (found.venue, found.noticed_at) == ("Nature 612 (2026)", NOON + DAY)


async def test_the_records_to_ask_for_are_of_saved_and_of_shown_papers_the_longest_known_first(scene: Scene) -> None:
    tx = scene.tx
    shown, saved, neither = [paper() for _ in range(3)]
    await tx.papers.add([shown], seen_at=NOON - DAY)
    await tx.papers.add([saved, neither], seen_at=NOON)
    await scene.set(saved.id, Field.SAVED)
    edition = await scene.edition(shown)

    async def due(**asked: object) -> list[ArxivId]:
        wanted = {"before": NOON + DAY, "shown_since": edition.made_at, "limit": 9} | asked
        return await tx.revisions.to_ask(**wanted)  # type: ignore[arg-type]  # by name

    assert await due() == [shown.id, saved.id]
    assert await due(limit=1) == [shown.id]
    assert await due(before=NOON) == [shown.id]
    assert await due(shown_since=edition.made_at + HOUR) == [saved.id]
    await tx.revisions.asked([shown.id], at=NOON + HOUR)
    assert await due() == [saved.id, shown.id]
    assert await due(before=NOON + HOUR) == [saved.id]


async def test_a_paper_that_was_shown_and_saved_by_nobody_is_passed_over_once_it_appeared(scene: Scene) -> None:
    tx = scene.tx
    passed, saved, later, unseen = papers = [paper() for _ in range(4)]
    await scene.stored(*papers)
    edition = await scene.edition(passed, saved, later)
    await scene.set(saved.id, Field.SAVED)
    at = edition.made_at
    appeared = [replace(one, comment="Accepted at ICLR 2026") for one in (passed, saved, unseen)]
    await tx.papers.add([*appeared, replace(later, version=2)], seen_at=at + HOUR)

    async def found(subscription_id: int = edition.subscription_id, days: int = 0) -> list[ArxivId]:
        since = at + days * DAY
        told = await tx.revisions.passed_over(subscription_id, since=since, until=since + DAY)
        return [one.paper_id for one in told]

    assert await found() == [passed.id]
    assert await found(days=1) == []
    assert await found(edition.subscription_id + 1) == []
