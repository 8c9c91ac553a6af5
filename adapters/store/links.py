"""Workspaces that share a list: how two lists become one, and one two."""

from datetime import datetime

from sqlalchemy import ScalarSelect, and_, case, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.store.copying import clear_list, copy_list, repost_summaries
from adapters.store.posts import SqlPosts
from adapters.store.sharing import LIST, workspaces_of
from adapters.store.statements import one_at_a_time
from adapters.store.summary_tables import model_usage, summary_posts
from adapters.store.tables import changes, channels, members, posts, signals, teams, workspaces
from bot.papers import ArxivId
from bot.reading_list import Field


class SqlLinks:
    """Satisfies `bot.ports.Links`. A workspace is a row of `teams`: see `sharing`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def partners(self, workspace_id: int) -> list[tuple[int, str]]:
        shared = select(LIST).where(teams.c.id == workspace_id).scalar_subquery()
        found = await self._connection.execute(
            select(teams.c.id, workspaces.c.platform)
            .join(workspaces, workspaces.c.team_id == teams.c.id)
            .where(shared == LIST, teams.c.id != workspace_id)
            .order_by(teams.c.id)
        )
        return [(partner_id, platform) for partner_id, platform in found]

    async def join(self, workspace_id: int, other_id: int, *, at: datetime) -> bool:
        kept, joined = await self._hold(workspace_id, other_id)
        if kept == joined:
            return False
        for of, by in ((kept, joined), (joined, kept)):
            await SqlPosts(self._connection).outdate(of, await self._saved(by), at=at)
        await copy_list(self._connection, joined, kept)
        await repost_summaries(self._connection, joined, kept, true())
        for table in (changes, model_usage):
            await self._connection.execute(update(table).where(table.c.team_id == joined).values(team_id=kept))
        await clear_list(self._connection, joined)
        spoken = and_(teams.c.id == kept, teams.c.language.is_(None))
        await self._connection.execute(update(teams).where(spoken).values(language=_language(joined)))
        their = teams.c.id.in_(list(await self._connection.scalars(workspaces_of(joined))))
        await self._connection.execute(update(teams).where(their).values(joined_to=kept))
        return True

    async def leave(self, workspace_id: int) -> bool:
        (shared,) = await self._hold(workspace_id)
        together = list(await self._connection.scalars(workspaces_of(shared).order_by(teams.c.id)))
        if together == [workspace_id]:
            return False
        # Where the one that goes is the one that the others have joined, it stays, and the others go together.
        going = [each for each in together if each != shared] if workspace_id == shared else [workspace_id]
        own = going[0]
        await copy_list(self._connection, shared, own)
        places = select(channels.c.id).where(channels.c.team_id.in_(going))
        theirs = select(posts.c.key).where(posts.c.channel_id.in_(places))
        await repost_summaries(self._connection, shared, own, summary_posts.c.post_key.in_(theirs))
        people = select(members.c.id).where(members.c.team_id.in_(going))
        for table in (changes, model_usage):
            by_them = and_(table.c.team_id == shared, table.c.member_id.in_(people))
            await self._connection.execute(update(table).where(by_them).values(team_id=own))
        joined_to = case((teams.c.id != own, own))
        spoken = {"language": _language(shared)}
        await self._connection.execute(update(teams).where(teams.c.id.in_(going)).values(joined_to=joined_to, **spoken))
        return True

    async def _hold(self, *workspace_ids: int) -> list[int]:
        """The teams that share the workspaces' lists. Until the end of the transaction they are who they are, and
        nobody writes for them: see `stay_in`."""
        await one_at_a_time(self._connection, "teams")
        found = [
            (await self._connection.execute(select(LIST).where(teams.c.id == each))).scalar_one()
            for each in workspace_ids
        ]
        all_of_them = select(teams.c.id).where(LIST.in_(found)).order_by(teams.c.id)
        await self._connection.execute(all_of_them.with_for_update(key_share=True))
        return found

    async def _saved(self, team_id: int) -> list[ArxivId]:
        saved = and_(signals.c.team_id == team_id, signals.c.field == Field.SAVED)
        return list(await self._connection.scalars(select(signals.c.paper_id).where(saved).distinct()))


def _language(team_id: int) -> ScalarSelect[str | None]:
    return select(teams.c.language).where(teams.c.id == team_id).scalar_subquery()
