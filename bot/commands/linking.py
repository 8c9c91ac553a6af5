"""What people say to share a reading list between workspaces."""

from dataclasses import dataclass

CODE_LENGTH = 8
CODE_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ"
"""Of codes that people type: without those that are mistaken for another letter or a digit."""


@dataclass(frozen=True, slots=True)
class Link:
    """Joins two workspaces to one reading list. Without a code, asks for one, to be said in the other workspace; with
    it, tells what would be joined; `sure`, it is done. A code has CODE_LENGTH of CODE_LETTERS."""

    code: str = ""
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Unlink:
    """Gives this workspace a list of its own again: a copy of the shared one."""
