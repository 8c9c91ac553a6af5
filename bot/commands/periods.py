"""A week or a month as people name it in a line: `week 2026-01-15`, `2026-01-15`, `month 2026-01`, `2026-01`."""

import re
from datetime import date

from bot.teams import EditionKind

_KINDS = {"week": EditionKind.WEEKLY, "month": EditionKind.MONTHLY}


def period(text: str) -> tuple[EditionKind, date | None]:
    """The kind, by default a week, and a date in it, if one is given. A month needs no more than year and month.

    Raises ValueError for other words.
    """
    word, _, rest = text.strip().partition(" ")
    kind = _KINDS.get(word.lower())
    named = text.strip() if kind is None else rest.strip()
    if kind is not EditionKind.WEEKLY and re.fullmatch(r"[0-9]{4}-[0-9]{2}", named):
        kind, named = EditionKind.MONTHLY, f"{named}-01"
    return kind or EditionKind.WEEKLY, date.fromisoformat(named) if named else None
