"""Lines typed in the terminal: what they are understood as, and what is shown."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from adapters.terminal.reactions import understand
from adapters.terminal.screen import Screen
from adapters.terminal.shell import FOOTER, Shell, sender
from adapters.terminal.transcript import Message, Transcript
from bot.commands import Command, Help, React, Save, Unreact, parse
from bot.editions import MessageRef
from bot.messages import Action, Card, Notice, Reply, Tone
from bot.papers import ArxivId
from bot.teams import Sender
from tests.factories import NOON

EMOJI = {"bookmark": "save", "+1": "like", "heart": "like", "heavy_check_mark": "read"}


@pytest.fixture
def transcript(tmp_path: Path) -> Transcript:
    """It holds an edition of two papers, with numbers 1 and 2 and message ids m1 and m2."""
    transcript = Transcript(tmp_path / "paper-round.jsonl")
    cards = [Card(title="Papers"), *(Card(number=n, title=f"T{n}", paper_id=ArxivId(f"2601.0000{n}")) for n in (1, 2))]
    for place, card in enumerate(cards):
        transcript.append(Message(f"m{place}", "terminal", NOON, card))
    return transcript


class Dispatched:
    """A `bot.ports.Dispatch` that remembers what it was given and answers with `reply`."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        self.given: list[tuple[Command, Sender]] = []

    async def __call__(self, command: Command, sender: Sender) -> Reply:
        self.given.append((command, sender))
        return self.reply


async def said(line: str, transcript: Transcript, dispatch: Dispatched) -> tuple[bool, str]:
    out = io.StringIO()
    shell = Shell(dispatch, transcript, sender("ada"), Screen(Console(file=out, width=80), transcript), EMOJI)
    return await shell.say(line), out.getvalue()


async def test_a_line_takes_the_way_of_a_message_in_a_chat(transcript: Transcript) -> None:
    dispatch = Dispatched(Reply((Notice("Saved."),)))
    assert await said("/papers save 2", transcript, dispatch) == (True, "Saved.\n\n")
    (given,) = dispatch.given
    assert given[0] == Save((2,))
    assert (given[1].platform, given[1].user, given[1].user_name) == ("terminal", "ada", "ada")


async def test_a_problem_is_told_from_an_answer(transcript: Transcript) -> None:
    refused = Dispatched(Reply((Notice("No such paper.", Tone.PROBLEM),)))
    assert await said("save 9", transcript, refused) == (False, "× No such paper.\n\n")


@pytest.mark.parametrize("line", ["react 2 bookmark", "/papers React  #2  :bookmark:"])
def test_an_emoji_goes_to_the_message_of_the_paper_with_that_number(line: str, transcript: Transcript) -> None:
    assert understand(line, transcript, EMOJI) == React(MessageRef("terminal", "terminal", "m2"), "bookmark")


def test_an_emoji_is_taken_back_from_there(transcript: Transcript) -> None:
    assert understand("unreact 1 +1", transcript, EMOJI) == Unreact(MessageRef("terminal", "terminal", "m1"), "+1")


@pytest.mark.parametrize(
    ("typed", "name"),
    [("🔖", "bookmark"), ("👍", "+1"), ("👍🏽", "+1"), ("❤️", "heart"), ("❤", "heart"), ("✔️", "heavy_check_mark")],
)
def test_an_emoji_can_be_typed_as_it_looks(typed: str, name: str, transcript: Transcript) -> None:
    assert understand(f"react 2 {typed}", transcript, EMOJI) == React(MessageRef("terminal", "terminal", "m2"), name)


@pytest.mark.parametrize("typed", ["🎉", "tada", ":tada:"])
async def test_an_emoji_without_a_meaning_is_answered_with_those_that_have_one(
    typed: str, transcript: Transcript
) -> None:
    dispatch = Dispatched(Reply(()))
    done, shown = await said(f"react 2 {typed}", transcript, dispatch)
    assert not done
    assert "bookmark, +1, heart, heavy_check_mark" in " ".join(shown.split())
    assert dispatch.given == []


@pytest.mark.parametrize("line", ["react", "react bookmark", "react 2", "unreact 2 bookmark star", "react two star"])
async def test_an_emoji_without_its_paper_is_answered_with_an_example(line: str, transcript: Transcript) -> None:
    dispatch = Dispatched(Reply(()))
    assert await said(line, transcript, dispatch) == (
        False,
        "× Say which paper and which emoji, for example: react 2 bookmark\n\n",
    )
    assert dispatch.given == []


@pytest.mark.parametrize("line", ["help react", "/papers Help  unreact"])
async def test_help_tells_how_an_emoji_is_put_on_a_paper(line: str, transcript: Transcript) -> None:
    done, shown = await said(line, transcript, Dispatched(Reply(())))
    assert done
    assert "react 2 bookmark or unreact 2 bookmark" in " ".join(shown.split())


def test_an_emoji_on_a_number_that_is_not_there_says_where_the_numbers_are(transcript: Transcript) -> None:
    notice = understand("react 3 bookmark", transcript, EMOJI)
    assert isinstance(notice, Notice)
    assert "no paper 3" in notice.text
    assert "today" in notice.text


@pytest.mark.parametrize("line", ["reaction models", "save 2", "", "search react 2 star"])
def test_every_other_line_is_what_the_table_of_commands_makes_of_it(line: str, transcript: Transcript) -> None:
    assert understand(line, transcript, EMOJI) == parse(line)


async def test_help_ends_with_what_only_the_terminal_has(transcript: Transcript) -> None:
    dispatch = Dispatched(Reply((Card(title="What you can say"),)))
    _, shown = await said("help", transcript, dispatch)
    assert dispatch.given[0][0] == Help()
    assert " ".join(shown.split()).endswith(FOOTER)


async def test_what_to_type_next_goes_by_the_numbers_of_the_latest_edition(transcript: Transcript) -> None:
    actions = (Action("Save", "save 2601.00002"),)
    shown = [
        (await said("show 2", transcript, Dispatched(Reply((card,)))))[1]
        for card in (
            Card(number=2, title="T2", paper_id=ArxivId("2601.00002"), actions=actions),
            Card(number=1, title="T2 of an older edition", paper_id=ArxivId("2601.00002"), actions=actions),
        )
    ]
    assert "[ Save ] save 2\n" in shown[0]
    assert "[ Save ] save 2601.00002\n" in shown[1]
