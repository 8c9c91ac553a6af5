"""What is taken out of texts from outside before anything shows them."""

import re
import unicodedata
from urllib.parse import urlsplit

from bot.cards.wording import shortened

# Format characters are invisible, and some reorder what is shown (https://www.unicode.org/reports/tr9/); these two
# join or part letters in Persian, Indic scripts and emoji.
_JOINERS = "\u200c\u200d"
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})

_QUOTED = re.compile("“([^“”]*)”")
_KEPT = re.compile("(\u2068[^\u2069]*\u2069)")


def plain(text: str) -> str:
    """`text` on one line without anything that is obeyed or hidden where it is shown: controls, escapes, overrides."""
    seen = (c for c in text if c.isspace() or c in _JOINERS or unicodedata.category(c) not in _UNSEEN)
    return " ".join("".join(seen).split())


def fitted(text: str, most: int) -> str:
    """`text` on one line in at most `most` characters, cut at a word.

    What is written from right to left is isolated, so that it does not move what stands beside it
    (https://www.unicode.org/reports/tr9/).
    """
    text = plain(text)
    cut = shortened(text, most)
    while len(shown := _isolated(cut)) > most:
        cut = shortened(text, len(cut) - (len(shown) - most))
    return shown


def _isolated(text: str) -> str:
    """A text that is mostly from right to left whole; of another, the quotations and words that are."""
    if not any(map(_rightward, text)):
        return text
    inside = _QUOTED.sub(lambda quoted: f"“{_isolated(quoted[1])}”", text)
    outside = "".join(_QUOTED.split(text)[::2])
    if sum(map(_rightward, outside)) > sum(unicodedata.bidirectional(each) == "L" for each in outside):
        return f"\u2068{text}\u2069"
    parts = _KEPT.split(inside)
    return "".join(part if place % 2 else _words_isolated(part) for place, part in enumerate(parts))


def _words_isolated(text: str) -> str:
    """Each run of words from right to left by itself."""
    words = re.split(r"(\s+)", text)
    turned = [any(map(_rightward, word)) for word in words]
    shown, place = [], 0
    while place < len(words):
        end = place
        while end + 2 < len(words) and turned[place] and turned[end + 2]:
            end += 2
        run = "".join(words[place : end + 1])
        inside = run.rstrip(",.;:")
        shown.append(f"\u2068{inside}\u2069{run[len(inside) :]}" if turned[place] else run)
        place = end + 1
    return "".join(shown)


def _rightward(character: str) -> bool:
    return unicodedata.bidirectional(character) in ("R", "AL")


def safe_link(url: str) -> str:
    """`url` if it is plain http(s), which may be opened, else nothing."""
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        return ""
    return url if scheme in ("http", "https") and url.isascii() and url.isprintable() and " " not in url else ""
