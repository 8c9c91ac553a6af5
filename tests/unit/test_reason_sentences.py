"""Every reason has a sentence, made of its facts."""

import pytest

from bot.cards.papers import why
from bot.editions import Reason, ReasonKind


@pytest.mark.parametrize("kind", ReasonKind)
def test_every_reason_is_said_in_words(kind: ReasonKind) -> None:
    said = why((Reason(kind, "process {rewards}", 3),))
    assert said
    if kind not in (ReasonKind.LANGUAGE_MODELS, ReasonKind.EXPLORING):
        assert "process {rewards}" in said
    if kind.startswith(("saved_a", "saved_t", "passed")):
        assert "3 papers" in said


def test_a_long_title_in_a_reason_is_cut_at_a_word() -> None:
    assert "…" in why((Reason(ReasonKind.SAVED_PAPER, "many words " * 20),))
