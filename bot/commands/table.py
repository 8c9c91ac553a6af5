"""The table of verbs. Help, Slack's and Discord's command trees and the terminal's completion are all made from it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial

from bot.commands.values import (
    AddNote,
    AddTags,
    Command,
    Dislike,
    ForMe,
    Help,
    Like,
    Mark,
    Preview,
    Related,
    RemoveTags,
    Save,
    Search,
    Show,
    ShowDigest,
    ShowList,
    ShowStatus,
    ShowUsage,
    Summarise,
    Today,
    Undo,
    Unsave,
    Why,
)
from bot.reading_list import Status


class Argument(StrEnum):
    """What follows a verb, and so what its row's `make` is called with."""

    NOTHING = "nothing"
    DATE = "date"
    """`date | None`"""
    PERIOD = "period"
    """`EditionKind` of a week or month, `date | None`"""
    PAPER = "paper"
    """`PaperName`"""
    PAPERS = "papers"
    """`tuple[PaperName, ...]`, at least one"""
    PAPER_AND_KIND = "paper and kind"
    """`PaperName`, `SummaryKind`"""
    PAPER_AND_TAGS = "paper and tags"
    """`PaperName`, `tuple[Tag, ...]`"""
    PAPER_AND_TEXT = "paper and text"
    """`PaperName`, `str`"""
    FILTER = "filter"
    """`ListFilter`, the page from 1"""
    TEXT = "text"
    """`str`, the page from 1"""
    SETTINGS = "settings"
    """`Adjustment`, not empty"""
    ME = "me"
    """`Adjustment | None`, empty where the asker's own is taken back"""
    VERB = "verb"
    """a verb of the table or "", and whether everything is asked for"""


@dataclass(frozen=True, slots=True)
class Row:
    """A verb: what help says of it, what follows it, who sees the answer."""

    verb: str
    argument: Argument
    make: Callable[..., Command] = field(repr=False)
    """Builds the command from what `argument` says."""
    summary: str
    usage: str
    examples: tuple[str, ...]
    first: bool = False
    """Shown by `help` at once, not behind "more"."""
    private: bool = True
    """Whether the answer is for the asker's eyes only."""


