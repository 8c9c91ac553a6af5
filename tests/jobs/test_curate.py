"""Each subscription gets one edition for each of its days, of what is new to it."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.announcements import Answer
from bot.curation.material import gather
from bot.curation.ranker import rank
from bot.curation.ranking import Ranked, Taste
from bot.editions import PostState, ReasonKind
from bot.papers import Paper
from bot.ports import Store
from bot.reading_list import Field
from bot.teams import EditionKind, Interests, Layout, Subscription
from jobs.curate import Curated, Outcome, curate
from tests.factories import paper, sender
from tests.jobs.desk import DAY, HOUR, SATURDAY, THURSDAY, WAIT, Desk, llm


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


def picked(curated: Curated) -> set[str]:
    assert curated.edition is not None
    return {pick.paper_id.value for pick in curated.edition.picks}


def ids(*papers: Paper) -> set[str]:
    return {one.id.value for one in papers}


async def test_a_due_subscription_gets_an_edition_with_a_post_for_the_header_and_each_pick(desk: Desk) -> None:
    subscription = await desk.subscribe()
    papers = [llm("Jailbreaks"), llm("Retrieval")]
    await desk.collect(*papers, paper(title="Convex Regret", abstract=""))

    curated = await desk.curate_one()

    assert (curated.outcome, curated.date) == (Outcome.MADE, date(2026, 1, 15))
    assert picked(curated) == ids(*papers)
    edition = curated.edition
    assert edition is not None
    assert (edition.subscription_id, edition.kind, edition.date) == (subscription.id, EditionKind.DAILY, curated.date)
    assert (edition.considered, edition.made_at, edition.missing, edition.nearest) == (3, THURSDAY, (), None)
    async with desk.store() as tx:
        assert await tx.editions.of(subscription.id, EditionKind.DAILY, curated.date) == edition
        posts = await tx.posts.of(edition.id)
    assert [(post.slot, post.state, post.planned_at) for post in posts] == [
        (slot, PostState.PLANNED, THURSDAY) for slot in (0, 1, 2)
    ]
    assert len({post.key for post in posts}) == 3
    assert all(len(post.key) == 20 for post in posts)


async def test_an_edition_is_laid_out_as_the_subscription_says(desk: Desk) -> None:
    subscription = await desk.subscribe()
    async with desk.store() as tx:
        await tx.teams.subscribe(replace(subscription, layout=Layout.COMPACT))
        await tx.commit()
    await desk.collect(llm("Jailbreaks"))
    edition = (await desk.curate_one()).edition
    assert edition is not None
    assert edition.layout is Layout.COMPACT


async def test_in_a_forum_an_edition_is_one_thread_whatever_the_subscription_says(desk: Desk) -> None:
    await desk.subscribe()
    async with desk.store() as tx:
        await tx.teams.identify(replace(sender(workspace="lab", channel="lab"), channel_forum=True))
        await tx.commit()
    await desk.collect(llm("Jailbreaks"))
    edition = (await desk.curate_one()).edition
    assert edition is not None
    assert edition.layout is Layout.COMPACT


async def test_a_second_run_on_the_same_day_finds_the_edition(desk: Desk) -> None:
    await desk.subscribe()
    await desk.collect(llm("Jailbreaks"))
    first = await desk.curate_one()
    await desk.collect(llm("Retrieval"), at=THURSDAY + HOUR)
    second = await desk.curate_one(now=THURSDAY + 2 * HOUR, only_due=False)
    assert (second.outcome, second.edition) == (Outcome.THERE, first.edition)


async def test_of_two_runs_at_once_one_makes_the_edition_and_both_return_it(desk: Desk) -> None:
    await desk.subscribe()
    await desk.collect(llm("Jailbreaks"))
    first, second = await asyncio.gather(desk.curate_one(), desk.curate_one())
    assert {first.outcome, second.outcome} == {Outcome.MADE, Outcome.THERE}
    assert first.edition == second.edition
    async with desk.store() as tx:
        assert len(await tx.posts.due(THURSDAY)) == 2


@pytest.mark.parametrize("now", [THURSDAY - timedelta(seconds=1), SATURDAY + HOUR])
async def test_nothing_is_due_before_its_hour_or_on_another_day(desk: Desk, now: datetime) -> None:
    await desk.subscribe()
    await desk.collect(llm("Jailbreaks"), at=now - HOUR)
    assert (await desk.curate_one(now=now)).outcome is Outcome.NOT_DUE
    assert (await desk.curate_one(now=now, only_due=False)).outcome is Outcome.MADE


async def test_the_next_edition_holds_only_what_came_after_the_last(desk: Desk) -> None:
    await desk.subscribe()
    await desk.collect(*(llm(f"{place} Jailbreaks") for place in ("Oslo", "Lima", "Pune", "Accra", "Split", "Turin")))
    await desk.curate()
    late, early = llm("Quantization"), llm("Retrieval")
    await desk.collect(late, at=THURSDAY + HOUR)
    await desk.collect(early, at=THURSDAY + DAY - HOUR)
    curated = await desk.curate_one(now=THURSDAY + DAY)
    assert picked(curated) == ids(late, early)
    assert curated.edition is not None
    assert curated.edition.considered == 2


async def test_after_a_week_of_downtime_all_that_came_meanwhile_is_considered(desk: Desk) -> None:
    await desk.subscribe()
    await desk.collect(llm("Jailbreaks"))
    await desk.curate()
    missed = [llm("Quantization"), llm("Retrieval")]
    await desk.collect(*missed, at=THURSDAY + 6 * DAY)
    await desk.collect(at=THURSDAY + 7 * DAY - HOUR)
    assert picked(await desk.curate_one(now=THURSDAY + 7 * DAY)) == ids(*missed)


async def test_after_a_longer_pause_no_more_than_two_weeks_are_considered(desk: Desk) -> None:
    await desk.subscribe()
    await desk.collect(llm("Jailbreaks"))
    await desk.curate()
    fresh = llm("Retrieval")
    await desk.collect(llm("Quantization"), at=THURSDAY + 6 * DAY)
    await desk.collect(fresh, at=THURSDAY + 8 * DAY)
    await desk.collect(at=THURSDAY + 21 * DAY - HOUR)
    assert picked(await desk.curate_one(now=THURSDAY + 21 * DAY)) == ids(fresh)


async def test_the_first_edition_holds_the_latest_batch(desk: Desk) -> None:
    fresh = llm("Retrieval")
    await desk.collect(llm("Jailbreaks"), at=THURSDAY - DAY)
    await desk.collect(fresh)
    await desk.subscribe()
    assert picked(await desk.curate_one()) == ids(fresh)


async def test_the_first_edition_reaches_no_further_back_than_a_week(desk: Desk) -> None:
    await desk.collect(llm("Jailbreaks"), at=THURSDAY - 8 * DAY)
    await desk.collect()
    await desk.subscribe()
    assert (await desk.curate_one()).outcome is Outcome.NOTHING_NEW


async def test_where_nothing_is_on_topic_the_edition_says_so_and_names_the_nearest(desk: Desk) -> None:
    await desk.subscribe("jailbreaks")
    near = llm("Retrieval")
    await desk.collect(near, paper(title="Convex Regret", abstract=""))
    edition = (await desk.curate_one()).edition
    assert edition is not None
    assert (edition.picks, edition.nearest, edition.considered) == ((), near.id, 2)
    async with desk.store() as tx:
        assert [post.slot for post in await tx.posts.of(edition.id)] == [0]


async def test_what_the_team_has_on_its_list_is_not_brought(desk: Desk) -> None:
    await desk.subscribe()
    saved, fresh = llm("Retrieval"), llm("Quantization")
    await desk.mark(Field.SAVED, [saved])
    await desk.collect(saved, fresh)
    assert picked(await desk.curate_one()) == ids(fresh)


async def test_a_channel_that_changes_its_categories_is_not_brought_a_paper_twice(desk: Desk) -> None:
    await desk.subscribe()
    brought, fresh = llm("Jailbreaks"), llm("Quantization", categories=("cs.LG",))
    await desk.collect(brought)
    await desk.curate()
    await desk.subscribe(categories=("cs.LG",))
    cross_listed = replace(brought, categories=("cs.LG",))
    await desk.collect(cross_listed, fresh, at=THURSDAY + DAY - HOUR, answers={"cs.LG": Answer.FRESH})
    assert picked(await desk.curate_one(now=THURSDAY + DAY)) == ids(fresh)


async def test_a_subscription_to_one_topic_gets_as_much_of_it_as_it_asked_for(desk: Desk) -> None:
    await desk.subscribe("safety")
    subjects = ("Jailbreaks", "Red Teaming", "Guardrails", "Backdoors", "Watermarks")
    on_it = [llm(subject) for subject in subjects]
    beside = paper(title="Unit Test Generation with an LLM", abstract="Code generation. Privacy.")
    await desk.collect(*on_it, beside)
    assert picked(await desk.curate_one()) == ids(*on_it)


async def test_an_edition_that_may_explore_tries_one_paper_in_eight_and_says_so(desk: Desk) -> None:
    subscription = await desk.subscribe()
    async with desk.store() as tx:
        await tx.teams.subscribe(replace(subscription, size=8))
        await tx.commit()
    subjects = ["Oslo", "Lima", "Pune", "Accra", "Split", "Turin", "Quito", "Hanoi", "Dakar", "Perth"]
    pool = [paper(title=f"LLM {name} {n}", abstract=f"{name} " * 9, authors=()) for n, name in enumerate(subjects)]
    await desk.collect(*pool)

    def novel(pool: Sequence[Paper], interests: Interests, taste: Taste) -> list[Ranked]:
        return [replace(place, novelty=0.5) for place in rank(pool, interests, taste)]

    [made] = await curate(desk.store, novel, now=THURSDAY, wait=WAIT, only_due=True, explore=True)
    assert made.edition is not None
    kinds = [[reason.kind for reason in pick.reasons] for pick in made.edition.picks]
    assert [ReasonKind.EXPLORING in of for of in kinds] == [False] * 7 + [True]


async def test_each_subscription_keeps_the_date_and_hour_of_its_own_zone(desk: Desk) -> None:
    now = datetime(2026, 1, 15, 23, 30, tzinfo=UTC)
    await desk.subscribe(team="tokyo", zone="Asia/Tokyo", at=time(8))
    await desk.subscribe(team="la", zone="America/Los_Angeles", at=time(15))
    await desk.subscribe(team="delhi", zone="Asia/Kolkata", at=time(8))
    await desk.collect(llm("Jailbreaks"), at=now - HOUR)
    assert [(one.date.day, one.outcome) for one in await desk.curate(now=now)] == [
        (16, Outcome.MADE),
        (15, Outcome.MADE),
        (16, Outcome.NOT_DUE),
    ]


async def test_an_hour_that_the_clock_change_skips_is_due_once(desk: Desk) -> None:
    sunday = datetime(2026, 3, 29, 1, 29, tzinfo=UTC)  # 03:29 in Berlin, half an hour after 01:59
    await desk.subscribe(zone="Europe/Berlin", at=time(2, 30), days=frozenset({6}))
    await desk.collect(llm("Jailbreaks"), at=sunday - DAY)
    outcomes = [(await desk.curate_one(now=sunday + minutes * HOUR / 60)).outcome for minutes in (0, 1, 2)]
    assert outcomes == [Outcome.NOT_DUE, Outcome.MADE, Outcome.THERE]


async def test_the_taste_of_one_team_is_nothing_to_another(desk: Desk) -> None:
    papers = [llm("Retrieval", authors=("Ana Silva",)), llm("Jailbreaks", authors=("Wei Tan",))]
    for team, author in (("lab", "Ana Silva"), ("firm", "Wei Tan")):
        await desk.subscribe(team=team)
        passed = [llm(subject, authors=("Mei Ito",)) for subject in ("Tokenizers", "Distillation", "Poetry", "Law")]
        await desk.mark(Field.DISLIKED, passed, team=team, at=THURSDAY - DAY)
        await desk.mark(Field.SAVED, [llm(one, authors=(author,)) for one in ("Quantization", "Speech")], team=team)
    await desk.collect(*papers)
    editions = [one.edition for one in await desk.curate() if one.edition]
    told = [
        [
            (pick.paper_id, reason.value, reason.count)
            for pick in edition.picks
            for reason in pick.reasons
            if reason.kind is ReasonKind.SAVED_AUTHOR
        ]
        for edition in editions
    ]
    assert told == [[(papers[0].id, "Ana Silva", 2)], [(papers[1].id, "Wei Tan", 2)]]


async def test_the_pool_of_an_edition_can_be_gathered_again(desk: Desk) -> None:
    subscription = await desk.subscribe()
    pools: list[tuple[Paper, ...]] = []
    for days in range(2):
        morning = THURSDAY + days * DAY
        await desk.collect(llm("Retrieval"), llm("Jailbreaks"), at=morning - HOUR)
        pools.append(await _pool(desk, subscription, morning))
        await desk.curate(now=morning)
    again = [await _pool(desk, subscription, THURSDAY + days * DAY) for days in range(2)]
    assert again[1] == pools[1] != pools[0]


async def _pool(desk: Desk, subscription: Subscription, now: datetime) -> tuple[Paper, ...]:
    async with desk.store() as tx:
        return (await gather(tx, subscription, now=now)).pool
