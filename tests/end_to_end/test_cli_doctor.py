"""`papers doctor`: what is broken, and how to mend it."""

import re
from pathlib import Path

import pytest

from tests.end_to_end.command import UNREACHABLE, papers
from tests.end_to_end.fake_arxiv import running_arxiv


def marked(mark: str, said: str) -> str:
    """The only finding with this mark, its lines as one."""
    [found] = [each for each in re.split(r"\n(?=\S)", said) if each.startswith(f"{mark}  ")]
    return " ".join(found.split())


def test_where_everything_is_fine_it_says_so(tmp_path: Path) -> None:
    with running_arxiv("2026-01-15") as arxiv:
        said = papers("doctor", cwd=tmp_path, **arxiv.settings)
    assert said.returncode == 0, said.stdout
    assert "×" not in said.stdout
    assert "✓  arXiv" in said.stdout
    assert "paper-round.db is made at the next start" in " ".join(said.stdout.split())
    assert list(tmp_path.iterdir()) == []


def test_an_arxiv_that_does_not_answer_is_broken_and_the_rest_is_not(tmp_path: Path) -> None:
    said = papers("doctor", cwd=tmp_path)
    assert said.returncode == 1
    broken = marked("×", said.stdout)
    assert broken.startswith("× arXiv ")
    assert broken.endswith("→ Try again in some minutes; else look at ARXIV_API_URL and ARXIV_FEED_URL.")
    assert "–  Slack" in said.stdout
    assert "–  Language model" in said.stdout


@pytest.mark.parametrize(
    ("setting", "named", "other"), [("ARXIV_API_URL", "the API:", "feed"), ("ARXIV_FEED_URL", "the feed of", "API")]
)
def test_of_api_and_feed_the_one_that_does_not_answer_is_named(
    setting: str, named: str, other: str, tmp_path: Path
) -> None:
    with running_arxiv("2026-01-15") as arxiv:
        said = papers("doctor", cwd=tmp_path, **{**arxiv.settings, setting: UNREACHABLE})
    broken = marked("×", said.stdout)
    assert named in broken
    assert other not in broken
    assert setting in broken


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    said = papers("doctor", cwd=tmp_path, EDITION_SIZE="0")
    assert said.returncode == 1
    assert "× Settings" in " ".join(said.stdout.split())
    assert "EDITION_SIZE" in said.stdout


def test_a_transcript_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    said = papers("doctor", cwd=tmp_path, TERMINAL_TRANSCRIPT="nowhere/at/all.jsonl")
    assert said.returncode == 1
    assert "TERMINAL_TRANSCRIPT" in said.stdout


def test_a_database_out_of_reach_is_broken_and_its_password_is_not_shown(tmp_path: Path) -> None:
    said = papers("doctor", cwd=tmp_path, DATABASE_URL="postgresql://ada:s3cret@127.0.0.1:9/papers")
    assert said.returncode == 1
    broken = marked("×", said.stdout)
    assert "postgresql://ada:***@127.0.0.1:9/papers" in broken
    assert broken.endswith("→ Correct DATABASE_URL, or start the server.")
    assert max(map(len, said.stdout.splitlines())) <= 80
    assert "s3cret" not in said.stdout + said.stderr


def test_a_database_file_that_cannot_be_made_is_broken_and_what_needs_it_was_not_looked_at(tmp_path: Path) -> None:
    settings = {"DATABASE_URL": "sqlite:///nowhere/at/all.db", "OPENAI_API_KEY": "sk-s3cret"}
    said = papers("doctor", cwd=tmp_path, TERMINAL_TRANSCRIPT="here.jsonl", **settings)
    assert said.returncode == 1
    assert said.stderr == ""
    broken = marked("×", said.stdout)
    assert broken.startswith("× Database")
    assert "a file that can be written" in broken
    assert "–  arXiv" in said.stdout
    assert "–  Language model" in said.stdout


def test_a_file_of_settings_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"ARXIV_CONTACT=Z\xfcrich\n")
    said = papers("doctor", cwd=tmp_path)
    assert said.returncode == 1
    assert "×  Settings" in said.stdout
    assert ".env is not in UTF-8" in said.stdout


def test_a_name_in_the_file_that_is_no_setting_is_told_and_breaks_nothing(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("EDTION_SIZE=8\n")
    with running_arxiv("2026-01-15") as arxiv:
        said = papers("doctor", cwd=tmp_path, **arxiv.settings)
    assert said.returncode == 0, said.stdout
    odd = marked("!", said.stdout)
    assert "EDTION_SIZE" in odd
    assert "Did you mean EDITION_SIZE?" in odd
