"""Settings of a subscription as people write them in a line: `topics:agents,long context wanted:verifier size:8`."""

import re

from bot.categories import category
from bot.teams import MOST_PAPERS, Adjustment, Topic

_NAME = re.compile(r"(?:^|\s)(categories|topics|wanted|unwanted|authors|size):", re.IGNORECASE)
"""A setting's value reaches to the next name, so that a phrase needs no quotes."""


class NotSettings(ValueError):
    """The text is more, or something else, than settings; its only argument is the part that is wrong."""


def adjustment(text: str) -> Adjustment:
    """What the settings in `text` ask for; nothing for a text without words. Quotes are of no account; a list is
    written with commas, and an empty one is one too; of a setting that is given twice, the last counts.

    Raises NotSettings, and NotACategory.
    """
    before, *parts = _NAME.split(re.sub(r'["“”]', "", text))
    if before.strip():
        raise NotSettings(before.strip())
    said = {name.lower(): value.strip() for name, value in zip(parts[::2], parts[1::2], strict=True)}
    lists = {name: _listed(value) for name, value in said.items() if name != "size"}
    topics = lists.get("topics")
    return Adjustment(
        categories=_categories(lists.get("categories")),
        topics=None if topics is None else tuple(map(Topic, topics)),
        wanted=lists.get("wanted"),
        unwanted=lists.get("unwanted"),
        authors=lists.get("authors"),
        size=_size(said.get("size")),
    )


def _listed(value: str) -> tuple[str, ...]:
    parts = (" ".join(part.split()) for part in value.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def _categories(named: tuple[str, ...] | None) -> tuple[str, ...] | None:
    if named == ():
        raise NotSettings("categories:")
    return None if named is None else tuple(dict.fromkeys(map(category, named)))


def _size(value: str | None) -> int | None:
    if value is None:
        return None
    if not re.fullmatch(r"[0-9]{1,2}", value) or not 1 <= int(value) <= MOST_PAPERS:
        raise NotSettings(f"size:{value}")
    return int(value)
