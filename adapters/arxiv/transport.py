"""Every request to arXiv goes through here: in turn, under a time-out, identified, and again when it was no answer."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TypeVar
from xml.parsers import expat

import requests
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_exponential_jitter

from bot.errors import SourceUnavailable
from bot.ports import Clock, Turnstile

LONGEST_WAIT = 60.0
"""Seconds. Where arXiv asks for a longer pause, we stop asking until it is over instead of waiting for it."""

T = TypeVar("T")


class NoAnswer(SourceUnavailable):
    """arXiv did not answer, or with something that is no answer; asking again soon may help."""

    def __init__(self, problem: str, retry_after: float = 0.0) -> None:
        super().__init__(problem)
        self.retry_after = retry_after


class Transport:
    """The process's one way to arXiv. `timeout` and all other times are in seconds."""

    def __init__(self, *, timeout: float, contact: str, turnstile: Turnstile, clock: Clock, attempts: int) -> None:
        self.attempts = attempts
        self._timeout = timeout
        self._turnstile = turnstile
        self._clock = clock
        self._session = requests.Session()
        about = f" ({contact})" if contact else ""
        self._session.headers["User-Agent"] = f"paper-round{about}"
        self._closed_until: datetime | None = None

    async def get(self, url: str, read: Callable[[bytes], T], *, root: str) -> T:
        """What `read` makes of the XML document at `url`, whose outermost element must be called `root`.

        A failure of the network, a busy server, something that is not such a document, or a NoAnswer from `read`: asks
        again, with growing pauses. Raises SourceUnavailable, NoAnswer among them, when that did not help.
        """
        if self._closed_until and self._clock.now() < self._closed_until:
            raise SourceUnavailable(f"arXiv asks to be left alone until {self._closed_until:%H:%M} UTC")
        again = AsyncRetrying(
            sleep=self._clock.sleep,
            stop=stop_after_attempt(self.attempts),
            wait=_pause,
            retry=retry_if_exception_type(NoAnswer),
            reraise=True,
        )
        return await again(self._once, url, read, root)

    async def _once(self, url: str, read: Callable[[bytes], T], root: str) -> T:
        async with self._turnstile.turn():
            try:
                response = await asyncio.to_thread(
                    # A redirection would be a second request without a turn.
                    self._session.get,
                    url,
                    timeout=self._timeout,
                    allow_redirects=False,
                )
            except requests.Timeout:
                raise NoAnswer(f"no answer within {self._timeout:g} s") from None
            except requests.RequestException as error:
                # Its text holds the address, which may hold a password.
                raise NoAnswer(f"no connection ({type(error).__name__})") from None
        if response.status_code == requests.codes.ok:
            _must_be_xml(response.content, root)
            return read(response.content)
        problem = f"HTTP {response.status_code}"
        if response.status_code != requests.codes.too_many and response.status_code < 500:
            raise SourceUnavailable(problem)
        pause = _retry_after(response.headers.get("Retry-After", ""), self._clock.now())
        if pause > LONGEST_WAIT:
            self._closed_until = self._clock.now() + timedelta(seconds=pause)
            raise SourceUnavailable(problem)
        raise NoAnswer(problem, pause)


def _must_be_xml(body: bytes, root: str) -> None:
    """Raises NoAnswer unless `body` is a whole, well-formed document: the parsers that we use make do with half."""
    names: list[str] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, _: names.append(name) if not names else None
    try:
        parser.Parse(body, True)
    except expat.ExpatError:
        raise NoAnswer("a broken document" if names == [root] else "something that is no feed") from None
    if names != [root]:
        raise NoAnswer("something that is no feed")


_GROWING = wait_exponential_jitter(multiplier=3, max=LONGEST_WAIT, jitter=2)


def _pause(state: RetryCallState) -> float:
    """Seconds until the next attempt: what arXiv asked for, but no less than we would wait anyway."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.retry_after if isinstance(error, NoAnswer) else 0.0
    return max(asked, _GROWING(state))


def _retry_after(value: str, now: datetime) -> float:
    """The seconds that a Retry-After header means (RFC 9110, 10.2.3), 0 where it means nothing."""
    if value.strip().isdecimal():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds())
