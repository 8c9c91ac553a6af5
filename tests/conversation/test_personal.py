"""What one member is brought when they ask: private, by settings and doings of their own, and no edition."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.curation.ranker import rank
from bot.curation.ranking import Act, Ranked, Taste
from bot.messages import Card, Reply
from bot.papers import Paper
from bot.teams import Interests, Topic
from tests.conversation.conftest import PAPERS, Lab, actions, in_order, words
from tests.factories import paper

AGENTS = paper("2601.00050", title="Tool Use by LLM Agents", abstract="LLM agents use tools.", authors=("Ana Silva",))
JAILBREAKS = paper("2601.00051", title="Jailbreaks of LLMs", abstract="We jailbreak an LLM.", authors=("Wei Tan",))


class Listener:
    """The ranker `in_order`, which keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Sequence[Paper], Interests, Taste]] = []

    def __call__(self, pool: Sequence[Paper], interests: Interests, taste: Taste) -> list[Ranked]:
        self.asked.append((pool, interests, taste))
        return in_order(pool, interests, taste)

    def acts(self) -> list[tuple[str, Act]]:
        """Of the taste that was asked for last."""
        return sorted((one.paper.id.value, one.act) for one in self.asked[-1][2].judged)


@pytest.fixture
def listener(lab: Lab) -> Listener:
    listener = Listener()
    lab.rank_by(listener)
    return listener


def titles(reply: Reply) -> list[str]:
    return [part.title for part in reply.parts if isinstance(part, Card)][1:]


async def test_for_me_is_private_and_makes_no_edition(lab: Lab) -> None:
    lab.clock.advance(timedelta(days=1))
    await lab.announce([AGENTS, JAILBREAKS])
    reply = await lab.say("for me")
    assert reply.private
    assert words(reply).startswith("For you, Friday, 16 January\n2 of 2 new · reasoning, agents")
    assert titles(reply) == [AGENTS.title, JAILBREAKS.title]
    assert "Papers for Thursday, 15 January" in words(await lab.say("today"))


async def test_papers_keep_the_numbers_that_the_channel_knows_them_by(lab: Lab) -> None:
    await lab.say("dislike 1")
    cards = [part for part in (await lab.say("for me")).parts[1:] if isinstance(part, Card)]
    assert [(card.title, card.number) for card in cards] == [(PAPERS[1].title, 2), (PAPERS[2].title, 3)]
    lab.clock.advance(timedelta(days=1))
    await lab.announce([AGENTS])
    [card] = [part for part in (await lab.say("for me")).parts[1:] if isinstance(part, Card)]
    assert card.number is None


async def test_where_nothing_is_new_the_latest_editions_papers_are_looked_at_again(lab: Lab) -> None:
    lab.clock.advance(timedelta(days=2))
    reply = await lab.say("for me")
    assert "For you, Thursday, 15 January" in words(reply)
    assert titles(reply) == [one.title for one in PAPERS]


async def test_my_own_doings_weigh_and_not_those_of_others(lab: Lab, listener: Listener) -> None:
    await lab.say("save 1", user="grace")
    await lab.say("save 2")
    await lab.say("show 3")
    lab.clock.advance(timedelta(hours=1))
    reply = await lab.say("for me")
    assert listener.acts() == [("2601.00002", Act.SAVED), ("2601.00003", Act.OPENED)]
    assert titles(reply) == [PAPERS[0].title, PAPERS[2].title]


async def test_until_i_did_anything_the_teams_taste_stands_in(lab: Lab, listener: Listener) -> None:
    await lab.say("save 1", user="grace")
    await lab.say("for me")
    assert listener.acts() == [("2601.00001", Act.SAVED)]


async def test_topics_of_my_own_are_kept_for_me_alone_until_i_take_them_back(lab: Lab, listener: Listener) -> None:
    reply = await lab.say("for me topics:safety,long context size:1")
    assert "1 of 3 new · safety, long context" in words(reply)
    assert "By settings of your own" in words(reply)
    await lab.say("for me")
    await lab.say("for me", user="grace")
    await lab.say(actions(reply)["As the channel"])
    asked = [interests.topics for _, interests, _ in listener.asked]
    own, channel = (Topic("safety"), Topic("long context")), (Topic("reasoning"), Topic("agents"))
    assert asked == [own, own, channel, channel]
    async with lab.store() as tx:
        [subscription] = await tx.teams.subscriptions()
    assert (subscription.interests.topics, subscription.size) == (channel, 3)


async def test_my_own_topics_choose_other_papers_than_the_channels(lab: Lab) -> None:
    lab.rank_by(rank)
    lab.clock.advance(timedelta(days=1))
    await lab.announce([AGENTS, JAILBREAKS])
    assert titles(await lab.say("for me")) == [AGENTS.title]
    assert titles(await lab.say("for me topics:safety")) == [JAILBREAKS.title]
    assert titles(await lab.say("for me authors:Wei Tan topics:vision")) == [JAILBREAKS.title]
    assert titles(await lab.say("for me unwanted:title:jailbreak topics:safety")) == []


async def test_a_day_without_anything_for_me_says_so(lab: Lab) -> None:
    lab.clock.advance(timedelta(days=1))
    await lab.announce([paper("2601.00060", title="Off topic: turbulent flow")])
    assert "Nothing for you among 1 new paper." in words(await lab.say("for me"))
    assert "Nothing new has been collected yet." in words(await lab.say("for me categories:cs.RO"))


async def test_a_channel_without_a_subscription_has_nothing_for_anybody(lab: Lab) -> None:
    for line in ("for me", "preview size:8"):
        assert "no subscription" in words(await lab.say(line, channel="random"))
