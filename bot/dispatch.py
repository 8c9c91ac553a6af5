"""Command to handler: the one way in for people, and the one place where errors become replies."""

import logging
from collections.abc import Mapping
from secrets import choice
from typing import Any

from bot import commands
from bot.cards import answers
from bot.commands import Command
from bot.errors import UserError
from bot.handlers import (
    changes,
    digests,
    editions,
    elsewhere,
    forms,
    help,  # noqa: A004 - the verb's name
    home,
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
    commands.Elsewhere: elsewhere.elsewhere,
    commands.Ask: forms.ask,
    commands.ShowHome: home.show_home,
    commands.Discussed: signals.discussed,
    commands.ShowList: lists.show_list,
    commands.Search: lists.search,
    commands.Summarise: summaries.summarise,
    commands.ShowUsage: summaries.usage,
    commands.Language: summaries.language,
    commands.Help: help.show_help,
    commands.Misunderstood: help.misunderstood,
}

_REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that are mistaken for one another when read aloud."""


class Dispatcher:
    """Satisfies `bot.ports.Dispatch`."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def __call__(self, command: Command, sender: Sender) -> Reply:
        """The reply to `command`. What the asker can mend is said; all else is logged under a reference."""
        try:
            async with self._services.store() as tx:
                member, channel = await tx.teams.identify(sender)
                await tx.commit()
            return await HANDLERS[type(command)](command, Asker(member, channel), self._services)
        except Unresolved as unclear:
            return Reply((unclear.answer,))
        except UserError as error:
            return Reply((answers.problem(str(error)),))
        except Exception:  # whatever broke, people get an answer and the operator the whole story
            reference = "".join(choice(_REFERENCE_LETTERS) for _ in range(4))
            log.exception("ref %s: %s failed for %s", reference, type(command).__name__, sender.platform)
            return Reply((answers.broken(reference),))
