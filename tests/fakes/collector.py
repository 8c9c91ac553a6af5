"""An OpenTelemetry collector that keeps the spans it is sent."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.test_utils import TestServer
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

_NAME = "service.name"


@dataclass
class Collector:
    """Takes protobuf alone, be it compressed or not. `status` is what it answers from now on."""

    spans: list[Span] = field(default_factory=list)
    services: set[str] = field(default_factory=set)
    """Whose spans they are."""
    bodies: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    """Of all requests."""
    status: int = 200

    @property
    def names(self) -> list[str]:
        """In the order in which they ended."""
        return [span.name for span in self.spans]

    def span(self, name: str) -> Span:
        """The only one of that name."""
        (span,) = (span for span in self.spans if span.name == name)
        return span

    def about(self, name: str) -> dict[str, str | int]:
        """The attributes of the span of that name."""
        values = {each.key: each.value for each in self.span(name).attributes}
        return {key: getattr(value, value.WhichOneof("value")) for key, value in values.items()}

    async def _take(self, request: web.Request) -> web.Response:
        if request.content_type != "application/x-protobuf":
            return web.Response(status=415)
        body = await request.read()
        self.bodies += body
        self.headers.update(request.headers)
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            self.services |= {each.value.string_value for each in resource.resource.attributes if each.key == _NAME}
            for scope in resource.scope_spans:
                self.spans += scope.spans
        return web.Response(status=self.status)


@asynccontextmanager
async def collecting(under: str = "") -> AsyncIterator[tuple[Collector, str]]:
    """A collector, and its endpoint: an address with the path `under`."""
    collector = Collector()
    served = web.Application()
    served.router.add_post(f"{under}/v1/traces", collector._take)
    async with TestServer(served) as server:
        yield collector, f"http://127.0.0.1:{server.port}{under}"
