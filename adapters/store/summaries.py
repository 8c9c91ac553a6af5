"""Summaries and where they were posted. Every claim is one statement that holds its own condition."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Row, and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.store.sharing import stay_in
from adapters.store.statements import in_lots, insert_into
from adapters.store.summary_tables import summaries, summary_posts
from adapters.store.tables import papers
from bot.editions import MessageRef
from bot.papers import ArxivId
from bot.summaries.kept import KeptSummary, SummaryKey, SummaryPost
from bot.summaries.values import Summary

_SUMMARY = TypeAdapter(Summary)
_KEY = ["team_id", "paper_id", "paper_version", "kind", "model", "prompt_version", "language"]


class SqlSummaries:
    """Satisfies `bot.ports.Summaries`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, key: SummaryKey) -> KeptSummary | None:
        found = await self._connection.execute(
            select(summaries).where(_is(key), summaries.c.content.is_not(None))
        )  # fmt: skip
        row = found.one_or_none()
        return _kept(row) if row else None

    async def of_papers(self, team_id: int, ids: Sequence[ArxivId]) -> list[KeptSummary]:
        made = summaries.c.content.is_not(None)
        kept = []
        for lot in in_lots(ids):
            of_them = and_(summaries.c.team_id == team_id, summaries.c.paper_id.in_(lot), made)
            kept += [_kept(row) for row in await self._connection.execute(select(summaries).where(of_them))]
        return sorted(kept, key=lambda one: (one.made_at, one.id), reverse=True)

    async def claim(self, key: SummaryKey, *, by: int, now: datetime, until: datetime) -> bool:
        await stay_in(self._connection, key.team_id, by)
        held = {"asked_by": by, "lease_until": until}
        claim = insert_into(self._connection, summaries).values(**_values(key), **held)
        free = and_(summaries.c.content.is_(None), summaries.c.lease_until <= now)
        taken = await self._connection.scalar(
            claim.on_conflict_do_update(index_elements=_KEY, set_=held, where=free).returning(summaries.c.id)
        )
        return taken is not None

    async def keep(self, key: SummaryKey, summary: Summary, *, at: datetime) -> KeptSummary:
        await self._connection.execute(
            update(summaries)
            .where(_is(key), summaries.c.content.is_(None))
            .values(content=_SUMMARY.dump_python(summary, mode="json"), made_at=at)
        )
        return _kept((await self._connection.execute(select(summaries).where(_is(key)))).one())

    async def release(self, key: SummaryKey) -> None:
        await self._connection.execute(
            delete(summaries).where(_is(key), summaries.c.content.is_(None))
        )  # fmt: skip

    async def claim_post(self, summary_id: int, post_key: str, *, key: str, now: datetime, until: datetime) -> bool:
        first = insert_into(self._connection, summary_posts).values(
            key=key, summary_id=summary_id, post_key=post_key,
            planned_at=now, attempts=1, lease_until=until, outdated=False,
        )  # fmt: skip
        at = summary_posts.c
        taken = await self._connection.scalar(
            first.on_conflict_do_update(
                index_elements=["summary_id", "post_key"],
                set_={"attempts": at.attempts + 1, "lease_until": until},
                where=and_(at.message.is_(None), at.lease_until <= now),
            ).returning(at.key)
        )
        return taken is not None

    async def post_of(self, summary_id: int, post_key: str) -> SummaryPost | None:
        at = summary_posts.c
        found = await self._connection.execute(
            select(summary_posts).where(at.summary_id == summary_id, at.post_key == post_key)
        )
        row = found.one_or_none()
        return _post(row) if row else None

    async def posted(self, key: str, message: MessageRef) -> None:
        await self._connection.execute(
            update(summary_posts)
            .where(summary_posts.c.key == key)
            .values(platform=message.platform, message_channel=message.channel, message=message.message)
        )

    async def outdated(self) -> list[tuple[SummaryPost, KeptSummary]]:
        newer = and_(papers.c.arxiv_id == summaries.c.paper_id, papers.c.version > summaries.c.paper_version)
        at = summary_posts.c
        found = await self._connection.execute(
            select(summary_posts, summaries)
            .join(summaries, summaries.c.id == at.summary_id)
            .join(papers, newer)
            .where(at.message.is_not(None), at.outdated.is_(False))
            .order_by(summaries.c.id)
        )
        return [(_post(row), _kept(row)) for row in found]

    async def said_outdated(self, key: str) -> None:
        await self._connection.execute(
            update(summary_posts).where(summary_posts.c.key == key).values(outdated=True)
        )  # fmt: skip


def _values(key: SummaryKey) -> dict[str, Any]:
    return {name: getattr(key, name) for name in _KEY}


def _is(key: SummaryKey) -> ColumnElement[bool]:
    return and_(*(summaries.c[name] == value for name, value in _values(key).items()))


def _kept(row: Row[*tuple[Any, ...]]) -> KeptSummary:
    return KeptSummary(row.id, _SUMMARY.validate_python(row.content), row.asked_by, row.made_at)


def _post(row: Row[*tuple[Any, ...]]) -> SummaryPost:
    message = MessageRef(row.platform, row.message_channel, row.message) if row.message is not None else None
    return SummaryPost(row.key, row.summary_id, row.post_key, row.planned_at, row.attempts, message)
