"""People who use the bot, and how a platform shows what it says."""

import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Protocol

from pydantic import SecretStr

from adapters.clock import SetClock
from bot.app import App, open_app
from bot.cards import forms
from bot.commands import Command, filled, parse
from bot.config import Settings
from bot.dispatch import Dispatcher
from bot.messages import Card, Form, Notice, Reply
from bot.ports import Source
from docs.gallery.room import EIGHT, MORNING, Room
from jobs.collect import collect
from jobs.curate import curate
from jobs.deliver import deliver
from jobs.digests import make_digests
from jobs.refresh import refresh
from jobs.watch import watch

CHART = "chart.png"
"""The file of the picture that a round-up shows."""


class Drawing(Protocol):
    """What a platform shows, as HTML."""

    def posted(self, shown: Card | Notice, *, replies: str = "", at: time = EIGHT) -> str:
        """A message in a channel, its picture in CHART; `replies` is what stands in its thread."""

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

    def at(self, now: datetime, source: Source | None = None) -> "Lab":
        """The same lab at another time, where `source` says what is new."""
        clock, source = SetClock(now), source or self.app.source
        services = replace(self.app.services, clock=clock, source=source)
        return replace(self, app=replace(self.app, clock=clock, source=source, services=services))

    async def says(self, line: str, *, name: str = "Ada", channel: str = "papers") -> Reply:
        return await self.does(parse(line), name=name, channel=channel)

    async def does(self, command: Command, *, name: str = "Ada", channel: str = "papers") -> Reply:
        dispatch = Dispatcher(replace(self.app.services, platforms={self.room.name: self.room}))
        reply = await dispatch(command, self.room.member(name, channel))
        await refresh(self.app.store, {self.room.name: self.room}, clock=self.app.clock)
        return reply

    async def morning(self) -> None:
        """Brings each channel its edition."""
        await self.made()
        await deliver(self.app.store, {self.room.name: self.room}, clock=self.app.clock)

    async def made(self) -> None:
        """Each channel's edition, not posted yet."""
        app = self.app
        await collect(app.store, app.source, clock=app.clock)
        await curate(app.store, app.ranker, now=app.clock.now(), wait=timedelta(), only_due=False)

    async def hour(self) -> None:
        """Brings each channel the edition that is due, and news of papers."""
        app, platforms = self.app, {self.room.name: self.room}
        await collect(app.store, app.source, clock=app.clock)
        await curate(app.store, app.ranker, now=app.clock.now(), wait=app.wait, only_due=True)
        await watch(app.store, app.source, clock=app.clock)
        await deliver(app.store, platforms, clock=app.clock)
        await refresh(app.store, platforms, clock=app.clock)

    async def digests(self, now: datetime) -> None:
        """Brings each channel the digests that are due at `now`."""
        app, platforms = self.app, {self.room.name: self.room}
        await make_digests(app.store, platforms, app.services.charts, now=now)
        await deliver(app.store, platforms, clock=SetClock(now))

    def post(self, channel: str, number: int, *, at: time = EIGHT) -> str:
        """A message of a channel with its thread, the first being 0."""
        parent = self.room.channel(channel)[number]
        replies = "\n".join(self.drawing.posted(card, at=at) for card in self.room.thread(parent))
        return self.drawing.posted(self.room.posted[parent], replies=replies, at=at)

    def asked(self, reply: Reply, typed: Mapping[str, str]) -> str:
        """The form of a reply, with what is `typed` into it."""
        form = next(part for part in reply.parts if isinstance(part, Form))
        answered = filled(form.command, typed) if typed else {}
        problems = {name: forms.problem(slip) for name, slip in answered.items()} if isinstance(answered, dict) else {}
        return self.drawing.asked(form, typed, problems)


@asynccontextmanager
async def open_lab(room: Room, drawing: Drawing) -> AsyncIterator[Lab]:
    """A lab on the morning of the gallery, with a room that is empty yet."""
    with tempfile.TemporaryDirectory() as directory:
        settings = Settings(database_url=SecretStr(f"sqlite:///{directory}/gallery.db"))
        async with open_app(settings, now=MORNING, sample=True) as app:
            yield Lab(app, room, drawing)
