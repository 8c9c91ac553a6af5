"""What arXiv's API says of a paper, as a `Paper`."""

import re

from arxiv import Result

from adapters.arxiv.latex import readable
from bot.papers import ArxivId, Author, Paper

_WITHDRAWN = re.compile(
    r"^\W*(?:this (?:paper|article|manuscript|submission|preprint|work|version|report) (?:is|was|has been) )?"
    r"(?:temporarily )?(?:withdrawn|retracted)\b"
    r"|\b(?:paper|article|manuscript|submission|preprint|work|version|authors?|arxiv|v\d+) "
    r"(?:(?:is|was|has|have|had) )?(?:been )?(?:\w+ )?withdrawn\b"
    r"|\bwithdrawn (?:by|from arxiv|due to|because|at the request)\b",
    re.IGNORECASE,
)


def withdrawn(comment: str) -> bool:
    """Whether an arXiv comment says that its paper was withdrawn: the only place where arXiv's metadata says so."""
    return _WITHDRAWN.search(comment) is not None


def paper_of(result: Result) -> Paper:
    """The paper of an entry in an answer of the API. Raises NotAnArxivId where it has no arXiv id."""
    paper_id, version = ArxivId.parse_versioned(result.entry_id)
    comment = readable(result.comment or "")
    categories = tuple(dict.fromkeys([*result.categories, result.primary_category]))
    return Paper(
        id=paper_id,
        version=version or 1,
        title=readable(result.title),
        abstract=readable(result.summary),
        authors=tuple(Author(readable(author.name)) for author in result.authors),
        primary_category=result.primary_category or categories[0],
        categories=tuple(name for name in categories if name),
        submitted=result.published,
        updated=result.updated,
        comment=comment,
        journal_ref=readable(result.journal_ref or ""),
        doi=(result.doi or "").strip(),
        withdrawn=withdrawn(comment),
    )
