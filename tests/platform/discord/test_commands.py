"""`/papers <verb>`: known to Discord from the table, read like a line, answered where it was typed."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from adapters.discord.conversation import AT_ONCE
from bot.commands import (
    COMMANDS,
    parse,
)
from bot.messages import Card, Item, Notice, Reply
from tests.platform.discord.desk import Desk

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_every_verb_that_people_say_is_a_command_for_every_member_of_a_server(desk: Desk) -> None:
    [papers, *menus] = desk.discord.commands[None]
    first = [verb["name"] for verb in papers["options"] if verb["type"] == 1]
    grouped = [verb["name"] for group in papers["options"] if group["type"] == 2 for verb in group["options"]]
    listed = {row.verb: row for row in COMMANDS.values() if row.listed}
    assert {name.removesuffix("-me") for name in (*first, *grouped)} == listed.keys()
    assert {verb for verb, row in listed.items() if row.first} <= {*first}
    assert [menu["name"] for menu in menus] == ["Save paper", "Summarise paper"]
    assert all(each["contexts"] == [0] and not each.get("default_member_permissions") for each in (papers, *menus))


async def test_only_tag_says_that_its_tags_can_be_chosen_from_a_form(desk: Desk) -> None:
    verbs = {verb["name"]: verb for verb in desk.discord.commands[None][0]["options"]}
    about = {verb: verbs[verb]["options"][1]["description"] for verb in ("tag", "untag")}
    assert about == {"tag": "Labels; leave it out to choose", "untag": "Labels to take off, with spaces between"}


@pytest.mark.parametrize(
    ("verb", "options", "line"),
    [
        ("today", {"date": "2026-01-15"}, "today 2026-01-15"),
        ("save", {"paper": "2"}, "save 2"),
        ("save", {"paper": "2 3, 2601.00001"}, "save 2 3 2601.00001"),
        ("show", {"paper": 'when "verifiers" lie'}, "show when verifiers lie"),
        ("summary", {"paper": "when verifiers lie", "kind": "TL;DR"}, 'summary "when verifiers lie" tldr'),
        ("tag", {"paper": "2", "tags": "#agents, memory"}, "tag 2 agents memory"),
        ("tag", {"paper": "2", "tags": "a b!"}, 'tag "2" a b!'),
        ("tag", {"paper": "two"}, "ask tag two"),
        ("untag", {"paper": "two"}, 'untag "two"'),
        ("note", {"paper": "2"}, "ask note 2"),
        ("note", {"paper": 'a "title"', "text": '"quoted" and more'}, 'note "a title" "quoted" and more'),
        ("list", {"status": "Unread", "tag": "rl", "by": "María José", "words": "of it", "page": 2},
         'list status:unread tag:rl by:"María José" of it page:2'),
        ("search", {"words": "process rewards", "page": 3}, "search process rewards page:3"),
        ("for-me", {"topics": "agents, long context", "size": 4}, "for me topics:agents,long context size:4"),
        ("for-me", {"reset": "Reset"}, "for me reset"),
        ("digest", {"period": "Month", "date": "2026-01-15"}, "digest month 2026-01-15"),
        ("help", {"verb": "sav"}, "help sav"),
        ("undo", {}, "undo"),
        ("subscribe",
         {"topics": "agents", "at": "08:30", "zone": "Europe/Berlin", "days": "mon-fri", "layout": "Compact"},
         "subscribe topics:agents at:08:30 zone:Europe/Berlin days:mon-fri layout:compact"),
        ("channel settings", {"at": "noon"}, "settings at:noon"),
        ("channel pause", {"until": "2026-02-01"}, "pause 2026-02-01"),
        ("channel skip", {"day": "Tomorrow"}, "skip tomorrow"),
        ("channel preview", {"unwanted": "title:survey"}, "preview unwanted:title:survey"),
        ("team language", {"language": "German"}, "language German"),
    ],
)  # fmt: skip
async def test_options_mean_what_the_line_means(desk: Desk, verb: str, options: dict[str, Any], line: str) -> None:
    await (await desk.ada.uses(f"/papers {verb}", in_=desk.papers, **options)).reply()
    assert desk.product.commands == [parse(line)]


async def test_an_answer_is_for_the_askers_eyes_unless_it_is_public(desk: Desk) -> None:
    private = await (await desk.ada.uses("/papers undo", in_=desk.papers)).reply()
    assert desk.ada.ephemerals == [private]
    desk.product.reply = Reply((Notice("Summaries are in German."),), private=False)
    public = await (await desk.ada.uses("/papers team language", in_=desk.papers, language="de")).reply()
    assert desk.papers.messages == [public]
    assert public.pings == []


@pytest.mark.parametrize(("verb", "seen"), [("undo", True), ("team language", False)])
async def test_who_waits_for_an_answer_is_told_so_at_once(desk: Desk, verb: str, *, seen: bool) -> None:
    """Whether others see it is settled by what was asked, and kept to by the answer even so."""
    desk.product.wait = asyncio.Event()
    desk.product.reply = Reply((Notice("Done."),), private=True)
    said = await desk.ada.uses(f"/papers {verb}", in_=desk.papers)
    assert (said.response, said.ephemeral) == (5, seen)
    desk.product.wait.set()
    await desk.discord.until(lambda: [message.shown for message in desk.ada.ephemerals] == ["Done."])
    assert desk.papers.messages == []


async def test_the_product_hears_who_asks_where_by_names_that_people_know(desk: Desk) -> None:
    secret = desk.guild.channel("secret", members=[desk.ben])
    forum = desk.guild.forum("reading")
    thread = desk.ada.starts_thread(await desk.posted(Card(title="A paper")), "talk")
    for person, channel in ((desk.ada, desk.papers), (desk.ben, secret), (desk.ada, thread)):
        await (await person.uses("/papers undo", in_=channel)).reply()
    await (await desk.ada.uses("/papers subscribe", in_=desk.papers, channel=forum, size=3)).reply()
    await (await desk.ada.uses("/papers channel resume", in_=desk.papers, channel=forum)).reply()
    ada, ben, below, elsewhere, resumed = (sender for _, sender in desk.product.heard)
    assert (ada.platform, ada.workspace, ada.user, ada.user_name) == ("discord", desk.guild.id, desk.ada.id, "ada")
    assert (ada.channel, ada.channel_name) == (f"{desk.guild.id}/{desk.papers.id}", "#papers")
    assert (ada.channel_private, ada.channel_forum) == (False, False)
    assert (ben.channel_name, ben.channel_private) == ("#secret", True)
    assert below == ada
    assert resumed == elsewhere
    assert (elsewhere.channel, elsewhere.channel_forum) == (f"{desk.guild.id}/{forum.id}", True)


async def test_a_long_answer_is_several_messages(desk: Desk) -> None:
    pages = tuple(Card(title=f"Page {page}", items=(Item("x" * 900),) * 4) for page in range(1, 5))
    desk.product.reply = Reply(pages)
    await desk.ada.uses("/papers list", in_=desk.papers)
    await desk.discord.until(lambda: len(desk.ada.ephemerals) == len(pages))
    assert [message.shown.splitlines()[0] for message in desk.ada.ephemerals] == [f"## Page {n}" for n in range(1, 5)]


async def test_an_answer_that_took_longer_than_its_interaction_lives_comes_as_a_direct_message(desk: Desk) -> None:
    desk.product.wait = asyncio.Event()
    await desk.ada.uses("/papers undo", in_=desk.papers)
    desk.discord.token_minutes = 0
    desk.clock.advance(timedelta(minutes=1))
    try:
        desk.product.wait.set()
        [direct] = await desk.discord.until(lambda: desk.ada.direct_messages)
    finally:
        desk.discord.token_minutes = 15
    assert direct.shown == "Done."


async def test_an_answer_whose_receipt_was_lost_is_there_once(desk: Desk) -> None:
    desk.product.reply = Reply((Notice("x" * 2500), Notice("y" * 2500)))
    desk.discord.fail("POST /interactions/{interaction}/{token}/callback", "drop_after")
    await (await desk.ada.uses("/papers undo", in_=desk.papers)).reply(2)
    assert [message.shown[0] for message in desk.ada.ephemerals] == ["x", "y"]


async def test_an_answer_that_discord_does_not_take_is_not_kept_silent(desk: Desk) -> None:
    desk.discord.fail("POST /interactions/{interaction}/{token}/callback", 50006)
    said = await desk.ada.uses("/papers undo", in_=desk.papers)
    assert "could not show it" in (await said.reply()).shown


async def test_an_empty_answer_leaves_nothing_behind(desk: Desk) -> None:
    desk.product.reply = Reply(())
    said = await desk.ada.uses("/papers undo", in_=desk.papers)
    assert said.failure == ""
    await desk.discord.until(lambda: desk.ada.ephemerals == [])


async def test_more_commands_than_the_product_can_work_on_wait_and_all_are_answered(desk: Desk) -> None:
    desk.product.wait = asyncio.Event()
    asked = (desk.ada.uses("/papers save", in_=desk.papers, paper=str(number)) for number in range(1, AT_ONCE + 6))
    said = await asyncio.gather(*asked)
    await desk.product.hears(AT_ONCE)
    assert all(one.failure == "" for one in said)
    assert len(desk.product.heard) == AT_ONCE
    desk.product.wait.set()
    for one in said:
        await one.reply()
    assert len(desk.product.heard) == len(said)


async def test_a_command_that_is_no_longer_known_is_answered(desk: Desk) -> None:
    [papers, *_] = desk.discord.commands[None]
    papers["options"].append({"type": 1, "name": "gone", "description": "It was there once", "options": []})
    try:
        said = await desk.ada.uses("/papers gone", in_=desk.papers)
    finally:
        papers["options"].pop()
    assert "has changed" in (await said.reply()).shown
