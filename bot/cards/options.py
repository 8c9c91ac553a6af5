"""What is said of a verb's parts where each is a blank of its own."""

from collections.abc import Mapping
from types import MappingProxyType

GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "channel": "What a channel is brought, and when",
        "team": "What holds for your whole team",
    }
)
"""What each group of verbs is about, by `Row.group`."""

ABOUT: Mapping[str, str] = MappingProxyType(
    {
        "code": "The code from the other side",
        "paper": "Number, id, link or title",
        "papers": "Numbers, ids, links or a title",
        "kind": "How much of it; otherwise its insights",
        "tags": "Labels; leave it out to choose",
        "untag tags": "Labels to take off, with spaces between",
        "text": "Leave it out to write more",
        "status": "How far the team is",
        "tag": "A label",
        "by": "Who saved it: a name, or me",
        "words": "Words to look for",
        "page": "Which page, from 1",
        "date": "A date, such as 2026-01-15",
        "until": "The date on which editions come again",
        "day": "Otherwise the next edition",
        "period": "Otherwise a week",
        "channel": "Another channel",
        "topics": "Topics with commas between",
        "wanted": "Words to look for",
        "unwanted": "Words to keep out",
        "authors": "Authors to follow",
        "categories": "arXiv categories, such as cs.CL, cs.LG",
        "size": "Papers at the most",
        "at": "Time of day, such as 08:30",
        "days": "Days, such as mon-fri",
        "zone": "Time zone, such as Europe/Berlin",
        "layout": "How an edition looks",
        "offers": "What to do with links to papers",
        "on_nothing": "On a day without news",
        "digests": "Weekly and monthly round-ups",
        "language": "A language, or its tag",
        "reset": "Takes back what you asked for",
        "verb": "What to tell more about",
    }
)
"""What a blank takes, by its name, or its verb and name where that verb differs."""

_NAMES: Mapping[str, str] = MappingProxyType({"tldr": "TL;DR"})


def choice_words(value: str) -> str:
    """What a value that can be chosen is called. Short: a platform counts the characters of all that can be said."""
    return _NAMES.get(value) or value.capitalize()
