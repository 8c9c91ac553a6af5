"""What the benchmark of curation promises: known measures, and nothing known too early."""

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benchmarks.curating.data import Announced, Data, load
from benchmarks.curating.full import taste_before
from benchmarks.curating.metrics import mean_over_days, quality
from benchmarks.prior import make
from bot.curation.ranking import Act
from tests.factories import paper

MONDAY, TUESDAY, FRIDAY = date(2026, 1, 12), date(2026, 1, 13), date(2026, 1, 16)


def announced(title: str, day: date = MONDAY, picked_on: date | None = None) -> Announced:
    one = paper(title=title, abstract="A language model.", authors=("Wei Tan", "Ada Low"))
    return Announced(one, day, complete=True, picked_on=picked_on)


def data(*pool: Announced) -> Data:
    return Data(pool=pool, history=((paper(title="Earlier"), date(2025, 12, 1)),), gold=())


def test_a_perfect_order_is_the_best_there_is() -> None:
    liked = [number < 3 for number in range(40)]
    best = quality([-float(number) for number in range(40)], liked)
    assert best == pytest.approx((0.3, 1.0, 1.0, 1.0))


def test_an_order_turned_round_is_the_worst() -> None:
    assert quality([float(number) for number in range(40)], [number < 3 for number in range(40)]) == (0, 0, 0, 0)


def test_a_single_hit_in_second_place_is_discounted() -> None:
    assert quality([3.0, 2.0, 1.0], [False, True, False]).ndcg10 == pytest.approx(0.6309, abs=1e-4)


def test_a_mean_over_days_lies_within_its_interval_and_is_the_same_each_time() -> None:
    values = [0.1, 0.4, 0.3, 0.9, 0.2]
    mean = mean_over_days(values)
    assert mean.mean == pytest.approx(0.38)
    assert mean.low < mean.mean < mean.high
    assert mean == mean_over_days(values)
    assert mean_over_days([0.5, 0.5]) == (0.5, 0.5, 0.5)


def test_a_pick_of_the_day_itself_or_later_is_not_known() -> None:
    assert announced("A", picked_on=MONDAY).known_by(TUESDAY)
    assert not announced("A", picked_on=TUESDAY).known_by(TUESDAY)
    seen = [announced("A", picked_on=MONDAY), announced("B", picked_on=TUESDAY), announced("C")]
    acts = [judged.act for judged in taste_before(TUESDAY, data(*seen), seen).judged]
    assert acts == [Act.SAVED, Act.SAVED, Act.IGNORED, Act.IGNORED]


def pool(picked: date) -> list[Announced]:
    verifiers = [announced(f"Verifiers {number}", picked_on=picked) for number in range(8)]
    return [
        *verifiers,
        *(announced(f"Octopus {number}", picked_on=MONDAY if number < 4 else None) for number in range(8)),
    ]


def test_a_prior_learns_what_was_picked_by_its_date_and_nothing_later() -> None:
    known, later = (make(data(*pool(picked)), MONDAY) for picked in (MONDAY, FRIDAY))
    assert known.terms["verifier"][1] > 0 > later.terms["verifier"][1]
    more = [*pool(FRIDAY), *(announced(f"Verifiers {number}", TUESDAY, TUESDAY) for number in range(8))]
    assert make(data(*more), MONDAY).terms == later.terms


def test_a_prior_holds_no_name_of_an_author() -> None:
    named = [announced(f"On Wei Tan {number}", picked_on=MONDAY if number < 4 else None) for number in range(9)]
    assert "wei tan" not in make(data(*named), MONDAY).terms


def test_there_is_no_prior_before_anything_was_announced() -> None:
    with pytest.raises(ValueError, match="nothing was announced"):
        make(data(announced("A", FRIDAY)), MONDAY)


def test_a_folder_is_read_as_described(tmp_path: Path) -> None:
    def line(number: int, **more: Any) -> dict[str, Any]:
        return {
            "arxiv_id": f"2601.{number:05}", "date": "2026-01-12", "title": "T", "abstract": "A",
            "authors": ["Wei Tan"], "primary": None, "categories": None, "day_complete": True, **more,
        }  # fmt: skip

    def picked(number: int, day: str | None, source: str = "hf_daily") -> dict[str, Any]:
        return {"arxiv_id": f"2601.{number:05}", "date": day, "source": source}

    contents = {
        "pool.jsonl.gz": [line(number) for number in range(1, 6)],
        "picks.jsonl": [
            picked(1, "2026-01-13"), picked(2, "2026-01-27"), picked(3, None), picked(4, "2026-01-13", "weekly"),
            picked(5, "2026-01-11"),
        ],
        "history_picks.jsonl.gz": [line(9, pick_date="2026-01-01"), line(8, pick_date="2026-01-12")],
        "gold_topic.jsonl": [{"arxiv_id": "2601.00001", "about_llm": "core", "category": "agents"}],
    }  # fmt: skip
    for name, lines in contents.items():
        text = "\n".join(map(json.dumps, lines))
        (tmp_path / name).write_bytes(gzip.compress(text.encode()) if name.endswith("gz") else text.encode())
    read = load(tmp_path)
    assert [one.picked_on for one in read.pool] == [date(2026, 1, 13), None, None, None, date(2026, 1, 11)]
    assert [(one.id.value, day) for one, day in read.history] == [("2601.00009", date(2026, 1, 1))]
    assert [(one.about, one.category) for one in read.gold] == [("core", "agents")]
