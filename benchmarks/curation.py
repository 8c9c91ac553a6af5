"""How good curation is, on real days: `python benchmarks/curation.py DATA --help`.

DATA is a folder as `benchmarks.curating.data` describes. Four parts: the ranking of each day by all that was known the
day before, beside other rankers; simulated teams that judge only what they are shown; the topic gate; the cost. The
prior is made anew from what was known on the evening of --train-until, for the simulation on the day before its start:
the one that is shipped is used for the cost alone.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks import prior
from benchmarks.curating import full, gate, teams
from benchmarks.curating.data import Data, load


def full_information(data: Data, train_until: date, test_from: date, progress: Callable[[str], None]) -> dict[str, Any]:
    """Part (a)."""
    believed = prior.make(data, train_until)
    scores = {}
    for day in [day for day in data.days if day >= test_from]:
        progress(f"ranking {day}")
        scores[day] = full.scores_of_day(day, data, believed)
    return full.report(full.measured(scores, data))


def simulation(data: Data, test_from: date, progress: Callable[[str], None]) -> dict[str, Any]:
    """Part (b)."""
    days = teams.simulated_days(data, test_from)
    start = days[0]
    believed = prior.make(data, start - timedelta(days=1))
    rows = teams.DailyRows(data)
    rankers: Mapping[str, teams.Choose] = {
        "ours": teams.by_ours(data, believed, start, explore=False),
        "ours, exploring": teams.by_ours(data, believed, start, explore=True),
        "arxiv-sanity-lite": teams.by_svm(data, rows, start, full=False),
        "arxiv-sanity-lite, full information": teams.by_svm(data, rows, start, full=True),
        "keywords": teams.by_keywords(data),
    }
    by_ranker = {
        ranker: teams.weeks(choose, data, days, lambda doing, of=ranker: progress(f"{of}, {doing}"))  # type: ignore[misc]
        for ranker, choose in rankers.items()
    }
    weeks = [
        {"week": number + 1, **{ranker: values[number] for ranker, values in by_ranker.items()}}
        for number in range(len(by_ranker["ours"]))
    ]
    return {"from": str(days[0]), "until": str(days[-1]), "teams": len(teams.TEAMS), "weeks": weeks}


def cost(folder: Path) -> dict[str, float]:
    """Part (d), in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.curating.cost", str(folder)]
    measured: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return measured


def show_full(part: Mapping[str, Any]) -> None:
    print(f"(a) full information, mean over {part['days']} complete days")
    print(f"    {'':<22}{'P@10':>8}{'R@20':>8}{'nDCG@10':>9}{'AUC':>8}")
    for ranker, row in part["rankers"].items():
        print(f"    {ranker:<22}{row['p10']:>8.3f}{row['r20']:>8.3f}{row['ndcg10']:>9.3f}{row['auc']:>8.3f}")
    for name in ("p10", "ndcg10"):
        low, high = part[f"{name}_diff_ci"]
        print(f"    ours less arxiv-sanity-lite, {name}: {part[f'{name}_diff']:+.3f} [{low:+.3f}, {high:+.3f}]")


def show_teams(part: Mapping[str, Any]) -> None:
    print(
        f"(b) {part['teams']} simulated teams, {part['from']} to {part['until']}: precision of what is shown, by week"
    )
    for ranker in list(part["weeks"][0])[1:]:
        print(f"    {ranker:<38}" + "".join(f"{week[ranker]:>8.3f}" for week in part["weeks"]))


def show_gate(gate: Mapping[str, Any], category: Mapping[str, Any]) -> None:
    print(f"(c) about language models, F1: {gate['f1']:.3f} of {gate['papers']} papers")
    print(f"    topic right at first: {category['top1']:.3f} of {category['papers']} papers")


def show_cost(part: Mapping[str, Any]) -> None:
    print(f"(d) refit with {part['signals']:,} signals on {part['judged_papers']:,} papers (aim: under 2 s)")
    print(f"    {part['refit_seconds']:.2f} s, of which {part['refit_cpu_seconds']:.2f} s on a processor")
    print(f"    ranking {part['papers']} papers (aim: under 0.5 s)")
    print(f"    {part['rank_seconds']:.2f} s, of which {part['rank_cpu_seconds']:.2f} s on a processor")
    print(f"    the process: {part['megabytes']:.0f} MB (aim: under 250)", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--train-until", type=date.fromisoformat, default=date(2026, 1, 16))
    parser.add_argument("--test-from", type=date.fromisoformat, help="default: the day after --train-until")
    parser.add_argument("--json", type=Path, help="a file to write the figures to")
    asked = parser.parse_args()
    test_from = asked.test_from or asked.train_until + timedelta(days=1)
    if test_from <= asked.train_until:
        parser.error("--test-from must be after --train-until")
    started = time.monotonic()

    def progress(doing: str) -> None:
        print(f"{time.monotonic() - started:5.0f} s  {doing}", file=sys.stderr, flush=True)

    progress("measuring the cost")
    figures: dict[str, Any] = {"cost": cost(asked.data)}
    show_cost(figures["cost"])
    data = load(asked.data)
    figures |= gate.report(data.gold)
    show_gate(figures["gate"], figures["category"])
    figures["full"] = full_information(data, asked.train_until, test_from, progress)
    show_full(figures["full"])
    figures["team"] = simulation(data, test_from, progress)
    show_teams(figures["team"])
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
