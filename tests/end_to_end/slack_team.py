"""A team in a Slack of our own, with the whole product behind the bot, and a plain model of what it should remember."""

from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

from adapters.slack.manifest import manifest
from adapters.slack.sealing import new_key
from adapters.slack.service import Access, SlackService, open_slack
from bot.budget import Budget, Cap
from bot.curation import ranker
from bot.dispatch import Dispatcher
from bot.handlers.services import Services
from bot.papers import ArxivId
from bot.ports import Platform
from bot.reading_list import ListFilter
from bot.summaries.extract import ExtractSummariser
from bot.teams import Sender
from jobs.curate import curate
from jobs.deliver import deliver
from jobs.refresh import refresh
from tests.fakes.charts import FakeCharts
from tests.fakes.desk import Desk, open_desk
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.model import Channel, Message
from tests.fakes.slack.person import Person
from tests.fakes.slack.workspace import Workspace
from tests.fakes.summariser import FakeFullText
from tests.platform.slack.reached import reached

EMOJI = {"bookmark": "save", "star": "save", "+1": "like", "white_check_mark": "read", "memo": "summary"}


@dataclass
class Remembered:
    """What the list should say of one paper."""

    savers: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    status: str = "unread"


@dataclass
class Team:
    """Three people and a channel. `model` is what the test did, kept as plainly as can be."""

    desk: Desk
    slack: FakeSlack
    workspace: Workspace
    channel: Channel
    service: SlackService
    address: str
    model: dict[ArxivId, Remembered] = field(default_factory=lambda: defaultdict(Remembered))

    def person(self, name: str) -> Person:
        return self.workspace.user(name)

    async def morning(self, day: date) -> list[Message]:
        """Collects, curates and posts; the day's messages about papers, by number, where its layout puts them."""
        before = len(self.channel.messages)
        await self.curated(day)
        while (await deliver(self.desk.store, self.platforms, clock=self.desk.clock)).waiting:
            self.desk.clock.advance(timedelta(minutes=5))
        header, *papers = self.channel.messages[before:]
        return papers or header.replies

    async def curated(self, day: date) -> None:
        """Collects, and makes the day's editions."""
        await self.desk.collect_on(day)
        self.desk.clock.advance(timedelta(hours=2, minutes=30))
        await curate(self.desk.store, ranker.rank, now=self.desk.clock.now(), wait=timedelta(hours=3), only_due=True)

    async def brought_up_to_date(self) -> None:
        """Posts show what was done."""
        await refresh(self.desk.store, self.platforms, clock=self.desk.clock)

    @property
    def platforms(self) -> dict[str, Platform]:
        return {self.service.platform.name: self.service.platform}

    async def heard(self) -> None:
        """Returns once all that Slack had to tell was acknowledged."""
        await self.slack.until(lambda: all(delivery.over for delivery in self.slack.deliveries))

    async def remembered(self) -> dict[ArxivId, Remembered]:
        """The list as the store holds it."""
        place = f"{self.workspace.id}/{self.channel.id}"
        ada = Sender("slack", self.workspace.id, self.person("ada").id, "ada", place, "#papers")
        async with self.desk.store() as tx:
            member, _ = await tx.teams.identify(ada)
            entries = await tx.lists.page(member.team_id, ListFilter(), limit=100)
        return {
            entry.paper.id: Remembered(set(entry.savers), {tag.name for tag in entry.tags}, entry.status.value)
            for entry in entries
        }


def paper_of(message: Message) -> ArxivId:
    """The paper that a post links to."""
    return ArxivId.parse(message.links[0])


@asynccontextmanager
async def open_team(database_url: str) -> AsyncIterator[Team]:
    """A workspace that has not installed the app yet, which is served and hears through Socket Mode."""
    async with open_desk(database_url) as desk:
        await _end_subscriptions(desk)
        slack = FakeSlack(desk.clock)
        slack.retry_delays, slack.ack_timeout = (0.0,) * 20, 2.0
        slack.configure(manifest())
        async with slack.serving():
            access = Access(
                slack.api_url,
                app_token=slack.app_token,
                client_id=slack.client_id,
                client_secret=slack.client_secret,
                secret_keys=new_key(),
            )
            async with (
                open_slack(access, store=desk.store, clock=desk.clock, emoji=EMOJI) as service,
                reached(service, _dispatcher(desk, service)) as address,
            ):
                slack.redirect_url = f"{address}/slack/oauth_redirect"
                workspace = slack.workspace("lab", installed=False)
                people = [workspace.user(name) for name in ("ada", "ben", "cleo")]
                channel = workspace.channel("papers", creator=people[0], members=people[1:], bot=False)
                yield Team(desk, slack, workspace, channel, service, address)


async def _end_subscriptions(desk: Desk) -> None:
    """Those that a desk comes with."""
    async with desk.store() as tx:
        for order in await tx.teams.subscriptions():
            await tx.teams.unsubscribe(order.channel_id, at=desk.clock.now())
        await tx.commit()


def _dispatcher(desk: Desk, service: SlackService) -> Dispatcher:
    return Dispatcher(
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
            platforms={service.platform.name: service.platform},
            everyone_manages=False,
        )
    )
