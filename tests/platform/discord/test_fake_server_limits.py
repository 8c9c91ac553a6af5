"""What the fake Discord refuses of messages, components and forms."""

from typing import Any

import pytest

from tests.fakes.discord.component_rules import modal_problems
from tests.fakes.discord.errors import InvalidForm
from tests.fakes.discord.message_rules import message_problems

V2 = 1 << 15


def button(number: int = 0, **more: Any) -> dict[str, Any]:
    return {"type": 2, "style": 2, "label": "Save", "custom_id": f"save:{number}", **more}


def row(*inside: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(inside)}


def menu(*options: dict[str, Any]) -> dict[str, Any]:
    return {"type": 3, "custom_id": "menu", "options": list(options)}


def text(content: str) -> dict[str, Any]:
    return {"type": 10, "content": content}


FIELD = {"name": "n", "value": "v"}
TOO_MUCH = [
    ({"content": "x" * 2001}, ("content",)),
    ({"nonce": "x" * 26}, ("nonce",)),
    ({"embeds": [{"title": "x" * 257}]}, ("embeds", "0", "title")),
    ({"embeds": [{"description": "x" * 4097}]}, ("embeds", "0", "description")),
    ({"embeds": [{"footer": {"text": "x" * 2049}}]}, ("embeds", "0", "footer", "text")),
    ({"embeds": [{"fields": [FIELD] * 26}]}, ("embeds", "0", "fields")),
    ({"embeds": [{"fields": [FIELD | {"value": "x" * 1025}]}]}, ("embeds", "0", "fields", "0", "value")),
    ({"embeds": [{"fields": [FIELD | {"name": " "}]}]}, ("embeds", "0", "fields", "0", "name")),
    ({"embeds": [{"url": "javascript:x"}]}, ("embeds", "0", "url")),
    ({"embeds": [{"title": "x"}] * 11}, ("embeds",)),
    ({"embeds": [{"description": "x" * 3001}] * 2}, ("embeds",)),
    ({"allowed_mentions": {"parse": ["users"], "users": ["1"]}}, ("allowed_mentions",)),
    ({"components": [row(button(label="x" * 81))]}, ("components", "0", "components", "0", "label")),
    ({"components": [row(button(custom_id="x" * 101))]}, ("components", "0", "components", "0", "custom_id")),
    ({"components": [row(*map(button, range(6)))]}, ("components", "0", "components")),
    ({"components": [row(button(number)) for number in range(6)]}, ("components",)),
    ({"components": [row(button(), button())]}, ("components",)),
    ({"components": [row(button(style=5, url="https://x"))]}, ("components", "0", "components", "0")),
    ({"components": [row(menu())]}, ("components", "0", "components", "0", "options")),
    ({"components": [text("x")]}, ("components", "0", "type")),
    ({"components": [text("x")], "content": "x", "flags": V2}, ("content",)),
    ({"components": [text("x" * 2001)] * 2, "flags": V2}, ("components",)),
    ({"components": [text("x")] * 41, "flags": V2}, ("components",)),
]


@pytest.mark.parametrize(
    ("body", "path"), TOO_MUCH, ids=lambda value: ".".join(value) if isinstance(value, tuple) else ""
)
def test_a_message_beyond_a_limit_is_refused_at_its_place(body: dict[str, Any], path: tuple[str, ...]) -> None:
    assert [problem.path for problem in message_problems(body)] == [path]


def test_a_message_at_every_limit_passes() -> None:
    options = [{"label": "x" * 100, "value": f"{number:0>100}", "description": "x" * 100} for number in range(25)]
    old = {
        "content": "x" * 2000,
        "nonce": "x" * 25,
        "embeds": [
            {"title": "x" * 256, "description": "x" * 4096, "fields": [{"name": "x" * 256, "value": "x" * 1024}]}
        ],
        "components": [row(*(button(10 * line + number, label="x" * 80) for number in range(5))) for line in range(4)],
    }
    old["components"] = [*old["components"], row(menu(*options))]
    new = {"components": [text("x" * 100)] * 40, "flags": V2}
    assert message_problems(old) == message_problems(new) == []


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"title": "x" * 46}, ("data", "title")),
        ({"custom_id": ""}, ("data", "custom_id")),
        ({"components": []}, ("data", "components")),
        (
            {"components": [row({"type": 4, "custom_id": "a", "label": "x" * 46, "value": "x" * 4000})]},
            ("data", "components", "0", "components", "0", "label"),
        ),
        (
            {"components": [row({"type": 4, "custom_id": "a", "label": "x", "value": "x" * 4001})]},
            ("data", "components", "0", "components", "0", "value"),
        ),
    ],
)
def test_a_form_beyond_a_limit_is_refused_at_its_place(change: dict[str, Any], path: tuple[str, ...]) -> None:
    modal = {"title": "x" * 45, "custom_id": "m", "components": [row({"type": 4, "custom_id": "a", "label": "x"})]}
    assert modal_problems(modal) == []
    assert [problem.path for problem in modal_problems(modal | change)] == [path]


def test_problems_are_told_in_discords_form() -> None:
    body = InvalidForm(message_problems({"embeds": [{"title": "x" * 257}]})).body
    problem = {"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 256 or fewer in length."}
    assert (body["code"], body["errors"]) == (50035, {"embeds": {"0": {"title": {"_errors": [problem]}}}})
