"""`/papers …`: told at once that it was heard, then answered where it was typed."""

import asyncio
from datetime import timedelta

from adapters.slack.conversation import AT_ONCE
from bot.commands import Help, Save, Search, parse
from bot.messages import Card, Item, Notice, Reply
from tests.platform.slack.conftest import Lab


async def test_a_command_is_acknowledged_at_once_and_answered_when_there_is_an_answer(connected: Lab) -> None:
    connected.product.wait = asyncio.Event()
    said = await connected.ada.says("/papers save 2", in_=connected.papers)
    assert said.failure == ""
    assert said.replies == []
    connected.product.wait.set()
    assert (await said.reply()).shown == "Done."
    assert connected.product.commands == [Save((2,))]


async def test_an_answer_is_for_the_askers_eyes_unless_it_is_public(connected: Lab) -> None:
    private = await (await connected.ada.says("/papers", in_=connected.papers)).reply()
    assert connected.ada.ephemerals == [private]
    connected.product.reply = Reply((Notice("Today's papers"),), private=False)
    public = await (await connected.ada.says("/papers today", in_=connected.papers)).reply()
    assert connected.papers.messages == [public]
    assert not connected.slack.calls_to("response_url")[-1].args["unfurl_links"]


async def test_the_product_hears_who_asks_where_by_names_that_people_know(connected: Lab) -> None:
    secret = connected.workspace.channel("secret", creator=connected.ben, kind="private")
    await (await connected.ada.says("/papers", in_=connected.papers)).reply()
    await (await connected.ben.says("/papers", in_=secret)).reply()
    (command, ada), (_, ben) = connected.product.heard
    team = connected.workspace.id
    assert command == Help()
    assert (ada.platform, ada.workspace, ada.user, ada.user_name) == ("slack", team, connected.ada.id, "ada")
    assert (ada.channel, ada.channel_name) == (f"{team}/{connected.papers.id}", "#papers")
    assert not ada.channel_private
    assert (ben.channel_name, ben.channel_private) == ("#secret", True)


async def test_a_private_channel_that_the_bot_cannot_see_counts_as_private(connected: Lab) -> None:
    hidden = connected.workspace.channel("hidden", creator=connected.ben, kind="private", bot=False)
    await (await connected.ben.says("/papers", in_=hidden)).reply()
    assert connected.product.heard[0][1].channel_private


async def test_names_are_asked_for_once_in_a_while(connected: Lab) -> None:
    for number in range(1, 4):
        await (await connected.ada.says(f"/papers save {number}", in_=connected.papers)).reply()
    assert len(connected.slack.calls_to("users.info")) == 1
    connected.clock.advance(timedelta(hours=2))
    await (await connected.ada.says("/papers", in_=connected.papers)).reply()
    assert len(connected.slack.calls_to("users.info")) == 2


async def test_a_command_is_done_though_slack_does_not_say_who_asks(connected: Lab) -> None:
    connected.slack.fail("users.info", "fatal_error")
    connected.slack.fail("conversations.info", "error_before")
    assert (await (await connected.ada.says("/papers", in_=connected.papers)).reply()).shown == "Done."
    assert connected.product.heard[0][1].user_name == connected.ada.id
    assert connected.product.heard[0][1].channel_private


async def test_what_slack_makes_of_links_and_signs_is_undone(connected: Lab) -> None:
    line = "/papers save <https://arxiv.org/abs/2601.00001|arxiv.org/abs/2601.00001>"
    await (await connected.ada.says(line, in_=connected.papers)).reply()
    await (await connected.ada.says("/papers search a &lt; b &amp; c", in_=connected.papers)).reply()
    assert connected.product.commands == [parse("save 2601.00001"), Search("a < b & c", 1)]


async def test_a_long_answer_is_several_messages_and_its_end_comes_though_the_address_is_used_up(
    connected: Lab,
) -> None:
    pages = tuple(Card(title=f"Page {page}", items=(Item("x" * 900),) * 12) for page in range(1, 8))
    connected.product.reply = Reply(pages)
    await connected.ada.says("/papers list", in_=connected.papers)
    await connected.slack.until(lambda: len(connected.ada.ephemerals) == len(pages))
    shown = [message.shown.splitlines()[0] for message in connected.ada.ephemerals]
    assert shown == [f"Page {page}" for page in range(1, 8)]
    assert len(connected.slack.calls_to("chat.postEphemeral")) == 2


async def test_an_answer_that_took_too_long_for_its_address_comes_all_the_same(connected: Lab) -> None:
    connected.product.wait = asyncio.Event()
    await connected.ada.says("/papers summary 1", in_=connected.papers)
    await connected.product.hears()
    connected.clock.advance(timedelta(minutes=31))
    connected.product.wait.set()
    await connected.slack.until(lambda: connected.ada.ephemerals)


async def test_where_the_bot_may_not_speak_the_answer_comes_as_a_direct_message(connected: Lab) -> None:
    elsewhere = connected.workspace.channel("elsewhere", creator=connected.ada, kind="private", bot=False)
    connected.slack.fail("response_url", "error_before")
    await connected.ada.says("/papers help", in_=elsewhere)
    [direct] = await connected.slack.until(lambda: connected.ada.direct_messages)
    assert direct.shown == "Done."


async def test_more_commands_than_the_product_can_work_on_wait_and_all_are_answered(connected: Lab) -> None:
    connected.product.wait = asyncio.Event()
    said = [await connected.ada.says(f"/papers save {number}", in_=connected.papers) for number in range(AT_ONCE + 5)]
    await connected.product.hears(AT_ONCE)
    assert all(one.failure == "" for one in said)
    assert len(connected.product.heard) == AT_ONCE
    connected.product.wait.set()
    for one in said:
        await one.reply()
    assert len(connected.product.heard) == len(said)


async def test_a_command_whose_answer_is_nothing_is_not_answered(connected: Lab) -> None:
    connected.product.reply = Reply(())
    await connected.ada.says("/papers undo", in_=connected.papers)
    await connected.product.hears()
    connected.product.reply = Reply((Notice("Second."),))
    said = await connected.ada.says("/papers undo", in_=connected.papers)
    await said.reply()
    assert [message.shown for message in connected.ada.ephemerals] == ["Second."]
