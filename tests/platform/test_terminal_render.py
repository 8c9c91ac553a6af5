"""What the terminal shows: layout at every width, and nothing that a text from outside could make it do."""

import io
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from adapters.terminal.render import WIDEST, View, render
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
    Reply,
    Role,
    Tone,
)
from bot.papers import ArxivId

HEADER = Card(title="Papers for Thursday, 15 January", aside="5 of 312 new · reasoning, agents")
PAPER = Card(
    number=1,
    title="When Verifiers Lie: Process Rewards under Distribution Shift",
    url="https://arxiv.org/abs/2601.00001",
    lines=(
        Line("Okafor, Lindqvist, Tan and 4 more · cs.CL · reasoning", Role.QUIET),
        Line("Process reward models lose most of their accuracy off-distribution; a small check recovers it."),
        Line('Why: matches your topic "process supervision"', Role.WHY),
    ),
    actions=(Action("Saved · 2 people", "unsave 1", pressed=True), Action("Not for us", "dislike 1")),
)


def shown(what: Card | Notice | Form | Reply, width: int = 80, *, terminal: bool = False, view: View = View()) -> str:  # noqa: B008 - frozen
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=terminal, color_system="standard" if terminal else None)
    console.print(render(what, replace(view, width=width)))
    return out.getvalue()


def test_a_header_has_its_aside_at_the_right_and_a_rule_below() -> None:
    assert shown(HEADER, 72) == (
        "Papers for Thursday, 15 January         5 of 312 new · reasoning, agents\n" + "─" * 72 + "\n"
    )


def test_a_paper_stands_under_its_number_with_what_to_type_for_each_action() -> None:
    assert shown(PAPER, 72) == (
        "1  When Verifiers Lie: Process Rewards under Distribution Shift\n"
        "   Okafor, Lindqvist, Tan and 4 more · cs.CL · reasoning\n"
        "   Process reward models lose most of their accuracy off-distribution; a\n"
        "   small check recovers it.\n"
        '   Why: matches your topic "process supervision"\n'
        "   [✓ Saved · 2 people] unsave 1   [ Not for us ] dislike 1\n"
    )


def test_on_a_narrow_terminal_lines_wrap_under_their_own_beginning_and_actions_are_not_torn() -> None:
    assert shown(HEADER, 40).splitlines() == [
        "Papers for Thursday, 15 January",
        "5 of 312 new · reasoning, agents",
        "─" * 40,
    ]
    assert shown(PAPER, 40) == (
        "1  When Verifiers Lie: Process Rewards\n"
        "   under Distribution Shift\n"
        "   Okafor, Lindqvist, Tan and 4 more ·\n"
        "   cs.CL · reasoning\n"
        "   Process reward models lose most of\n"
        "   their accuracy off-distribution; a\n"
        "   small check recovers it.\n"
        '   Why: matches your topic "process\n'
        '   supervision"\n'
        "   [✓ Saved · 2 people] unsave 1\n"
        "   [ Not for us ] dislike 1\n"
    )


def test_fields_and_items_line_up() -> None:
    card = Card(
        title="Reading list",
        fields=(Field("Status", "unread"), Field("By", "ada")),
        items=(Item("A title of some length", number=9, details=("Okafor 2026", "#rlhf")), Item("Ten", number=10)),
    )
    assert shown(card, 40).splitlines()[2:] == [
        "Status  unread",
        "By      ada",
        " 9  A title of some length",
        "    Okafor 2026 · #rlhf",
        "10  Ten",
    ]


def test_details_of_short_items_stand_in_a_column_and_wrap_there() -> None:
    card = Card(items=(Item("today", details=("The latest edition, or that of a date",)), Item("undo", details=("x",))))
    assert shown(card, 40).splitlines() == [
        "today  The latest edition, or that of a",
        "       date",
        "undo   x",
    ]


