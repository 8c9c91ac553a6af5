"""Makes the prior of a team that has judged nothing yet: `python -m benchmarks.prior DATA OUT [--until DATE]`.

DATA is a folder as `benchmarks.curating.data` describes; only announcements and picks up to the date are used. What
comes out is numbers and single terms or pairs of them: no title, no abstract, no name of an author.
"""

import argparse
from collections.abc import Sequence
from datetime import date, timedelta
from math import log
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array, hstack

from benchmarks.curating.data import Data, load
from bot.curation.features import FEATURES
from bot.curation.logistic import fit
from bot.curation.model import Reading
from bot.curation.prior import Prior, Scaled
from bot.curation.vectors import Vocabulary, document_frequencies

CATEGORIES = frozenset({"cs.CL", "cs.LG", "cs.AI", "cs.MA", "cs.IR"})
"""Earlier picks from elsewhere would tell which categories readers look at, not what they like in these."""
MOST_TERMS, FEWEST_PAPERS = 9000, 6
EARLIER = 0.5
"""What an earlier pick counts of one among the announcements, since what was not picked then is not known."""
TRUST = 1.0
GAIN = 0.15
"""Features are brought to this standard deviation, so that none outweighs all terms."""
STEADY = 1e-6
"""A feature that varies less than this is the same everywhere."""
DIGITS = 3


def make(data: Data, until: date) -> Prior:
    """The prior that could be made on the evening of `until`. Raises ValueError where nothing was announced by then."""
    announced = [one for one in data.pool if one.day <= until]
    if not announced:
        raise ValueError(f"nothing was announced by {until}")
    tomorrow = until + timedelta(days=1)
    earlier = [paper for paper, day in data.history if day <= until and CATEGORIES.intersection(paper.categories)]
    readings = [Reading.of(paper) for paper in [*(one.paper for one in announced), *earlier]]
    liked = np.array([*(one.known_by(tomorrow) for one in announced), *[True] * len(earlier)], float)
    weights = np.array([1.0] * len(announced) + [EARLIER] * len(earlier))
    for side in (0.0, 1.0):  # as many votes for as against
        weights[liked == side] *= weights.sum() / 2 / weights[liked == side].sum()

    idf, rare = _idf(readings, {author.strip() for one in readings for author in one.text.authors})
    form = np.array([one.form for one in readings])
    means, deviations = form[: len(announced)].mean(0), form[: len(announced)].std(0)
    gains = GAIN / np.where(deviations > STEADY, deviations, 1.0)
    terms = Vocabulary(idf).matrix(one.terms for one in readings)
    rows = hstack([terms, csr_array((form - means) * gains)], format="csr")
    learned = fit(rows, liked, weights, np.zeros(len(readings)), trust=TRUST).change.round(DIGITS).tolist()
    picked = int(liked[: len(announced)].sum())
    return Prior(
        provenance=(
            f"Logistic regression on {len(announced):,} arXiv papers announced from {announced[0].day} to {until}, of "
            f"which {picked:,} were picked by a public daily list of papers, and {len(earlier):,} earlier picks."
        ),
        rare=rare,
        terms={term: (weight, learned[column]) for column, (term, weight) in enumerate(idf.items())},
        features={
            name: Scaled(round(float(mean), DIGITS), round(float(gain), DIGITS), weight)
            for name, mean, gain, weight in zip(FEATURES, means, gains, learned[len(idf) :], strict=True)
        },
    )


def _idf(readings: Sequence[Reading], names: set[str]) -> tuple[dict[str, float], float]:
    """The inverse document frequencies of the most common terms but `names`, most common first, and of the rarest."""
    frequencies = document_frequencies([one.terms for one in readings])
    common = [
        (term, papers)
        for term, papers in sorted(frequencies.items(), key=lambda counted: (-counted[1], counted[0]))
        if papers >= FEWEST_PAPERS and not (" " in term and term in names)
    ][:MOST_TERMS]
    idf = {term: round(log((1 + len(readings)) / (1 + papers)) + 1, DIGITS) for term, papers in common}
    return idf, max(idf.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--until", type=date.fromisoformat, required=True)
    asked = parser.parse_args()
    written = make(load(asked.data), asked.until).to_json()
    asked.out.write_text(written, encoding="utf-8")
    print(f"{asked.out}: {len(written.encode()) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
