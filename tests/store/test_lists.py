from dataclasses import replace
from datetime import timedelta

import pytest

from bot.papers import ArxivId
from bot.reading_list import Entry, Field, ListFilter, Note, Signal, Status, Tag
from tests import factories
from tests.factories import NOON
from tests.store.scene import Scene

HOUR = timedelta(hours=1)
ALL = ListFilter()


@pytest.fixture
async def paper_id(scene: Scene) -> ArxivId:
    return (await scene.stored(factories.paper()))[0]


async def value(scene: Scene, paper_id: ArxivId, field: Field, name: str = "") -> str | None:
    return await scene.tx.lists.value(scene.team_id, scene.key(paper_id, field, name))


async def entry(scene: Scene, paper_id: ArxivId) -> Entry:
    found = await scene.tx.lists.entry(scene.team_id, paper_id)
    assert found
    return found


FACTS = [
    (Field.SAVED, "", "yes"),
    (Field.LIKED, "", "yes"),
    (Field.DISLIKED, "", "yes"),
    (Field.HAS_READ, "", "yes"),
    (Field.STATUS, "", "reading"),
    (Field.TAG, "rlhf", "yes"),
    (Field.NOTE, "n1", "compare with our baseline"),
]


@pytest.mark.parametrize(("field", "name", "so"), FACTS)
async def test_a_fact_is_so_once_set_and_not_so_once_taken_back(
    scene: Scene, paper_id: ArxivId, field: Field, name: str, so: str
) -> None:
    assert await value(scene, paper_id, field, name) is None

    await scene.set(paper_id, field, so, name=name)
    assert await value(scene, paper_id, field, name) == so

    await scene.set(paper_id, field, None, name=name)
    assert await value(scene, paper_id, field, name) is None
    await scene.set(paper_id, field, None, name=name)


@pytest.mark.parametrize(("field", "name", "so"), FACTS)
async def test_setting_what_is_so_already_changes_nothing(
    scene: Scene, paper_id: ArxivId, field: Field, name: str, so: str
) -> None:
    await scene.set(paper_id, field, so, name=name)
    lists, team = scene.tx.lists, scene.team_id
    before = await lists.entry(team, paper_id), await lists.signals(team)

    grace = await scene.member("grace")
    key = scene.key(paper_id, field, name)
    await lists.set(team, key, so, by=grace.id, at=NOON + HOUR)

    assert (await lists.entry(team, paper_id), await lists.signals(team)) == before


async def test_a_saved_paper_is_on_the_list_with_all_that_the_team_holds(scene: Scene, paper_id: ArxivId) -> None:
    grace = await scene.member("grace")
    await scene.set(paper_id, Field.NOTE, "second", name="b", at=NOON + 2 * HOUR)
    await scene.set(paper_id, Field.NOTE, "first", name="a", by=grace, at=NOON + HOUR)
    await scene.set(paper_id, Field.SAVED, by=grace, at=NOON + HOUR)
    await scene.set(paper_id, Field.SAVED, at=NOON + 2 * HOUR)
    await scene.set(paper_id, Field.TAG, name="zeta")
    await scene.set(paper_id, Field.TAG, name="alpha")
    await scene.set(paper_id, Field.STATUS, Status.READING)

    paper = await scene.tx.papers.get(paper_id)
    assert paper
    assert await scene.tx.lists.page(scene.team_id, ALL, limit=9) == [
        Entry(
            paper=paper,
            status=Status.READING,
            savers=("Grace", "Ada"),
            tags=(Tag("alpha"), Tag("zeta")),
            notes=(
                Note(grace.id, "Grace", "first", NOON + HOUR),
                Note(scene.ada.id, "Ada", "second", NOON + 2 * HOUR),
            ),
            added_at=NOON + 2 * HOUR,
        )
    ]


async def test_tags_and_notes_outlive_the_last_save_and_return_with_the_next(scene: Scene, paper_id: ArxivId) -> None:
    await scene.set(paper_id, Field.SAVED)
    await scene.set(paper_id, Field.TAG, name="rlhf")
    saved = await entry(scene, paper_id)

    await scene.set(paper_id, Field.SAVED, None)

    kept = await entry(scene, paper_id)
    assert (kept.savers, kept.tags) == ((), (Tag("rlhf"),))
    assert await scene.tx.lists.page(scene.team_id, ALL, limit=9) == []
    assert await scene.tx.lists.tags(scene.team_id) == []
    await scene.set(paper_id, Field.SAVED, at=NOON + HOUR)
    assert await entry(scene, paper_id) == saved


