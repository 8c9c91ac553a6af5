"""The file that is the terminal's channel: whole lines only, whoever writes and whatever crashes."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.terminal.transcript import Edit, Message, Transcript
from bot.messages import Action, Card, Field, Item, Line, Role
from bot.papers import ArxivId
from tests.factories import NOON

HEADER = Card(title="Papers for Thursday")
FULL = Card(
    "A title", "https://arxiv.org/abs/2601.00001", 1, "aside",
    (Line("why\u2028not", Role.WHY),), (Field("a", "b"),), (Item("i", 1, "u", ("d",)),),
    (Action("Save", "save 1", pressed=True),), ArxivId("2601.00001"),
)  # fmt: skip


def message(id: str, card: Card = FULL) -> Message:  # noqa: A002 - it is what the field is called
    return Message(id, "terminal", NOON, card)


@pytest.fixture
def transcript(tmp_path: Path) -> Transcript:
    return Transcript(tmp_path / "paper-round.jsonl")


def test_what_was_posted_is_read_back_as_it_was(transcript: Transcript) -> None:
    posted = [message("a", HEADER), replace(message("b"), under="a")]
    for one in posted:
        transcript.append(one)
    assert Transcript(transcript.path).messages() == posted


def test_a_channel_without_a_file_is_empty(transcript: Transcript) -> None:
    assert transcript.messages() == []
    assert transcript.latest_edition() == {}


def test_a_message_shows_its_last_edit_in_its_old_place(transcript: Transcript) -> None:
    for line in (message("a"), message("b"), Edit("a", NOON, HEADER), Edit("unknown", NOON, HEADER)):
        transcript.append(line)
    assert transcript.messages() == [message("a", HEADER), message("b")]


def test_a_line_torn_at_any_byte_is_no_message_and_does_not_spoil_the_next(transcript: Transcript) -> None:
    transcript.append(message("a"))
    transcript.append(message("b"))
    whole = transcript.path.read_bytes()
    for length in range(whole.index(b"\n") + 1, len(whole)):
        transcript.path.write_bytes(whole[:length])
        assert transcript.messages() == [message("a")]
        transcript.append(message("c"))
        assert transcript.messages() == [message("a"), message("c")]


def test_a_spoilt_line_costs_only_itself(transcript: Transcript) -> None:
    transcript.append(message("a"))
    with transcript.path.open("ab") as file:
        file.write(b'{"id": "\xff\n')
    transcript.append(message("b"))
    assert transcript.messages() == [message("a"), message("b")]


def test_the_latest_edition_is_the_last_that_holds_papers(transcript: Transcript) -> None:
    second = replace(FULL, number=2)
    for line in (message("a", HEADER), message("b"), message("c", second), message("d", HEADER), message("e")):
        transcript.append(line)
    transcript.append(message("f", HEADER))
    assert transcript.latest_edition() == {1: message("e")}


def _append_many(path: Path, writer: int) -> None:
    for number in range(40):
        Transcript(path).append(message(f"{writer}-{number}"))


def test_processes_that_append_at_once_lose_and_mix_nothing(transcript: Transcript) -> None:
    with ProcessPoolExecutor(4, mp_context=multiprocessing.get_context("spawn")) as pool:
        list(pool.map(_append_many, [transcript.path] * 4, range(4)))
    ids = [one.id for one in transcript.messages()]
    assert sorted(ids) == sorted(f"{writer}-{number}" for writer in range(4) for number in range(40))
    assert [i for i in ids if i.startswith("2-")] == [f"2-{number}" for number in range(40)]
