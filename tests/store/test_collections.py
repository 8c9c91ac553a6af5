from datetime import date, timedelta

import pytest

from bot.announcements import Answer, CategoryAnswer, CategoryState, CollectionRun
from tests.factories import NOON
from tests.store.scene import THURSDAY, Scene

HOUR = timedelta(hours=1)


async def run(scene: Scene, hour: int, *answers: CategoryAnswer) -> None:
    start = NOON + hour * HOUR
    await scene.tx.collections.record(CollectionRun(start, start + HOUR / 2, answers, new=3))


async def state(scene: Scene, category: str = "cs.CL") -> CategoryState:
    return (await scene.tx.collections.states([category]))[category]


def fresh(batch: date = THURSDAY) -> CategoryAnswer:
    return CategoryAnswer("cs.CL", Answer.FRESH, batch, announced=312, found=300, new=290)


FAILED = CategoryAnswer("cs.CL", Answer.FAILED, problem="503 three times")


async def test_a_category_that_was_never_asked_for_has_no_state(scene: Scene) -> None:
    await run(scene, 0, fresh())

    assert await scene.tx.collections.states(["cs.LG"]) == {}
    assert set(await scene.tx.collections.states(["cs.LG", "cs.CL"])) == {"cs.CL"}


async def test_a_category_that_answers_is_not_failing(scene: Scene) -> None:
    await run(scene, 0, fresh())

    assert await state(scene) == CategoryState(
        category="cs.CL",
        last=fresh(),
        last_run_at=NOON,
        last_answered_at=NOON,
        last_fresh=THURSDAY,
        failing_since=None,
    )


async def test_a_category_fails_since_the_first_failure_after_its_last_answer(scene: Scene) -> None:
    for hour, answer in enumerate([FAILED, fresh(), FAILED, FAILED]):
        await run(scene, hour, answer)

    assert await state(scene) == CategoryState(
        category="cs.CL",
        last=FAILED,
        last_run_at=NOON + 3 * HOUR,
        last_answered_at=NOON + HOUR,
        last_fresh=THURSDAY,
        failing_since=NOON + 2 * HOUR,
    )


async def test_a_category_that_never_answered_fails_since_it_was_first_asked(scene: Scene) -> None:
    await run(scene, 0, FAILED)
    await run(scene, 1, FAILED)

    found = await state(scene)

    assert (found.last_answered_at, found.last_fresh, found.failing_since) == (None, None, NOON)


@pytest.mark.parametrize("answer", [Answer.STALE, Answer.NOTHING_DUE])
async def test_an_older_batch_does_not_hide_a_newer_one_that_was_taken_in(scene: Scene, answer: Answer) -> None:
    await run(scene, 0, fresh())
    await run(scene, 1, CategoryAnswer("cs.CL", answer, THURSDAY - timedelta(days=1)))
    await run(scene, 2, CategoryAnswer("cs.CL", answer))

    found = await state(scene)

    assert (found.last_fresh, found.last.answer, found.last.batch) == (THURSDAY, answer, None)


async def test_categories_are_told_apart(scene: Scene) -> None:
    other = CategoryAnswer("cs.LG", Answer.FAILED, problem="time-out")
    await run(scene, 0, fresh(), other)
    await run(scene, 1, fresh())

    states = await scene.tx.collections.states(["cs.CL", "cs.LG"])

    assert states["cs.CL"].last_run_at == NOON + HOUR
    assert (states["cs.LG"].last, states["cs.LG"].last_run_at) == (other, NOON)


async def test_a_run_that_asked_for_nothing_is_recorded(scene: Scene) -> None:
    await run(scene, 0)

    assert await scene.tx.collections.states(["cs.CL"]) == {}
