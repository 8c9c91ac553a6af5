"""Workspaces that share one list: nothing that either held is lost, and each has all of it when they part."""

from collections.abc import Sequence
from random import Random

from bot.budget import Purpose, Use
from bot.papers import ArxivId
from bot.reading_list import PERSONAL, Entry, FactKey, Field, ListFilter, Status
from tests import factories
from tests.factories import NOON
from tests.store.scene import Scene
from tests.store.sides import Side


async def _filled(scene: Scene, sides: Sequence[Side]) -> list[ArxivId]:
    """Every side does this and that with papers of which others have some too."""
    random = Random(17)
    ids = list(await scene.stored(*(factories.paper(number) for number in range(40001, 40013))))
    for side in sides:
        for paper_id in random.sample(ids, 8):
            for field in random.sample([Field.SAVED, Field.SAVED, Field.LIKED, Field.TAG, Field.NOTE, Field.STATUS], 4):
                value = random.choice([*Status]).value if field is Field.STATUS else "yes"
                name = {Field.TAG: random.choice(["rlhf", "agents"]), Field.NOTE: f"{side.name} {paper_id}"}.get(
                    field, ""
                )
                await side.set(paper_id, field, value, name, random.randrange(99))
    return ids


def _union(lists: Sequence[dict[ArxivId, Entry]]) -> dict[ArxivId, tuple[object, ...]]:
    """What a list says that has all that these say."""
    order = [Status.UNREAD, Status.READING, Status.READ]
    together: dict[ArxivId, tuple[object, ...]] = {}
    for paper_id in {paper_id for each in lists for paper_id in each}:
        held = [each[paper_id] for each in lists if paper_id in each]
        together[paper_id] = (
            max((entry.status for entry in held), key=order.index),
            {name for entry in held for name in entry.savers},
            sorted({tag for entry in held for tag in entry.tags}),
            sorted((note for entry in held for note in entry.notes), key=lambda note: (note.written_at, note.author)),
            min(entry.added_at for entry in held),
        )
    return together


def _told(entries: dict[ArxivId, Entry]) -> dict[ArxivId, tuple[object, ...]]:
    return _union([entries])


async def test_a_joined_list_holds_all_that_every_side_held_and_each_side_keeps_it(
    scene: Scene, sides: tuple[Side, Side, Side]
) -> None:
    ids = await _filled(scene, sides)
    before = [await scene.tx.lists.entries(await side.team_id(), ids) for side in sides]
    given = [signal for side in sides for signal in await side.signals()]
    slack, discord, third = sides

    assert await slack.join(discord)
    assert await third.join(discord)

    assert len({await side.team_id() for side in sides}) == 1
    shared = await scene.tx.lists.entries(await slack.team_id(), ids)
    assert _told(shared) == _union(before)
    assert {*await slack.signals()} >= {signal for signal in given if signal.field in PERSONAL}

    for leaving in (third, discord):
        assert await leaving.leave()
    assert len({await side.team_id() for side in sides}) == 3
    for side in sides:
        assert await scene.tx.lists.entries(await side.team_id(), ids) == shared
        assert (
            await scene.tx.lists.page(await side.team_id(), ListFilter(text="reward"), limit=99) == await side.papers()
        )
        assert await side.signals() == await slack.signals()


async def test_sides_that_join_once_more_after_parting_have_each_fact_once(
    scene: Scene, sides: tuple[Side, Side, Side]
) -> None:
    await _filled(scene, sides)
    slack, discord, _ = sides
    await slack.join(discord)
    shared, given = await slack.papers(), await slack.signals()

    await slack.leave()
    await discord.join(slack)

    assert (await discord.papers(), await slack.papers()) == (shared, shared)
    assert await discord.signals() == given


async def test_only_two_lists_can_be_joined_and_only_a_shared_one_parted(sides: tuple[Side, Side, Side]) -> None:
    slack, discord, third = sides
    assert not await slack.join(slack)
    assert not await slack.leave()
    assert await slack.join(discord)
    assert not await discord.join(slack)
    assert await third.join(slack)
    assert not await discord.join(third)
    assert (await slack.partners(), await third.partners()) == (["discord", "discord"], ["slack", "discord"])

    assert await third.leave()
    assert not await third.leave()
    assert (await slack.partners(), await third.partners()) == (["discord"], [])


async def test_the_one_that_the_others_joined_can_leave_and_the_others_stay_together(
    scene: Scene, sides: tuple[Side, Side, Side]
) -> None:
    slack, discord, third = sides
    ids = await _filled(scene, sides)
    await slack.join(discord)
    await slack.join(third)

    assert await slack.leave()

    assert (await slack.partners(), await discord.partners(), await third.partners()) == ([], ["discord"], ["discord"])
    assert await discord.papers() == await slack.papers()
    await slack.set(ids[0], Field.TAG, name="alone")
    await third.set(ids[0], Field.TAG, name="together")
    tags = [await scene.tx.lists.value(await side.team_id(), FactKey(ids[0], Field.TAG, "together")) for side in sides]
    assert tags == [None, "yes", "yes"]


async def test_what_follows_a_parting_is_known_to_its_own_side_alone(
    scene: Scene, sides: tuple[Side, Side, Side]
) -> None:
    slack, discord, _ = sides
    both, one, other = await scene.stored(*(factories.paper() for _ in range(3)))
    await slack.set(both, Field.SAVED)
    await slack.join(discord)
    await discord.leave()

    await slack.set(one, Field.SAVED)
    await discord.set(other, Field.SAVED)
    await slack.set(both, Field.SAVED, None)

    assert [entry.paper.id for entry in await slack.papers()] == [one]
    assert {entry.paper.id for entry in await discord.papers()} == {both, other}


async def test_a_list_speaks_the_language_of_the_side_that_chose_one(
    scene: Scene, sides: tuple[Side, Side, Side]
) -> None:
    slack, discord, third = sides
    await scene.tx.teams.set_language(await discord.team_id(), "de")
    await slack.join(discord)
    await scene.tx.teams.set_language(await third.team_id(), "fr")
    await slack.join(third)
    await third.leave()

    spoken = [(await scene.tx.teams.team(await side.team_id())).language for side in sides]
    assert spoken == ["de", "de", "de"]


async def test_money_is_counted_together_and_goes_with_who_spent_it(
    scene: Scene, sides: tuple[Side, Side, Side]
) -> None:
    async def spent(side: Side) -> int:
        return (await scene.tx.spending.spent(await side.team_id(), since=NOON.date())).micro_dollars

    for side, cost in zip(sides, (3, 40, 500), strict=True):
        member, _ = await side.who()
        use = Use(member.team_id, member.id, NOON.date(), "m", Purpose.SUMMARY, 1, 1, cost)
        await scene.tx.spending.record(use)
    slack, discord, third = sides
    await slack.join(discord)
    await slack.join(third)
    assert await spent(discord) == 543

    await discord.leave()
    assert [await spent(side) for side in sides] == [503, 40, 503]
