"""One model on one server, in whichever of OpenAI's dialects that server speaks."""

import asyncio
import json
import logging
import re
from dataclasses import replace
from enum import Enum

import openai
from openai.types.chat import ChatCompletion
from openai.types.responses import Response
from pydantic import SecretStr, ValidationError

from adapters.llm.answers import Said, from_chat, from_response
from bot.ports import UNMEASURED, Measures
from bot.summaries.model import Answered, Form, Prompt
from bot.summaries.values import Failure, SummaryUnavailable, Usage

OPENAI_URL = "https://api.openai.com/v1"
RETRIES = 2
"""After the first try, on 408, 409, 429, 5xx and lost connections; the client waits as `Retry-After` says."""

_TOKEN = 4
"""Characters of English in one, about."""
_THOUGHTS = re.compile(r"<think>.*?</think>", re.DOTALL)
"""Servers without a parser for a reasoning model leave its thoughts before the answer."""
_UNKNOWN_TO_SERVER = frozenset({400, 404, 405, 415, 422, 501})
_NOT_THE_DIALECT = frozenset({"model_not_found", "context_length_exceeded", "invalid_api_key", "insufficient_quota"})
"""Error codes that no other way of asking would mend."""


class Dialect(Enum):
    """Ways of asking, the most exact first."""

    RESPONSES = "Responses API with a JSON schema"
    SCHEMA = "chat completions with a JSON schema"
    JSON = "chat completions in JSON"
    PLAIN = "chat completions"


_ENFORCED = frozenset({Dialect.RESPONSES, Dialect.SCHEMA})
"""Where a server that really knows the dialect cannot answer off schema."""


class _NotSpoken(SummaryUnavailable):
    """The server does not know this dialect, or something is wrong that looks the same."""


