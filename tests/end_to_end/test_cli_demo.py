"""`papers demo` where arXiv cannot be reached, then the shell on what it left."""

from pathlib import Path

import pexpect
import pytest

from tests.end_to_end.command import PAPERS, environment, papers

READY = r"\x1b\[\?2004h(?s:.*?)papers>"
"""A new prompt, and not the old one drawn anew: it begins with the switch for bracketed paste."""
SAMPLE_DATABASE = "sqlite:///paper-round-demo-sample.db"


@pytest.fixture(scope="module")
def demonstrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory in which the demo ran once."""
    directory = tmp_path_factory.mktemp("demo")
    first = papers("demo", cwd=directory)
    assert first.returncode == 0, first.stderr
    (directory / "first.txt").write_text(first.stdout)
    return directory


def test_the_demo_prints_an_edition_and_says_that_its_papers_are_invented(demonstrated: Path) -> None:
    edition = (demonstrated / "first.txt").read_text()
    assert " sample papers: invented" in " ".join(edition.split())
    assert "\nPapers for " in edition
    assert "\n1  " in edition
    assert "Why: " in edition
    assert "papers>" not in edition
    assert "This demo is kept in paper-round-demo-sample.db." in " ".join(edition.split())


def test_a_second_demo_shows_the_same_edition(demonstrated: Path) -> None:
    second = papers("demo", cwd=demonstrated)
    assert second.returncode == 0
    assert second.stdout == (demonstrated / "first.txt").read_text()


def test_the_demo_leaves_the_users_own_database_alone(demonstrated: Path) -> None:
    files = {path.name for path in demonstrated.iterdir()}
    assert {"paper-round-demo-sample.db", "paper-round-demo-sample.jsonl"} <= files
    assert not any(name.startswith("paper-round.") for name in files)


def test_what_was_said_in_one_shell_is_known_in_the_next(demonstrated: Path) -> None:
    lines = ["-c", "save 2", "-c", "tag 2 agents", "-c", "note 2 compare with ours", "-c", "react 1 bookmark"]
    said = papers("shell", "--as", "ada", *lines, cwd=demonstrated, DATABASE_URL=SAMPLE_DATABASE)
    assert said.returncode == 0, said.stdout
    listed = papers("shell", "-c", "list", "-c", "show 2", cwd=demonstrated, DATABASE_URL=SAMPLE_DATABASE).stdout
    assert "Unread 2" in listed
    assert "#agents" in listed
    assert "compare with ours" in listed
    assert listed.count("ada") >= 3


def test_a_line_that_cannot_be_done_fails_the_shell_but_not_the_lines_after_it(demonstrated: Path) -> None:
    said = papers("shell", "-c", "save 99", "-c", "status", cwd=demonstrated, DATABASE_URL=SAMPLE_DATABASE)
    assert said.returncode == 1
    assert "× " in said.stdout
    assert "cs.CL" in said.stdout


def test_the_status_of_the_sample_does_not_say_that_arxiv_answered(demonstrated: Path) -> None:
    said = papers("shell", "-c", "status", cwd=demonstrated, DATABASE_URL=SAMPLE_DATABASE, COLUMNS="160").stdout
    assert "arXiv was not asked" in " ".join(said.split())


def test_without_a_terminal_the_shell_reads_lines_until_it_is_told_to_leave(demonstrated: Path) -> None:
    said = papers("shell", cwd=demonstrated, typed="\nstatus\nquit\nsave 99\n", DATABASE_URL=SAMPLE_DATABASE)
    assert said.returncode == 0
    assert "cs.CL" in said.stdout
    assert "×" not in said.stdout


def test_at_the_prompt_verbs_complete_ctrl_c_clears_and_ctrl_d_leaves(demonstrated: Path) -> None:
    variables = environment(DATABASE_URL=SAMPLE_DATABASE, TERM="xterm", PROMPT_TOOLKIT_NO_CPR="1")
    prompt = pexpect.spawn(
        PAPERS[0], [*PAPERS[1:], "shell"], cwd=demonstrated, env=variables, encoding="utf-8", timeout=30
    )
    try:
        prompt.expect(READY)
        prompt.send("save 99")
        prompt.expect("save 99")
        prompt.sendintr()
        prompt.expect(READY)
        prompt.send("stat")
        prompt.expect("stat")
        prompt.send("\t")
        prompt.expect("us")
        prompt.send("\r")
        prompt.expect("cs.CL")
        prompt.expect(READY)
        prompt.sendeof()
        prompt.expect(pexpect.EOF)
    finally:
        prompt.close()
    assert prompt.exitstatus == 0
    assert "+status" in (demonstrated / "paper-round-demo-sample.history").read_text()
