"""The closed vocabulary of what can be shown: plain data that each platform's renderer escapes, fits and lays out."""

from dataclasses import dataclass
from enum import StrEnum

from bot.papers import ArxivId


class Tone(StrEnum):
    """How a sentence is meant."""

    CALM = "calm"
    PROBLEM = "problem"


class Role(StrEnum):
    """What a line of a card is for; a renderer chooses the look."""

    TEXT = "text"
    QUIET = "quiet"
    """Authors, dates, counts: worth having, not worth shouting."""
    WHY = "why"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of plain text."""

    text: str
    role: Role = Role.TEXT


@dataclass(frozen=True, slots=True)
class Field:
    """A name and a value side by side."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Action:
    """Something the reader can do next. `command` is a line that `bot.commands.parse` understands.

    `pressed` marks a state ("Saved · 2 people") rather than an offer; `more` puts it behind the ⋯. One with a `url`
    opens that and gives no command.
    """

    label: str
    command: str = ""
    pressed: bool = False
    more: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Words that open an address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture."""

    png: bytes
    alt: str
    """All that it says, in words: shown where pictures are not."""


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a list. `title` links to `url` where there is one; `details` are shown beside it, quietly."""

    title: str
    number: int | None = None
    url: str = ""
    details: tuple[str, ...] = ()
    text: str = ""
    """A paragraph below it."""
    links: tuple[Link, ...] = ()
    """Shown after `details`, as quietly."""


@dataclass(frozen=True, slots=True)
class Card:
    """One message: a paper, a header, a list, a page of help."""

    title: str = ""
    url: str = ""
    number: int | None = None
    aside: str = ""
    """Short and quiet, on the title's other side."""
    lines: tuple[Line, ...] = ()
    fields: tuple[Field, ...] = ()
    items: tuple[Item, ...] = ()
    actions: tuple[Action, ...] = ()
    paper_id: ArxivId | None = None
    """The paper that this message is about, where it is about one: an emoji or a reply to it means that paper."""
    image: Image | None = None
    """Below the lines and fields."""
    topics: tuple[str, ...] = ()
    """What it is about, by names of the taxonomy, most of it first: where a platform files messages under labels."""


class InputKind(StrEnum):
    """How an answer is given; a platform that lacks one takes text."""

    TEXT = "text"
    PARAGRAPH = "paragraph"
    ONE_OF = "one_of"
    ANY_OF = "any_of"
    TIME = "time"
    """`08:30`"""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers that can be chosen."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Input:
    """One question of a form. `values` are what it holds to begin with: one, or for ANY_OF any number."""

    name: str
    label: str
    kind: InputKind = InputKind.TEXT
    values: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    hint: str = ""
    optional: bool = False
    longest: int = 3000
    """Characters that may be written."""
    part: str = ""
    """What it and its neighbours are about, where a platform cannot ask all questions of a form at once."""


@dataclass(frozen=True, slots=True)
class Form:
    """Questions to be answered together. What is answered goes to `bot.commands.filled` with `command`, the line that
    lacks it: `tag 2601.01234`."""

    title: str
    command: str
    submit: str
    inputs: tuple[Input, ...]
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence or two, with what can be done about it."""

    text: str
    tone: Tone = Tone.CALM
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a command. A private one is for the asker's eyes only."""

    parts: tuple[Card | Notice | Form, ...]
    private: bool = True

    @property
    def failed(self) -> bool:
        """Whether the answer is that it could not be done."""
        return any(isinstance(part, Notice) and part.tone is Tone.PROBLEM for part in self.parts)
