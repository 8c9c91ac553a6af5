"""The terminal's stand-in for putting an emoji on a message: `react 2 bookmark`."""

import re
from collections.abc import Mapping

from rich.emoji import Emoji

from adapters.terminal.platform import NAME
from adapters.terminal.transcript import Transcript
from bot.commands import Command, React, Unreact, parse, verb_of_emoji
from bot.editions import MessageRef
from bot.messages import Notice, Tone

WORDS = ("react", "unreact")
EXAMPLES = ("react 2 bookmark", "unreact 2 bookmark")
ABOUT = f"An emoji goes on a paper by its number: {' or '.join(EXAMPLES)}."

_LINE = re.compile(r"\s*(?:/papers\s+)?(react|unreact)(?:\s+(.*?))?\s*", re.IGNORECASE | re.DOTALL)
_HELP = re.compile(r"\s*(?:/papers\s+)?help\s+(?:react|unreact)\s*", re.IGNORECASE)
_NUMBER_AND_EMOJI = re.compile(r"#?([0-9]{1,3})\s+(\S+)")

_TONES = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f]")
"""Skin tones, and the mark that asks for a picture in colours: https://www.unicode.org/reports/tr51/"""


def understand(line: str, transcript: Transcript, emoji: Mapping[str, str]) -> Command | Notice:
    """As `bot.commands.parse`, and `react` and `unreact` besides; a notice says what is wrong with those.

    Their number is that of a paper in the latest edition that the transcript holds. `emoji` has the verb of each
    emoji's name; one of those can also be typed as it looks. Raises OSError where the transcript cannot be read.
    """
    if _HELP.fullmatch(line):
        return Notice(ABOUT)
    match = _LINE.fullmatch(line)
    if match is None:
        return parse(line)
    words = _NUMBER_AND_EMOJI.fullmatch(match[2] or "")
    if words is None:
        return Notice(f"Say which paper and which emoji, for example: {EXAMPLES[0]}", Tone.PROBLEM)
    number, name = int(words[1]), _name(words[2], emoji)
    if verb_of_emoji(name, emoji) is None:
        return Notice(f"{words[2]} means nothing here. These do something: {', '.join(emoji)}", Tone.PROBLEM)
    message = transcript.latest_edition().get(number)
    if message is None:
        return Notice(f"The latest edition here has no paper {number}. See its numbers with: today", Tone.PROBLEM)
    act = React if match[1].casefold() == "react" else Unreact
    return act(MessageRef(NAME, message.channel, message.id), name)


def _name(typed: str, emoji: Mapping[str, str]) -> str:
    """The name of an emoji typed as it looks, or as its name with or without colons."""
    looks = _TONES.sub("", typed)
    return next((name for name in emoji if _TONES.sub("", Emoji.replace(f":{name}:")) == looks), typed.strip(":"))
