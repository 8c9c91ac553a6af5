"""What Discord shows: the layout of cards in Components V2."""

from dataclasses import replace
from typing import Any

import discord
import pytest
from discord.ui import LayoutView
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.render import carries, message, messages, posted_name, replacing, thread_name
from bot.messages import Action, Card, Field, Form, Image, Item, Line, Link, Notice, Reply, Role, Tone
from tests.platform.any_messages import TEXTS, URLS
from tests.platform.discord.sent import sent

URL = "https://arxiv.org/abs/2601.00001"
HEADER = Card(title="Papers for Thursday, 15 January", aside="5 of 312 new · reasoning, agents")
PAPER = Card(
    number=1,
    title="When Verifiers Lie: Process Rewards under Distribution Shift",
    url=URL,
    lines=(
        Line("Okafor, Lindqvist, Tan and 4 more · cs.CL · reasoning", Role.QUIET),
        Line("Process reward models lose most of their accuracy off-distribution."),
        Line('Why: matches your topic "process supervision"', Role.WHY),
    ),
    actions=(
        Action("Saved · 2 people", "unsave 2601.00001", pressed=True),
        Action("Summarise", "summary 2601.00001"),
        Action("Abstract", "show 2601.00001", more=True),
        Action("Mark as read", "read 2601.00001", more=True),
    ),
)


def components(shown: Card | Notice, key: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = sent(message(shown, key))["components"]
    return found


def inside(shown: Card) -> list[dict[str, Any]]:
    """What is in a card's frame."""
    [frame] = components(shown)
    assert frame["type"] == 17
    found: list[dict[str, Any]] = frame["components"]
    return found


def said(shown: Card) -> list[str]:
    """The lines of a card's texts."""
    return [line for part in inside(shown) if part["type"] == 10 for line in part["content"].splitlines()]


def kinds(parts: list[dict[str, Any]]) -> list[int]:
    return [part["type"] for part in parts]


def test_a_header_is_large_with_its_aside_in_grey_below() -> None:
    assert inside(HEADER) == [
        {"type": 10, "content": "## Papers for Thursday, 15 January\n-# 5 of 312 new · reasoning, agents"}
    ]


def test_a_paper_is_its_linked_title_then_lines_then_buttons_with_the_rest_in_a_menu() -> None:
    text, buttons, menu = inside(PAPER)
    assert text["content"].splitlines() == [
        f"### 1  [When Verifiers Lie: Process Rewards under Distribution Shift](<{URL}>)",
        "-# Okafor, Lindqvist, Tan and 4 more · cs.CL · reasoning",
        "Process reward models lose most of their accuracy off-distribution.",
        '-# Why: matches your topic "process supervision"',
    ]
    assert [(button["label"], button["style"], button["custom_id"]) for button in buttons["components"]] == [
        ("✓ Saved · 2 people", discord.ButtonStyle.success.value, "1:unsave 2601.00001"),
        ("Summarise", discord.ButtonStyle.secondary.value, "2:summary 2601.00001"),
    ]
    [select] = menu["components"]
    assert (select["custom_id"], select["placeholder"]) == ("menu:3", "More")
    assert [(option["label"], option["value"]) for option in select["options"]] == [
        ("Abstract", "show 2601.00001"),
        ("Mark as read", "read 2601.00001"),
    ]


def test_a_message_outlives_every_timeout() -> None:
    assert message(PAPER).is_persistent()


def test_a_heading_is_bold_and_stands_apart_with_what_is_below_it() -> None:
    lines = (Line("Problem", Role.HEADING), Line("One."), Line("Method", Role.HEADING), Line("M", Role.QUIET))
    assert [part["content"] for part in inside(Card(title="T", lines=lines))] == [
        "## T",
        "**Problem**\nOne.",
        "**Method**\n-# M",
    ]


def test_a_field_is_its_name_beside_its_value() -> None:
    assert said(Card(fields=(Field("Tags", "rl, agents"), Field("Note", "")))) == [
        "**Tags**  rl, agents",
        "**Note**  –",
    ]


def test_a_linked_item_has_its_details_in_grey_below_and_another_beside_it() -> None:
    items = (Item("First", 3, URL, ("Okafor 2026", "#rl", "3 days")), Item("save 2", details=("Saves a paper",)))
    assert said(Card(items=items)) == [
        f"3  [First](<{URL}>)",
        "-# Okafor 2026 · #rl · 3 days",
        "**save 2**  Saves a paper",
    ]


def test_an_item_has_its_paragraph_below_and_then_its_links_in_grey() -> None:
    links = (Link("First post", "https://discord.com/channels/1/2/3"), Link("Code", URL), Link("", URL))
    items = (Item("First", 1, URL, ("3 saved",), "It *works*.", links), Item("Second", text="Short."))
    assert said(Card(items=items)) == [
        f"1  [First](<{URL}>)",
        "-# 3 saved",
        r"It \*works\*.",
        f"-# [First post](<https://discord.com/channels/1/2/3>) · [Code](<{URL}>)",
        "",
        "**Second**",
        "Short.",
    ]


def test_paragraphs_are_shortened_and_then_left_out_before_any_title_is() -> None:
    title = "When Verifiers Lie " * 3
    for count, kept in ((10, True), (30, False)):
        items = tuple(Item(title, n, URL, text="Verifier " * 60, links=(Link("Code", URL),)) for n in range(count))
        lines = said(Card(items=items))
        assert sum(title.strip() in line for line in lines) == count
        assert any(line.startswith("Verifier") for line in lines) is kept
        assert any("[Code]" in line for line in lines) is kept


def test_an_image_is_shown_below_the_lines_or_said_in_grey_where_it_is_not() -> None:
    card = Card(title="A month", lines=(Line("41 papers."),), image=Image(b"", "Agents *3*."), items=(Item("First"),))
    [frame] = sent(message(card, picture="attachment://picture.png"))["components"]
    assert kinds(frame["components"]) == [10, 12, 10]
    [picture] = frame["components"][1]["items"]
    assert (picture["media"]["url"], picture["description"]) == ("attachment://picture.png", "Agents *3*.")
    assert said(card) == ["## A month", "41 papers.", r"-# Agents \*3\*.", "**First**"]


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("<@123> and @everyone", r"\<\@123\> and \@everyone"),
        ("*bold* _x_ ~~y~~ `z` ||s||", r"\*bold\* \_x\_ \~\~y\~\~ \`z\` \|\|s\|\|"),
        ("[arXiv](https://evil.example)", r"\[arXiv\](https\://evil.example)"),
        ("> quote", r"\> quote"),
        ("- item", r"\- item"),
        ("-# small", r"\-# small"),
        ("# heading", r"\# heading"),
        ("1. item", r"1\. item"),
        ("of :bookmark: at 08:30", r"of \:bookmark: at 08\:30"),
        (r"\emph{x}", r"\\emph{x}"),
        ("well-known: C# & 2.5 + 1", "well-known: C# & 2.5 + 1"),
    ],
)
def test_what_a_paper_says_is_shown_and_not_obeyed(written: str, line: str) -> None:
    assert said(Card(lines=(Line(written),))) == [line]


