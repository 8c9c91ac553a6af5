"""What the database tells operators, over all teams."""

from dataclasses import replace
from datetime import date, timedelta

from bot.announcements import Answer, CategoryAnswer, CollectionRun
from bot.budget import Purpose, Use
from bot.editions import MessageRef
from bot.ports import Backlog
from bot.teams import Halt
from tests import factories
from tests.factories import NOON
from tests.store.scene import THURSDAY, Scene

LATER = NOON + timedelta(minutes=2)


async def test_posts_are_due_from_when_they_were_planned_until_they_are_sent_lost_or_given_up(scene: Scene) -> None:
    ledger, posts = scene.tx.ledger, scene.tx.posts
    assert await ledger.backlog(NOON) == Backlog(0, None, 0, 0, 0)
    await scene.edition(*(factories.paper() for _ in range(3)))
    assert await ledger.backlog(NOON - timedelta(seconds=1)) == Backlog(0, None, 0, 0, 0)
    assert await ledger.backlog(NOON) == Backlog(4, NOON, 0, 0, 0)
    for slot in range(4):
        await posts.claim(f"{THURSDAY}/{slot}", attempts=0, now=NOON, until=LATER)
    await posts.sent(f"{THURSDAY}/0", attempts=1, message=MessageRef("terminal", "papers", "17"))
    await posts.lost(f"{THURSDAY}/1", attempts=1, error="history cannot be read")
    await posts.failed(f"{THURSDAY}/2", attempts=1, error="gone", retry_at=None)
    assert await ledger.backlog(LATER) == Backlog(1, NOON, 1, 1, 0)


async def test_what_is_halted_is_not_due(scene: Scene) -> None:
    await scene.edition(factories.paper())
    await scene.tx.interruptions.halt((await scene.subscription()).id, Halt(NOON, "not in the channel"))
    assert await scene.tx.ledger.backlog(NOON) == Backlog(0, None, 0, 0, 1)
    await scene.tx.teams.unsubscribe(scene.channel.id, at=NOON)
    assert (await scene.tx.ledger.backlog(NOON)).halted == 0


async def test_the_categories_of_the_last_collection_are_told(scene: Scene) -> None:
    assert await scene.tx.collections.asked_last() == []
    for categories in (("cs.AI", "cs.CL"), ("cs.LG", "cs.CL")):
        answers = tuple(CategoryAnswer(category, Answer.FAILED) for category in categories)
        await scene.tx.collections.record(CollectionRun(NOON, NOON, answers))
    assert await scene.tx.collections.asked_last() == ["cs.CL", "cs.LG"]


async def test_what_all_teams_spent_is_added_up_from_a_day_on(scene: Scene) -> None:
    other, _ = await scene.tx.teams.identify(factories.sender(workspace="firm"))
    use = Use(scene.team_id, scene.ada.id, date(2026, 1, 2), "m", Purpose.SUMMARY, 10, 2, 400)
    for one in (use, replace(use, team_id=other.team_id, member_id=None), replace(use, day=date(2025, 12, 31))):
        await scene.tx.spending.record(one)
    assert await scene.tx.spending.total(since=date(2026, 1, 1)) == 800
    assert await scene.tx.spending.total(since=date(2026, 1, 3)) == 0
