"""arXiv identifiers in every form that people paste, and names of authors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.papers import ArxivId, Author, NotAnArxivId

NEW_STYLE = st.builds(
    lambda year, month, number, digits: f"{year:02d}{month:02d}.{number:0{digits}d}"[: 5 + digits],
    st.integers(7, 99),
    st.integers(1, 12),
    st.integers(0, 9999),
    st.sampled_from([4, 5]),
)
OLD_STYLE = st.builds(
    lambda archive, subject, year, month, number: f"{archive}{subject}/{year:02d}{month:02d}{number:03d}",
    st.sampled_from(["hep-th", "math", "cond-mat", "astro-ph", "cs", "quant-ph", "q-bio"]),
    st.sampled_from(["", ".GT", ".CL"]),
    st.integers(0, 99),
    st.integers(1, 12),
    st.integers(0, 999),
)
IDS = NEW_STYLE | OLD_STYLE


def without_class(id: str) -> str:  # noqa: A002
    """`math.GT/0309136` is `math/0309136`."""
    archive, slash, number = id.partition("/")
    return f"{archive.partition('.')[0]}/{number}" if slash else id


FORMS = [
    "{}",
    " {} ",
    "arXiv:{}",
    "arxiv: {}",
    "https://arxiv.org/abs/{}",
    "http://www.arxiv.org/abs/{}",
    "arxiv.org/abs/{}",
    "https://export.arxiv.org/abs/{}",
    "https://arxiv.org/pdf/{}",
    "https://arxiv.org/pdf/{}.pdf",
    "https://arxiv.org/html/{}",
    "https://browse.arxiv.org/html/{}/",
    "https://arxiv.org/abs/{}?context=cs.CL",
    "https://arxiv.org/abs/{}#comments",
    "<https://arxiv.org/abs/{}>",
    "<https://arxiv.org/abs/{}|the paper>",
    "(https://arxiv.org/abs/{}).",
    "https://www.alphaxiv.org/abs/{}",
    "https://alphaxiv.org/overview/{}",
    "https://huggingface.co/papers/{}",
    "https://doi.org/10.48550/arXiv.{}",
    "doi:10.48550/arxiv.{}",
    "10.48550/arXiv.{}",
]


@pytest.mark.parametrize("form", FORMS)
@given(id=IDS, version=st.none() | st.integers(1, 30))
def test_every_form_that_people_paste_gives_the_id_and_the_version(form: str, id: str, version: int | None) -> None:  # noqa: A002
    text = form.format(f"{id}v{version}" if version else id)
    assert ArxivId.parse_versioned(text) == (ArxivId(without_class(id)), version)


@given(IDS)
def test_an_id_survives_its_own_text_and_link(id: str) -> None:  # noqa: A002
    known = ArxivId(without_class(id))
    assert ArxivId.parse(str(known)) == known == ArxivId.parse(known.url)


@pytest.mark.parametrize(
    "text",
    ["", "2601", "2613.01234", "2600.01234", "12.34567", "2601.012345", "2601.123", "2601.01234v0", "10.1145/3597503",
     "https://arxiv.org/list/cs.CL/recent", "https://example.org/abs/2601.01234x", "a 2601.01234", "2601.01234 b",
     "hep-th/9913001", "see-2601.01234", "\x00", "2601.01234\n2601.01235"],
)  # fmt: skip
def test_what_is_no_arxiv_id_is_refused(text: str) -> None:
    with pytest.raises(NotAnArxivId):
        ArxivId.parse(text)


@given(st.text())
def test_parsing_any_text_gives_an_id_or_says_that_it_is_none(text: str) -> None:
    try:
        found = ArxivId.parse(text)
    except NotAnArxivId:
        return
    assert ArxivId(found.value) == found


def test_an_id_with_a_version_is_no_key() -> None:
    with pytest.raises(NotAnArxivId):
        ArxivId("2601.01234v2")


def test_ids_in_running_text_are_found_once_each_in_order() -> None:
    text = (
        "Compare https://arxiv.org/pdf/2601.00002v1.pdf with <https://arxiv.org/abs/2601.00001|this>, hep-th/9901001, "
        "2601.00002 again; not 1.2601.00003, call 0123-2601.00004, nor version 12.0412."
    )
    assert [str(i) for i in ArxivId.find_all(text)] == ["2601.00002", "2601.00001", "hep-th/9901001"]


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Adaeze Okafor", "Okafor"),
        ("Laurens van der Maaten", "van der Maaten"),
        ("Martin Luther King Jr.", "King"),
        ("William Gates III", "Gates"),
        ("Siobhán Ó Briain", "Ó Briain"),
        ("Plato", "Plato"),
        ("De Silva", "Silva"),
        ("", ""),
    ],
)
def test_an_author_is_called_by_the_family_name(name: str, family: str) -> None:
    assert Author(name).family_name == family
