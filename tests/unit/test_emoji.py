"""What an emoji means."""

import pytest

from bot.commands import verb_of_emoji


@pytest.mark.parametrize(
    "emoji", ["bookmark", ":bookmark:", "Bookmark", "bookmark::skin-tone-3", ":bookmark::skin-tone-6:"]
)
def test_an_emoji_means_its_verb_whatever_its_colons_and_skin_tone(emoji: str) -> None:
    assert verb_of_emoji(emoji, {"bookmark": "save"}) == "save"


def test_an_emoji_that_was_given_no_meaning_has_none() -> None:
    assert verb_of_emoji("tada", {"bookmark": "save"}) is None
