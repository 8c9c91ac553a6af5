"""What was posted is edited to how things stand, each message once however much has changed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.editions import Edition, MessageRef
from bot.errors import PlatformError
from bot.messages import Card
from bot.ports import Store
from bot.reading_list import FactKey, Field
from bot.summaries.kept import SummaryKey
from bot.summaries.values import Audience, SummaryKind
from bot.teams import Layout
from jobs.deliver import deliver
from jobs.refresh import MOST_EDITS, refresh
from tests.factories import NOON, paper, sender
from tests.fakes.clock import FakeClock
from tests.fakes.platform import FakePlatform
from tests.fakes.summariser import FakeSummariser
from tests.jobs.planned import plan

PAPERS = (paper("2601.00001", title="First"), paper("2601.00002", title="Second"))
ONE, TWO = (one.id for one in PAPERS)


class Watched(FakePlatform):
    """A platform that tells which messages were edited."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__(clock)
        self.edited: list[str] = []
        self.busy: set[str] = set()
        """Messages that cannot be edited for now."""

    async def edit(self, message: MessageRef, card: Card) -> None:
        self.edited.append(f"{message.channel} {card.title}")
        if message.message in self.busy:
            raise PlatformError("busy")
        await super().edit(message, card)


class Lab:
    """A team whose edition of two papers was posted in some channels."""

    def __init__(self, store: Store, clock: FakeClock) -> None:
        self.store, self.clock, self.platform = store, clock, Watched(clock)

    async def publish(self, *channels: str, layout: Layout = Layout.MESSAGES) -> list[Edition]:
        made = [await plan(self.store, self.clock, PAPERS, channel=channel, layout=layout) for channel in channels]
        await deliver(self.store, {"terminal": self.platform}, clock=self.clock)
        return made

    async def save(self, *papers: int, user: str = "ada") -> None:
        self.clock.advance(timedelta(minutes=1))
        async with self.store() as tx:
            member, _ = await tx.teams.identify(sender(user))
            for number in papers:
                key = FactKey(PAPERS[number].id, Field.SAVED, member_id=member.id)
                await tx.lists.set(member.team_id, key, "yes", by=member.id, at=self.clock.now())
            await tx.posts.outdate(member.team_id, [PAPERS[number].id for number in papers], at=self.clock.now())
            await tx.commit()

    async def refresh(self) -> int:
        self.platform.edited.clear()
        return await refresh(self.store, {"terminal": self.platform}, clock=self.clock)

    def buttons(self) -> list[str]:
        """What the first button of each paper's post says."""
        return [posted.card.actions[0].label for posted in self.platform.messages if posted.card.number]


@pytest.fixture
def lab(store: Store, clock: FakeClock) -> Lab:
    return Lab(store, clock)


async def test_a_post_is_edited_once_for_all_that_changed_and_only_then(lab: Lab) -> None:
    await lab.publish("papers")
    assert await lab.refresh() == 0
    await lab.save(1)
    await lab.save(1, user="grace")
    assert await lab.refresh() == 1
    assert lab.platform.edited == ["papers Second"]
    assert lab.buttons() == ["Save", "Saved · 2 people"]
    assert await lab.refresh() == 0


async def test_all_the_teams_channels_show_it(lab: Lab) -> None:
    await lab.publish("papers", "reading")
    await lab.save(0)
    assert await lab.refresh() == 2
    assert lab.platform.edited == ["papers First", "reading First"]


async def test_a_paper_that_was_withdrawn_is_marked_so_wherever_it_was_posted(lab: Lab) -> None:
    await lab.publish("papers", "reading")
    withdrawn = replace(PAPERS[0], version=2, withdrawn=True)
    lab.clock.advance(timedelta(days=1))
    async with lab.store() as tx:
        await tx.papers.add([withdrawn, replace(PAPERS[1], version=2)], seen_at=lab.clock.now())
        await tx.commit()
    assert await lab.refresh() == 2
    assert lab.platform.edited == ["papers First", "reading First"]
    assert [posted.card.lines[0].text for posted in lab.platform.messages if posted.card.title == "First"] == [
        "Withdrawn by its authors."
    ] * 2


async def test_a_change_during_the_edit_is_shown_by_the_next(lab: Lab) -> None:
    await lab.publish("papers")
    await lab.save(0)

    class Interrupted(FakePlatform):
        async def edit(self, message: MessageRef, card: Card) -> None:
            lab.clock.advance(timedelta(minutes=-1))  # and another process's clock is behind
            await lab.save(0, user="grace")
            await super().edit(message, card)

    interrupted = Interrupted(lab.clock, messages=lab.platform.messages)
    assert await refresh(lab.store, {"terminal": interrupted}, clock=lab.clock) == 1
    assert lab.buttons()[0] == "Saved · 1 person"
    assert await lab.refresh() == 1
    assert lab.buttons()[0] == "Saved · 2 people"


