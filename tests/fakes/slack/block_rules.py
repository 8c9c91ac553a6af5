"""The checks that Block Kit's parts share. Each yields what is wrong, as Slack words it, with a JSON pointer."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

Problems: TypeAlias = Iterator[str]
Check: TypeAlias = Callable[[dict[str, Any], str], Problems]
"""Looks at one object, found at a JSON pointer."""

_ADDRESS = re.compile(r"https?://[^\s/]+\S*")


def wrong(what: str, at: str) -> str:
    return f"{what} [json-pointer:{at}]"


def string(
    holder: dict[str, Any], name: str, at: str, *, most: int, least: int = 0, required: bool = False
) -> Problems:
    """A string of `least` to `most` characters under `name`."""
    value = holder.get(name)
    if value is None:
        if required:
            yield wrong(f"missing required field: {name}", at)
    elif not isinstance(value, str):
        yield wrong("must be a string", f"{at}/{name}")
    elif len(value) > most:
        yield wrong(f"must be less than {most + 1} characters", f"{at}/{name}")
    elif len(value) < least:
        yield wrong(f"must be more than {least - 1} characters", f"{at}/{name}")


def text(
    holder: dict[str, Any], name: str, at: str, *, most: int, plain: bool = False, required: bool = False
) -> Problems:
    """A text object of 1 to `most` characters under `name`; `plain` allows no mrkdwn."""
    value = holder.get(name)
    if value is None:
        if required:
            yield wrong(f"missing required field: {name}", at)
    else:
        yield from text_object(value, f"{at}/{name}", most=most, plain=plain)


def text_object(value: Any, at: str, *, most: int, plain: bool = False) -> Problems:
    if not isinstance(value, dict):
        yield wrong("must be an object", at)
    elif value.get("type") not in (("plain_text",) if plain else ("plain_text", "mrkdwn")):
        yield wrong("unsupported type: " + str(value.get("type")), f"{at}/type")
    elif value["type"] == "mrkdwn" and "emoji" in value:
        yield wrong("invalid additional property: emoji", at)
    else:
        yield from string(value, "text", at, most=most, least=1, required=True)


def items(holder: dict[str, Any], name: str, at: str, *, least: int, most: int) -> Problems:
    """A required list of `least` to `most` members under `name`."""
    value = holder.get(name)
    if value is None:
        yield wrong(f"missing required field: {name}", at)
    elif not isinstance(value, list):
        yield wrong("must be an array", f"{at}/{name}")
    elif len(value) > most:
        yield wrong(f"no more than {most} items allowed", f"{at}/{name}")
    elif len(value) < least:
        yield wrong(f"no less than {least} items allowed", f"{at}/{name}")


def address(holder: dict[str, Any], name: str, at: str) -> Problems:
    """An optional web address of at most 3000 characters under `name`."""
    yield from string(holder, name, at, most=3000)
    value = holder.get(name)
    if isinstance(value, str) and not _ADDRESS.fullmatch(value):
        yield wrong("must be a valid URL", f"{at}/{name}")


def one_of(holder: dict[str, Any], name: str, at: str, allowed: Sequence[str]) -> Problems:
    if name in holder and holder[name] not in allowed:
        yield wrong(f"must be one of {', '.join(allowed)}", f"{at}/{name}")


def unique(values: Sequence[Any], what: str, at: str) -> Problems:
    """No value twice; absent ones (None) do not count."""
    given = [value for value in values if value is not None]
    if len(given) != len(set(given)):
        yield wrong(f"`{what}` must be unique", at)


def each(values: Any, at: str, check: Check) -> Problems:
    """Checks every member of a list that is one."""
    for number, value in enumerate(values if isinstance(values, list) else ()):
        if isinstance(value, dict):
            yield from check(value, f"{at}/{number}")
        else:
            yield wrong("must be an object", f"{at}/{number}")
