"""The extract: which of a paper's own sentences are shown, and for what."""

import pytest

from bot.summaries.extract import ExtractSummariser, one_sentence
from bot.summaries.plain_text import plain
from bot.summaries.sentences import sentences
from bot.summaries.values import Audience, SectionName, SourceKind, SummaryKind
from tests.factories import paper

GAP = "Process reward models are widely used for reasoning, yet they remain brittle when problems change."
MADE = "We introduce Check, a consistency test that compares two rewards of one step and needs no training."
WORKS = "On three benchmarks, Check improves accuracy by 12% over the best reward models."
SHORT = "However, our test does not help on problems with a single step."
CODE = "Code and data are available at https://example.org/check."
ABSTRACT = f"{GAP} {MADE} {WORKS} {SHORT} {CODE}"
EVERYBODY = Audience()


async def sections(kind: SummaryKind, *, abstract: str = ABSTRACT, full_text: str = "") -> dict[SectionName, list[str]]:
    summary = await ExtractSummariser().summarise(
        paper(abstract=abstract), kind, audience=EVERYBODY, full_text=full_text
    )
    return {section.name: [claim.text for claim in section.claims] for section in summary.sections}


@pytest.mark.parametrize(
    "abstract",
    [
        ABSTRACT,
        f"{MADE} {GAP} {WORKS}",
        f"{GAP} {WORKS} {CODE} {MADE}",
        f"{GAP} {MADE} We also introduce a data set of many problems for those who come after us.",
        f"{GAP} {MADE} We then present several ablations of the test on each of the benchmarks.",
    ],
)
def test_one_sentence_is_the_one_that_says_what_the_paper_brings(abstract: str) -> None:
    assert one_sentence(abstract) == MADE


def test_without_a_cue_the_sentence_with_the_recurring_words_is_taken_then_the_first() -> None:
    told = "It rained a lot in those days there. Reward models judge the steps of a proof. Judges of steps err."
    assert one_sentence(told) == "Reward models judge the steps of a proof."
    assert one_sentence("One thing happened here. Another went there.") == "One thing happened here."
    assert one_sentence("") == ""


async def test_the_key_sentences_stand_under_their_roles() -> None:
    assert await sections(SummaryKind.INSIGHTS) == {
        SectionName.PROBLEM: [GAP],
        SectionName.METHOD: [MADE],
        SectionName.RESULTS: [WORKS],
        SectionName.LIMITS: [SHORT],
    }


BARE = "Documents are often read in parts."
OUTCOME = "The readings agree with those of people."


@pytest.mark.parametrize(
    ("abstract", "told"),
    [
        (
            f"Reading is old. {BARE} Here we read them whole. It takes a while. {OUTCOME} These show what is lost.",
            {"problem": BARE, "method": "Here we read them whole.", "results": "These show what is lost."},
        ),
        (f"{MADE} {WORKS}", {"method": MADE, "results": WORKS}),
        (f"{MADE} {GAP} It is small. {WORKS}", {"problem": GAP, "method": MADE, "results": WORKS}),
    ],
    ids=["by place", "no problem is told", "the problem comes second"],
)
async def test_where_cues_are_weak_a_sentences_place_tells_its_role(abstract: str, told: dict[str, str]) -> None:
    found = await sections(SummaryKind.INSIGHTS, abstract=abstract)
    assert {name.value: text for name, (text,) in found.items()} == told


@pytest.mark.parametrize(
    "sentence",
    [
        "We address this limitation by reading twice.",
        "Unlike prior work, which is limited to English, Check reads all of it.",
        "We discuss open problems and encourage future work.",
    ],
)
async def test_what_the_work_mends_or_others_lack_is_no_limit_of_it(sentence: str) -> None:
    assert SectionName.LIMITS not in await sections(SummaryKind.INSIGHTS, abstract=f"{GAP} {MADE} {WORKS} {sentence}")


