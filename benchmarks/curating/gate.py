"""How well the product tells what a paper is about, against a person's labels."""

from collections.abc import Sequence
from typing import Any

from benchmarks.curating.data import Labelled
from bot.curation.model import Reading
from bot.curation.topics import About

NAMES = {
    "posttraining_alignment": {"alignment"},
    "safety_trust": {"safety"},
    "rag": {"retrieval"},
    "long_context_memory": {"long context"},
    "training_data": {"training", "data"},
    "domain_application": {"applications"},
}
"""Categories of the labels that the taxonomy calls otherwise."""
NO_TOPIC = "other"


def report(gold: Sequence[Labelled]) -> dict[str, Any]:
    """F1 of "about language models" (core and applied together), and how often the first topic is the labelled one,
    of the papers with language models at their core and a label that the taxonomy has."""
    found = [(one, Reading.of(one.paper).found) for one in gold]
    said = [(one.about != "no", answer.about is not About.NO) for one, answer in found]
    hits = sum(truth and answer for truth, answer in said)
    placed = [
        answer.topic in NAMES.get(one.category, {one.category})
        for one, answer in found
        if one.about == "core" and one.category and one.category != NO_TOPIC
    ]
    return {
        "gate": {"f1": 2 * hits / (sum(t for t, _ in said) + sum(a for _, a in said)), "papers": len(said)},
        "category": {"top1": sum(placed) / len(placed), "papers": len(placed)},
    }
