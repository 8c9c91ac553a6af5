"""The languages that summaries are written in, by their tags: `en`, `pt-BR` (BCP 47)."""

import re

NAMES = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fr": "French", "hi": "Hindi", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ru": "Russian",
    "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
"""People and models know a name better than a tag."""
_TAGS = {name.casefold(): tag for tag, name in NAMES.items()}
_TAG = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z]{4})?(-([a-zA-Z]{2}|[0-9]{3}))?")
"""A language, its script, its region: RFC 5646, 2.1. What else a tag may say, no model would know what to make of."""


def language_tag(text: str) -> str:
    """The tag that `text` is, or the name of, as tags are written: `PT-br` is `pt-BR`, `German` is `de`.

    Raises ValueError for what is neither.
    """
    bare = text.strip()
    if known := _TAGS.get(bare.casefold()):
        return known
    if not _TAG.fullmatch(bare):
        raise ValueError("use a tag such as en, de or pt-BR")
    # Of a tag's parts, those of two letters are regions and those of four are scripts: RFC 5646, 2.1.1.
    first, *rest = bare.lower().split("-")
    written = {2: str.upper, 4: str.title}
    return "-".join((first, *(written.get(len(part), str)(part) for part in rest)))


def language_name(tag: str) -> str:
    """`Portuguese (BR)`; a tag without a name here is given as it is."""
    language, _, region = tag.partition("-")
    return NAMES.get(language.casefold(), tag) + (f" ({region})" if region else "")
