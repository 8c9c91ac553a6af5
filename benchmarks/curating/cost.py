"""What learning and ranking cost a process of their own: `python -m benchmarks.curating.cost DATA` prints JSON."""

import json
import os
import sys
import time
from itertools import cycle
from pathlib import Path

import psutil

from benchmarks.curating.data import load
from bot.curation.learned import ranked
from bot.curation.material import MOST_JUDGED
from bot.curation.model import Model
from bot.curation.prior import shipped
from bot.curation.ranking import Act, Judged, Taste
from bot.teams import Interests

PAPERS, SIGNALS = 700, 5000
"""The signals are of as many papers as a taste is made of at the most."""
SAVED_OF = 8
"""One of so many papers was taken up, and has all the signals but those of the others that they were passed over."""
ANSWERS = (Act.SAVED, Act.OPENED, Act.READ, Act.LIKED, Act.DISCUSSED)


def main() -> None:
    announced = [one.paper for one in load(Path(sys.argv[1])).pool][: PAPERS + MOST_JUDGED]
    pool, told = announced[:PAPERS], announced[PAPERS:]
    saved = len(told) // SAVED_OF
    signals = [Judged(paper, Act.IGNORED, 1.0) for paper in told[saved:]]
    acts = zip(cycle(told[:saved]), cycle(ANSWERS), range(SIGNALS - len(signals)), strict=False)
    signals += [Judged(paper, act, number / 50) for paper, act, number in acts]
    taste = Taste(judged=signals)
    prior, interests = shipped(), Interests(("cs.CL",))
    started = (time.perf_counter(), time.process_time())
    model = Model(taste, prior)
    fitted = (time.perf_counter(), time.process_time())
    ranked(model, pool, interests, taste)
    done = (time.perf_counter(), time.process_time())
    print(
        json.dumps(
            {
                "signals": len(signals),
                "judged_papers": len(told),
                "papers": len(pool),
                "refit_seconds": fitted[0] - started[0],
                "refit_cpu_seconds": fitted[1] - started[1],
                "rank_seconds": done[0] - fitted[0],
                "rank_cpu_seconds": done[1] - fitted[1],
                "megabytes": psutil.Process(os.getpid()).memory_info().rss / 1e6,
            }
        )
    )


if __name__ == "__main__":
    main()
