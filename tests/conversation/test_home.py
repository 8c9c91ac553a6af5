"""A person's own page: mine, the team's, this week, settings."""

from dataclasses import replace
from datetime import timedelta

from bot.commands import parse
from bot.messages import Card, Reply
from bot.teams import Standing
from tests.conversation.conftest import Lab, actions, items, words
from tests.factories import paper, sender

STRANGER = Standing(manages=False, bot_is_in=True)
PAPERS = tuple(paper(f"2601.005{number:02}", title=f"Paper {number:02}") for number in range(12))


def titles(reply: Reply) -> list[str]:
    return [item.title for item in items(reply)]


def pressed(reply: Reply) -> set[str]:
    return {action.label for part in reply.parts if isinstance(part, Card) for action in part.actions if action.pressed}


async def test_mine_is_what_i_saved_even_where_another_ones_name_begins_like_mine(lab: Lab) -> None:
    await lab.say("save 1")
    await lab.say("save 2", user="adam")
    reply = await lab.say("home")
    assert reply.private
    assert titles(reply) == ["When Verifiers Lie: Process Rewards under Shift"]
    assert "Unread 1 · Reading 0 · Read 0" in words(reply)
    assert pressed(reply) == {"Mine"}


async def test_the_tabs_lead_to_the_other_rooms(lab: Lab) -> None:
    tabs = actions(await lab.say("home"))
    assert list(tabs) == ["Mine", "Team", "This week", "Settings"]
    for label, line in tabs.items():
        assert label in pressed(await lab.say(line))


async def test_the_teams_room_holds_everybodys_and_filters_by_buttons(lab: Lab) -> None:
    await lab.say("tag 1 rlhf")
    await lab.say("tag 2 agents", user="grace")
    await lab.say("read 2", user="grace")
    team = await lab.say("home team")
    assert len(titles(team)) == 2
    assert "Unread 1 · Reading 0 · Read 1" in words(team)
    tagged = await lab.say(actions(team)["#rlhf"])
    assert titles(tagged) == ["When Verifiers Lie: Process Rewards under Shift"]
    assert pressed(tagged) == {"Team", "#rlhf"}
    nothing = await lab.say(actions(tagged)["Read"])
    assert "Nothing here matches." in words(nothing)
    assert titles(await lab.say(actions(await lab.say(actions(nothing)["Read"]))["#rlhf"])) == titles(team)


async def test_long_lists_are_turned_in_place(lab: Lab) -> None:
    await lab.announce(PAPERS)
    for one in PAPERS:
        await lab.say(f"save {one.id}")
    first = await lab.say("home mine")
    second = await lab.say(actions(first)["Next page"])
    assert (len(titles(first)), len(titles(second))) == (10, 2)
    assert set(titles(first)) | set(titles(second)) == {one.title for one in PAPERS}
    assert titles(await lab.say(actions(second)["Previous page"])) == titles(first)
    beyond = await lab.say("home mine page:9")
    assert "The list ends at page 2." in words(beyond)
    assert titles(await lab.say(actions(beyond)["Last page"])) == titles(second)


async def test_a_filter_that_is_taken_off_begins_at_the_first_page(lab: Lab) -> None:
    await lab.announce(PAPERS)
    for one in PAPERS:
        await lab.say(f"tag {one.id} rlhf")
    second = await lab.say("home mine #rlhf page:2")
    assert len(titles(await lab.say(actions(second)["#rlhf"]))) == 10


async def test_the_week_holds_what_editions_brought_to_public_channels(lab: Lab) -> None:
    await lab.say("save 2")
    week = await lab.say("home week")
    assert titles(week) == [
        "When Verifiers Lie: Process Rewards under Shift",
        "Agents that Remember What They Read",
        "Sparse Attention for Long Documents",
    ]
    assert "Lindqvist 2026 #papers Thursday, 15 January on your list 2601.00002" in words(week)
    lab.clock.advance(timedelta(days=8))
    assert "No edition came to a public channel of your team" in words(await lab.say("home week"))


