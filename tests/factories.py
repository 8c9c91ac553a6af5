"""Values for tests, valid by default: name only what the test is about."""

from datetime import UTC, datetime
from itertools import count

from bot.papers import ArxivId, Author, Paper
from bot.teams import Sender

NOON = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
_numbers = count(1)


def arxiv_id(number: int | None = None) -> ArxivId:
    return ArxivId(f"2601.{next(_numbers) if number is None else number:05d}")


def paper(
    id: ArxivId | str | int | None = None,  # noqa: A002
    *,
    title: str = "Small Consistency Checks for Process Reward Models",
    abstract: str = "Process reward models lose accuracy off-distribution. A small consistency check recovers it.",
    authors: tuple[str, ...] = ("Adaeze Okafor", "Nils Lindqvist", "Wei Tan"),
    categories: tuple[str, ...] = ("cs.CL",),
    version: int = 1,
    submitted: datetime = NOON,
    updated: datetime | None = None,
    comment: str = "",
    withdrawn: bool = False,
    complete: bool = True,
) -> Paper:
    return Paper(
        id=id if isinstance(id, ArxivId) else ArxivId(id) if isinstance(id, str) else arxiv_id(id),
        version=version,
        title=title,
        abstract=abstract,
        authors=tuple(Author(name) for name in authors),
        primary_category=categories[0],
        categories=categories,
        submitted=submitted,
        updated=updated or submitted,
        comment=comment,
        withdrawn=withdrawn,
        complete=complete,
    )


def sender(user: str = "ada", *, channel: str = "papers", workspace: str = "lab", platform: str = "terminal") -> Sender:
    return Sender(
        platform=platform,
        workspace=workspace,
        user=user,
        user_name=user.title(),
        channel=channel,
        channel_name=f"#{channel}",
    )
