"""Forms: what is asked together, and what is said of an answer that will not do."""

from collections.abc import Sequence
from dataclasses import replace

from bot.cards.delivery import not_postable
from bot.cards.slips import sentence
from bot.cards.spelling import spelled
from bot.cards.wording import shortened
from bot.commands import COMMANDS, Misunderstood, Slip
from bot.messages import Choice, Form, Input, InputKind, Line, Role
from bot.papers import Paper
from bot.reading_list import Tag
from bot.teams import DAYS, DIGESTS, MOST_PAPERS, Channel, Layout, Offers, OnNothing, Subscription

MOST_CHOICES = 25
"""Tags offered at the most: those used most. What every platform can show in one question."""


def tag_form(paper: Paper, known: Sequence[Tag]) -> Form:
    """Which tags to put on a paper; `known` are those that the team uses and the paper does not have yet."""
    choices = tuple(Choice(f"#{tag}", tag.name) for tag in known[:MOST_CHOICES])
    chosen = Input("known", "Tags of your team", InputKind.ANY_OF, choices=choices, optional=True)
    typed = Input("tags", "New tags" if choices else "Tags", hint="e.g. agents, long-context", optional=bool(choices))
    return Form("Tag a paper", f"tag {paper.id}", "Tag", (chosen, typed) if choices else (typed,), _about(paper))


def note_form(paper: Paper) -> Form:
    """What to note on a paper."""
    text = Input("text", "Note for your team", InputKind.PARAGRAPH)
    return Form("Note on a paper", f"note {paper.id}", "Note", (text,), _about(paper))


def _about(paper: Paper) -> tuple[Line, ...]:
    return (Line(shortened(paper.title, 200)),)


def subscription_form(wanted: Subscription, channel: Channel, topics: Sequence[str], *, command: str) -> Form:
    """What a channel is to be brought, when and how, with `wanted` filled in; a forum's layout is no question.

    `topics` are those of the taxonomy, and `command` is the line that answers complete.
    """
    interests = wanted.interests
    followed = tuple(topic.name for topic in interests.topics)
    verb = command.partition(" ")[0]
    written = spelled(COMMANDS[verb].examples[1], channel.platform)
    return Form(
        title="Papers for this channel",
        command=command,
        submit="Subscribe" if verb == "subscribe" else "Change",
        inputs=(
            *_part(
                "topics and words",
                Input(
                    "topics",
                    "Topics",
                    InputKind.ANY_OF,
                    values=tuple(name for name in followed if name in topics),
                    choices=tuple(Choice(name.capitalize(), name) for name in topics),
                    hint="None here or below: everything about language models",
                    optional=True,
                ),
                _words("phrases", "Topics of your own", [name for name in followed if name not in topics]),
                _words("categories", "arXiv categories", interests.categories, "e.g. cs.CL, cs.LG", optional=False),
                _words("wanted", "Words to look for", interests.wanted),
                _words("unwanted", "Words to keep out", interests.unwanted),
            ),
            *_part(
                "authors, days, hour",
                _words("authors", "Authors to follow", interests.authors, "Full names, with commas between"),
                Input("size", "Papers at the most", values=(str(wanted.size),), hint=f"1 to {MOST_PAPERS}", longest=2),
                Input(
                    "days",
                    "Days",
                    InputKind.ANY_OF,
                    values=tuple(DAYS[day] for day in sorted(wanted.days)),
                    choices=tuple(Choice(day.capitalize(), day) for day in DAYS),
                ),
                Input("at", "Time", InputKind.TIME, values=(f"{wanted.at:%H:%M}",), hint="e.g. 08:30"),
                Input("zone", "Time zone", values=(wanted.zone,), hint="e.g. Europe/Berlin", longest=60),
            ),
            *_part(
                "links and digests" if channel.forum else "layout and more",
                *(() if channel.forum else (_choice("layout", "Layout", _LAYOUTS, wanted.layout),)),
                _choice(
                    "offers",
                    "When somebody posts a link to a paper",
                    {each: offers_words(channel, each) for each in Offers},
                    wanted.offers,
                    _ONLY_MENTIONS if _hears_mentions_only(channel) else "",
                ),
                Input(
                    "digests",
                    "Digests",
                    InputKind.ANY_OF,
                    values=tuple(kind.value for kind in DIGESTS if kind in wanted.kinds),
                    choices=tuple(Choice(kind.capitalize(), kind.value) for kind in DIGESTS),
                    optional=True,
                ),
                _choice("on_nothing", "On a day without news", _ON_NOTHING, wanted.on_nothing),
            ),
        ),
        lines=(
            *((Line(not_postable(wanted.halt)),) if wanted.halt else ()),
            Line(f"For {channel.name}. It can be written too: {written}", Role.QUIET),
            *((Line(f"Layout: {_IN_A_FORUM}.", Role.QUIET),) if channel.forum else ()),
        ),
    )


_LAYOUTS = {
    Layout.MESSAGES: "A message for each paper",
    Layout.COMPACT: "One message, with the papers in its thread",
    Layout.THREADS: "A header, then a message for each paper with a thread of its own",
}
_IN_A_FORUM = "One post, with the papers in it, as this is a forum"
_OFFERS = {
    Offers.EMOJI: "Put the emoji on it that saves it",
    Offers.NOTE: "Ask them in private",
    Offers.NONE: "Do nothing",
}
_OPENLY = "Ask them, for all to see"
_ONLY_MENTIONS = "I am told of it only where they mention me"
_ON_NOTHING = {
    OnNothing.SILENCE: "Say nothing",
    OnNothing.LINE: "Say so in one line",
}


def layout_words(channel: Channel, layout: Layout) -> str:
    """How an edition looks in a channel whose order says `layout`."""
    return _IN_A_FORUM if channel.forum else _LAYOUTS[layout]


def offers_words(channel: Channel, offers: Offers) -> str:
    """What is done with a link that somebody posts in a channel. Who only wrote can be told nothing in private where
    that takes a right to read what people write."""
    return _OPENLY if offers is Offers.NOTE and _hears_mentions_only(channel) else _OFFERS[offers]


def _hears_mentions_only(channel: Channel) -> bool:
    return channel.platform == "discord"


def on_nothing_words(on_nothing: OnNothing) -> str:
    """What is done on a day without news."""
    return _ON_NOTHING[on_nothing]


def _part(name: str, *inputs: Input) -> tuple[Input, ...]:
    return tuple(replace(each, part=name) for each in inputs)


def _words(
    name: str, label: str, values: Sequence[str], hint: str = "With commas between", *, optional: bool = True
) -> Input:
    return Input(name, label, values=(", ".join(values),) if values else (), hint=hint, optional=optional)


def _choice(
    name: str,
    label: str,
    words: dict[Layout, str] | dict[Offers, str] | dict[OnNothing, str],
    now: str,
    hint: str = "",
) -> Input:
    choices = tuple(Choice(said, value.value) for value, said in words.items())
    return Input(name, label, InputKind.ONE_OF, values=(now,), choices=choices, hint=hint)


def problem(slip: Misunderstood) -> str:
    """What is wrong with an answer, to be shown beside it."""
    if slip.slip is Slip.NO_TAG:
        return "Write a tag, or choose one."
    if slip.slip is Slip.NO_TEXT:
        return "Write something first."
    return sentence(slip)
