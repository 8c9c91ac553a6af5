"""What a channel is brought, when, and who may change it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from bot.cards.delivery import not_postable
from bot.cards.forms import layout_words, offers_words, on_nothing_words
from bot.cards.wording import listed, long_date, weekday_names
from bot.commands import Ask, Elsewhere, PauseEditions, ResumeEditions, Unsubscribe, written
from bot.messages import Action, Card, Field, Line, Notice, Role
from bot.schedule import local_date
from bot.teams import DIGESTS, Channel, Subscription


def how_it_stands(
    subscription: Subscription,
    channel: Channel,
    *,
    due: datetime | None,
    now: datetime,
    first: bool,
    from_elsewhere: bool,
    why_fixed: str = "",
) -> Card:
    """A channel's settings, and when its next edition comes: at `due`, or where that is past, as soon as it is made.

    `due` is in the subscription's zone, and None where editions are paused until somebody resumes them. `first` tells
    that there was none yet. `from_elsewhere` gives the card buttons that work outside of the channel. `why_fixed` is
    said to a reader who cannot change any of it, and no change is offered.
    """
    interests = subscription.interests
    values = (
        ("Topics", ", ".join(topic.name for topic in interests.topics) or "everything about language models"),
        ("Categories", ", ".join(interests.categories)),
        ("Looking for", ", ".join(interests.wanted)),
        ("Keeping out", ", ".join(interests.unwanted)),
        ("Following", ", ".join(interests.authors)),
        ("Papers", f"{subscription.size} at the most"),
        ("When", f"{weekday_names(subscription.days)} at {subscription.at:%H:%M}, {subscription.zone}"),
        ("Layout", layout_words(channel, subscription.layout)),
        ("Links to papers", offers_words(channel, subscription.offers)),
        ("Digests", ", ".join(kind for kind in DIGESTS if kind in subscription.kinds) or "none"),
        ("Without news", on_nothing_words(subscription.on_nothing)),
    )
    change = Action("Change", written(Ask("settings", channel=channel.id if from_elsewhere else None)))
    on_hold = _on_hold(subscription, now)
    if from_elsewhere:
        stop = Action("Pause", _there(channel, PauseEditions()))
        go_on = Action("Resume", _there(channel, ResumeEditions()))
        offered: tuple[Action, ...] = (
            go_on if on_hold else stop,
            Action("Unsubscribe", _there(channel, Unsubscribe()), more=True),
        )
    else:
        resume = (Action("Resume", written(ResumeEditions())),) if on_hold else ()
        offered = (*resume, *(() if first else (Action("Preview", "preview"),)))
    return Card(
        title=f"Papers for {channel.name}",
        lines=(
            Line(_next(subscription, due, now, first=first)),
            *((Line(why_fixed, Role.QUIET),) if why_fixed else ()),
        ),
        fields=tuple(Field(name, value) for name, value in values if value),
        actions=() if why_fixed else (change, *offered),
    )


def _there(channel: Channel, command: PauseEditions | ResumeEditions | Unsubscribe) -> str:
    return written(Elsewhere(channel.id, command))


def _on_hold(subscription: Subscription, now: datetime) -> bool:
    """Whether no edition comes today, since the channel is halted or paused."""
    paused = subscription.pause is not None and subscription.pause.holds(local_date(subscription, now))
    return subscription.halt is not None or paused


def _next(subscription: Subscription, due: datetime | None, now: datetime, *, first: bool) -> str:
    if subscription.halt:
        return not_postable(subscription.halt)
    if due is None:
        return "Paused until somebody resumes it."
    which = "First" if first else "Next"
    if due <= now:
        return f"{which} edition as soon as today's papers are in."
    if _on_hold(subscription, now):
        which = f"Paused: the {which.lower()}"
    today = due.date() == now.astimezone(due.tzinfo).date()
    return f"{which} edition {'today' if today else f'on {long_date(due.date())}'} at {due:%H:%M}."


def ended(channel: Channel) -> Notice:
    """For a channel that is brought no more papers."""
    return Notice(
        f"No more editions come to {channel.name}. What your team saved stays on its list.",
        actions=(Action("Subscribe again", "ask subscribe"),),
    )


def refused(platform: str) -> str:
    """For somebody who may not change what a channel is brought."""
    if platform == "discord":
        return 'Only people with "Manage Channels" may change the papers of this channel. Ask one of them.'
    return "Only people who can manage this channel may change its papers. Ask its creator."


_INVITING: Mapping[str, str] = MappingProxyType(
    {
        "slack": "Write /invite @Paper Round in it",
        "discord": 'Give me "View Channel" and "Send Messages" there',
    }
)


def invite(platform: str, lacking: Sequence[str]) -> str:
    """For a channel that the bot is not in, or where it is not permitted what it is `lacking`."""
    if lacking:
        named = listed([f'"{each}"' for each in lacking])
        return f"I can't post in this channel: I lack {named}. Allow me that in its permissions, then say it again."
    how = _INVITING.get(platform, "Let me in")
    return f"I am not in this channel yet, so I can bring nothing to it. {how}, then say it again."


def standing_unknown() -> str:
    """For a platform that does not say who may do what."""
    return "I can't find out just now who manages this channel. Try again in a minute."


def no_such_channel() -> str:
    """For a channel that was named from elsewhere and is brought nothing."""
    return 'That channel has no subscription any more. Say "subscribe" in it to start one.'


def nothing_to_change() -> Notice:
    """For somebody who may change no channel's settings."""
    return Notice('There is no channel here that you may change. "subscribe", said in a channel, brings papers to it.')
