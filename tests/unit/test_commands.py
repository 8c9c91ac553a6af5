"""Text to command: whatever people type, it is a command or a helpful misunderstanding, never an exception."""

from datetime import date, time

import pytest

from bot.commands import (
    COMMANDS,
    AddNote,
    AddTags,
    Ask,
    ChangeSettings,
    Command,
    Elsewhere,
    ForMe,
    Help,
    HomeTab,
    Language,
    Like,
    Link,
    Mark,
    Misunderstood,
    PauseEditions,
    Preview,
    Related,
    RemoveTags,
    ResumeEditions,
    Save,
    Search,
    Show,
    ShowDigest,
    ShowHome,
    ShowList,
    ShowStatus,
    ShowUsage,
    SkipEdition,
    Slip,
    Subscribe,
    Summarise,
    Today,
    Undo,
    Unlink,
    Unsubscribe,
    nearest_verbs,
    parse,
)
from bot.papers import ArxivId
from bot.reading_list import ListFilter, Status, Tag
from bot.summaries.values import SummaryKind
from bot.teams import DIGESTS, Adjustment, EditionKind, Order, Topic

AGENTS_REASONING = (Topic("agents"), Topic("reasoning"))


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("", Help()),
        ("/papers", Help()),
        ("help more", Help(everything=True)),
        ("help for-me", Help("for")),
        ("help Channel pause", Help("pause")),
        ("HELP List", Help("list")),
        ("today", Today()),
        ("/papers today 2026-01-15", Today(date(2026, 1, 15))),
        ("digest", ShowDigest()),
        ("digest 2026-01-15", ShowDigest(day=date(2026, 1, 15))),
        ("digest WEEK 2026-01-15", ShowDigest(EditionKind.WEEKLY, date(2026, 1, 15))),
        ("digest month", ShowDigest(EditionKind.MONTHLY)),
        ("digest month  2026-01", ShowDigest(EditionKind.MONTHLY, date(2026, 1, 1))),
        ("digest 2026-01", ShowDigest(EditionKind.MONTHLY, date(2026, 1, 1))),
        ("3", Show(3)),
        ("#3", Show(3)),
        ("https://arxiv.org/pdf/2601.01234v2.pdf", Show(ArxivId("2601.01234"))),
        ("show when verifiers lie", Show("when verifiers lie")),
        ("save 1, 3 2601.01234", Save((1, 3, ArxivId("2601.01234")))),
        ("save 2,3", Save((2, 3))),
        ("save 2, 3 and 4", Save((2, 3, 4))),
        ("save 2601.01234,1", Save((ArxivId("2601.01234"), 1))),
        ("save rise and fall", Save(("rise and fall",))),
        ("save 2 2", Save((2,))),
        ("save 3 body problem", Save(("3 body problem",))),
        ("read 2", Mark((2,), Status.READ)),
        ("reading 2", Mark((2,), Status.READING)),
        ("unread 2", Mark((2,), Status.UNREAD)),
        ("like 2", Like((2,))),
        ("tag 2 RLHF, #agents agents", AddTags(2, (Tag("rlhf"), Tag("agents")))),
        ("tag “verifiers lie” rlhf", AddTags("verifiers lie", (Tag("rlhf"),))),
        ("untag 2 rlhf", RemoveTags(2, (Tag("rlhf"),))),
        ('note 2  see "Tan 2025", then ours', AddNote(2, 'see "Tan 2025", then ours')),
        ("pause", PauseEditions()),
        ("pause until 2026-02-01", PauseEditions(date(2026, 2, 1))),
        ("pause 2026-02-01", PauseEditions(date(2026, 2, 1))),
        ("skip", SkipEdition()),
        ("skip Tomorrow", SkipEdition(tomorrow=True)),
        ("resume", ResumeEditions()),
        ("list", ShowList()),
        ("list read", ShowList(ListFilter(Status.READ))),
        (
            'list #agents tag:rlhf by:"Ada L" unread bias page:2',
            ShowList(ListFilter(Status.UNREAD, (Tag("agents"), Tag("rlhf")), "Ada L", "bias"), 2),
        ),
        ("list bias read", ShowList(ListFilter(text="bias read"))),
        ("list unread page 2", ShowList(ListFilter(Status.UNREAD), 2)),
        ("list page 2 rank", ShowList(ListFilter(text="page 2 rank"))),
        ("search process rewards page:2", Search("process rewards", 2)),
        ("search process rewards page 2", Search("process rewards", 2)),
        ("related 2", Related(2)),
        ("for me", ForMe()),
        ("for", ForMe()),
        ("for me reset", ForMe(Adjustment())),
        ("For Me topics:agents, long context", ForMe(Adjustment(topics=(Topic("agents"), Topic("long context"))))),
        ('preview "topics:agents,reasoning size:8"', Preview(Adjustment(topics=AGENTS_REASONING, size=8))),
        (
            'preview wanted:title:rewards, "author:tan" Unwanted:"a survey" authors:Wei Tan categories:cs.CL,hep-th',
            Preview(
                Adjustment(("cs.CL", "hep-th"), None, ("title:rewards", "author:tan"), ("a survey",), ("Wei Tan",))
            ),
        ),
        ("preview categories:CS.cl,cs.CL", Preview(Adjustment(("cs.CL",)))),
        ("preview", Preview(Adjustment())),
        ("preview topics:", Preview(Adjustment(topics=()))),
        ("preview topics:all", Preview(Adjustment(topics=()))),
        ("for me topics:Agents, ALL", ForMe(Adjustment(topics=()))),
        ("settings topics:none", ChangeSettings(Order(Adjustment(topics=())))),
        ("for me topics:none,agents", ForMe(Adjustment(topics=(Topic("none"), Topic("agents"))))),
        (
            "settings wanted:none unwanted:None authors:none",
            ChangeSettings(Order(Adjustment(wanted=(), unwanted=(), authors=()))),
        ),
        ("preview topics:a size:2 topics:b,,b", Preview(Adjustment(topics=(Topic("b"),), size=2))),
        ("subscribe", Subscribe()),
        ("subscribe topics:agents", Subscribe(Order(Adjustment(topics=(Topic("agents"),))))),
        ("settings", ChangeSettings()),
        ("settings size:8 at:08:30", ChangeSettings(Order(Adjustment(size=8), at=time(8, 30)))),
        ("settings in:12", ChangeSettings(channel=12)),
        ("settings in:12 size:8", ChangeSettings(Order(Adjustment(size=8)), 12)),
        ("settings days:all", ChangeSettings(Order(days=frozenset(range(7))))),
        ("settings days:Every  day", ChangeSettings(Order(days=frozenset(range(7))))),
        ("settings digests:all", ChangeSettings(Order(digests=frozenset(DIGESTS)))),
        ("unsubscribe", Unsubscribe()),
        ("ask tag 2", Ask("tag", 2)),
        ("ask note when verifiers lie", Ask("note", "when verifiers lie")),
        ("ask settings", Ask("settings")),
        ("ask settings in:12", Ask("settings", channel=12)),
        ("there in:12 pause until 2026-02-01", Elsewhere(12, PauseEditions(date(2026, 2, 1)))),
        ("there in:12 unsubscribe", Elsewhere(12, Unsubscribe())),
        ("ask subscribe", Ask("subscribe")),
        ("home", ShowHome()),
        ("home #agents page:2", ShowHome(HomeTab.MINE, ListFilter(tags=(Tag("agents"),)), 2)),
        ("home team unread", ShowHome(HomeTab.TEAM, ListFilter(Status.UNREAD))),
        ("summary 2", Summarise(2)),
        ("summary 2 TLDR", Summarise(2, SummaryKind.TLDR)),
        ("summary 2601.01234 full", Summarise(ArxivId("2601.01234"), SummaryKind.FULL)),
        ("summary when verifiers lie full", Summarise("when verifiers lie full")),
        ('summary "when verifiers lie" full', Summarise("when verifiers lie", SummaryKind.FULL)),
        ("usage", ShowUsage()),
        ("language", Language()),
        ("language default", Language("")),
        ("Language PT-br", Language("pt-BR")),
        ("language german", Language("de")),
        ("link", Link()),
        ("link “KWQF MXPT” YES", Link("KWQFMXPT", sure=True)),
        ("unlink", Unlink()),
        ("status", ShowStatus()),
        ("undo", Undo()),
        ("undo Change:12", Undo(12)),
    ],
)
def test_a_line_is_the_command_that_people_mean(line: str, command: Command) -> None:
    assert parse(line) == command


