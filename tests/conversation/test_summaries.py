"""A summary is made once for all, stands in the paper's thread, and says where it is from."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.commands import parse
from bot.handlers import summaries
from bot.leases import LEASE, SETTLED, SKEW
from bot.messages import Form, Reply
from bot.summaries.values import Failure, SummaryKind
from tests.conversation.conftest import INTERESTS, PAPERS, Lab, actions, message, words
from tests.factories import paper, sender
from tests.fakes.clock import FakeClock
from tests.fakes.summariser import FakeSummariser


@pytest.fixture
def model(lab: Lab) -> FakeSummariser:
    model = FakeSummariser()
    lab.use(model)
    return model


def thread(lab: Lab) -> list[str]:
    """What stands under papers, as text."""
    return [" | ".join(line.text for line in posted.card.lines) for posted in lab.platform.messages]


async def test_a_summary_is_posted_under_the_paper_and_the_asker_is_told_where(lab: Lab, model: FakeSummariser) -> None:
    assert words(await lab.say("summary 2")) == "The summary is in the thread of “Agents that Remember What They Read”."
    [posted] = lab.platform.messages
    assert (posted.under, posted.channel, posted.card.paper_id) == (message(2), "papers", PAPERS[1].id)
    assert [line.text for line in posted.card.lines] == [
        "Method",
        "method of Agents that Remember What They Read",
        "For this team",
        "for_team of Agents that Remember What They Read",
        "From the abstract · fake-1 · asked by Ada",
    ]


async def test_the_model_is_told_what_the_team_follows(lab: Lab, model: FakeSummariser) -> None:
    await lab.say("summary 2 tldr")
    [(paper_id, kind, audience, _)] = model.asked
    assert (paper_id, kind, audience.interests) == (PAPERS[1].id, SummaryKind.TLDR, INTERESTS)


async def test_a_second_asker_sees_the_same_and_nothing_is_made_or_posted_twice(
    lab: Lab, model: FakeSummariser
) -> None:
    await lab.say("summary 2")
    again = words(await lab.say("summary 2", user="grace"))
    assert "method of Agents that Remember" in again
    assert "asked by Ada" in again
    assert (len(model.asked), len(lab.platform.messages)) == (1, 1)


def ways(reply: Reply) -> dict[str, str]:
    """Label to address of all that the reply offers to open."""
    parts = [part for part in reply.parts if not isinstance(part, Form)]
    return {action.label: action.url for part in parts for action in part.actions if action.url}


async def test_whoever_asks_is_given_the_way_to_the_thread_that_a_summary_stands_in(
    lab: Lab, model: FakeSummariser
) -> None:
    there = {"Open its thread": "https://chat.example/papers/1"}
    assert ways(await lab.say("summary 2")) == there
    assert ways(await lab.say("summary 2", user="grace")) == there
    assert ways(await lab.say("summary 2601.00002", channel="elsewhere")) == there
    assert [action.label for action in lab.platform.messages[0].card.actions] == ["From the full text"]


async def test_a_paper_that_is_shown_opens_its_last_summary_where_that_was_posted(
    lab: Lab, model: FakeSummariser
) -> None:
    assert ways(await lab.say("show 2")) == {}
    assert "Summarise" in actions(await lab.say("show 2"))
    await lab.say("summary 2")
    await lab.say("summary 2 tldr")
    shown = await lab.say("show 2")
    assert ways(shown) == {"Open its summary": "https://chat.example/papers/2"}
    assert "Summarise" not in actions(shown)
    assert ways(await lab.say("show 1")) == {}


async def test_the_way_to_a_private_channels_thread_is_for_that_channel_alone(lab: Lab, model: FakeSummariser) -> None:
    closed = replace(sender(), channel_private=True)
    await lab.dispatch(parse("summary 2"), closed)
    assert ways(await lab.dispatch(parse("show 2"), closed)) == {"Open its summary": "https://chat.example/papers/1"}
    for line in ("show 2601.00002", "summary 2601.00002"):
        assert ways(await lab.say(line, channel="elsewhere")) == {}
        assert ways(await lab.say(line, workspace="other")) == {}


async def test_without_an_address_a_summary_is_still_given(lab: Lab, model: FakeSummariser) -> None:
    await lab.say("summary 2")
    lab.platform.faults = ["refuse"]
    again = await lab.say("summary 2")
    assert "method of Agents" in words(again)
    assert ways(again) == {}


async def test_the_same_in_another_form_is_another_summary(lab: Lab, model: FakeSummariser) -> None:
    for line in ("summary 2", "summary 2 tldr", "summary 2 full", "summary 2"):
        await lab.say(line)
    assert len(model.asked) == len(lab.platform.messages) == 3


async def test_another_team_has_a_summary_of_its_own(lab: Lab, model: FakeSummariser) -> None:
    await lab.say("summary 2601.00002")
    await lab.say("summary 2601.00002", workspace="other")
    assert [audience.interests for _, _, audience, _ in model.asked] == [INTERESTS, None]


class Waiting(FakeClock):
    """Tells when somebody waits on it; time passes there only in reality."""

    def __init__(self) -> None:
        super().__init__()
        self.somebody_waits = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        self.somebody_waits.set()
        await asyncio.sleep(0.01)


async def test_two_who_ask_at_once_cause_one_call_and_one_post(lab: Lab) -> None:
    clock, model = Waiting(), FakeSummariser()
    model.go.clear()
    lab.use(model, clock=clock)
    asked = [asyncio.create_task(lab.say("summary 2", user=user)) for user in ("ada", "grace", "alan")]
    await clock.somebody_waits.wait()
    model.go.set()
    replies = [words(await one) for one in asked]
    assert (len(model.asked), len(lab.platform.messages)) == (1, 1)
    assert sorted("in the thread" in reply for reply in replies) == [False, False, True]
    assert all("in the thread" in reply or "method of Agents" in reply for reply in replies)


async def test_who_waits_too_long_for_anothers_summary_is_told_so(lab: Lab) -> None:
    model = FakeSummariser()
    model.go.clear()
    lab.use(model)
    first = asyncio.create_task(lab.say("summary 2"))
    await model.started.wait()
    assert "is being made. Ask again in a minute." in words(await lab.say("summary 2", user="grace"))
    model.go.set()
    await first
    assert len(model.asked) == 1


async def test_a_question_that_was_cut_off_holds_nobody_up_after_its_lease(lab: Lab) -> None:
    model = FakeSummariser()
    model.go.clear()
    lab.use(model)
    first = asyncio.create_task(lab.say("summary 2"))
    await model.started.wait()
    first.cancel()
    await asyncio.wait({first})
    model.go.set()
    lab.clock.advance(summaries.LEASE)
    assert "in the thread" in words(await lab.say("summary 2"))


async def test_a_paper_without_a_post_here_is_summed_up_in_the_answer(lab: Lab, model: FakeSummariser) -> None:
    other = paper("2601.00099", title="Never Posted Here")
    await lab.announce([other])
    assert "method of Never Posted Here" in words(await lab.say(f"summary {other.id}"))
    assert lab.platform.messages == []


async def test_where_posting_fails_the_asker_has_it_anyway_and_the_next_one_posts_it(
    lab: Lab, model: FakeSummariser
) -> None:
    lab.platform.faults = ["refuse"]
    assert "method of Agents" in words(await lab.say("summary 2"))
    lab.clock.advance(timedelta(minutes=2))
    await lab.say("summary 2", user="grace")
    assert len(lab.platform.messages) == 1


async def test_a_post_whose_answer_was_lost_is_found_and_not_repeated(lab: Lab, model: FakeSummariser) -> None:
    lab.platform.faults = ["drop"]
    await lab.say("summary 2")
    lab.clock.advance(timedelta(minutes=2))
    await lab.say("summary 2")
    assert len(lab.platform.messages) == 1
    assert len(model.asked) == 1


async def test_a_post_is_found_by_a_platform_whose_clock_is_behind_ours(lab: Lab, model: FakeSummariser) -> None:
    lab.platform.faults, lab.platform.clock = ["drop"], FakeClock(lab.clock.now() - SKEW)
    await lab.say("summary 2")
    lab.clock.advance(timedelta(minutes=2))
    await lab.say("summary 2")
    assert len(lab.platform.messages) == 1


async def test_who_is_held_up_before_posting_leaves_it_to_the_next_who_asks(lab: Lab, model: FakeSummariser) -> None:
    class Slow(FakeClock):
        def now(self) -> datetime:
            self.advance(LEASE - SETTLED + timedelta.resolution)
            return super().now()

    lab.use(model, clock=Slow(lab.clock.now()))
    assert "method of Agents" in words(await lab.say("summary 2"))
    assert lab.platform.messages == []
    lab.use(model)
    lab.clock.advance(timedelta(hours=1))
    await lab.say("summary 2")
    assert len(lab.platform.messages) == 1


async def test_without_a_model_the_extract_says_that_it_is_one(lab: Lab) -> None:
    await lab.say("summary 2")
    assert thread(lab)[0].endswith("| Extract from the abstract; no model is set up")
    await lab.say("summary 2", user="grace")
    assert len(lab.platform.messages) == 1


@pytest.mark.parametrize("failure", list(Failure))
async def test_a_model_that_fails_gives_way_to_an_extract_and_may_be_asked_again(
    lab: Lab, model: FakeSummariser, failure: Failure
) -> None:
    model.failures = [failure]
    said = words(await lab.say("summary 2"))
    assert "Extract from the abstract; " in said
    assert "no model is set up" not in said
    assert lab.platform.messages == []
    assert "in the thread" in words(await lab.say("summary 2"))


async def test_the_full_text_is_read_on_request_and_the_summary_says_so(lab: Lab, model: FakeSummariser) -> None:
    await lab.say("summary 2 full")
    assert model.asked[0][3] == lab.full_text.text
    assert thread(lab)[0].endswith("From the full text · fake-1 · asked by Ada")


async def test_where_there_is_no_full_text_the_abstract_stands_in_and_that_is_said(
    lab: Lab, model: FakeSummariser
) -> None:
    lab.full_text.refusal = "arXiv has none that can be read"
    said = words(await lab.say("summary 2 full"))
    assert "The full text cannot be had: arXiv has none that can be read." in said
    assert thread(lab)[0].endswith("From the abstract · fake-1 · asked by Ada")
    lab.full_text.refusal = ""
    await lab.say("summary 2 full")
    assert thread(lab)[1].endswith("From the full text · fake-1 · asked by Ada")


async def test_a_full_text_that_does_not_come_is_given_up_and_the_abstract_stands_in(
    lab: Lab, model: FakeSummariser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summaries, "READING", 0.01)
    lab.full_text.go.clear()
    said = words(await lab.say("summary 2 full"))
    assert "The full text cannot be had: arXiv took too long to give it." in said
    assert [kind for _, kind, _, _ in model.asked] == [SummaryKind.INSIGHTS]


async def test_a_new_version_is_summed_up_anew(lab: Lab, model: FakeSummariser) -> None:
    await lab.say("summary 2")
    async with lab.store() as tx:
        newer = paper("2601.00002", title="Agents, Second Thoughts", version=2)
        await tx.papers.add([newer], seen_at=lab.clock.now())
        await tx.commit()
    await lab.say("summary 2")
    assert len(model.asked) == 2
    assert "method of Agents, Second Thoughts" in thread(lab)[1]


async def test_a_withdrawn_paper_is_said_to_be(lab: Lab, model: FakeSummariser) -> None:
    async with lab.store() as tx:
        gone = paper("2601.00002", version=2, withdrawn=True)
        await tx.papers.add([gone], seen_at=lab.clock.now())
        await tx.commit()
    await lab.say("summary 2")
    assert thread(lab)[0].startswith("Withdrawn by its authors.")


async def test_the_memo_does_what_the_verb_does(lab: Lab, model: FakeSummariser) -> None:
    assert "in the thread" in words(await lab.react(2, "memo"))
    assert lab.platform.messages[0].under == message(2)
    assert (await lab.unreact(2, "memo")).parts == ()


async def test_cards_of_papers_offer_a_summary(lab: Lab) -> None:
    assert actions(await lab.say("today"))["Summarise"].startswith("summary 2601.")