def test_a_title_that_discord_takes_for_no_link_has_its_address_behind_it() -> None:
    for title in ("Half [open", "See https://evil.example", "a](https://evil.example) b"):
        assert said(Card(title=title, url=URL))[0].endswith(f" <{URL}>")
    assert said(Card(title="[Re] Small Checks", url=URL)) == [f"### [\\[Re\\] Small Checks](<{URL}>)"]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "discord://x", "https://a.example/\n", "http://[", "https://a/" + "x" * 500]
)
def test_no_other_address_than_plain_http_of_a_sane_length_becomes_a_link(url: str) -> None:
    card = Card(
        number=1, title="Bait", url=url, items=(Item("Bait", url=url),), actions=(Action("B", "save 1", url=url),)
    )
    text, _, row = inside(card)
    assert text["content"] == "### 1  Bait"
    assert "url" not in row["components"][0]


def test_an_address_cannot_end_its_link() -> None:
    assert said(Card(title="Old", url="https://doi.org/10/(A)1<2>3")) == [
        "### [Old](<https://doi.org/10/(A)1%3C2%3E3>)"
    ]


def test_a_link_is_opened_and_gives_no_command() -> None:
    [row] = inside(Card(actions=(Action("Open its thread", url="https://discord.com/channels/1/2/3"),)))
    assert row["components"][0]["url"] == "https://discord.com/channels/1/2/3"
    assert "custom_id" not in row["components"][0]


@pytest.mark.parametrize(("behind", "parts"), [(1, [2]), (2, [3]), (25, [3]), (27, [3, 3])])
def test_a_menu_holds_up_to_25_and_one_alone_is_a_button(behind: int, parts: list[int]) -> None:
    rows = inside(Card(actions=tuple(Action(f"A{n}", f"why {n}", more=True) for n in range(behind))))
    assert [element["type"] for row in rows for element in row["components"]] == parts


