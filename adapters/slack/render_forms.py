"""Form -> modal, and what was filled in. Pure."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapters.plain import fitted
from adapters.slack.blocks import LABEL, MOST_BLOCKS_OF_VIEW, OPTION_VALUE, TEXT, Block, plain_text
from adapters.slack.render import shown_lines
from bot.messages import Choice, Form, Input, InputKind

MODAL = "form"
"""The `callback_id` of every modal."""
_TITLE = 24
"""Also of what is written on the button that submits."""
_NAME = 2000
"""Of an input's label, and of its hint."""
_BOXES = 10
"""Checkboxes, or radio buttons, that may stand together; longer lists fold."""
_FEW = 5
"""Choices that are read at a glance, so that they need not fold."""
_LIST = 100
_ANSWER = "answer"
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class Submission:
    """What came back of a modal. `values` are by input's name: of ANY_OF a tuple, of all else a text, "" where nothing
    was answered. `origin` is what `modal` was given."""

    command: str
    origin: str
    values: Mapping[str, str | tuple[str, ...]]


def modal(form: Form, origin: str = "") -> dict[str, Any]:
    """The view as views.open takes it. `origin` tells where to answer; it and the form's command may have some 2,900
    characters together, which come back with the submission.

    A question that Slack cannot ask by choices, being too many or too long, is asked as text.
    """
    blocks = [*shown_lines(form.lines), *(_input(each) for each in form.inputs)]
    return {
        "type": "modal",
        "callback_id": MODAL,
        "title": plain_text(fitted(form.title, _TITLE)),
        "submit": plain_text(fitted(form.submit, _TITLE)),
        "private_metadata": json.dumps({"command": form.command, "origin": origin}, ensure_ascii=False),
        "blocks": blocks[:MOST_BLOCKS_OF_VIEW],
    }


def submitted(view: Mapping[str, Any]) -> Submission:
    """What was answered, of the `view` of a view_submission payload."""
    about = json.loads(view["private_metadata"])
    answers = view["state"]["values"]
    return Submission(
        about["command"], about["origin"], {name: _answered(answer[_ANSWER]) for name, answer in answers.items()}
    )


def refusal(problems: Mapping[str, str]) -> dict[str, Any]:
    """What to acknowledge a submission with, so that the modal stays and shows a sentence under each input, by name."""
    return {"response_action": "errors", "errors": {name: fitted(text, TEXT) for name, text in problems.items()}}


def _answered(state: Mapping[str, Any]) -> str | tuple[str, ...]:
    if "selected_options" in state:
        return tuple(option["value"] for option in state["selected_options"])
    if "selected_option" in state:
        return str((state["selected_option"] or {}).get("value", ""))
    return str(state.get("selected_time") or state.get("value") or "")


def _input(asked: Input) -> Block:
    block = {
        "type": "input",
        "block_id": asked.name,
        "label": plain_text(fitted(asked.label, _NAME) or asked.name),
        "optional": asked.optional,
        "element": {**_element(asked), "action_id": _ANSWER},
    }
    hint = fitted(asked.hint, _NAME)
    return {**block, "hint": plain_text(hint)} if hint else block


def _element(asked: Input) -> Block:
    options = {choice.value: _option(choice) for choice in asked.choices}
    given = [options[value] for value in dict.fromkeys(asked.values) if value in options]
    match asked.kind:
        case InputKind.ONE_OF if _offerable(asked):
            kind = "radio_buttons" if len(options) <= _FEW else "static_select"
            return {"type": kind, "options": [*options.values()], **({"initial_option": given[0]} if given else {})}
        case InputKind.ANY_OF if _offerable(asked):
            kind = "checkboxes" if len(options) <= _BOXES else "multi_static_select"
            return {"type": kind, "options": [*options.values()], **({"initial_options": given} if given else {})}
        case InputKind.TIME:
            time = next(filter(_TIME.fullmatch, asked.values), "")
            return {"type": "timepicker", **({"initial_time": time} if time else {})}
    return _written(asked)


def _offerable(asked: Input) -> bool:
    fit = all(0 < len(choice.value) <= OPTION_VALUE and fitted(choice.label, LABEL) for choice in asked.choices)
    return fit and 0 < len(asked.choices) <= _LIST


def _option(choice: Choice) -> Block:
    return {"text": plain_text(fitted(choice.label, LABEL)), "value": choice.value}


def _written(asked: Input) -> Block:
    longest = max(1, min(asked.longest, TEXT))
    text = ", ".join(asked.values)[:longest]
    return {
        "type": "plain_text_input",
        "multiline": asked.kind is InputKind.PARAGRAPH,
        "max_length": longest,
        **({"initial_value": text} if text else {}),
    }
