"""Components V2 as HTML that looks much like Discord, so that renders can be seen without an account."""

import re
from datetime import time
from html import escape
from typing import Any, TypeAlias

from discord.http import handle_message_parameters
from discord.ui import LayoutView, Modal

from docs.gallery.room import EIGHT

Component: TypeAlias = dict[str, Any]

_SIZES = {"## ": "h2", "### ": "h3", "-# ": "small"}
_INLINE = re.compile(
    r"\\(?P<as_it_is>[^0-9A-Za-z\s])"
    r"|\*\*(?P<bold>(?:\\.|[^\\])+?)\*\*"
    r"|\[(?P<text>(?:\\.|[^\[\]\\])*)\]\(<(?P<url>[^<>]+)>\)"
    r"|<(?P<address>https?://[^<>]+)>"
    r"|`(?P<code>[^`]+)`"
    r"|(?P<plain>.)",
    re.DOTALL,
)


def posted(message: LayoutView, *, private: bool = False, replies: str = "", at: time = EIGHT) -> str:
    """A message of the bot's in a channel; `replies` is what stands in its thread."""
    seen = '<p class="only">Only you can see this · Dismiss message</p>' if private else ""
    thread = f'<div class="thread">{replies}</div>' if replies else ""
    with handle_message_parameters(view=message) as parameters:
        components = (parameters.payload or {})["components"]
    return shown(components, private=private, below=f"{seen}{thread}", at=at)


def shown(components: list[Component], *, private: bool = False, below: str = "", at: time = EIGHT) -> str:
    """A message of the bot's with these components."""
    return (
        f'<div class="message{" private" if private else ""}"><div class="icon" aria-hidden="true">P</div>'
        '<div class="said"><p class="from"><b>Paper Round</b> <span class="app">APP</span> '
        f"<time>Today at {at:%H:%M}</time></p>{_components(components)}{below}</div></div>"
    )


def opened(modal: Modal) -> str:
    """A modal."""
    shown = modal.to_dict()
    return (
        f'<div class="modal"><h3>{escape(shown["title"])}<span class="close">×</span></h3>'
        f'<div class="body">{_components(shown["components"])}</div>'
        '<p class="submit"><span class="button">Cancel</span><span class="button primary">Submit</span></p></div>'
    )


def _components(shown: list[Component]) -> str:
    return "\n".join(_component(component) for component in shown)


def _component(component: Component) -> str:
    match component["type"]:
        case 1:
            return f'<div class="row">{"".join(_component(inside) for inside in component["components"])}</div>'
        case 2:
            style = {3: " success", 5: " link"}.get(component["style"], "")
            return f'<span class="button{style}">{escape(component["label"])}</span>'
        case 3:
            return _menu(component)
        case 9:
            beside = _component(component["accessory"])
            return f'<div class="section"><div>{_components(component["components"])}</div>{beside}</div>'
        case 10:
            return f'<div class="text">{"".join(_line(line) for line in component["content"].splitlines())}</div>'
        case 12:
            return "".join(_picture(item) for item in component["items"])
        case 17:
            return f'<div class="container">{_components(component["components"])}</div>'
        case 18:
            return _question(component)
        case 4 | 21 | 22:
            return _field(component)
    raise ValueError(component["type"])


def _picture(item: Component) -> str:
    file = item["media"]["url"].removeprefix("attachment://")
    return f'<img src="{escape(file)}" alt="{escape(item["description"])}">'


def _menu(menu: Component) -> str:
    options = "".join(f"<li>{escape(option['label'])}</li>" for option in menu["options"])
    chosen = ", ".join(option["label"] for option in menu["options"] if option["default"])
    told = escape(chosen or menu.get("placeholder") or "Select an option")
    return f'<details class="menu"><summary>{told}<span>⌄</span></summary><ul>{options}</ul></details>'


def _question(label: Component) -> str:
    required = label["component"].get("required", True)
    star = ' <span class="star">*</span>' if required else ""
    hint = f'<p class="hint">{escape(label["description"])}</p>' if "description" in label else ""
    name = f'<p class="label">{escape(label["label"])}{star}</p>'
    return f'<div class="question">{name}{hint}{_component(label["component"])}</div>'


def _field(field: Component) -> str:
    if field["type"] == 4:
        kind = "paragraph" if field["style"] == 2 else "line"
        return f'<div class="field {kind}">{escape(field.get("value") or "")}</div>'
    kind = "radios" if field["type"] == 21 else "checkboxes"
    return f'<ul class="choices {kind}">{"".join(_choice(option) for option in field["options"])}</ul>'


def _choice(option: Component) -> str:
    return f'<li class="{"on" if option.get("default") else "off"}">{escape(option["label"])}</li>'


def _line(line: str) -> str:
    for prefix, size in _SIZES.items():
        if line.startswith(prefix):
            return f'<p class="{size}">{_inline(line.removeprefix(prefix))}</p>'
    return f"<p>{_inline(line)}</p>"


def _inline(text: str) -> str:
    return "".join(_mark(found) for found in _INLINE.finditer(text))


def _mark(found: re.Match[str]) -> str:
    match found.lastgroup:
        case "bold":
            return f"<b>{_inline(found['bold'])}</b>"
        case "url":
            return f'<a href="{escape(found["url"])}">{_inline(found["text"])}</a>'
        case "address":
            return f'<a href="{escape(found["address"])}">{escape(found["address"])}</a>'
        case "code":
            return f"<code>{escape(found['code'])}</code>"
    return escape(found["as_it_is"] or found["plain"])
