"""Asking, with a form, for what a verb still needs."""

from dataclasses import replace

from bot.cards import forms
from bot.commands import Ask, ChangeSettings, Subscribe
from bot.handlers.naming import named
from bot.handlers.services import Asker, Services, reply
from bot.handlers.subscriptions import change_settings, subscribe
from bot.messages import Reply


async def ask(command: Ask, asker: Asker, services: Services) -> Reply:
    """The form of a verb."""
    if command.verb == "subscribe":
        return await subscribe(Subscribe(), asker, services)
    if command.paper is None:
        return await change_settings(ChangeSettings(channel=command.channel), asker, services)
    paper = await named(command.paper, asker, services, lambda name: replace(command, paper=name))
    if command.verb == "note":
        return reply(forms.note_form(paper))
    async with services.store() as tx:
        entry = await tx.lists.entry(asker.team_id, paper.id)
        used = await tx.lists.tags(asker.team_id)
    held = entry.tags if entry else ()
    return reply(forms.tag_form(paper, [tag for tag, _ in used if tag not in held]))