@pytest.mark.parametrize(
    ("line", "slip", "suggestion"),
    [
        ("sav 2", Slip.UNKNOWN_VERB, "save 2"),
        ("lisst unread", Slip.UNKNOWN_VERB, "list unread"),
        ("sav", Slip.UNKNOWN_VERB, "help save"),
        ("qwxyz", Slip.UNKNOWN_VERB, "help"),
        ("help lits", Slip.UNKNOWN_VERB, "help list"),
        ("save", Slip.NO_PAPER, "save 2"),
        ('show ""', Slip.NO_PAPER, "show 1"),
        ("tag 2", Slip.NO_TAG, "tag 2 agents memory"),
        ("tag 2 a/b", Slip.BAD_TAG, "tag 2 agents memory"),
        ("note 2", Slip.NO_TEXT, "note 2 compare with our baseline"),
        ("search page:2", Slip.NO_TEXT, "search process rewards"),
        ("summary", Slip.NO_PAPER, "summary 1"),
        ("summary 2 short", Slip.BAD_KIND, "summary 1"),
        ("language klingonese", Slip.BAD_LANGUAGE, "language de"),
        ("today yesterday", Slip.BAD_DATE, "today 2026-01-15"),
        ("digest yesterday", Slip.BAD_PERIOD, "digest month"),
        ("digest week 2026-01", Slip.BAD_PERIOD, "digest month"),
        ("undo that", Slip.TOO_MUCH, "undo"),
        ("undo change:9999999999", Slip.TOO_MUCH, "undo"),
        ("for you", Slip.NOT_ME, "for me"),
        ("for me agents", Slip.BAD_SETTING, "for me topics:agents,reasoning"),
        ("preview agents", Slip.BAD_SETTING, 'preview "unwanted:title:survey"'),
        ("preview size:0", Slip.BAD_SIZE, 'preview "unwanted:title:survey"'),
        ("preview size:31", Slip.BAD_SIZE, 'preview "unwanted:title:survey"'),
        ("preview size:", Slip.BAD_SIZE, 'preview "unwanted:title:survey"'),
        ("preview categories:", Slip.NO_CATEGORY, 'preview "unwanted:title:survey"'),
        ("preview categories:cs.CLL", Slip.BAD_CATEGORY, 'preview "unwanted:title:survey"'),
        ("for me categories:cs.CL,CS", Slip.BAD_CATEGORY, "for me topics:agents,reasoning"),
        ("preview topics:agents at:8", Slip.NOT_HERE, "preview"),
        ("for me zone:Europe/Berlin", Slip.NOT_HERE, "for me"),
        ("subscribe agents", Slip.BAD_SETTING, "subscribe"),
        ("settings size:many", Slip.BAD_SIZE, "settings size:8 at:08:30"),
        ("settings in:x size:8", Slip.BAD_SETTING, "settings"),
        ("unsubscribe now", Slip.TOO_MUCH, "unsubscribe"),
        ("there pause", Slip.TOO_MUCH, "there in:12 pause"),
        ("there in:12 save 2", Slip.TOO_MUCH, "there in:12 pause"),
        ("ask", Slip.NO_FORM, "ask tag 2"),
        ("ask list", Slip.NO_FORM, "ask tag 2"),
        ("ask tag", Slip.NO_PAPER, "ask tag 2"),
        ("ask subscribe me", Slip.TOO_MUCH, "ask settings"),
        ("home team #", Slip.BAD_FILTER, "home"),
        ("list by:", Slip.BAD_FILTER, "list #agents by:ada"),
        ("list unread #", Slip.BAD_FILTER, "list #agents by:ada"),
    ],
)
def test_a_slip_is_named_and_answered_with_a_line_that_works(line: str, slip: Slip, suggestion: str) -> None:
    command = parse(line)
    assert isinstance(command, Misunderstood)
    assert command.slip is slip
    assert suggestion in command.suggestions


@pytest.mark.parametrize("verb", COMMANDS)
def test_every_example_in_the_table_is_a_command_of_its_verb(verb: str) -> None:
    for line in COMMANDS[verb].examples:
        assert line.split()[0] == verb
        assert not isinstance(parse(line), Misunderstood)


def test_what_only_buttons_say_is_suggested_to_nobody() -> None:
    assert "home" not in nearest_verbs("homee")
    assert "ask" not in nearest_verbs("askk")
