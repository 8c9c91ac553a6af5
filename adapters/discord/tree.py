"""`/papers <verb>` and the entries of messages' menus, made from the table of verbs.

Why its verbs stand in groups: docs/adr/0014.
"""

from inspect import Parameter, Signature
from typing import Any, Protocol

from discord import AppCommandOptionType, AppCommandType, ChannelType, Client, Interaction, Message
from discord.app_commands import (
    AppCommandContext,
    AppCommandError,
    AppInstallationType,
    Choice,
    Command,
    CommandNotFound,
    CommandSignatureMismatch,
    CommandTree,
    ContextMenu,
    Group,
    Transformer,
    describe,
)

from adapters.discord.options import CHANNEL, Option, line, options_of
from bot.cards import options as cards
from bot.cards import platforms
from bot.commands import COMMANDS, Argument, Blank, Row

NAME = "papers"
_LONGEST = 2000
"""Characters of an option's text."""
_CHANNELS = [ChannelType.text, ChannelType.news, ChannelType.forum]


class Hearing(Protocol):
    """Whom the commands are given to. What it raises is logged, and nobody hears of it."""

    async def typed(self, interaction: Interaction[Any], line: str, channel: int | None) -> None:
        """A slash command was used that means this line, in another channel if one is named."""

    async def completed(self, interaction: Interaction[Any], blank: Blank, typed: str) -> list[Choice[str]]:
        """What can be made of what somebody is typing."""

    async def chose_to(self, interaction: Interaction[Any], verb: str, message: Message) -> None:
        """A verb was chosen in a message's menu."""

    async def unknown(self, interaction: Interaction[Any]) -> None:
        """A command was used that is not what it was when it was shown."""


class PapersTree(CommandTree[Any]):
    """All commands of the bot. Use it once for a client."""

    def __init__(self, client: Client, hearing: Hearing) -> None:
        super().__init__(
            client, allowed_contexts=AppCommandContext(guild=True), allowed_installs=AppInstallationType(guild=True)
        )
        self._hearing = hearing
        papers = Group(name=NAME, description=platforms.ABOUT)
        groups = {name: Group(name=name, description=about) for name, about in cards.GROUPS.items()}
        for row in COMMANDS.values():
            if row.listed:
                (groups[row.group] if row.group else papers).add_command(_command(row, hearing))
        for group in groups.values():
            papers.add_command(group)
        self.add_command(papers)
        for verb, name in platforms.MENU.items():
            self.add_command(_entry(verb, name, hearing))

    async def on_error(self, interaction: Interaction[Any], error: AppCommandError, /) -> None:
        if isinstance(error, CommandNotFound | CommandSignatureMismatch):
            await self._hearing.unknown(interaction)
        else:
            await super().on_error(interaction, error)


class _Typed(Transformer[Any]):
    """An option whose value comes as text."""

    def __init__(self, option: Option) -> None:
        super().__init__()
        self.option = option

    @property
    def type(self) -> AppCommandOptionType:
        if self.option.name == CHANNEL:
            return AppCommandOptionType.channel
        return AppCommandOptionType.integer if self.option.most else AppCommandOptionType.string

    @property
    def channel_types(self) -> list[ChannelType]:
        return _CHANNELS

    @property
    def choices(self) -> list[Choice[str]] | None:  # type: ignore[override] # of the types that it may be, this one
        return [Choice(name=cards.choice_words(value), value=value) for value in self.option.choices] or None

    @property
    def min_value(self) -> int:
        return 1

    @property
    def max_value(self) -> int:
        return self.option.most or _LONGEST

    async def transform(self, _: Interaction[Any], value: Any, /) -> Any:
        return value.id if self.option.name == CHANNEL else str(value)


class _Completed(_Typed):
    """One that is completed while it is typed."""

    def __init__(self, option: Option, blank: Blank, hearing: Hearing) -> None:
        super().__init__(option)
        self._blank = blank
        self._hearing = hearing

    async def autocomplete(self, interaction: Interaction[Any], value: Any, /) -> list[Choice[str]]:  # type: ignore[override] # of the types that it may be, this one
        return await self._hearing.completed(interaction, self._blank, str(value))


def _command(row: Row, hearing: Hearing) -> Command[Any, Any, Any]:
    options = options_of(row)

    async def used(interaction: Interaction[Any], /, **given: Any) -> None:
        channel = given.pop(CHANNEL, None)
        await hearing.typed(interaction, line(row, {name: value for name, value in given.items() if value}), channel)

    # The SDK reads a command's options from the parameters of what it calls.
    used.__signature__ = Signature(  # type: ignore[attr-defined] # what `inspect` documents
        [Parameter("interaction", Parameter.POSITIONAL_OR_KEYWORD), *(_parameter(each, hearing) for each in options)]
    )
    describe(**{option.name: _about(option, row) for option in options})(used)
    name = "for-me" if row.argument is Argument.ME else row.verb
    return Command(name=name, description=row.summary, callback=used)


def _parameter(option: Option, hearing: Hearing) -> Parameter:
    typed = _Completed(option, option.blank, hearing) if option.blank else _Typed(option)
    default = Parameter.empty if option.required else None
    return Parameter(option.name, Parameter.KEYWORD_ONLY, annotation=typed, default=default)


def _about(option: Option, row: Row) -> str:
    name = "papers" if row.argument is Argument.PAPERS else option.name
    return cards.ABOUT.get(f"{row.verb} {name}", cards.ABOUT[name])


def _entry(verb: str, name: str, hearing: Hearing) -> ContextMenu:
    async def used(interaction: Interaction[Any], message: Message) -> None:
        await hearing.chose_to(interaction, verb, message)

    return ContextMenu(name=name, callback=used, type=AppCommandType.message)