async def test_a_private_channels_papers_are_not_in_the_week_not_even_for_its_members(lab: Lab) -> None:
    hidden = replace(sender(), channel_private=True)
    async with lab.store() as tx:
        await tx.teams.identify(hidden)
        await tx.commit()
    reply = await lab.say("home week", channel="elsewhere")
    assert "No edition came to a public channel" in words(reply)


async def test_a_week_of_many_papers_is_turned_in_place_the_last_day_first(lab: Lab) -> None:
    lab.clock.advance(timedelta(days=1))
    await lab.publish(PAPERS)
    first = await lab.say("home week")
    assert titles(first) == [one.title for one in PAPERS[:10]]
    second = await lab.say(actions(first)["Next page"])
    assert len(titles(second)) == 5
    assert titles(await lab.say("home week page:9")) == titles(second)


async def test_settings_are_those_of_channels_that_the_person_manages(lab: Lab) -> None:
    await lab.say("subscribe size:4", channel="other")
    lab.platform.standings["bob", "other"] = STRANGER
    reply = await lab.say("home settings", user="bob", channel="own")
    cards = [part for part in reply.parts[1:] if isinstance(part, Card)]
    assert [card.title for card in cards] == ["Papers for #papers"]
    change = {action.label: action.command for action in cards[0].actions}["Change"]
    changed = await lab.say(f"{change.removeprefix('ask ')} size:9", user="bob", channel="own")
    assert "Papers: 9 at the most" in words(changed)


async def test_a_channel_is_paused_resumed_and_ended_from_elsewhere_by_who_may(lab: Lab) -> None:
    async def offered() -> dict[str, str]:
        return actions(await lab.say("home settings", channel="own"))

    going = await offered()
    assert "Paused" in words(await lab.say(going["Pause"], channel="own"))
    paused = await offered()
    assert "Pause" not in paused
    await lab.say("pause until 2026-02-02")
    shown = words(await lab.say("home settings", channel="own"))
    assert "Paused: the next edition on Monday, 2 February at 08:00." in shown
    assert "Resumed" in words(await lab.say(paused["Resume"], channel="own"))
    assert await offered() == going

    lab.platform.standings["bob", "papers"] = STRANGER
    assert (await lab.say(going["Unsubscribe"], user="bob", channel="own")).failed
    assert (await lab.say(going["Unsubscribe"], workspace="institute")).failed
    assert "No more editions come to #papers" in words(await lab.say(going["Unsubscribe"], channel="own"))
    assert (await lab.say(going["Pause"], channel="own")).failed


async def test_a_private_channel_is_known_from_elsewhere_only_to_who_ordered_its_papers(lab: Lab) -> None:
    hidden = replace(sender("bob", channel="secret"), channel_private=True)
    reply = await lab.dispatch(parse("subscribe topics:takeover"), hidden)
    assert "Topics: takeover" in words(reply)
    assert "takeover" in words(await lab.say("home settings", user="bob", channel="own"))
    assert "takeover" not in words(await lab.say("home settings", user="ada", channel="own"))
    change = actions(await lab.say("home settings", user="bob", channel="own"))["Change"]
    assert (await lab.say(change, user="ada", channel="own")).failed
    assert not (await lab.say(change, user="bob", channel="own")).failed


async def test_who_manages_nothing_is_told_how_papers_come_to_a_channel(lab: Lab) -> None:
    lab.platform.standings["bob", "papers"] = STRANGER
    assert "There is no channel here that you may change." in words(await lab.say("home settings", user="bob"))


async def test_a_channel_of_which_the_platform_says_nothing_is_left_out(lab: Lab) -> None:
    await lab.say("subscribe size:4", channel="other")
    lab.platform.faults = ["forbid"]
    reply = await lab.say("home settings", channel="own")
    assert [part.title for part in reply.parts[1:] if isinstance(part, Card)] == ["Papers for #other"]


async def test_another_team_sees_nothing_of_ours(lab: Lab) -> None:
    await lab.say("save 1")
    for line, empty in (
        ("home", "You have saved no paper yet."),
        ("home team", "Your team's list is empty."),
        ("home week", "No edition came to a public channel"),
        ("home settings", "There is no channel here that you may change."),
    ):
        assert empty in words(await lab.say(line, workspace="other"))
