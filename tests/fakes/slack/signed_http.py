"""Signed HTTP: what happened is posted to the app's request URL, signed with the app's secret."""

import asyncio
import hashlib
import hmac
import json
import secrets
import time
from urllib.parse import urlencode

import aiohttp

from tests.fakes.slack.core import Core
from tests.fakes.slack.delivery import Ack, Delivery, NotDelivered
from tests.fakes.slack.model import Json


class SignedHttp:
    """The `Transport` to one request URL, which takes events, commands and interactions alike."""

    def __init__(self, core: Core, request_url: str) -> None:
        self._core = core
        self.request_url = request_url

    async def reachable(self) -> None:
        """A request URL is always worth a try."""

    async def send(self, delivery: Delivery, number: int, reason: str) -> Ack:
        headers = {"x-slack-retry-num": str(number), "x-slack-retry-reason": reason} if number else {}
        if delivery.kind == "events_api":
            body, kind = json.dumps(delivery.payload), "application/json"
        elif delivery.kind == "slash_commands":
            body, kind = urlencode(delivery.payload), "application/x-www-form-urlencoded"
        else:
            body, kind = urlencode({"payload": json.dumps(delivery.payload)}), "application/x-www-form-urlencoded"
        began = asyncio.get_running_loop().time()
        status, answer = await self._post(body, {"Content-Type": kind, **headers})
        if status != 200:
            raise NotDelivered("http_error")
        return Ack(asyncio.get_running_loop().time() - began, answer)

    async def verifies(self) -> bool:
        """Whether the request URL gives back the challenge of a url_verification."""
        challenge = secrets.token_hex(16)
        asked = json.dumps({"type": "url_verification", "token": "legacy", "challenge": challenge})
        status, answer = await self._post(asked, {"Content-Type": "application/json"})
        return status == 200 and challenge in (answer.get("challenge"), answer.get("text"))

    def signature(self, body: str, timestamp: str) -> str:
        """What Slack puts into `x-slack-signature`: v0, HMAC-SHA256 over `v0:timestamp:body`."""
        signed = f"v0:{timestamp}:{body}".encode()
        return "v0=" + hmac.new(self._core.signing_secret.encode(), signed, hashlib.sha256).hexdigest()

    async def _post(self, body: str, headers: dict[str, str]) -> tuple[int, Json]:
        timestamp = str(int(time.time()))  # the app compares it with the machine's clock
        signed = {
            "x-slack-request-timestamp": timestamp,
            "x-slack-signature": self.signature(body, timestamp),
            **headers,
        }
        limit = aiohttp.ClientTimeout(total=self._core.ack_timeout)
        try:
            async with (
                aiohttp.ClientSession(timeout=limit) as session,
                session.post(self.request_url, data=body, headers=signed) as response,
            ):
                return response.status, _read(await response.text())
        except TimeoutError:
            raise NotDelivered("http_timeout") from None
        except aiohttp.ClientError:
            raise NotDelivered("connection_failed") from None


def _read(text: str) -> Json:
    """The body of an answer: JSON, or plain text as `{"text": …}`."""
    if not text.startswith("{"):
        return {"text": text} if text else {}
    read: Json = json.loads(text)
    return read
