"""The benchmarks of summaries: what one makes of a newsletter and when it says that the extract is beaten, and the sum
of what an edition costs."""

import gzip
import json
from pathlib import Path

import pytest

from benchmarks import summary_cost
from benchmarks.summaries import main, references

NEWSLETTER = """# Papers of the month

**A Small Check** by Okafor and Tan (29 Feb), https://arxiv.org/abs/2601.00001

The paper introduces a small check for process reward models.

*** Without a summary ** by Lindqvist, https://arxiv.org/abs/2601.00002

**The next entry** by Tan, https://arxiv.org/abs/2601.00003

It has one sentence.
"""
ABSTRACT = "Reward models are old. We introduce a small check for process reward models and their users. It works."


def test_a_reference_is_the_paragraph_after_the_line_with_the_link() -> None:
    assert references(NEWSLETTER) == {
        "2601.00001": "The paper introduces a small check for process reward models.",
        "2601.00003": "It has one sentence.",
    }


def test_measures_the_entries_whose_abstract_a_pool_has(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    newsletter, pool, pairs = tmp_path / "issue.txt", tmp_path / "pool.jsonl.gz", tmp_path / "pairs.jsonl"
    newsletter.write_text(NEWSLETTER)
    with gzip.open(pool, "wt") as out:
        out.write(json.dumps({"arxiv_id": "2601.00001", "abstract": ABSTRACT}))
    assert main(["--newsletter", str(newsletter), "--pool", str(pool), "--write", str(pairs)]) == 0
    told = capsys.readouterr().out
    assert "2 one-sentence entries, 1 with an abstract" in told
    assert "TextRank" in told
    assert main([str(pairs)]) == 0


def test_fails_where_a_simpler_way_is_nearer_and_where_there_is_nothing_to_measure(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text(json.dumps({"id": "x", "abstract": ABSTRACT, "reference": "Reward models are old."}))
    assert main([str(pairs)]) == 1
    pairs.write_text("")
    assert main([str(pairs)]) == 1


def test_the_sum_of_an_edition_is_told_prompt_by_prompt_and_fails_at_the_aim(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pool = tmp_path / "pool.jsonl"
    papers = [
        {"date": "2026-01-15", "arxiv_id": f"2601.0000{number}", "title": "A Check", "abstract": ABSTRACT}
        for number in range(9)
    ]
    pool.write_text("\n".join(map(json.dumps, papers)))
    assert summary_cost.main([str(pool), "--price", "cheap=0/4"]) == 0
    eight, one, together = [line.split() for line in capsys.readouterr().out.splitlines()[2:5]]
    assert [row[0] for row in (eight, one, together)] == ["8", "1", "9"]
    assert (eight[3], one[3], together[3]) == ("2,000", "250", "2,250")
    assert [float(row[4]) for row in (eight, one, together)] == [0.008, 0.001, 0.009]
    assert summary_cost.main([str(pool), "--price", "dear=0/40"]) == 1


def test_without_a_pool_the_largest_edition_of_sample_papers_is_reckoned(capsys: pytest.CaptureFixture[str]) -> None:
    assert summary_cost.main([]) == 0
    assert "gpt-4o-mini: sample" in capsys.readouterr().out
