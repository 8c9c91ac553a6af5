"""A lab with a channel, an edition in it, and people who talk to the bot."""

from collections.abc import Mapping, Sequence
from datetime import date, time

import pytest

from bot.announcements import Announcement, Answer, CategoryAnswer, CollectionRun, Listing
from bot.budget import DOLLAR, Budget, Cap, Price
from bot.commands import Mention, React, Unreact, filled, parse
from bot.curation.ranking import Ranked, Ranker, Taste
from bot.dispatch import Dispatcher
from bot.editions import Edition, MessageRef, Pick, Post, PostState, Reason, ReasonKind
from bot.handlers.services import Services
from bot.messages import Action, Card, Form, Item, Notice, Reply
from bot.papers import Paper
from bot.ports import Clock, Store, Summariser
from bot.reading_list import Entry, ListFilter
from bot.summaries.extract import ExtractSummariser
from bot.teams import EditionKind, Interests, Subscription, Topic
from tests.factories import NOON, paper, sender
from tests.fakes.charts import FakeCharts
from tests.fakes.clock import FakeClock
from tests.fakes.platform import FakePlatform
from tests.fakes.source import FakeSource
from tests.fakes.summariser import FakeFullText

PAPERS = (
    paper("2601.00001", title="When Verifiers Lie: Process Rewards under Shift", authors=("Adaeze Okafor", "Wei Tan")),
    paper("2601.00002", title="Agents that Remember What They Read", authors=("Nils Lindqvist",)),
    paper("2601.00003", title="Sparse Attention for Long Documents", authors=("María José Núñez",)),
)
INTERESTS = Interests(categories=("cs.CL",), topics=(Topic("reasoning"), Topic("agents")))
REASON = Reason(ReasonKind.TOPIC, "reasoning")
EMOJI = {
    "memo": "summary",
    "bookmark": "save",
    "star": "save",
    "+1": "like",
    "-1": "dislike",
    "white_check_mark": "read",
}


