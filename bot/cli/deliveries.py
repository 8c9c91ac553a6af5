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
from bot.teams import EditionKind

MOST = 200
"""Posts that are listed at the most: those of the latest editions."""
_SHORTEST = 6
"""Characters of a key that are shown at the least."""
_PARTS = {
    EditionKind.DAILY: "paper",
    EditionKind.WEEKLY: "reply",
    EditionKind.MONTHLY: "reply",
    EditionKind.NEWS: "reply",
}
"""What follows the header, or what it has instead of one."""
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
    """Two lines a post, for it has more to tell than stands beside one another in a terminal."""
    keys = short_keys([row.post.key for row in rows])
    table = _table("Key", "State", "Post")
    for row in rows:
        post = row.post
        state = Text(post.state, "red" if post.state in _STUCK else "")
        table.add_row(Text(keys[post.key], "bold"), state, _whole(f"{which(row)}\n{_how(post, zone)}"))
    return table


def which(row: LedgerRow) -> str:
    """`paper 3 of the daily edition of 2026-01-15 in #papers of lab`"""
    part = "header" if row.post.slot == HEADER_SLOT else f"{_PARTS[row.kind]} {row.post.slot}"
    return f"{part} of the {row.kind} edition of {row.date} in {row.channel} of {row.team}"


def _how(post: Post, zone: tzinfo) -> str:
    """`Tries: 2. Next: 2026-01-15 08:05. Error: no answer`"""
    following = _when(post.retry_at or post.lease_until, zone)
    said = [f"Tries: {post.attempts}", *([f"Next: {following}"] if following else [])]
    return ". ".join([*said, *([f"Error: {post.last_error}"] if post.last_error else [])])


def _halted(channels: Sequence[HaltedChannel], zone: tzinfo) -> Table:
    table = _table("Halted", "Since", "Why, and what to do")
    for one in channels:
        told = _whole(f"{one.halt.why}\nMend it, then say `resume` in the channel.")
        table.add_row(Text(f"{one.channel} of {one.team}", "bold red"), Text(_when(one.halt.at, zone)), told)
    return table


def _table(*columns: str) -> Table:
    return Table(*columns, box=None, pad_edge=False)


def _whole(text: str) -> Text:
    """Goes on in the next line where a word is longer than the terminal is wide."""
    return Text(text, overflow="fold")


def _when(moment: datetime | None, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else ""
