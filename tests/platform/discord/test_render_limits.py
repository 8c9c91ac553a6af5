"""What Discord takes: every limit it documents, with whatever titles, abstracts and people's words may hold."""

import json
import re
from itertools import chain
from typing import Any

from discord.ui import LayoutView
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.components import escaped
from adapters.discord.render import message, messages, thread_name
from adapters.discord.render_forms import Submission, modals, panel, refusal
from adapters.plain import plain
from bot.messages import Action, Card, Choice, Form, Input, InputKind, Item, Line, Notice, Reply, Role
from tests.fakes.discord.component_rules import modal_problems
from tests.fakes.discord.message_rules import message_problems
from tests.fakes.discord.showing import parts
from tests.platform.any_messages import CARDS, FORMS, LONG, NOTICES, PARTS, TEXTS, URL, addresses
from tests.platform.discord.sent import sent

ESCAPE = re.compile(r"\\[^0-9A-Za-z\s]")
LINK = re.compile(r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(<([^<>\s]*)>\)|<(https?://[^<>\s]*)>")
OBEYED = re.compile(r"[\\*_~|`<>\[\]@]|:\S|^\s*([-+#>]|\d+\.\s)")
OURS = re.compile(r"^-# `.*`$|^(#{2,3}|-#) |\*\*", re.MULTILINE)
"""The markdown that the renderer writes itself."""


def said(view: LayoutView) -> list[str]:
    return [part["content"] for part in parts(sent(view)["components"]) if part["type"] == 10]


def links(view: LayoutView) -> list[str]:
    """Where one gets by what a message shows."""
    unescaped = [LINK.findall(ESCAPE.sub("x", text)) for text in said(view)]
    buttons = [part["url"] for part in parts(sent(view)["components"]) if "url" in part]
    return [*chain.from_iterable(map("".join, found) for found in unescaped), *buttons]


def obeyed(text: str) -> str:
    """What of a text is obeyed, but for what the renderer means to be."""
    bare = LINK.sub("x", ESCAPE.sub("x", OURS.sub("", text)))
    return "".join(found[0] for line in bare.splitlines() if (found := OBEYED.search(line)))


def taken(view: LayoutView) -> bool:
    """Whether Discord takes it. Whatever it holds can be sent: it is UTF-8."""
    body = sent(view)
    json.dumps(body, ensure_ascii=False).encode()
    return message_problems(body) == [] and body["components"] != []


def card(**also: Any) -> Card:
    return Card(title="Small Consistency Checks", url=URL, number=1, **also)


@settings(deadline=None)
@given(TEXTS)
def test_any_text_is_shown_as_it_is(text: str) -> None:
    line = plain(text)
    assert re.sub(r"\\([^0-9A-Za-z\s])", r"\1", escaped(line)) == line
    assert OBEYED.search(ESCAPE.sub("x", escaped(line))) is None


@settings(deadline=None)
@given(CARDS | NOTICES, st.sampled_from(["", "https://cdn.example/picture.png"]))
def test_any_card_is_taken_formats_nothing_and_links_only_where_it_was_told_to(
    shown: Card | Notice, picture: str
) -> None:
    view = message(shown, "a key", picture)
    assert taken(view)
    assert set(links(view)) <= addresses(shown)
    assert [obeyed(text) for text in said(view)] == [""] * len(said(view))


@settings(deadline=None, max_examples=40)
@given(PARTS)
def test_any_reply_is_taken(shown: tuple[Card | Notice, ...]) -> None:
    assert all(taken(view) for view in messages(Reply(shown)))


@settings(deadline=None, max_examples=60)
@given(FORMS)
def test_any_form_is_taken_as_modals_and_as_a_message(form: Form) -> None:
    form = Form(form.title, form.command[:80], form.submit, form.inputs, form.lines)
    for modal in modals(form):
        shown = modal.to_dict()
        assert modal_problems(shown) == []
        assert choice_problems(shown["components"]) == []
    assert taken(panel(form))


@settings(deadline=None, max_examples=40)
@given(st.dictionaries(TEXTS, TEXTS, min_size=1, max_size=12))
def test_any_refusal_is_taken(problems: dict[str, str]) -> None:
    assert taken(refusal(Submission("settings", 2, {}), problems))


@given(TEXTS)
def test_any_title_can_name_a_thread(title: str) -> None:
    assert 0 < len(thread_name(Card(title=title))) <= 100


def choice_problems(components: list[dict[str, Any]]) -> list[str]:
    """What is wrong with radio buttons (2 to 10 options) and checkboxes (1 to 10), each of 100 characters."""
    found = []
    for element in (label["component"] for label in components if label["type"] == 18):
        options = element.get("options", [])
        if element["type"] in (21, 22) and not 23 - element["type"] <= len(options) <= 10:
            found.append("options")
        if any(not 0 < len(option[name]) <= 100 for option in options for name in ("label", "value")):
            found.append("characters")
        if element["type"] == 21 and sum(option.get("default", False) for option in options) > 1:
            found.append("defaults")
        if element.get("min_values", 0) > element.get("max_values", 1):
            found.append("values")
    return found


def test_4000_characters_a_message_without_losing_a_paper() -> None:
    items = tuple(Item(LONG[:300], number, f"https://arxiv.org/abs/2601.{number:05d}") for number in range(1, 31))
    shown = message(card(items=items))
    assert taken(shown)
    assert links(shown) == [URL, *(item.url for item in items)]


def test_a_longer_reply_goes_on_in_further_messages() -> None:
    items = tuple(Item("x" * 40, number, f"https://arxiv.org/abs/2601.{number:05d}") for number in range(1, 101))
    shown = messages(Reply((card(items=items),)))
    assert all(map(taken, shown))
    assert [link for view in shown for link in links(view)] == [URL, *(item.url for item in items)]


def test_text_is_cut_at_a_word() -> None:
    shown = message(card(lines=(Line(LONG), Line(LONG, Role.QUIET))))
    assert taken(shown)
    [text] = said(shown)
    assert [line[-9:] for line in text.splitlines()[1:]] == ["Verifier…"] * 2


def test_a_title_of_three_hundred_characters_is_shown_whole_beside_three_thousand_authors() -> None:
    title, authors = LONG[:299].strip(), ", ".join(f"Author{number}" for number in range(3000))
    shown = message(Card(title=title, url=URL, number=1, lines=(Line(authors, Role.QUIET),)))
    assert taken(shown)
    assert said(shown)[0].startswith(f"### 1  [{title}](<{URL}>)\n-# Author0, Author1")


def test_40_components_a_message_and_every_action_is_there_with_an_id_of_its_own() -> None:
    actions = tuple(Action(f"Do {number}", f"show {number}") for number in range(60))
    shown = messages(Reply((card(actions=actions),)))
    ids = [part["custom_id"] for view in shown for part in parts(sent(view)["components"]) if "custom_id" in part]
    assert all(map(taken, shown))
    assert [custom_id.partition(":")[2] for custom_id in ids] == [action.command for action in actions]
    assert len(set(ids)) == 60


def test_the_same_command_twice_in_one_message() -> None:
    twice = (Action("Save", "save 1"), Action("Keep", "save 1"), Action("A", "why 1", more=True))
    assert taken(message(card(actions=(*twice, Action("B", "why 1", more=True), Action("C", "read 1", more=True)))))


def test_80_characters_a_button() -> None:
    shown = message(card(actions=(Action(LONG, "save 1", pressed=True),)))
    [button] = (part for part in parts(sent(shown)["components"]) if part["type"] == 2)
    assert taken(shown)
    assert button["label"].startswith("✓ Verifier")
    assert 60 < len(button["label"]) <= 80


def test_100_characters_an_id_and_a_command_of_any_length_near_that_has_its_button() -> None:
    commands = ["x" * length for length in range(90, 106)]
    actions = tuple(Action("Do", command, more=command < "x" * 98) for command in commands)
    shown = messages(Reply((card(actions=actions),)))
    every = [part for view in shown for part in parts(sent(view)["components"])]
    assert all(map(taken, shown))
    held = [part["custom_id"].partition(":")[2] for part in every if part["type"] == 2]
    held += [option["value"] for part in every for option in part.get("options", [])]
    held += [text.removeprefix("-# `").removesuffix("`") for view in shown for text in said(view)]
    assert set(commands) <= set(held)


def test_25_options_a_menu() -> None:
    choices = tuple(Choice(f"{number} {LONG}", str(number)) for number in range(25))
    for kind in (InputKind.ONE_OF, InputKind.ANY_OF):
        [modal] = modals(Form("T", "c", "S", (Input("i", "L", kind, ("7",), choices),)))
        assert len(modal.to_dict()["components"][0]["component"]["options"]) == 25
        assert modal_problems(modal.to_dict()) == []


def test_45_characters_a_modals_title_and_4000_an_answer() -> None:
    asked = Input("i", "x" * 500, InputKind.PARAGRAPH, (LONG,), hint="x" * 500, longest=9999)
    [modal] = modals(Form("Settings of #papers-and-other-things-of-the-lab", "settings", "Change", (asked,)))
    shown = modal.to_dict()
    assert shown["title"] == "Settings of #papers-and-other-things-of-the…"
    assert len(shown["components"][0]["component"]["value"]) == 4000
    assert modal_problems(shown) == []