BUDGET = Budget(
    prices={"fake-1": Price(150_000, 600_000)},
    caps={Cap.TEAM_DAY: DOLLAR, Cap.TEAM_MONTH: 10 * DOLLAR, Cap.PERSON_DAY: DOLLAR // 4, Cap.PERSON_MONTH: 0},
)


def in_order(pool: Sequence[Paper], interests: Interests, taste: Taste) -> list[Ranked]:
    """A ranker without taste: by id. A title that says so is off topic."""
    return [
        Ranked(one, -float(rank), "reasoning", not one.title.startswith("Off topic"), (REASON,))
        for rank, one in enumerate(sorted(pool, key=lambda one: one.id))
    ]


def words(reply: Reply) -> str:
    """All that a reader of the reply sees, as one text."""
    said: list[str] = []
    for part in reply.parts:
        if isinstance(part, Notice):
            said.append(part.text)
        elif isinstance(part, Form):
            said += [part.title, *(line.text for line in part.lines)]
            said += [f"{each.label}: {', '.join(each.values)}" for each in part.inputs]
        else:
            said += [part.title, part.aside, *(line.text for line in part.lines)]
            said += [f"{field.name}: {field.value}" for field in part.fields]
            said += [" ".join((item.title, *item.details)) for item in part.items]
    return "\n".join(said)


def actions(reply: Reply) -> dict[str, str]:
    """Label to command of all that the reply offers."""
    shown = [part for part in reply.parts if not isinstance(part, Form)]
    offered: Sequence[Action] = [action for part in shown for action in part.actions]
    return {action.label: action.command for action in offered}


def form(reply: Reply) -> Form:
    """The form that the reply is."""
    [part] = reply.parts
    assert isinstance(part, Form)
    return part


def items(reply: Reply) -> list[Item]:
    return [item for part in reply.parts if isinstance(part, Card) for item in part.items]


class Lab:
    """A team on one platform. Thursday's edition has three papers, 1 to 3, posted as `message(1)` to `message(3)`."""

    def __init__(self, store: Store, clock: FakeClock, source: FakeSource) -> None:
        self.store, self.clock, self.source = store, clock, source
        self.platform, self.full_text = FakePlatform(clock), FakeFullText()
        self.use(ExtractSummariser())

    def use(
        self,
        summariser: Summariser,
        *,
        ranker: Ranker = in_order,
        clock: Clock | None = None,
        budget: Budget = BUDGET,
    ) -> None:
        """From here on, these answer; questions may wait on a clock of their own."""
        self.services = Services(
            store=self.store,
            source=self.source,
            clock=clock or self.clock,
            ranker=ranker,
            emoji=EMOJI,
            summariser=summariser,
            extractor=ExtractSummariser(),
            full_text=self.full_text,
            charts=FakeCharts(),
            budget=budget,
            language="en",
            platforms={self.platform.name: self.platform},
            everyone_manages=False,
        )
        self.dispatch = Dispatcher(self.services)

    def rank_by(self, ranker: Ranker) -> None:
        self.use(ExtractSummariser(), ranker=ranker)

    async def say(self, line: str, user: str = "ada", channel: str = "papers", workspace: str = "lab") -> Reply:
        return await self.dispatch(parse(line), sender(user, channel=channel, workspace=workspace))

    async def react(self, number: int, emoji: str, user: str = "ada") -> Reply:
        return await self.dispatch(React(message(number), emoji), sender(user))

    async def unreact(self, number: int, emoji: str, user: str = "ada") -> Reply:
        return await self.dispatch(Unreact(message(number), emoji), sender(user))

    async def mention(self, text: str, user: str = "bob", channel: str = "papers") -> Reply:
        """Somebody writes `text` as the message THEIRS."""
        return await self.dispatch(Mention(THEIRS, text), sender(user, channel=channel))

    async def answer(self, asked: Form, values: Mapping[str, str | tuple[str, ...]], user: str = "ada") -> Reply:
        """Somebody sends a form whose answers are all right."""
        command = filled(asked.command, values)
        assert not isinstance(command, dict)
        return await self.dispatch(command, sender(user))

    async def subscribe(self, interests: Interests = INTERESTS) -> Subscription:
        async with self.store() as tx:
            _, channel = await tx.teams.identify(sender())
            wanted = Subscription(0, channel.team_id, channel.id, interests, size=3, at=time(8), zone="UTC")
            subscription = await tx.teams.subscribe(wanted)
            await tx.commit()
        return subscription

    async def publish(self, papers: Sequence[Paper], day: date | None = None) -> Edition:
        """Stores `papers` as announced and published now, on `day`."""
        now, subscription = self.clock.now(), await self.subscribe()
        await self.announce(papers)
        await self.collected(CategoryAnswer("cs.CL", Answer.FRESH, now.date(), len(papers), len(papers), len(papers)))
        async with self.store() as tx:
            picks = tuple(Pick(one.id, number, "reasoning", (REASON,), 1.0) for number, one in enumerate(papers, 1))
            edition = Edition(
                0, subscription.id, subscription.channel_id, EditionKind.DAILY, day or now.date(), now, 312, picks
            )
            posts = [
                Post(f"key-{now.date()}-{slot}", 0, subscription.channel_id, slot, PostState.PLANNED, now)
                for slot in range(len(papers) + 1)
            ]
            stored = await tx.editions.add(edition, posts)
            assert stored is not None
            for post in posts:
                claimed = await tx.posts.claim(post.key, attempts=0, now=now, until=now)
                assert claimed is not None
                assert await tx.posts.sent(post.key, attempts=1, message=message(post.slot, now.date()))
            await tx.commit()
        return stored

    async def announce(self, papers: Sequence[Paper]) -> None:
        """Stores `papers` as announced now."""
        now = self.clock.now()
        async with self.store() as tx:
            await tx.papers.add(papers, seen_at=now)
            listed = [Announcement(one.id, "cs.CL", now.date(), Listing.NEW) for one in papers]
            await tx.papers.announce(listed, seen_at=now)
            await tx.commit()

    async def collected(self, answer: CategoryAnswer) -> None:
        """Stores a collection that is over now."""
        now = self.clock.now()
        async with self.store() as tx:
            await tx.collections.record(CollectionRun(now, now, (answer,), answer.new))
            await tx.commit()

    async def list(self, workspace: str = "lab") -> list[Entry]:
        """The team's list as the store holds it."""
        async with self.store() as tx:
            member, _ = await tx.teams.identify(sender(workspace=workspace))
            return await tx.lists.page(member.team_id, ListFilter(), limit=100)


THURSDAY = NOON.date()
THEIRS = MessageRef("terminal", "papers", "theirs")


def message(slot: int, day: date = THURSDAY) -> MessageRef:
    return MessageRef("terminal", "papers", f"{day}-{slot}")


@pytest.fixture
async def lab(store: Store, clock: FakeClock) -> Lab:
    lab = Lab(store, clock, FakeSource(PAPERS))
    await lab.publish(PAPERS)
    return lab
