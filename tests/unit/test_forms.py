"""Forms: what they hold makes the command that leaves things as they are, and no answer is more than an answer."""

from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards import forms, slips
from bot.commands import AddNote, AddTags, ChangeSettings, Misunderstood, Slip, Subscribe, filled
from bot.messages import Form, InputKind
from bot.papers import ArxivId
from bot.reading_list import NOTE_LENGTH, Tag
from bot.teams import (
    DIGESTS,
    Adjustment,
    Channel,
    EditionKind,
    Interests,
    Layout,
    Offers,
    OnNothing,
    Order,
    Subscription,
    Topic,
)
from tests.factories import paper

TOPICS = ("reasoning", "agents", "long context")
PAPER = paper("2601.00001")
PHRASES = st.lists(
    st.text(max_size=20)
    .map(lambda text: " ".join(text.replace(",", " ").replace('"', "").split()))
    .filter(lambda text: text and not set(text) & set("“”")),
    max_size=3,
    unique=True,
).map(tuple)
SUBSCRIPTIONS = st.builds(
    lambda topics, phrases, wanted, days, at, layout, offers, size, on_nothing, digests: Subscription(
        1,
        1,
        1,
        Interests(("cs.CL", "hep-th"), tuple(map(Topic, dict.fromkeys((*topics, *phrases)))), wanted, wanted, wanted),
        size,
        days,
        at.replace(second=0, microsecond=0),
        "Europe/Berlin",
        layout,
        offers,
        on_nothing=on_nothing,
        kinds=frozenset({EditionKind.DAILY}) | digests,
    ),
    st.lists(st.sampled_from(TOPICS), max_size=3, unique=True).map(tuple),
    PHRASES,
    PHRASES,
    st.frozensets(st.integers(0, 6), min_size=1),
    st.times(),
    st.sampled_from(Layout),
    st.sampled_from(Offers),
    st.integers(1, 30),
    st.sampled_from(OnNothing),
    st.frozensets(st.sampled_from(DIGESTS)),
)


CHANNEL = Channel(1, 1, "discord", "1/2", "#papers")


def held(form: Form) -> dict[str, str | tuple[str, ...]]:
    """The answers of somebody who changes nothing."""
    return {
        each.name: each.values if each.kind is InputKind.ANY_OF else "".join(each.values[:1]) for each in form.inputs
    }


@given(SUBSCRIPTIONS, st.sampled_from(["subscribe", "settings", "settings in:12"]))
def test_a_form_sent_as_it_came_orders_what_stood(stood: Subscription, command: str) -> None:
    made = filled(command, held(forms.subscription_form(stood, CHANNEL, TOPICS, command=command)))
    assert isinstance(made, Subscribe | ChangeSettings)
    assert made.order is not None
    after = made.order.of(stood)
    assert set(after.interests.topics) == set(stood.interests.topics)
    assert (after.interests.wanted, after.days, after.at, after.zone, after.layout, after.offers, after.size) == (
        stood.interests.wanted,
        stood.days,
        stood.at,
        stood.zone,
        stood.layout,
        stood.offers,
        stood.size,
    )
    assert (after.on_nothing, after.kinds) == (stood.on_nothing, stood.kinds)
    assert getattr(made, "channel", None) == (12 if command.endswith("12") else None)


def test_an_answer_is_taken_as_it_is_and_smuggles_no_setting() -> None:
    made = filled("settings", {"phrases": "x size:9, at:23:00", "size": "4"})
    assert made == ChangeSettings(Order(Adjustment(topics=(Topic("x size:9"), Topic("at:23:00")), size=4)))


def test_what_was_not_asked_stays_as_it_is() -> None:
    assert filled("settings", {"at": "9"}) == ChangeSettings(Order(at=time(9)))


def test_chosen_topics_and_topics_of_ones_own_are_topics_alike() -> None:
    made = filled("subscribe", {"topics": ("agents", "reasoning"), "phrases": "tool use, agents"})
    topics = (Topic("agents"), Topic("reasoning"), Topic("tool use"))
    assert made == Subscribe(Order(Adjustment(topics=topics)))


def test_every_answer_that_will_not_do_is_named_and_told_why() -> None:
    wrong = filled(
        "subscribe",
        {
            "topics": (),
            "phrases": "",
            "categories": "cs.CLL",
            "size": "31",
            "days": (),
            "at": "25:00",
            "zone": "Berlin",
            "layout": "wide",
            "offers": "",
            "wanted": "fine",
        },
    )
    assert isinstance(wrong, dict)
    assert {name: slip.slip for name, slip in wrong.items()} == {
        "categories": Slip.BAD_CATEGORY,
        "size": Slip.BAD_SIZE,
        "days": Slip.NO_DAY,
        "at": Slip.BAD_TIME,
        "zone": Slip.BAD_ZONE,
        "layout": Slip.BAD_LAYOUT,
        "offers": Slip.BAD_OFFERS,
    }
    said = {name: forms.problem(slip) for name, slip in wrong.items()}
    assert said["categories"] == "cs.CLL is no arXiv category; did you mean cs.CL?"
    assert said["size"] == '"31" is no number of papers: an edition holds 1 to 30.'
    assert said["days"] == "At least one day is needed, such as mon-fri."
    assert said["zone"] == 'I know no time zone "Berlin"; did you mean Europe/Berlin?'


