from dataclasses import replace

from bot.papers import ArxivId
from bot.reading_list import Change, Fact, FactKey, Field
from tests import factories
from tests.factories import NOON
from tests.store.scene import Scene


async def recorded(scene: Scene, *papers: ArxivId, verb: str = "save", facts: bool = True) -> Change:
    """A change of Ada's that set a personal fact and a tag of each paper."""
    keys = [FactKey(paper_id, Field.SAVED, "", scene.ada.id) for paper_id in papers]
    keys += [FactKey(paper_id, Field.TAG, "rlhf") for paper_id in papers]
    made = tuple(Fact(key, None, "yes") for key in keys) if facts else ()
    change = Change(0, scene.team_id, scene.ada.id, verb, "reaction:star", papers, made, NOON)
    stored = await scene.tx.changes.record(change)
    assert stored == replace(change, id=stored.id)
    return stored


async def test_the_last_change_is_the_one_recorded_last_whole(scene: Scene) -> None:
    papers = await scene.stored(factories.paper(2), factories.paper(1))
    await recorded(scene, *papers)
    last = await recorded(scene, *papers, verb="tag")

    assert await scene.tx.changes.last(scene.ada.id) == last


async def test_a_change_that_changed_nothing_is_not_the_last(scene: Scene) -> None:
    (paper,) = await scene.stored(factories.paper())
    first = await recorded(scene, paper)
    await recorded(scene, paper, facts=False)

    assert await scene.tx.changes.last(scene.ada.id) == first


async def test_what_was_taken_back_is_neither_last_nor_standing(scene: Scene) -> None:
    (paper,) = await scene.stored(factories.paper())
    first, second = await recorded(scene, paper), await recorded(scene, paper)

    await scene.tx.changes.take_back(second.id, at=NOON)

    assert await scene.tx.changes.last(scene.ada.id) == first
    assert await scene.tx.changes.standing(scene.ada.id, paper, "save") == [first]
    await scene.tx.changes.take_back(first.id, at=NOON)
    assert await scene.tx.changes.last(scene.ada.id) is None


async def test_standing_changes_are_those_of_a_verb_on_a_paper_latest_first(scene: Scene) -> None:
    paper, other = await scene.stored(factories.paper(), factories.paper())
    both = await recorded(scene, other, paper)
    empty = await recorded(scene, paper, facts=False)
    await recorded(scene, other)
    await recorded(scene, paper, verb="like")

    assert await scene.tx.changes.standing(scene.ada.id, paper, "save") == [empty, both]


async def test_a_member_has_their_own_changes_only(scene: Scene) -> None:
    (paper,) = await scene.stored(factories.paper())
    await recorded(scene, paper)
    grace = await scene.member("grace")

    assert await scene.tx.changes.last(grace.id) is None
    assert await scene.tx.changes.standing(grace.id, paper, "save") == []


async def test_the_facts_of_a_change_can_be_replaced(scene: Scene) -> None:
    (paper,) = await scene.stored(factories.paper())
    change = await recorded(scene, paper)
    fewer = replace(change, facts=(replace(change.facts[0], before="a\0b", after=None),))

    await scene.tx.changes.replace(fewer)

    assert await scene.tx.changes.last(scene.ada.id) == fewer


async def test_a_recorded_change_is_found_by_its_id_whoever_made_it_and_after_it_was_taken_back(scene: Scene) -> None:
    (paper,) = await scene.stored(factories.paper())
    change = await recorded(scene, paper)
    assert await scene.tx.changes.recorded(change.id) == change

    await scene.tx.changes.take_back(change.id, at=NOON)

    assert await scene.tx.changes.recorded(change.id) == replace(change, taken_back=True)
    assert await scene.tx.changes.recorded(change.id + 1) is None


async def test_a_change_is_overtaken_by_a_later_one_of_the_same_fact_until_that_is_taken_back(scene: Scene) -> None:
    paper, other = await scene.stored(factories.paper(), factories.paper())
    grace = await scene.member("grace")
    earlier, change = await recorded(scene, paper), await recorded(scene, paper)
    await recorded(scene, other)
    await recorded(scene, paper, facts=False)
    assert await scene.tx.changes.overtaken(earlier) == {fact.key for fact in earlier.facts}
    assert not await scene.tx.changes.overtaken(change)

    untagged = Fact(FactKey(paper, Field.TAG, "rlhf"), "yes", None)
    hers = replace(change, member_id=grace.id, verb="untag", papers=(other, paper), facts=(untagged,))
    later = await scene.tx.changes.record(hers)

    assert await scene.tx.changes.overtaken(change) == {untagged.key}
    await scene.tx.changes.take_back(later.id, at=NOON)
    assert not await scene.tx.changes.overtaken(change)
