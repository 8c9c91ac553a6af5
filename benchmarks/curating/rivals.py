"""What others rank by, for comparison: keyword counting, arxiv-sanity-lite's SVM, and a plain logistic regression."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

from bot.curation.features import FEATURES, AuthorHistory
from bot.curation.model import Reading
from bot.papers import Paper

KEYWORDS = re.compile(
    r"\bLLMs?\b|language model|\bMLLMs?\b|\bVLMs?\b|transformer|prompt|instruction tun|fine-tun|reinforcement learning"
    r"|\bRLHF\b|\bRLVR\b|\bGRPO\b|chain-of-thought|reasoning|agent|retrieval-augmented|\bRAG\b|alignment|hallucinat"
    r"|in-context|pre-?train|quantiz|long-context|mixture-of-experts|\bMoE\b|benchmark|jailbreak|tool use|scaling law",
    re.IGNORECASE,
)
FORM = FEATURES.index("language models are the subject")
"""How many of the FEATURES are of a paper's form; the rest need a taxonomy."""
DENSE_GAIN = 0.15


def keywords(papers: Sequence[Paper]) -> list[float]:
    """How often each paper holds a word of the field, one in the title counting twice."""
    return [2.0 * len(KEYWORDS.findall(p.title)) + len(KEYWORDS.findall(p.abstract)) for p in papers]


class Tfidf:
    """Papers as arxiv-sanity-lite reads them: title, abstract and authors, with the settings of its `compute.py`.
    Source: https://github.com/karpathy/arxiv-sanity-lite"""

    def __init__(self, known: Sequence[Paper]) -> None:
        self._vectorizer = TfidfVectorizer(
            strip_accents="unicode",
            stop_words="english",
            token_pattern=r"(?u)\b[a-zA-Z_][a-zA-Z0-9_]+\b",
            ngram_range=(1, 2),
            max_features=20_000,
            sublinear_tf=True,
            max_df=0.1,
            min_df=5,
        )
        self.known = self._vectorizer.fit_transform(map(_whole, known))

    def rows(self, papers: Sequence[Paper]) -> csr_array:
        return self._vectorizer.transform(map(_whole, papers))


def _whole(paper: Paper) -> str:
    return " ".join((paper.title, paper.abstract, *(author.name for author in paper.authors)))


def svm(known: csr_array, liked: NDArray[np.bool_], new: csr_array, *, tolerance: float = 1e-6) -> list[float]:
    """arxiv-sanity-lite's ranking: a linear SVM of what is tagged against all that is not."""
    machine = LinearSVC(class_weight="balanced", C=0.01, tol=tolerance, max_iter=10_000).fit(known, liked)
    scores: list[float] = machine.decision_function(new).tolist()
    return scores


def regression(
    text: tuple[csr_array, csr_array], dense: tuple[NDArray[np.float64], NDArray[np.float64]], liked: NDArray[np.bool_]
) -> list[float]:
    """Logistic regression on TF-IDF, author history and metadata; each pair is of what is known and what is new."""
    scaler = StandardScaler().fit(dense[0])
    known, new = (
        hstack([rows, csr_array(DENSE_GAIN * scaler.transform(more))], format="csr")
        for rows, more in zip(text, dense, strict=True)
    )
    machine = LogisticRegression(C=1.0, class_weight="balanced", max_iter=3000).fit(known, liked)
    scores: list[float] = machine.decision_function(new).tolist()
    return scores


def dense(reading: Reading, history: AuthorHistory) -> list[float]:
    """Form and author history of a paper."""
    return [*reading.form[:FORM], *history.features(reading.text)]
