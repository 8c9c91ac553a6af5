"""Texts from outside, as they are shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from adapters.plain import fitted


def marked(text: str, most: int = 100) -> str:
    return fitted(text, most).replace("\u2068", "[").replace("\u2069", "]")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Left to right", "Left to right"),
        ("دراسة في GPT-4 و RLHF في 2026", "[دراسة في GPT-4 و RLHF في 2026]"),
        ("عمر 2026", "[عمر 2026]"),
        ("“دراسة: GPT-4 في 2026” is not on your list yet.", "“[دراسة: GPT-4 في 2026]” is not on your list yet."),
        ("عمر, Okafor and 3 more · cs.CL", "[عمر], Okafor and 3 more · cs.CL"),
        ("Okafor, עומר כהן and 3 more", "Okafor, [עומר כהן] and 3 more"),
    ],
)
def test_a_sentence_keeps_its_order_around_words_from_right_to_left(text: str, shown: str) -> None:
    assert marked(text) == shown


@given(
    some.lists(some.sampled_from(["word", "عمر", "“عمر 5”", "“x”", "12", ",", "“"])).map(" ".join), some.integers(4, 60)
)
def test_no_text_is_longer_than_it_may_be(text: str, most: int) -> None:
    shown = fitted(text, most)
    assert len(shown) <= most
    assert shown.count("\u2068") == shown.count("\u2069")
