"""`papers deliveries`: the ledger in the terminal."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.store import open_store, upgrade
from bot.cli.deliveries import counted, short_keys, the_one, which
from bot.cli.steps import curated, delivered
from bot.editions import Edition, Post, PostState
from bot.errors import UserError
from bot.ports import LedgerRow
from bot.teams import EditionKind, Halt, Interests, Subscription
from jobs.curate import Curated, Outcome
from jobs.posting import Delivery
from tests.end_to_end.command import papers
from tests.factories import NOON, sender

KEYS = {"aaaaaa1": PostState.UNKNOWN, "aaaaaa2": PostState.DEAD, "bbbbbbb": PostState.PLANNED}


@pytest.fixture
async def directory(tmp_path: Path) -> Path:
    """Where the ledger has an unknown, a dead and a planned post, and a halted channel."""
    await ledger(tmp_path, KEYS, error="no answer")
    return tmp_path


async def ledger(directory: Path, keys: Mapping[str, PostState], *, error: str) -> None:
    """Makes one, with a halted channel."""
    url = f"sqlite:///{directory / 'paper-round.db'}"
    upgrade(url)
    async with open_store(url) as store, store() as tx:
        _, channel = await tx.teams.identify(sender())
        ordered = await tx.teams.subscribe(Subscription(0, channel.team_id, channel.id, Interests(("cs.CL",))))
        for number, (key, state) in enumerate(keys.items()):
            day = NOON.date() + timedelta(days=number)
            edition = Edition(0, ordered.id, channel.id, EditionKind.DAILY, day, NOON, 9, ())
            post = Post(key, 0, channel.id, 0, state, NOON, attempts=2, last_error=error)
            assert await tx.editions.add(edition, [post])
        await tx.interruptions.halt(ordered.id, Halt(NOON, "not in the channel"))
        await tx.commit()


async def state(directory: Path, key: str) -> PostState:
    async with open_store(f"sqlite:///{directory / 'paper-round.db'}") as store, store() as tx:
        return {row.post.key: row.post.state for row in await tx.ledger.unsent(limit=9)}[key]


async def test_the_ledger_is_shown_with_what_is_stuck_and_halted(directory: Path) -> None:
    shown = papers("deliveries", cwd=directory)
    assert (shown.returncode, shown.stderr) == (0, "")
    first, *lines = (" ".join(line.split()) for line in shown.stdout.splitlines())
    assert first == "1 planned, 1 unknown, 1 dead."
    [unknown] = [number for number, line in enumerate(lines) if line.startswith("aaaaaa1")]
    assert lines[unknown] == "aaaaaa1 unknown header of the daily edition of 2026-01-15 in #papers of lab"
    assert lines[unknown + 1] == "Tries: 2. Error: no answer"
    halted = lines.index("Halted Since Why, and what to do")
    assert lines[halted + 1 :] == [
        "#papers of lab 2026-01-15 12:00 not in the channel",
        "Mend it, then say `resume` in the channel.",
    ]


async def test_a_narrow_terminal_gets_the_whole_of_what_a_platform_said(tmp_path: Path) -> None:
    word = "channel_" * 20
    await ledger(tmp_path, {"cccccc1": PostState.UNKNOWN}, error=word)
    shown = papers("deliveries", cwd=tmp_path, COLUMNS="60")
    assert word in "".join(shown.stdout.split())
    assert max(map(len, shown.stdout.splitlines())) <= 60


@pytest.mark.parametrize(
    ("kind", "slot", "said"),
    [
        (EditionKind.DAILY, 3, "paper 3 of the daily edition of 2026-01-15"),
        (EditionKind.WEEKLY, 0, "header of the weekly edition of 2026-01-15"),
        (EditionKind.MONTHLY, 2, "reply 2 of the monthly edition of 2026-01-15"),
        (EditionKind.NEWS, 1, "reply 1 of the news edition of 2026-01-15"),
    ],
)
def test_a_post_is_told_by_its_place_and_the_kind_of_its_edition(kind: EditionKind, slot: int, said: str) -> None:
    post = Post("k", 1, 1, slot, PostState.DEAD, NOON)
    assert which(LedgerRow(post, "lab", "#papers", kind, NOON.date())) == f"{said} in #papers of lab"


async def test_another_teams_ledger_is_empty(directory: Path) -> None:
    assert papers("deliveries", "--team", "firm", cwd=directory).stdout == "No post was ever planned.\n"


async def test_a_stuck_post_is_tried_again_or_dropped_by_the_beginning_of_its_key(directory: Path) -> None:
    assert papers("deliveries", "retry", "aaaaaa2", cwd=directory).stdout.startswith("Planned again")
    assert await state(directory, "aaaaaa2") is PostState.PLANNED
    assert papers("deliveries", "drop", "aaa", cwd=directory).stdout.startswith("Given up")
    assert await state(directory, "aaaaaa1") is PostState.DEAD


@pytest.mark.parametrize(("key", "why"), [("aaaaaa", "2 posts have a key like"), ("b", "No post that is stuck")])
async def test_a_key_that_means_none_or_several_is_refused(directory: Path, key: str, why: str) -> None:
    refused = papers("deliveries", "retry", key, cwd=directory)
    assert refused.returncode == 2
    assert why in refused.stderr


def test_keys_are_shown_as_short_as_they_can_be_told_apart() -> None:
    assert short_keys([]) == {}
    assert short_keys(["abcdef0123", "0123456789"]) == {"abcdef0123": "abcdef", "0123456789": "012345"}
    assert short_keys(["abcdefgh01", "abcdefgh02"]) == {key: key for key in ("abcdefgh01", "abcdefgh02")}


def test_a_ledger_that_is_longer_than_the_list_says_so() -> None:
    counts = {PostState.DEAD: 7, PostState.SENT: 1204}
    assert counted(counts, listed=7) == "1,204 sent, 7 dead."
    assert counted(counts, listed=5) == "1,204 sent, 7 dead. The last 5 that are not sent:"


def test_the_beginning_of_a_key_must_mean_one_post() -> None:
    with pytest.raises(UserError, match="lists them"):
        the_one([], "ab")


@pytest.mark.parametrize(
    ("done", "said"),
    [
        (Delivery(sent=2, unknown=1), "Posted 2 messages. Of 1 message nobody knows whether it came. See `papers de"),
        (
            Delivery(halted=1, waiting=3),
            "Posted 0 messages. 3 messages waiting for another try. 1 channel closed to us.",
        ),
    ],
)
def test_a_run_tells_what_needs_a_person(done: Delivery, said: str) -> None:
    assert delivered(done).startswith(said)


@pytest.mark.parametrize(
    ("outcome", "why"), [(Outcome.PAUSED, "editions are paused"), (Outcome.HALTED, "its channel is closed to us")]
)
def test_why_there_is_no_edition_is_told(outcome: Outcome, why: str) -> None:
    subscription = Subscription(1, 1, 1, Interests(("cs.CL",)))
    said = curated(Curated(subscription, NOON.date(), outcome), "#papers")
    assert said == f"#papers: no edition for 2026-01-15, because {why}."
