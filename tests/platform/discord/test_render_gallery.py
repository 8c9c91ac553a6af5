"""The gallery shows what the bot says now."""

from pathlib import Path

import pytest

from bot.config import Settings
from docs.gallery import discord


async def test_the_gallery_is_what_its_command_makes_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = (discord.HERE / "discord.html").read_text("utf-8")
    monkeypatch.chdir(tmp_path)  # where no .env is
    for setting in Settings.model_fields:
        monkeypatch.delenv(setting.upper(), raising=False)
    assert await discord.page() == kept, "run: python -m docs.gallery"
