"""The limits of application commands and of the choices that autocompletion offers.

Numbers: Discord's documentation, "Application Commands" and "Interaction Callback Type".
"""

import re
from collections import Counter
from collections.abc import Iterator

from tests.fakes.discord.errors import TOO_MANY_COMMANDS, ApiError, Problem
from tests.fakes.discord.model import Json

CHAT_INPUT, USER_COMMAND, MESSAGE_COMMAND = 1, 2, 3
SUB_COMMAND, SUB_GROUP = 1, 2
MOST_OF_TYPE = {CHAT_INPUT: 100, USER_COMMAND: 5, MESSAGE_COMMAND: 5}
"""How many commands of a type an app may have."""
MOST_CHARACTERS = 4000
"""Of a command with all its subcommands, options and choices. The strictest number told; some say 8000."""
_NAME = re.compile(r"[-_'\w]{1,32}")

Path = tuple[str, ...]


def command_problems(commands: list[Json]) -> list[Problem]:
    """What is wrong with the commands of a bulk overwrite. Raises `ApiError` if they are too many."""
    found: list[Problem] = []
    seen: set[tuple[int, str]] = set()
    for index, command in enumerate(commands):
        path: Path = (str(index),)
        found += _command(path, command)
        key = (command.get("type", CHAT_INPUT), command.get("name", ""))
        if key in seen:
            sentence = "Application command names must be unique"
            found.append(Problem((*path, "name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", sentence))
        seen.add(key)
    kinds = Counter(command.get("type", CHAT_INPUT) for command in commands)
    if any(kinds[kind] > most for kind, most in MOST_OF_TYPE.items()):
        raise ApiError(TOO_MANY_COMMANDS)
    return found


def choice_problems(choices: list[Json]) -> list[Problem]:
    """What is wrong with the choices of an autocompletion."""
    return list(_choices(("data", "choices"), choices))


def _command(path: Path, command: Json) -> Iterator[Problem]:
    if command.get("type", CHAT_INPUT) != CHAT_INPUT:
        yield from _text((*path, "name"), command.get("name"), 32)
        if command.get("description"):
            sentence = "Context menu commands cannot have description"
            yield Problem((*path, "description"), "APPLICATION_COMMAND_INVALID_DESCRIPTION", sentence)
        return
    yield from _named(path, command)
    yield from _options(path, command.get("options") or [])
    if (size := characters(command)) > MOST_CHARACTERS:
        sentence = f"Command exceeds maximum size ({size} > {MOST_CHARACTERS})"
        yield Problem(path, "APPLICATION_COMMAND_TOO_LARGE", sentence)


def characters(command: Json) -> int:
    """The names, descriptions and values of a command and everything inside it."""
    own = len(command.get("name", "")) + len(command.get("description", ""))
    choices = sum(len(choice["name"]) + len(str(choice["value"])) for choice in command.get("choices") or [])
    return own + choices + sum(map(characters, command.get("options") or []))


def _named(path: Path, item: Json) -> Iterator[Problem]:
    name = str(item.get("name") or "")
    if not _NAME.fullmatch(name) or name != name.lower():
        sentence = "Command name is invalid"
        yield Problem((*path, "name"), "APPLICATION_COMMAND_INVALID_NAME", sentence)
    yield from _text((*path, "description"), item.get("description"), 100)


def _options(path: Path, options: list[Json]) -> Iterator[Problem]:
    if len(options) > 25:
        yield Problem((*path, "options"), "BASE_TYPE_BAD_LENGTH", "Must be between 0 and 25 in length.")
    optional = False
    names: set[str] = set()
    for index, option in enumerate(options):
        here = (*path, "options", str(index))
        yield from _named(here, option)
        if option.get("name") in names:
            sentence = "Option names must be unique"
            yield Problem((*here, "name"), "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", sentence)
        names.add(option.get("name", ""))
        if option["type"] in (SUB_COMMAND, SUB_GROUP):
            yield from _options(here, option.get("options") or [])
            continue
        if option.get("required") and optional:
            sentence = "Required options must be placed before non-required options"
            yield Problem(here, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", sentence)
        optional = optional or not option.get("required")
        yield from _choices((*here, "choices"), option.get("choices") or [])
        if option.get("choices") and option.get("autocomplete"):
            sentence = "Autocomplete and choices are mutually exclusive"
            yield Problem(here, "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES", sentence)


def _choices(path: Path, choices: list[Json]) -> Iterator[Problem]:
    if len(choices) > 25:
        yield Problem(path, "BASE_TYPE_BAD_LENGTH", "Must be between 0 and 25 in length.")
    for index, choice in enumerate(choices):
        yield from _text((*path, str(index), "name"), choice.get("name"), 100)
        if isinstance(choice.get("value"), str):
            yield from _text((*path, str(index), "value"), choice["value"], 100)


def _text(path: Path, text: object, most: int) -> Iterator[Problem]:
    if not 1 <= len(str(text or "")) <= most:
        yield Problem(path, "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {most} in length.")
