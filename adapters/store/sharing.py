"""Whose list a workspace reads. Each workspace has a row in `teams`; those that share a list are, together, the team of
the row that the others have joined."""

from sqlalchemy import Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.store.tables import members, teams
from bot.errors import TeamChanged

LIST = func.coalesce(teams.c.joined_to, teams.c.id)
"""The team that shares the list which a workspace, a row of `teams`, reads."""


def workspaces_of(team_id: int) -> Select[int]:
    """The ids of the workspaces that share the team's list."""
    return select(teams.c.id).where(or_(teams.c.id == team_id, teams.c.joined_to == team_id))


async def stay_in(connection: AsyncConnection, team_id: int, member_id: int) -> None:
    """Until the end of the transaction, the member's workspace is not linked to another, nor unlinked.

    To be called before anything is written for the team. Raises TeamChanged if it is the member's team no longer.
    """
    home = select(teams.c.id).join(members, members.c.team_id == teams.c.id)
    stays = home.where(members.c.id == member_id, LIST.in_([team_id])).with_for_update(read=True, of=teams)
    if await connection.scalar(stays) is None:
        raise TeamChanged("the member's workspace was linked or unlinked meanwhile")
