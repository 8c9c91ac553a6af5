"""The books on what models cost a team: asked before a model is, written after it."""

from datetime import datetime

from bot.budget import Budget, Cap, Purpose, Use, month_of
from bot.ports import UnitOfWork
from bot.summaries.values import Usage


async def cap_reached(
    tx: UnitOfWork, budget: Budget, *, team_id: int, member_id: int | None = None, now: datetime
) -> Cap | None:
    """The cap that is used up, for the team and, where a member asks, for them."""
    today, month = now.date(), month_of(now)
    so_far = {
        Cap.TEAM_DAY: await tx.spending.spent(team_id, since=today),
        Cap.TEAM_MONTH: await tx.spending.spent(team_id, since=month),
    }
    if member_id is not None:
        so_far[Cap.PERSON_DAY] = await tx.spending.spent(team_id, since=today, member_id=member_id)
        so_far[Cap.PERSON_MONTH] = await tx.spending.spent(team_id, since=month, member_id=member_id)
    return budget.reached({cap: spent.micro_dollars for cap, spent in so_far.items()})


async def book(
    tx: UnitOfWork,
    budget: Budget,
    usage: Usage,
    *,
    model: str,
    purpose: Purpose,
    team_id: int,
    member_id: int | None = None,
    now: datetime,
) -> None:
    """Records what was used, if anything was."""
    if usage == Usage():
        return
    cost = budget.cost(model, usage.tokens_in, usage.tokens_out, usage.cached)
    await tx.spending.record(
        Use(team_id, member_id, now.date(), model, purpose, usage.tokens_in, usage.tokens_out, cost)
    )
