"""Digests and round-ups as Markdown documents (https://spec.commonmark.org/)."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from bot.cards import retrospect
from bot.cards.summaries import HEADINGS
from bot.cards.wording import dotted, listed, sentence_case
from bot.digests.values import AnyDigest, Cited, Digest, RoundUp, Told

FIRST_AUTHORS = 3

_MARKUP = re.compile(r"[\\`*_{}\[\]<>&~|$#]")
_AT_START = re.compile(r"^(?:([-+=])|(\d+)([.)]))")
"""What begins a list, a heading or a rule where it begins a line."""
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What reorders the text around it (https://www.unicode.org/reports/tr9/)."""
_NOT_IN_ANCHOR = re.compile(r"[^\w\- ]")


def markdown(digest: AnyDigest, *, chart: str = "") -> str:
    """The document, ending with a line break. `chart` is the address of a round-up's picture, where it has one.

    Whatever text comes from papers, models and people is text in it: nothing of it is obeyed as markup.
    """
    blocks = _week(digest) if isinstance(digest, Digest) else _month(digest, chart)
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """`text` on one line, so that a reader of Markdown shows it as it is."""
    line = _MARKUP.sub(lambda match: f"\\{match[0]}", " ".join(_DIRECTION.sub("", text).split()))
    return _AT_START.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", line)


def _week(digest: Digest) -> Iterator[str]:
    yield f"# {escaped(retrospect.document_title(digest))}"
    if not digest.topics:
        yield escaped(retrospect.nothing(digest))
    else:
        yield escaped(f"{retrospect.sums(digest)}.")
        yield f"## {retrospect.CONTENTS}"
        headings = [
            f"{place}. {escaped(sentence_case(topic.name))}" for place, topic in enumerate(digest.topics, start=1)
        ]
        yield "\n".join(f"- [{heading}](#{_anchor(heading)})" for heading in headings)
        for place, (heading, topic) in enumerate(zip(headings, digest.topics, strict=True), start=1):
            yield f"## {heading}"
            for number, told in enumerate(topic.papers, start=1):
                yield from _in_paragraphs(told, f"{place}.{number}.")
    yield from _team(digest)


def _anchor(heading: str) -> str:
    """Where a heading is found in a page, as most programs that show Markdown name it."""
    return _NOT_IN_ANCHOR.sub("", heading.lower()).replace(" ", "-")


def _in_paragraphs(told: Told, number: str) -> Iterator[str]:
    yield f"### {number} {_title(told.paper)}"
    yield escaped(retrospect.byline(told.paper))
    yield escaped(told.text)
    if closing := _closing(told):
        yield closing


def _closing(told: Told) -> str:
    link = f"[{retrospect.FIRST_POST}](<{told.link}>)" if told.link else ""
    said = dotted((retrospect.reception(told), retrospect.origin(told)))
    return dotted((escaped(sentence_case(said)), link))


def _team(digest: Digest) -> Iterator[str]:
    if digest.revised:
        yield f"## {escaped(retrospect.REVISED)}"
        yield "\n".join(_row(revised.paper, retrospect.news(revised)) for revised in digest.revised)
    rows = [
        *(_row(entry.paper, retrospect.unread_since(entry)) for entry in digest.unread),
        *(_row(entry.paper, retrospect.most_saved(entry)) for entry in digest.most_saved),
        *(_row(missed.paper, retrospect.missed(missed)) for missed in digest.missed),
    ]
    if rows:
        yield f"## {escaped(retrospect.TEAMS_LIST)}"
        yield escaped(retrospect.teams_list(digest))
        yield "\n".join(rows)


def _row(paper: Cited, said: str) -> str:
    return f"- {_title(paper)} · {escaped(said)}"


def _month(round_up: RoundUp, chart: str) -> Iterator[str]:
    yield f"# {escaped(retrospect.document_title(round_up))}"
    if not round_up.leading:
        yield escaped(retrospect.nothing(round_up))
        return
    about = (f"{retrospect.sums(round_up)}.", retrospect.parts(round_up), retrospect.favourites(round_up))
    yield escaped(" ".join(part for part in about if part))
    if round_up.chart:
        yield f"![{escaped(round_up.chart.alt)}]({quote(chart)})" if chart else escaped(round_up.chart.alt)
    for place, told in enumerate(round_up.leading, start=1):
        yield f"## {place}) {_star(told)}{_title(told.paper)}"
        yield escaped(retrospect.byline(told.paper))
        yield from _insights(told)
        if closing := _closing(told):
            yield closing
    if round_up.others:
        yield f"## {escaped(retrospect.also(round_up))}"
        for told in round_up.others:
            yield f"{_star(told)}**{escaped(told.paper.title)}** {_reference(told.paper)}"
            yield escaped(told.text)


def _insights(told: Told) -> Iterator[str]:
    for section in told.sections:
        claims = [escaped(claim.text) for claim in section.claims]
        if heading := HEADINGS.get(section.name):
            yield f"### {heading}"
            yield "\n".join(f"- {claim}" for claim in claims)
        else:
            yield " ".join(claims)


def _title(paper: Cited) -> str:
    return f"[{escaped(paper.title)}]({paper.id.url})"


def _star(told: Told) -> str:
    return f"{retrospect.STAR} " if told.starred else ""


def _reference(paper: Cited) -> str:
    """`by Okafor, Lindqvist, Tan *et al.* (13 January), <https://arxiv.org/abs/2601.01234>`."""
    names = [author.family_name for author in paper.authors[:FIRST_AUTHORS]]
    more = " *et al.*" if len(paper.authors) > FIRST_AUTHORS else ""
    authors = ", ".join(names) if more else listed(names)
    by = f"by {escaped(authors)}{more} " if names else ""
    return f"{by}({retrospect.day_and_month(paper.submitted)}), <{paper.id.url}>"
