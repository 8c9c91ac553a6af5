"""What people do that is no verb, and platforms tell of."""

from dataclasses import dataclass
from enum import StrEnum

from bot.editions import MessageRef


@dataclass(frozen=True, slots=True)
class React:
    """An emoji, by its name without colons or skin tone, was put on a message."""

    message: MessageRef
    emoji: str


@dataclass(frozen=True, slots=True)
class Unreact:
    """The emoji was taken back."""

    message: MessageRef
    emoji: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody wrote `text` in a channel, not to the bot; it may name papers.

    Of the text, nothing is kept but the papers' ids.
    """

    message: MessageRef
    text: str


@dataclass(frozen=True, slots=True)
class Discussed:
    """A person wrote in the thread of a message. What was written is not told."""

    message: MessageRef
    """The one that the thread hangs from."""


class Blank(StrEnum):
    """What somebody can be helped to fill in while they type."""

    PAPER = "paper"
    TAG = "tag"
    TAGS = "tags"
    """Several, with spaces between: the last one is being typed."""
    TOPICS = "topics"
    """Several, with commas between: the last one is being typed."""
    ZONE = "zone"
    LANGUAGE = "language"
    EDITION = "edition"
    """The date of one."""
    COMING = "coming"
    """A date to come."""
    VERB = "verb"


@dataclass(frozen=True, slots=True)
class Complete:
    """Somebody typed so much of something, and is to be shown what it could become. Changes nothing."""

    blank: Blank
    typed: str
