"""`papers db copy`: a team that outgrew SQLite goes on on PostgreSQL, and back."""

from pathlib import Path

import pytest

from tests.conftest import Databases
from tests.end_to_end.command import papers

DEMO = "sqlite:///paper-round-demo-sample.db"


def test_a_team_goes_on_where_it_was_on_another_database(databases: Databases, tmp_path: Path) -> None:
    assert papers("demo", cwd=tmp_path).returncode == 0
    url = databases.create()
    try:
        said = papers("shell", "-c", "save 2", "-c", "tag 2 agents", cwd=tmp_path, DATABASE_URL=DEMO)
        assert said.returncode == 0, said.stdout
        copied = papers("db", "copy", "--from", DEMO, "--to", url, cwd=tmp_path)
        assert copied.returncode == 0, copied.stderr
        assert "rows, and found each of them as it was" in " ".join(copied.stdout.split())
        lines = ("-c", "save 1", "-c", "list", "-c", "search models", "-c", "today")
        said = papers("shell", *lines, cwd=tmp_path, DATABASE_URL=url)
        assert said.returncode == 0, said.stdout
        assert "Unread 2" in said.stdout
        assert "#agents" in said.stdout
    finally:
        databases.drop(url)


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("nonsense", "sqlite:///new.db", "--from must read like sqlite:///file.db or postgresql://"),
        ("sqlite:///nowhere.db", "sqlite:///new.db", "--from names a file that is not there"),
        ("postgresql://ada:s3cret@127.0.0.1:9/papers", "sqlite:///new.db", "Check --from."),
        ("sqlite:///old.db", "postgres:5432", "--to must read like sqlite:///file.db or postgresql://"),
        ("sqlite:///old.db", "postgresql://ada:s3cret@127.0.0.1:9/papers", "Check --to."),
    ],
)
def test_an_option_that_names_no_database_is_named(source: str, target: str, said: str, tmp_path: Path) -> None:
    assert papers("db", "upgrade", cwd=tmp_path, DATABASE_URL="sqlite:///old.db").returncode == 0
    refused = papers("db", "copy", "--from", source, "--to", target, cwd=tmp_path)
    assert refused.returncode == 2
    assert said in refused.stderr
    assert "DATABASE_URL" not in refused.stderr
    assert "s3cret" not in refused.stderr
    assert not (tmp_path / "new.db").exists()
