"""Pause, skip, resume: editions that are not wanted for a while."""

from datetime import timedelta

import pytest

from bot.editions import Edition, Post, PostState
from bot.teams import EditionKind, Halt, Pause, Standing, Subscription
from tests.conversation.conftest import THURSDAY, Lab, actions, form, words
from tests.factories import sender

FRIDAY, MONDAY = THURSDAY + timedelta(days=1), THURSDAY + timedelta(days=4)
DAY = timedelta(days=1)


async def subscription(lab: Lab) -> Subscription:
    async with lab.store() as tx:
        _, channel = await tx.teams.identify(sender())
        found = await tx.teams.subscription_of(channel.id)
    assert found is not None
    return found


async def test_a_pause_lasts_until_somebody_resumes(lab: Lab) -> None:
    paused = await lab.say("pause")
    assert "no editions until somebody resumes them" in words(paused)
    assert (await subscription(lab)).pause == Pause(THURSDAY)
    assert "Resumed: the next edition comes on Friday, 16 January." in words(await lab.say(actions(paused)["Resume"]))
    assert (await subscription(lab)).pause is None


@pytest.mark.parametrize("line", ["pause until 2026-02-01", "pause 2026-02-01", "PAUSE Until 2026-02-01"])
async def test_a_vacation_ends_on_the_date_that_was_named(lab: Lab, line: str) -> None:
    assert "the next edition comes on Monday, 2 February" in words(await lab.say(line))
    pause = (await subscription(lab)).pause
    assert pause is not None
    assert pause.last is not None
    assert str(pause.last) == "2026-01-31"


@pytest.mark.parametrize("until", ["2026-01-15", "2025-12-24", "2062-02-01", "9999-12-31"])
async def test_a_pause_until_a_date_that_has_come_or_is_years_away_is_refused(lab: Lab, until: str) -> None:
    said = await lab.say(f"pause until {until}")
    assert said.failed
    assert "is not in the year to come" in words(said)
    assert (await subscription(lab)).pause is None


async def test_skip_leaves_out_the_next_edition(lab: Lab) -> None:
    said = words(await lab.say("skip"))
    assert "No edition on Friday, 16 January: the next one after that comes on Monday, 19 January." in said
    assert (await subscription(lab)).pause == Pause(FRIDAY, FRIDAY)
    assert "Monday, 19 January: the next one after that comes on Tuesday, 20 January" in words(await lab.say("skip"))
    assert (await subscription(lab)).pause == Pause(FRIDAY, MONDAY)


async def test_skip_tomorrow_means_tomorrow(lab: Lab) -> None:
    assert "No edition on Friday, 16 January" in words(await lab.say("skip tomorrow"))
    lab.clock.advance(DAY)
    said = words(await lab.say("skip tomorrow"))
    assert "There is no edition on Saturday, 17 January anyway. The next one comes on Monday, 19 January." in said
    assert (await subscription(lab)).pause == Pause(FRIDAY, FRIDAY)


async def test_in_a_pause_without_an_end_there_is_nothing_to_skip(lab: Lab) -> None:
    await lab.say("pause")
    assert "until somebody resumes them" in words(await lab.say("skip"))
    assert (await subscription(lab)).pause == Pause(THURSDAY)


async def test_resume_where_nothing_is_paused_says_so(lab: Lab) -> None:
    assert "Nothing is paused here. The next edition comes on Friday" in words(await lab.say("resume"))
    await lab.say("skip")
    lab.clock.advance(3 * DAY)
    assert "Nothing is paused here." in words(await lab.say("resume"))


@pytest.mark.parametrize("line", ["pause", "skip", "resume"])
async def test_a_channel_without_editions_has_nothing_to_pause(lab: Lab, line: str) -> None:
    assert "no subscription" in words(await lab.say(line, channel="elsewhere"))


@pytest.mark.parametrize("line", ["pause", "skip", "resume"])
async def test_only_who_manages_a_channel_may_pause_it(lab: Lab, line: str) -> None:
    lab.platform.standings["eve", "papers"] = Standing(manages=False, bot_is_in=True)
    said = await lab.say(line, user="eve")
    assert said.failed
    assert "Only people who can manage this channel" in words(said)
    assert (await subscription(lab)).pause is None


async def test_a_halted_channel_goes_on_when_it_is_resumed_without_what_is_too_old(lab: Lab) -> None:
    halted, now = await subscription(lab), lab.clock.now()
    async with lab.store() as tx:
        await tx.interruptions.halt(halted.id, Halt(now, "not in the channel"))
        for days, key in ((1, "old"), (2, "new")):
            day = THURSDAY + days * DAY
            edition = Edition(0, halted.id, halted.channel_id, EditionKind.DAILY, day, now + days * DAY, 0, ())
            post = Post(key, 0, halted.channel_id, 0, PostState.PLANNED, now + days * DAY)
            assert await tx.editions.add(edition, [post])
        await tx.commit()
    lab.clock.advance(2 * DAY + timedelta(hours=1))
    said = words(await lab.say("resume"))
    assert "Resumed: what was left to post follows at once; the next edition comes on Monday, 19 January." in said
    assert "What was left to post of Friday, 16 January is too old and left out" in said
    async with lab.store() as tx:
        assert [post.key for post in await tx.posts.due(lab.clock.now())] == ["new"]
        [row] = [row for row in await tx.ledger.unsent(limit=9) if row.post.key == "old"]
    assert (row.post.state, row.post.last_error) == (PostState.DEAD, "left out: its channel was halted for too long")
    assert (await subscription(lab)).halt is None


