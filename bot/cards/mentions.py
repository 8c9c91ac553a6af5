"""Quiet words to somebody who named a paper in a channel."""

from bot.cards.wording import shortened
from bot.messages import Action, Notice
from bot.papers import Paper
from bot.teams import Channel


def offered(paper: Paper) -> Notice:
    """For a paper that is neither on the team's list nor was posted before."""
    text = f"“{shortened(paper.title, 120)}” is not on your team's list yet."
    return Notice(text, actions=(_save(paper),))


def posted_before(paper: Paper, channel: Channel, *, link: str, saved: bool) -> Notice:
    """For a paper that an edition brought; `link` leads to its post, where there is such a place."""
    return Notice(
        f"“{shortened(paper.title, 120)}” was posted in {channel.name} before.",
        actions=(
            *((Action("Open its thread", url=link),) if link else ()),
            *(() if saved else (_save(paper),)),
        ),
    )


def _save(paper: Paper) -> Action:
    return Action("Save", f"save {paper.id}")
