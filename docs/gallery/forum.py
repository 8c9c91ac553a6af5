"""A forum in Discord: what the bot posts there, as a server of the fakes' holds it afterwards."""

from dataclasses import replace
from html import escape

from adapters.discord.api import Discord
from adapters.discord.ids import NAME
from adapters.discord.platform import DiscordPlatform
from bot.commands import parse
from bot.dispatch import Dispatcher
from bot.teams import Sender
from docs.gallery import component_html
from docs.gallery.lab import Lab
from docs.gallery.page import section
from jobs.deliver import deliver
from tests.fakes.discord import FakeDiscord, pointed_at
from tests.fakes.discord.guild import Guild
from tests.fakes.discord.model import Channel

TAGS = ["agents", "evaluation", "long context", "news", "reasoning"]
WANTED = "topics:reasoning,agents size:3 at:08:00 zone:Europe/Berlin"


async def scene(lab: Lab) -> str:
    """An edition as one post of a forum."""
    fake = FakeDiscord(lab.app.clock)
    async with fake.serving():
        with pointed_at(fake):
            guild = fake.guild("lab")
            forum = guild.forum("papers", tags=TAGS)
            api = Discord(fake.token, lab.app.clock)
            try:
                await _morning(lab, DiscordPlatform(api), guild, forum)
            finally:
                await api.close()
            return section("A forum: an edition is a post, under the tags of its topics", *map(_post, forum.threads))


async def _morning(lab: Lab, platform: DiscordPlatform, guild: Guild, forum: Channel) -> None:
    platforms = {NAME: platform}
    ada = guild.user("Ada", manages=True)
    sender = Sender(NAME, guild.id, ada.id, "Ada", f"{guild.id}/{forum.id}", f"#{forum.name}", channel_forum=True)
    dispatch = Dispatcher(replace(lab.app.services, platforms=platforms))
    await dispatch(parse(f"subscribe {WANTED}"), sender)
    await lab.made()
    await deliver(lab.app.store, platforms, clock=lab.app.clock)


def _post(post: Channel) -> str:
    tags = "".join(f'<span class="tag">{escape(name)}</span>' for name in post.tag_names)
    messages = "\n".join(component_html.shown(message.components) for message in post.messages)
    return f'<div class="forum"><p class="h2">{escape(post.name)}</p><p class="tags">{tags}</p>{messages}</div>'
