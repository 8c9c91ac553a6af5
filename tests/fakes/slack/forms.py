"""Interactive elements as people use them: finding them, filling them in, and what Slack sends of that."""

from collections.abc import Iterator
from typing import Any

from tests.fakes.slack.block_elements import options_of
from tests.fakes.slack.model import Json

_HELD = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "overflow": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}
"""What an element's state holds, by its type, and what that begins with."""


class CannotDo(AssertionError):
    """Slack's own client would not let a person do this."""


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every interactive element with its block, in order."""
    for block in blocks:
        parts = [block.get("accessory"), block.get("element")]
        if block["type"] == "actions":
            parts += block["elements"]
        yield from ((block, part) for part in parts if part and part["type"] != "image")


def find(blocks: list[Json], wanted: str, value: str | None = None) -> tuple[Json, Json]:
    """The first element of this action_id, label, value or block_id; with `value`, the one that carries it."""
    for block, part in elements(blocks):
        if wanted in _names(block, part) and value in (None, part.get("value")):
            return block, part
    there = [_names(block, part) for block, part in elements(blocks)]
    raise CannotDo(f"there is no {wanted!r} to use among {there}")


def _names(block: Json, part: Json) -> list[str]:
    label = part.get("text") or part.get("placeholder") if block["type"] != "input" else block["label"]
    return [
        name
        for name in (part["action_id"], (label or {}).get("text"), part.get("value"), block["block_id"])
        if isinstance(name, str)
    ]


def chosen(part: Json, wanted: str) -> Json:
    """The option of an element with this text or value."""
    for option in options_of(part):
        if wanted in (option["text"]["text"], option["value"]):
            return option
    if "external" in part["type"]:
        return {"text": {"type": "plain_text", "text": wanted}, "value": wanted}
    offered = [option["text"]["text"] for option in options_of(part)]
    raise CannotDo(f"there is no option {wanted!r} among {offered}")


def entered(part: Json, answer: Any) -> Json:
    """The state of an element after a person entered `answer`: options by text or value, a list where many may be."""
    held, _ = _HELD[part["type"]]
    if held == "selected_option":
        answer = None if answer is None else chosen(part, answer)
    elif held == "selected_options":
        answer = [chosen(part, each) for each in answer]
        if len(answer) > part.get("max_selected_items", 100):
            raise CannotDo(f"no more than {part['max_selected_items']} may be chosen")
    elif isinstance(answer, str):
        most, least = part.get("max_length", 3000), part.get("min_length", 0)
        if answer and not least <= len(answer) <= most:
            raise CannotDo(f"{least} to {most} characters, not {len(answer)}")
    return {"type": part["type"], held: answer or None if isinstance(answer, str) else answer}


def state(blocks: list[Json], answers: dict[str, Json]) -> Json:
    """What all elements hold, as `state.values` has it; `answers` by block_id/action_id, initial values else."""
    values: Json = {}
    for block, part in elements(blocks):
        if part["type"] in _HELD and part["type"] != "overflow":
            held, initial = _HELD[part["type"]]
            empty: Any = [] if held.endswith("options") else None
            own = answers.get(key(block, part)) or {"type": part["type"], held: part.get(initial, empty)}
            values.setdefault(block["block_id"], {})[part["action_id"]] = own
    return values


def missing(blocks: list[Json], values: Json) -> list[str]:
    """The labels of inputs that must be filled in and are not."""
    return [
        block["label"]["text"]
        for block, part in elements(blocks)
        if block["type"] == "input"
        and not block.get("optional")
        and not values[block["block_id"]][part["action_id"]].get(_HELD[part["type"]][0])
    ]


def key(block: Json, part: Json) -> str:
    return f"{block['block_id']}/{part['action_id']}"


def action(block: Json, part: Json, ts: str, own: Json) -> Json:
    """What a block_actions payload tells of one element; `own` is its state, or empty for a button."""
    told = {"type": part["type"], "block_id": block["block_id"], "action_id": part["action_id"], "action_ts": ts}
    if part["type"] == "button":
        told |= {name: part[name] for name in ("text", "value", "style") if name in part}
    return told | own
