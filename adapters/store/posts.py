"""The ledger of posts. Every step is one UPDATE that holds its own condition."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Update,
    and_,
    bindparam,
    case,
    exists,
    func,
    null,
    or_,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.store.columns import Utc
from adapters.store.sharing import workspaces_of
from adapters.store.statements import in_lots
from adapters.store.tables import channels, editions, picks, posts, subscriptions
from bot.editions import MessageRef, Post, PostState
from bot.papers import ArxivId
from bot.teams import EditionKind

_OPEN = (PostState.PLANNED, PostState.SENDING)


class SqlPosts:
    """Satisfies `bot.ports.Posts`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def due(self, now: datetime, *, channel_id: int | None = None) -> list[Post]:
        return await self._found(_DUE if channel_id is None else _DUE_IN, now, channel_id)

    async def channels_due(self, now: datetime) -> list[int]:
        return list(await self._connection.scalars(_CHANNELS_DUE, {"now": now}))

    async def in_flight(self, now: datetime, *, channel_id: int | None = None) -> list[Post]:
        return await self._found(_IN_FLIGHT if channel_id is None else _IN_FLIGHT_IN, now, channel_id)

    async def claim(self, key: str, *, attempts: int, now: datetime, until: datetime) -> Post | None:
        given = {"its": key, "tried": attempts, "now": now, "until": until}
        row = (await self._connection.execute(_CLAIM, given)).one_or_none()
        return post_of(row) if row else None

    async def drop(self, key: str, *, attempts: int, now: datetime, error: str) -> None:
        given = {"its": key, "tried": attempts, "now": now, "why": error}
        await self._connection.execute(_DROP, given)

    async def renew(self, key: str, *, attempts: int, now: datetime, until: datetime) -> bool:
        given = {"its": key, "held": attempts, "now": now, "until": until}
        return await self._connection.scalar(_RENEW, given) is not None

    async def sent(self, key: str, *, attempts: int, message: MessageRef, as_of: datetime | None = None) -> bool:
        given = {"its": key, "held": attempts, "on": message.platform, "in": message.channel, "as_of": as_of}
        return await self._connection.scalar(_SENT, {**given, "at": message.message}) is not None

    async def failed(self, key: str, *, attempts: int, error: str, retry_at: datetime | None) -> bool:
        state = PostState.PLANNED if retry_at else PostState.DEAD
        failed = {"state": state, "lease_until": None, "retry_at": retry_at, "last_error": error}
        return await self._by_holder(key, attempts, failed)

    async def refused(self, key: str, *, attempts: int, error: str) -> bool:
        # Its number is free again: who had it is done.
        anew = {"state": PostState.PLANNED, "attempts": attempts - 1, "lease_until": None, "retry_at": None}
        return await self._by_holder(key, attempts, {**anew, "last_error": error})

    async def lost(self, key: str, *, attempts: int, error: str) -> bool:
        lost = {"state": PostState.UNKNOWN, "lease_until": None, "last_error": error}
        return await self._by_holder(key, attempts, lost)

    async def of(self, edition_id: int) -> list[Post]:
        found = await self._connection.execute(
            select(posts).where(posts.c.edition_id == edition_id).order_by(posts.c.slot)
        )
        return [post_of(row) for row in found]

    async def by_message(self, message: MessageRef) -> Post | None:
        found = await self._connection.execute(
            select(posts).where(
                posts.c.platform == message.platform,
                posts.c.message_channel == message.channel,
                posts.c.message == message.message,
            )
        )
        row = found.one_or_none()
        return post_of(row) if row else None

    async def of_paper(self, team_id: int, paper_id: ArxivId) -> list[Post]:
        sent = (
            select(posts)
            .where(_is_about([paper_id]), _is_in(team_id), posts.c.state == PostState.SENT)
            .order_by(posts.c.planned_at.desc(), posts.c.edition_id.desc(), posts.c.slot)
        )
        return [post_of(row) for row in await self._connection.execute(sent)]

    async def sent_since(self, platform: str, moment: datetime) -> list[Post]:
        # Only what was sent has a platform.
        its = and_(posts.c.platform == platform, posts.c.planned_at >= moment)
        found = await self._connection.execute(
            select(posts).where(its).order_by(posts.c.channel_id, posts.c.edition_id, posts.c.slot)
        )
        return [post_of(row) for row in found]

    async def outdate(self, team_id: int, papers: Sequence[ArxivId], *, at: datetime) -> None:
        await self._outdate(papers, _is_in(team_id), at)

    async def outdate_everywhere(self, papers: Sequence[ArxivId], *, at: datetime) -> None:
        """As `outdate`, in the channels of all teams."""
        await self._outdate(papers, true(), at)

    async def _outdate(self, papers: Sequence[ArxivId], there: ColumnElement[bool], at: datetime) -> None:
        for lot in in_lots(papers):
            shown = and_(_is_about(lot), there, posts.c.state != PostState.DEAD)
            # Locked until the end: who sends one of them meanwhile shows what changed, or leaves the mark. What refers
            # to a post need not wait.
            its = select(posts.c.key, posts.c.outdated_at).where(shown).order_by(posts.c.key)
            marked = (await self._connection.execute(its.with_for_update(key_share=True))).all()
            if marked:
                mark = update(posts).where(posts.c.key == bindparam("marked")).values(outdated_at=bindparam("moment"))
                await self._connection.execute(
                    mark, [{"marked": row.key, "moment": _after(row.outdated_at, at)} for row in marked]
                )

    async def outdated(self, platforms: Iterable[str], *, limit: int) -> list[Post]:
        turn = func.row_number().over(partition_by=posts.c.channel_id, order_by=posts.c.outdated_at)
        # Only what was sent has a platform. Asking for the state too, SQLite would read every post there is.
        there = and_(posts.c.outdated_at.is_not(None), posts.c.platform.in_(list(platforms)))
        waiting = select(posts, turn.label("turn")).where(there).subquery()
        order = waiting.c.turn, waiting.c.outdated_at, waiting.c.key
        found = await self._connection.execute(select(waiting).order_by(*order).limit(limit))
        return [post_of(row) for row in found]

    async def put_back(self, key: str, *, at: datetime) -> None:
        await self._connection.execute(_unshown(key, at).values(outdated_at=at))

    async def refreshed(self, key: str, *, as_of: datetime) -> None:
        await self._connection.execute(_unshown(key, as_of).values(outdated_at=None))

    async def _found(self, wanted: Select[*tuple[Any, ...]], now: datetime, channel_id: int | None) -> list[Post]:
        found = await self._connection.execute(wanted, {"now": now, "channel": channel_id})
        return [post_of(row) for row in found]

    async def _by_holder(self, key: str, attempts: int, values: Mapping[str, Any]) -> bool:
        """Writes `values` if attempt number `attempts` holds the post, and says whether it does."""
        written = _OF_HOLDER.values(**values).returning(posts.c.key)
        return await self._connection.scalar(written, {"its": key, "held": attempts}) is not None


