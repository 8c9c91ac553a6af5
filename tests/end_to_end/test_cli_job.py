"""`papers job …` against an arXiv of our own: one line each, and an exit code that cron can go by."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.command import papers
from tests.end_to_end.fake_arxiv import Arxiv, running_arxiv

DAY = "2026-01-15"
MORNING = f"{DAY}T09:00"


@pytest.fixture
def arxiv() -> Iterator[Arxiv]:
    with running_arxiv(DAY) as arxiv:
        yield arxiv


def job(step: str, *arguments: str, cwd: Path, arxiv: Arxiv, now: str = MORNING) -> tuple[int, str]:
    done = papers("job", step, "--now", now, *arguments, cwd=cwd, CATEGORIES="cs.CL", **arxiv.settings)
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1
    return done.returncode, done.stdout.strip()


def test_the_three_steps_of_a_morning_and_then_again(arxiv: Arxiv, tmp_path: Path) -> None:
    code, said = job("collect", cwd=tmp_path, arxiv=arxiv)
    assert code == 0
    assert said.startswith("Collected ")
    assert "cs.CL: " in said
    code, said = job("curate", cwd=tmp_path, arxiv=arxiv)
    assert code == 0
    assert said.startswith(f"terminal: made the edition of {DAY}, 5 of ")
    assert job("deliver", cwd=tmp_path, arxiv=arxiv) == (0, "Posted 6 messages.")

    assert job("collect", cwd=tmp_path, arxiv=arxiv)[1].startswith("Collected 0 new papers.")
    assert job("curate", cwd=tmp_path, arxiv=arxiv) == (0, f"terminal: the edition of {DAY} was made before.")
    assert job("deliver", cwd=tmp_path, arxiv=arxiv) == (0, "Posted 0 messages.")
    watched = "Asked for the records of 0 papers. Planned 0 replies."
    assert job("watch", cwd=tmp_path, arxiv=arxiv) == (0, watched)


def test_a_collection_that_got_no_answer_fails_and_no_edition_pretends_otherwise(arxiv: Arxiv, tmp_path: Path) -> None:
    dead = Arxiv(f"{arxiv.url}/not/here")
    code, said = job("collect", cwd=tmp_path, arxiv=dead)
    assert code == 1
    assert "cs.CL: failed" in said
    code, said = job("curate", cwd=tmp_path, arxiv=dead)
    assert code == 0
    assert (
        said == f"terminal: no edition for {DAY}, because arXiv has not answered for cs.CL since 09:00 on {DAY} (UTC)."
    )
    assert job("collect", cwd=tmp_path, arxiv=arxiv)[0] == 0
    assert job("curate", cwd=tmp_path, arxiv=arxiv)[1].startswith("terminal: made the edition")


def test_curate_due_respects_the_hour(arxiv: Arxiv, tmp_path: Path) -> None:
    job("collect", cwd=tmp_path, arxiv=arxiv, now=f"{DAY}T06:00")
    code, said = job("curate", "--due", cwd=tmp_path, arxiv=arxiv, now=f"{DAY}T07:59")
    assert (code, said) == (0, f"terminal: no edition for {DAY}, because it is due on its days from 08:00 (UTC).")
    assert job("curate", "--due", cwd=tmp_path, arxiv=arxiv, now=f"{DAY}T08:00")[1].startswith("terminal: made")


def test_on_a_saturday_it_says_that_nothing_was_announced(arxiv: Arxiv, tmp_path: Path) -> None:
    arxiv.order(today="2026-01-16", papers=20)
    for step in ("collect", "curate"):
        job(step, cwd=tmp_path, arxiv=arxiv, now="2026-01-16T09:00")
    arxiv.order(today="2026-01-17")
    assert job("collect", cwd=tmp_path, arxiv=arxiv, now="2026-01-17T09:00")[0] == 0
    code, said = job("curate", cwd=tmp_path, arxiv=arxiv, now="2026-01-17T09:00")
    assert code == 0
    assert said == "terminal: no edition for 2026-01-17, because arXiv announces nothing at weekends."


def test_a_time_without_an_offset_is_in_the_zone_of_the_settings(arxiv: Arxiv, tmp_path: Path) -> None:
    late_in_tokyo = papers(
        "job", "curate", "--due", "--now", "2026-01-16T07:00", cwd=tmp_path, TIME_ZONE="Asia/Tokyo", **arxiv.settings
    )
    assert (
        late_in_tokyo.stdout
        == "terminal: no edition for 2026-01-16, because it is due on its days from 08:00 (Asia/Tokyo).\n"
    )


def test_a_channel_that_cannot_be_written_fails_the_delivery(arxiv: Arxiv, tmp_path: Path) -> None:
    job("collect", cwd=tmp_path, arxiv=arxiv)
    job("curate", cwd=tmp_path, arxiv=arxiv)
    (tmp_path / "paper-round.jsonl").mkdir()
    failed = papers("job", "deliver", "--now", MORNING, cwd=tmp_path, CATEGORIES="cs.CL", **arxiv.settings)
    assert failed.returncode == 1
    assert failed.stdout == "Posted 0 messages. 6 messages waiting for another try.\n"
