"""How near the extract's one sentence comes to what people wrote, beside simpler ways and TextRank.

    python -m benchmarks.summaries PAIRS.jsonl …
    python -m benchmarks.summaries --newsletter ISSUE.txt --pool PAPERS.jsonl.gz --write PAIRS.jsonl

A set of pairs is JSON Lines: {"id": …, "abstract": …, "reference": one sentence that a person wrote}. The second form
makes one: it takes each paragraph that follows a line with an arXiv link, and the abstract from a pool of papers, JSON
Lines with "arxiv_id" (or "id") and "abstract".

ROUGE is the F1 of Google's rouge-score, stemmed, averaged over the pairs, in percent.
"""

import argparse
import gzip
import json
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from statistics import mean
from typing import Any

from rouge_score.rouge_scorer import RougeScorer
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.text_rank import TextRankSummarizer

from bot.papers import ArxivId
from bot.search import terms
from bot.summaries.extract import one_sentence
from bot.summaries.sentences import sentences

MEASURES = ("rouge1", "rouge2", "rougeL")


@dataclass(frozen=True, slots=True)
class Pair:
    """An abstract, and what somebody made of it."""

    id: str
    abstract: str
    reference: str


class _Words:
    """What sumy asks of a tokenizer: the same sentences and words for all, and no data to download."""

    def to_sentences(self, text: str) -> tuple[str, ...]:
        return tuple(sentences(text))

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return terms(sentence)


def text_rank(abstract: str) -> str:
    """The best sentence by TextRank (Mihalcea and Tarau, 2004), as sumy has it."""
    found = TextRankSummarizer()(PlaintextParser.from_string(abstract, _Words()).document, 1)
    return " ".join(str(sentence) for sentence in found)


WAYS: dict[str, Callable[[str], str]] = {
    "extract": one_sentence,
    "first sentence": lambda abstract: next(iter(sentences(abstract)), ""),
    "last sentence": lambda abstract: next(reversed(sentences(abstract)), ""),
    "TextRank": text_rank,
}


def measure(pairs: Sequence[Pair], way: Callable[[str], str]) -> dict[str, float]:
    """The mean of each measure in percent, and `ms`: milliseconds for each abstract."""
    began = time.perf_counter()
    made = [way(pair.abstract) for pair in pairs]
    took = time.perf_counter() - began
    scorer = RougeScorer(MEASURES, use_stemmer=True)
    scores = [scorer.score(pair.reference, text) for pair, text in zip(pairs, made, strict=True)]
    found = {measure: 100 * mean(score[measure].fmeasure for score in scores) for measure in MEASURES}
    return found | {"ms": 1000 * took / len(pairs)}


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file, compressed or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def references(newsletter: str) -> dict[str, str]:
    """By arXiv id, the paragraph after the line that links to it; the first one, where a link occurs twice."""
    paragraphs = [paragraph.strip() for paragraph in re.split(r"\n\s*\n", newsletter) if paragraph.strip()]
    found: dict[str, str] = {}
    for line, after in pairwise(paragraphs):
        ids = list(ArxivId.find_all(line))
        if len(ids) == 1 and "arxiv.org/abs/" in line and "arxiv.org/" not in after:
            found.setdefault(ids[0].value, after)
    return found


def extracted(newsletter: Path, pools: Sequence[Path]) -> list[Pair]:
    """The pairs that a newsletter and some pools of papers make; says how many of its entries have an abstract."""
    wanted = references(newsletter.read_text(encoding="utf-8"))
    pairs = {
        known: Pair(known, " ".join(row["abstract"].split()), wanted[known])
        for pool in pools
        for row in rows(pool)
        if (known := row.get("arxiv_id") or row.get("id", "")) in wanted and row.get("abstract")
    }
    print(f"{newsletter.name}: {len(wanted)} one-sentence entries, {len(pairs)} with an abstract in the pools")
    return list(pairs.values())


def main(arguments: Sequence[str] | None = None) -> int:
    """Makes pairs, or measures. Exit status 1: there are none, or something beats the extract."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="*", type=Path)
    parser.add_argument("--newsletter", type=Path)
    parser.add_argument("--pool", type=Path, action="append", default=[])
    parser.add_argument("--write", type=Path, help="where to put the pairs of --newsletter")
    given = parser.parse_args(arguments)
    pairs = [Pair(str(row["id"]), row["abstract"], row["reference"]) for path in given.pairs for row in rows(path)]
    if given.newsletter:
        pairs += extracted(given.newsletter, given.pool)
    if given.write:
        given.write.write_text("".join(json.dumps(asdict(pair)) + "\n" for pair in pairs), encoding="utf-8")
    if not pairs:
        print("No pairs to measure on.", file=sys.stderr)
        return 1
    found = {name: measure(pairs, way) for name, way in WAYS.items()}
    print(f"{len(pairs)} pairs      ROUGE-1  ROUGE-2  ROUGE-L   ms each")
    for name, scores in found.items():
        print(f"{name:15}" + "".join(f"{scores[column]:9.1f}" for column in MEASURES) + f"{scores['ms']:10.2f}")
    ours, *others = found.values()
    return int(any(ours[column] < other[column] for other in others for column in MEASURES))


if __name__ == "__main__":
    sys.exit(main())
