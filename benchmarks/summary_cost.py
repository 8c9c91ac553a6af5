"""What a model's part in a day's edition costs: `python -m benchmarks.summary_cost POOL.jsonl.gz --size 5`.

Builds the very prompts of the shortlist for each day of a pool (JSON Lines with "date", "arxiv_id", "title" and
"abstract"), from the first papers of the day, since any may be picked. A token is taken for four characters, and an
answer for 250 tokens a paper: two claims of 35 words and two quotes of 40, with their JSON. No model is asked.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

from benchmarks.summaries import rows
from bot.budget import DOLLAR, parse_price
from bot.curation.taxonomy import TAXONOMY
from bot.papers import ArxivId
from bot.summaries.grounding import Evidence
from bot.summaries.prompts import prompt
from bot.summaries.values import Audience, SummaryKind
from bot.summaries.writing import BATCH
from bot.teams import Interests, Topic

ANSWER = 250
"""Tokens of an answer for each paper."""
AIM = 0.07
"""US dollars a day that gpt_paper_assistant quotes: https://github.com/tatsu-lab/gpt_paper_assistant"""
MARK = "0" * 32


def tokens_in(papers: Sequence[tuple[ArxivId, str, str]], audience: Audience) -> int:
    """Tokens of the prompts for one edition."""
    asked = (
        prompt(SummaryKind.RELEVANCE, papers[start : start + BATCH], audience=audience, mark=MARK)
        for start in range(0, len(papers), BATCH)
    )
    return sum(len(one.system) + len(one.user) for one in asked) // 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the sum for each price. Exit status 1: one of them is above the aim."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pool", type=Path)
    parser.add_argument("--size", type=int, default=5, help="papers in an edition")
    parser.add_argument("--price", action="append", type=parse_price, help="as in MODEL_PRICES: model=0.15/0.60")
    given = parser.parse_args(arguments)
    interests = Interests(categories=("cs.CL",), topics=(Topic("reasoning"), Topic("agents"), Topic("retrieval")))
    audience = Audience(interests=interests, categories=tuple(topic.name for topic in TAXONOMY))
    days: dict[str, list[tuple[ArxivId, str, str]]] = defaultdict(list)
    for row in rows(given.pool):
        days[row["date"]].append((ArxivId(row["arxiv_id"]), row["title"], Evidence.of(row["abstract"]).text))
    spent = [tokens_in(papers[: given.size], audience) for papers in days.values()]
    out = ANSWER * given.size
    usual, most = round(mean(spent)), max(spent)
    print(f"{len(days)} days, {given.size} papers an edition: {usual:,} tokens in (at most {most:,}), {out:,} out")
    costs = []
    for name, price in given.price or [parse_price("gpt-4o-mini=0.15/0.60")]:
        costs.append(price.of(most, out) / DOLLAR)
        print(f"{name:15} {price.of(usual, out) / DOLLAR:.4f} $ a day, at most {costs[-1]:.4f}; aim: below {AIM}")
    return int(max(costs) >= AIM)


if __name__ == "__main__":
    sys.exit(main())
