"""What a server said, out of the two shapes it comes in. Servers leave out fields that the client's types promise."""

from dataclasses import dataclass
from typing import Any

from openai.types.chat import ChatCompletion
from openai.types.responses import Response

from bot.summaries.values import Failure, Usage


@dataclass(frozen=True, slots=True)
class Said:
    """An answer's text, or why there is none to be used."""

    text: str
    usage: Usage | None
    """None where the server does not count."""
    failure: Failure | None = None
    detail: str = ""


def from_response(response: Response) -> Said:
    """The answer of the Responses API."""
    counted = response.usage
    usage = _usage(counted, "input", "output") if counted else None
    parts: list[Any] = [part for item in response.output or () for part in getattr(item, "content", None) or ()]
    text = "".join(part.text for part in parts if part.type == "output_text")
    reason = response.incomplete_details.reason if response.incomplete_details else None
    if response.status == "incomplete":
        return Said(text, usage, Failure.REFUSED if reason == "content_filter" else Failure.TRUNCATED, reason or "")
    if response.status == "failed":
        return Said(text, usage, Failure.UNREACHABLE, "the server gave the answer up")
    if any(part.type == "refusal" for part in parts):
        return Said(text, usage, Failure.REFUSED)
    return Said(text, usage, None if text.strip() else Failure.EMPTY)


def from_chat(completion: ChatCompletion) -> Said:
    """The answer of chat completions."""
    counted = completion.usage
    usage = _usage(counted, "prompt", "completion") if counted else None
    if not completion.choices:
        return Said("", usage, Failure.EMPTY, "no choices")
    choice = completion.choices[0]
    text = choice.message.content or ""
    if choice.finish_reason == "content_filter" or choice.message.refusal:
        return Said(text, usage, Failure.REFUSED)
    if choice.finish_reason == "length":
        return Said(text, usage, Failure.TRUNCATED)
    return Said(text, usage, None if text.strip() else Failure.EMPTY)


def _usage(counted: object, going_in: str, coming_out: str) -> Usage | None:
    tokens_in = getattr(counted, f"{going_in}_tokens", None)
    tokens_out = getattr(counted, f"{coming_out}_tokens", None)
    if not isinstance(tokens_in, int) or not isinstance(tokens_out, int):
        return None
    details = getattr(counted, f"{going_in}_tokens_details", None)
    cached = getattr(details, "cached_tokens", None)
    return Usage(tokens_in, tokens_out, min(cached, tokens_in) if isinstance(cached, int) else 0)
