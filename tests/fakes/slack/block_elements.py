"""Block Kit's interactive elements, their options and confirmations, within Slack's documented limits.

Source: docs.slack.dev/reference/block-kit, block elements and composition objects.
"""

import re
from collections.abc import Iterator
from typing import Any

from tests.fakes.slack.block_rules import (
    Check,
    Problems,
    address,
    each,
    items,
    one_of,
    string,
    text,
    text_object,
    unique,
    wrong,
)

SELECTS = tuple(
    f"{many}{source}_select"
    for many in ("", "multi_")
    for source in ("static", "external", "users", "conversations", "channels")
)
CHOICES = ("checkboxes", "radio_buttons")
PICKERS = ("datepicker", "timepicker", "datetimepicker")
_FILE = re.compile("F[A-Z0-9]{8,}")
INPUTS = ("plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input", "file_input")


def element(value: Any, at: str, allowed: tuple[str, ...]) -> Problems:
    """An element whose type is among `allowed`."""
    if not isinstance(value, dict):
        yield wrong("must be an object", at)
        return
    kind = value.get("type")
    if kind not in allowed or kind not in _CHECKS:
        yield wrong(f"unsupported type: {kind}", f"{at}/type")
        return
    yield from string(value, "action_id", at, most=255, least=1)
    yield from _CHECKS[kind](value, at)
    if "confirm" in value:
        yield from _confirmation(value["confirm"], f"{at}/confirm")


def image(value: dict[str, Any], at: str) -> Problems:
    yield from string(value, "alt_text", at, most=2000, least=1, required=True)
    yield from address(value, "image_url", at)
    if ("image_url" in value) == ("slack_file" in value):
        yield wrong("must define either `image_url` or `slack_file`", at)
    if "slack_file" in value and not _FILE.fullmatch(str(value["slack_file"].get("id"))):
        yield wrong(f"input must match regex pattern: {_FILE.pattern}", f"{at}/slack_file/id")


def _confirmation(value: Any, at: str) -> Problems:
    for name, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
        yield from text(value, name, at, most=most, plain=True, required=True)
    yield from one_of(value, "style", at, ("primary", "danger"))


def _button(value: dict[str, Any], at: str) -> Problems:
    yield from text(value, "text", at, most=75, plain=True, required=True)
    yield from string(value, "value", at, most=2000, least=1)
    yield from string(value, "accessibility_label", at, most=75)
    yield from address(value, "url", at)
    yield from one_of(value, "style", at, ("primary", "danger"))


def _overflow(value: dict[str, Any], at: str) -> Problems:
    yield from items(value, "options", at, least=2, most=5)
    yield from _options(value.get("options"), f"{at}/options")


def _static(value: dict[str, Any], at: str) -> Problems:
    yield from text(value, "placeholder", at, most=150, plain=True)
    if ("options" in value) == ("option_groups" in value):
        yield wrong("must define either `options` or `option_groups`", at)
    elif "options" in value:
        yield from items(value, "options", at, least=1, most=100)
        yield from _options(value["options"], f"{at}/options")
    else:
        yield from items(value, "option_groups", at, least=1, most=100)
        yield from each(value["option_groups"], f"{at}/option_groups", _group)
    yield from _initial(value, at)


def _group(value: dict[str, Any], at: str) -> Problems:
    yield from text(value, "label", at, most=75, plain=True, required=True)
    yield from items(value, "options", at, least=1, most=100)
    yield from _options(value.get("options"), f"{at}/options")


def _other_select(value: dict[str, Any], at: str) -> Problems:
    yield from text(value, "placeholder", at, most=150, plain=True)


def _choice(value: dict[str, Any], at: str) -> Problems:
    yield from items(value, "options", at, least=1, most=10)
    yield from _options(value.get("options"), f"{at}/options", plain=False)
    yield from _initial(value, at)


def options_of(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The options an element offers, those in groups too."""
    yield from value.get("options", [])
    for group in value.get("option_groups", []):
        yield from group.get("options", [])


def _options(values: Any, at: str, *, plain: bool = True) -> Problems:
    def option(value: dict[str, Any], at: str) -> Problems:
        yield from text(value, "text", at, most=75, plain=plain, required=True)
        yield from string(value, "value", at, most=150, least=1, required=True)
        yield from text(value, "description", at, most=75, plain=plain)
        yield from address(value, "url", at)

    yield from each(values, at, option)
    if isinstance(values, list):
        yield from unique([value.get("value") for value in values if isinstance(value, dict)], "value", at)


def _initial(value: dict[str, Any], at: str) -> Problems:
    """What is chosen already must be one of the options, exactly."""
    offered = list(options_of(value))
    if "initial_option" in value and value["initial_option"] not in offered:
        yield wrong("must be one of the provided options", f"{at}/initial_option")
    for number, chosen in enumerate(value.get("initial_options", [])):
        if chosen not in offered:
            yield wrong("must be one of the provided options", f"{at}/initial_options/{number}")
    if value.get("initial_options") == []:
        yield wrong("no less than 1 items allowed", f"{at}/initial_options")


def _pattern(name: str, pattern: str) -> Check:
    def check(value: dict[str, Any], at: str) -> Problems:
        yield from text(value, "placeholder", at, most=150, plain=True)
        if name in value and not re.fullmatch(pattern, str(value[name])):
            yield wrong("must match pattern", f"{at}/{name}")

    return check


def _written(value: dict[str, Any], at: str) -> Problems:
    yield from text(value, "placeholder", at, most=150, plain=True)
    yield from string(value, "initial_value", at, most=min(3000, value.get("max_length", 3000)))
    for name, least in (("min_length", 0), ("max_length", 1)):
        if not least <= value.get(name, least) <= 3000:
            yield wrong(f"must be between {least} and 3000", f"{at}/{name}")


def _number(value: dict[str, Any], at: str) -> Problems:
    yield from text(value, "placeholder", at, most=150, plain=True)
    if not isinstance(value.get("is_decimal_allowed"), bool):
        yield wrong("missing required field: is_decimal_allowed", at)
    for name in ("min_value", "max_value", "initial_value"):
        if name in value and not re.fullmatch(r"-?\d+(\.\d+)?", str(value[name])):
            yield wrong("must be a number", f"{at}/{name}")


def _nothing_more(value: dict[str, Any], at: str) -> Problems:
    yield from text(value, "placeholder", at, most=150, plain=True)


def context_part(value: dict[str, Any], at: str) -> Problems:
    """A picture or a text object, which is what a context block holds."""
    if value.get("type") == "image":
        yield from image(value, at)
    else:
        yield from text_object(value, at, most=3000)


_CHECKS: dict[str, Check] = {
    "button": _button,
    "overflow": _overflow,
    "image": image,
    "static_select": _static,
    "multi_static_select": _static,
    **{kind: _other_select for kind in SELECTS if "static" not in kind},
    **dict.fromkeys(CHOICES, _choice),
    "datepicker": _pattern("initial_date", r"\d{4}-\d{2}-\d{2}"),
    "timepicker": _pattern("initial_time", r"([01]\d|2[0-3]):[0-5]\d"),
    "datetimepicker": _pattern("initial_date_time", r"\d{10}"),
    "plain_text_input": _written,
    "number_input": _number,
    **dict.fromkeys(("email_text_input", "url_text_input", "rich_text_input", "file_input"), _nothing_more),
}
