"""`papers slack …` and `papers discord …`: what it takes to set them up."""

# ruff: noqa: PLC0415 - each command imports what it needs itself, so that `papers --help` answers at once

from typing import Annotated

import typer

slack = typer.Typer(no_args_is_help=True, help="Slack: what it takes to set it up. docs/slack.md shows every step.")
discord = typer.Typer(
    no_args_is_help=True, help="Discord: what it takes to set it up. docs/discord.md shows every step."
)


@slack.command("manifest")
def slack_manifest(
    http: Annotated[
        str, typer.Option(metavar="URL", help="Where Slack reaches the bot, in place of Socket Mode.")
    ] = "",
) -> None:
    """Print the manifest from which Slack makes the app: api.slack.com/apps, Create New App, From a manifest."""
    from bot.cli.slack import print_manifest

    print_manifest(http)


@slack.command("key")
def slack_key() -> None:
    """Print a new key for SECRET_KEYS, under which the tokens of workspaces are kept."""
    from bot.cli.slack import print_key

    print_key()


@discord.command("invite")
def discord_invite() -> None:
    """Print the link that adds the bot to a server, with the permissions that it needs and no others."""
    from bot.cli.discord import print_invite
    from bot.cli.start import run, started

    run(print_invite(started()))
