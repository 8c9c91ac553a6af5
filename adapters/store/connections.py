"""Events of platforms, installations, codes, and papers that people's messages name."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.store.connection_tables import inbox, installations, mentions, reactions, tickets
from adapters.store.statements import insert_into
from bot.editions import MessageRef
from bot.papers import ArxivId


class SqlInbox:
    """Satisfies `bot.ports.Inbox`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def begin(self, platform: str, event: str, *, now: datetime, until: datetime) -> bool:
        new = insert_into(self._connection, inbox).values(
            platform=platform, event=event, begun_at=now, held_until=until, finished=False
        )
        dropped = and_(inbox.c.finished.is_(False), inbox.c.held_until <= now)
        taken = await self._connection.scalar(
            new.on_conflict_do_update(
                index_elements=["platform", "event"], set_={"held_until": until}, where=dropped
            ).returning(inbox.c.event)
        )
        return taken is not None

    async def finish(self, platform: str, event: str) -> None:
        mine = and_(inbox.c.platform == platform, inbox.c.event == event)
        await self._connection.execute(update(inbox).where(mine).values(finished=True))

    async def forget(self, *, before: datetime) -> None:
        await self._connection.execute(delete(inbox).where(inbox.c.begun_at < before))


class SqlInstallations:
    """Satisfies `bot.ports.Installations`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, platform: str, workspace: str, sealed: bytes, *, at: datetime) -> None:
        held = {"sealed": sealed, "installed_at": at}
        new = insert_into(self._connection, installations).values(platform=platform, workspace=workspace, **held)
        await self._connection.execute(new.on_conflict_do_update(index_elements=["platform", "workspace"], set_=held))

    async def get(self, platform: str, workspace: str) -> bytes | None:
        at = installations.c
        one = select(at.sealed).where(at.platform == platform, at.workspace == workspace)
        sealed: bytes | None = await self._connection.scalar(one)
        return sealed

    async def all(self, platform: str) -> dict[str, bytes]:
        at = installations.c
        held = select(at.workspace, at.sealed).where(at.platform == platform).order_by(at.workspace)
        return {row.workspace: row.sealed for row in await self._connection.execute(held)}

    async def remove(self, platform: str, workspace: str) -> bool:
        at = installations.c
        gone = delete(installations).where(at.platform == platform, at.workspace == workspace).returning(at.workspace)
        return await self._connection.scalar(gone) is not None


class SqlTickets:
    """Satisfies `bot.ports.Tickets`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def issue(self, purpose: str, code: str, payload: str, *, until: datetime) -> None:
        held = {"payload": payload, "good_until": until}
        new = insert_into(self._connection, tickets).values(purpose=purpose, sha256=_hashed(code), **held)
        await self._connection.execute(new.on_conflict_do_update(index_elements=["purpose", "sha256"], set_=held))

    async def redeem(self, purpose: str, code: str, *, now: datetime) -> str | None:
        at = tickets.c
        used = await self._connection.execute(
            delete(tickets)
            .where(at.purpose == purpose, at.sha256 == _hashed(code))
            .returning(at.payload, at.good_until)
        )
        row = used.one_or_none()
        return row.payload if row and row.good_until > now else None

    async def forget(self, *, now: datetime) -> None:
        await self._connection.execute(delete(tickets).where(tickets.c.good_until <= now))


class SqlMentions:
    """Satisfies `bot.ports.Mentions`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def note(self, team_id: int, message: MessageRef, papers: Sequence[ArxivId], *, at: datetime) -> None:
        held = {"team_id": team_id, "papers": [paper.value for paper in papers], "noted_at": at}
        new = insert_into(self._connection, mentions).values(
            platform=message.platform, message_channel=message.channel, message=message.message, **held
        )
        key = ["platform", "message_channel", "message"]
        await self._connection.execute(new.on_conflict_do_update(index_elements=key, set_=held))

    async def of(self, message: MessageRef) -> tuple[ArxivId, ...]:
        named = select(mentions.c.papers).where(
            mentions.c.platform == message.platform,
            mentions.c.message_channel == message.channel,
            mentions.c.message == message.message,
        )
        return tuple(map(ArxivId, await self._connection.scalar(named) or ()))

    async def forget(self, *, before: datetime) -> None:
        await self._connection.execute(delete(mentions).where(mentions.c.noted_at < before))


class SqlReactions:
    """Satisfies `bot.ports.Reactions`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, message: MessageRef, user: str, emoji: str) -> bool:
        new = insert_into(self._connection, reactions).values(
            platform=message.platform, message_channel=message.channel, message=message.message, user=user, emoji=emoji
        )
        return await self._connection.scalar(new.on_conflict_do_nothing().returning(reactions.c.emoji)) is not None

    async def take(self, message: MessageRef, user: str, emoji: str) -> bool:
        its = and_(_is_on(message), reactions.c.user == user, reactions.c.emoji == emoji)
        return await self._connection.scalar(delete(reactions).where(its).returning(reactions.c.emoji)) is not None

    async def on(self, message: MessageRef) -> set[tuple[str, str]]:
        there = await self._connection.execute(select(reactions.c.user, reactions.c.emoji).where(_is_on(message)))
        return {(user, emoji) for user, emoji in there}


def _is_on(message: MessageRef) -> ColumnElement[bool]:
    at = reactions.c
    return and_(
        at.platform == message.platform, at.message_channel == message.channel, at.message == message.message
    )  # fmt: skip


def _hashed(code: str) -> str:
    return sha256(code.encode()).hexdigest()
