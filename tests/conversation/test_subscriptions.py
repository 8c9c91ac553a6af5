"""Subscribe, settings, unsubscribe: who may, what is asked, what is ordered, and when it comes."""

from dataclasses import replace
from datetime import time

import pytest

from bot.commands import parse
from bot.dispatch import Dispatcher
from bot.messages import Card, Form
from bot.teams import Interests, Layout, Offers, Standing, Subscription, Topic
from tests.conversation.conftest import Lab, actions, form, words
from tests.factories import sender

STRANGER = Standing(manages=False, bot_is_in=True)
OUTSIDE = Standing(manages=True, bot_is_in=False)


async def subscription(lab: Lab, channel: str = "papers") -> Subscription | None:
    async with lab.store() as tx:
        _, known = await tx.teams.identify(sender(channel=channel))
        return await tx.teams.subscription_of(known.id)


async def test_subscribe_orders_and_says_how_it_stands_and_when_the_first_edition_comes(lab: Lab) -> None:
    reply = await lab.say("subscribe topics:agents at:08:30 days:tue-wed,fri zone:Asia/Tokyo size:8", channel="new")
    assert reply.private
    assert words(reply).splitlines() == [
        "Papers for #new",
        "",
        "First edition on Friday, 16 January at 08:30.",
        "Topics: agents",
        "Categories: cs.CL, cs.LG, cs.AI",
        "Papers: 8 at the most",
        "When: Tuesday, Wednesday and Friday at 08:30, Asia/Tokyo",
        "Layout: A message for each paper",
        "Links to papers: Put the emoji on it that saves it",
        "Digests: weekly, monthly",
        "Without news: Say nothing",
    ]
    ordered = await subscription(lab, "new")
    assert ordered is not None
    assert (ordered.interests, ordered.size, ordered.at, ordered.zone) == (
        Interests(("cs.CL", "cs.LG", "cs.AI"), (Topic("agents"),)),
        8,
        time(8, 30),
        "Asia/Tokyo",
    )


async def test_the_one_who_ordered_last_is_remembered(lab: Lab) -> None:
    await lab.say("subscribe size:4", channel="new")
    await lab.say("settings size:5", channel="new", user="grace")
    ordered = await subscription(lab, "new")
    async with lab.store() as tx:
        grace, _ = await tx.teams.identify(sender("grace"))
    assert ordered is not None
    assert ordered.made_by == grace.id


async def test_subscribe_alone_asks_with_the_zone_of_the_asker(lab: Lab) -> None:
    lab.platform.standings["ada", "new"] = Standing(manages=True, bot_is_in=True, zone="Europe/Berlin")
    asked = form(await lab.say("subscribe", channel="new"))
    assert (asked.command, asked.submit) == ("subscribe", "Subscribe")
    held = {each.name: each.values for each in asked.inputs}
    assert held["zone"] == ("Europe/Berlin",)
    assert held["days"] == ("monday", "tuesday", "wednesday", "thursday", "friday")
    assert held["topics"] == ()
    assert await subscription(lab, "new") is None


async def test_a_zone_that_the_platform_makes_up_is_not_taken(lab: Lab) -> None:
    lab.platform.standings["ada", "new"] = Standing(manages=True, bot_is_in=True, zone="Mars/Olympus")
    asked = form(await lab.say("subscribe", channel="new"))
    assert [each.values for each in asked.inputs if each.name == "zone"] == [("UTC",)]


async def test_settings_alone_show_how_it_stands_in_the_form(lab: Lab) -> None:
    await lab.say("settings topics:Agents,tool use layout:compact at:9pm")
    asked = form(await lab.say("ask settings"))
    held = {each.name: each.values for each in asked.inputs}
    assert (asked.command, asked.submit) == ("settings", "Change")
    assert (held["topics"], held["phrases"], held["layout"], held["at"]) == (
        ("agents",),
        ("tool use",),
        ("compact",),
        ("21:00",),
    )
    assert asked == form(await lab.say("settings"))


