"""What bears a claim out, and what does not."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.summaries.grounding import LONGEST_CLAIM, SHORTEST_QUOTE, Evidence, Grounds, enough
from tests.factories import paper

ABSTRACT = (
    r"Process reward models lose accuracy off-distribution. We introduce \textsc{Check}, a consistency check that "
    r"recovers $12.5\%$ of it at $2\times$ the cost of a 7B model, on 1,200 problems. The ef\u{fb01}cient variant — "
    "“lite” — needs three passes."
).replace(r"\u{fb01}", "ﬁ")
WORDS = ABSTRACT.split()


def grounds(abstract: str = ABSTRACT, *, language: str = "en", wishes: tuple[str, ...] = ()) -> Grounds:
    return Grounds.of(paper(title="Checks", abstract=abstract), abstract, language=language, wishes=wishes)


@given(st.integers(0, len(WORDS) - 5), st.integers(5, len(WORDS)))
def test_a_quote_cut_from_the_source_is_always_found_whatever_its_spacing(start: int, length: int) -> None:
    cut = WORDS[start : start + length]
    found = Evidence.of(ABSTRACT).find("\n  ".join(cut))
    assert found is not None
    assert " ".join(cut).startswith(found)


@pytest.mark.parametrize(
    "quote",
    [
        "we introduce Check, a consistency check",
        "recovers 12.5% of it at 2× the cost",
        "recovers $12.5 \\%$ of it at $2 \\times$ the cost",
        'The efficient variant - "lite" - needs three passes',
        "The efficient variant — ‘lite’ — needs three passes.",
        "LOSE ACCURACY OFF-DISTRIBUTION. WE",
    ],
)
def test_latex_ligatures_case_quotes_and_dashes_make_no_difference(quote: str) -> None:
    assert Evidence.of(ABSTRACT).find(quote) is not None


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "the cost of",
        "We introduce Check, a clever consistency check",
        "recovers 2.5% of it at",
        "recovers 12% of it at",
        "recovers 12.5 of it at",
        "ess reward models lose accuracy",
        "on 200 problems. The efficient",
        "Process reward models recovers 12.5% of it",
    ],
)
def test_a_quote_that_is_too_short_changed_or_cut_inside_a_word_or_number_is_not_found(quote: str) -> None:
    assert Evidence.of(ABSTRACT).find(quote) is None


def test_the_quote_that_is_kept_is_the_sources_own() -> None:
    claim = grounds().checked("The check costs 2× as much.", "recovers 12.5% of it at 2× the cost")
    assert claim is not None
    assert claim.quote == r"recovers $12.5\%$ of it at $2\times$ the cost"


QUOTE = "recovers $12.5\\%$ of it at $2\\times$ the cost of a 7B model, on 1,200 problems"


@pytest.mark.parametrize(
    "text",
    [
        "The check recovers 12.5% of accuracy.",
        "The check recovers 12.50 percent of accuracy.",
        "The check recovers accuracy on 1200 problems.",
        "The check recovers accuracy at the cost of a model with 7 billion parameters.",
        "The check recovers accuracy at two times the cost.",
        "The check recovers accuracy.",
    ],
)
def test_figures_that_stand_in_the_quote_pass_in_any_writing(text: str) -> None:
    assert grounds().checked(text, QUOTE) is not None


@pytest.mark.parametrize(
    "text",
    [
        "The check recovers 12.6% of accuracy.",
        "The check recovers 125% of accuracy.",
        "The check recovers 7% of accuracy.",
        "The check recovers accuracy on 1.2 problems.",
        "The check recovers accuracy at the cost of a 7M model.",
        "The check recovers accuracy at the cost of a model with 70 billion parameters.",
        "The check recovers accuracy at three times the cost.",
        "The check recovers accuracy on 12 hundred problems, 3 models.",
    ],
)
def test_a_figure_or_unit_that_its_quote_does_not_hold_sinks_a_claim(text: str) -> None:
    assert grounds().checked(text, QUOTE) is None


@given(st.decimals(0, 10_000, places=2, allow_nan=False, allow_infinity=False))
def test_a_changed_figure_never_passes(figure: object) -> None:
    assume(f"{figure}" not in ("12.50", "2.00", "1200.00"))
    assert grounds().checked(f"The check recovers {figure} of accuracy.", QUOTE) is None
    assume(f"{figure}" != "12.50")
    assert grounds().checked(f"The check recovers {figure}% of accuracy.", QUOTE) is None


def test_a_figure_from_elsewhere_in_the_paper_does_not_bear_a_claim_out() -> None:
    assert (
        grounds().checked("The check needs three passes.", "We introduce \\textsc{Check}, a consistency check") is None
    )


def test_other_languages_write_their_figures_their_own_way() -> None:
    german = grounds(language="de")
    assert german.checked("Gewinnt 12,5 % zurück, bei 1.200 Aufgaben.", QUOTE) is not None
    assert german.checked("Gewinnt 13,5 % zurück.", QUOTE) is None
    assert grounds().checked("The check recovers 12,5% of accuracy.", QUOTE) is None


def test_an_english_claim_that_shares_few_words_with_the_paper_is_dropped() -> None:
    assert grounds().checked("Subscribe today for wonderful crypto profits.", QUOTE) is None


def test_the_teams_own_words_may_be_used() -> None:
    text = "Bears on retrieval agents: the check recovers accuracy."
    assert grounds().checked("Bears on retrieval agents and memory.", QUOTE) is None
    assert grounds(wishes=("retrieval agents", "memory")).checked("Bears on retrieval agents and memory.", QUOTE)
    assert grounds(wishes=("retrieval agents",)).checked(text, QUOTE)


def test_a_claim_beyond_two_lines_is_dropped() -> None:
    assert grounds().checked("The check recovers accuracy. " * (LONGEST_CLAIM // 20), QUOTE) is None


@pytest.mark.parametrize(
    ("kept", "given_", "holds"),
    [(3, 3, True), (2, 3, True), (1, 2, False), (3, 5, False), (0, 0, False), (0, 1, False)],
)
def test_a_summary_that_loses_over_a_third_of_its_claims_does_not_hold(kept: int, given_: int, holds: bool) -> None:
    assert enough(kept, given_) is holds


def test_four_words_are_the_shortest_quote() -> None:
    assert SHORTEST_QUOTE == 4
    assert Evidence.of(ABSTRACT).find("reward models lose accuracy")
    assert not Evidence.of(ABSTRACT).find("reward models lose")
