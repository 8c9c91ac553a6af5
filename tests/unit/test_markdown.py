"""Digests and round-ups as Markdown, read again by a parser of Markdown."""

import itertools
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.digests.values import Cited, Missed, Revised, Topic
from bot.exchange.markdown import escaped, markdown
from bot.summaries.values import SectionName
from tests.factories import paper
from tests.fakes.digests import digest, listed, round_up, section, told

LIES = paper(
    2, title="When *Verifiers* Lie [v2] <b>", authors=("Adaeze Okafor", "Nils Lindqvist", "Wei Tan", "Ada Bee")
)
AGENTS = paper(3, title="# Agents_that_Remember", authors=("Nils Lindqvist",))

_PARSER = MarkdownIt("gfm-like", {"linkify": False})


def inlines(text: str) -> list[tuple[str, str, list[Token]]]:
    """Each block with text: the tag that holds it, the text as shown, and what it is made of."""
    tokens = _PARSER.parse(text)
    return [
        (before.tag, "".join(_shown(child) for child in token.children or ()), token.children or [])
        for before, token in itertools.pairwise(tokens)
        if token.type == "inline"
    ]


def _shown(token: Token) -> str:
    return token.content if token.type in ("text", "code_inline") else " " if token.type == "softbreak" else ""


def headings(text: str) -> list[tuple[str, str]]:
    return [(tag, shown) for tag, shown, _ in inlines(text) if tag.startswith("h")]


def links(text: str) -> list[tuple[str, str]]:
    return [
        (children[place + 1].content, str(token.attrGet("href")))
        for _, _, children in inlines(text)
        for place, token in enumerate(children)
        if token.type == "link_open"
    ]


def test_a_week_is_numbered_topics_under_a_table_of_contents() -> None:
    text = markdown(
        digest(
            Topic("long context", (told(LIES, savers=("Ada",), discussed=1, link="https://chat.example/1"),)),
            Topic("agents", (told(AGENTS),)),
            unread=(listed(LIES, "Wei"),),
            revised=(Revised(Cited.of(AGENTS), 2, date(2026, 1, 14), ("Ada",)),),
            missed=(Missed(Cited.of(AGENTS), "Accepted at *ICLR*"),),
        )
    )

    assert headings(text) == [
        ("h1", "Papers of the week from 12 to 16 January 2026"),
        ("h2", "Contents"),
        ("h2", "1. Long context"),
        ("h3", "1.1. When *Verifiers* Lie [v2] <b>"),
        ("h2", "2. Agents"),
        ("h3", "2.1. # Agents_that_Remember"),
        ("h2", "News of saved papers"),
        ("h2", "Your team's list"),
    ]
    assert links(text)[:2] == [("1. Long context", "#1-long-context"), ("2. Agents", "#2-agents")]
    assert ("First post", "https://chat.example/1") in links(text)
    news = "# Agents_that_Remember · version 2 on 14 January · saved by Ada"
    assert news in [shown for _, shown, _ in inlines(text)]
    missed = "# Agents_that_Remember · Accepted at *ICLR* · saved by nobody here"
    assert missed in [shown for _, shown, _ in inlines(text)]
    assert "2 papers posted, 1 saved, 1 discussed." in [shown for _, shown, _ in inlines(text)]
    assert "Saved by Ada · 1 note · First post" in [shown for _, shown, _ in inlines(text)]


def test_a_month_is_its_leading_papers_with_insights_then_one_entry_for_each_of_the_others() -> None:
    insights = (section(SectionName.PROBLEM, "1. Rewards fail."), section(SectionName.RESULTS, "+9%", "- less cost"))
    leading = replace(told(AGENTS, savers=("Ada",)), sections=insights)
    text = markdown(round_up([leading], [told(LIES, text="It recovers.", starred=True)]), chart="my january.png")

    assert headings(text) == [
        ("h1", "Papers of January 2026"),
        ("h2", "1) # Agents_that_Remember"),
        ("h3", "Problem"),
        ("h3", "Results"),
        ("h2", "Also in January 2026"),
    ]
    shown = [part for _, part, _ in inlines(text)]
    assert [part for part in shown if part in ("1. Rewards fail.", "+9%", "- less cost")] == [
        "1. Rewards fail.", "+9%", "- less cost",
    ]  # fmt: skip
    reference = "★ When *Verifiers* Lie [v2] <b> by Okafor, Lindqvist, Tan et al. (15 January), https://arxiv.org/abs/2601.00002"
    assert shown[-2:] == [reference, "It recovers."]
    (image,) = [child for _, _, children in inlines(text) for child in children if child.type == "image"]
    assert image.attrGet("src") == "my%20january.png"
    assert image.content == "By topic: reasoning."


def test_a_month_without_a_picture_says_in_words_what_it_shows() -> None:
    assert "By topic: reasoning." in [shown for _, shown, _ in inlines(markdown(round_up([told()])))]


def test_an_empty_week_or_month_says_why() -> None:
    for made in (digest(), round_up()):
        assert next(shown for tag, shown, _ in inlines(markdown(made)) if tag == "p").startswith("Nothing was posted")


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Zl", "Zp", "Zs")) | st.just(" ")))
def test_any_text_is_read_as_itself(text: str) -> None:
    wanted = " ".join(text.split())

    found = inlines(f"{escaped(text)}\n")

    assert [(tag, shown) for tag, shown, _ in found] == ([("p", wanted)] if wanted else [])


@settings(deadline=None)
@given(st.text("#*-+=_`~[]()<>!&|.:;1a \\$", max_size=40))
def test_nothing_that_looks_like_markup_is_obeyed(text: str) -> None:
    wanted = " ".join(text.split())
    sentence = f"## {escaped(text)}\n\n{escaped(text)}\n\n- [{escaped(text)}](https://arxiv.org)\n"

    assert [shown for _, shown, _ in inlines(sentence) if shown] == ([wanted] * 3 if wanted else [])


def test_what_turns_the_text_around_it_is_left_out() -> None:
    assert escaped("\u202eevil\u202c \u2067title\u2069 \u200f5") == "evil title 5"
