"""What became of a paper since it was first seen: a new version, a withdrawal, where it appeared, its code."""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.papers import ArxivId, Paper

MOST_LINKS = 3
"""Papers with more list other people's code."""

_BEFORE = re.compile(r"[;,.]\s")
_AFTER = re.compile(r"[;,]\s|(?<=[\d)])\.\s|(?<=[a-z]{6})\.\s")
"""Between what a comment says. After a short word, a full stop may as well be that of "Proc." or "Trans."."""
_APPEARED = re.compile(
    r"\b(?:accepted|published|to appear|appears in|appeared in|camera[- ]ready|spotlight|oral presentation)\b",
    re.IGNORECASE,
)
_NOT_SO = re.compile(
    r"\b(?:submitted|under review|in submission|if|code|data|dataset|models?|weights)\b", re.IGNORECASE
)
"""It is not there yet, or something else than the paper is."""
_CODE = re.compile(
    r"https?://(?:www\.)?(?:github\.com|gitlab\.com|codeberg\.org|bitbucket\.org|huggingface\.co)/(?!papers/)"
    r"[\w.\-/~%]*[\w\-/]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Revision:
    """What one look at a paper's record found new in it; at least one part is there. `id` is 0 until it is stored."""

    id: int
    paper_id: ArxivId
    noticed_at: datetime
    version: int | None = None
    """A newer one than was known."""
    withdrawn: bool = False
    venue: str = ""
    """Where it appeared, or was accepted, in the words of its record, which did not say so before."""
    code: tuple[str, ...] = ()
    """Links to its code that were not there before."""


@dataclass(frozen=True, slots=True)
class Untold:
    """A revision that a team is still to be told of, and where."""

    revision: Revision
    team_id: int
    subscription_id: int
    post_key: str
    """Of the paper's last post in the team's channels, under which it belongs."""


def appeared_in(paper: Paper) -> str:
    """Where a paper appeared or was accepted: its journal reference, else the part of its comment that says so, if one
    does."""
    if paper.journal_ref:
        return paper.journal_ref
    for match in _APPEARED.finditer(comment := paper.comment):
        start = max((before.end() for before in _BEFORE.finditer(comment, 0, match.start())), default=0)
        after = _AFTER.search(comment, match.end())
        said = comment[start : after.start() if after else len(comment)].strip(" .")
        if not _NOT_SO.search(said):
            return said
    return ""


def code_links(paper: Paper) -> tuple[str, ...]:
    """The first MOST_LINKS links to repositories in a paper's abstract and comment, each once."""
    return tuple(dict.fromkeys(_CODE.findall(f"{paper.abstract} {paper.comment}")))[:MOST_LINKS]


def revision(before: Paper, after: Paper, *, at: datetime) -> Revision | None:
    """What is new in `after`, which takes the place of `before`; None where that is nothing to tell.

    A full record that takes the place of a feed's short one tells what was true before: only its version can be new.
    """
    known = before.complete or before.version > 1
    venue, had = appeared_in(after), set(code_links(before))
    found = Revision(
        id=0,
        paper_id=after.id,
        noticed_at=at,
        version=after.version if after.version > before.version else None,
        withdrawn=after.withdrawn and not before.withdrawn,
        venue=venue if known and venue != appeared_in(before) else "",
        code=tuple(link for link in code_links(after) if link not in had) if known else (),
    )
    return found if found != Revision(0, after.id, at) else None
