"""`papers` with a language model: one that answers, and one that is not there."""

import asyncio
from pathlib import Path

from tests.end_to_end.command import UNREACHABLE, papers
from tests.end_to_end.fake_arxiv import running_arxiv
from tests.fakes.llm import FakeLLM


async def test_doctor_says_that_the_model_answers_and_shows_no_key(tmp_path: Path) -> None:
    with running_arxiv("2026-01-15") as arxiv:
        fake = FakeLLM(mind=lambda _: '{"word": "yes"}')
        async with fake.serving() as url:
            settings = {"OPENAI_BASE_URL": url, "OPENAI_API_KEY": "sk-s3cret", "COLUMNS": "160", **arxiv.settings}
            said = await asyncio.to_thread(lambda: papers("doctor", cwd=tmp_path, **settings))
    assert said.returncode == 0, said.stdout
    assert "gpt-4o-mini at 127.0.0.1 answers" in said.stdout
    assert "s3cret" not in said.stdout + said.stderr
    assert [asked.api for asked in fake.asked] == ["responses"], "its schema is one that strict servers take"


def test_without_the_model_a_summary_is_an_extract_and_doctor_says_how_to_mend_it(tmp_path: Path) -> None:
    settings = {"OPENAI_BASE_URL": UNREACHABLE, "OPENAI_API_KEY": "sk-s3cret", "OPENAI_TIMEOUT": "5", "COLUMNS": "160"}
    with running_arxiv("2026-01-15") as arxiv:
        settings |= arxiv.settings
        doctor = papers("doctor", cwd=tmp_path, **settings)
        papers("job", "collect", "--now", "2026-01-15", cwd=tmp_path, **settings)
        papers("job", "curate", "--now", "2026-01-15", cwd=tmp_path, **settings)
        said = papers("shell", "-c", "summary 1", cwd=tmp_path, **settings)
    assert doctor.returncode == 1
    assert "OPENAI_BASE_URL" in doctor.stdout
    assert said.returncode == 0, said.stderr
    assert "Extract from the abstract; the model" in said.stdout
    assert "s3cret" not in doctor.stdout + doctor.stderr + said.stdout + said.stderr
