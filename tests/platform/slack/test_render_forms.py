"""Forms as modals: what is asked how, and what comes back."""

from typing import Any

import pytest

from adapters.slack.render_forms import modal, refusal, submitted
from bot.messages import Choice, Form, Input, InputKind, Line, Role

DAYS = tuple(Choice(name, name[:3].lower()) for name in ("Monday", "Tuesday", "Wednesday"))


def form(*inputs: Input) -> Form:
    return Form(title="Tags", command="tag 2601.00001", submit="Save", inputs=inputs)


def element(asked: Input) -> Any:
    return modal(form(asked))["blocks"][0]["element"]


def many(count: int) -> tuple[Choice, ...]:
    return tuple(Choice(f"Topic {number}", f"t{number}") for number in range(count))


def test_a_form_is_a_modal_with_its_lines_above_and_a_block_for_each_question() -> None:
    asked = Form(
        title="Settings of #papers",
        command="settings",
        submit="Change",
        inputs=(Input("at", "Time", InputKind.TIME, ("08:30",), hint="In the channel's zone."),),
        lines=(Line("It holds for all in #papers.", Role.QUIET),),
    )
    view = modal(asked, "C1")
    assert (view["title"]["text"], view["submit"]["text"]) == ("Settings of #papers", "Change")
    lines, time = view["blocks"]
    assert lines["elements"][0]["text"] == "It holds for all in #papers."
    assert (time["block_id"], time["label"]["text"]) == ("at", "Time")
    assert time["hint"]["text"] == "In the channel's zone."
    assert time["optional"] is False
    assert time["element"] == {"type": "timepicker", "initial_time": "08:30", "action_id": "answer"}


@pytest.mark.parametrize(
    ("kind", "choices", "element_type"),
    [
        (InputKind.TEXT, 0, "plain_text_input"),
        (InputKind.PARAGRAPH, 0, "plain_text_input"),
        (InputKind.ONE_OF, 2, "radio_buttons"),
        (InputKind.ONE_OF, 6, "static_select"),
        (InputKind.ANY_OF, 10, "checkboxes"),
        (InputKind.ANY_OF, 11, "multi_static_select"),
        (InputKind.TIME, 0, "timepicker"),
    ],
)
def test_each_kind_of_question_is_asked_in_slacks_own_way(kind: InputKind, choices: int, element_type: str) -> None:
    assert element(Input("x", "X", kind, choices=many(choices)))["type"] == element_type


@pytest.mark.parametrize("choices", [(), many(101), (Choice("Long", "x" * 151),), (Choice("\u200b", "x"),)])
def test_what_slack_cannot_offer_as_choices_is_asked_as_text(choices: tuple[Choice, ...]) -> None:
    for kind in (InputKind.ONE_OF, InputKind.ANY_OF):
        asked = element(Input("x", "X", kind, values=("a", "b"), choices=choices))
        assert (asked["type"], asked["initial_value"]) == ("plain_text_input", "a, b")


def test_what_is_chosen_already_is_one_of_the_choices_and_the_rest_is_left_out() -> None:
    days = element(Input("days", "Days", InputKind.ANY_OF, ("mon", "sun", "wed", "mon"), DAYS))
    assert days["initial_options"] == [days["options"][0], days["options"][2]]
    assert "initial_option" not in element(Input("day", "Day", InputKind.ONE_OF, ("sun",), DAYS))
    assert "initial_options" not in element(Input("day", "Day", InputKind.ANY_OF, (), DAYS))
    assert "initial_time" not in element(Input("at", "Time", InputKind.TIME, ("25:00",)))


def test_a_note_keeps_its_lines_when_it_is_edited() -> None:
    note = element(Input("text", "Note", InputKind.PARAGRAPH, ("One\n\n  two",)))
    assert (note["initial_value"], note["multiline"]) == ("One\n\n  two", True)


def test_what_was_answered_comes_back_by_name_with_the_command_and_where_it_was_asked() -> None:
    asked = form(
        Input("tags", "Tags"),
        Input("note", "Note", InputKind.PARAGRAPH, optional=True),
        Input("day", "Day", InputKind.ONE_OF, choices=DAYS, optional=True),
        Input("days", "Days", InputKind.ANY_OF, choices=DAYS),
        Input("at", "Time", InputKind.TIME),
    )
    view = modal(asked, '{"channel": "C1"}')
    state = {
        "tags": {"answer": {"type": "plain_text_input", "value": "rl, agents"}},
        "note": {"answer": {"type": "plain_text_input", "value": None}},
        "day": {"answer": {"type": "radio_buttons", "selected_option": None}},
        "days": {"answer": {"type": "checkboxes", "selected_options": [{"value": "mon"}, {"value": "wed"}]}},
        "at": {"answer": {"type": "timepicker", "selected_time": "08:30"}},
    }
    answered = submitted({**view, "state": {"values": state}})
    assert (answered.command, answered.origin) == ("tag 2601.00001", '{"channel": "C1"}')
    assert answered.values == {"tags": "rl, agents", "note": "", "day": "", "days": ("mon", "wed"), "at": "08:30"}


def test_a_refusal_puts_a_sentence_under_each_input() -> None:
    assert refusal({"tags": "“a b” can't be a tag."}) == {
        "response_action": "errors",
        "errors": {"tags": "“a b” can't be a tag."},
    }
