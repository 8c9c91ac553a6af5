"""The limits of components in messages and modals.

Numbers: Discord's documentation, "Component Reference"; the 40 components and 4000 characters of a message with
Components V2 are there too.
"""

from collections.abc import Iterator
from itertools import count

from tests.fakes.discord.errors import Problem
from tests.fakes.discord.model import COMPONENTS_V2, Json
from tests.fakes.discord.showing import BUTTON, TEXT_DISPLAY, parts

ROW, SECTION, CONTAINER, LABEL = 1, 9, 17, 18
TEXT_INPUT, STRING_SELECT = 4, 3
SELECTS = (3, 5, 6, 7, 8)
LINK, PREMIUM = 5, 6
"""Styles of buttons that have no custom_id."""
_V2_TOP = (ROW, SECTION, TEXT_DISPLAY, 12, 13, 14, CONTAINER)
_IN_CONTAINER = (ROW, SECTION, TEXT_DISPLAY, 12, 13, 14)
_IN_LABEL = (TEXT_INPUT, *SELECTS, 19, 21, 22, 23)
MOST_COMPONENTS, MOST_TEXT = 40, 4000

Path = tuple[str, ...]


def with_ids(components: list[Json]) -> list[Json]:
    """The components, each with the `id` that Discord gives it if the app gave none."""
    numbers = count(1)
    for part in parts(components):
        part.setdefault("id", next(numbers))
    return components


def component_problems(body: Json) -> list[Problem]:
    """What is wrong with a message's components."""
    components = body.get("components") or []
    path: Path = ("components",)
    if int(body.get("flags") or 0) & COMPONENTS_V2:
        found = [*_children(path, components, _V2_TOP), *_totals(components)]
    else:
        found = [*_children(path, components, (ROW,)), *_count(path, components, 0, 5)]
    found += _attached(path, components, body.get("attachments") or [])
    return [*found, *_duplicates(path, components)]


def modal_problems(modal: Json) -> list[Problem]:
    """What is wrong with a modal."""
    path: Path = ("data",)
    components = modal.get("components") or []
    return [
        *_text((*path, "title"), modal.get("title"), 45),
        *_text((*path, "custom_id"), modal.get("custom_id"), 100),
        *_count((*path, "components"), components, 1, 5),
        *_children((*path, "components"), components, (ROW, TEXT_DISPLAY, LABEL)),
        *_duplicates((*path, "components"), components),
    ]


def _children(path: Path, components: list[Json], allowed: tuple[int, ...]) -> Iterator[Problem]:
    for index, component in enumerate(components):
        here = (*path, str(index))
        if component.get("type") not in allowed:
            yield Problem((*here, "type"), "UNION_TYPE_CHOICES", f'Value of field "type" must be one of {allowed}.')
        else:
            yield from _component(here, component)


def _component(path: Path, component: Json) -> Iterator[Problem]:
    inside = component.get("components") or []
    below: Path = (*path, "components")
    match component["type"]:
        case 1:
            yield from _row(path, inside)
        case 2:
            yield from _button(path, component)
        case 4:
            yield from _text_input(path, component)
        case 9:
            yield from _count(below, inside, 1, 3)
            yield from _children(below, inside, (TEXT_DISPLAY,))
            yield from _children(path, [component.get("accessory") or {}], (BUTTON, 11))
        case 10:
            yield from _text((*path, "content"), component.get("content"), MOST_TEXT)
        case 12:
            yield from _gallery((*path, "items"), component.get("items") or [])
        case 17:
            yield from _children(below, inside, _IN_CONTAINER)
        case 18:
            yield from _text((*path, "label"), component.get("label"), 45)
            yield from _text((*path, "description"), component.get("description"), 100, least=0)
            yield from _children(path, [component.get("component") or {}], _IN_LABEL)
        case kind if kind in SELECTS:
            yield from _select(path, component)


def _gallery(path: Path, items: list[Json]) -> Iterator[Problem]:
    yield from _count(path, items, 1, 10)
    for index, item in enumerate(items):
        yield from _text((*path, str(index), "media", "url"), (item.get("media") or {}).get("url"), 2048)
        yield from _text((*path, str(index), "description"), item.get("description"), 256, least=0)


