"""Digests, the editions they belong to, and what of the store they are made from."""

from dataclasses import replace
from datetime import timedelta

from bot.digests.values import AnyDigest, Topic
from bot.editions import Edition
from bot.summaries.extract import extract
from bot.summaries.kept import SummaryKey
from bot.summaries.values import SummaryKind
from bot.teams import ALL_KINDS, EditionKind, Interests, Layout, Subscription
from tests.factories import NOON, paper, sender
from tests.fakes.digests import digest, listed, round_up, told
from tests.store.scene import THURSDAY, Scene, edition_of, planned

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
FULL = told(paper(1), model="fake-1", savers=("Ada", "Bén"), discussed=2, starred=True, link="https://chat.example/1")


async def kept(scene: Scene, kind: EditionKind, made: AnyDigest) -> Edition:
    """An edition that holds a digest."""
    empty = replace(edition_of(await scene.subscription()), kind=kind, layout=Layout.COMPACT)
    edition = await scene.tx.editions.add(empty, [planned(f"{kind}/0", 0, scene.channel.id)])
    assert edition
    await scene.tx.digests.keep(edition, made)
    return edition


async def test_a_digest_comes_back_as_it_was_kept(scene: Scene) -> None:
    week = digest(Topic("reasoning", (FULL, told())), unread=(listed(paper(2), "Ada"),), most_saved=(listed(paper(3)),))

    edition = await kept(scene, EditionKind.WEEKLY, week)

    assert await scene.tx.digests.of(edition) == week
    assert await scene.tx.editions.get(edition.id) == edition


async def test_a_round_up_comes_back_with_its_chart_and_an_empty_one_without(scene: Scene) -> None:
    month, nothing = round_up([FULL], [told()]), round_up()

    full = await kept(scene, EditionKind.MONTHLY, month)
    empty = await scene.tx.editions.add(replace(full, date=THURSDAY + DAY), [])
    assert empty
    await scene.tx.digests.keep(empty, nothing)

    assert await scene.tx.digests.of(full) == month
    assert await scene.tx.digests.of(empty) == nothing


async def test_a_week_and_a_month_may_have_the_date_of_a_daily_edition_and_are_none(scene: Scene) -> None:
    daily = await scene.edition(paper(1))
    for kind, made in ((EditionKind.WEEKLY, digest()), (EditionKind.MONTHLY, round_up())):
        await kept(scene, kind, made)

    assert await scene.tx.editions.latest(scene.channel.id) == daily
    assert await scene.tx.editions.latest_with_picks(scene.channel.id) == daily
    assert await scene.tx.editions.made_since(daily.subscription_id, NOON) == [daily]


async def test_editions_are_found_by_their_kind_and_dates(scene: Scene) -> None:
    editions = [await scene.edition(paper(), day=THURSDAY + number * DAY) for number in (2, 0, 1)]
    week = await kept(scene, EditionKind.WEEKLY, digest())
    order = editions[0].subscription_id

    async def dated(kind: EditionKind, last: int) -> list[Edition]:
        return await scene.tx.editions.dated(order, kind, first=THURSDAY, last=THURSDAY + last * DAY)

    assert await dated(EditionKind.DAILY, 1) == [editions[1], editions[2]]
    assert await dated(EditionKind.WEEKLY, 2) == [week]
    assert await scene.tx.editions.made_for(EditionKind.WEEKLY, THURSDAY) == {order}
    assert await scene.tx.editions.made_for(EditionKind.MONTHLY, THURSDAY) == set()
    assert await scene.tx.editions.made_for(EditionKind.WEEKLY, THURSDAY + DAY) == set()
    assert await scene.tx.editions.dated(order + 1, EditionKind.DAILY, first=THURSDAY, last=THURSDAY) == []


async def test_a_subscription_keeps_the_kinds_that_it_brings(scene: Scene) -> None:
    order = Subscription(0, scene.team_id, scene.channel.id, Interests(("cs.CL",)))
    await scene.tx.teams.subscribe(order)
    every = await scene.tx.teams.subscription_of(scene.channel.id)
    await scene.tx.teams.subscribe(replace(order, kinds=frozenset({EditionKind.WEEKLY})))
    weekly = await scene.tx.teams.subscription_of(scene.channel.id)

    assert every
    assert weekly
    assert every.kinds == ALL_KINDS
    assert weekly.kinds == {EditionKind.WEEKLY}


async def test_summaries_of_papers_are_the_teams_own_and_the_last_comes_first(scene: Scene) -> None:
    first, second = paper(1), paper(2)
    await scene.stored(first, second)
    other, _ = await scene.tx.teams.identify(sender(workspace="other"))
    made = []
    for hour, (about, kind, team, by) in enumerate(
        (
            (first, SummaryKind.TLDR, scene.team_id, scene.ada.id),
            (second, SummaryKind.INSIGHTS, scene.team_id, scene.ada.id),
            (first, SummaryKind.INSIGHTS, scene.team_id, scene.ada.id),
            (first, SummaryKind.TLDR, other.team_id, other.id),
        )
    ):
        key = SummaryKey(team, about.id, 1, kind, "fake-1", "1", "en")
        at = NOON + timedelta(hours=hour)
        assert await scene.tx.summaries.claim(key, by=by, now=at, until=at)
        made.append(await scene.tx.summaries.keep(key, extract(about, kind), at=at))
    unmade = SummaryKey(scene.team_id, first.id, 2, SummaryKind.TLDR, "fake-1", "1", "en")
    assert await scene.tx.summaries.claim(unmade, by=scene.ada.id, now=NOON, until=NOON)

    assert await scene.tx.summaries.of_papers(scene.team_id, [first.id]) == [made[2], made[0]]
    assert await scene.tx.summaries.of_papers(scene.team_id, [first.id, second.id]) == [made[2], made[1], made[0]]
