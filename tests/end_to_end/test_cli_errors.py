"""How `papers` says that something is wrong: one line, an exit code, and never a traceback or a secret."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Databases
from tests.end_to_end.command import papers


def test_help_shows_every_command_with_what_it_is_for(tmp_path: Path) -> None:
    said = papers("--help", cwd=tmp_path)
    assert said.returncode == 0
    for command in ("demo", "run", "shell", "doctor", "job", "db"):
        assert f" {command} " in said.stdout


def test_the_version_is_the_packages(tmp_path: Path) -> None:
    assert papers("--version", cwd=tmp_path).stdout.startswith("Paper Round 0.")


def test_a_wrong_setting_is_one_line_that_names_it(tmp_path: Path) -> None:
    said = papers("shell", "-c", "today", cwd=tmp_path, TIME_ZONE="Mars/Olympus")
    assert said.returncode == 2
    assert said.stderr == "papers: TIME_ZONE: use an IANA name such as Europe/Berlin\n"


@pytest.mark.parametrize("step", ["collect", "curate", "deliver"])
def test_a_time_that_is_none_is_one_line_with_an_example(step: str, tmp_path: Path) -> None:
    said = papers("job", step, "--now", "yesterday", cwd=tmp_path)
    assert said.returncode == 2
    assert said.stderr == 'papers: --now takes a time such as 2026-01-15T08:00, not "yesterday".\n'


def test_a_database_out_of_reach_is_one_line_without_its_password(tmp_path: Path) -> None:
    said = papers("shell", "-c", "today", cwd=tmp_path, DATABASE_URL="postgresql://ada:s3cret@127.0.0.1:9/papers")
    assert said.returncode == 1
    assert said.stderr.startswith("papers: ")
    assert said.stderr.count("\n") == 1
    assert "s3cret" not in said.stdout + said.stderr


def test_a_database_in_a_directory_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    said = papers("job", "deliver", cwd=tmp_path, DATABASE_URL="sqlite:///nowhere/at/all.db")
    assert said.returncode == 1
    assert said.stderr.startswith("papers: ")
    assert said.stderr.count("\n") == 1


@pytest.fixture
def postgresql_without_tables(databases: Databases) -> Iterator[str]:
    url = databases.create()
    yield url
    databases.drop(url)


def test_a_database_on_a_server_is_only_changed_when_told_to(postgresql_without_tables: str, tmp_path: Path) -> None:
    behind = papers("shell", "-c", "today", cwd=tmp_path, DATABASE_URL=postgresql_without_tables)
    assert behind.returncode == 1
    assert "papers db upgrade" in behind.stderr
    assert papers("db", "check", cwd=tmp_path, DATABASE_URL=postgresql_without_tables).returncode == 1
    assert papers("db", "upgrade", cwd=tmp_path, DATABASE_URL=postgresql_without_tables).returncode == 0
    assert papers("db", "check", cwd=tmp_path, DATABASE_URL=postgresql_without_tables).returncode == 0
    assert papers("shell", "-c", "status", cwd=tmp_path, DATABASE_URL=postgresql_without_tables).returncode == 0
