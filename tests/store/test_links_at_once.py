"""What goes on while workspaces are linked and unlinked is neither lost nor done for the wrong team."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.store import SqlStore, open_store
from adapters.store.unit_of_work import SqlUnitOfWork
from bot.editions import MessageRef
from bot.errors import TeamChanged
from bot.papers import ArxivId
from bot.reading_list import Change, FactKey, Field
from bot.summaries.kept import SummaryKey
from bot.teams import Member
from tests import factories
from tests.factories import NOON
from tests.store.scene import THURSDAY, Scene
from tests.store.sides import Side
from tests.store.test_summaries import SUMMARY

PAPERS = [factories.paper(number) for number in range(41001, 41025)]


@pytest.fixture
async def other(store: SqlStore, database_url: str) -> AsyncIterator[SqlStore]:
    """The database as a second process has it open; it holds PAPERS and two workspaces."""
    async with store() as tx:
        await tx.papers.add(PAPERS, seen_at=NOON)
        for name in ("slack", "discord"):
            await _side(tx, name).who()
        await tx.commit()
    async with open_store(database_url) as opened:
        yield opened


def _side(tx: SqlUnitOfWork, name: str) -> Side:
    return Side(tx, name, name)


async def _linked(store: SqlStore, *, so: bool) -> None:
    async with store() as tx:
        slack, discord = _side(tx, "slack"), _side(tx, "discord")
        assert await (slack.join(discord) if so else discord.leave())
        await tx.commit()


async def _save(store: SqlStore, name: str, paper_id: ArxivId) -> None:
    """As a command does: who speaks is found out in one transaction, and what they say is done in another."""
    while True:
        async with store() as tx:
            member, _ = await _side(tx, name).who()
        try:
            async with store() as tx:
                await _record(tx, member, paper_id)
                await tx.commit()
                return
        except TeamChanged:
            continue


async def _record(tx: SqlUnitOfWork, member: Member, paper_id: ArxivId) -> None:
    saved = FactKey(paper_id, Field.SAVED, member_id=member.id)
    await tx.lists.set(member.team_id, saved, "yes", by=member.id, at=NOON)
    await tx.changes.record(Change(0, member.team_id, member.id, "save", "command", (paper_id,), (), NOON))
    await tx.posts.outdate(member.team_id, [paper_id], at=NOON)


async def test_what_is_saved_while_workspaces_are_linked_and_unlinked_is_on_the_list(
    store: SqlStore, other: SqlStore
) -> None:
    async def on_and_off() -> None:
        for so in (True, False, True, False, True):
            await _linked(store, so=so)
            await asyncio.sleep(0)

    saving = [
        _save(each, name, paper.id)
        for number, paper in enumerate(PAPERS)
        for each, name in (((store, "slack"), (other, "discord"))[number % 2],)
    ]
    await asyncio.gather(on_and_off(), *saving)

    async with store() as tx:
        for name in ("slack", "discord"):
            assert {entry.paper.id for entry in await _side(tx, name).papers()} == {paper.id for paper in PAPERS}


@pytest.mark.parametrize("leaving", [False, True])
async def test_what_was_begun_for_a_team_that_is_another_by_now_is_refused(
    store: SqlStore, other: SqlStore, leaving: bool
) -> None:
    if leaving:
        await _linked(store, so=True)
    async with other() as tx:
        member, _ = await _side(tx, "discord").who()
    await _linked(store, so=not leaving)

    key = FactKey(PAPERS[0].id, Field.TAG, "late")
    change = Change(0, member.team_id, member.id, "tag", "command", (PAPERS[0].id,), (), NOON)
    summary = SummaryKey(member.team_id, PAPERS[0].id, 1, SUMMARY.kind, "m", "1", "en")
    async with other() as tx:
        with pytest.raises(TeamChanged):
            await tx.lists.set(member.team_id, key, "yes", by=member.id, at=NOON)
        with pytest.raises(TeamChanged):
            await tx.changes.record(change)
        with pytest.raises(TeamChanged):
            await tx.summaries.claim(summary, by=member.id, now=NOON, until=NOON)


async def test_linking_waits_for_what_was_begun_before(store: SqlStore, other: SqlStore) -> None:
    async with other() as tx:
        member, _ = await _side(tx, "discord").who()
        await _record(tx, member, PAPERS[0].id)
        linking = asyncio.create_task(_linked(store, so=True))
        await asyncio.wait({linking}, timeout=0.2)
        assert not linking.done()
        await tx.commit()
    await linking

    async with store() as tx:
        assert [entry.paper.id for entry in await _side(tx, "slack").papers()] == [PAPERS[0].id]


async def test_posts_of_one_side_about_papers_that_the_other_saved_show_no_longer_how_things_stand(
    scene: Scene, sides: tuple[Side, Side, Side]
) -> None:
    await scene.edition(factories.paper(42001), factories.paper(42002))
    first, second = f"{THURSDAY}/1", f"{THURSDAY}/2"
    for key in (first, second):
        await scene.tx.posts.claim(key, attempts=0, now=NOON, until=NOON)
        await scene.tx.posts.sent(key, attempts=1, message=MessageRef("terminal", "papers", key))
    await sides[0].set(factories.arxiv_id(42002), Field.SAVED)

    await scene.tx.links.join(await sides[0].workspace_id(), scene.channel.workspace_id, at=NOON)

    assert [post.key for post in await scene.tx.posts.outdated(["terminal"], limit=9)] == [second]


async def test_a_summary_that_both_had_is_kept_once_and_is_known_to_be_where_it_was_posted(
    scene: Scene, sides: tuple[Side, Side, Side]
) -> None:
    edition, links = await scene.edition(factories.paper(SUMMARY.paper_id)), scene.tx.links
    post, workspace = (await scene.tx.posts.of(edition.id))[1].key, scene.channel.workspace_id
    discord = sides[1]
    kept = [await _summarised(scene.tx, member) for member in (scene.ada, (await discord.who())[0])]
    assert await scene.tx.summaries.claim_post(kept[0], post, key="k", now=NOON, until=NOON)

    async def posted(team_id: int) -> bool:
        (one,) = await scene.tx.summaries.of_papers(team_id, [SUMMARY.paper_id])
        return await scene.tx.summaries.post_of(one.id, post) is not None

    await links.join(await discord.workspace_id(), workspace, at=NOON)
    assert await posted(await discord.team_id())

    await links.leave(workspace)
    assert (await posted((await scene.member("ada")).team_id), await posted(await discord.team_id())) == (True, False)


async def test_a_summary_that_is_being_made_on_one_side_is_there_if_the_other_had_it(
    scene: Scene, sides: tuple[Side, Side, Side]
) -> None:
    await scene.stored(factories.paper(SUMMARY.paper_id))
    key = SummaryKey(scene.team_id, SUMMARY.paper_id, 1, SUMMARY.kind, "m", "1", "en")
    assert await scene.tx.summaries.claim(key, by=scene.ada.id, now=NOON, until=NOON)
    lin = (await sides[1].who())[0]
    await _summarised(scene.tx, lin)

    await scene.tx.links.join(scene.channel.workspace_id, await sides[1].workspace_id(), at=NOON)

    await scene.tx.summaries.release(key)
    assert (await scene.tx.summaries.keep(key, SUMMARY, at=NOON)).asked_by == lin.id


async def _summarised(tx: SqlUnitOfWork, member: Member) -> int:
    """The id of the member's team's own SUMMARY."""
    key = SummaryKey(member.team_id, SUMMARY.paper_id, 1, SUMMARY.kind, "m", "1", "en")
    assert await tx.summaries.claim(key, by=member.id, now=NOON, until=NOON)
    return (await tx.summaries.keep(key, SUMMARY, at=NOON)).id
