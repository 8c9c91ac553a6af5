"""Where sentences end."""

import re

_END = re.compile(r"[.!?]+[\"'”’)\]]*(?=\s+[^a-z\s]|\s*$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|et al|vs|cf|resp|approx|Figs?|Eqs?|Secs?|Tabs?|Nos?|Dr|Prof|St|w\.r\.t)|\b[A-Z])\.$"
)
_LONGEST = 12
"""Characters from which an abbreviation can be told; looking no further back keeps this linear."""


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order, each on one line; none is lost and none is empty."""
    line = " ".join(text.split())
    found: list[str] = []
    start = 0
    for match in _END.finditer(line):
        if not _ABBREVIATION.search(line, max(start, match.end() - _LONGEST), match.end()):
            found.append(line[start : match.end()].strip())
            start = match.end()
    rest = line[start:].strip()
    return [*found, rest] if rest else found
