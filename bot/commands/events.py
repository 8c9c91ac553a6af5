"""What people do that is no verb, and platforms tell of."""

from dataclasses import dataclass

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
