"""Block Kit as HTML that looks much like Slack, so that renders can be seen without an account."""

from collections.abc import Mapping, Sequence
from datetime import time
from html import escape

from adapters.slack.blocks import Block
from adapters.slack.render import Message
from docs.gallery.room import EIGHT


def posted(message: Message, *, private: bool = False, replies: str = "", at: time = EIGHT) -> str:
    """A message of the bot's in a channel; `replies` is what stands in its thread. The id of a picture is its file."""
    seen = '<p class="only">Only visible to you</p>' if private else ""
    thread = f'<div class="thread">{replies}</div>' if replies else ""
    return (
        f'<div class="message{" private" if private else ""}">{seen}<div class="icon" aria-hidden="true">P</div>'
        f'<div class="said"><p class="from"><b>Paper Round</b> <span class="app">APP</span> '
        f"<time>{at.hour % 12 or 12}:{at:%M %p}</time></p>"
        f"{blocks(message.blocks, {})}{thread}</div></div>"
    )


def view(shown: Block, problems: Mapping[str, str] | None = None) -> str:
    """A modal or a Home tab; `problems` stand under the inputs of these names."""
    body = blocks(shown["blocks"], problems or {})
    if shown["type"] == "home":
        return f'<div class="home"><p class="tabs"><b>Home</b> Messages About</p>{body}</div>'
    return (
        f'<div class="modal"><h3>{escape(shown["title"]["text"])}<span class="close">×</span></h3>'
        f'<div class="body">{body}</div><p class="submit"><span class="button">Cancel</span>'
        f'<span class="button primary">{escape(shown["submit"]["text"])}</span></p></div>'
    )


def blocks(shown: Sequence[Block], problems: Mapping[str, str]) -> str:
    return "\n".join(_block(block, problems) for block in shown)


def _block(block: Block, problems: Mapping[str, str]) -> str:
    match block["type"]:
        case "divider":
            return "<hr>"
        case "header":
            return f'<p class="header">{escape(block["text"]["text"])}</p>'
        case "image":
            return f'<img src="{escape(block["slack_file"]["id"])}" alt="{escape(block["alt_text"])}">'
        case "context":
            return f'<p class="context">{escape(block["elements"][0]["text"])}</p>'
        case "rich_text":
            return f'<div class="rich">{"".join(_section(section) for section in block["elements"])}</div>'
        case "actions":
            return f'<div class="actions">{"".join(_element(element) for element in block["elements"])}</div>'
        case "input":
            return _input(block, problems.get(block["block_id"], ""))
    raise ValueError(block["type"])


def _section(section: Block) -> str:
    return f"<p>{''.join(_words(words) for words in section['elements'])}</p>"


def _words(words: Block) -> str:
    text = escape(words["text"])
    if words["type"] == "link":
        text = f'<a href="{escape(words["url"])}">{text}</a>'
    return f"<b>{text}</b>" if words.get("style") else text


def _input(block: Block, problem: str) -> str:
    optional = ' <span class="quiet">(optional)</span>' if block["optional"] else ""
    hint = f'<p class="context">{escape(block["hint"]["text"])}</p>' if "hint" in block else ""
    wrong = f'<p class="problem">{escape(problem)}</p>' if problem else ""
    label = f'<p class="label">{escape(block["label"]["text"])}{optional}</p>'
    return f'<div class="input{" wrong" if problem else ""}">{label}{_element(block["element"])}{wrong}{hint}</div>'


def _element(element: Block) -> str:
    match element["type"]:
        case "button":
            style = " primary" if element.get("style") else ""
            return f'<span class="button{style}">{escape(element["text"]["text"])}</span>'
        case "overflow":
            options = "".join(f"<li>{escape(option['text']['text'])}</li>" for option in element["options"])
            return f'<details class="more"><summary class="button">⋯</summary><ul>{options}</ul></details>'
        case "plain_text_input":
            kind = "paragraph" if element["multiline"] else "line"
            return f'<div class="field {kind}">{escape(element.get("initial_value", ""))}</div>'
        case "timepicker":
            return f'<div class="field line short">{element.get("initial_time", "")} ◷</div>'
        case "static_select":
            return f'<div class="field line">{_chosen(element)} <span class="quiet">▾</span></div>'
        case "multi_static_select":
            chosen = "".join(f'<span class="chip">{escape(each)}</span>' for each in _initial(element))
            return f'<div class="field line">{chosen or "Select options"} <span class="quiet">▾</span></div>'
        case "radio_buttons" | "checkboxes":
            return f'<ul class="choices {element["type"]}">{"".join(_choices(element))}</ul>'
    raise ValueError(element["type"])


def _initial(element: Block) -> list[str]:
    chosen = element.get("initial_options") or [one for one in [element.get("initial_option")] if one]
    return [option["text"]["text"] for option in chosen]


def _chosen(element: Block) -> str:
    return escape("".join(_initial(element)) or "Select an item")


def _choices(element: Block) -> list[str]:
    on = _initial(element)
    labels = [option["text"]["text"] for option in element["options"]]
    return [f'<li class="{"on" if label in on else "off"}">{escape(label)}</li>' for label in labels]
