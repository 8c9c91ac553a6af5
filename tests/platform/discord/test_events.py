"""What Discord tells of: emoji, talk in threads, mentions of the bot, invitations."""

import asyncio

import pytest

from adapters.discord.events import Meanings
from bot.commands import Command, Discussed, Mention, React, Save, Show, ShowList, Unreact
from bot.editions import MessageRef
from bot.messages import Action, Card, Notice, Reply, Tone
from bot.papers import ArxivId
from bot.teams import Sender
from tests.fakes.discord import Permission
from tests.fakes.discord.model import Channel, Message
from tests.platform.discord.desk import Desk, ledgered

pytestmark = pytest.mark.asyncio(loop_scope="module")


def ref(message: Message) -> MessageRef:
    guild = message.channel.guild
    assert guild is not None
    return MessageRef("discord", f"{guild.id}/{message.channel.id}", message.id)


async def post(desk: Desk) -> Message:
    return await desk.posted(Card(title="A paper"))


async def test_an_emoji_put_there_and_taken_back_are_told_by_their_names_in_any_skin_tone(desk: Desk) -> None:
    message = await post(desk)
    desk.ada.reacts(message, "🔖")
    desk.ada.unreacts(message, "🔖")
    desk.ben.reacts(message, "👍🏽")
    desk.ben.reacts(message, "❤️")
    desk.ben.reacts(message, "bookmark:123456789")
    await desk.product.hears(5)
    adas = [command for command, sender in desk.product.heard if sender.user == desk.ada.id]
    bens = [command for command, sender in desk.product.heard if sender.user == desk.ben.id]
    assert adas == [React(ref(message), "bookmark"), Unreact(ref(message), "bookmark")]
    assert bens == [React(ref(message), "+1"), React(ref(message), "heart"), React(ref(message), "bookmark")]
    assert {sender.user_name for _, sender in desk.product.heard} == {"ada", "ben"}
    assert desk.ada.direct_messages == []


async def test_an_emoji_without_a_meaning_and_the_bots_own_are_nobodys_business(desk: Desk) -> None:
    message = await post(desk)
    desk.ada.reacts(message, "🎉")
    await (
        desk.client.get_partial_messageable(int(desk.papers.id)).get_partial_message(int(message.id)).add_reaction("🔖")
    )
    desk.ada.reacts(message, "🔖")
    await desk.product.hears()
    assert [sender.user for _, sender in desk.product.heard] == [desk.ada.id]


async def test_an_emoji_taken_back_while_it_is_still_being_handled_is_taken_back_last(desk: Desk) -> None:
    message, desk.product.wait = await post(desk), asyncio.Event()
    desk.ada.reacts(message, "🔖")
    desk.ada.unreacts(message, "🔖")
    desk.ben.reacts(message, "🔖")
    await desk.product.hears(2)
    assert [type(command) for command in desk.product.commands] == [React, React]
    desk.product.wait.set()
    await desk.product.hears(3)
    assert desk.product.commands[-1] == Unreact(ref(message), "bookmark")


async def test_who_takes_back_an_emoji_from_before_a_restart_is_asked_for_by_name(desk: Desk) -> None:
    message, eve = await post(desk), desk.guild.user("eve", display_name="Eve of the lab")
    desk.discord.react(message, eve, "🎉")
    message.reactions["🔖"] = [eve.id]
    eve.unreacts(message, "🔖")
    await desk.product.hears()
    assert desk.product.heard[0][1].user_name == "Eve of the lab"


async def test_an_emoji_in_a_thread_that_slept_is_one_in_its_channel(desk: Desk) -> None:
    thread = desk.ada.starts_thread(await post(desk), "talk")
    said = desk.ben.writes("see above", in_=thread)
    desk.guild.owner.archives(thread)
    desk.ada.reacts(said, "🔖")
    await desk.product.hears()
    command, sender = desk.product.heard[-1]
    assert command == React(ref(said), "bookmark")
    assert (sender.channel, sender.channel_name) == (f"{desk.guild.id}/{desk.papers.id}", "#papers")


