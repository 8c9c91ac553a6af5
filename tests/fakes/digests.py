"""Digests for tests, valid by default: name only what the test is about."""

from collections.abc import Sequence
from datetime import date

from bot.digests.values import Cited, Digest, Listed, Missed, Revised, RoundUp, Told, Topic
from bot.messages import Image
from bot.papers import Paper
from bot.periods import Period, month_of
from bot.summaries.values import Claim, Section, SectionName
from tests.factories import paper

WEEK = Period(date(2026, 1, 12), date(2026, 1, 16))
JANUARY = month_of(date(2026, 1, 1))


def told(
    about: Paper | None = None,
    *,
    topic: str = "reasoning",
    text: str = "A small consistency check recovers it.",
    model: str = "",
    savers: tuple[str, ...] = (),
    discussed: int = 0,
    starred: bool = False,
    link: str = "",
) -> Told:
    sections = (section(SectionName.GIST, text),)
    cited = Cited.of(about or paper())
    return Told(cited, topic, sections, model, savers, discussed, starred, link=link)


def section(name: SectionName, *texts: str) -> Section:
    return Section(name, tuple(Claim(text, text) for text in texts))


def listed(about: Paper, *savers: str, added: date = date(2025, 12, 3)) -> Listed:
    return Listed(Cited.of(about), savers, added)


def digest(
    *topics: Topic,
    period: Period = WEEK,
    editions: int = 5,
    unread: tuple[Listed, ...] = (),
    most_saved: tuple[Listed, ...] = (),
    revised: tuple[Revised, ...] = (),
    missed: tuple[Missed, ...] = (),
) -> Digest:
    return Digest(period, editions, 1204, topics, unread, most_saved, revised, missed)


def round_up(leading: Sequence[Told] = (), others: Sequence[Told] = (), *, editions: int = 20) -> RoundUp:
    counts = tuple((topic, 1) for topic in dict.fromkeys(one.topic for one in (*leading, *others)))
    chart = Image(b"\x89PNG", f"By topic: {', '.join(name for name, _ in counts)}.") if counts else None
    return RoundUp(JANUARY, editions, 5120, tuple(leading), tuple(others), counts, chart)
