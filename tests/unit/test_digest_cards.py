"""Digests and round-ups as cards."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards.digests import MOST_CHARACTERS, MOST_ITEMS, PARAGRAPH_LENGTH, digest_cards
from bot.cards.retrospect import span
from bot.digests.values import Cited, Missed, Revised, Topic
from bot.messages import Card, Link
from bot.periods import Period
from bot.summaries.values import SectionName
from tests.factories import paper
from tests.fakes.digests import digest, listed, round_up, section, told

LIES = paper(2, title="When Verifiers Lie", authors=("Adaeze Okafor", "Nils Lindqvist"))
AGENTS = paper(3, title="Agents that Remember")


def characters(card: Card) -> int:
    """What a reader sees of the card's list, with the addresses that a platform counts too."""
    return sum(
        len("".join((item.title, item.url, item.text, *item.details, *(link.label + link.url for link in item.links))))
        for item in card.items
    )


def test_a_week_has_a_message_above_a_reply_for_each_topic_and_one_about_the_list() -> None:
    above, *replies = digest_cards(
        digest(
            Topic("reasoning", (told(LIES, savers=("Ada", "Ben"), discussed=2), told())),
            Topic("agents", (told(AGENTS, discussed=1),)),
            unread=(listed(LIES, "Wei"),),
            most_saved=(listed(AGENTS, "Ada", "Ben"),),
        )
    )

    assert above.title == "Week of 12 to 16 January: 3 papers posted, 1 saved, 2 discussed"
    assert [(item.title, item.details) for item in above.items] == [
        ("Reasoning", ("2 papers",)),
        ("Agents", ("1 paper",)),
    ]
    assert [reply.title for reply in replies] == ["Reasoning", "Agents", "Your team's list"]
    assert replies[-1].lines[0].text == "Unread for long, then saved by most people in this week."
    assert [(item.title, item.details) for item in replies[-1].items] == [
        ("When Verifiers Lie", ("unread since 3 December 2025 · saved by Wei",)),
        ("Agents that Remember", ("saved by Ada and Ben",)),
    ]


def test_a_paper_of_the_week_says_who_saved_it_how_much_it_was_discussed_and_where_it_was_posted() -> None:
    one = told(
        LIES, text="It recovers.", model="fake-1", savers=("Ada", "Ben"), discussed=2, link="https://chat.example/1"
    )

    (item,) = digest_cards(digest(Topic("reasoning", (one,))))[1].items

    assert (item.title, item.url, item.text) == ("When Verifiers Lie", LIES.id.url, "It recovers.")
    assert item.details == (
        "Okafor and Lindqvist · 15 January",
        "saved by Ada and Ben · 2 notes",
        "in the words of fake-1",
    )
    assert item.links == (Link("First post", "https://chat.example/1"),)


def test_of_many_who_saved_a_paper_the_first_are_named() -> None:
    crowd = tuple(f"Person {number}" for number in range(1, 9))

    (item,) = digest_cards(digest(Topic("reasoning", (told(LIES, savers=crowd),))))[1].items

    assert item.details[1] == "saved by Person 1, Person 2, Person 3, Person 4, Person 5 and 3 more"


def test_what_there_is_none_of_is_not_counted() -> None:
    (above, *_) = digest_cards(digest(Topic("reasoning", (told(LIES),))))

    assert above.title == "Week of 12 to 16 January: 1 paper posted"


def test_an_empty_week_says_why() -> None:
    (above, team) = digest_cards(digest())
    (alone,) = digest_cards(digest(editions=0))

    assert above.title == "Week of 12 to 16 January"
    assert above.lines[0].text == "Nothing was posted: none of 1,204 new papers of this week was on your topics."
    assert team.lines[0].text == "Nothing has been unread for long, and nothing was saved in this week."
    assert alone.lines[0].text == "There was no edition in this week."


def test_newer_versions_and_withdrawals_of_saved_papers_are_told_in_a_reply_of_their_own() -> None:
    gone = replace(Cited.of(AGENTS), withdrawn=True)
    newer = Revised(Cited.of(LIES), 3, date(2026, 1, 14), ("Ada",))

    _, news, _ = digest_cards(digest(revised=(newer, Revised(gone, 2, date(2026, 1, 13), ("Ben",)))))

    assert news.title == "News of saved papers"
    assert [(item.title, item.details) for item in news.items] == [
        ("When Verifiers Lie", ("version 3 on 14 January · saved by Ada",)),
        ("Agents that Remember", ("withdrawn by its authors on 13 January · saved by Ben",)),
    ]