def _attached(path: Path, components: list[Json], files: list[Json]) -> Iterator[Problem]:
    """Pictures that are sent along must be."""
    names = {f"attachment://{file.get('filename')}" for file in files}
    for part in parts(components):
        for item in part.get("items") or []:
            url = (item.get("media") or {}).get("url") or ""
            if url.startswith("attachment://") and url not in names:
                sentence = "The referenced attachment was not found"
                yield Problem(path, "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", sentence)


def _row(path: Path, inside: list[Json]) -> Iterator[Problem]:
    selects = any(part.get("type") in (*SELECTS, TEXT_INPUT) for part in inside)
    yield from _count((*path, "components"), inside, 1, 1 if selects else 5)
    yield from _children((*path, "components"), inside, (BUTTON, TEXT_INPUT, *SELECTS))


def _button(path: Path, button: Json) -> Iterator[Problem]:
    style = button.get("style")
    if style == LINK:
        yield from _text((*path, "url"), button.get("url"), 512)
    elif style != PREMIUM:
        yield from _text((*path, "custom_id"), button.get("custom_id"), 100)
    if style in (LINK, PREMIUM) and button.get("custom_id"):
        code = "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE"
        yield Problem(path, code, "A custom id and url cannot both be specified")
    yield from _text((*path, "label"), button.get("label"), 80, least=0 if button.get("emoji") else 1)


def _select(path: Path, select: Json) -> Iterator[Problem]:
    yield from _text((*path, "custom_id"), select.get("custom_id"), 100)
    yield from _text((*path, "placeholder"), select.get("placeholder"), 150, least=0)
    if not 0 <= select.get("min_values", 1) <= 25:
        yield Problem((*path, "min_values"), "NUMBER_TYPE_MAX", "int value should be between 0 and 25.")
    if not 1 <= select.get("max_values", 1) <= 25:
        yield Problem((*path, "max_values"), "NUMBER_TYPE_MAX", "int value should be between 1 and 25.")
    if select["type"] != STRING_SELECT:
        return
    options = select.get("options") or []
    yield from _count((*path, "options"), options, 1, 25)
    for index, option in enumerate(options):
        here = (*path, "options", str(index))
        yield from _text((*here, "label"), option.get("label"), 100)
        yield from _text((*here, "value"), option.get("value"), 100)
        yield from _text((*here, "description"), option.get("description"), 100, least=0)
        if option.get("value") in [before.get("value") for before in options[:index]]:
            sentence = "The specified option value is already used"
            yield Problem((*here, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", sentence)


def _text_input(path: Path, field: Json) -> Iterator[Problem]:
    yield from _text((*path, "custom_id"), field.get("custom_id"), 100)
    if field.get("label") is not None:  # a Label has it in its place
        yield from _text((*path, "label"), field["label"], 45)
    yield from _text((*path, "placeholder"), field.get("placeholder"), 100, least=0)
    yield from _text((*path, "value"), field.get("value"), 4000, least=0)
    for name, least in (("min_length", 0), ("max_length", 1)):
        if not least <= field.get(name, 1) <= 4000:
            yield Problem((*path, name), "NUMBER_TYPE_MAX", f"int value should be between {least} and 4000.")


def _text(path: Path, text: object, most: int, *, least: int = 1) -> Iterator[Problem]:
    if least and not text:
        yield Problem(path, "BASE_TYPE_REQUIRED", "This field is required")
    elif len(str(text or "")) > most:
        yield Problem(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")


def _count(path: Path, given: list[Json], least: int, most: int) -> Iterator[Problem]:
    if not least <= len(given) <= most:
        yield Problem(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")


def _totals(components: list[Json]) -> Iterator[Problem]:
    every = list(parts(components))
    if len(every) > MOST_COMPONENTS:
        sentence = f"The number of components exceeds the maximum of {MOST_COMPONENTS}"
        yield Problem(("components",), "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", sentence)
    if sum(len(part.get("content") or "") for part in every if part.get("type") == TEXT_DISPLAY) > MOST_TEXT:
        sentence = f"The displayable text size of the components exceeds the maximum of {MOST_TEXT}"
        yield Problem(("components",), "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", sentence)


def _duplicates(path: Path, components: list[Json]) -> Iterator[Problem]:
    ids = [part["custom_id"] for part in parts(components) if part.get("custom_id")]
    if len(ids) != len(set(ids)):
        yield Problem(path, "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
