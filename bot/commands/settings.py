"""Settings of a subscription as people write them in a line: `topics:agents,long context size:8 at:08:30`."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from bot.categories import NotACategory, category
from bot.commands.refusal import Refused
from bot.commands.schedule import time_of_day, weekdays, zone
from bot.commands.slips import Slip
from bot.teams import (
    DIGESTS,
    MOST_PAPERS,
    Adjustment,
    EditionKind,
    Layout,
    Offers,
    OnNothing,
    Order,
    Topic,
    topics_named,
)


def listed(text: str) -> tuple[str, ...]:
    """What stands between commas, each once. Quotes are of no account."""
    parts = (" ".join(part.split()) for part in re.sub(r'["“”]', "", text).split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def _topics(text: str) -> tuple[Topic, ...]:
    return topics_named(listed(text))


def _phrases(text: str) -> tuple[str, ...]:
    named = listed(text)
    return () if [name.casefold() for name in named] == ["none"] else named


def _categories(text: str) -> tuple[str, ...]:
    named = listed(text)
    if not named:
        raise Refused(Slip.NO_CATEGORY)
    try:
        return tuple(dict.fromkeys(map(category, named)))
    except NotACategory as error:
        raise Refused(Slip.BAD_CATEGORY, error.given) from None


def _size(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,2}", text.strip()) or not 1 <= int(text) <= MOST_PAPERS:
        raise Refused(Slip.BAD_SIZE, text)
    return int(text)


def _layout(text: str) -> Layout:
    try:
        return Layout(text.strip().lower())
    except ValueError:
        raise Refused(Slip.BAD_LAYOUT, text) from None


def _offers(text: str) -> Offers:
    try:
        return Offers(text.strip().lower())
    except ValueError:
        raise Refused(Slip.BAD_OFFERS, text) from None


def _on_nothing(text: str) -> OnNothing:
    try:
        return OnNothing(text.strip().lower())
    except ValueError:
        raise Refused(Slip.BAD_ON_NOTHING, text) from None


def _digests(text: str) -> frozenset[EditionKind]:
    named = tuple(name.lower() for name in listed(text))
    if named in (("none",), ("both",), ("all",)):
        return frozenset(() if named == ("none",) else DIGESTS)
    for name in named:
        if name not in DIGESTS:
            raise Refused(Slip.BAD_DIGESTS, name)
    return frozenset(map(EditionKind, named))


PAPERS: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {
        "categories": _categories,
        "topics": _topics,
        "wanted": _phrases,
        "unwanted": _phrases,
        "authors": _phrases,
        "size": _size,
    }
)
"""What each setting's value means, for the settings that choose papers: the parts of an `Adjustment`."""
SCHEDULE: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {
        "days": weekdays,
        "at": time_of_day,
        "zone": zone,
        "layout": _layout,
        "offers": _offers,
        "on_nothing": _on_nothing,
        "digests": _digests,
    }
)
"""The same for the other parts of an `Order`."""
SETTINGS: Mapping[str, Callable[[str], Any]] = MappingProxyType({**PAPERS, **SCHEDULE})
"""Every setting. Each raises Refused for a value that means nothing."""

_NAME = re.compile(rf"(?:^|\s)({'|'.join(SETTINGS)}):", re.IGNORECASE)
"""A setting's value reaches to the next name, so that a phrase needs no quotes."""


def order(text: str) -> Order:
    """What the settings in `text` ask for; nothing for a text without words. Quotes are of no account; a list is
    written with commas, and an empty one is one too, as are `all` topics and `none` of the others; of a setting that is
    given twice, the last counts.

    Raises Refused.
    """
    before, *parts = _NAME.split(re.sub(r'["“”]', "", text))
    if before.strip():
        raise Refused(Slip.BAD_SETTING, before.strip())
    said = {name.lower(): value.strip() for name, value in zip(parts[::2], parts[1::2], strict=True)}
    return order_of({name: SETTINGS[name](value) for name, value in said.items()})


def order_of(parts: Mapping[str, Any]) -> Order:
    """The order that has these parts, by the names of their settings."""
    chosen = {name: part for name, part in parts.items() if name in PAPERS}
    return Order(Adjustment(**chosen), **{name: part for name, part in parts.items() if name in SCHEDULE})


def adjustment(text: str) -> Adjustment:
    """As `order`, for where papers are chosen and nothing is scheduled."""
    wanted = order(text)
    for name in SCHEDULE:
        if getattr(wanted, name) is not None:
            raise Refused(Slip.NOT_HERE, name)
    return wanted.adjustment
