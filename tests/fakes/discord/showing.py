"""What embeds and components show to a reader, and where they lead."""

import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

_MASKED = re.compile(r"\[((?:\\.|[^\]\\])+)\]\(<?(https?://[^\s)>]+)>?\)")
_BARE = re.compile(r"(?<![(<])https?://[^\s>)]+")
BUTTON, TEXT_DISPLAY = 2, 10


def parts(components: list[Json]) -> Iterator[Json]:
    """Every component, those inside others included, in reading order."""
    for component in components:
        yield component
        inside = [*component.get("components", [])]
        inside += [component[name] for name in ("accessory", "component") if component.get(name)]
        yield from parts(inside)


def texts(content: str, embeds: list[Json], components: list[Json]) -> list[str]:
    """What is to be read, in order."""
    lines = [content] if content else []
    for embed in embeds:
        lines += [embed.get("author", {}).get("name", ""), embed.get("title", ""), embed.get("description", "")]
        lines += [f"{field['name']}\n{field['value']}" for field in embed.get("fields", [])]
        lines.append(embed.get("footer", {}).get("text", ""))
    lines += [part["content"] for part in parts(components) if part["type"] == TEXT_DISPLAY]
    return [line for line in lines if line]


def labels(components: list[Json]) -> list[str]:
    """The labels of buttons, in order; a button without one goes by its emoji."""
    buttons = [part for part in parts(components) if part["type"] == BUTTON]
    return [button.get("label") or button.get("emoji", {}).get("name", "") for button in buttons]


def links(content: str, embeds: list[Json], components: list[Json]) -> list[str]:
    """Where titles, texts and link buttons lead, in order."""
    found = [embed["url"] for embed in embeds if embed.get("url")]
    for line in texts(content, embeds, components):
        found += [match.group(2) for match in _MASKED.finditer(line)]
        found += _BARE.findall(_MASKED.sub("", line))
    return found + [part["url"] for part in parts(components) if part["type"] == BUTTON and part.get("url")]