async def test_a_channel_that_is_still_closed_stays_halted_though_somebody_resumes_it(lab: Lab) -> None:
    halt = await _halted(lab, "not in the channel")
    lab.platform.standings["ada", "papers"] = Standing(manages=True, bot_is_in=False)
    said = await lab.say("resume")
    assert said.failed
    assert "I am not in this channel" in words(said)
    assert (await subscription(lab)).halt == halt


async def test_resume_tells_of_the_edition_that_was_missed_today(lab: Lab) -> None:
    lab.clock.advance(DAY)
    await _halted(lab, "not in the channel")
    said = words(await lab.say("resume"))
    assert "Resumed: the edition of Friday, 16 January comes as soon as its papers are in." in said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("pause tomorrow", '"tomorrow" is not a date'),
        ("skip friday", 'I can\'t skip "friday"'),
        ("resume now", "takes nothing after it"),
    ],
)
async def test_what_is_no_day_is_told(lab: Lab, line: str, said: str) -> None:
    assert said in words(await lab.say(line))


@pytest.mark.parametrize("line", ["today", "status"])
async def test_today_and_status_tell_until_when_a_channel_is_paused(lab: Lab, line: str) -> None:
    assert "Paused" not in words(await lab.say(line))
    await lab.say("pause until 2026-02-02")
    said = await lab.say(line)
    assert "Paused: the next edition comes on Monday, 2 February." in words(said)
    assert actions(said)["Resume"] == "resume"
    await lab.say("pause")
    lab.clock.advance(DAY)
    assert "Paused: no editions until somebody resumes them." in words(await lab.say(line))


@pytest.mark.parametrize("line", ["today", "status"])
async def test_today_and_status_tell_what_will_be_skipped_and_from_when_editions_come_again(
    lab: Lab, line: str
) -> None:
    await lab.say("skip")
    said = await lab.say(line)
    assert "No edition on Friday, 16 January: the next one after that comes on Monday, 19 January." in words(said)
    assert "Thursday, 15 January" in words(said)
    assert actions(said)["Resume"] == "resume"
    await lab.say("skip")
    said = await lab.say(line)
    assert "No editions from Friday, 16 January to Monday, 19 January" in words(said)
    assert "the next one after that comes on Tuesday, 20 January." in words(said)
    lab.clock.advance(DAY)
    assert "Paused: the next edition comes on Tuesday, 20 January." in words(await lab.say(line))
    await lab.say("resume")
    assert "Paused" not in words(await lab.say(line))


async def test_a_skip_to_come_hides_neither_why_there_is_no_edition_today_nor_that_it_is_still_due(lab: Lab) -> None:
    lab.clock.advance(DAY - timedelta(hours=5))
    assert "No edition on Saturday" not in words(await lab.say("skip tomorrow"))
    await lab.say("settings days:mon-sun at:09:00")
    assert "No edition on Saturday, 17 January: the next one after that comes on Sunday" in words(
        await lab.say("skip tomorrow")
    )
    said = words(await lab.say("today"))
    assert "arXiv was last asked at 12:00 on Thursday, 15 January." in said
    assert "No edition on Saturday, 17 January" in said


@pytest.mark.parametrize("why", ["the channel is archived", "the channel is archived. Unarchive it."])
@pytest.mark.parametrize("line", ["today", "status"])
async def test_today_and_status_tell_why_a_channel_is_halted(lab: Lab, line: str, why: str) -> None:
    await _halted(lab, why)
    said = await lab.say(line)
    sentence = f"T{why[1:].removesuffix('.')}."
    assert f"No editions come, since I could not post here. {sentence} Resume" in words(said)
    assert actions(said)["Resume"] == "resume"


async def test_the_settings_of_a_halted_channel_tell_of_it(lab: Lab) -> None:
    await _halted(lab, "the channel is archived")
    assert "could not post here. The channel is archived." in form(await lab.say("settings")).lines[0].text
    assert "could not post here. The channel is archived." in words(await lab.say("settings size:4"))


async def _halted(lab: Lab, why: str) -> Halt:
    halt = Halt(lab.clock.now(), why)
    async with lab.store() as tx:
        await tx.interruptions.halt((await tx.teams.subscriptions())[0].id, halt)
        await tx.commit()
    return halt
