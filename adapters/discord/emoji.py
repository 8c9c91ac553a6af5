"""Emoji by the names that the settings use, as the characters that Discord takes."""

import unicodedata

from rich.emoji import Emoji

_AS_PICTURE = "\ufe0f"
"""Follows characters that are text by themselves, such as ❤, where they are shown as emoji."""


def character(name: str) -> str:
    """`bookmark` -> 🔖. "" where there is no such emoji."""
    found = Emoji.replace(f":{name}:")
    if found == f":{name}:":
        return ""
    # Those shown as pictures by themselves are wide: https://www.unicode.org/reports/tr11/#Recommendations
    narrow = len(found) == 1 and unicodedata.east_asian_width(found) != "W"
    return found + _AS_PICTURE if narrow else found
