"""`papers doctor`: what is broken, and how to mend it."""

from pathlib import Path

from tests.end_to_end.command import papers
from tests.end_to_end.fake_arxiv import running_arxiv


def test_where_everything_is_fine_it_says_so(tmp_path: Path) -> None:
    with running_arxiv("2026-01-15") as arxiv:
        said = papers("doctor", cwd=tmp_path, COLUMNS="160", **arxiv.settings)
    assert said.returncode == 0, said.stdout
    assert "×" not in said.stdout
    assert "✓  arXiv" in said.stdout


def test_an_arxiv_that_does_not_answer_is_broken_and_the_rest_is_not(tmp_path: Path) -> None:
    said = papers("doctor", cwd=tmp_path, COLUMNS="160")
    assert said.returncode == 1
    broken = [line for line in said.stdout.splitlines() if line.startswith("×")]
    assert len(broken) == 1
    assert "arXiv" in broken[0]
    assert "ARXIV_API_URL" in broken[0]
    assert "Slack" in said.stdout
    assert "not set up" in said.stdout


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    said = papers("doctor", cwd=tmp_path, COLUMNS="160", EDITION_SIZE="0")
    assert said.returncode == 1
    assert "× Settings" in " ".join(said.stdout.split())
    assert "EDITION_SIZE" in said.stdout


def test_a_transcript_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    said = papers("doctor", cwd=tmp_path, COLUMNS="160", TERMINAL_TRANSCRIPT="nowhere/at/all.jsonl")
    assert said.returncode == 1
    assert "TERMINAL_TRANSCRIPT" in said.stdout


def test_a_database_out_of_reach_is_broken_and_its_password_is_not_shown(tmp_path: Path) -> None:
    said = papers("doctor", cwd=tmp_path, COLUMNS="160", DATABASE_URL="postgresql://ada:s3cret@127.0.0.1:9/papers")
    assert said.returncode == 1
    assert "DATABASE_URL" in said.stdout
    assert "s3cret" not in said.stdout + said.stderr
