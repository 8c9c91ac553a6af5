"""The shell: lines that people type in the terminal, and the replies."""

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping
from getpass import getuser

from adapters.terminal.platform import CHANNEL, NAME, WORKSPACE
from adapters.terminal.reactions import ABOUT, WORDS, understand
from adapters.terminal.screen import Screen
from adapters.terminal.transcript import Transcript
from bot.commands import COMMANDS, Command, Help
from bot.messages import Notice, Reply
from bot.ports import Dispatch
from bot.teams import Sender

LEAVE = ("quit", "exit")
FOOTER = f"{ABOUT} Leave with {LEAVE[0]} or Ctrl-D."
NO_EFFECT = "Nothing changed."
"""A chat shows an emoji where it was put, whatever it did; a terminal has only this."""
GREETING = "Type help for what can be said; Tab completes it, Ctrl-D leaves."

PATIENCE = 0.4
"""Seconds without an answer before something is seen to move."""


def sender(name: str = "") -> Sender:
    """Who `name` is on the terminal: by default, who is logged in."""
    name = name or getuser()
    return Sender(
        platform=NAME, workspace=WORKSPACE, user=name, user_name=name, channel=CHANNEL, channel_name=CHANNEL
    )  # fmt: skip


class Shell:
    """One person at the terminal. What they type takes the way that messages in a chat take.

    `emoji` has the verb of each emoji's name. After `patience` seconds, if any, it is shown that an answer takes long.
    """

    def __init__(
        self,
        dispatch: Dispatch,
        transcript: Transcript,
        who: Sender,
        screen: Screen,
        emoji: Mapping[str, str],
        *,
        patience: float | None = PATIENCE,
    ) -> None:
        self._dispatch = dispatch
        self._transcript = transcript
        self._who = who
        self._screen = screen
        self._emoji = emoji
        self._patience = patience

    async def say(self, line: str) -> bool:
        """Does what one line says and shows the reply. False when that is that it could not be done."""
        command = understand(line, self._transcript, self._emoji)
        reply = Reply((command,)) if isinstance(command, Notice) else await self._answer(command)
        self._screen.show(reply if reply.parts else Notice(NO_EFFECT))
        if isinstance(command, Help):
            self._screen.show(Notice(FOOTER))
        return not reply.failed

    async def converse(self) -> bool:
        """Takes lines until the person leaves: at a prompt, whose history lies beside the transcript, or from a
        standard input that is no terminal. False when one of those could not be done."""
        done = True
        async for line in self._prompted() if sys.stdin.isatty() else _read():
            if line.strip().casefold() in LEAVE:
                break
            if line.strip():
                done = await self.say(line) and done
        return done

    async def _answer(self, command: Command) -> Reply:
        answer = asyncio.ensure_future(self._dispatch(command, self._who))
        await asyncio.wait({answer}, timeout=self._patience)
        if not answer.done():
            with self._screen.console.status("Still at it …"):
                await asyncio.wait({answer})
        return answer.result()

    def _prompted(self) -> AsyncIterator[str]:
        from adapters.terminal.prompt import prompted  # noqa: PLC0415 - only a person at the keyboard needs it

        self._screen.show(Notice(GREETING))
        words = {verb: row.summary for verb, row in COMMANDS.items() if row.listed}
        return prompted(words | dict.fromkeys((*WORDS, *LEAVE), ""), self._transcript.path.with_suffix(".history"))


async def _read() -> AsyncIterator[str]:
    while line := await asyncio.to_thread(sys.stdin.readline):
        yield line
