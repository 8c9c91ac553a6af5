"""`papers slack …`, and what `papers doctor` says of Slack."""

import json
from urllib.parse import urlsplit

import typer

from bot.app import App
from bot.cli.findings import Finding, Mark
from bot.errors import UserError

_NOT_SET_UP = Finding("Slack", "not set up", Mark.NOT_LOOKED_AT, "Nothing to do: docs/slack.md tells how.")


def print_manifest(http: str) -> None:
    """Raises UserError where `http` is no address that Slack could reach."""
    from adapters.slack.manifest import manifest  # noqa: PLC0415 - slow to import

    address = urlsplit(http)
    if http and (address.scheme != "https" or not address.hostname):
        raise UserError(f'--http takes an address such as https://papers.example.org, not "{http}".')
    typer.echo(json.dumps(manifest(http), indent=2))


def print_key() -> None:
    from adapters.slack.sealing import new_key  # noqa: PLC0415 - slow to import

    typer.echo(new_key())


async def slack(app: App) -> list[Finding]:
    """Tokens, scopes, the way in, and the channels."""
    if app.slack is None:
        return [_NOT_SET_UP]
    from adapters.slack.checkup import checks  # noqa: PLC0415 - slow to import

    return [
        Finding("Slack", check.state, Mark.BROKEN if check.broken else Mark.FINE, check.mend)
        for check in await checks(app.slack, app.store)
    ]
