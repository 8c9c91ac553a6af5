"""Every request to arXiv goes through here: in turn, under a time-out, identified, and again when it was no answer."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from typing import TypeVar
from urllib.parse import urljoin, urlsplit
from xml.parsers import expat

import requests
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_exponential_jitter
from urllib3.exceptions import HTTPError

from bot.errors import SourceUnavailable
from bot.ports import UNMEASURED, Clock, Measures, Turnstile

LONGEST_WAIT = 60.0
"""Seconds. Where arXiv asks for a longer pause, we stop asking until it is over instead of waiting for it."""

_REDIRECTIONS = 3
_PIECE = 64 * 1024
"""Bytes read at once of a long document, at the most."""

T = TypeVar("T")


class NoAnswer(SourceUnavailable):
    """arXiv did not answer, or with something that is no answer; asking again soon may help."""

    def __init__(self, problem: str, retry_after: float = 0.0) -> None:
        super().__init__(problem)
        self.retry_after = retry_after


class TooMuch(SourceUnavailable):
    """The document is too big, or takes too long to come."""


@dataclass(frozen=True, slots=True)
class Download:
    """A document as it came. `media_type` is in lower case and without parameters, such as `text/html`."""

    media_type: str
    body: bytes


class Transport:
    """The process's one way to arXiv. `timeout` and all other times are in seconds."""

    def __init__(
        self,
        *,
        timeout: float,
        contact: str,
        turnstile: Turnstile,
        clock: Clock,
        attempts: int,
        measures: Measures = UNMEASURED,
    ) -> None:
        self.attempts = attempts
        self._measures = measures
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

        async def once() -> T:
            async with self._turnstile.turn():
                response = await asyncio.to_thread(self._ask, url)
            self._must_be_ok(response)
            _must_be_xml(response.content, root)
            return read(response.content)

        return await self._patiently(once)

    async def download(self, url: str, *, most: int, within: float) -> Download | None:
        """The document at `url`; None where there is none (HTTP 404).

        It has at most `most` bytes and came within so many seconds, or one time-out more where it fell silent. A
        redirection is followed on the same host only. Asks again as `get` does. Raises SourceUnavailable, and TooMuch,
        which asking again would not help.
        """

        async def once(where: str) -> Download | str | None:
            async with self._turnstile.turn():
                return await asyncio.to_thread(self._download, where, most, within)

        for _ in range(_REDIRECTIONS + 1):
            found = await self._patiently(partial(once, url))
            if not isinstance(found, str):
                return found
            url = found
        raise SourceUnavailable("redirected in a circle")

    async def _patiently(self, once: Callable[[], Awaitable[T]]) -> T:
        if self._closed_until and self._clock.now() < self._closed_until:
            raise SourceUnavailable(f"arXiv asks to be left alone until {self._closed_until:%H:%M} UTC")
        again = AsyncRetrying(
            sleep=self._clock.sleep,
            stop=stop_after_attempt(self.attempts),
            wait=_pause,
            retry=retry_if_exception_type(NoAnswer),
            reraise=True,
        )
        return await again(self._counted, once)

    async def _counted(self, once: Callable[[], Awaitable[T]]) -> T:
        try:
            found = await once()
        except SourceUnavailable as error:
            self._measures.arxiv_asked("no_answer" if isinstance(error, NoAnswer) else "refused")
            raise
        self._measures.arxiv_asked("answered")
        return found

    def _ask(self, url: str, *, stream: bool = False) -> requests.Response:
        try:
            # A redirection would be a second request without a turn.
            return self._session.get(url, timeout=self._timeout, allow_redirects=False, stream=stream)
        except requests.Timeout:
            raise NoAnswer(f"no answer within {self._timeout:g} s") from None
        except requests.RequestException as error:
            # Its text holds the address, which may hold a password.
            raise NoAnswer(f"no connection ({type(error).__name__})") from None

    def _download(self, url: str, most: int, within: float) -> Download | str | None:
        """The document, or where it has gone on the same host, or None."""
        until = self._clock.now() + timedelta(seconds=within)
        with self._ask(url, stream=True) as response:
            if response.status_code == requests.codes.not_found:
                return None
            if response.is_redirect:
                target = urljoin(url, response.headers["Location"])
                if urlsplit(target)[:2] != urlsplit(url)[:2]:
                    raise SourceUnavailable("redirected to another host")
                return target
            self._must_be_ok(response)
            body = bytearray()
            try:
                # What has come, however little: waiting for a whole piece, a trickle would never be looked at.
                while piece := response.raw.read1(_PIECE, decode_content=True):
                    body += piece
                    if len(body) > most:
                        raise TooMuch(f"more than {most // 1_000_000} MB")
                    if self._clock.now() > until:
                        raise TooMuch(f"not there within {within:g} s")
            except HTTPError as error:
                raise NoAnswer(f"cut off ({type(error).__name__})") from None
            return Download(response.headers.get("Content-Type", "").partition(";")[0].strip().lower(), bytes(body))

    def _must_be_ok(self, response: requests.Response) -> None:
        if response.status_code == requests.codes.ok:
            return
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
