"""arXiv's categories, and what people type for them."""

import pytest

from bot.categories import CATEGORIES, NotACategory, category


def test_every_category_is_there_once() -> None:
    assert len(CATEGORIES) == len({name.casefold() for name in CATEGORIES}) == 155


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("cs.CL", "cs.CL"), ("CS.cl", "cs.CL"), ("HEP-TH", "hep-th"), ("cond-mat.Mes-Hall", "cond-mat.mes-hall")],
)
def test_a_category_is_spelt_as_arxiv_does(typed: str, meant: str) -> None:
    assert category(typed) == meant


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [("cs.CLL", "cs.CL"), ("cs.LGG", "cs.LG"), ("CSCL", "cs.CL"), ("cs", "cs.AI"), ("hep-thh", "hep-th")],
)
def test_what_is_none_is_answered_with_the_nearest(typed: str, nearest: str) -> None:
    with pytest.raises(NotACategory) as refused:
        category(typed)
    assert str(refused.value) == f"{typed} is no arXiv category; did you mean {nearest}?"


def test_what_is_like_none_is_answered_with_where_they_are_listed() -> None:
    with pytest.raises(NotACategory, match=r"category_taxonomy lists them\.$"):
        category("!?")
