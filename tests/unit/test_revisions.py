"""What of a paper's record is news, and what was true before."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.revisions import Revision, appeared_in, code_links, revision
from tests.factories import NOON, paper

KNOWN = paper("2601.00001", comment="12 pages")
LATER = NOON + timedelta(days=1)
CODE = "https://github.com/example/verifiers"


@pytest.mark.parametrize(
    ("comment", "venue"),
    [
        ("Accepted at ICLR 2026. 14 pages, 3 figures", "Accepted at ICLR 2026"),
        ("14 pages; accepted to ACL 2026 (main), code available", "accepted to ACL 2026 (main)"),
        ("NeurIPS 2025 spotlight", "NeurIPS 2025 spotlight"),
        ("Long version. To appear in Trans. ACL 14. Code follows", "To appear in Trans. ACL 14"),
        ("14 pages, submitted to ICLR 2026", ""),
        ("14 pages. Code published at https://github.com/example/x", ""),
        ("Under review; if accepted, code follows", ""),
        ("", ""),
    ],
)
def test_where_a_paper_appeared_is_what_its_comment_says(comment: str, venue: str) -> None:
    assert appeared_in(replace(KNOWN, comment=comment)) == venue


def test_a_journal_reference_goes_before_the_comment() -> None:
    assert appeared_in(replace(KNOWN, journal_ref="Nature 612 (2026)", comment="Accepted")) == "Nature 612 (2026)"


def test_code_is_linked_in_the_abstract_or_the_comment_without_the_full_stop() -> None:
    told = replace(
        KNOWN,
        abstract=f"Our code is at {CODE}. See https://huggingface.co/papers/2601.00001 and https://example.com/a.",
        comment=f"({CODE}), https://gitlab.com/example/data-v1.5",
    )
    assert code_links(told) == (CODE, "https://gitlab.com/example/data-v1.5")


def test_each_kind_of_news_is_found() -> None:
    after = replace(KNOWN, version=2, withdrawn=True, comment=f"Accepted at ICLR 2026. Code: {CODE}", updated=LATER)
    found = revision(KNOWN, after, at=LATER)
    assert found == Revision(0, KNOWN.id, LATER, 2, withdrawn=True, venue="Accepted at ICLR 2026", code=(CODE,))


def test_what_was_said_before_is_no_news() -> None:
    before = replace(KNOWN, journal_ref="Nature 612 (2026)", abstract=f"Code: {CODE}", withdrawn=True)
    assert revision(before, replace(before, comment="13 pages", title="Another"), at=LATER) is None
    assert revision(before, replace(before, journal_ref="", abstract="None"), at=LATER) is None


def test_a_full_record_that_completes_a_feeds_short_one_is_no_news_but_for_its_version() -> None:
    short = replace(KNOWN, complete=False)
    full = replace(KNOWN, journal_ref="Nature 612 (2026)", comment=f"Code: {CODE}")
    assert revision(short, full, at=LATER) is None
    assert revision(short, replace(full, version=2), at=LATER) == Revision(0, KNOWN.id, LATER, 2)


def test_the_full_record_of_a_newer_version_that_a_feed_told_is_news() -> None:
    second = replace(KNOWN, version=2, complete=False)
    found = revision(second, replace(second, complete=True, comment="Withdrawn", withdrawn=True), at=LATER)
    assert found == Revision(0, KNOWN.id, LATER, withdrawn=True)
