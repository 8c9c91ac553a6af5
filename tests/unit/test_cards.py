"""Sentences that readers see only on some days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.announcements import Answer, CategoryAnswer, CategoryState
from bot.cards import editions, papers
from bot.cards.answers import collection_status, no_such_paper
from bot.editions import Edition, Pick, Reason, ReasonKind
from bot.messages import Card
from bot.teams import EditionKind, Interests, Subscription, Topic
from tests.factories import NOON, arxiv_id, paper

MONDAY = date(2026, 1, 12)
FOLLOWING = Subscription(1, 1, 1, Interests(("cs.CL", "cs.LG"), topics=(Topic("agents"),)))
EMPTY = Edition(1, 1, 1, EditionKind.DAILY, MONDAY, NOON, 1287, ())


def text(card: Card) -> str:
    return " | ".join(line.text for line in card.lines)


def state(category: str, answer: Answer, **known: object) -> CategoryState:
    fields = {"last_run_at": NOON, "last_answered_at": NOON, "last_fresh": NOON.date()} | known
    return CategoryState(category, CategoryAnswer(category, answer), **fields)  # type: ignore[arg-type]  # by name


def test_an_edition_without_papers_says_so_and_offers_the_nearest() -> None:
    nearest = paper("2601.00001", title="Convex Regret")
    header = editions.edition_header(EMPTY, FOLLOWING, nearest)
    assert header.title == "Papers for Monday, 12 January"
    assert header.aside == "agents"
    assert text(header) == "Nothing on your topics among 1,287 new papers. Nearest: Convex Regret"
    assert [(action.label, action.command) for action in header.actions] == [("Show", "show 2601.00001")]


def test_a_header_carries_the_topics_of_its_papers_most_first() -> None:
    topics = ("agents", "reasoning", "agents")
    picks = tuple(Pick(arxiv_id(number), number, topic, (), 1.0) for number, topic in enumerate(topics, 1))
    assert editions.edition_header(replace(EMPTY, picks=picks), FOLLOWING).topics == ("agents", "reasoning")


def test_without_topics_an_empty_edition_names_what_was_looked_for() -> None:
    everything = replace(FOLLOWING, interests=Interests(("cs.CL",)))
    assert text(editions.edition_header(EMPTY, everything)) == "Nothing about language models among 1,287 new papers."


def test_an_edition_names_the_categories_that_it_had_to_go_without() -> None:
    late = replace(EMPTY, missing=("cs.CL", "cs.LG"))
    assert text(editions.edition_header(late, FOLLOWING)).endswith(
        "Without cs.CL and cs.LG: arXiv had not answered for them yet."
    )


@pytest.mark.parametrize(
    ("reasons", "said"),
    [
        ([Reason(ReasonKind.TOPIC, "agents")], 'matches your topic "agents"'),
        (
            [Reason(ReasonKind.TOPIC, "agents"), Reason(ReasonKind.WORD, "tools"), Reason(ReasonKind.TOPIC, "safety")],
            'matches your topics "agents" and "safety" · mentions "tools"',
        ),
        ([Reason(ReasonKind.FOLLOWED_AUTHOR, "Wei Tan")], "by Wei Tan, whom you follow"),
        ([Reason(ReasonKind.SAVED_AUTHOR, "Wei Tan", 1)], "your team saved 1 paper by Wei Tan"),
        ([Reason(ReasonKind.SAVED_TERMS, "verifier", 3)], 'shares "verifier" with 3 papers your team saved'),
        ([Reason(ReasonKind.LANGUAGE_MODELS, "GRPO")], 'about language models, speaks of "GRPO"'),
    ],
)
def test_each_reason_has_its_sentence(reasons: list[Reason], said: str) -> None:
    assert papers.why(tuple(reasons)) == said


def test_a_pick_of_a_paper_with_thousands_of_authors_names_forty_in_full() -> None:
    crowd = paper("2601.00001", authors=tuple(f"Ada Author{n}" for n in range(3000)))
    card = papers.whole_paper(crowd, None, Pick(crowd.id, 1, "agents", (), 1.0), now=NOON)
    [authors] = [field.value for field in card.fields if field.name == "Authors"]
    assert authors.endswith("Ada Author39 and 2,960 more")


def test_one_failed_category_among_others_is_named() -> None:
    states = [state("cs.CL", Answer.FRESH), state("cs.LG", Answer.FAILED, failing_since=NOON - timedelta(hours=2))]
    said = editions.why_no_edition(states, FOLLOWING, now=NOON, latest=None)
    assert said == "arXiv has not answered for cs.LG since 10:00. I'll post as soon as it does."


def test_before_the_first_collection_there_is_only_the_promise_of_one() -> None:
    assert "Nothing has been collected yet" in editions.why_no_edition([], FOLLOWING, now=NOON, latest=None)


def test_a_day_whose_batch_is_taken_in_has_no_news_since_its_edition() -> None:
    said = editions.why_no_edition([state("cs.CL", Answer.FRESH)], FOLLOWING, now=NOON, latest=NOON.date())
    assert said == "No new papers since the latest edition. The edition of Thursday, 15 January stands."


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (CategoryAnswer("cs.CL", Answer.NOTHING_DUE, MONDAY), "nothing was announced (weekend) · latest: Monday"),
        (CategoryAnswer("cs.CL", Answer.STALE, MONDAY), "nothing newer yet · latest: Monday, 12 January"),
        (CategoryAnswer("cs.CL", Answer.FAILED, problem="HTTP 503"), "did not answer · HTTP 503"),
        (CategoryAnswer("cs.CL", Answer.FRESH, MONDAY, 9, 8, 7), "9 papers announced, 8 found, 7 new"),
        (
            CategoryAnswer("cs.CL", Answer.FRESH, MONDAY, 9, 8, 7, "HTTP 503"),
            "9 papers announced, 8 found, 7 new · HTTP",
        ),
    ],
)
def test_status_tells_the_answers_apart(answer: CategoryAnswer, said: str) -> None:
    one = replace(state("cs.CL", answer.answer), last=answer)
    card = collection_status([one], zone="UTC", now=NOON, verdict="")
    assert said in card.items[0].details[0]


def test_a_title_that_nothing_matches_is_quoted_and_a_way_on_is_shown() -> None:
    assert 'has "zebra" in its title' in no_such_paper("zebra")
