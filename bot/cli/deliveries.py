"""`papers deliveries`: the ledger of posts, and what to do about those that are stuck."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.app import open_app
from bot.config import Settings
from bot.editions import HEADER_SLOT, Post, PostState
from bot.errors import UserError
from bot.ports import HaltedChannel, LedgerRow

MOST = 200
"""Posts that are listed at the most: those of the latest editions."""
_SHORTEST = 6
"""Characters of a key that are shown at the least."""
_STUCK = (PostState.UNKNOWN, PostState.DEAD)


async def show(settings: Settings, team: str) -> None:
    """Prints how many posts are in each state, those that are not sent, and the channels that are halted."""
    async with open_app(settings) as app, app.store() as tx:
        counts = await tx.ledger.counts(team=team)
        rows = await tx.ledger.unsent(team=team, limit=MOST)
        halted = await tx.ledger.halted(team=team)
    console, zone = Console(), ZoneInfo(settings.time_zone)
    console.print(counted(counts, listed=len(rows)), highlight=False, markup=False)
    if rows:
        console.print(_posts(rows, zone))
    if halted:
        console.print(_halted(halted, zone))


async def retry(settings: Settings, key: str) -> None:
    """Plans an unknown or dead post again. Raises UserError where `key` means none, or several."""
    async with open_app(settings) as app, app.store() as tx:
        post = the_one(await tx.ledger.stuck(key), key)
        await tx.ledger.retry(post.key, now=app.clock.now())
        await tx.commit()
    typer.echo("Planned again: with its next turn it is looked for in its channel, and posted if it is not there.")


async def drop(settings: Settings, key: str) -> None:
    """Gives an unknown post up. Raises UserError where `key` means none, or several."""
    async with open_app(settings) as app, app.store() as tx:
        post = the_one(await tx.ledger.stuck(key), key)
        dropped = await tx.ledger.drop(post.key)
        await tx.commit()
    typer.echo("Given up: it will not be posted any more." if dropped else "It had been given up before.")


def the_one(posts: Sequence[Post], key: str) -> Post:
    """The post that somebody means by the beginning of its key. Raises UserError."""
    if not posts:
        raise UserError(f'No post that is stuck has a key like "{key}". `papers deliveries` lists them.')
    if len(posts) > 1:
        raise UserError(f'{len(posts)} posts have a key like "{key}". Write more of it.')
    return posts[0]


def counted(counts: Mapping[PostState, int], *, listed: int) -> str:
    """`1,204 sent, 2 planned, 1 unknown.`"""
    if not counts:
        return "No post was ever planned."
    said = ", ".join(f"{counts[state]:,} {state}" for state in PostState if state in counts)
    unsent = sum(counts.values()) - counts.get(PostState.SENT, 0)
    return f"{said}." + (f" The last {listed:,} that are not sent:" if listed < unsent else "")


def short_keys(keys: Sequence[str]) -> dict[str, str]:
    """For each key the shortest beginning, of six characters or more, that no other of them has."""
    length = next(size for size in range(_SHORTEST, 99) if len({key[:size] for key in keys}) == len(set(keys)))
    return {key: key[:length] for key in keys}


def _posts(rows: Sequence[LedgerRow], zone: tzinfo) -> Table:
    keys = short_keys([row.post.key for row in rows])
    table = Table(
        "Key", "Team", "Channel", "Edition", "Post", "State", "Tries", "Next", "Error", box=None, pad_edge=False
    )
    for row in rows:
        post = row.post
        table.add_row(
            Text(keys[post.key], "bold"),
            Text(row.team),
            Text(row.channel),
            Text(str(row.date)),
            Text("header" if post.slot == HEADER_SLOT else f"paper {post.slot}"),
            Text(post.state, "red" if post.state in _STUCK else ""),
            Text(str(post.attempts)),
            Text(_when(post.retry_at or post.lease_until, zone)),
            Text(post.last_error),
        )
    return table


def _halted(channels: Sequence[HaltedChannel], zone: tzinfo) -> Table:
    table = Table("Halted", "Team", "Since", "Why", "To do", box=None, pad_edge=False)
    for one in channels:
        mend = Text("Mend it, then say `resume` in the channel.")
        table.add_row(
            Text(one.channel, "bold red"), Text(one.team), Text(_when(one.halt.at, zone)), Text(one.halt.why), mend
        )
    return table


def _when(moment: datetime | None, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else ""
