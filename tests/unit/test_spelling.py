"""Commands as each platform takes them."""

import re

import pytest

from adapters.discord.options import CHANNEL, OPTIONS, line, options_of
from bot.cards.spelling import blanks, spelled, usage
from bot.commands import COMMANDS, parse

LISTED = [row.verb for row in COMMANDS.values() if row.listed]
EXAMPLES = [example for row in COMMANDS.values() if row.listed for example in row.examples]


@pytest.mark.parametrize(
    ("platform", "line", "said"),
    [
        ("terminal", "pause", "pause"),
        ("slack", "pause", "/papers pause"),
        ("slack", "for me reset", "/papers for me reset"),
        ("discord", "pause", "/papers channel pause"),
        ("discord", "pause until 2026-02-01", "/papers channel pause until:2026-02-01"),
        ("discord", "language de", "/papers team language language:de"),
        ("discord", "tag 2 agents memory", "/papers tag paper:2 tags:agents memory"),
        ("discord", "list #agents by:ada page:2", "/papers list tag:agents by:ada page:2"),
        ("discord", "digest 2026-01-15", "/papers digest date:2026-01-15"),
    ],
)
def test_a_command_is_spelled_as_the_platform_takes_it(platform: str, line: str, said: str) -> None:
    assert spelled(line, platform) == said


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_discord_is_told_to_fill_in_means_the_same_there(example: str) -> None:
    row = COMMANDS[example.split(maxsplit=1)[0]]
    names = "|".join(option.name for option in OPTIONS[row.argument])
    _, *parts = re.split(rf"\s({names}):", spelled(example, "discord")) if names else [example]
    assert parse(line(row, dict(zip(parts[::2], parts[1::2], strict=True)))) == parse(example)


@pytest.mark.parametrize("verb", LISTED)
def test_the_blanks_that_help_names_are_those_that_discord_has(verb: str) -> None:
    row = COMMANDS[verb]
    assert blanks(row) == tuple(option.name + ("" if option.required else "?") for option in options_of(row))


def test_help_on_a_verb_shows_what_it_takes_as_the_platform_asks_for_it() -> None:
    assert usage(COMMANDS["tag"], "slack") == "/papers tag <paper> <tag> …"
    assert usage(COMMANDS["tag"], "discord") == "/papers tag paper:… [tags:…]"
    assert usage(COMMANDS["skip"], "discord") == f"/papers channel skip [day:…] [{CHANNEL}:…]"
