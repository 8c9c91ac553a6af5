"""How the app is told what happened: once for commands and interactions, until acknowledged for events."""

import asyncio
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from tests.fakes.slack.core import Core
from tests.fakes.slack.model import Json

Kind: TypeAlias = Literal["events_api", "slash_commands", "interactive"]


class NotDelivered(Exception):
    """The app did not acknowledge; the message is Slack's reason, such as `timeout`."""


@dataclass(frozen=True)
class Ack:
    """An acknowledgement, `delay` seconds after it was asked for, with what came with it."""

    delay: float
    body: Json = field(default_factory=dict)


@dataclass(frozen=True)
class Attempt:
    """One try to deliver; `ack` or `failure` is there. `number` counts from 0, `reason` says why it is a retry."""

    number: int
    reason: str
    ack: Ack | None = None
    failure: str = ""


@dataclass(eq=False)
class Delivery:
    """Something the app is told, and how that went."""

    kind: Kind
    payload: Json
    attempts: list[Attempt] = field(default_factory=list)
    tried: asyncio.Event = field(default_factory=asyncio.Event, repr=False)
    """Set after the first attempt."""
    over: bool = False
    """It was acknowledged, or Slack gave up."""

    @property
    def ack(self) -> Ack | None:
        return next((attempt.ack for attempt in self.attempts if attempt.ack), None)

    @property
    def delay(self) -> float | None:
        """Seconds from an attempt to its acknowledgement."""
        return self.ack.delay if self.ack else None

    @property
    def failure(self) -> str:
        """Why the last attempt failed; empty if it did not."""
        return self.attempts[-1].failure if self.attempts else ""

    @property
    def event(self) -> str:
        """The event's type; empty for what is not an event."""
        return str(self.payload.get("event", {}).get("type", ""))


class Transport(Protocol):
    """A way to the app."""

    async def send(self, delivery: Delivery, number: int, reason: str) -> Ack:
        """Delivers and waits for the acknowledgement. Raises `NotDelivered`."""

    async def reachable(self) -> None:
        """Returns once there is somebody to send to."""


class Deliveries:
    """Everything the app is told. `sent` is the record of it, in order."""

    def __init__(self, core: Core, transport: Transport) -> None:
        self._core = core
        self.transport = transport
        self.sent: list[Delivery] = []

    async def ask(self, kind: Kind, payload: Json) -> Delivery:
        """A command or an interaction: one attempt, returns when it is over."""
        delivery = self._new(kind, payload)
        await self._attempt(delivery, 0, "")
        self._end(delivery)
        return delivery

    def tell(self, payload: Json) -> Delivery:
        """An event: returns at once; it is tried until it is acknowledged or the retries are used up."""
        delivery = self._new("events_api", payload)
        self._core.spawn(self._until_told(delivery))
        return delivery

    async def _until_told(self, delivery: Delivery) -> None:
        told = await self._attempt(delivery, 0, "")
        for number, delay in enumerate(self._core.retry_delays, start=1):
            if told:
                break
            await asyncio.sleep(delay)
            await self.transport.reachable()
            told = await self._attempt(delivery, number, delivery.failure)
        self._end(delivery)

    async def _attempt(self, delivery: Delivery, number: int, reason: str) -> bool:
        try:
            ack = await self.transport.send(delivery, number, reason)
        except NotDelivered as failure:
            delivery.attempts.append(Attempt(number, reason, failure=str(failure)))
        else:
            delivery.attempts.append(Attempt(number, reason, ack=ack))
        delivery.tried.set()
        self._core.changed()
        return delivery.ack is not None

    def _new(self, kind: Kind, payload: Json) -> Delivery:
        delivery = Delivery(kind, payload)
        self.sent.append(delivery)
        return delivery

    def _end(self, delivery: Delivery) -> None:
        delivery.over = True
        self._core.changed()
