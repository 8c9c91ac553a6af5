"""Lines from a person at the keyboard. Slow to import, so only the shell does, and only for a person."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.history import FileHistory


async def prompted(words: Mapping[str, str], history: Path) -> AsyncIterator[str]:
    """Each line typed until Ctrl-D; Ctrl-C clears the one at hand.

    With Tab, `words` complete a line's first word, each with what it means. The file
    `history` keeps what was typed.
    """
    session: PromptSession[str] = PromptSession(
        history=FileHistory(str(history)),
        completer=WordCompleter([*words], meta_dict=words, sentence=True),
        complete_while_typing=False,
    )
    while True:
        try:
            yield await session.prompt_async("papers> ")
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
