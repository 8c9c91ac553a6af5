"""What is taken out of texts from outside before anything shows them."""

import unicodedata
from urllib.parse import urlsplit

from bot.cards.wording import shortened

# Format characters are invisible, and some reorder what is shown (https://www.unicode.org/reports/tr9/); these two
# join or part letters in Persian, Indic scripts and emoji.
_JOINERS = "\u200c\u200d"
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def plain(text: str) -> str:
    """`text` on one line without anything that is obeyed or hidden where it is shown: controls, escapes, overrides."""
    seen = (c for c in text if c.isspace() or c in _JOINERS or unicodedata.category(c) not in _UNSEEN)
    return " ".join("".join(seen).split())


def fitted(text: str, most: int) -> str:
    """`text` on one line in at most `most` characters, cut at a word.

    What is written from right to left is isolated, so that it does not move the numbers beside it
    (https://www.unicode.org/reports/tr9/).
    """
    text = plain(text)
    if any(unicodedata.bidirectional(character) in ("R", "AL") for character in text):
        return f"\u2068{shortened(text, most - 2)}\u2069"
    return shortened(text, most)


def safe_link(url: str) -> str:
    """`url` if it is plain http(s), which may be opened, else nothing."""
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        return ""
    return url if scheme in ("http", "https") and url.isascii() and url.isprintable() and " " not in url else ""