def _is_about(papers: Sequence[ArxivId]) -> ColumnElement[bool]:
    """Whether a post is about one of these papers."""
    daily = and_(editions.c.id == picks.c.edition_id, editions.c.kind == EditionKind.DAILY)
    slots = select(picks.c.edition_id, picks.c.number).join(editions, daily).where(picks.c.paper_id.in_(papers))
    return tuple_(posts.c.edition_id, posts.c.slot).in_(slots)


def _is_in(team_id: int) -> ColumnElement[bool]:
    """Whether a post is in a channel of the team."""
    return posts.c.channel_id.in_(select(channels.c.id).where(channels.c.team_id.in_(workspaces_of(team_id))))


def _unshown(key: str, moment: datetime) -> Update:
    """Writes to a post whose last change was at `moment` or earlier, and is not shown."""
    return update(posts).where(posts.c.key == key, posts.c.outdated_at <= moment)


def _after(last: datetime | None, at: datetime) -> datetime:
    """The moment of a change, after that of the `last` one, whichever clocks told them."""
    return at if last is None else max(at, last + timedelta(microseconds=1))


def row_of(post: Post) -> dict[str, Any]:
    """The values of a post's columns."""
    message = post.message
    return {
        "key": post.key,
        "edition_id": post.edition_id,
        "channel_id": post.channel_id,
        "slot": post.slot,
        "state": post.state,
        "planned_at": post.planned_at,
        "attempts": post.attempts,
        "lease_until": post.lease_until,
        "retry_at": post.retry_at,
        "platform": message.platform if message else None,
        "message_channel": message.channel if message else None,
        "message": message.message if message else None,
        "last_error": post.last_error,
        "outdated_at": post.outdated_at,
    }


