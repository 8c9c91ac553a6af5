"""The answers to a form, put together to the command that they make."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.commands.refusal import Refused
from bot.commands.settings import SETTINGS, order_of
from bot.commands.slips import Misunderstood, Slip
from bot.commands.values import AddNote, AddTags, ChangeSettings, Command, Subscribe
from bot.commands.words import Words, channel_in, paper_name, tag
from bot.reading_list import NOTE_LENGTH, Tag
from bot.teams import Order

Values = Mapping[str, str | tuple[str, ...]]
"""By the name of the input: text, or for ANY_OF the values that were chosen."""


def filled(command: str, values: Values) -> Command | dict[str, Misunderstood]:
    """The command that a form for `command` makes with these answers, or what is wrong, by the name of the input.

    An answer is taken as it is: nothing in it is read as a part of the line. For settings, an input that is not among
    `values` leaves its part as it is. A `command` that has no form is Misunderstood.
    """
    verb, _, rest = command.partition(" ")
    match verb:
        case "tag":
            return _one("tags", verb, lambda: AddTags(paper_name(rest), _tags(values)))
        case "note":
            return _one("text", verb, lambda: AddNote(paper_name(rest), _note(_text(values, "text"))))
        case "subscribe":
            return _ordered(verb, values, Subscribe)
        case "settings":
            channel, _ = channel_in(Words.of(rest))
            return _ordered(verb, values, lambda order: ChangeSettings(order, channel))
    return Misunderstood(Slip.NO_FORM, "", command, ("help",))


def _one(name: str, verb: str, make: Callable[[], Command]) -> Command | dict[str, Misunderstood]:
    try:
        return make()
    except Refused as refused:
        return {name: Misunderstood(refused.slip, verb, refused.given)}


def _text(values: Values, name: str) -> str:
    """The answer as text; of several, with commas between."""
    value = values.get(name, "")
    return value if isinstance(value, str) else ",".join(value)


def _tags(values: Values) -> tuple[Tag, ...]:
    named = [*_text(values, "known").split(","), *_text(values, "tags").replace(",", " ").split()]
    found = tuple(dict.fromkeys(tag(name) for name in named if name))
    if not found:
        raise Refused(Slip.NO_TAG)
    return found


def _note(text: str) -> str:
    if not text.strip():
        raise Refused(Slip.NO_TEXT)
    if len(text.strip()) > NOTE_LENGTH:
        raise Refused(Slip.TOO_LONG, text)
    return text.strip()


def _ordered(verb: str, values: Values, make: Callable[[Order], Command]) -> Command | dict[str, Misunderstood]:
    said = {name: _text(values, name) for name in values}
    if "phrases" in said:
        said["topics"] = ",".join((said.get("topics", ""), said["phrases"]))
    parts: dict[str, Any] = {}
    wrong: dict[str, Misunderstood] = {}
    for name, read in SETTINGS.items():
        if name in said:
            try:
                parts[name] = read(said[name])
            except Refused as refused:
                wrong[name] = Misunderstood(refused.slip, verb, refused.given)
    return wrong or make(order_of(parts))
