"""What it means for words to match a text. The store's engines index exactly these terms, so all of them agree."""

import unicodedata
from collections.abc import Iterable

SHORTEST_PREFIX = 3
"""A query term this long or longer also matches as the start of a term; a shorter one only as a whole."""

_SEPARATORS = {code: " " for code in range(128) if not chr(code).isalnum()}


def terms(text: str) -> tuple[str, ...]:
    """The terms of a text in order: runs of letters and digits, without case, accents and other marks."""
    if text.isascii():  # as nearly every abstract is: the same terms in a tenth of the time
        return tuple(text.casefold().translate(_SEPARATORS).split())
    plain = "".join(
        " " if not character.isalnum() else character
        for character in unicodedata.normalize("NFKD", text).casefold()
        if not unicodedata.combining(character)
    )
    return tuple(plain.split())


def matches(query: str, texts: Iterable[str]) -> bool:
    """Whether every term of `query` occurs somewhere in `texts`. A query without terms matches everything."""
    have = {term for text in texts for term in terms(text)}
    return all(
        wanted in have or (len(wanted) >= SHORTEST_PREFIX and any(term.startswith(wanted) for term in have))
        for wanted in terms(query)
    )
