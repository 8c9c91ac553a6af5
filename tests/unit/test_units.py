"""The systemd units."""

from difflib import ndiff
from pathlib import Path

DEPLOY = Path(__file__).parents[2] / "deploy"


def settings(unit: str) -> list[str]:
    return [line for line in (DEPLOY / unit).read_text("utf-8").splitlines() if line and not line.startswith("#")]


def test_one_of_several_processes_is_kept_as_the_only_one_is_but_for_what_it_does() -> None:
    alone, several = settings("paper-round.service"), settings("paper-round@.service")
    assert [line for line in ndiff(alone, several) if line[0] in "+-"] == [
        "- Description=Paper Round: a research team's papers, every morning, in its channel",
        "+ Description=Paper Round: a research team's papers, every morning, in its channel (%I)",
        "+ Environment=ROLES=%I",
        "+ EnvironmentFile=-/var/lib/paper-round/%I.env",
        "- ExecStart=/opt/paper-round/.venv/bin/papers run",
        "+ ExecStart=/opt/paper-round/.venv/bin/papers run --roles ${ROLES}",
    ]