async def test_what_an_emoji_could_not_do_is_said_in_private(desk: Desk) -> None:
    desk.ada.direct_messages.clear()
    desk.product.reply = Reply((Notice("arXiv does not answer.", Tone.PROBLEM),))
    desk.ada.reacts(await post(desk), "🔖")
    await desk.discord.until(lambda: [each.shown for each in desk.ada.direct_messages] == ["arXiv does not answer."])


async def test_talk_in_the_thread_of_a_post_and_replies_to_it_count_for_it_and_nothing_else_does(desk: Desk) -> None:
    message = await post(desk)
    await ledgered(desk.store, desk.clock, f"{desk.guild.id}/{desk.papers.id}", message.id)
    thread = desk.ada.starts_thread(message, "talk")
    other = desk.ada.starts_thread(desk.ada.writes("lunch?", in_=desk.papers), "lunch")
    desk.ben.writes("at noon", in_=other)
    desk.ben.writes("I doubt it", in_=thread)
    desk.ada.writes("so do I", in_=desk.papers, replying_to=message)
    await desk.product.hears(2)
    assert desk.product.commands == [Discussed(ref(message))] * 2
    assert {sender.channel_name for _, sender in desk.product.heard} == {"#papers"}


async def test_in_a_forum_the_talk_below_counts_for_what_the_post_begins_with(desk: Desk) -> None:
    forum: Channel = desk.guild.forum("reading")
    thread = desk.discord.start_thread(forum, desk.discord.bot, {"name": "Thursday"})
    message = desk.discord.compose(thread, desk.discord.bot, {"content": "A paper"}, id=thread.id)
    desk.discord.publish(message)
    await ledgered(desk.store, desk.clock, f"{desk.guild.id}/{thread.id}", message.id)
    desk.ben.writes("I doubt it", in_=thread)
    await desk.product.hears()
    assert desk.product.commands == [Discussed(ref(message))]


async def test_who_mentions_the_bot_with_a_paper_is_heard_and_answered_beside_it(desk: Desk) -> None:
    written = desk.ben.writes(f"<@{desk.discord.bot.id}> see 2601.00001", in_=desk.papers)
    desk.product.reply = Reply((Notice("Offered.", actions=(Action("Save", "save 2601.00001"),)),))
    [_, answer] = await desk.discord.until(lambda: desk.papers.messages[1:] and desk.papers.messages)
    [command] = desk.product.commands
    assert isinstance(command, Mention)
    assert command.message == ref(written)
    assert "2601.00001" in command.text
    assert (answer.shown, answer.pings) == ("Offered.", [])
    assert (await (await desk.ada.clicks(answer, "Save")).reply()).shown == "Offered."


@pytest.mark.parametrize("text", ["<@{bot}>", "<@!{bot}>, hello?", "<@{bot}> help", "<@{bot}> sav 2"])
async def test_who_only_calls_the_bot_is_told_how_to_talk_with_it(desk: Desk, text: str) -> None:
    desk.ben.writes(text.format(bot=desk.discord.bot.id), in_=desk.papers)
    [_, answer] = await desk.discord.until(lambda: desk.papers.messages[1:] and desk.papers.messages)
    assert answer.shown.startswith("I bring papers to channels, and keep your team's reading list.")
    assert answer.pings == []
    await desk.ada.clicks(answer, "List")
    await desk.product.hears()
    assert desk.product.commands == [ShowList()]


@pytest.mark.parametrize(
    ("said", "button", "command"),
    [
        ("save 2", "Save 2", Save((2,))),
        ("/papers Save 2601.00001", "Save 2601.00001", Save((ArxivId("2601.00001"),))),
        ("2", "Show 2", Show(2)),
    ],
)
async def test_a_command_after_the_bots_name_is_a_button_whose_answer_only_its_presser_sees(
    desk: Desk, said: str, button: str, command: Command
) -> None:
    desk.ben.writes(f"<@{desk.discord.bot.id}> {said}", in_=desk.papers)
    [_, answer] = await desk.discord.until(lambda: desk.papers.messages[1:] and desk.papers.messages)
    desk.product.reply = Reply((Notice("Done."),))
    click = await desk.ben.clicks(answer, button)
    assert (await click.reply()).shown == "Done."
    assert desk.product.commands == [command]
    assert len(desk.papers.messages) == 2


