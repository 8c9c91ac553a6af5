"""What keeps a subscription's editions from coming: pauses and halts."""

from sqlalchemy import and_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.store.tables import subscriptions
from bot.teams import Halt, Pause


class SqlInterruptions:
    """Satisfies `bot.ports.Interruptions`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def pause(self, subscription_id: int, pause: Pause | None) -> None:
        dates = {"paused_from": pause.first if pause else None, "paused_until": pause.last if pause else None}
        paused = update(subscriptions).where(subscriptions.c.id == subscription_id).values(**dates)
        await self._connection.execute(paused)

    async def halt(self, subscription_id: int, halt: Halt) -> bool:
        going = and_(subscriptions.c.id == subscription_id, subscriptions.c.halted_at.is_(None))
        halted = update(subscriptions).where(going).values(halted_at=halt.at, halted_why=halt.why)
        return await self._connection.scalar(halted.returning(subscriptions.c.id)) is not None

    async def resume(self, subscription_id: int) -> bool:
        halted = and_(subscriptions.c.id == subscription_id, subscriptions.c.halted_at.is_not(None))
        resumed = update(subscriptions).where(halted).values(halted_at=None, halted_why=None)
        return await self._connection.scalar(resumed.returning(subscriptions.c.id)) is not None
