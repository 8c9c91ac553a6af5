"""`papers discord …`, and what `papers doctor` says of Discord."""

import typer

from bot.app import App, open_app
from bot.cli.findings import Finding, Mark
from bot.config import Settings
from bot.errors import UserError

_NOT_SET_UP = Finding("Discord", "not set up", Mark.NOT_LOOKED_AT, "Nothing to do: docs/discord.md tells how.")


async def print_invite(settings: Settings) -> None:
    """Raises UserError where there is no token, PlatformError where Discord does not take it."""
    async with open_app(settings) as app:
        if app.discord is None:
            raise UserError("DISCORD_TOKEN is not set. docs/discord.md tells where to get it.")
        from adapters.discord.checkup import invitation  # noqa: PLC0415 - slow to import

        typer.echo(await invitation(app.discord.api))


async def discord(app: App) -> list[Finding]:
    """The token, the app's settings, its commands, and the channels."""
    if app.discord is None:
        return [_NOT_SET_UP]
    from adapters.discord.checkup import checks  # noqa: PLC0415 - slow to import

    return [
        Finding("Discord", check.state, Mark.BROKEN if check.broken else Mark.FINE, check.mend)
        for check in await checks(app.discord.api, app.store)
    ]
