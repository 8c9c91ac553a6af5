"""Slack as a page."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from functools import partial
from pathlib import Path

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack import render
from adapters.slack.errors import refused
from adapters.slack.render_forms import modal, refusal
from bot.messages import Card, Form, Notice, Reply
from docs.gallery import block_html, tour
from docs.gallery.lab import CHART
from docs.gallery.room import EIGHT, Room

HERE = Path(__file__).parent


class Drawing:
    """Satisfies `docs.gallery.lab.Drawing`."""

    def posted(self, shown: Card | Notice, *, replies: str = "", at: time = EIGHT) -> str:
        return block_html.posted(render.message(shown, CHART), replies=replies, at=at)

    def private(self, reply: Reply) -> str:
        return "\n".join(block_html.posted(each, private=True) for each in render.messages(reply))

    def home(self, reply: Reply) -> str:
        return block_html.view(render.home(reply))

    def asked(self, form: Form, typed: Mapping[str, str], problems: Mapping[str, str]) -> str:
        inputs = tuple(replace(one, values=(typed[one.name],)) if one.name in typed else one for one in form.inputs)
        return block_html.view(modal(replace(form, inputs=inputs)), refusal(problems)["errors"])


async def files() -> dict[str, bytes]:
    """As `tour.files`."""
    room = partial(Room, "slack", "https://lab.slack.com/archives")
    answer = AsyncSlackResponse(
        client=None,
        http_verb="POST",
        api_url="",
        req_args={},
        data={"error": "is_archived"},
        headers={},
        status_code=200,
    )
    closed = refused("chat.postMessage", SlackApiError("", answer))  # type: ignore[no-untyped-call]
    return await tour.files("Slack", room, Drawing(), (HERE / "slack.css").read_text("utf-8"), closed)
