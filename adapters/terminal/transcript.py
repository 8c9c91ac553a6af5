"""The terminal's channel: a file of messages that every process appends to and that outlives all of them."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from pydantic import TypeAdapter, ValidationError

from bot.messages import Card


@dataclass(frozen=True, slots=True)
class Message:
    """A card as it was posted. `id` is the key it was posted with, so that it means the same message in any file."""

    id: str
    channel: str
    posted_at: datetime
    card: Card
    under: str | None = None
    """The id of the message that it answers."""


@dataclass(frozen=True, slots=True)
class Edit:
    """That a message shows another card from now on."""

    of: str
    edited_at: datetime
    card: Card


_LINE: TypeAdapter[Message | Edit] = TypeAdapter(Message | Edit)


class Transcript:
    """JSON lines in a file that is made when first needed. Methods raise OSError where the file cannot be used."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, line: Message | Edit) -> None:
        """Writes one line whole and to the disk, before or after other processes' lines but never among them."""
        with self.path.open("ab+") as file, _locked(file):
            _drop_torn_end(file)
            file.write(_LINE.dump_json(line) + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def messages(self) -> list[Message]:
        """Every message in the order of posting, each as last edited. What a crash left half-written is not there."""
        found: dict[str, Message] = {}
        for line in self._lines():
            if isinstance(line, Message):
                found[line.id] = line
            elif line.of in found:
                found[line.of] = replace(found[line.of], card=line.card)
        return list(found.values())

    def latest_edition(self) -> dict[int, Message]:
        """The papers, by number, of the last edition that holds any."""
        papers: dict[int, Message] = {}
        under_new_header = True
        for message in self.messages():
            if message.under is not None:
                continue
            if message.card.number is None:
                under_new_header = True
                continue
            if under_new_header:
                papers, under_new_header = {}, False
            papers[message.card.number] = message
        return papers

    def _lines(self) -> Iterator[Message | Edit]:
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return
        for line in content.splitlines(keepends=True):
            if line.endswith(b"\n"):
                try:
                    yield _LINE.validate_json(line)
                except ValidationError:  # a disk can spoil a line; the others still hold
                    continue


@contextmanager
def _locked(file: BinaryIO) -> Iterator[None]:
    fcntl.flock(file, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)


def _drop_torn_end(file: BinaryIO) -> None:
    """A line without its end was never acknowledged: left in place it would spoil the next one."""
    size = file.seek(0, os.SEEK_END)
    if size == 0:
        return
    file.seek(size - 1)
    if file.read(1) != b"\n":
        file.seek(0)
        file.truncate(file.read().rfind(b"\n") + 1)
