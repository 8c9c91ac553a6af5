"""Texts and questions that are likely to meet: accents, marks, scripts, punctuation, long words and short ones."""

from collections.abc import Iterable

from hypothesis import strategies as st

_WORDS = (
    "re", "rew", "reward", "Rewards", "RÉWARD", "re\u0301ward", "a", "ab", "abc", "x2", "x²", "ﬁne-tuning", "fine",
    "Straße", "STRASSE", "σίσυφος", "ΣΊΣΥΦΟΣ", "модель", "МОДЕЛИ", "强化学习", "強化", "강화학습", "かな",
    "İzmir", "izmir", "C++", "don't", '"quoted"', "AND", "NOT", "NEAR(", "title:", "x*", "§1", "§2", "_", "--",
    "\\", "a\0b", "&", "|", "🙂",
)  # fmt: skip

TEXTS = st.lists(st.sampled_from(_WORDS) | st.text(max_size=4), min_size=1, max_size=5).map(" ".join)
"""What a paper or a note says."""


def questions(texts: Iterable[str]) -> st.SearchStrategy[str]:
    """What people look for in these texts: words of theirs, or the starts of some, and now and then another."""
    theirs = st.sampled_from(sorted({word for text in texts for word in text.split()} or {""}))
    cut = st.builds(lambda word, length: word[:length], theirs, st.integers(1, 9))
    return st.lists(st.one_of(theirs, cut, cut, st.sampled_from(_WORDS)), min_size=1, max_size=3).map(" ".join)