async def test_who_writes_to_the_bot_alone_is_told_where_it_listens_once(desk: Desk) -> None:
    before = len(desk.ada.direct_messages)
    desk.ada.writes("save 2601.00001")
    desk.ada.writes("hello?")
    await desk.discord.until(lambda: len(desk.ada.direct_messages) == before + 4)
    answers = [each for each in desk.ada.direct_messages[before:] if each.author is desk.discord.bot]
    assert ["I cannot tell which server you mean" in answer.shown for answer in answers] == [True, True]
    desk.ada.reacts(await post(desk), "🔖")
    await desk.product.hears()
    assert [type(command) for command in desk.product.commands] == [React]
    assert len(desk.ada.direct_messages) == before + 4


async def test_neither_other_bots_nor_talk_about_the_bot_are_answered(desk: Desk) -> None:
    other = desk.guild.user("reminder")
    other.is_bot = True
    other.writes(f"<@{desk.discord.bot.id}> hello", in_=desk.papers)
    desk.ada.writes(f"I like <@{desk.discord.bot.id}>", in_=desk.papers)
    message = await post(desk)
    desk.ada.writes("nice", in_=desk.papers, replying_to=message)
    desk.ben.writes(f"<@{desk.discord.bot.id}>", in_=desk.papers)
    await desk.discord.until(lambda: len(desk.papers.messages) == 6)
    assert desk.papers.messages[-1].shown.startswith("I bring papers to channels")


async def test_a_name_is_asked_for_once_until_the_bot_leaves_the_server(desk: Desk) -> None:
    message = await post(desk)
    before = len(desk.discord.calls_to("GET /guilds/{guild}/members/{user}"))
    for heard in range(1, 4):
        message.reactions["🔖"] = [desk.ben.id]
        desk.ben.unreacts(message, "🔖")
        await desk.product.hears(heard)
        if heard == 2:
            desk.guild.owner.kicks_bot(desk.guild)
            desk.guild.owner.invites_bot(desk.guild)
    assert len(desk.discord.calls_to("GET /guilds/{guild}/members/{user}")) - before == 2


async def test_a_name_that_discord_did_not_say_is_asked_for_again(desk: Desk) -> None:
    message = await post(desk)
    desk.discord.fail("GET /guilds/{guild}/members/{user}", "unavailable")
    for heard in (1, 2):
        message.reactions["🔖"] = [desk.ben.id]
        desk.ben.unreacts(message, "🔖")
        await desk.product.hears(heard)
    assert [sender.user_name for _, sender in desk.product.heard] == [desk.ben.id, "ben"]


async def test_an_emoji_that_was_deleted_from_its_server_has_no_meaning() -> None:
    assert Meanings({"bookmark": "save", "our-own": "like"}).name("") is None


async def test_a_channel_that_is_closed_to_people_is_private_before_anybody_speaks_there(desk: Desk) -> None:
    where = f"{desk.guild.id}/{desk.papers.id}"
    async with desk.store() as tx:
        _, channel = await tx.teams.identify(Sender("discord", desk.guild.id, desk.ada.id, "ada", where, "#papers"))
        await tx.commit()
    desk.guild.owner.renames(desk.papers, "deals")
    desk.guild.owner.forbids(desk.papers, Permission.VIEW_CHANNEL, desk.guild.roles[desk.guild.id])
    async with asyncio.timeout(10):
        while not channel.private:
            await asyncio.sleep(0.01)
            async with desk.store() as tx:
                channel = await tx.teams.channel(channel.id)
    assert channel.name == "#deals"


async def test_in_a_new_server_the_bot_says_hello_once_where_it_may(desk: Desk) -> None:
    new = desk.discord.guild("new", bot=False)
    hall = new.system_channel = new.channel("hall")
    for _ in range(2):
        new.owner.invites_bot(new)
        await desk.discord.until(lambda: hall.messages)
        new.owner.kicks_bot(new)
    quiet = desk.discord.guild("quiet", bot=False)
    quiet.system_channel = quiet.channel("staff", members=[quiet.owner])
    quiet.owner.invites_bot(quiet)
    desk.ada.reacts(await post(desk), "🔖")
    await desk.product.hears()
    assert ["Paper Round" in message.shown for message in hall.messages] == [True]
    assert quiet.posted() == []