def test_tags_are_those_chosen_and_those_written() -> None:
    made = filled("tag 2601.00001", {"known": ("agents", "rlhf"), "tags": "#Memory, agents long-context"})
    tags = (Tag("agents"), Tag("rlhf"), Tag("memory"), Tag("long-context"))
    assert made == AddTags(ArxivId("2601.00001"), tags)


@pytest.mark.parametrize(("typed", "slip"), [("", Slip.NO_TAG), (" , ", Slip.NO_TAG), ("fine a/b", Slip.BAD_TAG)])
def test_a_tag_that_is_none_is_told_beside_it(typed: str, slip: Slip) -> None:
    wrong = filled("tag 2601.00001", {"tags": typed})
    assert isinstance(wrong, dict)
    assert wrong["tags"].slip is slip
    assert forms.problem(wrong["tags"]).startswith("Write a tag" if slip is Slip.NO_TAG else '"a/b" can\'t be a tag')


def test_a_note_is_taken_whole_without_the_space_around_it() -> None:
    made = filled("note 2601.00001", {"text": '  tag 3 x\n"quoted"  size:9\n'})
    assert made == AddNote(ArxivId("2601.00001"), 'tag 3 x\n"quoted"  size:9')


@pytest.mark.parametrize(
    ("text", "said"),
    [(" \n", "Write something first."), ("x" * (NOTE_LENGTH + 1), "That has 4,001 characters; 4,000 is the most.")],
)
def test_a_note_that_is_empty_or_too_long_is_told_beside_it(text: str, said: str) -> None:
    wrong = filled("note 2601.00001", {"text": text})
    assert isinstance(wrong, dict)
    assert forms.problem(wrong["text"]) == said


@given(
    st.sampled_from(["tag 2", "note 2", "subscribe", "settings", "settings in:12", "settings in:x", "tag", ""]),
    st.dictionaries(
        st.sampled_from(
            ["tags", "known", "text", "topics", "phrases", "categories", "size", "days", "at", "zone", "x"]
        ),
        st.text(max_size=12) | st.lists(st.text(max_size=12), max_size=3).map(tuple),
    ),
)
def test_whatever_is_sent_makes_a_command_or_a_sentence_for_each_answer(
    command: str, values: dict[str, str | tuple[str, ...]]
) -> None:
    made = filled(command, values)
    if isinstance(made, dict):
        assert made
        assert all(forms.problem(slip) for slip in made.values())


@pytest.mark.parametrize("slip", Slip)
def test_every_slip_has_its_sentence(slip: Slip) -> None:
    assert slips.misunderstood(Misunderstood(slip, "tag", "2", ("help",)), "slack").text


@pytest.mark.parametrize("command", ["", "undo", "unsubscribe", "rm -rf"])
def test_what_has_no_form_cannot_be_filled_in(command: str) -> None:
    made = filled(command, {"text": "x"})
    assert isinstance(made, Misunderstood)
    assert made.slip is Slip.NO_FORM


def test_tags_of_the_team_can_be_chosen_those_used_most_at_the_most() -> None:
    assert [each.name for each in forms.tag_form(PAPER, []).inputs] == ["tags"]
    known, typed = forms.tag_form(PAPER, [Tag(f"t{number}") for number in range(30)]).inputs
    assert [choice.value for choice in known.choices] == [f"t{number}" for number in range(25)]
    assert known.optional
    assert typed.optional


def test_titles_fit_the_shortest_that_a_platform_has_room_for() -> None:
    stood = Subscription(1, 1, 1, Interests(("cs.CL",)))
    shown = (
        forms.tag_form(PAPER, []),
        forms.note_form(PAPER),
        forms.subscription_form(stood, CHANNEL, TOPICS, command="settings"),
    )
    assert all(len(form.title) <= 24 and len(form.submit) <= 24 for form in shown)


def test_what_can_be_written_instead_of_a_form_is_spelled_for_the_platform() -> None:
    stood = Subscription(1, 1, 1, Interests(("cs.CL",)))
    form = forms.subscription_form(stood, replace(CHANNEL, platform="discord"), TOPICS, command="settings")
    assert form.lines[0].text.endswith("It can be written too: /papers channel settings size:8 at:08:30")


def test_the_layout_of_a_forum_is_said_and_not_asked_for() -> None:
    stood = Subscription(1, 1, 1, Interests(("cs.CL",)), layout=Layout.THREADS)
    form = forms.subscription_form(stood, replace(CHANNEL, forum=True), TOPICS, command="settings")
    assert "layout" not in held(form)
    assert [line.text for line in form.lines][1:] == ["Layout: One post, with the papers in it, as this is a forum."]
    made = filled("settings", held(form))
    assert isinstance(made, ChangeSettings)
    assert made.order
    assert made.order.layout is None
