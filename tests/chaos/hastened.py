"""Time that runs faster than the machine's, alike in many processes: leases, pauses and time-outs keep their
proportions to one another, and nobody waits for a minute."""

import asyncio
import selectors
import time
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from selectors import SelectorKey

import apscheduler.schedulers.base

from adapters.clock import RealClock
from adapters.work import shared


@dataclass(frozen=True)
class HastenedClock:
    """A `bot.ports.Clock` that was right at `since` (seconds of the epoch), and is `rate` times as fast from there."""

    rate: float
    since: float

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.since + (time.time() - self.since) * self.rate, UTC)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self.rate)


class _Selector(selectors.DefaultSelector):
    """Waits as long as a loop means, which counts in hastened seconds."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self._rate = rate

    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        return super().select(None if timeout is None else timeout / self._rate)


class _Loop(asyncio.SelectorEventLoop):
    """An event loop whose every second is over `rate` times as fast."""

    def __init__(self, rate: float) -> None:
        super().__init__(_Selector(rate))
        self._rate = rate

    def time(self) -> float:
        return super().time() * self._rate


class _Loops(asyncio.DefaultEventLoopPolicy):
    def __init__(self, rate: float) -> None:
        super().__init__()
        self._rate = rate

    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        return _Loop(self._rate)


def hasten(clock: HastenedClock) -> None:
    """From now on this process goes by `clock`: what is decided by the time, and whatever waits on an event loop."""

    class Now(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # it need not be of this class
            return clock.now().astimezone(tz)

    RealClock.now = lambda self: clock.now()  # type: ignore[method-assign]  # whoever has one goes by it
    apscheduler.schedulers.base.datetime = Now  # APScheduler asks the machine by itself
    shared.DEAD /= clock.rate  # PostgreSQL counts these seconds, by its own clock
    asyncio.set_event_loop_policy(_Loops(clock.rate))
