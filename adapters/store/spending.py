"""What models cost."""

from dataclasses import asdict
from datetime import date

from sqlalchemy import func, insert, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.store.summary_tables import model_usage
from adapters.store.tables import teams
from bot.budget import Spent, Use


class SqlSpending:
    """Satisfies `bot.ports.Spending`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def record(self, use: Use) -> None:
        await self._connection.execute(insert(model_usage).values(**asdict(use)))

    async def spent(self, team_id: int, *, since: date, member_id: int | None = None) -> Spent:
        at = model_usage.c
        sums = (func.sum(at.tokens_in), func.sum(at.tokens_out), func.sum(at.micro_dollars))
        found = await self._connection.execute(
            select(*sums).where(
                at.team_id == team_id, at.day >= since, true() if member_id is None else at.member_id == member_id
            )
        )
        return Spent(*(int(total or 0) for total in found.one()))

    async def total(self, *, since: date) -> int:
        # By way of the teams, since the index is on team and day.
        spent = await self._connection.scalar(
            select(func.sum(model_usage.c.micro_dollars))
            .select_from(teams.join(model_usage))
            .where(model_usage.c.day >= since)
        )
        return int(spent or 0)
