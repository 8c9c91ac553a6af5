"""What each collection saw."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, and_, case, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.store.tables import category_answers, collection_runs
from bot.announcements import Answer, CategoryAnswer, CategoryState, CollectionRun


class SqlCollections:
    """Satisfies `bot.ports.Collections`. A run's moment is its start: that is what its answers are answers to."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def record(self, run: CollectionRun) -> None:
        stored = await self._connection.execute(
            insert(collection_runs)
            .values(started_at=run.started_at, finished_at=run.finished_at, new=run.new)
            .returning(collection_runs.c.id)
        )
        run_id = stored.scalar_one()
        rows = [
            {
                "run_id": run_id,
                "category": answer.category,
                "answer": answer.answer,
                "batch": answer.batch,
                "announced": answer.announced,
                "found": answer.found,
                "new": answer.new,
                "problem": answer.problem,
            }
            for answer in run.answers
        ]
        if rows:
            await self._connection.execute(insert(category_answers), rows)

    async def asked_last(self) -> list[str]:
        last = select(func.max(collection_runs.c.id)).scalar_subquery()
        asked = select(category_answers.c.category).where(category_answers.c.run_id == last)
        return sorted(await self._connection.scalars(asked))

    async def states(self, categories: Sequence[str]) -> dict[str, CategoryState]:
        seen = category_answers.c
        answered = seen.answer != Answer.FAILED
        # Runs are numbered in the order in which they were recorded.
        history = (
            select(
                seen.category,
                func.max(seen.run_id).label("last"),
                func.max(case((answered, seen.run_id))).label("answered"),
                func.max(case((answered, seen.batch))).label("taken_in"),
            )
            .where(seen.category.in_(categories))
            .group_by(seen.category)
            .subquery()
        )
        last_run, answered_run = collection_runs.alias("last_run"), collection_runs.alias("answered_run")
        unanswered = category_answers.alias("unanswered")
        failing_since = (
            select(func.min(collection_runs.c.started_at))
            .join(unanswered, unanswered.c.run_id == collection_runs.c.id)
            .where(
                unanswered.c.category == history.c.category,
                unanswered.c.run_id > func.coalesce(history.c.answered, 0),
            )
            .scalar_subquery()
        )
        rows = await self._connection.execute(
            select(
                category_answers,
                last_run.c.started_at.label("last_run_at"),
                answered_run.c.started_at.label("last_answered_at"),
                history.c.taken_in,
                failing_since.label("failing_since"),
            )
            .join(history, and_(seen.category == history.c.category, seen.run_id == history.c.last))
            .join(last_run, last_run.c.id == history.c.last)
            .outerjoin(answered_run, answered_run.c.id == history.c.answered)
        )
        return {row.category: _state(row) for row in rows}


def _state(row: Row[*tuple[Any, ...]]) -> CategoryState:
    last = CategoryAnswer(
        category=row.category,
        answer=Answer(row.answer),
        batch=row.batch,
        announced=row.announced,
        found=row.found,
        new=row.new,
        problem=row.problem,
    )
    return CategoryState(
        category=row.category,
        last=last,
        last_run_at=row.last_run_at,
        last_answered_at=row.last_answered_at,
        last_fresh=row.taken_in,
        failing_since=row.failing_since,
    )
