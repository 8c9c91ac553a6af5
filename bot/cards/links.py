"""What is said of workspaces that share, or are to share, one reading list."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from bot.cards.spelling import spelled
from bot.cards.wording import counted, listed, sentence_case
from bot.commands import Link, ShowList, Unlink, written
from bot.messages import Action, Card, Field, Line, Notice, Role
from bot.teams import Channel, Member

_PLACES: Mapping[str, str] = MappingProxyType(
    {"slack": "Slack workspace", "discord": "Discord server", "terminal": "terminal"}
)
_CODE_GROUP = 4


def code(letters: str, here: Channel, partners: Sequence[str], *, minutes: int) -> Card:
    """A one-time code, for its asker's eyes only. `partners` are the platforms of those who share the list already."""
    groups = [letters[start : start + _CODE_GROUP] for start in range(0, len(letters), _CODE_GROUP)]
    grouped = "-".join(groups)
    line = f"link {grouped}"
    already = f" It is shared with {_some(partners)} already." if partners else ""
    return Card(
        title="Share this reading list",
        fields=(Field("Code", grouped),),
        lines=(
            Line(
                f"In the other workspace or server, somebody who administers it gives it to me within "
                f"{counted(minutes, 'minute')}: {spelled(line, 'slack')} in Slack, "
                f"{spelled(line, 'discord')} in Discord. They see what would be joined before anything happens."
            ),
            Line(f"Whoever has the code can join your {_place(here)}'s list, once.{already}", Role.QUIET),
        ),
    )


def asked(here: Channel, there: Channel, issuer: Member, *, here_has: int, there_has: int, again: Link) -> Card:
    """What a code would join, with the button that does it."""
    return Card(
        title="Make one reading list of two?",
        lines=(
            Line(
                f"{sentence_case(_size(here_has))} on this {_place(here)}'s list and {_size(there_has)} on the "
                f"{_place(there)}'s, where {issuer.name} asked for this code, become one list."
            ),
            Line(
                "Both sides then see all saves, tags and notes, and whose they are, and editions learn from both. "
                "Channels, and what is posted in them, stay apart."
            ),
            Line(f"{_unlink(here)} parts them again; each side then keeps a copy.", Role.QUIET),
        ),
        actions=(Action("Make it one list", written(replace(again, sure=True))),),
    )


def joined(here: Channel, other: Channel, papers: int) -> Notice:
    """For both sides, each told `here` of the `other`."""
    return Notice(
        f"You share one reading list with a {_place(other)} now: {_size(papers)}. {_unlink(here)} parts you again.",
        actions=(Action("List", written(ShowList())),),
    )


def parted(here: Channel, papers: int) -> Notice:
    """For a workspace that has a list of its own again."""
    return Notice(
        f"This {_place(here)} has a list of its own again, a copy of the shared one: {_size(papers)}. "
        "What is saved from now on stays on its own side.",
        actions=(Action("List", written(ShowList())),),
    )


def not_linked() -> Notice:
    """For a workspace that shares its list with nobody."""
    return Notice("This list is shared with nobody, so there is nothing to part.")


def refused(here: Channel) -> str:
    """For somebody who may not speak for their workspace."""
    if here.platform == "discord":
        return 'Only people with "Manage Server" may share the reading list of this Discord server. Ask one of them.'
    return f"Only people who administer this {_place(here)} may share its reading list. Ask one of them."


def no_such_code() -> str:
    """For a code that was mistyped or used, or is out of time."""
    return "That code is not good: mistyped, used, or too old. A new one is made on the other side."


def own_code(here: Channel) -> str:
    """For a code that was said where it was made."""
    return f"That code is from this {_place(here)}. Say it in the one that is to share the list."


def linked_already(other: Channel) -> str:
    """For two that share a list."""
    return f"You share one reading list with that {_place(other)} already."


def _unlink(here: Channel) -> str:
    return spelled(written(Unlink()), here.platform)


def _place(channel: Channel) -> str:
    return _PLACES.get(channel.platform, "workspace")


def _some(platforms: Sequence[str]) -> str:
    """`a Slack workspace and 2 Discord servers`."""
    names = [_PLACES.get(platform, "workspace") for platform in platforms]
    return listed(
        [counted(names.count(name), name) if names.count(name) > 1 else f"a {name}" for name in dict.fromkeys(names)]
    )


def _size(papers: int) -> str:
    return counted(papers, "paper") if papers else "no papers yet"
