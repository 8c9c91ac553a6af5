"""What the tests of curating set up: subscriptions, collections, and what people did."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta

from bot.announcements import Announcement, Answer, CategoryAnswer, CollectionRun, Listing, expected_batch
from bot.curation.ranker import rank
from bot.papers import Paper
from bot.ports import Store
from bot.reading_list import FactKey, Field
from bot.teams import Interests, Subscription, Topic
from jobs.curate import Curated, curate
from tests.factories import paper, sender

THURSDAY = datetime(2026, 1, 15, 8, 0, tzinfo=UTC)
"""A morning after a batch, and the hour of `subscribe`'s subscription."""
SATURDAY = THURSDAY + timedelta(days=2)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WAIT = 3 * HOUR


def llm(subject: str, *, authors: tuple[str, ...] = ("Wei Tan",), categories: tuple[str, ...] = ("cs.CL",)) -> Paper:
    """A paper on language models."""
    return paper(
        title=f"{subject} in Language Models", abstract=f"{subject} now.", authors=authors, categories=categories
    )


class Desk:
    """A store and what happens to it."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def subscribe(
        self,
        *topics: str,
        team: str = "lab",
        categories: tuple[str, ...] = ("cs.CL",),
        at: time = time(8),
        zone: str = "UTC",
        days: frozenset[int] = frozenset(range(5)),
    ) -> Subscription:
        interests = Interests(categories, tuple(map(Topic, topics)))
        async with self.store() as tx:
            _, channel = await tx.teams.identify(sender(workspace=team, channel=team))
            subscription = await tx.teams.subscribe(
                Subscription(0, channel.team_id, channel.id, interests, days=days, at=at, zone=zone)
            )
            await tx.commit()
        return subscription

    async def collect(
        self,
        *papers: Paper,
        at: datetime = THURSDAY - HOUR,
        answers: Mapping[str, Answer] | None = None,
    ) -> None:
        """A collection that took in `papers` and got these answers; by default cs.CL answered as it should."""
        batch = expected_batch(at)
        given = answers or {"cs.CL": Answer.FRESH}
        async with self.store() as tx:
            await tx.papers.add(papers, seen_at=at)
            await tx.papers.announce(
                [Announcement(one.id, category, batch, Listing.NEW) for one in papers for category in one.categories],
                seen_at=at,
            )
            seen = tuple(CategoryAnswer(category, answer, batch) for category, answer in given.items())
            await tx.collections.record(CollectionRun(at, at, seen))
            await tx.commit()

    async def mark(
        self, field: Field, papers: Sequence[Paper], *, team: str = "lab", user: str = "ada", at: datetime = THURSDAY
    ) -> None:
        """A member saves, likes or dislikes papers."""
        async with self.store() as tx:
            member, _ = await tx.teams.identify(sender(user, workspace=team, channel=team))
            await tx.papers.add(papers, seen_at=at)
            for one in papers:
                key = FactKey(one.id, field, member_id=member.id)
                await tx.lists.set(member.team_id, key, "yes", by=member.id, at=at)
            await tx.commit()

    async def curate(self, *, now: datetime = THURSDAY, wait: timedelta = WAIT, only_due: bool = True) -> list[Curated]:
        return await curate(self.store, rank, now=now, wait=wait, only_due=only_due)

    async def curate_one(self, *, now: datetime = THURSDAY, wait: timedelta = WAIT, only_due: bool = True) -> Curated:
        """What came of the only subscription."""
        (curated,) = await self.curate(now=now, wait=wait, only_due=only_due)
        return curated
