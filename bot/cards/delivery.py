"""What is said of editions that pause, and of those that could not be delivered."""

from collections.abc import Sequence
from datetime import date

from bot.cards.spelling import spelled
from bot.cards.wording import listed, long_date, sentence_case
from bot.messages import Action, Notice, Tone
from bot.teams import Channel, Halt, Subscription

_RESUME = (Action("Resume", "resume"),)


def paused(next_edition: date | None) -> Notice:
    """That there are no editions for a while."""
    if next_edition is None:
        return Notice("Paused: no editions until somebody resumes them.", actions=_RESUME)
    return Notice(f"Paused: the next edition comes on {long_date(next_edition)}.", actions=_RESUME)


def standstill(subscription: Subscription, next_edition: date | None, *, today: date) -> tuple[Notice, ...]:
    """That no edition comes to the subscription's channel `today`, since it is halted or paused; else nothing."""
    pause = subscription.pause
    if subscription.halt:
        return (Notice(not_postable(subscription.halt), Tone.PROBLEM, _RESUME),)
    return (paused(next_edition),) if pause and pause.holds(today) else ()


def skip_to_come(subscription: Subscription, comes_again: date | None, *, today: date) -> tuple[Notice, ...]:
    """That editions after `today` will be left out, and when they come again; else nothing."""
    pause = subscription.pause
    if subscription.halt or pause is None or pause.first <= today:
        return ()
    if pause.last is None:
        return (paused(None),)
    return (skipped(pause.first, comes_again, last=pause.last),)


def not_postable(halt: Halt) -> str:
    """Why a halted channel gets nothing, and what to do about it."""
    return f"No editions come, since I could not post here. {_ended(halt.why)} Resume them once that is mended."


def skipped(day: date, comes_again: date | None, *, last: date | None = None) -> Notice:
    """That one day's edition is left out, or those up to the `last`."""
    which = f"No edition on {long_date(day)}"
    if last and last != day:
        which = f"No editions from {long_date(day)} to {long_date(last)}"
    then = f": the next one after that comes on {long_date(comes_again)}" if comes_again else ""
    return Notice(f"{which}{then}.", actions=_RESUME)


def none_to_skip(day: date, next_edition: date | None) -> Notice:
    """For a day that has no edition anyway."""
    then = f" The next one comes on {long_date(next_edition)}." if next_edition else ""
    return Notice(f"There is no edition on {long_date(day)} anyway.{then}")


def not_in_the_year_to_come(day: date) -> str:
    """For a pause that would be over before it begins, or last for more than a year."""
    return f"{long_date(day)} {day.year} is not in the year to come. Name the date on which editions come again."


def resumed(next_edition: date | None, dropped: Sequence[date], *, at_once: bool, left: bool) -> Notice:
    """That editions come again: the next one `at_once` where its hour has passed, and before it what was `left` to
    post. What waited for too long is left out."""
    comes = f" the next edition comes on {long_date(next_edition)}." if next_edition else " editions come again."
    if next_edition and at_once:
        comes = f" the edition of {long_date(next_edition)} comes as soon as its papers are in."
    if left:
        comes = f" what was left to post follows at once;{comes}"
    too_old = (
        f" What was left to post of {listed([long_date(day) for day in dropped])} is too old and left out; "
        "asked for by its date, it is still shown."
        if dropped
        else ""
    )
    return Notice(f"Resumed:{comes}{too_old}")


def going_already(next_edition: date | None) -> Notice:
    """For a `resume` where nothing was paused or halted."""
    comes = f" The next edition comes on {long_date(next_edition)}." if next_edition else ""
    return Notice(f"Nothing is paused here.{comes}")


def halted(channel: Channel, why: str) -> Notice:
    """For who ordered a channel's editions: they can no longer be posted."""
    return Notice(
        f"I can no longer post in {channel.name}. {_ended(why)} Once that is mended, say "
        f'"{spelled("resume", channel.platform)}" there; papers of the last day follow then.',
        Tone.PROBLEM,
    )


def fate_unknown(channel: Channel, why: str) -> Notice:
    """For who ordered a channel's editions: a message may be missing in it."""
    return Notice(
        f"A message in {channel.name} may be missing: its answer was lost, and I can't look for it. {_ended(why)} "
        "I don't post it again by myself. Let me read the channel's history, and ask whoever runs me for "
        '"papers deliveries".',
        Tone.PROBLEM,
    )


def _ended(why: str) -> str:
    """What a platform said, which may be several sentences, as sentences."""
    return f"{sentence_case(why.removesuffix('.'))}."
