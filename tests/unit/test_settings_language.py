"""The settings of a subscription in a line: what people write, and that it can be written back."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.slips import sentence
from bot.categories import CATEGORIES
from bot.commands import ChangeSettings, Command, Misunderstood, Slip, Subscribe, nearest_zone, parse, written
from bot.teams import DIGESTS, MOST_PAPERS, Adjustment, Interests, Layout, Offers, OnNothing, Order, Subscription, Topic

PHRASES = st.lists(
    st.text(st.characters(categories=("Ll", "Lu", "Nd"), include_characters="- "), min_size=1, max_size=12)
    .map(lambda text: " ".join(text.split()))
    .filter(bool),
    max_size=3,
    unique=True,
).map(tuple)
ORDERS = st.builds(
    Order,
    st.builds(
        Adjustment,
        categories=st.none() | st.lists(st.sampled_from(CATEGORIES), min_size=1, max_size=3, unique=True).map(tuple),
        topics=st.none() | PHRASES.map(lambda names: tuple(map(Topic, names))),
        wanted=st.none() | PHRASES,
        unwanted=st.none() | PHRASES,
        authors=st.none() | PHRASES,
        size=st.none() | st.integers(1, MOST_PAPERS),
    ),
    days=st.none() | st.frozensets(st.integers(0, 6), min_size=1),
    at=st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    zone=st.none() | st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"]),
    layout=st.none() | st.sampled_from(Layout),
    offers=st.none() | st.sampled_from(Offers),
    on_nothing=st.none() | st.sampled_from(OnNothing),
    digests=st.none() | st.frozensets(st.sampled_from(DIGESTS)),
).filter(lambda order: order != Order())


def order_in(line: str) -> Order:
    command = parse(f"settings {line}")
    assert isinstance(command, ChangeSettings)
    assert command.order is not None
    return command.order


def slip_in(line: str) -> Misunderstood:
    command = parse(f"settings {line}")
    assert isinstance(command, Misunderstood)
    return command


@given(ORDERS, st.sampled_from([Subscribe, ChangeSettings, lambda order: ChangeSettings(order, 12)]))
def test_every_order_can_be_written_in_a_line(order: Order, make: type[Subscribe]) -> None:
    command: Command = make(order)
    assert parse(written(command)) == command


@pytest.mark.parametrize("topic", ["x size:9", "a, b", 'the "best"', "  "])
def test_an_order_that_a_line_would_say_differently_is_not_written(topic: str) -> None:
    with pytest.raises(ValueError, match="another setting"):
        written(Subscribe(Order(Adjustment(topics=(Topic(topic),)))))


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("08:30", time(8, 30)),
        ("8:30", time(8, 30)),
        ("8.30", time(8, 30)),
        ("8", time(8)),
        ("8am", time(8)),
        ("8:15 PM", time(20, 15)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("00:00", time(0)),
    ],
)
def test_times_are_read_as_people_write_them(said: str, at: time) -> None:
    assert order_in(f"at:{said}").at == at


@pytest.mark.parametrize("said", ["25:00", "8:60", "13pm", "0am", "late", "", "٨:٣٠"])
def test_what_is_no_time_of_day_is_refused(said: str) -> None:
    assert slip_in(f"at:{said}").slip is Slip.BAD_TIME


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("mon,wed, fri", {0, 2, 4}),
        ("Monday and Thursday", {0, 3}),
        ("fri-mon", {4, 5, 6, 0}),
        ("sat", {5}),
        ("mon – tue, thurs", {0, 1, 3}),
        ("tue-tue", {1}),
    ],
)
def test_days_are_read_as_people_write_them(said: str, days: set[int]) -> None:
    assert set(order_in(f"days:{said}").days or ()) == days


@pytest.mark.parametrize(("said", "slip"), [("", Slip.NO_DAY), ("mo", Slip.BAD_DAYS), ("mon-", Slip.BAD_DAYS)])
def test_what_is_no_day_is_refused(said: str, slip: Slip) -> None:
    assert slip_in(f"days:{said}").slip is slip


@pytest.mark.parametrize("said", ["Europe/Berlin", "europe/berlin", "EUROPE/BERLIN"])
def test_a_zone_is_known_whatever_its_case(said: str) -> None:
    assert order_in(f"zone:{said}").zone == "Europe/Berlin"


@pytest.mark.parametrize(
    ("said", "near"),
    [("Berlin", "Europe/Berlin"), ("new york", "America/New_York"), ("Europe/Berln", "Europe/Berlin"), ("utc", "UTC")],
)
def test_the_nearest_zone_is_found_by_its_city_too(said: str, near: str) -> None:
    assert nearest_zone(said) == near


def test_a_zone_that_nobody_knows_is_refused_with_the_nearest() -> None:
    assert sentence(slip_in("zone:Berlin")) == 'I know no time zone "Berlin"; did you mean Europe/Berlin?'
    assert sentence(slip_in("zone:xq")).startswith('I know no time zone "xq"; write a city')


@pytest.mark.parametrize(
    ("said", "slip"),
    [
        ("layout:wide", Slip.BAD_LAYOUT),
        ("offers:cake", Slip.BAD_OFFERS),
        ("size:0", Slip.BAD_SIZE),
        ("on_nothing:sing", Slip.BAD_ON_NOTHING),
        ("digests:daily", Slip.BAD_DIGESTS),
    ],
)
def test_what_can_be_chosen_is_said_where_something_else_was(said: str, slip: Slip) -> None:
    refused = slip_in(said)
    assert refused.slip is slip
    assert refused.given in sentence(refused)


def test_an_order_changes_what_it_names_and_nothing_else() -> None:
    before = Subscription(1, 1, 1, Interests(("cs.CL",), wanted=("verifier",)), zone="Europe/Berlin")
    after = order_in("layout:compact size:8 wanted:").of(before)
    assert (after.layout, after.size, after.interests.wanted) == (Layout.COMPACT, 8, ())
    assert (after.zone, after.at, after.days, after.offers, after.interests.categories) == (
        before.zone,
        before.at,
        before.days,
        before.offers,
        ("cs.CL",),
    )
