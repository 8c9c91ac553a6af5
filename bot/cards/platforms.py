"""What is said of the platform itself: on arrival, while something is opened, and where it cannot be."""

from bot.messages import Action, Card, Line, Notice, Role, Tone

NAME = "Paper Round"
ABOUT = "Brings your team its new LLM papers every morning, and remembers what you do with them."
CLOSE = "Close"
MORE = "More"
TRY_AGAIN = "Try again"
SAVE_SHORTCUT = "Save paper"
ABOUT_SAVE_SHORTCUT = "Puts the papers that this message names on your team's list"


def hello() -> Card:
    """On arrival in a channel."""
    return Card(
        title=NAME,
        lines=(
            Line("I bring this channel its new papers every morning, and remember what you do with them."),
            Line(
                "Say `/papers subscribe` to choose topics, days and the hour; `/papers help` tells the rest.",
                Role.QUIET,
            ),
        ),
        actions=(Action("Subscribe this channel", "subscribe"), Action("Help", "help")),
    )


def one_moment() -> Notice:
    """Until what was asked for is there."""
    return Notice("One moment …")


def too_late() -> Notice:
    """For a form that could not be opened."""
    return Notice("It took too long to open the form. Try again.", Tone.PROBLEM)


def names_no_paper() -> Notice:
    """For a message that was to be saved."""
    return Notice("This message names no paper on arXiv. Save one by its number or link: `/papers save`.", Tone.PROBLEM)
