"""What can be done, as buttons and menus. Each carries its command line, so that it outlives restarts.

The client that they are added to, with `add_dynamic_items`, has a method `pressed(interaction, line)`.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Self, cast

from discord import ButtonStyle, Interaction, SelectOption
from discord.ui import ActionRow, Button, DynamicItem, Item, Section, Select, TextDisplay

from adapters.discord.components import LINK, Part, quiet
from adapters.plain import fitted, plain, safe_link
from bot.cards.platforms import MORE
from bot.messages import Action

LABEL = 80
"""Characters of a button."""
OPTION = 100
"""Of an option's label, and of its value."""
MENU = 25
"""Options of one menu."""
_ROW = 5
_LINE = 95
"""Characters of a command in a button's `custom_id`, which holds 100 and tells the buttons of a message apart."""
_LONG_LINE = 1000
"""Of one that stands in code type beside its button, from where it is read again."""
_BEFORE, _BEHIND = quiet("`"), "`"


class CommandButton(DynamicItem[Button[Any]], template=re.compile(r"\d+:(?P<line>.*)", re.DOTALL)):
    """A button that gives a command."""

    def __init__(self, button: Button[Any], line: str) -> None:
        super().__init__(button)
        self.line = line

    @classmethod
    async def from_custom_id(cls, _: Interaction[Any], item: Item[Any], match: re.Match[str], /) -> Self:
        button = cast("Button[Any]", item)
        return cls(button, match["line"] or _line_beside(button))

    async def callback(self, interaction: Interaction[Any]) -> None:
        await interaction.client.pressed(interaction, self.line)


class CommandMenu(DynamicItem[Select[Any]], template=r"menu:\d+"):
    """What stands behind "More": each option gives a command."""

    @classmethod
    async def from_custom_id(cls, _: Interaction[Any], item: Item[Any], __: re.Match[str], /) -> Self:
        return cls(cast("Select[Any]", item))

    async def callback(self, interaction: Interaction[Any]) -> None:
        await interaction.client.pressed(interaction, self.item.values[0])


def actions(offered: Sequence[Action], numbers: Iterator[int]) -> list[Part]:
    """Rows of buttons, then what stands behind "More", then buttons that have their long commands beside them.

    `numbers` tell apart all that can be pressed in one message. An action without words is left out, and one with a
    command of more than _LONG_LINE characters or a backtick, which fits nowhere.
    """
    named = [action for action in offered if _label(action)]
    short = [action for action in named if _link(action) or 0 < len(action.command) <= _LINE]
    folded = [action for action in short if action.more and not _link(action)]
    # Discord does not take an option twice in one menu.
    options = list({action.command: action for action in folded}.values())
    if len(options) == 1:
        options, folded = [], []
    buttons = [_button(action, numbers) for action in short if action not in folded]
    rows: list[Part] = [ActionRow(*buttons[start : start + _ROW]) for start in range(0, len(buttons), _ROW)]
    menus = [_menu(options[start : start + MENU], numbers) for start in range(0, len(options), MENU)]
    written = [_written(action, numbers) for action in named if action not in short and _writable(action.command)]
    return [*rows, *menus, *written]


def _label(action: Action, most: int = LABEL) -> str:
    """A state is told apart by its mark, not by its colour alone."""
    words = fitted(action.label, most - 2)
    return f"✓ {words}" if action.pressed and words else words


def _link(action: Action) -> str:
    return safe_link(action.url) if len(action.url) <= LINK else ""


def _button(action: Action, numbers: Iterator[int]) -> Item[Any]:
    if link := _link(action):
        return Button(label=_label(action), url=link)
    return _carrying(action.command, action, numbers)


def _carrying(carried: str, action: Action, numbers: Iterator[int]) -> Item[Any]:
    style = ButtonStyle.success if action.pressed else ButtonStyle.secondary
    button: Button[Any] = Button(label=_label(action), style=style, custom_id=f"{next(numbers)}:{carried}")
    return CommandButton(button, action.command)


def _menu(options: Sequence[Action], numbers: Iterator[int]) -> Part:
    offered = [SelectOption(label=_label(action, OPTION), value=action.command) for action in options]
    return ActionRow(CommandMenu(Select(custom_id=f"menu:{next(numbers)}", placeholder=MORE, options=offered)))


def _writable(line: str) -> bool:
    return 0 < len(line) <= _LONG_LINE and "`" not in line and line == plain(line)


def _written(action: Action, numbers: Iterator[int]) -> Part:
    return Section(f"{_BEFORE}{action.command}{_BEHIND}", accessory=_carrying("", action, numbers))


def _line_beside(button: Button[Any]) -> str:
    section = button.parent
    written = section.children[0] if isinstance(section, Section) else None
    content = written.content if isinstance(written, TextDisplay) else ""
    return content.removeprefix(_BEFORE).removesuffix(_BEHIND)
