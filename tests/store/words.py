"""Texts and questions that are likely to meet: accents, marks, scripts, punctuation, long words and short ones."""

from hypothesis import strategies as st

_WORDS = (
    "re", "rew", "reward", "Rewards", "RÉWARD", "re\u0301ward", "a", "ab", "abc", "x2", "x²", "ﬁne-tuning", "fine",
    "Straße", "STRASSE", "σίσυφος", "ΣΊΣΥΦΟΣ", "модель", "МОДЕЛИ", "强化学习", "強化", "강화학습", "かな",
    "İzmir", "izmir", "C++", "don't", '"quoted"', "AND", "NOT", "NEAR(", "title:", "x*", "§1", "§2", "_", "--",
    "\\", "a\0b", "&", "|", "🙂",
)  # fmt: skip

_WORD = st.sampled_from(_WORDS) | st.text(max_size=4)

TEXTS = st.lists(_WORD, max_size=5).map(" ".join)
"""What a paper or a note says."""

QUERIES = st.lists(st.builds(lambda word, length: word[:length], _WORD, st.integers(1, 9)), max_size=3).map(" ".join)
"""What people look for: starts of the same words."""
