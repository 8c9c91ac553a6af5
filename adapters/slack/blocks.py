"""Block Kit's parts, as the JSON that Slack takes, and its limits.

No mrkdwn is written: in `plain_text` and `rich_text` nothing is markup, so no text can format, link or notify.
Source of the limits: docs.slack.dev/reference/block-kit.
"""

import json
from collections.abc import Sequence
from typing import Any, TypeAlias

from adapters.plain import safe_link

Block: TypeAlias = dict[str, Any]
"""A block, or a part of one."""

MOST_BLOCKS = 50
MOST_BLOCKS_OF_VIEW = 100
MOST_CHARACTERS = 13_000
"""Of a message as JSON. More than about 13,200 fail with `msg_blocks_too_long`; what Slack counts it does not say
(github.com/slackapi/bolt-js/issues/2509)."""

TEXT = 3000
"""Characters of one text."""
HEADER = 150
LABEL = 75
"""Of a button or an option."""
BUTTON_VALUE = 2000
OPTION_VALUE = 150
MENU = 5
"""Options behind a ⋯; two at the least."""
ALT = 2000
"""Characters that say what a picture shows."""
LINK = 500
"""Slack allows 3000, which would fill a message with a few of them."""

DIVIDER: Block = {"type": "divider"}


def plain_text(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}


def header(text: str) -> Block:
    return {"type": "header", "text": plain_text(text)}


def context(text: str) -> Block:
    """A line in small, grey type."""
    return {"type": "context", "elements": [plain_text(text)]}


def image(file: str, alt: str) -> Block:
    """A picture that was uploaded to Slack, by its file's id. `alt` may not be empty."""
    return {"type": "image", "slack_file": {"id": file}, "alt_text": alt}


def rich_text(sections: Sequence[Block]) -> Block:
    """Lines of words, one under the other."""
    return {"type": "rich_text", "elements": list(sections)}


def section(*words: Block) -> Block:
    return {"type": "rich_text_section", "elements": list(words)}


def words(text: str, url: str = "", *, bold: bool = False) -> Block:
    """Text, or a link where `url` is one that may be opened."""
    style = {"style": {"bold": True}} if bold else {}
    if len(url) <= LINK and safe_link(url):
        return {"type": "link", "url": url, "text": text, **style}
    return {"type": "text", "text": text, **style}


def fits(blocks: Sequence[Block], most_blocks: int = MOST_BLOCKS) -> bool:
    """Whether Slack takes these together."""
    return len(blocks) <= most_blocks and len(json.dumps(blocks, ensure_ascii=False)) <= MOST_CHARACTERS