def post_of(row: Row[*tuple[Any, ...]]) -> Post:
    """The post that a row with the columns of `posts` is."""
    message = MessageRef(row.platform, row.message_channel, row.message) if row.message is not None else None
    return Post(
        key=row.key,
        edition_id=row.edition_id,
        channel_id=row.channel_id,
        slot=row.slot,
        state=PostState(row.state),
        planned_at=row.planned_at,
        attempts=row.attempts,
        lease_until=row.lease_until,
        retry_at=row.retry_at,
        message=message,
        last_error=row.last_error,
        outdated_at=row.outdated_at,
    )


# What every post takes is put together once: that costs as much as carrying it out.
_NOW = bindparam("now", type_=Utc)
_IS_DUE = or_(
    and_(posts.c.state == PostState.PLANNED, or_(posts.c.retry_at.is_(None), posts.c.retry_at <= _NOW)),
    and_(posts.c.state == PostState.SENDING, posts.c.lease_until <= _NOW),
)
_EARLIER = posts.alias()
_HELD_UP = exists().where(
    _EARLIER.c.edition_id == posts.c.edition_id,
    _EARLIER.c.slot < posts.c.slot,
    _EARLIER.c.state.in_(_OPEN),
    or_(_EARLIER.c.lease_until > _NOW, _EARLIER.c.retry_at > _NOW),
)
_HALTED = exists().where(subscriptions.c.channel_id == posts.c.channel_id, subscriptions.c.halted_at.is_not(None))
_ITS_TURN = and_(_IS_DUE, ~_HELD_UP, ~_HALTED)
_IN_CHANNEL = posts.c.channel_id == bindparam("channel")
_DUE = select(posts).where(_ITS_TURN).order_by(posts.c.edition_id, posts.c.slot)
_DUE_IN = _DUE.where(_IN_CHANNEL)
_CHANNELS_DUE = select(posts.c.channel_id).where(_ITS_TURN).distinct().order_by(posts.c.channel_id)
_IN_FLIGHT = select(posts).where(posts.c.state == PostState.SENDING, posts.c.lease_until > _NOW)
_IN_FLIGHT_IN = _IN_FLIGHT.where(_IN_CHANNEL)
_ITS = posts.c.key == bindparam("its")
_IS_SUBSCRIBED = exists().where(subscriptions.c.channel_id == posts.c.channel_id, subscriptions.c.ended_at.is_(None))
_OF_HOLDER = update(posts).where(_ITS, posts.c.attempts == bindparam("held"), posts.c.state == PostState.SENDING)
_TRIED = posts.c.attempts == bindparam("tried")
_CLAIM = (
    update(posts)
    .where(_ITS, _TRIED, _IS_DUE, _IS_SUBSCRIBED)
    .values(state=PostState.SENDING, attempts=posts.c.attempts + 1, lease_until=bindparam("until", type_=Utc))
    .returning(*posts.c)
)
_DROP = (
    update(posts)
    .where(_ITS, _TRIED, _IS_DUE)
    .values(state=PostState.DEAD, lease_until=None, retry_at=None, last_error=bindparam("why"))
)
_RENEW = (
    _OF_HOLDER.where(posts.c.lease_until > _NOW)
    .values(lease_until=bindparam("until", type_=Utc))
    .returning(posts.c.key)
)
_SENT = _OF_HOLDER.values(
    state=PostState.SENT,
    lease_until=None,
    platform=bindparam("on"),
    message_channel=bindparam("in"),
    message=bindparam("at"),
    last_error="",
    outdated_at=case((posts.c.outdated_at <= bindparam("as_of", type_=Utc), null()), else_=posts.c.outdated_at),
).returning(posts.c.key)