def test_a_form_shows_how_things_stand_and_the_line_to_write() -> None:
    layouts = (Choice("A message each", "messages"), Choice("One message", "compact"))
    form = Form(
        "Papers",
        "settings",
        "Change",
        (
            Input("size", "Papers at the most", values=("5",)),
            Input("wanted", "Words", hint="With commas", optional=True),
            Input("tags", "Tags", hint="agents, memory"),
            Input("layout", "Layout", InputKind.ONE_OF, ("compact",), layouts),
            Input("days", "Days", InputKind.ANY_OF, choices=layouts),
        ),
        (Line("For #papers."),),
    )
    assert shown(form, 50) == (
        "Papers\n" + "─" * 50 + "\n"
        "For #papers.\n"
        "Papers at the most  5\n"
        "Words               –\n"
        "Tags                agents, memory\n"
        "Layout              One message\n"
        "Days                A message each, One message\n"
        "[ Change ] settings …\n"
    )


def test_what_a_chat_would_ask_with_a_form_is_a_line_to_complete_here() -> None:
    card = Card(
        title="T", number=2, actions=(Action("Tag", "ask tag 2", more=True), Action("Read", "read 2", more=True))
    )
    assert "⋯ tag 2 … · read 2\n" in shown(card)
    assert "[ Tag ] tag 2 …\n" in shown(Notice("Saved.", actions=(Action("Tag", "ask tag 2"),)))


def test_a_way_out_of_the_chat_shows_its_address() -> None:
    notice = Notice("Posted before.", actions=(Action("Open", url="https://example.com/1"),))
    assert "[ Open ] https://example.com/1\n" in shown(notice)


def test_the_parts_of_a_reply_are_parted_and_a_problem_is_marked_without_colour() -> None:
    reply = Reply((Notice("Saved."), Notice("No such paper.", Tone.PROBLEM, (Action("Help", "help show"),))))
    assert shown(reply) == "Saved.\n\n× No such paper.\n[ Help ] help show\n"


def test_a_title_is_a_hyperlink() -> None:
    assert f";{PAPER.url}\x1b\\" in shown(PAPER, terminal=True)
    assert PAPER.url not in shown(PAPER)


def test_the_address_is_printed_where_there_are_no_links_and_for_a_paper_in_full() -> None:
    assert shown(PAPER, view=View(links=False)).splitlines()[1] == f"   {PAPER.url}"
    assert PAPER.url in shown(replace(PAPER, fields=(Field("Status", "unread"),)))


def test_what_to_type_names_a_paper_by_its_number_only_where_that_means_it() -> None:
    paper_id = ArxivId("2601.00001")
    card = Card(number=2, title="T", paper_id=paper_id, actions=(Action("Save", "save 2601.00001"),))
    assert "[ Save ] save 2\n" in shown(card, view=View(numbers={paper_id: 2}))
    assert "[ Save ] save 2601.00001\n" in shown(card, view=View(numbers={paper_id: 3}))
    assert "[ Save ] save 2601.00001\n" in shown(card)


def test_actions_behind_more_are_only_named_but_a_state_among_them_is_shown() -> None:
    actions = (Action("Save", "save 1"), Action("Why", "why 1", more=True), Action("Abstract", "show 1", more=True))
    assert shown(Card(actions=actions)) == "[ Save ] save 1   ⋯ why 1 · show 1\n"
    assert shown(Card(actions=(Action("Read", "unread 1", pressed=True, more=True),))) == "[✓ Read] unread 1\n"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "https://a.example/\x1b]0;x\x07", "http://["]
)
def test_no_other_address_than_plain_http_becomes_a_link(url: str) -> None:
    for card in (Card(title="Bait", url=url), Card(number=1, title="Bait", url=url)):
        assert "]8;" not in shown(card, terminal=True)
        assert url not in shown(card, terminal=True, view=View(links=False))


