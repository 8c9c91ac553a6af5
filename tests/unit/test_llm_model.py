"""The model adapter, through the real client, against a server of our own."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import openai
import pytest
from pydantic import SecretStr

from adapters.llm.model import Dialect, OpenAIModel
from bot.ports import UNMEASURED, Measures
from bot.summaries.answers import ClaimsAnswer
from bot.summaries.model import Prompt
from bot.summaries.prompts import prompt
from bot.summaries.values import Audience, Failure, SummaryKind, SummaryUnavailable, Usage
from tests.factories import arxiv_id
from tests.fakes.llm import EVERYTHING, FakeLLM
from tests.fakes.llm_minds import claims
from tests.fakes.measures import FakeMeasures

KEY = "sk-a-secret-of-ours"
SAID = "A small check recovers accuracy."
PROMPT = prompt(
    SummaryKind.TLDR, [(arxiv_id(1), "A title", f"{SAID} And more.")], audience=Audience(), mark="0123456789abcdef" * 2
)


@asynccontextmanager
async def model(
    fake: FakeLLM, *, retries: int = 0, deadline: float = 20.0, measures: Measures = UNMEASURED
) -> AsyncIterator[OpenAIModel]:
    async with fake.serving() as url:
        made = OpenAIModel(
            "small-1", api_key=SecretStr(KEY), base_url=url, deadline=deadline, retries=retries, measures=measures
        )
        try:
            yield made
        finally:
            await made.close()


async def ask(made: OpenAIModel, asked: Prompt = PROMPT) -> str:
    answered = await made.answer(asked, ClaimsAnswer, longest=500)
    return answered.value.claims[0].text


async def failure(made: OpenAIModel) -> SummaryUnavailable:
    with pytest.raises(SummaryUnavailable) as caught:
        await ask(made)
    return caught.value


@pytest.mark.parametrize(
    ("knows", "dialect"),
    [
        (EVERYTHING, Dialect.RESPONSES),
        (EVERYTHING - {"responses"}, Dialect.SCHEMA),
        ({"chat", "json_object", "max_completion_tokens"}, Dialect.JSON),
        ({"chat", "max_completion_tokens"}, Dialect.PLAIN),
        ({"chat"}, Dialect.PLAIN),
        ({"responses", "chat", "json_schema", "max_completion_tokens"}, Dialect.RESPONSES),
    ],
)
async def test_finds_the_most_exact_dialect_that_the_server_speaks_and_keeps_to_it(
    knows: set[str], dialect: Dialect
) -> None:
    fake = FakeLLM(knows=knows)
    async with model(fake) as made:
        assert await ask(made) == SAID
        assert made.dialect is dialect
        tried = len(fake.asked)
        assert await ask(made) == SAID
    assert len(fake.asked) == tried + 1


async def test_a_server_that_takes_a_schema_without_keeping_to_it_is_asked_for_json_instead() -> None:
    fake = FakeLLM(mind=lambda asked: claims(("gist", "x", "y")) if asked.wants == "json_object" else "I think: yes.")
    async with model(fake) as made:
        assert await ask(made) == "x"
        assert made.dialect is Dialect.JSON
        answered = await made.answer(PROMPT, ClaimsAnswer, longest=500)
    assert [one.wants for one in fake.asked] == ["json_schema", "json_schema", "json_object", "json_object"]
    assert answered.usage.tokens_in > 0


async def test_what_finding_the_dialect_cost_is_counted() -> None:
    fake = FakeLLM(mind=lambda asked: claims(("gist", "x", "y")) if asked.wants == "json_object" else "no")
    async with model(fake) as made:
        first = await made.answer(PROMPT, ClaimsAnswer, longest=500)
        second = await made.answer(PROMPT, ClaimsAnswer, longest=500)
    assert first.usage.tokens_in == 3 * second.usage.tokens_in


async def test_asks_for_a_strict_schema_a_bounded_answer_and_that_nothing_is_stored() -> None:
    fake = FakeLLM()
    async with model(fake) as made:
        await ask(made)
    (asked,) = fake.asked
    assert asked.model == "small-1"
    assert asked.key == KEY
    assert asked.body["store"] is False
    assert asked.body["max_output_tokens"] == 500
    assert asked.body["text"]["format"]["strict"] is True
    assert asked.body["text"]["format"]["schema"] == ClaimsAnswer.model_json_schema()


@pytest.mark.parametrize("knows", [EVERYTHING, EVERYTHING - {"responses"}])
async def test_counts_tokens_and_which_of_them_were_cached(knows: frozenset[str]) -> None:
    async with model(FakeLLM(knows=knows)) as made:
        answered = await made.answer(PROMPT, ClaimsAnswer, longest=500)
    assert answered.usage.tokens_in == (len(PROMPT.system) + len(PROMPT.user)) // 4
    assert answered.usage.tokens_out > 0
    assert answered.usage.cached == len(PROMPT.system) // 4


@pytest.mark.parametrize("knows", [EVERYTHING, EVERYTHING - {"responses"}])
async def test_estimates_the_tokens_of_a_server_that_does_not_count(knows: frozenset[str]) -> None:
    fake = FakeLLM(knows=knows)
    fake.fail("uncounted")
    async with model(fake) as made:
        answered = await made.answer(PROMPT, ClaimsAnswer, longest=500)
    assert answered.usage.tokens_in == (len(PROMPT.system) + len(PROMPT.user)) // 4


@pytest.mark.parametrize("status", ["429", "500", "503"])
async def test_tries_again_after_as_long_as_the_server_says(status: str) -> None:
    fake = FakeLLM()
    fake.fail(status, times=2, retry_after=0.01)
    async with model(fake, retries=2) as made:
        assert await ask(made) == SAID
    assert len(fake.asked) == 3


@pytest.mark.parametrize("knows", [EVERYTHING, EVERYTHING - {"responses"}])
@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("429", Failure.BUSY),
        ("500", Failure.UNREACHABLE),
        ("503", Failure.UNREACHABLE),
        ("401", Failure.DENIED),
        ("403", Failure.DENIED),
        ("truncated", Failure.TRUNCATED),
        ("refusal", Failure.REFUSED),
        ("empty", Failure.EMPTY),
        ("no_choices", Failure.EMPTY),
        ("cut", Failure.UNREACHABLE),
    ],
)
async def test_each_way_of_failing_has_its_name(knows: frozenset[str], fault: str, expected: Failure) -> None:
    fake = FakeLLM(knows=knows)
    fake.fail(fault, retry_after=0.01)
    async with model(fake) as made:
        assert (await failure(made)).failure is expected
        assert await ask(made) == SAID, "the next answer is not affected"


@pytest.mark.parametrize("fault", ["off_schema", "html", "not_json", "404", "422"])
async def test_a_server_that_speaks_no_dialect_fails_in_bounded_tries(fault: str) -> None:
    fake = FakeLLM()
    fake.fail(fault, times=20)
    async with model(fake) as made:
        expected = {"off_schema": Failure.OFF_SCHEMA, "html": Failure.UNREACHABLE, "not_json": Failure.UNREACHABLE}
        assert (await failure(made)).failure is expected.get(fault, Failure.DENIED)
    assert len(fake.asked) <= len(Dialect)


async def test_an_answer_off_schema_later_on_is_an_error_that_has_its_cost() -> None:
    fake = FakeLLM()
    async with model(fake) as made:
        await ask(made)
        fake.fail("off_schema")
        error = await failure(made)
    assert error.failure is Failure.OFF_SCHEMA
    assert error.usage != Usage()


async def test_nobody_at_the_address_is_unreachable() -> None:
    made = OpenAIModel("m", api_key=SecretStr(KEY), base_url="http://127.0.0.1:9/v1", deadline=20, retries=0)
    assert (await failure(made)).failure is Failure.UNREACHABLE
    await made.close()


async def test_a_server_that_hangs_is_left_at_the_deadline_and_taken_to_have_answered_at_length() -> None:
    fake = FakeLLM()
    fake.fail("hang", times=5)
    async with model(fake, deadline=0.2, retries=2) as made:
        error = await failure(made)
    assert error.failure is Failure.TOO_SLOW
    assert error.usage == Usage(tokens_in=(len(PROMPT.system) + len(PROMPT.user)) // 4, tokens_out=500)


async def test_what_finding_the_dialect_cost_is_counted_where_the_deadline_ends_it() -> None:
    fake = FakeLLM()
    fake.fail("off_schema")
    fake.fail("hang", times=5)
    async with model(fake, deadline=3.0) as made:
        error = await failure(made)
    assert error.failure is Failure.TOO_SLOW
    assert error.usage.tokens_in == 2 * ((len(PROMPT.system) + len(PROMPT.user)) // 4)
    assert error.usage.tokens_out > 500


async def test_a_retry_after_beyond_the_deadline_is_not_waited_for() -> None:
    fake = FakeLLM()
    fake.fail("429", retry_after=60)
    async with model(fake, deadline=1.0, retries=2) as made:
        assert (await failure(made)).failure is Failure.TOO_SLOW
    assert len(fake.asked) == 1


@pytest.mark.parametrize(
    "wrapping", ["```json\n{}\n```", "<think>{{a brace, and doubts}}</think>{}", "Here you are:\n{}\nAnything else?"]
)
async def test_reads_json_out_of_what_small_models_wrap_it_in(wrapping: str) -> None:
    answer = claims(("gist", "x", "y"))
    fake = FakeLLM(mind=lambda asked: wrapping.replace("{}", answer), knows={"chat", "max_completion_tokens"})
    async with model(fake) as made:
        assert await ask(made) == "x"


@pytest.mark.parametrize("fault", ["401", "500", "off_schema", "refusal", "cut", "404"])
async def test_no_error_and_no_log_line_tells_the_key_the_address_or_the_prompt(
    fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    fake = FakeLLM()
    fake.fail(fault, times=9)
    async with fake.serving() as url:
        made = OpenAIModel(
            "m", api_key=SecretStr(KEY), base_url=url.replace("//", "//user:hunter2@"), deadline=20, retries=0
        )
        error = await failure(made)
        await made.close()
    said = f"{error!r} {error} {error.__cause__!r} {made!r} {caplog.text}"
    for secret in (KEY, "hunter2", SAID, "Sure!"):
        assert secret not in said


async def test_many_at_once_share_one_model() -> None:
    fake = FakeLLM()
    async with model(fake) as made:
        assert await asyncio.gather(*(ask(made) for _ in range(5))) == [SAID] * 5


async def test_each_answer_and_each_failure_is_counted_and_a_span() -> None:
    fake, measures = FakeLLM(), FakeMeasures()
    async with model(fake, measures=measures) as made:
        await ask(made)
        fake.fail("401")
        await failure(made)
    assert measures.model == ["answered", "denied"]
    assert measures.spans == [("model", {"model": "small-1", "form": "ClaimsAnswer"})] * 2
    assert measures.broken == ["model"]


@pytest.mark.parametrize("api", ["responses", "chat"])
async def test_the_fake_streams_what_the_real_client_can_read(api: str) -> None:
    fake = FakeLLM(mind=lambda asked: "half and half")
    async with fake.serving() as url, openai.AsyncOpenAI(api_key=KEY, base_url=url) as client:
        if api == "responses":
            events = await client.responses.create(model="m", instructions="s", input="u", stream=True)
            read = "".join([one.delta async for one in events if one.type == "response.output_text.delta"])
        else:
            told = await client.chat.completions.create(
                model="m",
                messages=[{"role": "system", "content": "s"}, {"role": "user", "content": "u"}],
                stream=True,
            )
            read = "".join([one.choices[0].delta.content or "" async for one in told])
    assert read == "half and half"
