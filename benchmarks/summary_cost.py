"""What a model's part in a day's edition costs, line by line, beside what another project quotes for a day.

    python -m benchmarks.summary_cost [POOL.jsonl.gz] --size 30 --price gpt-4o-mini=0.15/0.60/0.075

Builds the very prompts of the shortlist for each day of a pool (JSON Lines with "date", "arxiv_id", "title" and
"abstract"), from the first papers of the day, since any may be picked; without a pool, for the shipped sample papers.
A token is taken for four characters, and an answer for 250 tokens a paper: two claims of 35 words and two quotes of
40, with their JSON. What the prompts of an edition share, the rules and the team's part, comes out of the provider's
cache from the second one on, where it is long enough. No model is asked.
"""

import argparse
import asyncio
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from adapters.sample.source import SampleSource
from benchmarks.summaries import rows
from bot.budget import DOLLAR, Price, parse_price
from bot.config import Settings
from bot.papers import ArxivId
from bot.summaries.grounding import Evidence
from bot.summaries.prompts import prompt
from bot.summaries.values import Audience, SummaryKind
from bot.summaries.writing import BATCH
from bot.teams import Interests, Topic

ANSWER = 250
"""Tokens of an answer for each paper."""
TOKEN = 4
"""Characters."""
CACHEABLE = 1_024
"""Tokens that prompts must share before OpenAI keeps them: https://platform.openai.com/docs/guides/prompt-caching"""
AIM = 0.07
"""US dollars a day that gpt_paper_assistant quotes: https://github.com/tatsu-lab/gpt_paper_assistant"""
INTERESTS = Interests(categories=("cs.CL",), topics=(Topic("reasoning"), Topic("agents"), Topic("retrieval")))

Told = tuple[ArxivId, str, str]
"""A paper's id, title and abstract."""


@dataclass(frozen=True, slots=True)
class Line:
    """One prompt and its answer, in tokens."""

    papers: int
    tokens_in: int
    cached: int
    tokens_out: int

    def dollars(self, price: Price) -> float:
        """What it costs."""
        return price.of(self.tokens_in, self.tokens_out, self.cached) / DOLLAR


def lines(papers: Sequence[Told]) -> list[Line]:
    """The prompts of one edition."""
    shared = _tokens(())
    found = []
    for start in range(0, len(papers), BATCH):
        batch = papers[start : start + BATCH]
        cached = shared if start and shared >= CACHEABLE else 0
        found.append(Line(len(batch), _tokens(batch), cached, ANSWER * len(batch)))
    return found


def _tokens(papers: Sequence[Told]) -> int:
    asked = prompt(SummaryKind.RELEVANCE, papers, audience=Audience(interests=INTERESTS), mark="0" * 32)
    return (len(asked.system) + len(asked.user)) // TOKEN


def total(parts: Sequence[Line]) -> Line:
    """The sum of some lines."""
    return Line(
        sum(one.papers for one in parts),
        sum(one.tokens_in for one in parts),
        sum(one.cached for one in parts),
        sum(one.tokens_out for one in parts),
    )


def days_of(pool: Path) -> dict[str, list[Told]]:
    """The papers of a pool by their day."""
    days: dict[str, list[Told]] = defaultdict(list)
    for row in rows(pool):
        days[row["date"]].append((ArxivId(row["arxiv_id"]), row["title"], Evidence.of(row["abstract"]).text))
    return days


def sample() -> dict[str, list[Told]]:
    """The shipped papers, as one day's."""
    categories, always = Settings.model_fields["categories"].default, datetime(1991, 8, 14, tzinfo=UTC)
    papers = asyncio.run(SampleSource().submitted(categories, after=always))
    return {"sample": [(one.id, one.title, Evidence.of(one.abstract).text) for one in papers]}


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the sum of the dearest day for each price. Exit status 1: one of them is not below the aim."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pool", type=Path, nargs="?")
    parser.add_argument("--size", type=int, default=30, help="papers in an edition")
    parser.add_argument("--price", action="append", type=parse_price, help="as in MODEL_PRICES: model=0.15/0.60/0.075")
    given = parser.parse_args(arguments)
    days = days_of(given.pool) if given.pool else sample()
    editions = {day: lines(papers[: given.size]) for day, papers in days.items()}
    dearest = max(editions, key=lambda day: total(editions[day]).tokens_in)
    fits = True
    for name, price in given.price or map(parse_price, Settings.model_fields["model_prices"].default):
        whole = total(editions[dearest])
        usual = sum(total(one).dollars(price) for one in editions.values()) / len(editions)
        print(f"{name}: {dearest}, the dearest of {len(editions)} days")
        print("  papers        in    cached       out    dollars")
        for one in (*editions[dearest], whole):
            told = f"{one.papers:8}{one.tokens_in:10,}{one.cached:10,}{one.tokens_out:10,}{one.dollars(price):11.6f}"
            print(told + ("  in all" if one is whole else ""))
        print(f"  the prompts share {_tokens(()):,} tokens; a provider such as OpenAI keeps {CACHEABLE:,} or more")
        print(f"  {usual:.4f} $ a day on average, {whole.dollars(price):.4f} $ at most; aim: below {AIM} $")
        fits &= whole.dollars(price) < AIM
    return 0 if fits else 1


if __name__ == "__main__":
    sys.exit(main())