class OpenAIModel:
    """See `bot.summaries.model.LanguageModel`. The dialect is found at the first answer and kept.

    An answer takes at most `deadline` seconds, whatever they go by with: retries, waiting as `Retry-After` says,
    finding the dialect. A request has no time-out before that, so that only one can be under way, and cost, by then.
    Made inside a running event loop, closed with `close`. Without a key a placeholder is sent, which servers of one's
    own ignore.
    """

    def __init__(
        self,
        name: str,
        *,
        api_key: SecretStr,
        base_url: str = OPENAI_URL,
        deadline: float,
        retries: int = RETRIES,
        measures: Measures = UNMEASURED,
    ) -> None:
        for chatty in ("openai", "httpx2", "httpcore2"):  # they log addresses, which may hold a password
            logging.getLogger(chatty).setLevel(logging.WARNING)
        self.name = name
        self.dialect: Dialect | None = None
        self._deadline = deadline
        self._measures = measures
        self._client = openai.AsyncOpenAI(
            api_key=api_key.get_secret_value() or "none", base_url=base_url, timeout=deadline, max_retries=retries
        )

    async def answer(self, prompt: Prompt, form: type[Form], *, longest: int) -> Answered[Form]:
        try:
            with self._measures.span("model", model=self.name, form=form.__name__):
                answered = await self._answered(prompt, form, longest)
        except SummaryUnavailable as error:
            self._measures.model_asked(error.failure)
            raise
        self._measures.model_asked("answered")
        return answered

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.close()

    async def _answered(self, prompt: Prompt, form: type[Form], longest: int) -> Answered[Form]:
        until = asyncio.get_running_loop().time() + self._deadline
        if self.dialect is None:
            return await self._find(prompt, form, longest, until)
        return await self._ask(self.dialect, prompt, form, longest, until)

    async def _find(self, prompt: Prompt, form: type[Form], longest: int, until: float) -> Answered[Form]:
        """Asks in one dialect after another. A schema that is not kept to was not understood."""
        spent = Usage()
        for dialect in Dialect:
            try:
                answered = await self._ask(dialect, prompt, form, longest, until)
            except SummaryUnavailable as error:
                spent += error.usage
                error.usage = spent
                off_schema = error.failure is Failure.OFF_SCHEMA
                if off_schema and dialect not in _ENFORCED:
                    self.dialect = dialect
                if not (off_schema and dialect in _ENFORCED) and not isinstance(error, _NotSpoken):
                    raise
                last = error
            else:
                self.dialect = dialect
                return replace(answered, usage=spent + answered.usage)
        raise last

    async def _ask(
        self, dialect: Dialect, prompt: Prompt, form: type[Form], longest: int, until: float
    ) -> Answered[Form]:
        """One answer in one dialect, before `until` on the event loop's clock."""
        try:
            async with asyncio.timeout_at(until):
                said = await self._said(dialect, prompt, form, longest)
        except (TimeoutError, openai.APITimeoutError):
            at_worst = _estimated(prompt, longest)  # the server may have thought to the end, and will not tell us
            raise SummaryUnavailable(
                Failure.TOO_SLOW, f"no answer within {self._deadline:g} seconds", usage=at_worst
            ) from None
        except openai.APIConnectionError as error:
            raise SummaryUnavailable(Failure.UNREACHABLE, type(error.__cause__ or error).__name__) from None
        except openai.APIStatusError as error:
            raise _refused(error) from None
        except (openai.APIError, json.JSONDecodeError) as error:
            raise _NotSpoken(Failure.UNREACHABLE, type(error).__name__) from None
        if said is None:
            raise _NotSpoken(Failure.UNREACHABLE, "what answers there does not speak the protocol")
        usage = said.usage or _estimated(prompt, len(said.text) // _TOKEN)
        if said.failure:
            raise SummaryUnavailable(said.failure, said.detail, usage=usage)
        bare = _THOUGHTS.sub("", said.text)
        try:
            value = form.model_validate_json(bare[bare.find("{") : bare.rfind("}") + 1])
        except ValidationError as error:  # whose text repeats what the model said
            detail = f"{error.error_count()} things are not as {form.__name__} has them"
            raise SummaryUnavailable(Failure.OFF_SCHEMA, detail, usage=usage) from None
        return Answered(value, usage)

    async def _said(self, dialect: Dialect, prompt: Prompt, form: type[Form], longest: int) -> Said | None:
        """None where the server's answer is none of the protocol's: the client hands over such a one as it is."""
        schema = form.model_json_schema()
        if dialect is Dialect.RESPONSES:
            response: object = await self._client.responses.create(
                model=self.name,
                instructions=prompt.system,
                input=prompt.user,
                text={"format": {"type": "json_schema", "name": form.__name__, "schema": schema, "strict": True}},
                max_output_tokens=longest,
                store=False,
            )
            return from_response(response) if isinstance(response, Response) else None
        completion: object = await self._client.chat.completions.create(
            model=self.name,
            messages=[{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.user}],
            response_format=(
                {"type": "json_schema", "json_schema": {"name": form.__name__, "schema": schema, "strict": True}}
                if dialect is Dialect.SCHEMA
                else {"type": "json_object"}
                if dialect is Dialect.JSON
                else openai.omit
            ),
            # The older name is all that the oldest servers know; newer models refuse it.
            max_tokens=longest if dialect is Dialect.PLAIN else openai.omit,
            max_completion_tokens=openai.omit if dialect is Dialect.PLAIN else longest,
        )
        return from_chat(completion) if isinstance(completion, ChatCompletion) else None


def _refused(error: openai.APIStatusError) -> SummaryUnavailable:
    """What an HTTP status means. Its detail leaves out the server's words, which may repeat ours."""
    code = error.code if isinstance(error.code, str) and error.code in _NOT_THE_DIALECT else ""
    detail = f"HTTP {error.status_code}" + (f" ({code})" if code else "")
    if error.status_code in _UNKNOWN_TO_SERVER and not code:
        return _NotSpoken(Failure.DENIED, detail)
    if error.status_code == 429 and code != "insufficient_quota":
        return SummaryUnavailable(Failure.BUSY, detail)
    if error.status_code == 408:
        return SummaryUnavailable(Failure.TOO_SLOW, detail)
    return SummaryUnavailable(Failure.UNREACHABLE if error.status_code >= 500 else Failure.DENIED, detail)


def _estimated(prompt: Prompt, tokens_out: int) -> Usage:
    """For an answer that the server did not count, so that caps hold all the same."""
    return Usage(tokens_in=(len(prompt.system) + len(prompt.user)) // _TOKEN, tokens_out=tokens_out)
