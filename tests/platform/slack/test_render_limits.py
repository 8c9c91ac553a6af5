"""What Slack takes: every limit it documents, with whatever titles, authors, abstracts and people's words may hold."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.render import Message, home, message, messages
from adapters.slack.render_forms import modal, refusal
from bot.messages import (
    Action,
    Card,
    Choice,
    Form,
    Image,
    Input,
    InputKind,
    Item,
    Line,
    Link,
    Notice,
    Reply,
    Role,
)
from tests.fakes.slack.block_kit import message_problems, view_problems
from tests.fakes.slack.mrkdwn import links, pings
from tests.platform.any_messages import CARDS, FORMS, LONG, NOTICES, PARTS, URL, addresses


def card(**parts: Any) -> Card:
    return Card(title="Small Consistency Checks", url=URL, number=1, **parts)


def taken(shown: Message) -> bool:
    """Whether Slack takes it. Whatever it holds can be sent: it is UTF-8."""
    json.dumps(shown.blocks, ensure_ascii=False).encode()
    return message_problems(shown.blocks) == [] and 0 < len(shown.text) <= 40_000


@settings(deadline=None)
@given(CARDS | NOTICES, st.sampled_from(["", "F012345678"]))
def test_any_card_is_taken_notifies_nobody_and_links_only_where_it_was_told_to(
    shown: Card | Notice, picture: str
) -> None:
    rendered = message(shown, picture)
    assert taken(rendered)
    assert pings(rendered.text, rendered.blocks) == []
    assert set(links(rendered.text, rendered.blocks)) <= addresses(shown)
    assert "mrkdwn" not in str(rendered.blocks)
    assert not set("<>") & set(rendered.text)


@settings(deadline=None, max_examples=40)
@given(PARTS)
def test_any_reply_is_taken_as_messages_and_as_a_home_tab(parts: tuple[Card | Notice, ...]) -> None:
    assert all(taken(shown) for shown in messages(Reply(parts)))
    assert view_problems(home(Reply(parts))) == []


@settings(deadline=None, max_examples=60)
@given(FORMS)
def test_any_form_is_taken_as_a_modal(form: Form) -> None:
    assert view_problems(modal(form)) == []


def test_fifty_blocks_a_message() -> None:
    lines = tuple(Line(f"Note {number}", Role.QUIET) for number in range(120))
    shown = messages(Reply((card(lines=lines),)))
    assert [len(each.blocks) for each in shown] == [50, 50, 21]
    assert all(map(taken, shown))


def test_a_hundred_blocks_a_view() -> None:
    cards = tuple(card(lines=(Line("a", Role.QUIET), Line("b"))) for _ in range(40))
    assert len(home(Reply(cards))["blocks"]) == 100
    inputs = tuple(Input(f"i{number}", "Label") for number in range(120))
    assert len(modal(Form("T", "c", "S", inputs))["blocks"]) == 100


def test_thirteen_thousand_characters_a_message_without_losing_a_paper() -> None:
    items = tuple(Item(LONG[:300], number, f"https://arxiv.org/abs/2601.{number:05d}") for number in range(1, 31))
    shown = message(card(items=items))
    assert taken(shown)
    assert (
        len(json.dumps(shown.blocks, ensure_ascii=False)) <= 13_200
    )  # what Slack counts is not known: this is the most
    assert links("", shown.blocks) == [URL, *(item.url for item in items)]


def test_texts_of_items_are_shortened_before_titles_are() -> None:
    title = "On Titles That Are Shown in Full, However Long Their Papers' Paragraphs Are"
    for count, length in ((8, 2000), (20, 700)):
        items = tuple(
            Item(title, n, f"{URL}{n}", ("Okafor",), LONG[:length], (Link("Post", URL),)) for n in range(count)
        )
        shown = message(card(items=items))
        assert taken(shown)
        assert shown.text.count(title) == count
        assert shown.text.count(f"…  Post ({URL})") == count


def test_no_paper_is_left_out_for_texts_that_do_not_fit() -> None:
    links = tuple(Link("x" * 75, "https://a.example/" + "y" * 400) for _ in range(3))
    items = tuple(Item(LONG[:300], n, f"{URL}{n}", ("Okafor",), LONG[:700], links) for n in range(30))
    shown = message(card(items=items))
    assert taken(shown)
    assert [f"({item.url})" in shown.text for item in items] == [True] * 30


def test_2000_characters_say_what_a_picture_shows() -> None:
    shown = message(card(image=Image(b"", LONG[:2500])), "F012345678")
    assert taken(shown)
    assert 1900 < len(shown.blocks[1]["alt_text"]) <= 2000


def test_three_thousand_characters_a_text_cut_at_a_word() -> None:
    shown = message(card(lines=(Line(LONG), Line(LONG, Role.QUIET))))
    texts = [shown.blocks[1]["elements"][0]["elements"][0]["text"], shown.blocks[2]["elements"][0]["text"]]
    assert taken(shown)
    assert all(2900 < len(text) <= 3000 and text.endswith("Verifier…") for text in texts)


def test_a_title_of_three_hundred_characters_is_shown_whole_beside_three_thousand_authors() -> None:
    title, authors = LONG[:299].strip(), ", ".join(f"Author{number}" for number in range(3000))
    shown = message(Card(title=title, url=URL, number=1, lines=(Line(authors, Role.QUIET),)))
    assert taken(shown)
    assert shown.text.startswith(f"1  {title} ({URL})\nAuthor0, Author1")


def test_150_characters_a_header() -> None:
    for title, kind in (("x" * 150, "header"), ("x" * 151, "rich_text")):
        assert message(Card(title=title)).blocks[0]["type"] == kind
        assert taken(message(Card(title=title)))


def test_twenty_five_elements_a_row_and_every_action_is_there_with_an_id_of_its_own() -> None:
    shown = message(card(actions=tuple(Action(f"Do {number}", f"show {number}") for number in range(60))))
    ids = [element["action_id"] for block in shown.blocks[1:] for element in block["elements"]]
    assert taken(shown)
    assert len(ids) == len(set(ids)) == 60
    assert max(map(len, ids)) <= 255


def test_75_characters_a_button_and_2000_its_command() -> None:
    shown = message(card(actions=(Action(LONG, "x" * 2000, pressed=True), Action("Too long", "x" * 2001))))
    [button] = shown.blocks[1]["elements"]
    assert taken(shown)
    assert len(button["text"]["text"]) <= 75
    assert len(button["value"]) == 2000


def test_five_options_a_menu_of_75_characters_and_150_their_commands() -> None:
    actions = tuple(Action(LONG, f"{number}" + "x" * 149, more=True) for number in range(8))
    shown = message(card(actions=actions))
    assert taken(shown)
    assert [len(menu["options"]) for menu in shown.blocks[1]["elements"]] == [5, 3]


def test_a_hundred_options_a_select_of_75_characters() -> None:
    choices = tuple(Choice(f"{number} {LONG}", str(number)) for number in range(100))
    for kind in (InputKind.ONE_OF, InputKind.ANY_OF):
        view = modal(Form("T", "c", "S", (Input("i", "L", kind, ("7",), choices),)))
        assert len(view["blocks"][0]["element"]["options"]) == 100
        assert view_problems(view) == []


def test_24_characters_a_modals_title_and_its_submit_button() -> None:
    view = modal(
        Form("Settings of #papers-and-other-things", "settings", "Change for everybody here", (Input("i", "L"),))
    )
    assert (view["title"]["text"], view["submit"]["text"]) == ("Settings of #papers-and…", "Change for everybody…")
    assert view_problems(view) == []


def test_3000_characters_what_a_modal_remembers() -> None:
    view = modal(Form("T", "tag 2601.00001", "S", (Input("i", "L"),)), "x" * 2900)
    assert len(view["private_metadata"]) <= 3000


def test_3000_characters_an_answer_and_2000_a_label_and_a_hint() -> None:
    view = modal(
        Form("T", "c", "S", (Input("i", "x" * 5000, InputKind.PARAGRAPH, (LONG,), hint="x" * 5000, longest=9999),))
    )
    assert view_problems(view) == []
    assert len(view["blocks"][0]["element"]["initial_value"]) == 3000


def test_40000_characters_the_fallback() -> None:
    assert taken(message(Card(lines=tuple(Line("&" * 2900) for _ in range(4)))))


def test_a_refusals_sentences_are_one_line_without_controls() -> None:
    assert refusal({"tags": "a\x00\nb"})["errors"] == {"tags": "a b"}
