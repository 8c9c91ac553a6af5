from dataclasses import replace
from datetime import timedelta

from bot.teams import EditionKind, Layout
from tests import factories
from tests.factories import NOON
from tests.store.scene import THURSDAY, Scene, edition_of, planned

DAY = timedelta(days=1)
FRIDAY = THURSDAY + DAY
LATER = NOON + 9 * DAY


async def test_an_edition_comes_back_as_it_was_stored(scene: Scene) -> None:
    nearest, *picked = [factories.paper() for _ in range(3)]
    await scene.stored(nearest, *picked)
    subscription = await scene.subscription()
    wanted = replace(edition_of(subscription, *picked), nearest=nearest.id, layout=Layout.COMPACT)

    edition = await scene.tx.editions.add(wanted, [])

    assert edition
    assert edition == replace(wanted, id=edition.id)
    assert await scene.tx.editions.get(edition.id) == edition
    assert await scene.tx.editions.of(subscription.id, EditionKind.DAILY, THURSDAY) == edition


async def test_its_posts_are_planned_with_it(scene: Scene) -> None:
    edition = await scene.edition(factories.paper())

    posts = await scene.tx.posts.of(edition.id)

    wanted = [planned(f"{THURSDAY}/{slot}", slot, scene.channel.id) for slot in (0, 1)]
    assert posts == [replace(post, edition_id=edition.id) for post in wanted]


async def test_there_is_one_edition_for_a_subscription_and_date_and_a_second_leaves_no_trace(scene: Scene) -> None:
    first = await scene.edition(factories.paper())
    subscription = await scene.subscription()

    second = await scene.tx.editions.add(
        edition_of(subscription, factories.paper()), [planned("other", 0, scene.channel.id)]
    )

    assert second is None
    assert await scene.tx.editions.of(subscription.id, EditionKind.DAILY, THURSDAY) == first
    assert {post.key for post in await scene.tx.posts.of(first.id)} == {f"{THURSDAY}/0", f"{THURSDAY}/1"}


async def test_the_latest_is_that_of_the_greatest_date(scene: Scene) -> None:
    friday = await scene.edition(factories.paper(), day=FRIDAY)
    thursday = await scene.edition(factories.paper())

    editions = scene.tx.editions
    assert await editions.latest(scene.channel.id) == friday
    assert await editions.latest(scene.channel.id, until=THURSDAY) == thursday
    assert await editions.latest(scene.channel.id, until=THURSDAY - timedelta(days=1)) is None


async def test_an_empty_edition_has_no_numbers_that_people_could_mean(scene: Scene) -> None:
    thursday = await scene.edition(factories.paper())
    await scene.edition(day=FRIDAY)

    assert await scene.tx.editions.latest_with_picks(scene.channel.id) == thursday
    assert await scene.tx.editions.latest_with_picks(scene.channel.id, until=THURSDAY - timedelta(days=1)) is None


async def test_a_channel_sees_its_own_editions_only(scene: Scene) -> None:
    paper = factories.paper()
    await scene.edition(paper)
    _, elsewhere = await scene.tx.teams.identify(factories.sender(channel="elsewhere"))

    assert await scene.tx.editions.latest(elsewhere.id) is None
    assert await scene.tx.editions.latest_with_picks(elsewhere.id) is None
    assert await scene.tx.editions.pick_of(elsewhere.id, paper.id) is None
    assert await scene.tx.editions.shown(0, before=LATER) == {}
    assert await scene.tx.editions.made_since(0, NOON) == []


async def test_what_was_ever_shown_is_known(scene: Scene) -> None:
    first, second, never = [factories.paper() for _ in range(3)]
    await scene.stored(never)
    thursday = await scene.edition(first, second)
    friday = await scene.edition(second, day=FRIDAY)

    editions = scene.tx.editions
    shown = {first.id: NOON, second.id: NOON + DAY}
    assert await editions.shown(thursday.subscription_id, before=LATER) == shown
    assert await editions.shown(thursday.subscription_id, before=NOON + DAY) == dict.fromkeys(shown, NOON)
    assert await editions.shown(thursday.subscription_id, before=NOON) == {}
    assert await editions.pick_of(scene.channel.id, first.id) == thursday
    assert await editions.pick_of(scene.channel.id, second.id) == friday
    assert await editions.pick_of(scene.channel.id, never.id) is None


async def test_nothing_is_known_of_editions_that_were_not_made(scene: Scene) -> None:
    assert await scene.tx.editions.get(1) is None
    assert await scene.tx.editions.of(1, EditionKind.DAILY, THURSDAY) is None


async def test_editions_made_since_a_moment_come_whole_and_oldest_first(scene: Scene) -> None:
    thursday = await scene.edition(*(factories.paper() for _ in range(2)))
    friday = await scene.edition(factories.paper(), day=FRIDAY)
    empty = await scene.edition(day=FRIDAY + DAY)

    made_since = scene.tx.editions.made_since
    assert await made_since(thursday.subscription_id, NOON) == [thursday, friday, empty]
    assert await made_since(thursday.subscription_id, NOON + DAY) == [friday, empty]
    assert await made_since(thursday.subscription_id, NOON, limit=1) == [thursday]
