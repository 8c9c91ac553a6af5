"""How OpenAI's two APIs write answers down, at once and streamed."""

import json
from typing import Any

from tests.fakes.llm_minds import Asked


def usage_of(asked: Asked, text: str) -> tuple[int, int, int]:
    """Tokens in, out and cached: four characters each, and the system part is always in the cache."""
    return (len(asked.system) + len(asked.user)) // 4, len(text) // 4, len(asked.system) // 4


def response(
    asked: Asked, text: str, *, refusal: str = "", truncated: bool = False, counted: bool = True
) -> dict[str, Any]:
    """An answer of the Responses API."""
    going_in, out, cached = usage_of(asked, text)
    part = (
        {"type": "refusal", "refusal": refusal} if refusal else {"type": "output_text", "text": text, "annotations": []}
    )
    message = {"id": "msg_1", "type": "message", "role": "assistant", "status": "completed", "content": [part]}
    made: dict[str, Any] = {
        "id": "resp_1", "object": "response", "created_at": 1, "model": asked.model, "output": [message],
        "parallel_tool_calls": False, "tool_choice": "auto", "tools": [],
        "status": "incomplete" if truncated else "completed",
        "incomplete_details": {"reason": "max_output_tokens"} if truncated else None,
    }  # fmt: skip
    if counted:
        made["usage"] = {
            "input_tokens": going_in, "input_tokens_details": {"cached_tokens": cached, "cache_write_tokens": 0},
            "output_tokens": out, "output_tokens_details": {"reasoning_tokens": 0}, "total_tokens": going_in + out,
        }  # fmt: skip
    return made


def completion(
    asked: Asked, text: str, *, refusal: str = "", truncated: bool = False, counted: bool = True
) -> dict[str, Any]:
    """An answer of chat completions."""
    message = {"role": "assistant", "content": None if refusal else text, "refusal": refusal or None}
    choice = {"index": 0, "message": message, "finish_reason": "length" if truncated else "stop"}
    made: dict[str, Any] = {
        "id": "c_1", "object": "chat.completion", "created": 1, "model": asked.model, "choices": [choice]
    }  # fmt: skip
    if counted:
        going_in, out, cached = usage_of(asked, text)
        made["usage"] = {
            "prompt_tokens": going_in, "completion_tokens": out, "total_tokens": going_in + out,
            "prompt_tokens_details": {"cached_tokens": cached},
        }  # fmt: skip
    return made


def streamed(asked: Asked, whole: dict[str, Any], text: str) -> str:
    """The same answer as server-sent events, in two pieces."""
    pieces = [text[: len(text) // 2], text[len(text) // 2 :]]
    if asked.api == "responses":
        where = {"item_id": "msg_1", "output_index": 0, "content_index": 0, "logprobs": []}
        events: list[dict[str, Any]] = [
            {"type": "response.output_text.delta", "delta": piece, "sequence_number": number, **where}
            for number, piece in enumerate(pieces)
        ]
        events.append({"type": "response.completed", "response": whole, "sequence_number": len(pieces)})
        return "".join(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n" for event in events)
    frame = {"id": "c_1", "object": "chat.completion.chunk", "created": 1, "model": asked.model}
    chunks: list[dict[str, Any]] = [
        {**frame, "choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]} for piece in pieces
    ]
    chunks.append({**frame, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}], "usage": whole["usage"]})
    return "".join(f"data: {json.dumps(chunk)}\n\n" for chunk in chunks) + "data: [DONE]\n\n"
