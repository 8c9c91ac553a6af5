"""Workspaces that can come to share one list."""

from dataclasses import dataclass
from datetime import timedelta

from adapters.store.unit_of_work import SqlUnitOfWork
from bot.papers import ArxivId
from bot.reading_list import PERSONAL, Entry, FactKey, Field, ListFilter, Signal
from bot.teams import Channel, Member
from tests import factories
from tests.factories import NOON

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Side:
    """A workspace in which one person speaks."""

    tx: SqlUnitOfWork
    name: str
    platform: str

    async def who(self) -> tuple[Member, Channel]:
        return await self.tx.teams.identify(factories.sender(self.name, workspace=self.name, platform=self.platform))

    async def team_id(self) -> int:
        return (await self.who())[0].team_id

    async def workspace_id(self) -> int:
        return (await self.who())[1].workspace_id

    async def set(
        self, paper_id: ArxivId, field: Field, value: str | None = "yes", name: str = "", hour: int = 0
    ) -> None:
        member, _ = await self.who()
        key = FactKey(paper_id, field, name, member.id if field in PERSONAL else None)
        await self.tx.lists.set(member.team_id, key, value, by=member.id, at=NOON + hour * HOUR)

    async def papers(self) -> list[Entry]:
        return await self.tx.lists.page(await self.team_id(), ListFilter(), limit=99)

    async def signals(self) -> list[Signal]:
        return await self.tx.lists.signals(await self.team_id())

    async def join(self, other: "Side") -> bool:
        return await self.tx.links.join(await self.workspace_id(), await other.workspace_id(), at=NOON)

    async def leave(self) -> bool:
        return await self.tx.links.leave(await self.workspace_id())

    async def partners(self) -> list[str]:
        return [platform for _, platform in await self.tx.links.partners(await self.workspace_id())]
