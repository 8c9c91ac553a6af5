"""Plain text out of whatever a paper or a model wrote: no mention, no link, no markup, nothing that cannot be seen."""

import re
import unicodedata

# Every repetition below is bounded, or a word is: a text that was written to keep us busy must not.
_LONGEST_WORD = re.compile(r"\S{300,}")
"""No language has such words; data that lost its layout has."""
_LOOKALIKES = str.maketrans({"＠": "@", "＜": "<", "＞": ">", "﹫": "@"})
_IMAGE = re.compile(r"!\[[^\]]{0,300}\]\([^)]{0,300}\)")
_LINK = re.compile(r"\[([^\]]{0,300})\]\([^)]{0,300}\)")
_ANGLED = re.compile(r"<(?:https?://|mailto:)[^>|]{0,300}(?:\|([^>]{0,300}))?>", re.IGNORECASE)
_MENTION = re.compile(r"<[@#!][^>\s]{0,300}(?:\|[^>]{0,300})?>|(?<!\w)@(?=[^\W\d_])[\w.-]*\w")
"""Slack's and Discord's own, and `@name`; not the `@` of `pass@1`."""
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_URL = re.compile(r"\b(?:[a-z][a-z0-9+.-]*://|www\.|mailto:)\S*[^\s)\].,;:!?]", re.IGNORECASE)
_HOST = re.compile(
    r"\b(?:[a-z0-9-]+\.)+(?:com|org|net|io|ai|dev|co|app|xyz|info|me|ly|gg|sh|ru|cn|de|uk|eu|site|top|link|example)"
    r"\b(?:/\S*[^\s)\].,;:!?]|/)?",
    re.IGNORECASE,
)
"""Chat clients make links of bare host names too."""
_MARKUP = re.compile(r"\*\*|__|~~|\|\||`+|^\s*(?:#{1,6}|>|[-*•])\s+", re.MULTILINE)
_OPENING = re.compile(r"(?<!`)``(?!`)")
"""LaTeX's opening quotation mark, as abstracts have it."""
_SPACE_BEFORE_STOP = re.compile(r"\s+([.,;:!?)\]])(?=\s|$)")
_EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]")


def seen(text: str) -> str:
    """`text` on one line, without characters that no reader sees: controls, zero widths, direction marks, tags."""
    spaced = " ".join(_LONGEST_WORD.sub(" ", text).split())
    return "".join(letter for letter in spaced if unicodedata.category(letter) not in ("Cc", "Cf", "Co", "Cs", "Cn"))


def plain(text: str) -> str:
    """`text` as words on one line: links give way to their labels, addresses and mentions to nothing."""
    quoted = _OPENING.sub("“", text.translate(_LOOKALIKES)).replace("''", "”")
    bare = seen(_MARKUP.sub("", quoted))
    for _ in range(2):  # what is taken away may have held the halves of another one apart
        bare = _LINK.sub(r"\1", _IMAGE.sub("", bare))
        bare = _MENTION.sub("", _ANGLED.sub(r"\1", bare))
        bare = _HOST.sub("", _URL.sub("", _TAG.sub("", bare)))
    bare = _EMPTY_BRACKETS.sub("", bare)
    return _SPACE_BEFORE_STOP.sub(r"\1", " ".join(bare.split()))
