"""Forms as modals: what is asked how, and what comes back."""

from typing import Any

import pytest

from adapters.discord.render_forms import Submission, modals, panel, refilled, refusal, submitted
from bot.cards.forms import subscription_form
from bot.messages import Choice, Form, Input, InputKind, Line, Role
from bot.teams import Channel, Interests, Subscription
from tests.platform.discord.sent import sent

DAYS = tuple(Choice(name, name[:3].lower()) for name in ("Monday", "Tuesday", "Wednesday"))
RADIO, CHECKBOXES, SELECT, TEXT = 21, 22, 3, 4


def form(*inputs: Input, lines: tuple[Line, ...] = ()) -> Form:
    return Form(title="Tags", command="tag 2601.00001", submit="Save", inputs=inputs, lines=lines)


def modal(form: Form, page: int = 0) -> dict[str, Any]:
    return modals(form)[page].to_dict()


def element(asked: Input) -> dict[str, Any]:
    found: dict[str, Any] = modal(form(asked))["components"][0]["component"]
    return found


def many(count: int) -> tuple[Choice, ...]:
    return tuple(Choice(f"Topic {number}", f"t{number}") for number in range(count))


def several(count: int) -> Form:
    return form(
        *(Input(f"i{number}", f"Question {number}", values=(f"a*{number}",)) for number in range(count)),
        lines=(Line("It holds for all in #papers.", Role.QUIET),),
    )


def test_a_form_is_a_modal_with_its_lines_above_and_a_label_for_each_question() -> None:
    asked = Input("at", "Time", InputKind.TIME, ("08:30",), hint="In the channel's zone.")
    shown = modal(form(asked, lines=(Line("It holds for all in #papers.", Role.QUIET),)))
    assert (shown["title"], shown["custom_id"]) == ("Tags", "form:0:tag 2601.00001")
    text, label = shown["components"]
    assert text == {"type": 10, "content": "-# It holds for all in #papers."}
    assert (label["label"], label["description"]) == ("Time", "In the channel's zone.")
    time = label["component"]
    assert (time["type"], time["custom_id"], time["value"], time["required"]) == (TEXT, "at", "08:30", True)


@pytest.mark.parametrize(
    ("kind", "choices", "element_type"),
    [
        (InputKind.TEXT, 0, TEXT),
        (InputKind.PARAGRAPH, 0, TEXT),
        (InputKind.ONE_OF, 1, SELECT),
        (InputKind.ONE_OF, 10, RADIO),
        (InputKind.ONE_OF, 11, SELECT),
        (InputKind.ANY_OF, 1, CHECKBOXES),
        (InputKind.ANY_OF, 10, CHECKBOXES),
        (InputKind.ANY_OF, 25, SELECT),
        (InputKind.TIME, 0, TEXT),
    ],
)
def test_each_kind_of_question_is_asked_in_discords_own_way(kind: InputKind, choices: int, element_type: int) -> None:
    assert element(Input("x", "X", kind, choices=many(choices)))["type"] == element_type


@pytest.mark.parametrize("choices", [(), many(26), (Choice("Long", "x" * 101),), (Choice("\u200b", "x"),)])
def test_what_discord_cannot_offer_as_choices_is_asked_as_text(choices: tuple[Choice, ...]) -> None:
    for kind in (InputKind.ONE_OF, InputKind.ANY_OF):
        asked = element(Input("x", "X", kind, values=("a", "b"), choices=choices))
        assert (asked["type"], asked["value"]) == (TEXT, "a, b")


def chosen(asked: Input) -> list[str]:
    return [option["value"] for option in element(asked)["options"] if option.get("default")]


def test_what_is_chosen_already_is_one_of_the_choices_and_the_rest_is_left_out() -> None:
    assert chosen(Input("days", "Days", InputKind.ANY_OF, ("mon", "sun", "wed", "mon"), DAYS)) == ["mon", "wed"]
    assert chosen(Input("topics", "Topics", InputKind.ANY_OF, ("t3", "t12"), many(20))) == ["t3", "t12"]
    assert chosen(Input("day", "Day", InputKind.ONE_OF, ("tue",), DAYS)) == ["tue"]
    assert chosen(Input("day", "Day", InputKind.ONE_OF, ("sun",), DAYS)) == []


def test_of_any_number_all_may_be_chosen_and_none_where_it_is_optional() -> None:
    for choices in (DAYS, many(20)):
        asked = element(Input("x", "X", InputKind.ANY_OF, choices=choices))
        assert (asked["required"], asked["min_values"], asked["max_values"]) == (True, 1, len(choices))
        asked = element(Input("x", "X", InputKind.ANY_OF, choices=choices, optional=True))
        assert (asked["required"], asked["min_values"]) == (False, 0)


def test_a_note_keeps_its_lines_when_it_is_edited() -> None:
    note = element(Input("text", "Note", InputKind.PARAGRAPH, ("One\n\n  two",), longest=2000))
    assert (note["value"], note["style"], note["max_length"]) == ("One\n\n  two", 2, 2000)