@pytest.mark.parametrize(
    ("nasty", "harmless"),
    [
        ("[bold red]x[/] [link=file:///]y[/link]", "[bold red]x[/] [link=file:///]y[/link]"),
        ("\x1b[2J\x1b]0;owned\x07title", "[2J]0;ownedtitle"),
        ("\x9b31mred\x85\x00", "31mred"),
        ("evil\u202egnp.exe\u2066\u200b\ufeff", "evilgnp.exe"),
        ("two\nlines\r\nand\ta tab", "two lines and a tab"),
        ("دراسة في التعلم", "دراسة في التعلم"),
        ("👩‍🔬 and 日本語", "👩‍🔬 and 日本語"),
        (r"$O(n^2)$ and \emph{x}", r"$O(n^2)$ and \emph{x}"),
        (":bookmark: is no emoji here", ":bookmark: is no emoji here"),
    ],
)
def test_text_from_outside_comes_out_readable_and_harmless(nasty: str, harmless: str) -> None:
    card = Card(number=1, title=nasty, lines=(Line(nasty),), actions=(Action(nasty, nasty),))
    assert shown(card, 100) == f"1  {harmless}\n   {harmless}\n   [ {harmless} ] {harmless}\n"


def test_an_item_with_a_paragraph_stands_apart_and_a_link_shows_its_words() -> None:
    item = Item(
        "Agents that Remember", url="https://arxiv.org/abs/2601.00002", details=("Lindqvist · 15 January",),
        text="Memory helps.", links=(Link("First post", "https://chat.example/1"),),
    )  # fmt: skip

    assert shown(Card(items=(item, Item("When Verifiers Lie", text="They do.")))) == (
        "Agents that Remember\n"
        "  Lindqvist · 15 January · First post\n"
        "  Memory helps.\n"
        "\n"
        "When Verifiers Lie\n"
        "  They do.\n"
    )
    assert "https://chat.example/1" in shown(Card(items=(item,)), terminal=True)


def test_of_a_picture_its_words_are_shown() -> None:
    card = Card(title="January 2026", image=Image(b"", "Papers by topic: reasoning 3, agents 1."))

    assert shown(card, 72).splitlines()[-1] == "▤ Papers by topic: reasoning 3, agents 1."


def test_a_long_title_and_three_thousand_authors_are_shown_whole() -> None:
    title = " ".join(["Verifier"] * 33)
    authors = ", ".join(f"Author{n}" for n in range(3000))
    lines = shown(Card(number=1, title=title, lines=(Line(authors),)), 40).splitlines()
    assert " ".join(line.strip() for line in lines) == f"1  {title} {authors}"


TEXTS = st.text(max_size=200) | st.text(alphabet="aé日👩‍🔬\u0301 \x1b[/]", max_size=200)
CARDS = st.builds(
    Card,
    title=TEXTS,
    url=st.just("") | TEXTS.map(lambda text: f"https://a.example/{text}"),
    number=st.none() | st.integers(0, 999),
    aside=TEXTS,
    lines=st.lists(st.builds(Line, TEXTS, st.sampled_from(Role)), max_size=3).map(tuple),
    fields=st.lists(st.builds(Field, TEXTS, TEXTS), max_size=3).map(tuple),
    items=st.lists(st.builds(Item, TEXTS, st.none() | st.integers(0, 9999), TEXTS, text=TEXTS), max_size=3).map(tuple),
    actions=st.lists(st.builds(Action, TEXTS, TEXTS, st.booleans()), max_size=4).map(tuple),
    image=st.none() | st.builds(Image, st.just(b""), TEXTS),
)
NOTICES = st.builds(Notice, TEXTS, st.sampled_from(Tone))


@settings(deadline=None)
@given(st.lists(CARDS | NOTICES, max_size=3), st.integers(20, 130))
def test_no_line_is_wider_than_the_terminal_and_nothing_in_it_is_a_control(
    parts: list[Card | Notice], width: int
) -> None:
    for line in shown(Reply(tuple(parts)), width).split("\n"):
        assert cell_len(line) <= min(width, WIDEST)
        assert all(unicodedata.category(c) != "Cc" for c in line)
        assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
