"""What a team that has judged nothing yet is believed to like: plain numbers, made by `benchmarks.prior`."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Scaled:
    """A feature: (value - mean) * gain is what its weight applies to."""

    mean: float
    gain: float
    weight: float


@dataclass(frozen=True, slots=True)
class Prior:
    """Weights in logits for the terms and features of a paper. It knows no author."""

    provenance: str
    """What it was made from, and when."""
    rare: float
    """The inverse document frequency of a term that is not among `terms`."""
    terms: Mapping[str, tuple[float, float]]
    """Inverse document frequency and weight, by term, the most common first."""
    features: Mapping[str, Scaled]
    """By its name in `bot.curation.features.FEATURES`, in that order."""

    def to_json(self) -> str:
        """What `from_json` reads, in the same order, one term a line."""
        kept: dict[str, Any] = asdict(self)
        terms = ",\n".join(
            f"{json.dumps(term)}:[{idf:g},{weight:g}]" for term, (idf, weight) in kept.pop("terms").items()
        )
        return f'{json.dumps(kept)[:-1]}, "terms": {{\n{terms}\n}}}}\n'

    @classmethod
    def from_json(cls, text: str) -> "Prior":
        """Raises KeyError or ValueError where the text is not a prior."""
        kept = json.loads(text)
        return cls(
            provenance=kept["provenance"],
            rare=kept["rare"],
            terms={term: (idf, weight) for term, (idf, weight) in kept["terms"].items()},
            features={name: Scaled(**scaled) for name, scaled in kept["features"].items()},
        )


@cache
def shipped() -> Prior:
    """The prior that comes with the product, read at the first need."""
    return Prior.from_json(files("bot.curation").joinpath("prior.json").read_text("utf-8"))
