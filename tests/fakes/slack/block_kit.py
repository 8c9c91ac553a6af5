"""Block Kit's blocks and views, held to every limit that Slack documents.

Source: docs.slack.dev/reference/block-kit and docs.slack.dev/reference/views. `TOO_LONG` is not documented: it is what
people measured (github.com/slackapi/bolt-js/issues/2509); here all strings of the blocks count, which is stricter.
"""

from collections.abc import Mapping
from typing import Any

from tests.fakes.slack.block_elements import CHOICES, INPUTS, PICKERS, SELECTS, context_part, element, image
from tests.fakes.slack.block_rules import Check, Problems, each, items, string, text, text_object, unique, wrong

TOO_LONG = 13_200
"""As many characters a message's blocks may have in all."""

_ACTIONS = ("button", "overflow", *SELECTS, *CHOICES, *PICKERS)
_ACCESSORIES = ("button", "overflow", "image", *SELECTS, *CHOICES, "datepicker", "timepicker")
_ENTERED = (*INPUTS, *SELECTS, *CHOICES, *PICKERS)
_RICH = ("rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote")


def message_problems(blocks: Any) -> list[str]:
    """What is wrong with the blocks of a message; nothing, if Slack would take them."""
    holder = {"blocks": blocks}
    found = [*items(holder, "blocks", "", least=0, most=50), *each(blocks, "/blocks", _block(_IN_MESSAGES))]
    if not found:
        found += _all_of(blocks)
    return found


def view_problems(view: Any) -> list[str]:
    """What is wrong with a modal or a Home tab."""
    if not isinstance(view, dict) or view.get("type") not in ("modal", "home"):
        return [wrong("unsupported type", "/view/type")]
    found = [
        *items(view, "blocks", "/view", least=1, most=100),
        *each(view.get("blocks"), "/view/blocks", _block(_IN_VIEWS)),
        *string(view, "private_metadata", "/view", most=3000),
        *string(view, "callback_id", "/view", most=255),
        *string(view, "external_id", "/view", most=255),
    ]
    if view["type"] == "modal":
        found += text(view, "title", "/view", most=24, plain=True, required=True)
        found += text(view, "submit", "/view", most=24, plain=True)
        found += text(view, "close", "/view", most=24, plain=True)
    else:
        found += [
            wrong(f"invalid additional property: {name}", "/view")
            for name in ("title", "submit", "close")
            if name in view
        ]
    if not found:
        found += _all_of(view["blocks"], "/view/blocks")
        if (
            any(block["type"] == "input" for block in view["blocks"])
            and view["type"] == "modal"
            and "submit" not in view
        ):
            found.append(wrong("missing required field: submit", "/view"))
    return found


def characters(value: Any) -> int:
    """The length of all strings within `value`."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(map(characters, value.values()))
    return sum(map(characters, value)) if isinstance(value, list) else 0


def _all_of(blocks: list[dict[str, Any]], at: str = "/blocks") -> Problems:
    """What holds for the blocks together."""
    yield from unique([block.get("block_id") for block in blocks], "block_id", at)
    if sum(block["type"] == "table" for block in blocks) > 1:
        yield wrong("only one table allowed", at)
    if sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > 12_000:
        yield wrong("must be less than 12001 characters", at)


def _block(known: Mapping[str, Check]) -> Check:
    def check(block: dict[str, Any], at: str) -> Problems:
        kind = str(block.get("type"))
        if kind not in known:
            yield wrong(f"unsupported type: {kind}", f"{at}/type")
            return
        yield from string(block, "block_id", at, most=255)
        yield from known[kind](block, at)

    return check


def _section(block: dict[str, Any], at: str) -> Problems:
    yield from text(block, "text", at, most=3000)
    if "text" not in block and "fields" not in block:
        yield wrong("must define either `text` or `fields`", at)
    if "fields" in block:
        yield from items(block, "fields", at, least=1, most=10)
        yield from each(block["fields"], f"{at}/fields", lambda field, at: text_object(field, at, most=2000))
    if "accessory" in block:
        yield from element(block["accessory"], f"{at}/accessory", _ACCESSORIES)


def _actions(block: dict[str, Any], at: str) -> Problems:
    yield from items(block, "elements", at, least=1, most=25)
    yield from each(block.get("elements"), f"{at}/elements", lambda part, at: element(part, at, _ACTIONS))
    parts = [part for part in block.get("elements") or () if isinstance(part, dict)]
    yield from unique([part.get("action_id") for part in parts], "action_id", f"{at}/elements")


def _context(block: dict[str, Any], at: str) -> Problems:
    yield from items(block, "elements", at, least=1, most=10)
    yield from each(block.get("elements"), f"{at}/elements", context_part)


def _header(block: dict[str, Any], at: str) -> Problems:
    yield from text(block, "text", at, most=150, plain=True, required=True)


def _image(block: dict[str, Any], at: str) -> Problems:
    yield from image(block, at)
    yield from text(block, "title", at, most=2000, plain=True)


def _divider(block: dict[str, Any], at: str) -> Problems:
    yield from (wrong(f"invalid additional property: {name}", at) for name in block.keys() - {"type", "block_id"})


def _input(block: dict[str, Any], at: str) -> Problems:
    yield from text(block, "label", at, most=2000, plain=True, required=True)
    yield from text(block, "hint", at, most=2000, plain=True)
    yield from element(block.get("element"), f"{at}/element", _ENTERED)


def _rich_text(block: dict[str, Any], at: str) -> Problems:
    yield from items(block, "elements", at, least=1, most=1000)
    for number, part in enumerate(block.get("elements") or ()):
        if not isinstance(part, dict) or part.get("type") not in _RICH:
            yield wrong("unsupported type", f"{at}/elements/{number}/type")
        else:
            yield from items(part, "elements", f"{at}/elements/{number}", least=0, most=1000)


def _markdown(block: dict[str, Any], at: str) -> Problems:
    yield from string(block, "text", at, most=12_000, least=1, required=True)


def _table(block: dict[str, Any], at: str) -> Problems:
    yield from items(block, "rows", at, least=1, most=100)
    for number, row in enumerate(block.get("rows") or ()):
        yield from items({"row": row}, "row", f"{at}/rows/{number}", least=1, most=20)


_IN_BOTH: dict[str, Check] = {
    "section": _section,
    "actions": _actions,
    "context": _context,
    "header": _header,
    "image": _image,
    "divider": _divider,
    "rich_text": _rich_text,
}
_IN_MESSAGES: dict[str, Check] = {**_IN_BOTH, "markdown": _markdown, "table": _table}
_IN_VIEWS: dict[str, Check] = {**_IN_BOTH, "input": _input}