_ROWS = (
    Row(
        verb="today",
        argument=Argument.DATE,
        make=Today,
        summary="The latest edition, or that of a date",
        usage="today [date]",
        examples=("today", "today 2026-01-15"),
        first=True,
    ),
    Row(
        verb="save",
        argument=Argument.PAPERS,
        make=Save,
        summary="Put papers on the team's list",
        usage="save <paper> …",
        examples=("save 2", "save 2601.01234"),
        first=True,
    ),
    Row(
        verb="list",
        argument=Argument.FILTER,
        make=ShowList,
        summary="The team's reading list, filtered",
        usage="list [unread|reading|read] [#tag] [by:name] [words] [page:n]",
        examples=("list unread", "list #agents by:ada", "list read verifiers"),
        first=True,
    ),
    Row(
        verb="search",
        argument=Argument.TEXT,
        make=Search,
        summary="Look through every paper seen so far",
        usage="search <words> [page:n]",
        examples=("search process rewards",),
        first=True,
    ),
    Row(
        verb="show",
        argument=Argument.PAPER,
        make=Show,
        summary="A paper in full: abstract, tags, notes",
        usage="show <paper>",
        examples=("show 1", "show when verifiers lie"),
        first=True,
    ),
    Row(
        verb="summary",
        argument=Argument.PAPER_AND_KIND,
        make=Summarise,
        summary="A paper in a few words, from its abstract or its full text",
        usage="summary <paper> [tldr|insights|full]",
        examples=("summary 1", "summary 1 tldr", "summary 2601.01234 full", 'summary "verifiers lie" tldr'),
        first=True,
    ),
    Row(
        verb="read",
        argument=Argument.PAPERS,
        make=partial(Mark, status=Status.READ),
        summary="Mark papers as read",
        usage="read <paper> …",
        examples=("read 2",),
        first=True,
    ),
    Row(
        verb="reading",
        argument=Argument.PAPERS,
        make=partial(Mark, status=Status.READING),
        summary="Mark papers as being read",
        usage="reading <paper> …",
        examples=("reading 2",),
    ),
    Row(
        verb="unread",
        argument=Argument.PAPERS,
        make=partial(Mark, status=Status.UNREAD),
        summary="Mark papers as not read yet",
        usage="unread <paper> …",
        examples=("unread 2",),
    ),
    Row(
        verb="tag",
        argument=Argument.PAPER_AND_TAGS,
        make=AddTags,
        summary="Label a paper",
        usage="tag <paper> <tag> …",
        examples=("tag 2 agents memory", 'tag "verifiers lie" rlhf'),
        first=True,
    ),
    Row(
        verb="untag",
        argument=Argument.PAPER_AND_TAGS,
        make=RemoveTags,
        summary="Take labels off a paper",
        usage="untag <paper> <tag> …",
        examples=("untag 2 memory",),
    ),
    Row(
        verb="note",
        argument=Argument.PAPER_AND_TEXT,
        make=AddNote,
        summary="Write a note on a paper for the team",
        usage="note <paper> <text>",
        examples=("note 2 compare with our baseline",),
    ),
    Row(
        verb="like",
        argument=Argument.PAPERS,
        make=Like,
        summary="More like this",
        usage="like <paper> …",
        examples=("like 3",),
    ),
    Row(
        verb="dislike",
        argument=Argument.PAPERS,
        make=Dislike,
        summary="Not for us: fewer like this",
        usage="dislike <paper> …",
        examples=("dislike 4",),
    ),
    Row(
        verb="unsave",
        argument=Argument.PAPERS,
        make=Unsave,
        summary="Take back your save",
        usage="unsave <paper> …",
        examples=("unsave 2",),
    ),
    Row(
        verb="why",
        argument=Argument.PAPER,
        make=Why,
        summary="Why a paper was picked, or was not",
        usage="why <paper>",
        examples=("why 1", "why 2601.01234"),
    ),
    Row(
        verb="related",
        argument=Argument.PAPER,
        make=Related,
        summary="The papers most like one, among all seen so far",
        usage="related <paper>",
        examples=("related 2", "related 2601.01234"),
    ),
    Row(
        verb="for",
        argument=Argument.ME,
        make=ForMe,
        summary="Today's papers for you alone, by what you saved and, if you say so, topics of your own",
        usage="for me [topics:a,b wanted:… unwanted:… authors:… categories:… size:n | reset]",
        examples=("for me", "for me topics:agents,reasoning", "for me reset"),
    ),
    Row(
        verb="preview",
        argument=Argument.SETTINGS,
        make=Preview,
        summary="What other settings would have brought in the last 30 days; changes nothing",
        usage='preview "topics:a,b wanted:… unwanted:… authors:… categories:… size:n"',
        examples=('preview "topics:agents,long context size:8"', 'preview "unwanted:title:survey"'),
    ),
    Row(
        verb="status",
        argument=Argument.NOTHING,
        make=ShowStatus,
        summary="What arXiv answered, and when",
        usage="status",
        examples=("status",),
    ),
    Row(
        verb="digest",
        argument=Argument.PERIOD,
        make=ShowDigest,
        summary="What a week or month brought, by topic, and what your team made of it",
        usage="digest [week|month] [date]",
        examples=("digest", "digest month", "digest week 2026-01-15"),
    ),
    Row(
        verb="usage",
        argument=Argument.NOTHING,
        make=ShowUsage,
        summary="What language models cost your team",
        usage="usage",
        examples=("usage",),
    ),
    Row(
        verb="undo",
        argument=Argument.NOTHING,
        make=Undo,
        summary="Take back your last change",
        usage="undo",
        examples=("undo",),
        first=True,
    ),
    Row(
        verb="help",
        argument=Argument.VERB,
        make=Help,
        summary="The verbs, or one of them",
        usage="help [verb|more]",
        examples=("help", "help list", "help more"),
    ),
)

COMMANDS: dict[str, Row] = {row.verb: row for row in _ROWS}
"""Every verb, in the order in which help shows them."""
