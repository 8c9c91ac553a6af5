"""Whatever cards and forms may hold: titles, authors, abstracts, people's words, and what tries to be obeyed."""

from hypothesis import strategies as st

from bot.messages import (
    Action,
    Card,
    Choice,
    Field,
    Form,
    Image,
    Input,
    InputKind,
    Item,
    Line,
    Link,
    Notice,
    Role,
    Tone,
)

URL = "https://arxiv.org/abs/2601.00001"
LONG = "Verifier " * 700
_OBEYED_BY_SLACK = ("<!channel>", "<@U0123456789>", "<!subteam^S012>", "@here", "<https://evil.example|arXiv>", "~y~")
_OBEYED_BY_DISCORD = ("@everyone", "<@&123456789012345678>", "<t:1700000000>", "[a](https://evil.example)", "||x||")
_MARKUP = ("*bold* _x_ `z`", "> quote", "- one", "1. one", "# one", "a ] b [ c", ":bookmark:", "https://evil.example")
_BROKEN = ("&amp;lt;", "<", "|", "\\", "\n\n", "\u202egnp.exe", "\u200b", "\x00", "\ud800")
_WRITTEN = ("$O(n^2)$ \\emph{x}", "👩‍🔬", "دراسة في التعلم", "日本語", "e\u0301", "a" * 80, LONG[:400], LONG[:3100])
NASTY = (*_OBEYED_BY_SLACK, *_OBEYED_BY_DISCORD, *_MARKUP, *_BROKEN, *_WRITTEN)
TEXTS = st.lists(st.sampled_from(NASTY) | st.text(max_size=40), max_size=4).map(" ".join)
COMMANDS = st.text(st.characters(codec="utf-8"), max_size=2100)
URLS = st.sampled_from(["", URL, "https://doi.org/" + "x" * 480, "https://a/" + "x" * 4000, "javascript:alert(1)"])
ACTIONS = st.lists(st.builds(Action, TEXTS, COMMANDS, st.booleans(), st.booleans(), URLS), max_size=12).map(tuple)
CARDS = st.builds(
    Card,
    title=TEXTS,
    url=URLS,
    number=st.none() | st.integers(0, 10**9),
    aside=TEXTS,
    lines=st.lists(st.builds(Line, TEXTS, st.sampled_from(Role)), max_size=12).map(tuple),
    fields=st.lists(st.builds(Field, TEXTS, TEXTS), max_size=12).map(tuple),
    items=st.lists(
        st.builds(
            Item,
            TEXTS,
            st.none() | st.integers(0, 999),
            URLS,
            st.lists(TEXTS, max_size=6).map(tuple),
            TEXTS,
            st.lists(st.builds(Link, TEXTS, URLS), max_size=3).map(tuple),
        ),
        max_size=12,
    ).map(tuple),
    actions=ACTIONS,
    image=st.none() | st.builds(Image, st.just(b""), TEXTS),
)
NOTICES = st.builds(Notice, TEXTS, st.sampled_from(Tone), ACTIONS)
PARTS = st.lists(CARDS | NOTICES, max_size=3).map(tuple)
INPUTS = st.builds(
    Input,
    name=st.uuids().map(str),
    label=TEXTS,
    kind=st.sampled_from(InputKind),
    values=st.lists(TEXTS | st.sampled_from(["a", "b", "08:30", "8:3"]), max_size=3).map(tuple),
    choices=st.lists(st.builds(Choice, TEXTS, st.sampled_from(["a", "b", "c"]) | TEXTS), max_size=12).map(tuple),
    hint=TEXTS,
    optional=st.booleans(),
    longest=st.integers(0, 5000),
)
FORMS = st.builds(
    Form,
    TEXTS.map(lambda text: text + "Title"),
    st.text(max_size=100),
    TEXTS.map(lambda text: text + "Submit"),
    st.lists(INPUTS, min_size=1, max_size=8).map(tuple),
    st.lists(st.builds(Line, TEXTS, st.sampled_from(Role)), max_size=3).map(tuple),
)


def addresses(shown: Card | Notice) -> set[str]:
    """Where a card or notice may link to."""
    items = shown.items if isinstance(shown, Card) else ()
    own = {shown.url} if isinstance(shown, Card) else set()
    listed = {url for item in items for url in (item.url, *(link.url for link in item.links))}
    return own | listed | {action.url for action in shown.actions}
