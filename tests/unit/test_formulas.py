"""Formulas in titles and abstracts."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from adapters.arxiv.formulas import on_one_line


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("$k$", "k"),
        (r"$\mathcal{O}(n \log n)$", "O(n log n)"),
        (r"$2\log_2 n + \log\log n$", "2 log₂ n + log log n"),
        (r"$\operatorname{arg\,max}_x f(x)$", "arg maxₓ f(x)"),
        (r"$x_i^{2} + 10^{-6} + x_{t+1}$", "xᵢ² + 10⁻⁶ + xₜ₊₁"),
        (r"$x_{\text{max}}y + e^{-\lambda t}$", "x_max y + e^(-λt)"),
        (r"$\sqrt{n}$", "√n"),
        (r"$\sqrt{n+1}\,k$", "√(n+1) k"),
        (r"$\sqrt{n}k$", "(√n)k"),
        (r"$\frac{a+b}{c}$", "(a+b)/c"),
        (r"$n\frac{1}{2}$", "n(1/2)"),
        (r"$\frac12 n$", "1/2 n"),
        (r"$f: \mathbb{R}^d \to \mathbb{R}$", "f: ℝᵈ → ℝ"),
        (r"$n \leq 5$", "n ≤ 5"),
        (r"$\geq 2\times$", "≥2×"),
        (r"$\tilde{O}(T)$ ".strip(), "Õ(T)"),
        (r"$\|x\|_2 \in \{0, 1\}$", "‖x‖₂ ∈ {0, 1}"),
        (r"$\pi^*, x', 90^\circ$", "π*, x′, 90°"),
        (r"$50%$ ".strip(), "50%"),
        (r"$\textbf{Bold}\_name$", "Bold_name"),
        (r"$$\sum_{i=1}^n x_i$$", "∑ᵢ₌₁ⁿ xᵢ"),
        (r"\[ \alpha_{\rm eff} \]", "α_eff"),
    ],
)
def test_a_formula_is_read_on_one_line(written: str, read: str) -> None:
    assert on_one_line(written) == read


@pytest.mark.parametrize(
    "formula",
    [
        r"$\begin{pmatrix} a & b \end{pmatrix}$",
        r"$\underset{x}{\max} f$",
        r"$\hat{xy}$",
        r"$\ourown$",
        r"$\sqrt[5]{n}$",
        r"$\frac{}{2}$",
        "$x^$",
        "$x^^2$",
        r"$\frac{a$",
        "$5 and $",
        "$10 million to $",
        "$$",
    ],
)
def test_what_no_line_can_show_stays_as_written(formula: str) -> None:
    assert on_one_line(formula) == formula


PIECES = [
    *r"\{}$%&~_^#`'\"-[]() ", "x", "1", r"\frac", r"\sqrt", r"\text{a}", r"\log ", r"\alpha", r"\mathbb", r"\hat",
    r"\begin{x}", r"\left", "é",
]  # fmt: skip


@given(some.lists(some.sampled_from(PIECES), min_size=1, max_size=12).map("".join))
def test_any_formula_is_read_or_stays(inside: str) -> None:
    for formula in (f"${inside}$", rf"\({inside}\)"):
        read = on_one_line(formula)
        assert read == formula or (read == " ".join(read.split()) and "\\" not in read)
