"""Command to handler: the one way in for people, and the one place where errors become replies."""

import logging
from collections.abc import Mapping
from secrets import choice
from time import perf_counter
from typing import Any

from bot import commands
from bot.cards import answers
from bot.commands import Command
from bot.errors import TeamChanged, UserError
from bot.handlers import (
    changes,
    completion,
    digests,
    editions,
    elsewhere,
    forms,
    help,  # noqa: A004 - the verb's name
    home,
    links,
    lists,
    mentions,
    personal,
    preview,
    reactions,
    related,
    schedule,
    signals,
    subscriptions,
    summaries,
    why,
)
from bot.handlers.services import Asker, Handler, Services, Unresolved
from bot.messages import Reply
from bot.ports import UNMEASURED, Measures
from bot.teams import Sender

log = logging.getLogger(__name__)

HANDLERS: Mapping[type, Handler[Any]] = {
    commands.Today: editions.today,
    commands.ShowDigest: digests.digest,
    commands.Show: editions.show,
    commands.ShowStatus: editions.status,
    commands.Why: why.why,
    commands.Related: related.related,
    commands.Preview: preview.preview,
    commands.ForMe: personal.for_me,
    commands.PauseEditions: schedule.pause,
    commands.SkipEdition: schedule.skip,
    commands.ResumeEditions: schedule.resume,
    commands.Save: changes.on_papers,
    commands.Unsave: changes.on_papers,
    commands.ToggleSave: changes.on_papers,
    commands.Mark: changes.on_papers,
    commands.Like: changes.on_papers,
    commands.Dislike: changes.on_papers,
    commands.AddTags: changes.on_paper,
    commands.RemoveTags: changes.on_paper,
    commands.AddNote: changes.on_paper,
    commands.Undo: changes.undo,
    commands.React: reactions.react,
    commands.Unreact: reactions.unreact,
    commands.Mention: mentions.mention,
    commands.Subscribe: subscriptions.subscribe,
    commands.ChangeSettings: subscriptions.change_settings,
    commands.Unsubscribe: subscriptions.unsubscribe,
    commands.Link: links.link,
    commands.Unlink: links.unlink,
    commands.Elsewhere: elsewhere.elsewhere,
    commands.Ask: forms.ask,
    commands.ShowHome: home.show_home,
    commands.Discussed: signals.discussed,
    commands.ShowList: lists.show_list,
    commands.Search: lists.search,
    commands.Summarise: summaries.summarise,
    commands.ShowUsage: summaries.usage,
    commands.Language: summaries.language,
    commands.Complete: completion.complete,
    commands.Help: help.show_help,
    commands.Misunderstood: help.misunderstood,
}

_REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that are mistaken for one another when read aloud."""


class Dispatcher:
    """Satisfies `bot.ports.Dispatch`."""

    def __init__(self, services: Services, measures: Measures = UNMEASURED) -> None:
        self._services = services
        self._measures = measures

    async def __call__(self, command: Command, sender: Sender) -> Reply:
        """The reply to `command`. What the asker can mend is said; all else is logged under a reference."""
        name, begun = type(command).__name__, perf_counter()
        reference = "".join(choice(_REFERENCE_LETTERS) for _ in range(4))
        with self._measures.span(
            "command", command=name, platform=sender.platform, channel=sender.channel, ref=reference
        ):
            outcome, reply = await self._answered(command, sender, reference)
        self._measures.commanded(name, outcome, perf_counter() - begun)
        return reply

    async def _answered(self, command: Command, sender: Sender, reference: str) -> tuple[str, Reply]:
        """How it went, in a word, and the reply."""
        try:
            with self._measures.span("handler"):
                try:
                    return "answered", await self._handled(command, sender)
                except TeamChanged:  # begun for a team that the sender's workspace has joined or left since
                    return "answered", await self._handled(command, sender)
        except Unresolved as unclear:
            return "refused", Reply((unclear.answer,))
        except UserError as error:
            return "refused", Reply((answers.problem(str(error)),))
        except Exception:  # whatever broke, people get an answer and the operator the whole story
            log.exception("ref %s: %s failed for %s", reference, type(command).__name__, sender.platform)
            return "broken", Reply((answers.broken(reference),))

    async def _handled(self, command: Command, sender: Sender) -> Reply:
        async with self._services.store() as tx:
            member, channel = await tx.teams.identify(sender)
            await tx.commit()
        return await HANDLERS[type(command)](command, Asker(member, channel), self._services)