def test_where_a_saved_paper_appeared_and_its_code_are_told_with_its_news() -> None:
    venue, code = "Accepted at ICLR 2026", "https://github.com/example/verifiers"
    appeared = Revised(Cited.of(LIES), None, date(2026, 1, 14), ("Ada",), venue, (code,))
    _, news, _ = digest_cards(digest(revised=(appeared,)))
    assert news.items[0].details == (f"{venue} · code at {code} · saved by Ada",)


def test_what_was_missed_says_where_it_was_taken_up() -> None:
    made = digest(most_saved=(listed(AGENTS, "Ada"),), missed=(Missed(Cited.of(LIES), "Accepted at ICLR 2026"),))
    team = digest_cards(made)[-1]
    assert team.lines[0].text == "Saved by most people in this week, then taken up elsewhere and saved by nobody here."
    assert team.items[-1].details == ("Accepted at ICLR 2026 · saved by nobody here",)


def test_the_reply_about_the_list_says_what_it_names() -> None:
    unread = digest_cards(digest(unread=(listed(LIES, "Ada"),)))[-1]
    most_saved = digest_cards(digest(most_saved=(listed(LIES, "Ada"),)))[-1]

    assert unread.lines[0].text == "Unread for long."
    assert most_saved.lines[0].text == "Saved by most people in this week."


def test_dates_of_a_week_are_said_as_people_say_them() -> None:
    assert span(Period(date(2026, 1, 29), date(2026, 2, 2))) == "29 January to 2 February"
    assert span(Period(date(2026, 1, 14), date(2026, 1, 14))) == "14 January"


def test_a_month_has_a_chart_above_its_leading_papers_in_depth_and_the_rest_in_lines() -> None:
    insights = (section(SectionName.PROBLEM, "Rewards fail."), section(SectionName.RESULTS, "+9%"))
    leading = replace(told(LIES, savers=("Ada", "Ben"), starred=True), sections=insights)
    made = round_up([leading], [told(AGENTS, topic="agents")])

    above, depth, rest = digest_cards(made)

    assert above.title == "January 2026: 2 papers, 1 saved"
    assert above.image == made.chart
    assert [line.text for line in above.lines] == [
        "1 paper in depth, then 1 more in a sentence each.",
        "★ marks your team's favourites: the quarter of these papers that most people saved.",
    ]
    assert depth.title == "★ When Verifiers Lie"
    assert depth.paper_id == LIES.id
    assert [line.text for line in depth.lines] == [
        "Okafor and Lindqvist · 15 January", "Problem", "Rewards fail.", "Results", "+9%", "saved by Ada and Ben",
    ]  # fmt: skip
    assert (rest.title, rest.aside) == ("Also in January 2026", "1 paper")
    assert [item.title for item in rest.items] == ["Agents that Remember"]


def test_the_star_is_explained_only_where_it_is_given() -> None:
    (above, *_) = digest_cards(round_up([told(LIES)], [told()]))

    assert [line.text for line in above.lines] == ["1 paper in depth, then 1 more in a sentence each."]


def test_an_empty_month_says_why() -> None:
    (above,) = digest_cards(round_up())

    assert above.title == "January 2026"
    assert above.lines[0].text == "Nothing was posted: none of 5,120 new papers of this month was on your topics."


def test_a_list_that_is_too_long_for_one_message_says_which_part_of_it_each_is() -> None:
    _, _, *parts = digest_cards(round_up([told()], [told() for _ in range(45)]))

    assert [(part.title, part.aside) for part in parts] == [
        ("Also in January 2026", f"45 papers · {number} of {len(parts)}") for number in range(1, len(parts) + 1)
    ]


@settings(deadline=None)
@given(st.lists(st.text("word ", min_size=1, max_size=2000), min_size=1, max_size=60))
def test_every_paper_is_told_and_no_card_holds_more_than_a_platform_can_show(texts: list[str]) -> None:
    papers = [told(paper(number, title=f"Paper {number}"), text=text) for number, text in enumerate(texts, start=1)]

    _, *week = digest_cards(digest(Topic("reasoning", tuple(papers)), editions=0))
    _, _, *month = digest_cards(round_up([told()], papers))

    for replies in (week, month):
        assert [item.title for card in replies for item in card.items] == [one.paper.title for one in papers]
        for card in replies:
            assert len(card.items) <= MOST_ITEMS
            assert characters(card) <= MOST_CHARACTERS
            assert all(len(item.text) <= PARAGRAPH_LENGTH for item in card.items)
