"""A server compatible with OpenAI: Responses and chat completions, schemas known or not, streaming, faults on order.

fake = FakeLLM(mind=honest)
async with fake.serving() as url: …
fake.fail("429", times=2, retry_after=0.01)
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Set
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.fakes.llm_minds import Asked, Mind, honest
from tests.fakes.llm_wire import completion, response, streamed

FAULTS = (
    "hang", "cut", "html", "not_json", "truncated", "refusal", "off_schema", "empty", "uncounted", "no_choices",
)  # fmt: skip
"""Besides these, any HTTP status."""
EVERYTHING = frozenset({"responses", "chat", "json_schema", "json_object", "max_completion_tokens"})


@dataclass
class FakeLLM:
    """`knows` is what the server understands of EVERYTHING; asked for more it answers 400, or 404 for a path."""

    mind: Mind = honest
    knows: Set[str] = EVERYTHING
    asked: list[Asked] = field(default_factory=list)
    """Every request that was read, in order, those that met a fault included."""
    _faults: deque[tuple[str, float | None]] = field(default_factory=deque)
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    def fail(self, kind: str, *, times: int = 1, retry_after: float | None = None) -> None:
        """What happens to the next `times` requests."""
        assert kind in FAULTS or kind.isdigit()
        self._faults.extend([(kind, retry_after)] * times)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        """Serves on a free port of this machine; yields the base URL."""
        app = web.Application()
        app.router.add_post("/v1/responses", self._responses)
        app.router.add_post("/v1/chat/completions", self._chat)
        runner = web.AppRunner(app, shutdown_timeout=0)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
        finally:
            self._released.set()
            await runner.cleanup()

    async def _responses(self, request: web.Request) -> web.StreamResponse:
        if "responses" not in self.knows:
            return _error(404, "not found")
        body = await request.json()
        wants = body.get("text", {}).get("format", {}).get("type", "text")
        return await self._answer(
            request, Asked("responses", body["model"], body["instructions"], body["input"], wants, body, _key(request))
        )

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        if "chat" not in self.knows:
            return _error(404, "not found")
        body = await request.json()
        if "max_completion_tokens" in body and "max_completion_tokens" not in self.knows:
            return _error(400, "max_completion_tokens: extra fields not permitted")
        system, user = (message["content"] for message in body["messages"])
        wants = body.get("response_format", {}).get("type", "text")
        return await self._answer(request, Asked("chat", body["model"], system, user, wants, body, _key(request)))

    async def _answer(self, request: web.Request, asked: Asked) -> web.StreamResponse:
        if asked.wants not in self.knows | {"text"}:
            return _error(400, f"unknown format {asked.wants}")
        if asked.wants == "json_schema" and not _strict(asked.body):
            return _error(400, "additionalProperties must be false, and every property required")
        self.asked.append(asked)
        fault, retry_after = self._faults.popleft() if self._faults else ("", None)
        if fault.isdigit():
            return _error(int(fault), "out of order", retry_after=retry_after)
        if fault == "hang":
            await self._released.wait()
            return _error(503, "too late")
        if fault in ("html", "not_json"):
            return web.Response(
                text="<html>Welcome</html>", content_type="text/html" if fault == "html" else "application/json"
            )
        text = "" if fault == "empty" else "Sure! Here it is: none." if fault == "off_schema" else self.mind(asked)
        shape = response if asked.api == "responses" else completion
        whole = shape(
            asked,
            text[:20] if fault == "truncated" else text,
            refusal="I cannot help with that." if fault == "refusal" else "",
            truncated=fault == "truncated",
            counted=fault != "uncounted",
        )
        if fault == "no_choices":
            whole["output" if asked.api == "responses" else "choices"] = []
        if fault == "cut":
            return await _cut(request, whole)
        if asked.body.get("stream"):
            return web.Response(text=streamed(asked, whole, text), content_type="text/event-stream")
        return web.json_response(whole)


def _strict(part: Any) -> bool:
    """Whether all objects in a schema, or in a request that holds one, are closed and whole: so OpenAI wants them."""
    if isinstance(part, list):
        return all(map(_strict, part))
    if not isinstance(part, dict):
        return True
    names = part.get("properties", {}).keys()
    whole = part.get("additionalProperties") is False and set(part.get("required", ())) == names
    return (not names or whole) and all(map(_strict, part.values()))


async def _cut(request: web.Request, whole: dict[str, Any]) -> web.StreamResponse:
    """Promises more than it sends, and hangs up."""
    started = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "5000"})
    await started.prepare(request)
    await started.write(str(whole)[:50].encode())
    assert request.transport is not None
    request.transport.close()
    return started


def _key(request: web.Request) -> str:
    return request.headers.get("Authorization", "").removeprefix("Bearer ")


def _error(status: int, message: str, *, retry_after: float | None = None) -> web.Response:
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return web.json_response({"error": {"message": message, "code": None}}, status=status, headers=headers)
