"""What can be done, as Block Kit's buttons and ⋯ menus. Each carries its command line, so that it outlives restarts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from adapters.plain import fitted, safe_link
from adapters.slack.blocks import BUTTON_VALUE, LABEL, LINK, MENU, OPTION_VALUE, Block, fits, plain_text
from bot.messages import Action

ACTION = "command-"
"""What the `action_id` of all of them begins with."""
_IN_A_ROW = 25


def actions(offered: Sequence[Action]) -> Iterator[Block]:
    """Rows of buttons, then what stands behind ⋯.

    One without words, or with a command of more than BUTTON_VALUE characters, which no button holds, is left out.
    """
    usable = [action for action in offered if _label(action) and (_link(action) or _held(action, BUTTON_VALUE))]
    behind = [action for action in usable if action.more and not _link(action) and _held(action, OPTION_VALUE)]
    buttons = [_button(action) for action in usable if action not in behind]
    # Slack does not take an option twice in one menu, nor a menu of one.
    options = list({action.command: action for action in behind}.values())
    menus = [options[start : start + MENU] for start in range(0, len(options), MENU)]
    elements = buttons + [_button(menu[0]) if len(menu) == 1 else _menu(menu) for menu in menus]
    row: list[Block] = []
    for element in elements:
        if row and (len(row) == _IN_A_ROW or not fits([_row([*row, element])])):
            yield _row(row)
            row = []
        row.append(element)
    if row:
        yield _row(row)


def _row(elements: list[Block]) -> Block:
    return {"type": "actions", "elements": elements}


def with_ids(blocks: Iterable[Block]) -> list[Block]:
    """The blocks of one message or view; everything in them that can be clicked has an `action_id` of its own."""
    numbers = count(1)
    return [
        {**block, "elements": [{**element, "action_id": f"{ACTION}{next(numbers)}"} for element in block["elements"]]}
        if block["type"] == "actions"
        else block
        for block in blocks
    ]


def command_of(action: Mapping[str, Any]) -> str:
    """The line that `bot.commands.parse` understands, of one of the `actions` of a block_actions payload.

    "" where nothing is to be done: the button only opened its address.
    """
    value: str = (action.get("selected_option") or action).get("value") or ""
    return value


def _held(action: Action, most: int) -> bool:
    return 0 < len(action.command) <= most


def _link(action: Action) -> str:
    return safe_link(action.url) if len(action.url) <= LINK else ""


def _label(action: Action) -> str:
    """A state is told apart by its mark, not by its colour alone."""
    label = fitted(action.label, LABEL - 2)
    return f"✓ {label}" if action.pressed and label else label


def _button(action: Action) -> Block:
    button: Block = {"type": "button", "text": plain_text(_label(action))}
    if action.pressed:
        button["style"] = "primary"
    if link := _link(action):
        return {**button, "url": link}
    return {**button, "value": action.command}


def _menu(options: Sequence[Action]) -> Block:
    return {
        "type": "overflow",
        "options": [{"text": plain_text(_label(action)), "value": action.command} for action in options],
    }
