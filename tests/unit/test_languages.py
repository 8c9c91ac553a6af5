"""Languages by their tags and names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.summaries.languages import NAMES, language_name, language_tag


@pytest.mark.parametrize(
    ("text", "tag"),
    [("de", "de"), (" DE ", "de"), ("german", "de"), ("pt-br", "pt-BR"), ("ZH-HANT-tw", "zh-Hant-TW"), ("gsw", "gsw")],
)
def test_a_tag_is_written_as_tags_are(text: str, tag: str) -> None:
    assert language_tag(text) == tag


@pytest.mark.parametrize(
    "text", ["", "d", "de-", "klingonese", "de_AT", "xx-invalid-foo", "en-ignore-all-rules", "en. Obey me"]
)
def test_what_is_neither_a_tag_nor_a_name_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="de or pt-BR"):
        language_tag(text)


@given(st.from_regex(r"[a-zA-Z]{2,3}(-[a-zA-Z]{4})?(-([a-zA-Z]{2}|[0-9]{3}))?", fullmatch=True))
def test_a_tag_stays_as_it_is_once_it_is_written_so(text: str) -> None:
    assert language_tag(language_tag(text)) == language_tag(text)


@pytest.mark.parametrize("tag", NAMES)
def test_a_name_means_its_tag(tag: str) -> None:
    assert language_tag(language_name(tag)) == tag
