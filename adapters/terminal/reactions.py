"""The terminal's stand-in for putting an emoji on a message: `react 2 bookmark`."""

import re

from adapters.terminal.platform import NAME
from adapters.terminal.transcript import Transcript
from bot.commands import Command, React, Unreact, parse
from bot.editions import MessageRef
from bot.messages import Notice, Tone

WORDS = ("react", "unreact")
EXAMPLES = ("react 2 bookmark", "unreact 2 bookmark")

_LINE = re.compile(r"\s*(?:/papers\s+)?(react|unreact)(?:\s+(.*?))?\s*", re.IGNORECASE | re.DOTALL)
_NUMBER_AND_EMOJI = re.compile(r"#?([0-9]{1,3})\s+(\S+)")


def understand(line: str, transcript: Transcript) -> Command | Notice:
    """As `bot.commands.parse`, and `react` and `unreact` besides; a notice says what is wrong with those.

    Their number is that of a paper in the latest edition that the transcript holds. Raises OSError where the
    transcript cannot be read.
    """
    match = _LINE.fullmatch(line)
    if match is None:
        return parse(line)
    words = _NUMBER_AND_EMOJI.fullmatch(match[2] or "")
    if words is None:
        return Notice(f"Say which paper and which emoji, for example: {EXAMPLES[0]}", Tone.PROBLEM)
    number, emoji = int(words[1]), words[2].strip(":")
    message = transcript.latest_edition().get(number)
    if message is None:
        return Notice(f"The latest edition here has no paper {number}. See its numbers with: today", Tone.PROBLEM)
    act = React if match[1].casefold() == "react" else Unreact
    return act(MessageRef(NAME, message.channel, message.id), emoji)
