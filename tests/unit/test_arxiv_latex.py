"""LaTeX in titles and abstracts."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from adapters.arxiv.latex import readable


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"Schr\"odinger, {\'e}cole, Erd\H{o}s, S\o ren", "Schrödinger, école, Erdős, Søren"),
        (r"\L{}ukasz, Ho\`ang, \'{\i}", "Łukasz, Hoàng, í"),
        (r"\textbf{bold}, \emph{very \textit{so}} and {\em this}", "bold, very so and this"),
        (r"\texttt{a_b} and \textsc{Small Caps}", "a_b and Small Caps"),
        (r"the bound $O(n^2)$ of \emph{$k$-means} and \(x\)", "the bound O(n²) of k-means and x"),
        (r"display \[ \frac{a}{b} \] and $$\sum_i x_i$$", "display a/b and ∑ᵢ xᵢ"),
        (r"$k$NN at $\sim$30\% in $\mathcal{O}(n \log n)$", "kNN at ~30% in O(n log n)"),
        (r"\textbf{Fast $\tau^2$} of \texttt{H$_2$O}", "Fast τ² of H₂O"),
        ("from $5 to $10, or $5-$10, or $20 million", "from $5 to $10, or $5-$10, or $20 million"),
        ("two\nlines\r\n  and   more", "two lines and more"),
        (r"50% of cats, 25\% of dogs, Q&A, Q\&A, top\_k, \$5", "50% of cats, 25% of dogs, Q&A, Q&A, top_k, $5"),
        (r"about ~30% but Fig.~1 and \emph{a}~b", "about ~30% but Fig. 1 and a b"),
        (r"first\\ second", "first second"),
        ("``quoted'' --- a dash -- another", "“quoted” — a dash – another"),
        (r"\OurModel{} and \OurModel beat \rev{the} rest", "OurModel and OurModel beat the rest"),
        (r"a 3.6\times gain, \alpha stable", "a 3.6× gain, α stable"),
        (r"see \cite{who2020} or \url{http://a.b/c_d}", "see [who2020] or http://a.b/c_d"),
        (r"on \href{this https URL}{our page}", "on our page"),
        (r"claims\footnote{not all} hold", "claims (not all) hold"),
        ("a set {0, 1} and a brace }", "a set {0, 1} and a brace }"),
        ("a lone $ and p < 0.05", "a lone $ and p < 0.05"),
        ("", ""),
    ],
)  # fmt: skip
def test_reads_as_meant(written: str, read: str) -> None:
    assert readable(written) == read


@pytest.mark.parametrize("text", [r"an \input{file} of \emph{x}", r"half a \frac", r"no note \footnote"])
def test_what_makes_no_sense_stays_as_it_was(text: str) -> None:
    assert readable(text) == text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"\emph{never closed", "never closed"),
        (r"closed} \emph{twice}", "closed twice"),
        (r"\textbf{a \emph{b}", "a b"),
        ("at the end \\", "at the end"),
    ],
)
def test_unbalanced_markup_keeps_its_words(written: str, read: str) -> None:
    assert readable(written) == read


PIECES = [*r"\{}$%&~_^#`'\"-[]() ", "\n", *"abcé1", "\\emph{", "\\'e", "\\begin{x}", "\ue000"]


@given(some.lists(some.sampled_from(PIECES), max_size=40).map("".join))
def test_never_raises_and_gives_one_line(text: str) -> None:
    assert readable(text) == " ".join(readable(text).split())


@given(
    some.lists(
        some.sampled_from(["plain", "words", "50%", "A&B", "$O(n)$", r"\emph{x}", r"\alpha", "{x}", "}", "~", "\\\\"])
    )
)
def test_never_loses_a_word(parts: list[str]) -> None:
    read = readable(" ".join(parts))
    for word in ("plain", "words", "50%", "A&B", "$O(n)$"):
        assert read.count(word.strip("$")) == parts.count(word)
