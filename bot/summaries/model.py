"""The seam of language models: what one is given and what it answers. `adapters/llm` speaks to real ones."""

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pydantic import BaseModel

from bot.summaries.values import Usage

Form = TypeVar("Form", bound=BaseModel)
"""The form of an answer: see `bot.summaries.answers`."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is told: `system` is the same for every team and paper, `user` holds theirs."""

    system: str
    user: str


@dataclass(frozen=True, slots=True)
class Answered(Generic[Form]):
    """An answer in the form that was asked for, and what it cost."""

    value: Form
    usage: Usage


class LanguageModel(Protocol):
    """One model on one server."""

    @property
    def name(self) -> str:
        """As its server knows it."""

    async def answer(self, prompt: Prompt, form: type[Form], *, longest: int) -> Answered[Form]:
        """The model's answer, validated against `form`; at the most `longest` tokens of it.

        Raises SummaryUnavailable, with what was spent, within a deadline of the adapter's own.
        """
