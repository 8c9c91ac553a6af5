"""Short ways of saying who does what to which paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from adapters.store.unit_of_work import SqlUnitOfWork
from bot.editions import Edition, Pick, Post, PostState, Reason, ReasonKind
from bot.papers import ArxivId, Paper
from bot.reading_list import PERSONAL, FactKey, Field
from bot.teams import Channel, EditionKind, Interests, Member, Subscription
from tests import factories
from tests.factories import NOON

THURSDAY = date(2026, 1, 15)


@dataclass(frozen=True)
class Scene:
    """A unit of work in which Ada says something in her team's channel."""

    tx: SqlUnitOfWork
    ada: Member
    channel: Channel

    @property
    def team_id(self) -> int:
        return self.ada.team_id

    async def member(self, user: str) -> Member:
        """A colleague of Ada."""
        return (await self.tx.teams.identify(factories.sender(user)))[0]

    async def stored(self, *papers: Paper) -> Sequence[ArxivId]:
        await self.tx.papers.add(papers, seen_at=NOON)
        return [paper.id for paper in papers]

    def key(self, paper_id: ArxivId, field: Field, name: str = "", *, by: Member | None = None) -> FactKey:
        return FactKey(paper_id, field, name, (by or self.ada).id if field in PERSONAL else None)

    async def set(
        self,
        paper_id: ArxivId,
        field: Field,
        value: str | None = "yes",
        *,
        name: str = "",
        by: Member | None = None,
        at: datetime = NOON,
    ) -> None:
        """One fact of the team; a personal one is the actor's own."""
        key, actor = self.key(paper_id, field, name, by=by), by or self.ada
        await self.tx.lists.set(self.team_id, key, value, by=actor.id, at=at)

    async def subscription(self) -> Subscription:
        """The channel's subscription, made if there is none."""
        return await self.tx.teams.subscription_of(self.channel.id) or await self.tx.teams.subscribe(
            Subscription(0, self.team_id, self.channel.id, Interests(("cs.CL",)))
        )

    async def edition(self, *papers: Paper, day: date = THURSDAY) -> Edition:
        """A stored edition of these papers, with a planned post for its header and for each of them."""
        subscription = await self.subscription()
        await self.stored(*papers)
        edition = await self.tx.editions.add(
            edition_of(subscription, *papers, day=day),
            [planned(f"{day}/{slot}", slot, self.channel.id) for slot in range(len(papers) + 1)],
        )
        assert edition
        return edition


def edition_of(subscription: Subscription, *papers: Paper, day: date = THURSDAY) -> Edition:
    return Edition(
        id=0,
        subscription_id=subscription.id,
        channel_id=subscription.channel_id,
        kind=EditionKind.DAILY,
        date=day,
        made_at=NOON + (day - THURSDAY),
        considered=312,
        picks=tuple(
            Pick(paper.id, number, "reasoning", (Reason(ReasonKind.SAVED_AUTHOR, "Wei Tan", 2),), 0.5)
            for number, paper in enumerate(papers, start=1)
        ),
        missing=("cs.AI",),
    )


def planned(key: str, slot: int, channel_id: int) -> Post:
    return Post(key=key, edition_id=0, channel_id=channel_id, slot=slot, state=PostState.PLANNED, planned_at=NOON)
