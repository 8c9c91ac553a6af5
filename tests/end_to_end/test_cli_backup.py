"""`papers db backup` and `papers db restored`."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from adapters.store import open_store
from bot.announcements import expected_batch
from tests.end_to_end.command import papers
from tests.end_to_end.fake_arxiv import running_arxiv
from tests.factories import sender


async def test_a_back_up_is_made_beside_a_writer_and_holds_what_was_committed(sqlite_url: str, tmp_path: Path) -> None:
    kept, begun = tmp_path / "kept.db", tmp_path / "kept.db.part"
    begun.write_text("what was cut off")
    async with open_store(sqlite_url) as store:
        async with store() as tx:
            await tx.teams.identify(sender("ada"))
            await tx.commit()
        async with store() as tx:
            await tx.teams.identify(sender("bob"))
            said = await asyncio.to_thread(papers, "db", "backup", str(kept), cwd=tmp_path)
            await tx.commit()
    assert (said.returncode, said.stdout, said.stderr) == (0, f"The database is copied to {kept}.\n", "")
    with closing(sqlite3.connect(kept)) as copy:
        assert copy.execute("SELECT name FROM members").fetchall() == [("Ada",)]
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert kept.stat().st_mode & 0o777 == 0o600
    assert not begun.exists()


def test_a_back_up_overwrites_nothing_and_names_what_is_for_postgresql(sqlite_url: str, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_text("an older one")
    refused = papers("db", "backup", str(there), cwd=tmp_path)
    assert (refused.returncode, refused.stderr) == (1, f"papers: {there} is there already. Name a new file.\n")
    assert there.read_text() == "an older one"
    nowhere = papers("db", "backup", "no/where.db", cwd=tmp_path)
    assert nowhere.returncode == 1
    assert nowhere.stderr.startswith("papers: No back-up was written to no/where.db: ")
    server = papers("db", "backup", "new.db", cwd=tmp_path, DATABASE_URL="postgresql://ada:s3cret@127.0.0.1:9/papers")
    assert server.returncode == 1
    assert "pg_dump" in server.stderr
    assert "s3cret" not in server.stderr


def test_a_restored_database_is_taken_up_as_of_a_time_that_has_passed(sqlite_url: str, tmp_path: Path) -> None:
    assert papers("db", "backup", "kept.db", cwd=tmp_path).returncode == 0
    shutil.copyfile(tmp_path / "kept.db", tmp_path / "paper-round.db")
    ahead = papers("db", "restored", "--stopped", "2999-01-01", cwd=tmp_path)
    assert (ahead.returncode, "a time that has passed" in ahead.stderr) == (2, True)
    with running_arxiv(f"{expected_batch(datetime.now(UTC))}", papers=1) as arxiv:
        settings = {"CATEGORIES": "cs.CL", **arxiv.settings}
        taken_up = papers("db", "restored", "--stopped", "2026-01-15T14:00", cwd=tmp_path, **settings)
    assert (taken_up.returncode, taken_up.stderr) == (0, "")
    assert taken_up.stdout.endswith("Editions that count as published: 1. The bot can run now.\n")
