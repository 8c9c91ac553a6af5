"""Any line at all: it is a command or a helpful misunderstanding, and a command's own line means the command."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.commands import COMMANDS, Misunderstood, parse, written

LINES = st.one_of(
    st.text(max_size=60),
    st.builds(
        lambda verb, rest: f"{verb} {rest}",
        st.sampled_from([*COMMANDS, "lst", "sav", "/papers"]),
        st.lists(
            st.one_of(
                st.text(max_size=12),
                st.sampled_from(
                    [
                        "2",
                        "1,",
                        "#rlhf",
                        "tag:x",
                        "by:ada",
                        'by:"Ada L"',
                        "page:3",
                        "page",
                        "by:",
                        "and",
                        "2,3",
                        "unread",
                        "read",
                        "status:reading",
                        "me",
                        "month",
                        "2026-01-15",
                        "reset",
                        "default",
                        "zh-hant",
                        "topics:agents,",
                        "topics:all",
                        'wanted:"a',
                        "authors:",
                        "size:8",
                        "categories:cs.CL",
                        "at:8pm",
                        "zone:utc",
                        "days:fri-mon",
                        "layout:compact",
                        "offers:none",
                        "in:12",
                        "change:12",
                        "tag",
                        "settings",
                        "team",
                        '"',
                        "”",
                    ]
                ),
            ),
            max_size=6,
        ).map(" ".join),
    ),
)


@given(LINES)
@example('by:a” "b')
def test_parsing_never_raises_and_every_suggestion_parses(line: str) -> None:
    command = parse(line)
    if isinstance(command, Misunderstood):
        assert command.suggestions
        for suggestion in command.suggestions:
            assert not isinstance(parse(suggestion), Misunderstood)


@given(LINES)
@example('list 0"  0"')
@example('list "x by:ada"')
@example("list page 3 page 2 page:1")
@example("link - yes")
@example("undo change:012")
def test_a_written_command_parses_to_itself(line: str) -> None:
    command = parse(line)
    if not isinstance(command, Misunderstood):
        assert parse(written(command)) == command


def test_what_nobody_can_type_has_no_line() -> None:
    with pytest.raises(ValueError, match="Misunderstood"):
        written(parse("qwxyz"))
