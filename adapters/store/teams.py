"""Teams, members, channels and subscriptions."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.store.sharing import LIST, workspaces_of
from adapters.store.statements import insert_into, one_at_a_time
from adapters.store.tables import channels, members, profiles, subscriptions, teams, workspaces
from bot.search import terms
from bot.teams import (
    Adjustment,
    Channel,
    Halt,
    Interests,
    Layout,
    Member,
    Offers,
    OnNothing,
    Pause,
    Sender,
    Subscription,
    Team,
    Topic,
)

_MEMBER = [members.c.id, LIST, *(members.c[name] for name in ("platform", "external_id", "name"))]
_CHANNEL = [
    channels.c.id,
    LIST,
    *(channels.c[name] for name in ("platform", "external_id", "name", "team_id", "private", "forum")),
]
_SUBSCRIPTIONS = select(subscriptions, LIST.label("list_id")).join(teams, teams.c.id == subscriptions.c.team_id)
_STANDS = subscriptions.c.ended_at.is_(None)
_IS_SUBSCRIBED = select(exists().where(subscriptions.c.channel_id == bindparam("its"), _STANDS))


def name_terms(name: str) -> str:
    """A name as it is compared with what people type."""
    return " ".join(terms(name))


class SqlTeams:
    """Satisfies `bot.ports.Teams`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def identify(self, sender: Sender) -> tuple[Member, Channel]:
        known = (await self._connection.execute(_identity(sender))).one_or_none()
        if known is None or not _is_as_told(*_identified(known), sender):
            await self._register(sender)
            known = (await self._connection.execute(_identity(sender))).one()
        return _identified(known)

    async def team(self, team_id: int) -> Team:
        found = await self._connection.execute(
            select(teams.c.id, teams.c.name, teams.c.language).where(teams.c.id == team_id)
        )
        return Team(*found.one())

    async def set_language(self, team_id: int, language: str | None) -> None:
        await self._connection.execute(update(teams).where(teams.c.id == team_id).values(language=language))

    async def channel(self, channel_id: int) -> Channel:
        its = select(*_CHANNEL).join(teams, teams.c.id == channels.c.team_id).where(channels.c.id == channel_id)
        found = await self._connection.execute(its)
        return Channel(*found.one())

    async def channel_changed(self, platform: str, external_id: str, *, name: str, private: bool) -> None:
        its = (channels.c.platform == platform, channels.c.external_id == external_id)
        await self._connection.execute(update(channels).where(*its).values(name=name, private=private))

    async def member(self, member_id: int) -> Member:
        their = select(*_MEMBER).join(teams, teams.c.id == members.c.team_id).where(members.c.id == member_id)
        found = await self._connection.execute(their)
        return Member(*found.one())

    async def first_member(self, team_id: int) -> int:
        found = await self._connection.execute(select(func.min(members.c.id)).where(members.c.team_id == team_id))
        member_id: int = found.scalar_one()
        return member_id

    async def subscriptions(self) -> list[Subscription]:
        standing = _SUBSCRIPTIONS.where(_STANDS).order_by(subscriptions.c.id)
        return [_subscription(row) for row in await self._connection.execute(standing)]

    async def team_subscriptions(self, team_id: int) -> list[tuple[Subscription, Channel]]:
        standing = (
            _SUBSCRIPTIONS.add_columns(*_CHANNEL)
            .join(channels, channels.c.id == subscriptions.c.channel_id)
            .where(subscriptions.c.team_id.in_(workspaces_of(team_id)), _STANDS)
            .order_by(subscriptions.c.id)
        )
        found = (await self._connection.execute(standing)).all()
        return [(_subscription(row), Channel(*row[-len(_CHANNEL) :])) for row in found]

    async def subscription(self, subscription_id: int) -> Subscription:
        found = await self._connection.execute(_SUBSCRIPTIONS.where(subscriptions.c.id == subscription_id))
        return _subscription(found.one())

    async def subscription_of(self, channel_id: int) -> Subscription | None:
        standing = _SUBSCRIPTIONS.where(subscriptions.c.channel_id == channel_id, _STANDS)
        row = (await self._connection.execute(standing)).one_or_none()
        return _subscription(row) if row else None

    async def is_subscribed(self, channel_id: int) -> bool:
        return bool(await self._connection.scalar(_IS_SUBSCRIBED, {"its": channel_id}))

    async def ever_subscribed(self, channel_id: int) -> bool:
        ever = select(exists().where(subscriptions.c.channel_id == channel_id))
        return bool(await self._connection.scalar(ever))

    async def subscribe(self, subscription: Subscription) -> Subscription:
        values = {
            "interests": asdict(subscription.interests),
            "size": subscription.size,
            "days": sorted(subscription.days),
            "at": subscription.at,
            "zone": subscription.zone,
            "layout": subscription.layout,
            "offers": subscription.offers,
            "made_by": subscription.made_by,
            "ended_at": None,
            "on_nothing": subscription.on_nothing,
            "kinds": subscription.kinds,
        }
        its = select(channels.c.team_id).where(channels.c.id == subscription.channel_id).scalar_subquery()
        order = insert_into(self._connection, subscriptions).values(
            channel_id=subscription.channel_id, team_id=its, **values
        )
        stored = await self._connection.execute(
            order.on_conflict_do_update(index_elements=["channel_id"], set_=values).returning(subscriptions.c.id)
        )
        return replace(subscription, id=stored.scalar_one())

    async def unsubscribe(self, channel_id: int, *, at: datetime) -> bool:
        standing = and_(subscriptions.c.channel_id == channel_id, _STANDS)
        ended = update(subscriptions).where(standing).values(ended_at=at).returning(subscriptions.c.id)
        return await self._connection.scalar(ended) is not None

    async def adjustment(self, member_id: int) -> Adjustment:
        stored = await self._connection.execute(select(profiles.c.adjustment).where(profiles.c.member_id == member_id))
        return _adjustment(stored.scalar_one_or_none() or {})

    async def adjust(self, member_id: int, adjustment: Adjustment) -> None:
        stored = {"adjustment": asdict(adjustment)}
        own = insert_into(self._connection, profiles).values(member_id=member_id, **stored)
        await self._connection.execute(own.on_conflict_do_update(index_elements=["member_id"], set_=stored))

    async def _register(self, sender: Sender) -> None:
        await one_at_a_time(self._connection, "teams")
        team_id = await self._team(sender)
        named = {"name": sender.user_name, "name_terms": name_terms(sender.user_name)}
        place = {"name": sender.channel_name, "private": sender.channel_private, "forum": sender.channel_forum}
        for table, external_id, names in (
            (members, sender.user, named),
            (channels, sender.channel, place),
        ):
            made = insert_into(self._connection, table).values(
                team_id=team_id, platform=sender.platform, external_id=external_id, **names
            )
            key = ["team_id", "platform", "external_id"]
            await self._connection.execute(made.on_conflict_do_update(index_elements=key, set_=names))

    async def _team(self, sender: Sender) -> int:
        """The team whose workspace this is; a new workspace is a team of its own."""
        workspace = {"platform": sender.platform, "external_id": sender.workspace}
        team_id: int | None = await self._connection.scalar(
            select(workspaces.c.team_id).where(*(workspaces.c[name] == value for name, value in workspace.items()))
        )
        if team_id is None:
            made = await self._connection.execute(insert(teams).values(name=sender.workspace).returning(teams.c.id))
            team_id = made.scalar_one()
            await self._connection.execute(insert(workspaces).values(team_id=team_id, **workspace))
        return team_id


