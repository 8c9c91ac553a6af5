"""What is read out of arXiv's documents: records, feeds, and what is neither."""

from datetime import UTC, date, datetime

import pytest

from adapters.arxiv.api import read_page, submitted_between
from adapters.arxiv.feeds import read_feed
from adapters.arxiv.records import withdrawn
from adapters.arxiv.transport import NoAnswer
from bot.announcements import Listing
from bot.papers import ArxivId, Author
from tests.factories import paper
from tests.fakes.arxiv_documents import api_error, api_page, rss_feed

MONDAY = date(2026, 1, 12)
ONE = api_page([paper()], total=1, start=0, size=1)


def test_a_record_is_read_in_full() -> None:
    written = paper(
        "2601.01234",
        title="On \\emph{Small}\n  Models",
        abstract="If $p < 0.05$ & more,\nthen \\'ecole.",
        authors=("Jos\\'e Garc\\'ia", "Wei Tan"),
        categories=("cs.CL", "cs.LG"),
        version=3,
        submitted=datetime(2026, 1, 9, 18, tzinfo=UTC),
        updated=datetime(2026, 1, 11, 7, tzinfo=UTC),
        comment="12 pages",
    )
    (read,) = read_page(api_page([written], total=1, start=0, size=100).encode()).papers
    assert (read.id, read.version, read.complete, read.withdrawn) == (written.id, 3, True, False)
    assert read.title == "On Small Models"
    assert read.abstract == "If p < 0.05 & more, then école."
    assert read.authors == (Author("José García"), Author("Wei Tan"))
    assert (read.primary_category, read.categories) == ("cs.CL", ("cs.CL", "cs.LG"))
    assert (read.submitted, read.updated, read.comment) == (written.submitted, written.updated, "12 pages")


def test_an_old_style_record_is_read_too() -> None:
    (read,) = read_page(api_page([paper("quant-ph/0201082")], total=1, start=0, size=1).encode()).papers
    assert read.id == ArxivId("quant-ph/0201082")


def test_nothing_found_is_an_answer() -> None:
    page = read_page(api_page([], total=0, start=0, size=100).encode())
    assert (page.papers, page.total) == ((), 0)


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        (api_page([], total=7, start=0, size=100), "an empty page"),
        (api_error("malformed id"), "an error entry"),
        (ONE.replace("/abs/", "/wrong/"), "an entry that is no paper"),
        (ONE.replace("<published>", "<published>not "), "an entry that is no paper"),
    ],
)
def test_what_is_no_answer_is_told_apart(document: str, problem: str) -> None:
    with pytest.raises(NoAnswer, match=problem):
        read_page(document.encode())


def test_a_search_asks_for_a_window_in_utc() -> None:
    query = submitted_between(
        ["cs.CL", "cs.LG"],
        datetime.fromisoformat("2026-01-08T14:00-05:00"),
        datetime(2026, 1, 14, 9, 30, tzinfo=UTC),
        start=500,
    )
    assert "%28cat%3Acs.CL+OR+cat%3Acs.LG%29+AND+submittedDate%3A%5B202601081900+TO+202601140930%5D" in query
    assert "start=500" in query


@pytest.mark.parametrize(
    ("kind", "listing"),
    [("new", Listing.NEW), ("cross", Listing.CROSS), ("replace", None), ("replace-cross", None)],
)
def test_a_feed_tells_news_from_replacements(kind: str, listing: Listing | None) -> None:
    feed = read_feed(rss_feed("cs.CL", MONDAY, [(paper("2601.01234", version=2), kind)]).encode())
    assert feed.batch == MONDAY
    (item,) = feed.items
    assert (item.listing, item.paper.id, item.paper.version) == (listing, ArxivId("2601.01234"), 2)
    assert not item.paper.complete


def test_a_feed_keeps_the_text_of_an_abstract_that_looks_like_markup() -> None:
    abstract = "if p < 0.05 and q > 1, then <script>, <b>not</b> bold & `&amp;` stay"
    feed = read_feed(rss_feed("cs.CL", MONDAY, [(paper(abstract=abstract), "new")]).encode())
    assert feed.items[0].paper.abstract == abstract
    assert feed.items[0].paper.authors == (Author("Adaeze Okafor"), Author("Nils Lindqvist"), Author("Wei Tan"))


def test_the_batch_has_its_eastern_date_in_summer_too() -> None:
    july = date(2026, 7, 7)
    assert read_feed(rss_feed("cs.CL", july, [(paper(), "new")]).encode()).batch == july


def test_an_empty_feed_has_no_batch_whatever_its_date() -> None:
    feed = read_feed(rss_feed("cs.CL", MONDAY, []).encode())
    assert (feed.batch, feed.items) == (None, ())


def test_items_that_are_no_papers_are_left_out() -> None:
    document = rss_feed("cs.CL", MONDAY, [(paper("2601.01234"), "new"), (paper("2601.05678"), "new")])
    assert len(read_feed(document.replace("oai:arXiv.org:2601.05678v1", "something else").encode()).items) == 1


@pytest.mark.parametrize(
    "comment",
    [
        "This paper has been withdrawn",
        "This paper has been withdrawn by the author due to an error in Theorem 2",
        "Withdrawn",
        "withdrawn by arXiv administrators",
        "The paper is withdrawn for further revision",
        "The authors have withdrawn this manuscript",
        "Withdrawn by the authors",
        "12 pages. This submission has been temporarily withdrawn",
    ],
)
def test_comments_that_withdraw(comment: str) -> None:
    assert withdrawn(comment)


@pytest.mark.parametrize(
    "comment",
    [
        "12 pages, 3 figures",
        "We study money withdrawn from accounts",
        "Accepted at ACL; the withdrawn consent dataset is excluded",
        "Data on 300 withdrawn drugs",
        "v2: corrected a retracted citation",
    ],
)
def test_comments_that_do_not(comment: str) -> None:
    assert not withdrawn(comment)
