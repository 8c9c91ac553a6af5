"""Today, show, status, help, and what happens when something breaks."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.announcements import Answer, CategoryAnswer
from bot.commands import COMMANDS, Undo
from bot.dispatch import HANDLERS, Dispatcher
from bot.messages import Card
from bot.ports import Store
from tests.conversation.conftest import THURSDAY, Lab, actions, items, words
from tests.factories import paper, sender


async def test_today_shows_the_header_and_a_card_for_each_paper(lab: Lab) -> None:
    header, *cards = (await lab.say("today")).parts
    assert isinstance(header, Card)
    assert (header.title, header.aside) == ("Papers for Thursday, 15 January", "3 of 312 new · reasoning, agents")
    assert [card.number for card in cards if isinstance(card, Card)] == [1, 2, 3]
    first = cards[0]
    assert isinstance(first, Card)
    assert [line.text for line in first.lines] == [
        "Okafor and Tan · cs.CL · reasoning",
        "Process reward models lose accuracy off-distribution.",
        'Why: matches your topic "reasoning"',
    ]


async def test_a_saved_paper_shows_it_as_a_state(lab: Lab) -> None:
    await lab.say("save 1")
    await lab.say("read 1", user="grace")
    card = (await lab.say("today")).parts[1]
    assert isinstance(card, Card)
    states = {action.label: action.command for action in card.actions if action.pressed}
    assert states == {"Saved · 1 person": "toggle 2601.00001", "Read": "unread 2601.00001"}


async def test_on_a_day_without_one_the_latest_edition_stands_and_the_reason_is_said(lab: Lab) -> None:
    lab.clock.advance(timedelta(days=2))
    await lab.collected(CategoryAnswer("cs.CL", Answer.NOTHING_DUE))
    said = words(await lab.say("today"))
    assert "No new papers: arXiv announces nothing on Saturdays. The edition of Thursday, 15 January stands." in said
    assert "Papers for Thursday, 15 January" in said


async def test_an_edition_of_which_only_the_date_was_restored_is_said_to_be_further_up(lab: Lab) -> None:
    lab.clock.advance(timedelta(days=1))
    async with lab.store() as tx:
        _, channel = await tx.teams.identify(sender())
        known = await tx.editions.latest(channel.id)
        assert known
        await tx.editions.add(replace(known, date=lab.clock.now().date(), made_at=lab.clock.now(), picks=()), [])
        await tx.commit()
    said = words(await lab.say("today"))
    assert said.startswith("The papers for Friday, 16 January are further up here, if they came")
    assert "The edition of Friday, 16 January is out." in words(await lab.say("status"))
    assert "Verifiers" in words(await lab.say("today 2026-01-15"))
    refused = await lab.say("save 1")
    assert refused.failed
    assert "Name their papers by link, not by number." in words(refused)
    assert await lab.list() == []


async def test_an_edition_is_found_by_its_date(lab: Lab) -> None:
    lab.clock.advance(timedelta(days=1))
    await lab.publish([paper("2601.00050", title="Friday's Paper")])
    assert "Papers for Thursday, 15 January" in words(await lab.say("today 2026-01-15"))
    missing = await lab.say("today 2026-01-10")
    assert "no edition for Saturday, 10 January 2026: arXiv announces nothing on Saturdays" in words(missing)
    assert "Friday's Paper" in words(await lab.say(actions(missing)["Papers for Friday, 16 January"]))


async def test_a_weekday_without_news_names_the_last_batch_and_what_may_be_the_reason(lab: Lab) -> None:
    lab.clock.advance(timedelta(days=1))
    await lab.collected(CategoryAnswer("cs.CL", Answer.STALE, THURSDAY))
    said = "No new papers: arXiv has announced nothing since Thursday, 15 January. It keeps US holidays"
    assert said in words(await lab.say("today"))


async def test_a_failure_is_not_silence(lab: Lab) -> None:
    lab.clock.advance(timedelta(days=1, hours=-6))
    await lab.collected(CategoryAnswer("cs.CL", Answer.FAILED, problem="503"))
    lab.clock.advance(timedelta(minutes=12))
    sentence = (
        "arXiv has not answered since 06:00. The edition of Thursday, 15 January stands. I'll post as soon as it does."
    )
    assert sentence in words(await lab.say("today"))
    status = words(await lab.say("status"))
    assert sentence in status
    assert "cs.CL did not answer · 503" in status


async def test_an_arxiv_that_nobody_asked_is_not_said_to_be_silent(lab: Lab) -> None:
    lab.clock.advance(timedelta(days=4))
    said = "arXiv was last asked at 12:00 on Thursday, 15 January. The edition of Thursday, 15 January stands."
    assert said in words(await lab.say("today"))


async def test_status_tells_what_each_category_answered(lab: Lab) -> None:
    said = words(await lab.say("status"))
    assert "The edition of Thursday, 15 January is out: 3 papers." in said
    assert "cs.CL Thursday, 15 January: 3 papers announced, 3 found, 3 new asked 12:00" in said


async def test_a_channel_without_a_subscription_is_told_so(lab: Lab) -> None:
    for line in ("today", "status", "why 2601.00001"):
        reply = await lab.say(line, channel="random")
        assert reply.failed
        assert "no subscription" in words(reply)


async def test_show_tells_all_that_arxiv_and_the_team_know(lab: Lab) -> None:
    await lab.say("tag 1 rlhf")
    await lab.say("note 1 compare with ours", user="grace")
    said = words(await lab.say("show 1"))
    for part in (
        "A small consistency check recovers it.",
        "Authors: Adaeze Okafor, Wei Tan",
        "arXiv: 2601.00001, version 1, cs.CL",
        "Submitted: 15 January 2026",
        "List: unread, saved by Ada, today",
        "Tags: #rlhf",
        "Grace, Thursday, 15 January: compare with ours",
        'Why: matches your topic "reasoning"',
    ):
        assert part in said


async def test_a_note_keeps_its_lines_and_a_very_long_one_the_first_of_them(lab: Lab) -> None:
    await lab.say("note 1 Two things:\n\n  - the shift\r\n  - the data", user="grace")
    await lab.say("note 2 " + "\n".join(f"line {number}" for number in range(1, 21)), user="grace")
    said = words(await lab.say("show 1"))
    assert "Grace, Thursday, 15 January: Two things:\n  - the shift\n  - the data\nWhy: " in said
    long = words(await lab.say("show 2")).splitlines()
    assert "Grace, Thursday, 15 January: line 1" in long
    assert long[long.index("line 8") + 1] == " ".join(f"line {number}" for number in range(9, 21))


async def test_a_withdrawn_paper_says_so_before_all_else(lab: Lab) -> None:
    gone = paper("2601.00077", title="Too Good", withdrawn=True)
    lab.source.papers[gone.id] = gone
    card = (await lab.say("show 2601.00077")).parts[0]
    assert isinstance(card, Card)
    assert card.lines[0].text == "Withdrawn by its authors."
    await lab.say("save 2601.00077")
    assert "withdrawn" in items(await lab.say("list"))[0].details


async def test_help_shows_the_first_verbs_then_all_then_one(lab: Lab) -> None:
    first = await lab.say("help")
    assert [row.title for row in items(first)] == [row.examples[0] for row in COMMANDS.values() if row.first]
    everything = await lab.say(actions(first)["More"])
    said = [row.title.split()[0] for row in items(everything)]
    assert said == [verb for verb in COMMANDS if verb not in ("ask", "home", "there", "toggle")]
    for label, title in (("Today", "Papers for Thursday, 15 January"), ("Settings", "Papers for this channel")):
        assert words(await lab.say(actions(first)[label])).startswith(title)
    one = await lab.say("help tag")
    assert "tag <paper> <tag> …" in words(one)


async def test_a_mistyped_verb_is_answered_with_the_nearest(lab: Lab) -> None:
    reply = await lab.say("sav 2")
    assert reply.failed
    assert 'I don\'t know "sav". Did you mean this?' in words(reply)
    assert "Saved" in words(await lab.say(actions(reply)["Save 2"]))


async def test_every_command_has_a_handler() -> None:
    from typing import get_args

    from bot.commands import Command

    assert set(HANDLERS) == set(get_args(Command))


async def test_what_breaks_on_our_side_is_logged_under_the_reference_that_the_asker_gets(
    lab: Lab, caplog: pytest.LogCaptureFixture
) -> None:
    def broken_store() -> None:
        raise RuntimeError("the disk is gone")

    services = replace(lab.services, store=broken_store)  # type: ignore[arg-type]  # a store that only fails
    with caplog.at_level(logging.ERROR):
        reply = await Dispatcher(services)(Undo(), sender())
    assert reply.failed
    reference = words(reply).split("(ref ")[1][:4]
    assert "disk" not in words(reply)
    [record] = caplog.records
    assert reference in record.getMessage()
    assert "the disk is gone" in str(record.exc_text)


async def test_a_store_outlives_a_command_that_failed(store: Store, lab: Lab) -> None:
    await lab.say("save 99")
    assert "Saved" in words(await lab.say("save 1"))
