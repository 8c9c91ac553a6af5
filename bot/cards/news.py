"""What became of a paper, in a reply under its post."""

from collections.abc import Sequence

from bot.cards.retrospect import VENUE_LENGTH
from bot.cards.wording import long_date, shortened
from bot.messages import Action, Card, Line
from bot.papers import Paper
from bot.revisions import Revision


def news_card(paper: Paper, found: Sequence[Revision]) -> Card:
    """What is new about a paper, by what was found in the order of noticing; there is at least one."""
    version = max((one.version for one in found if one.version), default=None)
    withdrawn = any(one.withdrawn for one in found)
    venue = next((one.venue for one in reversed(found) if one.venue), "")
    links = tuple(dict.fromkeys(link for one in found for link in one.code))
    out = f"Version {version} is out, of {long_date(paper.updated.date())}." if version == paper.version else ""
    said = (
        "Withdrawn by its authors." if withdrawn else out or (f"Version {version} is out." if version else ""),
        f"Its arXiv record now says: {shortened(venue, VENUE_LENGTH)}" if venue else "",
        f"Its code: {', '.join(links)}" if links else "",
    )
    return Card(
        title=paper.title,
        url=paper.id.url,
        lines=tuple(Line(text) for text in said if text),
        actions=(
            *((Action("Summarise", f"summary {paper.id}"),) if version and not withdrawn else ()),
            *(Action(_label(link, links), url=link) for link in links),
        ),
        paper_id=paper.id,
    )


def _label(link: str, links: Sequence[str]) -> str:
    """`Code`; of several, `Code at github.com/team/one`."""
    return "Code" if len(links) == 1 else f"Code at {link.partition('://')[2]}"
