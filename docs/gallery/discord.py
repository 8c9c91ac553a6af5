"""Discord as a page."""

from collections.abc import Mapping
from datetime import time
from functools import partial
from pathlib import Path

from discord.ui import Modal

from adapters.discord import errors
from adapters.discord.render import message, messages
from adapters.discord.render_forms import Submission, modals, panel, refilled, refusal
from bot.messages import Card, Form, Notice, Reply
from docs.gallery import component_html, forum, tour
from docs.gallery.lab import CHART, open_lab
from docs.gallery.room import EIGHT, Room

HERE = Path(__file__).parent


class Drawing:
    """Satisfies `docs.gallery.lab.Drawing`."""

    def posted(self, shown: Card | Notice, *, replies: str = "", at: time = EIGHT) -> str:
        return component_html.posted(message(shown, picture=f"attachment://{CHART}"), replies=replies, at=at)

    def private(self, reply: Reply) -> str:
        return "\n".join(component_html.posted(each, private=True) for each in messages(reply))

    def home(self, reply: Reply) -> str:  # noqa: ARG002 - Discord has none
        return ""

    def asked(self, form: Form, typed: Mapping[str, str], problems: Mapping[str, str]) -> str:
        """A modal of a form is refused by itself: of a longer one, the first with a problem is shown."""
        pages = modals(refilled(form, typed))
        if not problems:
            above = [component_html.posted(panel(form), private=True)] if len(pages) > 1 else []
            return "\n".join([*above, *map(component_html.opened, pages)])
        page, wrong = next((page, wrong) for page, modal in enumerate(pages) if (wrong := _asked_in(modal, problems)))
        refused = refusal(Submission(form.command, page, typed), wrong)
        return "\n".join([component_html.posted(refused, private=True), component_html.opened(pages[page])])


def _asked_in(modal: Modal, problems: Mapping[str, str]) -> dict[str, str]:
    names = [getattr(question, "custom_id", "") for question in modal.walk_children()]
    return {name: problems[name] for name in names if name in problems}


async def files() -> dict[str, bytes]:
    """As `tour.files`."""
    room = partial(Room, "discord", "https://discord.com/channels/lab")
    closed = errors.refusal("post", errors.MISSING_PERMISSIONS)
    async with open_lab(room(), Drawing()) as lab:
        post = await forum.scene(lab)
    return await tour.files("Discord", room, Drawing(), (HERE / "discord.css").read_text("utf-8"), closed, post)
