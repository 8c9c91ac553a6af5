"""The edition's header, and the sentences for days without one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType

from bot.announcements import ARXIV_ZONE, Answer, CategoryState, announces_on, expected_batch
from bot.cards.wording import clock_time, counted, dotted, listed, long_date, shortened
from bot.commands import ForMe, written
from bot.editions import Edition
from bot.messages import Action, Card, Item, Line, Notice, Role
from bot.papers import ArxivId, Paper
from bot.teams import Adjustment, Subscription


def edition_header(
    edition: Edition,
    subscription: Subscription,
    nearest: Paper | None = None,
    *,
    named: Mapping[ArxivId, Paper] = MappingProxyType({}),
) -> Card:
    """The message above an edition's papers; where there are none, it says so and names the nearest.

    Of its papers, it lists those that are `named`.
    """
    topics = ", ".join(topic.name for topic in subscription.interests.topics)
    lines = []
    actions: tuple[Action, ...] = ()
    if not edition.picks and not edition.considered:
        lines.append(Line(_nothing_new(edition)))
    elif not edition.picks:
        about = "on your topics" if topics else "about language models"
        text = f"Nothing {about} among {counted(edition.considered, 'new paper')}."
        if nearest:
            text += f" Nearest: {shortened(nearest.title, 120)}"
            actions = (Action("Show", f"show {nearest.id}"),)
        lines.append(Line(text))
    if edition.missing:
        those = "it" if len(edition.missing) == 1 else "them"
        lines.append(Line(f"Without {listed(edition.missing)}: arXiv had not answered for {those} yet.", Role.QUIET))
    lines += [Line(text, Role.QUIET) for text in _late(edition, subscription)]
    return Card(
        title=f"Papers for {long_date(edition.date)}",
        aside=dotted((f"{len(edition.picks)} of {edition.considered:,} new" if edition.picks else "", topics)),
        lines=tuple(lines),
        items=tuple(
            Item(named[pick.paper_id].title, number=pick.number, url=pick.paper_id.url)
            for pick in edition.picks
            if pick.paper_id in named
        ),
        actions=actions,
        topics=tuple(topic for topic, _ in Counter(pick.topic for pick in edition.picks).most_common()),
    )


def _nothing_new(edition: Edition) -> str:
    day = edition.made_at.astimezone(ARXIV_ZONE).date()
    if not announces_on(day):
        return f"No new papers: arXiv announces nothing on {day:%A}s."
    return "No new papers: arXiv has announced nothing new. It keeps US holidays, and is late at times."


def _late(edition: Edition, subscription: Subscription) -> list[str]:
    """What is said of an edition that did not come when it should have."""
    said = []
    if edition.covers:
        said.append(f"It catches up with the days since {long_date(edition.covers)}.")
    if edition.late_since:
        said.append(f"Late: it was due at {clock_time(edition.late_since, subscription.zone, now=edition.made_at)}.")
    return said


def personal_header(day: date, picked: int, considered: int, wanted: Subscription, own: Adjustment) -> Card:
    """The message above one member's papers; `own` is what the member asked for in place of the channel's settings."""
    topics = ", ".join(topic.name for topic in wanted.interests.topics)
    if not considered:
        text = "Nothing new has been collected yet."
    elif not picked:
        text = f"Nothing for you among {counted(considered, 'new paper')}."
    elif own == Adjustment():
        text = "By this channel's settings, and by what you did with papers so far."
    else:
        text = "By settings of your own, and by what you did with papers so far."
    return Card(
        title=f"For you, {long_date(day)}",
        aside=dotted((f"{picked} of {considered:,} new" if picked else "", topics)),
        lines=(Line(text, Role.QUIET),),
        actions=() if own == Adjustment() else (Action("As the channel", written(ForMe(Adjustment()))),),
    )


def edition_is_out(edition: Edition, *, waits: bool) -> str:
    """That the day's edition has been made; it may wait for a channel that takes no messages."""
    holds = f": {counted(len(edition.picks), 'paper')}" if edition.picks else ""
    return f"The edition of {long_date(edition.date)} {'waits to be posted' if waits else 'is out'}{holds}."


def known_by_date_alone(edition: Edition) -> Notice:
    """For an edition that was published after the back-up that the database was restored from."""
    return Notice(
        f"The papers for {long_date(edition.date)} are further up here, if they came: my records were restored from an "
        "earlier copy that does not have them. Name their papers by link, not by number."
    )


def why_no_edition(
    states: Sequence[CategoryState], subscription: Subscription, *, now: datetime, latest: date | None
) -> str:
    """Why there is no edition at `now`: nothing was announced, arXiv did not answer, or it is yet to come.

    `states` are those of the subscription's categories; `latest` is the date of the channel's latest edition.
    """
    stands = f" The edition of {long_date(latest)} stands." if latest else ""
    if not states:
        return "Nothing has been collected yet. Your first edition comes with arXiv's next announcement."
    failing = [state for state in states if state.last.answer is Answer.FAILED]
    if failing:
        since = min(state.failing_since or state.last_run_at for state in failing)
        which = "" if len(failing) == len(states) else f" for {listed([state.category for state in failing])}"
        when = clock_time(since, subscription.zone, now=now)
        return f"arXiv has not answered{which} since {when}.{stands} I'll post as soon as it does."
    asked = min(state.last_run_at for state in states)
    if expected_batch(asked) < expected_batch(now):
        return f"arXiv was last asked at {clock_time(asked, subscription.zone, now=now)}.{stands}"
    if latest is None:
        hour = f"{subscription.at:%H:%M}, {subscription.zone}"
        return f"No edition has come here yet. The first one comes at {hour}, on the next of its days."
    return f"{nothing_announced(states, now=now)}{stands}"


def nothing_announced(states: Sequence[CategoryState], *, now: datetime) -> str:
    """Why arXiv, which did answer, has nothing new."""
    newest = max((state.last_fresh for state in states if state.last_fresh), default=None)
    day = now.astimezone(ARXIV_ZONE).date()
    if not announces_on(day):
        return f"No new papers: arXiv announces nothing on {day:%A}s."
    if newest is not None and newest >= expected_batch(now):
        return "No new papers since the latest edition."
    since = f" since {long_date(newest)}" if newest else ""
    return f"No new papers: arXiv has announced nothing{since}. It keeps US holidays, and is late at times."


def no_edition_of(day: date, latest: Edition | None) -> Notice:
    """For an edition that was asked for by its date."""
    actions = (Action(f"Papers for {long_date(latest.date)}", f"today {latest.date}"),) if latest else ()
    weekend = "" if announces_on(day) else f": arXiv announces nothing on {day:%A}s"
    return Notice(f"There is no edition for {long_date(day)} {day.year}{weekend}.", actions=actions)