async def test_an_edit_that_fails_for_now_is_made_by_a_later_run_and_holds_up_no_other_channel(lab: Lab) -> None:
    await lab.publish("papers", "reading")
    await lab.save(0, 1)
    lab.platform.faults = ["refuse"]
    assert await lab.refresh() == 2
    assert lab.platform.edited == ["papers First", "reading First", "reading Second"]
    assert await lab.refresh() == 2
    assert lab.buttons() == ["Saved · 1 person"] * 4
    assert await lab.refresh() == 0


async def test_a_message_that_always_fails_does_not_keep_its_channel_from_being_refreshed(lab: Lab) -> None:
    await lab.publish("papers")
    lab.platform.busy = {"2"}
    await lab.save(0, 1)
    lab.clock.advance(timedelta(minutes=1))
    assert await lab.refresh() == 0
    assert await lab.refresh() == 1
    assert lab.platform.edited == ["papers Second", "papers First"]


async def test_an_edit_that_is_refused_for_good_is_not_tried_again(lab: Lab) -> None:
    await lab.publish("papers")
    await lab.save(0, 1)
    lab.platform.faults = ["forbid"]
    assert await lab.refresh() == 1
    assert lab.platform.edited == ["papers First", "papers Second"]
    assert await lab.refresh() == 0
    await lab.save(0, user="grace")
    assert await lab.refresh() == 1


async def test_one_run_makes_so_many_edits_and_each_channel_gets_its_share(lab: Lab) -> None:
    channels = [f"c{number:02}" for number in range(MOST_EDITS // 2 + 5)]
    await lab.publish(*channels)
    await lab.save(0, 1)
    assert await lab.refresh() == MOST_EDITS
    assert {edit.split()[0] for edit in lab.platform.edited} == set(channels)
    assert await lab.refresh() == 10


async def test_posts_of_a_platform_that_is_not_running_here_wait_for_it(lab: Lab) -> None:
    await lab.publish("papers")
    await lab.save(0)
    assert await refresh(lab.store, {}, clock=lab.clock) == 0
    assert await lab.refresh() == 1


async def test_posts_of_a_subscription_that_ended_still_show_how_things_stand(lab: Lab) -> None:
    (edition,) = await lab.publish("papers")
    async with lab.store() as tx:
        await tx.teams.unsubscribe(edition.channel_id, at=NOON)
        await tx.commit()
    await lab.save(0)
    assert await lab.refresh() == 1
    assert lab.buttons()[0] == "Saved · 1 person"


async def test_a_compact_editions_papers_are_edited_in_their_thread(lab: Lab) -> None:
    await lab.publish("papers", layout=Layout.COMPACT)
    await lab.save(1)
    assert await lab.refresh() == 1
    assert lab.platform.edited == ["papers Second"]
    assert lab.buttons() == ["Save", "Saved · 1 person"]


async def post_summary(lab: Lab) -> None:
    """A summary of the first paper's first version under its post."""
    (edition,) = await lab.publish("papers")
    summary = await FakeSummariser().summarise(PAPERS[0], SummaryKind.INSIGHTS, audience=Audience())
    message = await lab.platform.post("papers", Card("A summary"), key="summary")
    async with lab.store() as tx:
        member, _ = await tx.teams.identify(sender())
        key = SummaryKey(member.team_id, ONE, 1, SummaryKind.INSIGHTS, "fake-1", "test-1", "en")
        await tx.summaries.claim(key, by=member.id, now=NOON, until=NOON)
        kept = await tx.summaries.keep(key, summary, at=NOON)
        post = (await tx.posts.of(edition.id))[1]
        await tx.summaries.claim_post(kept.id, post.key, key="summary", now=NOON, until=NOON)
        await tx.summaries.posted("summary", message)
        await tx.commit()


async def test_a_posted_summary_says_once_that_a_new_version_is_out(lab: Lab) -> None:
    await post_summary(lab)
    assert await lab.refresh() == 0
    async with lab.store() as tx:
        await tx.papers.add([paper("2601.00001", title="First", version=3)], seen_at=NOON)
        await tx.commit()
    lab.platform.faults = ["refuse"]
    assert await lab.refresh() == 0
    assert await refresh(lab.store, {}, clock=lab.clock) == 0
    assert await lab.refresh() == 1
    assert lab.platform.messages[-1].card.lines[0].text.startswith("Of version 1. Version 3 is out")
    assert await lab.refresh() == 0