async def test_a_paper_that_was_only_liked_is_no_entry(scene: Scene, paper_id: ArxivId) -> None:
    await scene.set(paper_id, Field.LIKED)

    assert await scene.tx.lists.entry(scene.team_id, paper_id) is None
    assert await scene.tx.lists.entries(scene.team_id, [paper_id]) == {}


async def test_a_status_taken_back_leaves_what_else_the_team_holds(scene: Scene, paper_id: ArxivId) -> None:
    await scene.set(paper_id, Field.STATUS, Status.READ)
    await scene.set(paper_id, Field.STATUS, None)
    assert await scene.tx.lists.entry(scene.team_id, paper_id) is None

    await scene.set(paper_id, Field.STATUS, Status.READ)
    await scene.set(paper_id, Field.TAG, name="rlhf")
    await scene.set(paper_id, Field.STATUS, None)

    kept = await entry(scene, paper_id)
    assert (kept.status, kept.tags) == (Status.UNREAD, (Tag("rlhf"),))


async def test_an_entry_that_was_forgotten_is_not_found_by_its_words_when_it_is_made_anew(
    scene: Scene, paper_id: ArxivId
) -> None:
    await scene.set(paper_id, Field.NOTE, "zebra", name="n")
    await scene.set(paper_id, Field.NOTE, None, name="n")
    await scene.set(paper_id, Field.STATUS, None)
    await scene.set(paper_id, Field.SAVED)

    assert await scene.tx.lists.page(scene.team_id, ListFilter(text="zebra"), limit=9) == []
    assert len(await scene.tx.lists.page(scene.team_id, ListFilter(text="reward"), limit=9)) == 1


async def test_a_note_can_be_rewritten(scene: Scene, paper_id: ArxivId) -> None:
    grace = await scene.member("grace")
    await scene.set(paper_id, Field.NOTE, "draft", name="n")

    await scene.set(paper_id, Field.NOTE, "better", name="n", by=grace, at=NOON + HOUR)

    assert (await entry(scene, paper_id)).notes == (Note(grace.id, "Grace", "better", NOON + HOUR),)


@pytest.mark.parametrize("text", ["alpha", "beta", "gamma", "delta", "epsilon", "epsi alpha delta"])
async def test_text_is_looked_for_in_all_that_the_team_can_read(scene: Scene, text: str) -> None:
    (paper_id,) = await scene.stored(factories.paper(title="Alpha", authors=("Beta",), abstract="Gamma"))
    await scene.set(paper_id, Field.SAVED)
    await scene.set(paper_id, Field.NOTE, "Delta", name="n")
    await scene.set(paper_id, Field.TAG, name="epsilon")

    assert len(await scene.tx.lists.page(scene.team_id, ListFilter(text=text), limit=9)) == 1
    assert await scene.tx.lists.page(scene.team_id, ListFilter(text=f"{text} zeta"), limit=9) == []


@pytest.mark.parametrize(("person", "count"), [("zoë ma", 1), ("ZOE", 1), ("mar", 0), ("zoe marx", 0), ("…", 1)])
async def test_a_person_is_named_by_the_start_of_their_name(
    scene: Scene, paper_id: ArxivId, person: str, count: int
) -> None:
    sender = replace(factories.sender("zoe"), user_name="Zoë Maras")
    zoe, _ = await scene.tx.teams.identify(sender)
    await scene.set(paper_id, Field.SAVED, by=zoe)

    assert len(await scene.tx.lists.page(scene.team_id, ListFilter(person=person), limit=9)) == count


async def test_the_last_added_come_first_and_then_the_greater_ids(scene: Scene) -> None:
    first, second, third = await scene.stored(*(factories.paper(number) for number in (50001, 50002, 50003)))
    await scene.set(first, Field.SAVED, at=NOON + HOUR)
    await scene.set(third, Field.SAVED)
    await scene.set(second, Field.SAVED)

    async def page(offset: int) -> list[ArxivId]:
        entries = await scene.tx.lists.page(scene.team_id, ALL, limit=2, offset=offset)
        return [entry.paper.id for entry in entries]

    assert (await page(0), await page(2), await page(4)) == ([first, third], [second], [])


async def test_counts_tell_every_status_even_where_there_is_none(scene: Scene, paper_id: ArxivId) -> None:
    await scene.set(paper_id, Field.SAVED)

    assert await scene.tx.lists.counts(scene.team_id, ALL) == {Status.UNREAD: 1, Status.READING: 0, Status.READ: 0}


