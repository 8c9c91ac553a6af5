"""A team in a chat of our own, with the whole product behind the bot, and a plain model of what it should remember."""

import asyncio
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Generic, Protocol, TypeVar

from bot.budget import Budget, Cap
from bot.commands import Command
from bot.curation import ranker
from bot.dispatch import Dispatcher
from bot.handlers.services import Services
from bot.messages import Reply
from bot.papers import ArxivId
from bot.ports import Dispatch, Platform
from bot.reading_list import ListFilter
from bot.summaries.extract import ExtractSummariser
from bot.teams import Sender
from jobs.curate import curate
from jobs.deliver import deliver
from jobs.refresh import refresh
from tests.fakes.charts import FakeCharts
from tests.fakes.desk import Desk
from tests.fakes.summariser import FakeFullText

EMOJI = {"bookmark": "save", "star": "save", "+1": "like", "white_check_mark": "read", "memo": "summary"}


class Post(Protocol):
    """A message as people see it, in any chat."""

    @property
    def shown(self) -> str: ...

    @property
    def links(self) -> list[str]: ...

    @property
    def buttons(self) -> list[str]: ...


M = TypeVar("M", bound=Post)


@dataclass
class Remembered:
    """What the list should say of one paper."""

    savers: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    status: str = "unread"


class Counting:
    """A `bot.ports.Dispatch` before the real one, which counts what was done."""

    dispatch: Dispatch

    def __init__(self) -> None:
        self._done = 0
        self._more = asyncio.Event()

    async def __call__(self, command: Command, sender: Sender) -> Reply:
        reply = await self.dispatch(command, sender)
        self._done += 1
        self._more.set()
        return reply

    @asynccontextmanager
    async def more(self, count: int = 1) -> AsyncIterator[None]:
        """Is left once so many commands were done after it began."""
        wanted = self._done + count
        yield
        async with asyncio.timeout(10):
            while self._done < wanted:
                self._more.clear()
                await self._more.wait()


class Team(ABC, Generic[M]):
    """Ada, who manages the channel, Ben and Cleo. `model` is what the test did, kept as plainly as can be."""

    def __init__(self, desk: Desk, platforms: dict[str, Platform] | None = None) -> None:
        self.desk = desk
        self.platforms = {} if platforms is None else platforms
        """All that the product knows; shared by teams in several chats."""
        self.model: dict[ArxivId, Remembered] = defaultdict(Remembered)
        self.done = Counting()
        self._process = AsyncExitStack()

    async def starts(self) -> None:
        """As `papers run` does. Returns once the chat is connected."""
        await self._process.enter_async_context(self._running())

    async def stops(self) -> None:
        await self._process.aclose()

    @abstractmethod
    def _running(self) -> AbstractAsyncContextManager[None]:
        """The bot in its chat, which has `done` listen, connected until it is left."""

    @property
    @abstractmethod
    def messages(self) -> Sequence[M]:
        """Of the channel, outside threads."""

    @abstractmethod
    def thread(self, message: M) -> Sequence[M]:
        """What stands in the thread of a message."""

    @abstractmethod
    def sender(self, name: str) -> Sender:
        """Somebody in the channel, as the product knows them."""

    @abstractmethod
    async def reacts(self, name: str, message: M, emoji: str, *, heard: bool = True) -> None:
        """Puts an emoji, by its name, on a message; of what is `heard`, returns once it was done."""

    @abstractmethod
    async def unreacts(self, name: str, message: M, emoji: str) -> None: ...

    @abstractmethod
    async def presses(self, name: str, message: M, label: str) -> None:
        """Presses a button, and returns once what it asks for was done."""

    @abstractmethod
    async def chooses(self, name: str, message: M, label: str) -> M:
        """Chooses what stands behind "More"; the answer."""

    @abstractmethod
    async def uses(self, name: str, verb: str, **said: str) -> M:
        """`/papers` with a verb and what follows it, in its order and by the names of Discord's options; the answer."""

    @abstractmethod
    async def turns(self, name: str, listed: M, label: str) -> None:
        """Presses a button of a list, and returns once another page stands in its place."""

    @abstractmethod
    async def tags(self, name: str, message: M, wrong: str, right: str) -> M:
        """Fills the form behind "Tag" in: at first so that it is refused; the answer at last."""

    @abstractmethod
    async def writes_in_thread(self, name: str, message: M, text: str) -> None:
        """Writes below a message, which is no command."""

    async def morning(self, day: date) -> Sequence[M]:
        """Collects, curates and posts; the day's messages about papers, by number, where its layout puts them."""
        before = len(self.messages)
        await self.curated(day)
        while (await deliver(self.desk.store, self.platforms, clock=self.desk.clock)).waiting:
            self.desk.clock.advance(timedelta(minutes=5))
        header, *papers = self.messages[before:]
        return papers or self.thread(header)

    async def curated(self, day: date) -> None:
        """Collects, and makes the day's editions."""
        await self.desk.collect_on(day)
        self.desk.clock.advance(timedelta(hours=2, minutes=30))
        await curate(self.desk.store, ranker.rank, now=self.desk.clock.now(), wait=timedelta(hours=3), only_due=True)

    async def brought_up_to_date(self) -> None:
        """Posts show what was done."""
        await refresh(self.desk.store, self.platforms, clock=self.desk.clock)

    async def remembered(self) -> dict[ArxivId, Remembered]:
        """The list as the store holds it."""
        async with self.desk.store() as tx:
            member, _ = await tx.teams.identify(self.sender("ada"))
            entries = await tx.lists.page(member.team_id, ListFilter(), limit=100)
        return {
            entry.paper.id: Remembered(set(entry.savers), {tag.name for tag in entry.tags}, entry.status.value)
            for entry in entries
        }

    def served(self, platform: Platform) -> Counting:
        """The whole product behind `done`, with this platform from now on."""
        desk = self.desk
        self.platforms[platform.name] = platform
        self.done.dispatch = Dispatcher(
            Services(
                store=desk.store,
                source=desk.source,
                clock=desk.clock,
                ranker=ranker.rank,
                emoji=EMOJI,
                summariser=ExtractSummariser(),
                extractor=ExtractSummariser(),
                charts=FakeCharts(),
                full_text=FakeFullText(),
                budget=Budget({}, dict.fromkeys(Cap, 0)),
                language="en",
                platforms=self.platforms,
                everyone_manages=False,
            )
        )
        return self.done


def paper_of(message: Post) -> ArxivId:
    """The paper that a post links to."""
    return ArxivId.parse(message.links[0])


async def end_subscriptions(desk: Desk) -> None:
    """Those that a desk comes with."""
    async with desk.store() as tx:
        for order in await tx.teams.subscriptions():
            await tx.teams.unsubscribe(order.channel_id, at=desk.clock.now())
        await tx.commit()
