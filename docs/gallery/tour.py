"""What the bot really says about the sample papers, drawn as a platform shows it."""

import tempfile
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from html import escape
from typing import Protocol

from pydantic import SecretStr

from bot.app import App, open_app
from bot.cards import answers, forms
from bot.commands import Command, HomeTab, Mention, ShowHome, filled, parse
from bot.config import Settings
from bot.dispatch import Dispatcher
from bot.editions import MessageRef
from bot.messages import Card, Form, Notice, Reply
from docs.gallery import rarities
from docs.gallery.room import Room
from jobs.collect import collect
from jobs.curate import curate
from jobs.deliver import deliver
from jobs.refresh import refresh

WANTED = "topics:reasoning,agents size:3 at:08:00 zone:Europe/Berlin"

FORMS: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("Tagging", "ask tag 3", {}),
    ("A tag that will not do", "ask tag 3", {"tags": "long/context"}),
    ("Noting", "ask note 2", {}),
    ("Settings", "settings", {}),
    ("Settings that will not do", "settings", {"categories": "cs.XL", "size": "90", "zone": "Europe/Berlyn"}),
)
"""Titles, lines that open a form, and what is typed into it."""

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Paper Round in {platform}</title>
<style>
{style}</style>
<h1>Paper Round in {platform}</h1>
<p class="quiet">What the bot says about invented papers. <code>python -m docs.gallery</code> makes this page.</p>
{sections}
</html>
"""


class Drawing(Protocol):
    """What a platform shows, as HTML."""

    def posted(self, shown: Card | Notice, *, replies: str = "") -> str:
        """A message in a channel; `replies` is what stands in its thread."""

    def private(self, reply: Reply) -> str:
        """What only the asker sees."""

    def home(self, reply: Reply) -> str:
        """A person's Home tab; "" where there is none."""

    def asked(self, form: Form, typed: Mapping[str, str], problems: Mapping[str, str]) -> str:
        """A form; where something is `typed` into it, as it stands when that was refused with these `problems`."""


@dataclass(frozen=True)
class Lab:
    """People, channels, and the app among them."""

    app: App
    room: Room
    drawing: Drawing

    async def says(self, line: str, *, name: str = "Ada", channel: str = "papers") -> Reply:
        return await self.does(parse(line), name=name, channel=channel)

    async def does(self, command: Command, *, name: str = "Ada", channel: str = "papers") -> Reply:
        dispatch = Dispatcher(replace(self.app.services, platforms={self.room.name: self.room}))
        reply = await dispatch(command, self.room.member(name, channel))
        await refresh(self.app.store, {self.room.name: self.room}, clock=self.app.clock)
        return reply

    async def morning(self) -> None:
        """Brings each channel its edition."""
        app = self.app
        await collect(app.store, app.source, clock=app.clock)
        await curate(app.store, app.ranker, now=app.clock.now(), wait=timedelta(), only_due=False)
        await deliver(app.store, {self.room.name: self.room}, clock=app.clock)

    def post(self, channel: str, number: int) -> str:
        """A message of a channel with its thread, the first being 0."""
        parent = self.room.channel(channel)[number]
        replies = "\n".join(self.drawing.posted(card) for card in self.room.thread(parent))
        return self.drawing.posted(self.room.posted[parent], replies=replies)

    def asked(self, reply: Reply, typed: Mapping[str, str]) -> str:
        """The form of a reply, with what is `typed` into it."""
        form = next(part for part in reply.parts if isinstance(part, Form))
        answered = filled(form.command, typed) if typed else {}
        problems = {name: forms.problem(slip) for name, slip in answered.items()} if isinstance(answered, dict) else {}
        return self.drawing.asked(form, typed, problems)


async def page(platform: str, room: Room, drawing: Drawing, style: str) -> str:
    """The gallery of a platform, by its name: the same each time."""
    with tempfile.TemporaryDirectory() as directory:
        settings = Settings(database_url=SecretStr(f"sqlite:///{directory}/gallery.db"))
        async with open_app(settings, now=rarities.MORNING, sample=True) as app:
            sections = [section async for section in _sections(Lab(app, room, drawing))]
    return _PAGE.format(platform=platform, style=style, sections="\n".join(sections))


def _section(title: str, *shown: str) -> str:
    return f"<h2>{escape(title)}</h2>\n" + "\n".join(shown)


async def _sections(lab: Lab) -> AsyncIterator[str]:
    posted, private = lab.drawing.posted, lab.drawing.private
    subscribed = await lab.says(f"subscribe {WANTED}")
    await lab.says(f"subscribe {WANTED} layout:compact", channel="reading-group")
    await lab.morning()
    yield _section("The morning post", *(lab.post("papers", number) for number in range(4)))
    yield _section("The same, compact: one message, whose thread holds the papers", lab.post("reading-group", 0))
    await lab.says("save 2", name="Ben")
    saved = await lab.says("save 2")
    yield _section(
        "After two saves: the post, and what the second asker alone sees", lab.post("papers", 2), private(saved)
    )
    summary = await lab.says("summary 2")
    yield _section("A summary", private(summary), lab.post("papers", 2))
    yield _section("A paper in full", private(await lab.says("show 2")))
    for number in range(1, 14):
        await lab.says(f"save 9912.{number:05d}", name=("Ada", "Ben", "Chiara")[number % 3])
    await lab.says("tag 2 rlhf verifiers")
    yield _section("The reading list, ten a page", private(await lab.says("list")))
    pasted = Mention(
        MessageRef(lab.room.name, "papers", "a message of Ben's"), "Nice: https://arxiv.org/abs/9912.00017"
    )
    yield _section(
        "Somebody pastes a link to a paper that was posted before", private(await lab.does(pasted, name="Ben"))
    )
    yield _section("Help", private(await lab.says("help")))
    for tab in HomeTab:
        if home := lab.drawing.home(await lab.does(ShowHome(tab))):
            yield _section(f"Home: {tab}", home)
    yield _section("Subscribed", private(subscribed))
    for title, line, typed in FORMS:
        yield _section(title, lab.asked(await lab.says(line), typed))
    yield _section("Errors", *[private(await lab.says(line)) for line in ("sav 2", "show 2601.99999", "tag 2")])
    yield _section("An error of ours", private(Reply((answers.broken("7Q4K"),))))
    yield _section("Days without papers", *(posted(shown) for shown in rarities.empty_days()))
    yield _section("Titles of every kind", *(posted(card) for card in rarities.titles()))