async def test_a_form_that_is_sent_changes_what_was_changed_in_it(lab: Lab) -> None:
    asked = form(await lab.say("settings"))
    reply = await lab.answer(asked, {"topics": ("safety",), "phrases": "x size:9", "offers": "note", "size": "3"})
    assert "Topics: safety, x size:9" in words(reply)
    stands = await subscription(lab)
    assert stands is not None
    assert (stands.size, stands.offers, stands.interests.categories) == (3, Offers.NOTE, ("cs.CL",))


async def test_settings_change_only_what_they_name_and_offer_a_preview(lab: Lab) -> None:
    before = await subscription(lab)
    reply = await lab.say("settings layout:compact")
    after = await subscription(lab)
    assert before is not None
    assert after == replace(before, layout=Layout.COMPACT, made_by=after.made_by if after else None)
    assert "Next edition on Friday, 16 January at 08:00." in words(reply)
    assert actions(reply) == {"Change": "ask settings", "Preview": "preview"}
    assert "With these settings, in the last 30 days" in words(await lab.say(actions(reply)["Preview"]))


async def test_all_topics_are_everything_about_language_models(lab: Lab) -> None:
    assert "Topics: everything about language models" in words(await lab.say("settings topics:all"))
    stands = await subscription(lab)
    assert stands is not None
    assert stands.interests.topics == ()


async def test_a_subscribed_channel_that_subscribes_again_keeps_what_it_did_not_name(lab: Lab) -> None:
    await lab.say("subscribe size:9")
    stands = await subscription(lab)
    assert stands is not None
    assert (stands.size, [topic.name for topic in stands.interests.topics]) == (9, ["reasoning", "agents"])


async def test_unsubscribe_ends_the_editions_and_subscribing_revives_them(lab: Lab) -> None:
    await lab.say("save 1")
    reply = await lab.say("unsubscribe")
    assert "No more editions come to #papers." in words(reply)
    assert await subscription(lab) is None
    assert "no subscription" in words(await lab.say("unsubscribe"))
    assert len(await lab.list()) == 1
    assert isinstance(form(await lab.say(actions(reply)["Subscribe again"])), Form)
    await lab.say("subscribe size:2")
    stands = await subscription(lab)
    assert stands is not None
    assert stands.size == 2


@pytest.mark.parametrize("line", ["subscribe", "subscribe size:4", "settings size:4", "unsubscribe"])
async def test_who_does_not_manage_the_channel_is_refused(lab: Lab, line: str) -> None:
    lab.platform.standings["bob", "papers"] = STRANGER
    before = await subscription(lab)
    reply = await lab.say(line, user="bob")
    assert reply.failed
    assert words(reply) == "Only people who can manage this channel may change its papers. Ask its creator."
    assert await subscription(lab) == before


@pytest.mark.parametrize("line", ["settings", "ask settings"])
async def test_who_does_not_manage_the_channel_can_read_its_settings(lab: Lab, line: str) -> None:
    lab.platform.standings["bob", "papers"] = STRANGER
    reply = await lab.say(line, user="bob")
    said = words(reply)
    assert not reply.failed
    for part in ("Papers for #papers", "Next edition on Friday, 16 January at 08:00.", "Topics: reasoning, agents"):
        assert part in said
    assert "Only people who can manage this channel may change its papers. Ask its creator." in said
    assert actions(reply) == {}


async def test_settings_can_be_read_where_the_bot_cannot_post_and_where_nobody_says_who_manages(lab: Lab) -> None:
    lab.platform.standings["ada", "papers"] = OUTSIDE
    said = words(await lab.say("settings"))
    assert "Papers: 3 at the most" in said
    assert "I am not in this channel yet" in said
    lab.platform.faults = ["refuse"]
    said = words(await lab.say("settings"))
    assert "Papers: 3 at the most" in said
    assert "I can't find out just now who manages this channel." in said


async def test_where_everyone_may_the_platforms_word_is_not_asked_for(lab: Lab) -> None:
    lab.platform.standings["bob", "papers"] = STRANGER
    dispatch = Dispatcher(replace(lab.services, everyone_manages=True))
    reply = await dispatch(parse("settings size:4"), sender("bob"))
    assert "Papers: 4 at the most" in words(reply)