async def test_tags_are_counted_over_saved_papers_most_used_first(scene: Scene) -> None:
    one, two = await scene.stored(factories.paper(), factories.paper())
    for paper_id, names in ((one, ("b", "a", "é", "z")), (two, ("z",))):
        await scene.set(paper_id, Field.SAVED)
        for name in names:
            await scene.set(paper_id, Field.TAG, name=name)

    tags = await scene.tx.lists.tags(scene.team_id)

    assert tags == [(Tag("z"), 2), (Tag("a"), 1), (Tag("b"), 1), (Tag("é"), 1)]


async def test_signals_are_what_members_did_oldest_first(scene: Scene, paper_id: ArxivId) -> None:
    grace = await scene.member("grace")
    await scene.set(paper_id, Field.LIKED, at=NOON + 3 * HOUR)
    await scene.set(paper_id, Field.TAG, name="rlhf", by=grace, at=NOON + 2 * HOUR)
    await scene.set(paper_id, Field.SAVED, by=grace, at=NOON + HOUR)
    await scene.set(paper_id, Field.STATUS, Status.READ)
    await scene.set(paper_id, Field.NOTE, "text", name="n")

    signals = [
        Signal(scene.ada.id, paper_id, Field.NOTE, NOON),
        Signal(grace.id, paper_id, Field.SAVED, NOON + HOUR),
        Signal(grace.id, paper_id, Field.TAG, NOON + 2 * HOUR),
        Signal(scene.ada.id, paper_id, Field.LIKED, NOON + 3 * HOUR),
    ]
    assert await scene.tx.lists.signals(scene.team_id) == signals
    assert await scene.tx.lists.signals(scene.team_id, since=NOON + 2 * HOUR) == signals[2:]
    assert await scene.tx.lists.signals(scene.team_id, until=NOON + HOUR) == signals[:2]
    assert await scene.tx.lists.signals(scene.team_id, limit=3) == signals[1:]


async def test_authors_are_counted_once_for_each_paper_that_the_team_saves(scene: Scene) -> None:
    papers = [factories.paper(authors=names) for names in (("Wei Tan", "Ada Okafor"), ("Wei Tan",), ("Nobody",))]
    saved, also, liked = await scene.stored(*papers)
    for member in (scene.ada, await scene.member("grace")):
        await scene.set(saved, Field.SAVED, by=member)
    await scene.set(also, Field.SAVED)
    await scene.set(liked, Field.LIKED)

    by_noon, before = NOON, NOON - HOUR
    assert await scene.tx.lists.saved_authors(scene.team_id, until=before) == {}
    assert await scene.tx.lists.saved_authors(scene.team_id, until=by_noon) == {"Wei Tan": 2, "Ada Okafor": 1}


async def test_one_team_never_sees_what_another_holds(scene: Scene, paper_id: ArxivId) -> None:
    for field, name, so in FACTS:
        await scene.set(paper_id, field, so, name=name)
    stranger, _ = await scene.tx.teams.identify(factories.sender("ada", workspace="institute"))
    lists, team = scene.tx.lists, stranger.team_id

    for wanted in (ALL, ListFilter(text="reward"), ListFilter(text=f"reward {scene.team_id} §{scene.team_id}")):
        assert await lists.page(team, wanted, limit=9) == []
        assert set((await lists.counts(team, wanted)).values()) == {0}
    assert await lists.entry(team, paper_id) is None
    assert await lists.entries(team, [paper_id]) == {}
    assert await lists.tags(team) == []
    assert await lists.signals(team) == []
    assert await lists.saved_authors(team, until=NOON + 9 * HOUR) == {}
    for field, name, _ in FACTS:
        assert await lists.value(team, scene.key(paper_id, field, name)) is None


async def test_what_one_team_does_leaves_the_other_as_it_was(scene: Scene, paper_id: ArxivId) -> None:
    for field, name, so in FACTS:
        await scene.set(paper_id, field, so, name=name)
    held = await scene.tx.lists.entry(scene.team_id, paper_id)
    stranger, _ = await scene.tx.teams.identify(factories.sender("ada", workspace="institute"))

    for field, name, _ in FACTS:
        for after in ("read" if field is Field.STATUS else "yes", None):
            key = scene.key(paper_id, field, name, by=stranger)
            await scene.tx.lists.set(stranger.team_id, key, after, by=stranger.id, at=NOON)

    assert await scene.tx.lists.entry(scene.team_id, paper_id) == held
