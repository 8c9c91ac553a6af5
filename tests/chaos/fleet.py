"""Processes of `papers run` that are killed, frozen and begun anew."""

import asyncio
import multiprocessing
import os
import resource
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random

from bot.leases import CALL, LEASE
from tests.chaos.hastened import HastenedClock, hasten
from tests.end_to_end.command import environment

_CONTEXT = multiprocessing.get_context("forkserver")
OUTPUT = "output.txt"
"""Where they log to, in their directory."""
_LOOK = 0.02
"""Seconds between two looks whether a process has ended by itself."""


@dataclass
class Fleet:
    """So many processes as `size` says: where one ends, another begins, as a supervisor would see to."""

    size: int
    settings: Mapping[str, str]
    directory: Path
    clock: HastenedClock
    random: Random
    begun: int = 0
    _running: list[ForkServerProcess] = field(default_factory=list)

    async def run(self) -> None:
        """Keeps them running until it is cancelled; then kills them."""
        # What `papers run` imports is imported once, and a kill falls into its work.
        preloaded = ("bot.cli.service", "adapters.slack.service", "adapters.discord.service")
        _CONTEXT.set_forkserver_preload([__name__, *preloaded])
        try:
            while True:
                for ended in [one for one in self._running if not one.is_alive()]:
                    self._running.remove(ended)
                while len(self._running) < self.size:
                    self._begin()
                await asyncio.sleep(_LOOK)
        finally:
            for one in self._running:
                one.kill()
                one.join()

    def _begin(self) -> None:
        arguments = (dict(self.settings), self.directory, self.clock)
        process = _CONTEXT.Process(target=_become_papers, args=arguments, daemon=True)
        process.start()
        self._running.append(process)
        self.begun += 1

    def kill(self) -> None:
        """Ends one of them, at once and without a word."""
        self.random.choice(self._running).kill()

    async def freeze(self) -> None:
        """Stops one of them in the middle of what it does, and lets it go on when its leases are over. Returns when it
        has done what it was about to do."""
        number = _number(self.random.choice(self._running))
        os.kill(number, signal.SIGSTOP)
        await self.clock.sleep(LEASE.total_seconds() * self.random.uniform(1.1, 1.6))
        os.kill(number, signal.SIGCONT)
        await self.clock.sleep(CALL.total_seconds())

    async def run_out_of_room(self, database: Path, seconds: float) -> None:
        """Lets no file of theirs grow beyond what the database's log has now, for that long.

        The nearest thing to a full disk that needs no privilege: the system refuses the write (EFBIG for ENOSPC).
        """
        log = database.with_name(f"{database.name}-wal")
        room = log.stat().st_size if log.exists() else 0
        for one in self._running:
            _limit(one, room)
        await asyncio.sleep(seconds)
        for one in self._running:
            _limit(one, resource.RLIM_INFINITY)


def _limit(process: ForkServerProcess, room: int) -> None:
    number = _number(process)
    _, most = resource.prlimit(number, resource.RLIMIT_FSIZE)
    resource.prlimit(number, resource.RLIMIT_FSIZE, (room, most))


def _number(process: ForkServerProcess) -> int:
    assert process.pid is not None
    return process.pid


def _become_papers(settings: Mapping[str, str], directory: Path, clock: HastenedClock) -> None:
    from bot.cli import main as papers

    os.environ.clear()
    os.environ.update(environment(**settings))
    os.chdir(directory)
    with Path(OUTPUT).open("ab") as output:
        for number in (1, 2):
            os.dup2(output.fileno(), number)
    hasten(clock)
    sys.argv = ["papers", "run"]
    papers()