def _identity(sender: Sender) -> Select[*tuple[Any, ...]]:
    """The member's columns, then the channel's."""
    member = and_(
        members.c.team_id == workspaces.c.team_id,
        members.c.platform == sender.platform,
        members.c.external_id == sender.user,
    )
    channel = and_(
        channels.c.team_id == workspaces.c.team_id,
        channels.c.platform == sender.platform,
        channels.c.external_id == sender.channel,
    )
    return (
        select(*_MEMBER, *_CHANNEL)
        .select_from(workspaces.join(teams).join(members, member).join(channels, channel))
        .where(workspaces.c.platform == sender.platform, workspaces.c.external_id == sender.workspace)
    )


def _identified(row: Row[*tuple[Any, ...]]) -> tuple[Member, Channel]:
    return Member(*row[: len(_MEMBER)]), Channel(*row[len(_MEMBER) :])


def _is_as_told(member: Member, channel: Channel, sender: Sender) -> bool:
    told = (sender.user_name, sender.channel_name, sender.channel_private, sender.channel_forum)
    return (member.name, channel.name, channel.private, channel.forum) == told


def _subscription(row: Row[*tuple[Any, ...]]) -> Subscription:
    wishes = row.interests
    return Subscription(
        id=row.id,
        team_id=row.list_id,
        channel_id=row.channel_id,
        interests=Interests(
            categories=tuple(wishes["categories"]),
            topics=tuple(Topic(**topic) for topic in wishes["topics"]),
            wanted=tuple(wishes["wanted"]),
            unwanted=tuple(wishes["unwanted"]),
            authors=tuple(wishes["authors"]),
        ),
        size=row.size,
        days=frozenset(row.days),
        at=row.at,
        zone=row.zone,
        layout=Layout(row.layout),
        offers=Offers(row.offers),
        made_by=row.made_by,
        on_nothing=OnNothing(row.on_nothing),
        pause=Pause(row.paused_from, row.paused_until) if row.paused_from else None,
        halt=Halt(row.halted_at, row.halted_why) if row.halted_at else None,
        kinds=row.kinds,
    )


def _adjustment(stored: dict[str, Any]) -> Adjustment:
    parts: dict[str, Any] = {name: tuple(part) if isinstance(part, list) else part for name, part in stored.items()}
    if parts.get("topics"):
        parts["topics"] = tuple(Topic(**topic) for topic in parts["topics"])
    return Adjustment(**parts)
