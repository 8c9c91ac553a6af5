"""A platform of our own as a process: what it is told, and how it says where it is."""

import argparse
import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, NoReturn, TypeAlias

Serve: TypeAlias = Callable[[int, Sequence[str], Sequence[str]], Awaitable[None]]
"""Serves on a port, with channels and people of these names, until it is cancelled."""


def serve_as_process(serve: Serve, *, prog: str, description: str | None, people: str = "") -> None:
    """Reads the arguments and serves until the process is ended. `people` is what there is to say of their names."""
    parser = argparse.ArgumentParser(description=description, prog=prog)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--channels", default="papers", help="names, with commas between")
    parser.add_argument("--people", default="ada,ben", help=f"names, with commas between{people}")
    given = parser.parse_args()
    asyncio.run(_served(serve(given.port, given.channels.split(","), given.people.split(","))))


async def tell_and_wait(told: Mapping[str, Any]) -> NoReturn:
    """Prints a line of JSON to the one who started the process, then waits until it is ended."""
    print(json.dumps(told), flush=True)  # noqa: T201 - what the one who started it waits for
    await asyncio.Event().wait()
    raise AssertionError("nobody sets it")


async def _served(serving: Awaitable[None]) -> None:
    await serving