async def test_a_role_that_no_sentence_has_is_left_out() -> None:
    assert await sections(SummaryKind.INSIGHTS, abstract=MADE) == {SectionName.METHOD: [MADE]}


async def test_an_abstract_without_any_role_gives_its_one_sentence() -> None:
    told = "A tale of two cities is told here at length."
    assert await sections(SummaryKind.INSIGHTS, abstract=told) == {SectionName.GIST: [told]}


async def test_a_digest_is_a_paragraph_in_the_papers_own_order() -> None:
    assert await sections(SummaryKind.DIGEST) == {SectionName.GIST: [GAP, MADE, WORKS]}


async def test_a_digest_has_the_sentence_that_says_what_the_paper_brings_even_if_that_has_no_role() -> None:
    brings = "In this survey of recent work, here we first explore many ways to judge the proofs of a theorem."
    assert await sections(SummaryKind.DIGEST, abstract=f"{brings} {WORKS}") == {SectionName.GIST: [brings, WORKS]}


async def test_no_sentence_is_told_twice() -> None:
    for kind in SummaryKind:
        told = [text for texts in (await sections(kind)).values() for text in texts]
        assert len(told) == len(set(told))


async def test_a_full_text_gives_its_own_sentences_but_no_wreckage_of_tables() -> None:
    limits = "A limitation of our study is that only English problems were tried by us."
    wreck = "Model 12.1 13.4 15.5 | 9.1 improves 8.2 % 7.7 4.4 1.2 9.9 outperforms 3.3 1.1 2.2."
    full = await sections(SummaryKind.FULL, full_text=f"{ABSTRACT} {wreck} {limits}")
    assert limits in full[SectionName.LIMITS]
    assert wreck not in [text for texts in full.values() for text in texts]


async def test_a_paper_without_an_abstract_is_told_by_its_title() -> None:
    summary = await ExtractSummariser().summarise(
        paper(title="On Nothing", abstract=""), SummaryKind.TLDR, audience=EVERYBODY
    )
    assert summary.sections[0].claims[0].text == "On Nothing"


async def test_it_says_what_it_was_made_from_and_that_it_is_an_extract() -> None:
    made = ExtractSummariser()
    summary = await made.summarise(paper(version=3), SummaryKind.TLDR, audience=Audience(language="de"))
    assert (summary.paper_version, summary.source) == (3, SourceKind.ABSTRACT)
    assert summary.extract
    assert summary.language == "en", "its words are the paper's, whatever the team speaks"


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("By Okafor et al. in 2026. Next.", ["By Okafor et al. in 2026.", "Next."]),
        ("Tools, e.g. LIME, help. So it is.", ["Tools, e.g. LIME, help.", "So it is."]),
        ("It gains 3.5 points vs. GPT-4. Good.", ["It gains 3.5 points vs. GPT-4.", "Good."]),
        ('He said "stop." Then left', ['He said "stop."', "Then left"]),
        ("  \n ", []),
    ],
)
def test_sentences_end_where_a_reader_says_they_do(text: str, split: list[str]) -> None:
    assert sentences(text) == split


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("pass@1 rises, recall @10 too", "pass@1 rises, recall @10 too"),
        ("ask @ada or <@U1|ada> now", "ask or now"),
        ("see [the code](https://a.org/x) here", "see the code here"),
        ("a <https://a.org|link> and ![i](http://a/b.png)", "a link and"),
        ("**bold** and `code` and A* search", "bold and code and A* search"),
        ("``quoted'' text", "“quoted” text"),
        ("Code at github.com/a/b (https://x.y).", "Code at."),
        ("x < y and y > z", "x < y and y > z"),
        ("zero\u200bwidth\u202e", "zerowidth"),
        (f"before {'x' * 300} after", "before after"),
    ],
)
def test_plain_text_keeps_words_and_loses_mentions_links_and_markup(given: str, left: str) -> None:
    assert plain(given) == left
