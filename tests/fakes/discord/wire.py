"""JSON as Discord sends it. The client reads it only where the type is given without a charset."""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

JSON_TYPE = "application/json"


def json_answer(content: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    return json_text(json.dumps(content), status, headers)


def json_text(text: str, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """An answer that says it is JSON, whether it is or not."""
    return web.Response(body=text.encode(), status=status, headers={**(headers or {}), "Content-Type": JSON_TYPE})