def test_a_command_too_long_for_a_button_stands_beside_it_and_one_that_fits_nowhere_is_left_out() -> None:
    line = "subscribe topics:" + "agents," * 20
    [section] = inside(Card(actions=(Action("Subscribe", line),)))
    assert section["components"] == [{"type": 10, "content": f"-# `{line}`"}]
    assert (section["accessory"]["label"], section["accessory"]["custom_id"]) == ("Subscribe", "1:")
    for nowhere in ("search " + "x" * 1000, "search `" + "x" * 100, "note 1 " + "x" * 100 + "\ny"):
        assert inside(Card(title="T", actions=(Action("Search", nowhere),))) == [{"type": 10, "content": "## T"}]


def test_a_notice_has_no_frame() -> None:
    shown = components(Notice("No such *paper*.", Tone.PROBLEM, (Action("Help", "help"),)))
    assert kinds(shown) == [10, 1]
    assert shown[0]["content"] == r"No such \*paper\*."


def test_the_parts_of_a_reply_share_a_message_each_with_its_buttons() -> None:
    [shown] = messages(Reply((HEADER, PAPER, Notice("No.", actions=(Action("Help", "help"),)))))
    header, paper, *notice = sent(shown)["components"]
    assert (kinds(header["components"]), kinds(paper["components"]), kinds(notice)) == ([10], [10, 1, 1], [10, 1])
    assert notice[1]["components"][0]["custom_id"] == "4:help"


def test_a_reply_too_long_for_one_message_goes_on_in_the_next_without_tearing_a_card() -> None:
    first, second = messages(Reply((HEADER, *(replace(PAPER, number=number) for number in range(1, 8)))))
    assert [len(shown.children) for shown in (first, second)] == [6, 2]
    assert sent(second)["components"][0]["components"][0]["content"].startswith("### 6  [When Verifiers Lie")


def test_a_form_is_not_part_of_any_message() -> None:
    form = Form("Tags", "tag 1", "Save", ())
    assert messages(Reply((form,))) == []
    assert len(messages(Reply((Notice("Here."), form)))) == 1


def test_a_card_of_nothing_can_be_sent() -> None:
    assert inside(Card()) == [{"type": 10, "content": "…"}]


def test_right_to_left_titles_and_details_do_not_move_what_stands_beside_them() -> None:
    card = Card(items=(Item("دراسة في التعلم", 1, URL, ("عمر 2026", "3 days")),))
    assert said(card) == [f"1  [\u2068دراسة في التعلم\u2069](<{URL}>)", "-# \u2068عمر 2026\u2069 · 3 days"]


def posted(view: LayoutView) -> list[discord.Component]:
    """As Discord gives them back."""
    return [discord.Container(data, None) for data in sent(view)["components"]]


@pytest.mark.parametrize("card", [HEADER, PAPER, Card(), Card(actions=(Action("Save", "save 1"),))])
def test_a_card_is_known_again_by_its_key_alone(card: Card) -> None:
    shown = posted(message(card, "7:2026-01-15:0"))
    assert carries(shown, "7:2026-01-15:0")
    assert not carries(shown, "7:2026-01-15:1")
    assert not carries(posted(message(card)), "")
    assert not carries([], "7:2026-01-15:0")


def test_what_replaces_a_card_carries_its_key() -> None:
    shown = posted(replacing(posted(message(HEADER, "7:2026-01-15:0")), PAPER))
    assert carries(shown, "7:2026-01-15:0")
    assert posted_name(shown) == PAPER.title


def test_a_thread_is_called_as_its_paper_in_at_most_100_characters() -> None:
    assert thread_name(PAPER) == PAPER.title
    assert thread_name(replace(PAPER, title="*Rewards* " * 20)) == "*Rewards* " * 8 + "*Rewards*…"
    assert thread_name(Card()) == "…"


@settings(deadline=None, max_examples=25)
@given(TEXTS, URLS, st.none() | st.integers(0, 99))
def test_a_thread_can_be_called_as_any_card_that_was_posted(title: str, url: str, number: int | None) -> None:
    card = Card(title, url, number, lines=(Line("## [a](<b>)"),))
    assert posted_name(posted(message(card, "key"))) == thread_name(card)
