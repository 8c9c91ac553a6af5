"""What is said of the platform itself: on arrival, while something is opened, and where it cannot be."""

from collections.abc import Sequence

from bot.cards.wording import counted, sentence_case
from bot.messages import Action, Card, Line, Notice, Role, Tone
from bot.papers import ArxivId

NAME = "Paper Round"
ABOUT = "Brings your team its new LLM papers every morning, and remembers what you do with them."
CLOSE = "Close"
MORE = "More"
TRY_AGAIN = "Try again"
ASKED_IN_PARTS = "Each button asks for its part. What you send holds at once; the rest stays as it is shown here."
SAVE_SHORTCUT = "Save paper"
ABOUT_SAVE_SHORTCUT = "Puts the papers that this message names on your team's list"

MENU = {"save": SAVE_SHORTCUT, "summary": "Summarise paper"}
"""What is called how in the menu of a message, by verb."""


def hello() -> Card:
    """On arrival in a channel."""
    return Card(
        title=NAME,
        lines=(
            Line("Once subscribed, I bring this channel new papers every morning, and remember what you do with them."),
            Line(
                'Say "/papers subscribe" to choose topics, days and the hour; "/papers help" tells the rest.',
                Role.QUIET,
            ),
        ),
        actions=(Action("Subscribe this channel", "subscribe"), Action("Help", "help")),
    )


def called() -> Notice:
    """For somebody who said no more than the bot's name, or nothing that it understands."""
    return Notice(
        'I bring papers to channels, and keep your team\'s reading list. Type "/papers" and choose what to do.',
        actions=(Action("Today", "today"), Action("List", "list"), Action("Help", "help")),
    )


def offered(line: str) -> Notice:
    """For a command in a message, which all can see: its answer may be for one person's eyes only."""
    return Notice(
        'I take no commands from messages. Press this, or type it after "/papers".',
        actions=(Action(sentence_case(line), line),),
    )


def opens_a_form(line: str) -> Notice:
    """For a command in a message, from which no form can be opened."""
    return Notice(
        'This asks you something. Press it here, or type it after "/papers".',
        actions=(Action(sentence_case(line), line),),
    )


def in_direct_messages() -> Notice:
    """For somebody who writes to the bot alone, where it belongs to no server."""
    return Notice(
        "I bring papers to the channels of a server, and keep its reading list. From here I cannot tell which server "
        'you mean: type "/papers" there, and choose what to do. "/papers help" tells all; most answers only you see.'
    )


def part_of_form(submit: str, part: str) -> str:
    """On the button that asks one part of a form, which can be sent by itself."""
    return f"{submit}: {part}" if part else submit


def one_moment() -> Notice:
    """Until what was asked for is there."""
    return Notice("One moment …")


def too_late() -> Notice:
    """For a form that could not be opened."""
    return Notice("It took too long to open the form. Try again.", Tone.PROBLEM)


def names_no_paper() -> Notice:
    """For a message that was to be saved."""
    return Notice('This message names no paper on arXiv. Save one by its number or link: "/papers save".', Tone.PROBLEM)


def names_several(papers: Sequence[ArxivId], titles: Sequence[str], verb: str) -> Notice:
    """For a message of which one paper is needed. A title is "" where it is not known."""
    named = zip(papers, titles, strict=True)
    return Notice(
        f"This message names {counted(len(papers), 'paper')}. Which one?",
        actions=tuple(Action(title or str(paper), f"{verb} {paper}") for paper, title in named),
    )


def not_shown() -> Notice:
    """For an answer that the platform did not take."""
    return Notice("I have an answer, but could not show it here. It has been logged.", Tone.PROBLEM)


def of_no_server() -> Notice:
    """For a button in direct messages."""
    return Notice('From here I can\'t tell which server you mean. Say it there, with "/papers".', Tone.PROBLEM)


def command_changed() -> Notice:
    """For a command that is not what it was when it was shown."""
    return Notice("This command has changed meanwhile. Type it again.", Tone.PROBLEM)
