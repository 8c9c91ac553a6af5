"""Components and modals as people use them: finding them, filling them in, and what Discord sends of that."""

from collections.abc import Iterator
from typing import Any

from tests.fakes.discord.component_rules import LABEL, LINK, ROW, SELECTS, STRING_SELECT, TEXT_INPUT
from tests.fakes.discord.model import Channel, Json, Role, User
from tests.fakes.discord.payloads import role_json, user_json
from tests.fakes.discord.showing import BUTTON, TEXT_DISPLAY, parts

RADIO, CHECKBOXES, CHECKBOX = 21, 22, 23


class CannotDo(AssertionError):
    """Discord's own client would not let a person do this."""


def button(components: list[Json], wanted: str) -> Json:
    """The button of this custom_id, label or emoji, which can be pressed."""
    found = _find(components, wanted, (BUTTON,))
    if found.get("style") == LINK:
        raise CannotDo(f"{wanted!r} is a link to {found['url']}")
    return found


def select(components: list[Json], wanted: str) -> Json:
    """The select menu of this custom_id or placeholder, which can be used."""
    return _find(components, wanted, SELECTS)


def _find(components: list[Json], wanted: str, types: tuple[int, ...]) -> Json:
    there = [part for part in parts(components) if part["type"] in types]
    for part in there:
        if wanted in _names(part):
            if part.get("disabled"):
                raise CannotDo(f"{wanted!r} is disabled")
            return part
    raise CannotDo(f"there is no {wanted!r} to use among {[_names(part) for part in there]}")


def _names(part: Json) -> list[str]:
    names = (part.get("custom_id"), part.get("label"), part.get("emoji", {}).get("name"), part.get("placeholder"))
    return [name for name in names if name]


def chosen(part: Json, answers: list[Any]) -> list[str]:
    """The values of a select menu, radio group or group of checkboxes; options by label or value, else objects."""
    least, most = part.get("min_values", 1), part.get("max_values", 1)
    if not least <= len(answers) <= most:
        raise CannotDo(f"{least} to {most} must be chosen, not {len(answers)}")
    if part["type"] in SELECTS and part["type"] != STRING_SELECT:
        return [answer.id for answer in answers]
    return [_option(part, answer) for answer in answers]


def _option(part: Json, wanted: str) -> str:
    for option in part["options"]:
        if wanted in (option["label"], option["value"]):
            return str(option["value"])
    raise CannotDo(f"there is no option {wanted!r} among {[option['label'] for option in part['options']]}")


def resolved(answers: list[Any]) -> Json:
    """What Discord tells of the people, roles and channels that were chosen."""
    found: Json = {}
    for answer in answers:
        if isinstance(answer, User):
            found.setdefault("users", {})[answer.id] = user_json(answer)
        elif isinstance(answer, Role):
            found.setdefault("roles", {})[answer.id] = role_json(answer)
        elif isinstance(answer, Channel):
            partial = {"id": answer.id, "name": answer.name, "type": answer.type, "permissions": "0"}
            found.setdefault("channels", {})[answer.id] = partial
    return found


def fields(components: list[Json]) -> Iterator[tuple[str, Json]]:
    """Every field of a modal with its label, in order."""
    for component in components:
        if component["type"] == LABEL:
            yield component["label"], component["component"]
        elif component["type"] == ROW:
            yield from ((part.get("label", ""), part) for part in component["components"])


def entered(components: list[Json], wanted: str, answer: Any) -> tuple[str, Any]:
    """The custom_id of the field with this custom_id or label, and what it holds after `answer` was entered."""
    there = list(fields(components))
    for label, part in there:
        if wanted in (label, part["custom_id"]):
            return part["custom_id"], _held(part, answer)
    raise CannotDo(f"there is no field {wanted!r} among {[label for label, _ in there]}")


def _held(part: Json, answer: Any) -> Any:
    if part["type"] == TEXT_INPUT:
        least, most = part.get("min_length", 0), part.get("max_length", 4000)
        if answer and not least <= len(answer) <= most:
            raise CannotDo(f"{least} to {most} characters, not {len(answer)}")
        return answer
    if part["type"] in (RADIO, CHECKBOX):
        return _option(part, answer) if part["type"] == RADIO else bool(answer)
    return chosen(part, answer if isinstance(answer, list) else [answer])


def missing(components: list[Json], answers: Json) -> list[str]:
    """The labels of fields that must be filled in and are not."""
    return [
        label
        for label, part in fields(components)
        if part.get("required", True) and part["type"] != CHECKBOX and not _value(part, answers)
    ]


def submission(components: list[Json], answers: Json) -> list[Json]:
    """The components of a submitted modal."""
    told: list[Json] = []
    for component in components:
        own = {"type": component["type"], "id": component["id"]}
        if component["type"] == LABEL:
            told.append(own | {"component": _submitted(component["component"], answers)})
        elif component["type"] == ROW:
            told.append(own | {"components": [_submitted(part, answers) for part in component["components"]]})
        elif component["type"] == TEXT_DISPLAY:
            told.append(own)
    return told


def _submitted(part: Json, answers: Json) -> Json:
    held = "value" if part["type"] in (TEXT_INPUT, RADIO, CHECKBOX) else "values"
    return {"type": part["type"], "id": part["id"], "custom_id": part["custom_id"], held: _value(part, answers)}


def _value(part: Json, answers: Json) -> Any:
    """What a field holds: what was entered, or what it began with."""
    if part["custom_id"] in answers:
        return answers[part["custom_id"]]
    if part["type"] == TEXT_INPUT:
        return part.get("value", "")
    defaults = [option["value"] for option in part.get("options", []) if option.get("default")]
    defaults += [each["id"] for each in part.get("default_values", [])]
    if part["type"] == CHECKBOX:
        return bool(part.get("default"))
    return (defaults or [None])[0] if part["type"] == RADIO else defaults
