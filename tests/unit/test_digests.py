"""What a week's digest and a month's round-up hold, from what is known of the subscription."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.digests.material import Material
from bot.digests.monthly import MOST_LEADING, round_up
from bot.digests.values import Told
from bot.digests.weekly import MOST_LISTED, digest
from bot.editions import Edition, MessageRef, Pick
from bot.papers import ArxivId, Paper
from bot.periods import Period, month_of, week_of
from bot.reading_list import Entry, Field, Note, Signal, Status
from bot.revisions import Revision
from bot.summaries.extract import extract
from bot.summaries.values import Claim, Section, SectionName, Summary, SummaryKind
from bot.teams import EditionKind, Interests, Subscription
from tests.factories import NOON, paper

ORDER = Subscription(1, 1, 1, Interests(("cs.CL",)))
MONDAY, WEEK, DAY = date(2026, 1, 12), week_of(date(2026, 1, 12)), timedelta(days=1)
JANUARY = month_of(MONDAY)


def entry(about: Paper, *savers: str, notes: int = 0, added: datetime = NOON) -> Entry:
    written = tuple(Note(1, "Ada", f"note {number}", NOON) for number in range(notes))
    return Entry(about, Status.UNREAD, savers, (), written, added)


def edition(day: date, *papers: tuple[Paper, str], scores: Sequence[float] = ()) -> Edition:
    picks = tuple(
        Pick(one.id, number, topic, (), scores[number - 1] if scores else 1.0)
        for number, (one, topic) in enumerate(papers, start=1)
    )
    return Edition(day.toordinal(), 1, 1, EditionKind.DAILY, day, NOON, 100, picks)


def material(
    *editions: Edition,
    papers: Sequence[Paper] = (),
    entries: Sequence[Entry] = (),
    signals: Sequence[Signal] = (),
    period: Period = WEEK,
    topics: Mapping[ArxivId, str] | None = None,
    summaries: Sequence[Summary] = (),
    unread: Sequence[Entry] = (),
    posts: Mapping[ArxivId, MessageRef] | None = None,
) -> Material:
    made: dict[ArxivId, list[Summary]] = {}
    for one in summaries:
        made.setdefault(one.paper_id, []).append(one)
    return Material(
        subscription=ORDER,
        period=period,
        editions=editions,
        signals=signals,
        papers={one.id: one for one in papers},
        entries={one.paper.id: one for one in entries},
        topics=topics or {},
        posts=posts or {},
        summaries=made,
        unread=unread,
    )


def saved(about: Paper, by: int = 1) -> Signal:
    return Signal(by, about.id, Field.SAVED, NOON)


def liked(about: Paper, by: int = 1) -> Signal:
    return Signal(by, about.id, Field.LIKED, NOON)


def by_model(about: Paper, kind: SummaryKind, text: str, version: int = 1) -> Summary:
    said = (Section(SectionName.GIST, (Claim(text, text),)),)
    return replace(extract(about, kind), paper_version=version, model="fake-1", sections=said)


def ids(papers: Sequence[Told]) -> list[ArxivId]:
    return [told.paper.id for told in papers]


FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH, SEVENTH, EIGHTH = (paper(number) for number in range(1, 9))
EIGHT = (FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH, SEVENTH, EIGHTH)


def test_a_week_groups_its_papers_by_topic_the_largest_first() -> None:
    made = digest(
        material(
            edition(MONDAY, (FIRST, "agents"), (SECOND, "reasoning")),
            edition(MONDAY + DAY, (THIRD, "reasoning")),
            papers=EIGHT,
        )
    )

    assert [(topic.name, ids(topic.papers)) for topic in made.topics] == [
        ("reasoning", [SECOND.id, THIRD.id]),
        ("agents", [FIRST.id]),
    ]
    assert (made.editions, made.considered) == (2, 200)


def test_within_a_topic_what_more_people_saved_comes_first() -> None:
    made = digest(
        material(
            edition(MONDAY, (FIRST, "agents"), (SECOND, "agents")), papers=EIGHT, entries=[entry(SECOND, "Ada", "Ben")]
        )
    )

    assert ids(made.topics[0].papers) == [SECOND.id, FIRST.id]


def test_a_paper_tells_who_saved_it_how_often_it_was_noted_and_where_it_was_posted() -> None:
    post = MessageRef("terminal", "papers", "7")

    (told,) = digest(
        material(
            edition(MONDAY, (FIRST, "agents")),
            papers=EIGHT, entries=[entry(FIRST, "Ada", "Ben", notes=2)], posts={FIRST.id: post},
        )
    ).papers  # fmt: skip

    assert (told.savers, told.discussed, told.post) == (("Ada", "Ben"), 2, post)


def test_a_week_is_called_by_the_days_that_have_editions() -> None:
    assert digest(material()).period == Period(MONDAY, MONDAY + 4 * DAY)
    assert digest(material(edition(MONDAY + 5 * DAY))).period == Period(MONDAY, MONDAY + 5 * DAY)


def test_what_a_model_said_of_this_version_goes_before_the_papers_own_sentences() -> None:
    newer = replace(SECOND, version=2)
    paragraph = by_model(FIRST, SummaryKind.DIGEST, "In a paragraph.")
    outdated = by_model(newer, SummaryKind.DIGEST, "Of version 1.")

    first, second, third = digest(
        material(
            edition(MONDAY, (FIRST, "agents"), (newer, "agents"), (THIRD, "agents")),
            papers=[FIRST, newer, THIRD],
            summaries=[by_model(FIRST, SummaryKind.TLDR, "Short."), paragraph, outdated,
                       by_model(THIRD, SummaryKind.TLDR, "Short too.")],
        )
    ).papers  # fmt: skip

    assert (first.text, first.model) == ("In a paragraph.", "fake-1")
    assert (second.sections, second.model) == (extract(newer, SummaryKind.DIGEST).sections, "")
    assert third.text == "Short too."


def test_the_list_names_what_has_been_unread_for_long_and_what_most_people_saved() -> None:
    old = [entry(one, "Ada", added=NOON - 30 * DAY) for one in EIGHT]
    recent = entry(FIRST, "Ada", added=datetime(2026, 1, 8, tzinfo=UTC))

    made = digest(
        material(
            unread=[*old[1:4], recent],
            entries=[entry(FIRST, "Ada"), entry(SECOND, "Ada", "Ben"), entry(THIRD)],
            signals=[saved(FIRST), saved(SECOND), saved(SECOND, by=2), liked(FOURTH)],
        )
    )

    assert [one.paper.id for one in made.unread] == [SECOND.id, THIRD.id, FOURTH.id]
    assert made.unread[0].added == date(2025, 12, 16)
    assert [one.paper.id for one in made.most_saved] == [SECOND.id, FIRST.id]
    assert len(digest(material(unread=old)).unread) == MOST_LISTED


def test_a_saved_paper_that_got_a_newer_version_is_told_with_its_date_and_savers() -> None:
    newer = replace(FIRST, version=3, updated=NOON + DAY)
    found = Revision(1, FIRST.id, NOON + 2 * DAY, 3)
    later = Revision(2, FIRST.id, NOON + 2 * DAY, venue="Nature 612 (2026)")

    told, appeared = digest(
        replace(material(), revised=[(entry(newer, "Ada"), each) for each in (found, later)])
    ).revised

    assert (told.paper.id, told.version, told.updated, told.savers) == (FIRST.id, 3, date(2026, 1, 16), ("Ada",))
    assert (appeared.version, appeared.updated, appeared.venue) == (None, date(2026, 1, 17), "Nature 612 (2026)")


def test_what_nobody_saved_though_it_was_taken_up_elsewhere_was_missed() -> None:
    there = [replace(one, comment="12 pages. Accepted at ICLR 2026.") for one in (FIRST, SECOND)]
    older = Revision(1, THIRD.id, NOON, venue="Nature 612 (2026)")
    made = digest(
        replace(
            material(
                edition(MONDAY, *((one, "reasoning") for one in there), (FOURTH, "agents")),
                papers=[*there, THIRD, FOURTH],
                entries=[entry(SECOND, "Ada"), entry(THIRD)],
            ),
            passed_over=[older],
        )
    )

    assert [(one.paper.id, one.venue) for one in made.missed] == [
        (FIRST.id, "Accepted at ICLR 2026"),
        (THIRD.id, "Nature 612 (2026)"),
    ]


def test_the_papers_of_a_month_that_people_did_most_with_lead_it() -> None:
    made = round_up(
        material(
            edition(MONDAY, *((one, "agents") for one in EIGHT[:6])),
            papers=EIGHT,
            entries=[entry(FOURTH, "Ada", "Ben"), entry(FIFTH, notes=1)],
            signals=[saved(FOURTH), saved(FOURTH, by=2), liked(FOURTH), liked(SIXTH), liked(SIXTH, by=2)],
            period=JANUARY,
        )
    )

    assert ids(made.leading) == [FOURTH.id, SIXTH.id, FIFTH.id]
    assert set(ids(made.others)) == {FIRST.id, SECOND.id, THIRD.id}


def test_two_papers_lead_a_month_in_which_nobody_did_anything_and_no_more_than_four_any_other() -> None:
    calm = edition(MONDAY, *((one, "agents") for one in EIGHT), scores=[0.1, 0.9, 0.2, 0.8, 0, 0, 0, 0])
    busy = [liked(one) for one in EIGHT]

    assert ids(round_up(material(calm, papers=EIGHT)).leading) == [SECOND.id, FOURTH.id]
    assert len(round_up(material(calm, papers=EIGHT, signals=busy)).leading) == MOST_LEADING


def test_a_leading_paper_has_its_insights_and_another_one_a_sentence() -> None:
    insights = by_model(FIRST, SummaryKind.INSIGHTS, "In depth.")
    made = round_up(
        material(
            edition(MONDAY, *((one, "agents") for one in EIGHT[:3]), scores=[3, 2, 1]),
            papers=EIGHT, summaries=[insights, by_model(THIRD, SummaryKind.TLDR, "In a sentence.")],
        )
    )  # fmt: skip

    assert made.leading[0].sections == insights.sections
    assert made.leading[1].sections == extract(SECOND, SummaryKind.INSIGHTS).sections
    assert [told.text for told in made.others] == ["In a sentence."]


def test_what_was_saved_without_being_picked_is_in_the_month_as_well() -> None:
    made = round_up(
        material(
            edition(MONDAY, (FIRST, "agents")),
            papers=EIGHT, entries=[entry(SECOND, "Ada")], signals=[saved(SECOND)], topics={SECOND.id: "reasoning"},
        )
    )  # fmt: skip

    assert set(ids(list(made.papers))) == {FIRST.id, SECOND.id}
    assert made.topics == (("agents", 1), ("reasoning", 1))


def test_the_favourites_are_the_quarter_that_most_people_saved_and_never_one_of_two_equals() -> None:
    everything = edition(MONDAY, *((one, "agents") for one in EIGHT))
    clear = [entry(FIRST, "Ada", "Ben"), entry(SECOND, "Ada", "Ben"), entry(THIRD, "Ada")]
    tied = [entry(FIRST, "Ada", "Ben"), entry(SECOND, "Ada"), entry(THIRD, "Ada")]

    def starred(entries: Sequence[Entry]) -> set[ArxivId]:
        made = round_up(material(everything, papers=EIGHT, entries=entries))
        return {told.paper.id for told in made.papers if told.starred}

    assert starred(clear) == {FIRST.id, SECOND.id}
    assert starred(tied) == {FIRST.id}
    assert starred([]) == set()