async def test_a_channel_that_the_bot_is_not_in_is_told_how_to_let_it_in(lab: Lab) -> None:
    lab.platform.standings["ada", "new"] = OUTSIDE
    reply = await lab.say("subscribe size:4", channel="new")
    assert reply.failed
    assert "I am not in this channel yet" in words(reply)
    assert await subscription(lab, "new") is None
    lab.platform.standings["ada", "papers"] = OUTSIDE
    assert "No more editions" in words(await lab.say("unsubscribe"))


@pytest.mark.parametrize("line", ["subscribe size:4", "settings size:4", "resume"])
async def test_what_the_bot_is_not_permitted_in_a_channel_is_named(lab: Lab, line: str) -> None:
    lacking = ("Create Public Threads", "Read Message History")
    lab.platform.standings["ada", "papers"] = Standing(manages=True, bot_is_in=False, lacking=lacking)
    said = await lab.say(line)
    assert said.failed
    assert 'I lack "Create Public Threads" and "Read Message History".' in words(said)


async def test_where_the_platform_does_not_answer_nobody_is_let_through(lab: Lab) -> None:
    lab.platform.faults = ["refuse"]
    reply = await lab.say("settings size:4")
    assert reply.failed
    assert "Try again in a minute" in words(reply)
    stands = await subscription(lab)
    assert stands is not None
    assert stands.size == 3


async def test_another_channel_of_the_team_can_be_changed_by_those_who_manage_it(lab: Lab) -> None:
    stands = await subscription(lab)
    assert stands is not None
    line = f"settings in:{stands.channel_id}"
    assert "Papers: 7 at the most" in words(await lab.say(f"{line} size:7", channel="elsewhere"))
    assert form(await lab.say(line, channel="elsewhere")).command == line
    lab.platform.standings["bob", "papers"] = STRANGER
    assert "Only people who can manage" in words(await lab.say(f"{line} size:8", channel="elsewhere", user="bob"))
    others = await lab.say(f"{line} size:8", workspace="other")
    assert others.failed
    assert "That channel has no subscription" in words(others)
    after = await subscription(lab)
    assert after is not None
    assert after.size == 7


MONDAY_TO_FRIDAY = Subscription(1, 1, 1, Interests(("cs.CL",)), at=time(8), zone="America/New_York")


async def test_an_edition_that_is_due_already_comes_as_soon_as_it_can(lab: Lab) -> None:
    assert "First edition as soon as today's papers are in." in words(await lab.say("subscribe size:4", channel="new"))
    assert "First edition today at 18:00." in words(await lab.say("subscribe at:18", channel="new"))


async def test_a_card_of_long_settings_names_all_of_them(lab: Lab) -> None:
    line = "settings wanted:verifier,proof unwanted:survey authors:Wei Tan,Ana Silva days:mon,wed offers:none"
    [card] = (await lab.say(line)).parts
    assert isinstance(card, Card)
    said = {field.name: field.value for field in card.fields}
    assert (said["Looking for"], said["Keeping out"], said["Following"]) == (
        "verifier, proof",
        "survey",
        "Wei Tan, Ana Silva",
    )
    assert said["When"] == "Monday and Wednesday at 08:00, UTC"
    assert said["Links to papers"] == "Do nothing"


@pytest.mark.parametrize(
    ("platform", "note", "hint"),
    [
        ("slack", "Ask them in private", ""),
        ("discord", "Ask them, for all to see", "I am told of it only where they mention me"),
    ],
)
async def test_what_can_be_done_with_a_link_is_told_as_the_platform_can_do_it(
    lab: Lab, platform: str, note: str, hint: str
) -> None:
    there = sender(platform=platform)
    assert f"Links to papers: {note}" in words(await lab.dispatch(parse("subscribe offers:note"), there))
    [asked] = [each for each in form(await lab.dispatch(parse("settings"), there)).inputs if each.name == "offers"]
    assert {choice.value: choice.label for choice in asked.choices}["note"] == note
    assert asked.hint == hint


async def test_without_its_platform_running_here_a_channel_is_anybodys(lab: Lab) -> None:
    lab.platform.standings["bob", "papers"] = STRANGER
    dispatch = Dispatcher(replace(lab.services, platforms={}))
    assert "Papers: 4 at the most" in words(await dispatch(parse("settings size:4"), sender("bob")))
