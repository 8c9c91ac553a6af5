"""`papers export …`: a week or a month as a Markdown document."""

from pathlib import Path
from zoneinfo import ZoneInfo

import typer

from adapters.terminal.shell import sender
from bot.app import App, open_app
from bot.commands.periods import period
from bot.config import Settings
from bot.digests.values import AnyDigest, RoundUp
from bot.errors import UserError
from bot.exchange.markdown import markdown
from bot.gathering import gathered, linked
from bot.periods import period_of
from bot.teams import Channel, Subscription


async def write(settings: Settings, named: str, *, channel: str, out: Path | None) -> None:
    """Writes the week or month that is `named` as in `digest month 2026-01` to `out`, or to standard output."""
    try:
        kind, day = period(named)
    except ValueError:
        raise UserError(f"I can't read that date: {named.partition(' ')[2]}. Write it as 2026-01-15.") from None
    async with open_app(settings) as app:
        subscription, place = await _subscription(app, channel)
        day = day or app.clock.now().astimezone(ZoneInfo(subscription.zone)).date()
        found = await gathered(kind, app.store, subscription, period_of(kind, day), app.services.charts)
        made = await linked(found, app.platforms().get(place.platform))
    if out is None:
        typer.echo(markdown(made), nl=False)
        return
    try:
        written = _written(made, out)
    except OSError as error:
        raise UserError(f"I can't write {error.filename or out}: {error.strerror}.") from None
    typer.echo(f"Wrote {' and '.join(map(str, written))}.")


def _written(made: AnyDigest, out: Path) -> list[Path]:
    """The document, and beside it the chart where there is one."""
    chart = made.chart if isinstance(made, RoundUp) else None
    picture = out.with_suffix(".png")
    out.write_text(markdown(made, chart=picture.name if chart else ""), "utf-8")
    if chart is None:
        return [out]
    picture.write_bytes(chart.png)
    return [out, picture]


async def _subscription(app: App, name: str) -> tuple[Subscription, Channel]:
    """The subscription of the channel with that name; of the terminal's without one."""
    async with app.store() as tx:
        _, terminal = await tx.teams.identify(sender())
        standing = [(one, await tx.teams.channel(one.channel_id)) for one in await tx.teams.subscriptions()]
    wanted = name.strip().lstrip("#").casefold()
    found = [
        (one, channel)
        for one, channel in standing
        if (channel.name.lstrip("#").casefold() == wanted if wanted else channel.id == terminal.id)
    ]
    if len(found) == 1:
        return found[0]
    names = ", ".join(sorted({channel.name for _, channel in standing}))
    several = "Several channels have" if found else "No channel with a subscription has"
    raise UserError(f"{several} the name {name}. There are: {names}.")