def test_a_long_form_is_a_modal_for_each_five_questions() -> None:
    shown = [modal(several(11), page) for page in range(3)]
    assert [[label["component"]["custom_id"] for label in page["components"]] for page in shown] == [
        ["i0", "i1", "i2", "i3", "i4"],
        ["i5", "i6", "i7", "i8", "i9"],
        ["i10"],
    ]
    assert [page["custom_id"] for page in shown] == [f"form:{page}:tag 2601.00001" for page in range(3)]


def test_the_settings_that_only_together_mean_something_are_asked_in_one_modal() -> None:
    wanted = Subscription(id=1, team_id=1, channel_id=1, interests=Interests(("cs.CL",)))
    channel = Channel(1, 1, "discord", "1/2", "#papers")
    pages = modals(subscription_form(wanted, channel, ["reasoning"], command="settings"))
    names = [[label["component"]["custom_id"] for label in page.to_dict()["components"]] for page in pages]
    assert {"topics", "phrases"} <= set(names[0])
    assert {"days", "at", "zone"} <= set(names[1])


@pytest.mark.parametrize(
    ("command", "forum", "labels"),
    [
        (
            "subscribe",
            False,
            ["Subscribe: topics and words", "Subscribe: authors, days, hour", "Subscribe: layout and more"],
        ),
        ("settings", True, ["Change: topics and words", "Change: authors, days, hour", "Change: links and digests"]),
    ],
)
def test_each_button_of_the_settings_says_what_it_asks(command: str, *, forum: bool, labels: list[str]) -> None:
    wanted = Subscription(id=1, team_id=1, channel_id=1, interests=Interests(("cs.CL",)))
    channel = Channel(1, 1, "discord", "1/2", "#papers", forum=forum)
    [frame] = sent(panel(subscription_form(wanted, channel, ["reasoning"], command=command)))["components"]
    text, *sections = frame["components"]
    assert [section["accessory"]["label"] for section in sections] == labels
    assert text["content"].endswith("What you send holds at once; the rest stays as it is shown here.")
    for page, section in zip(modals(subscription_form(wanted, channel, [], command=command)), sections, strict=True):
        asked = [label["label"] for label in page.to_dict()["components"] if "label" in label]
        assert [line.split("**")[1] for line in section["components"][0]["content"].splitlines()] == asked


def test_a_long_form_shows_its_answers_with_a_button_for_each_modal() -> None:
    [frame] = sent(panel(several(6)))["components"]
    text, first, second = frame["components"]
    assert text["content"].splitlines()[:2] == ["## Tags", "-# It holds for all in #papers."]
    assert first["components"][0]["content"].splitlines()[:2] == [r"**Question 0**  a\*0", r"**Question 1**  a\*1"]
    assert second["components"][0]["content"] == r"**Question 5**  a\*5"
    assert (second["accessory"]["label"], second["accessory"]["custom_id"]) == ("Save", "page:1:ask tag 2601.00001")


def test_what_was_chosen_already_is_shown_by_its_label() -> None:
    asked = (*several(5).inputs, Input("days", "Days", InputKind.ANY_OF, ("mon", "wed"), DAYS), Input("x", "None"))
    [frame] = sent(panel(form(*asked)))["components"]
    assert frame["components"][2]["components"][0]["content"] == "**Days**  Monday, Wednesday\n**None**  –"


def test_what_was_answered_comes_back_by_name_with_the_command_and_the_page() -> None:
    components = [
        {"type": 10, "id": 1},
        {"type": 18, "component": {"type": 4, "custom_id": "tags", "value": "rl, agents"}},
        {"type": 18, "component": {"type": 4, "custom_id": "note", "value": ""}},
        {"type": 18, "component": {"type": 21, "custom_id": "day", "value": None}},
        {"type": 18, "component": {"type": 22, "custom_id": "days", "values": ["mon", "wed"]}},
        {"type": 18, "component": {"type": 3, "custom_id": "topics", "values": []}},
    ]
    answered = submitted({"custom_id": modal(form(Input("tags", "Tags")))["custom_id"], "components": components})
    assert answered == Submission(
        command="tag 2601.00001",
        page=0,
        values={"tags": "rl, agents", "note": "", "day": "", "days": ("mon", "wed"), "topics": ()},
    )
    assert submitted({"custom_id": "another's", "components": []}) is None


def test_a_refusal_says_what_is_wrong_and_opens_the_same_modal_again() -> None:
    text, row = sent(refusal(Submission("settings in:3", 1, {}), {"size": "“90” is too many.", "at": "*When*?"}))[
        "components"
    ]
    assert text["content"].splitlines() == ["“90” is too many.", r"\*When\*?"]
    [button] = row["components"]
    assert (button["label"], button["custom_id"]) == ("Try again", "page:1:ask settings in:3")


def test_a_form_that_is_opened_again_holds_what_was_answered() -> None:
    asked = form(
        Input("tags", "Tags"),
        Input("days", "Days", InputKind.ANY_OF, ("mon",), DAYS),
        Input("kept", "K", values=("k",)),
    )
    again = refilled(asked, {"tags": "a/b", "days": ("tue", "wed")})
    assert [each.values for each in again.inputs] == [("a/b",), ("tue", "wed"), ("k",)]
