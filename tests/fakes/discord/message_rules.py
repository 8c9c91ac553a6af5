"""The limits of a message's content, embeds and mentions.

Numbers: Discord's documentation, "Create Message" and "Embed Limits". Text is counted in characters.
"""

from collections.abc import Iterator

from tests.fakes.discord.component_rules import component_problems
from tests.fakes.discord.errors import Problem
from tests.fakes.discord.model import COMPONENTS_V2, Json

MOST_CONTENT = 2000
MOST_EMBEDS = 10
MOST_EMBED_TEXT = 6000
MOST_FIELDS = 25
MOST_NONCE = 25
_EMBED_TEXTS = {
    ("title",): 256,
    ("description",): 4096,
    ("footer", "text"): 2048,
    ("author", "name"): 256,
}
_V2_EXCLUDES = ("content", "embeds", "poll", "sticker_ids")


def message_problems(body: Json) -> list[Problem]:
    """What is wrong with a new message, or with one as it would be after an edit."""
    return [*_content(body), *_embeds(body.get("embeds") or []), *_mentions(body), *component_problems(body)]


def too_long(path: tuple[str, ...], most: int) -> Problem:
    return Problem(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")


def _content(body: Json) -> Iterator[Problem]:
    if len(body.get("content") or "") > MOST_CONTENT:
        yield too_long(("content",), MOST_CONTENT)
    if len(str(body.get("nonce") or "")) > MOST_NONCE:
        yield too_long(("nonce",), MOST_NONCE)
    if int(body.get("flags") or 0) & COMPONENTS_V2:
        for name in _V2_EXCLUDES:
            if body.get(name):
                sentence = f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
                yield Problem((name,), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", sentence)


def _embeds(embeds: list[Json]) -> Iterator[Problem]:
    if len(embeds) > MOST_EMBEDS:
        yield too_long(("embeds",), MOST_EMBEDS)
    for index, embed in enumerate(embeds):
        yield from _embed(("embeds", str(index)), embed)
    if sum(map(embed_text, embeds)) > MOST_EMBED_TEXT:
        sentence = f"Embed size exceeds maximum size of {MOST_EMBED_TEXT}"
        yield Problem(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", sentence)


def _embed(path: tuple[str, ...], embed: Json) -> Iterator[Problem]:
    for place, most in _EMBED_TEXTS.items():
        if len(_at(embed, place)) > most:
            yield too_long((*path, *place), most)
    if (url := embed.get("url")) and not url.startswith(("http://", "https://")):
        yield Problem((*path, "url"), "URL_TYPE_INVALID_URL", "Not a well formed URL.")
    fields = embed.get("fields") or []
    if len(fields) > MOST_FIELDS:
        yield too_long((*path, "fields"), MOST_FIELDS)
    for number, field in enumerate(fields):
        for name, most in (("name", 256), ("value", 1024)):
            place = (*path, "fields", str(number), name)
            if not str(field.get(name) or "").strip():
                yield Problem(place, "BASE_TYPE_REQUIRED", "This field is required")
            elif len(field[name]) > most:
                yield too_long(place, most)


def embed_text(embed: Json) -> int:
    """How many characters of an embed count toward the sum over all embeds of a message."""
    fields = sum(len(field.get("name", "")) + len(field.get("value", "")) for field in embed.get("fields") or [])
    return fields + sum(len(_at(embed, place)) for place in _EMBED_TEXTS)


def _at(embed: Json, place: tuple[str, ...]) -> str:
    *outer, name = place
    for step in outer:
        embed = embed.get(step) or {}
    return str(embed.get(name) or "").strip()


def _mentions(body: Json) -> Iterator[Problem]:
    allowed = body.get("allowed_mentions") or {}
    for name in ("users", "roles"):
        if name in allowed.get("parse", []) and allowed.get(name):
            sentence = f'parse:["{name}"] and {name}: [ids...] are mutually exclusive.'
            yield Problem(("allowed_mentions",), "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", sentence)
        if len(allowed.get(name) or []) > 100:
            yield too_long(("allowed_mentions", name), 100)
