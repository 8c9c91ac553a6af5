"""Many people do something with one paper at once."""

import asyncio

from adapters.store import SqlStore, open_store
from bot.reading_list import FactKey, Field, ListFilter
from bot.teams import Member
from tests import factories
from tests.factories import NOON

PAPER = factories.paper()
TOGETHER = 12


async def people(store: SqlStore, *workspaces: str) -> list[Member]:
    """One for each of these, once the paper is known."""
    async with store() as tx:
        await tx.papers.add([PAPER], seen_at=NOON)
        named = enumerate(workspaces)
        senders = [factories.sender(f"user{number}", workspace=workspace) for number, workspace in named]
        members = [(await tx.teams.identify(sender))[0] for sender in senders]
        await tx.commit()
    return members


async def set_note(store: SqlStore, member: Member, name: str) -> None:
    async with store() as tx:
        note = FactKey(PAPER.id, Field.NOTE, name, None)
        await tx.lists.set(member.team_id, note, f"seen by {name}", by=member.id, at=NOON)
        await tx.commit()


async def test_notes_that_a_team_writes_on_one_paper_at_once_are_all_kept_and_found(store: SqlStore) -> None:
    members = await people(store, *["lab"] * TOGETHER)
    async with store() as tx:
        saved = FactKey(PAPER.id, Field.SAVED, member_id=members[0].id)
        await tx.lists.set(members[0].team_id, saved, "yes", by=members[0].id, at=NOON)
        await tx.commit()
    await asyncio.gather(*(set_note(store, one, f"n{number}") for number, one in enumerate(members)))
    async with store() as tx:
        entry = await tx.lists.entry(members[0].team_id, PAPER.id)
        found = await tx.lists.page(members[0].team_id, ListFilter(text=f"n{TOGETHER - 1}"), limit=9)
    assert entry
    assert len(entry.notes) == TOGETHER
    assert [each.paper.id for each in found] == [PAPER.id]


async def test_teams_that_take_up_one_paper_at_once_do_not_wait_for_one_another(postgresql_url: str) -> None:
    async with asyncio.timeout(10), open_store(postgresql_url) as store:
        ada, ben = await people(store, "lab", "firm")
        async with store() as one, store() as other:
            for tx, member in ((one, ada), (other, ben)):
                status = FactKey(PAPER.id, Field.STATUS, "", None)
                await tx.lists.set(member.team_id, status, "reading", by=member.id, at=NOON)
            await one.commit()
            await other.commit()
        async with store() as tx:
            assert await tx.lists.entry(ada.team_id, PAPER.id)
            assert await tx.lists.entry(ben.team_id, PAPER.id)
