"""The galleries show what the bot says now."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.config import Settings
from docs.gallery import discord, slack

GALLERY = slack.HERE


@pytest.mark.parametrize(("page", "files"), [("slack.html", slack.files), ("discord.html", discord.files)])
async def test_a_gallery_is_what_its_command_makes_of_it(
    page: str,
    files: Callable[[], Awaitable[dict[str, bytes]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)  # where no .env is
    for setting in Settings.model_fields:
        monkeypatch.delenv(setting.upper(), raising=False)
    drawn = await files()
    assert drawn[page].decode() == (GALLERY / page).read_text("utf-8"), "run: python -m docs.gallery"
