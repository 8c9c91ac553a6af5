"""What Slack shows: the layout of cards, and what a click or a screen reader gets of them."""

from dataclasses import replace
from typing import Any

import pytest

from adapters.slack.blocks_actions import command_of
from adapters.slack.render import home, message, messages
from bot.messages import Action, Card, Field, Form, Image, Item, Line, Link, Notice, Reply, Role, Tone

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
        Action("Save", "save 2601.00001"),
        Action("Summarise", "summary 2601.00001"),
        Action("Abstract", "show 2601.00001", more=True),
        Action("Mark as read", "read 2601.00001", more=True),
    ),
)


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}


def quiet(text: str) -> dict[str, Any]:
    return {"type": "context", "elements": [plain(text)]}


def rich(*lines: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": line} for line in lines]}


def elements(*actions: Action) -> list[dict[str, Any]]:
    return [element for block in message(Card(actions=actions)).blocks for element in block["elements"]]


def test_a_header_is_large_with_its_aside_in_grey_below() -> None:
    assert message(HEADER).blocks == [
        {"type": "header", "text": plain("Papers for Thursday, 15 January")},
        quiet("5 of 312 new · reasoning, agents"),
    ]


def test_a_paper_is_its_linked_title_then_lines_then_buttons_with_the_rest_behind_a_menu() -> None:
    title, byline, sentence, why, actions = message(PAPER).blocks
    assert title == rich(
        [
            {"type": "text", "text": "1  "},
            {"type": "link", "url": URL, "text": PAPER.title, "style": {"bold": True}},
        ]
    )
    assert byline == quiet("Okafor, Lindqvist, Tan and 4 more · cs.CL · reasoning")
    assert sentence == rich(
        [{"type": "text", "text": "Process reward models lose most of their accuracy off-distribution."}]
    )
    assert why == quiet('Why: matches your topic "process supervision"')
    assert actions["elements"] == [
        {"type": "button", "text": plain("Save"), "value": "save 2601.00001", "action_id": "command-1"},
        {"type": "button", "text": plain("Summarise"), "value": "summary 2601.00001", "action_id": "command-2"},
        {
            "type": "overflow",
            "options": [
                {"text": plain("Abstract"), "value": "show 2601.00001"},
                {"text": plain("Mark as read"), "value": "read 2601.00001"},
            ],
            "action_id": "command-3",
        },
    ]


def test_the_fallback_says_everything_and_is_escaped() -> None:
    card = replace(PAPER, title="A <!channel> & B", fields=(Field("Tags", "#rl"),), items=(Item("C", 2, URL, ("d",)),))
    assert message(card).text.splitlines() == [
        f"1  A &lt;!channel&gt; &amp; B ({URL})",
        "Okafor, Lindqvist, Tan and 4 more · cs.CL · reasoning",
        "Process reward models lose most of their accuracy off-distribution.",
        'Why: matches your topic "process supervision"',
        "Tags  #rl",
        f"2  C ({URL})",
        "d",
    ]


def test_a_state_reads_as_one_without_its_colour() -> None:
    [saved] = elements(Action("Saved · 2 people", "unsave 2601.00001", pressed=True))
    assert (saved["text"]["text"], saved["style"]) == ("✓ Saved · 2 people", "primary")


def test_a_link_is_opened_and_gives_no_command() -> None:
    [link] = elements(Action("Open its thread", url="https://lab.slack.com/archives/C1/p1"))
    assert link["url"] == "https://lab.slack.com/archives/C1/p1"
    assert command_of(link) == ""


def test_a_click_gives_the_command_back_from_a_button_and_from_a_menu() -> None:
    button, menu = elements(
        Action("Save", "save 1"), Action("Why", "why 1", more=True), Action("Tag", "ask", more=True)
    )
    assert command_of({"action_id": button["action_id"], "value": button["value"]}) == "save 1"
    assert command_of({"action_id": menu["action_id"], "selected_option": menu["options"][0]}) == "why 1"


@pytest.mark.parametrize(
    ("behind", "kinds"), [(1, ["button"]), (2, ["overflow"]), (5, ["overflow"]), (6, ["overflow", "button"])]
)
def test_a_menu_holds_two_to_five_and_one_alone_is_a_button(behind: int, kinds: list[str]) -> None:
    found = elements(*(Action(f"A{n}", f"why {n}", more=True) for n in range(behind)))
    assert [element["type"] for element in found] == kinds


def test_a_command_too_long_for_a_menu_gets_a_button_and_one_too_long_for_that_is_left_out() -> None:
    two = (Action("A", "why 1", more=True), Action("B", "why 2", more=True))
    button, menu = elements(*two, Action("Long", "search " + "x" * 150, more=True))
    assert (button["text"]["text"], len(menu["options"])) == ("Long", 2)
    assert elements(Action("Too long", "search " + "x" * 2000)) == []


def test_text_stands_with_its_heading_and_what_is_quiet_by_itself() -> None:
    lines = (
        Line("Problem", Role.HEADING),
        Line("One."),
        Line("Two."),
        Line("Method", Role.HEADING),
        Line("M", Role.QUIET),
    )
    assert message(Card(lines=lines)).blocks == [
        rich(
            [{"type": "text", "text": "Problem", "style": {"bold": True}}],
            [{"type": "text", "text": "One."}],
            [{"type": "text", "text": "Two."}],
        ),
        rich([{"type": "text", "text": "Method", "style": {"bold": True}}]),
        quiet("M"),
    ]


def test_a_linked_item_has_its_details_in_grey_below_and_another_beside_it() -> None:
    items = (Item("First", 3, URL, ("Okafor 2026", "#rl", "3 days")), Item("save 2", details=("Saves a paper",)))
    assert message(Card(items=items)).blocks == [
        rich([{"type": "text", "text": "3  "}, {"type": "link", "url": URL, "text": "First"}]),
        quiet("Okafor 2026 · #rl · 3 days"),
        rich(
            [{"type": "text", "text": "save 2", "style": {"bold": True}}, {"type": "text", "text": "  Saves a paper"}]
        ),
    ]


def test_below_an_item_stands_its_paragraph_with_labelled_links_at_its_end() -> None:
    links = (Link("First post", f"{URL}v1"), Link("Code", f"{URL}v2"))
    items = (Item("First", 3, URL, ("Okafor 2026",), "It is shown.", links), Item("Second", details=("d",), text="So."))
    assert message(Card(items=items)).blocks == [
        rich([{"type": "text", "text": "3  "}, {"type": "link", "url": URL, "text": "First", "style": {"bold": True}}]),
        quiet("Okafor 2026"),
        rich(
            [
                {"type": "text", "text": "It is shown."},
                {"type": "text", "text": "  "},
                {"type": "link", "url": f"{URL}v1", "text": "First\u00a0post"},
                {"type": "text", "text": "  "},
                {"type": "link", "url": f"{URL}v2", "text": "Code"},
            ]
        ),
        rich(
            [{"type": "text", "text": "Second", "style": {"bold": True}}, {"type": "text", "text": "  d"}],
            [{"type": "text", "text": "So."}],
        ),
    ]
    assert f"It is shown.  First\u00a0post ({URL}v1)  Code ({URL}v2)" in message(Card(items=items)).text.splitlines()


def test_a_picture_stands_above_the_items_and_where_it_is_not_shown_its_words_do() -> None:
    card = Card(lines=(Line("a"),), image=Image(b"", "Topics: agents 3."), items=(Item("b"),))
    shown = message(card, "F012345678")
    assert [block["type"] for block in shown.blocks] == ["rich_text", "image", "rich_text"]
    assert shown.blocks[1] == {"type": "image", "slack_file": {"id": "F012345678"}, "alt_text": "Topics: agents 3."}
    assert message(card).blocks[1] == messages(Reply((card,)))[0].blocks[1] == quiet("Topics: agents 3.")
    assert shown.text == message(card).text == "a\nTopics: agents 3.\nb"


def test_of_more_than_ten_items_each_is_one_line() -> None:
    items = tuple(Item(f"Paper {number}", number, URL, ("Okafor 2026",)) for number in range(1, 12))
    ten, last = message(Card(items=items)).blocks
    assert (len(ten["elements"]), len(last["elements"])) == (10, 1)
    assert message(Card(items=items)).text.splitlines()[-1] == f"11  Paper 11 ({URL})  Okafor 2026"


def test_items_without_details_stand_together() -> None:
    assert len(message(Card(items=(Item("A", 1, URL), Item("B", 2, URL)))).blocks) == 1


def test_the_parts_of_a_reply_share_a_message_and_are_parted_by_a_line() -> None:
    [shown] = messages(Reply((HEADER, PAPER, Notice("No.", Tone.PROBLEM, (Action("Help", "help"),)))))
    assert [block["type"] for block in shown.blocks] == [
        *("header", "context", "divider"),
        *("rich_text", "context", "rich_text", "context", "actions", "divider"),
        *("rich_text", "actions"),
    ]
    ids = [
        element["action_id"] for block in shown.blocks if block["type"] == "actions" for element in block["elements"]
    ]
    assert len(ids) == len(set(ids)) == 4


def test_a_reply_too_long_for_one_message_goes_on_in_the_next_without_tearing_a_card() -> None:
    papers = [replace(PAPER, number=number) for number in range(1, 13)]
    first, second = messages(Reply((HEADER, *papers)))
    assert [shown.text.count("Why: ") for shown in (first, second)] == [8, 4]
    assert second.blocks[0]["type"] == "rich_text"
    assert second.text.startswith("9  When Verifiers Lie")


def test_a_form_is_not_part_of_any_message() -> None:
    form = Form("Tags", "tag 1", "Save", ())
    assert messages(Reply((form,))) == []
    assert len(messages(Reply((Notice("Here."), form)))) == 1


def test_a_home_tab_holds_all_parts() -> None:
    view = home(Reply((Card(title="Unread 12", actions=(Action("Team", "home team"),)), PAPER)))
    assert view["type"] == "home"
    assert [block["type"] for block in view["blocks"]][:3] == ["header", "actions", "divider"]
    assert home(Reply(()))["blocks"] == [{"type": "divider"}]


def test_a_long_title_without_a_link_is_not_cut_to_a_headers_length() -> None:
    title = "Papers like " + "very " * 40 + "long"
    assert message(Card(title=title)).blocks == [rich([{"type": "text", "text": title, "style": {"bold": True}}])]


def test_right_to_left_titles_and_details_do_not_move_what_stands_beside_them() -> None:
    card = Card(items=(Item("دراسة في التعلم", 1, URL, ("عمر 2026", "3 days")),))
    assert message(card).text.splitlines() == [
        f"1  \u2068دراسة في التعلم\u2069 ({URL})",
        "\u2068عمر 2026\u2069 · 3 days",
    ]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "slack://x", "https://a.example/\n", "http://[", "https://a/" + "x" * 500]
)
def test_no_other_address_than_plain_http_of_a_sane_length_becomes_a_link(url: str) -> None:
    card = Card(number=1, title="Bait", url=url, items=(Item("Bait", url=url),), actions=(Action("Bait", url=url),))
    assert '"link"' not in str(message(card).blocks).replace("'", '"')
    assert all("url" not in element for element in elements(Action("Bait", "save 1", url=url)))
