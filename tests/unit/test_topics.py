"""What a paper is about, told by the phrases in it."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.curation.phrases import Text, line
from bot.curation.taxonomy import OTHER, TAXONOMY
from bot.curation.topics import About, Classification, classify, entry_named
from tests.factories import paper

INVENTED = {
    "alignment": (
        "Length-Neutral Rewards for Preference Optimization",
        "RLHF of language models rewards length. We train a reward model on human preferences that ignores it.",
    ),
    "reasoning": (
        "When Should a Model Stop Thinking?",
        "Reasoning models overthink. We cut chain-of-thought traces of an LLM once its answers agree.",
    ),
    "agents": (
        "Agents That Ask Before They Act",
        "LLM agents call tools in long workflows. Ours asks its user before tool calls that cannot be undone.",
    ),
    "retrieval": (
        "Retrieval-Augmented Generation over Contradicting Sources",
        "RAG systems trust their retriever. We rerank passages by agreement before a language model reads them.",
    ),
    "interpretability": (
        "A Circuit for Counting in Small Language Models",
        "Sparse autoencoders and activation patching show a circuit of attention heads in an LLM that counts.",
    ),
    "efficiency": (
        "Two-Bit KV Cache Quantization without Calibration",
        "LLM inference is bound by memory. We quantize the KV cache for a higher throughput at a lower latency.",
    ),
    "architecture": (
        "State Space Models with a Little Attention",
        "A hybrid architecture of Mamba layers and linear attention matches the transformer in language modeling.",
    ),
    "training": (
        "Scaling Laws for Mid-Training",
        "We fit scaling laws to the continual pre-training of language models and tune the learning rate schedule.",
    ),
    "long context": (
        "Reading Whole Books in One Context Window",
        "We extend the context length of an LLM by length extrapolation and test its long-term memory.",
    ),
    "multimodal": (
        "Where Vision-Language Models Look",
        "We follow the visual tokens of multimodal LLMs through image captioning and visual question answering.",
    ),
    "safety": (
        "Jailbreaks That Survive Translation",
        "Red teaming shows that the refusals of safety-aligned LLMs fail against prompt injection and jailbreaks.",
    ),
    "code": (
        "Repairing Programs from Failing Tests",
        "Coding agents built on an LLM solve SWE-bench issues by program repair; we study their pull requests.",
    ),
    "data": (
        "Deduplication as Data Selection",
        "Data curation of pretraining data for language models: near-duplicates, data mixtures, synthetic data.",
    ),
    "multilingual": (
        "Tokens Cost More in Swahili",
        "Multilingual LLMs serve low-resource languages badly. We measure cross-lingual transfer and translation.",
    ),
    "evaluation": (
        "Benchmarking the Judges",
        "LLM-as-a-judge replaces human evaluation. Our benchmark compares its evaluation metrics and rubrics.",
    ),
    "applications": (
        "Triage Notes in Rural Clinics",
        "Clinicians use an LLM to summarise the electronic health records of patients for a medical diagnosis.",
    ),
}


def classified(title: str, abstract: str = "") -> Classification:
    return classify(Text.of(paper(title=title, abstract=abstract)))


def test_every_topic_has_a_paper_here() -> None:
    assert INVENTED.keys() == {entry.name for entry in TAXONOMY}


@pytest.mark.parametrize(("topic", "said"), INVENTED.items())
def test_a_plain_paper_on_a_topic_is_given_that_topic(topic: str, said: tuple[str, str]) -> None:
    found = classified(*said)
    assert found.topic == topic
    assert found.about is not About.NO
    assert topic in found.topics


@pytest.mark.parametrize(
    ("title", "abstract"),
    [
        ("Spectral Filters for Graph Neural Networks", "We augment node features with eigenvectors of the Laplacian."),
        ("Turbulent Flow with Neural Operators", "A surrogate learns the Navier-Stokes equations from simulations."),
        ("A Note on Convex Regret", "We prove a regret bound for online mirror descent."),
    ],
)
def test_a_paper_without_language_models_is_not_about_them_and_on_no_topic(title: str, abstract: str) -> None:
    found = classified(title, abstract)
    assert found.about is About.NO
    assert not found.topics


def test_language_models_in_the_title_are_the_subject() -> None:
    assert classified("What Language Models Remember").about is About.CORE


def test_a_field_of_application_makes_them_its_means() -> None:
    title, abstract = INVENTED["applications"]
    assert classified(f"Large Language Models for {title}", abstract).about is About.APPLIED


def test_a_passing_mention_is_not_the_subject() -> None:
    found = classified("Sparse Regression by Random Projection", "Useful for many models, such as an LLM.")
    assert found.about is About.APPLIED


def test_without_any_phrase_the_topic_is_other() -> None:
    found = classified("Untitled", "")
    assert (found.topic, found.strength, dict(found.scores), found.evidence) == (OTHER, 0.0, {}, ())


def test_what_speaks_for_language_models_is_the_evidence_where_no_topic_is_shown() -> None:
    found = classified("On ChatGPT", "")
    assert (found.about, found.topic, found.evidence) == (About.CORE, OTHER, ("chatgpt",))


def test_the_title_says_more_than_the_abstract() -> None:
    in_title = classified("Jailbreaks", "An LLM with a KV cache.")
    in_abstract = classified("A KV Cache", "An LLM and jailbreaks.")
    assert (in_title.topic, in_abstract.topic) == ("safety", "efficiency")


def test_repeating_a_phrase_for_ever_adds_nothing() -> None:
    thrice, often = (classified("LLM", "jailbreak " * times).scores["safety"] for times in (3, 50))
    once = classified("LLM", "jailbreak").scores["safety"]
    assert once < thrice == often


def test_case_hyphens_and_plurals_make_no_difference() -> None:
    assert classified("RETRIEVAL AUGMENTED llms").scores == classified("Retrieval-Augmented LLM").scores


@given(st.sampled_from(sorted(INVENTED)), st.text(max_size=80))
def test_the_evidence_is_in_the_text(topic: str, more: str) -> None:
    title, abstract = INVENTED[topic]
    text = Text.of(paper(title=title, abstract=f"{abstract} {more}"))
    found = classify(text)
    assert found.evidence
    assert all(line(phrase) in text.title or line(phrase) in text.abstract for phrase in found.evidence)


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_is_classified_and_always_alike(title: str, abstract: str) -> None:
    found = classified(title, abstract)
    assert found == classified(title, abstract)
    assert found.substance >= 0
    assert found.topic == OTHER or found.scores[found.topic] == max(found.scores.values())


@pytest.mark.parametrize("name", ["long context", "Long-Context", "long_context", " LONG  CONTEXTS "])
def test_a_topic_is_known_by_its_name_however_it_is_written(name: str) -> None:
    entry = entry_named(name)
    assert entry is not None
    assert entry.name == "long context"


@pytest.mark.parametrize("name", ["process supervision", "", "long", "other"])
def test_any_other_name_is_no_topic_of_the_taxonomy(name: str) -> None:
    assert entry_named(name) is None


def test_the_taxonomy_costs_nothing_before_it_is_used() -> None:
    check = "import bot.curation.topics as topics; print(topics._votes.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
