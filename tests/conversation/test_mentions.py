"""A paper that somebody names in a channel: a quiet offer, and an emoji on their message means that paper."""

from dataclasses import replace

import pytest

from bot.commands import Mention, React, Unreact
from bot.editions import MessageRef
from bot.messages import Notice, Reply
from bot.papers import ArxivId
from bot.teams import Offers
from tests.conversation.conftest import PAPERS, THEIRS, Lab, actions, message, words
from tests.factories import paper, sender
from tests.fakes.summariser import FakeSummariser

NEW = paper("2601.00090", title="Found Elsewhere")
LINK = f"have you seen https://arxiv.org/pdf/{NEW.id}v2 already?"


@pytest.fixture
async def lab(lab: Lab) -> Lab:
    lab.source.papers[NEW.id] = NEW
    return lab


async def offer(lab: Lab, offers: Offers) -> None:
    await lab.say(f"settings offers:{offers}")


async def noted(lab: Lab) -> tuple[ArxivId, ...]:
    async with lab.store() as tx:
        return await tx.mentions.of(THEIRS)


async def test_the_emoji_that_saves_is_put_on_the_message_and_nothing_is_said(lab: Lab) -> None:
    assert await lab.mention(LINK) == Reply(())
    assert lab.platform.marks == {(THEIRS, "bookmark")}
    assert await noted(lab) == (NEW.id,)


async def test_a_note_asks_the_one_who_wrote_and_them_alone(lab: Lab) -> None:
    await offer(lab, Offers.NOTE)
    reply = await lab.mention(LINK)
    assert reply.private
    assert words(reply) == "“Found Elsewhere” is not on your team's list yet."
    assert lab.platform.marks == set()
    assert "Saved: “Found Elsewhere”" in words(await lab.say(actions(reply)["Save"], user="bob"))


@pytest.mark.parametrize("offers", [Offers.EMOJI, Offers.NOTE])
async def test_a_paper_that_was_posted_before_brings_a_link_to_its_thread(lab: Lab, offers: Offers) -> None:
    await offer(lab, offers)
    [note] = (await lab.mention("https://huggingface.co/papers/2601.00002")).parts
    assert isinstance(note, Notice)
    assert note.text == "“Agents that Remember What They Read” was posted in #papers before."
    assert [(action.label, action.url) for action in note.actions] == [
        ("Open its thread", f"https://chat.example/papers/{message(2).message}"),
        ("Save", ""),
    ]
    await lab.say("save 2")
    assert list(actions(await lab.mention("2601.00002"))) == ["Open its thread"]


async def test_what_was_posted_in_a_private_channel_is_known_there_only(lab: Lab) -> None:
    async with lab.store() as tx:
        await tx.teams.identify(replace(sender(), channel_private=True))
        await tx.commit()
    await lab.say("subscribe offers:note", channel="open")
    assert "posted" not in words(await lab.mention("2601.00002", channel="open"))
    hidden = replace(sender("bob"), channel_private=True)
    assert "was posted in #papers" in words(await lab.dispatch(Mention(THEIRS, "2601.00002"), hidden))


async def test_what_the_team_saved_and_no_edition_brought_is_not_spoken_of(lab: Lab) -> None:
    await offer(lab, Offers.NOTE)
    await lab.say(f"save {NEW.id}")
    assert await lab.mention(LINK) == Reply(())


async def test_a_channel_that_wants_no_offers_gets_none_and_nothing_is_kept(lab: Lab) -> None:
    await offer(lab, Offers.NONE)
    assert await lab.mention(LINK) == Reply(())
    assert await lab.mention(LINK, channel="random") == Reply(())
    assert (lab.platform.marks, await noted(lab)) == (set(), ())


async def test_text_without_a_paper_is_nobodys_business(lab: Lab) -> None:
    assert await lab.mention("lunch at 12.30? https://example.com/2601") == Reply(())
    assert lab.platform.marks == set()


async def test_of_many_papers_the_first_five_are_taken(lab: Lab) -> None:
    await lab.mention(" ".join(f"2601.001{number:02}" for number in range(9)))
    assert await noted(lab) == tuple(ArxivId(f"2601.001{number:02}") for number in range(5))


@pytest.mark.parametrize("fault", ["refuse", "forbid"])
async def test_an_offer_that_the_platform_refuses_is_nobodys_worry(lab: Lab, fault: str) -> None:
    lab.platform.faults = ["", fault]
    await lab.say("settings size:3")
    assert await lab.mention(LINK) == Reply(())
    assert await noted(lab) == (NEW.id,)


async def test_a_paper_that_cannot_be_had_is_not_offered(lab: Lab) -> None:
    await offer(lab, Offers.NOTE)
    assert await lab.mention("see 2601.99999") == Reply(())
    lab.source.down = True
    assert await lab.mention(LINK) == Reply(())


async def test_an_emoji_on_the_message_saves_every_paper_in_it_and_taking_it_back_unsaves_them(lab: Lab) -> None:
    await lab.mention(f"{NEW.id} and 2601.00002")
    await lab.dispatch(React(THEIRS, "bookmark"), sender())
    assert {entry.paper.id for entry in await lab.list()} == {NEW.id, PAPERS[1].id}
    reply = await lab.dispatch(Unreact(THEIRS, "bookmark"), sender())
    assert "Taken back: save “Found Elsewhere” and “Agents" in words(reply)
    assert await lab.list() == []


async def test_what_another_emoji_saves_too_stays_when_one_is_taken_back(lab: Lab) -> None:
    await lab.mention(f"{NEW.id} and 2601.00002")
    await lab.dispatch(React(THEIRS, "bookmark"), sender())
    await lab.react(2, "bookmark")
    await lab.dispatch(Unreact(THEIRS, "bookmark"), sender())
    assert [entry.paper.id for entry in await lab.list()] == [PAPERS[1].id]
    await lab.unreact(2, "bookmark")
    assert await lab.list() == []


async def test_an_emoji_on_a_post_is_not_taken_for_one_on_a_message_with_more_papers(lab: Lab) -> None:
    await lab.react(2, "bookmark")
    await lab.mention(f"{NEW.id} and 2601.00002")
    await lab.dispatch(React(THEIRS, "bookmark"), sender())
    await lab.unreact(2, "bookmark")
    assert {entry.paper.id for entry in await lab.list()} == {NEW.id, PAPERS[1].id}
    await lab.dispatch(Unreact(THEIRS, "bookmark"), sender())
    assert await lab.list() == []


async def test_the_memo_sums_up_every_paper_of_the_message(lab: Lab) -> None:
    lab.use(FakeSummariser())
    await lab.mention(f"{NEW.id} and 2601.00002")
    reply = await lab.dispatch(React(THEIRS, "memo"), sender())
    assert len(reply.parts) == 2
    assert "Found Elsewhere" in words(reply)


async def test_a_message_that_nobody_noted_means_nothing(lab: Lab) -> None:
    unknown = MessageRef("terminal", "papers", "unknown")
    assert await lab.dispatch(React(unknown, "bookmark"), sender()) == Reply(())
    assert await lab.dispatch(Unreact(unknown, "bookmark"), sender()) == Reply(())
