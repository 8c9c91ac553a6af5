"""The sentences of digests and round-ups, in chat and in Markdown alike."""

from datetime import date

from bot.cards.wording import counted, dotted, listed, people, sentence_case, shortened
from bot.digests.values import AnyDigest, Cited, Digest, Listed, Missed, Revised, RoundUp, Told
from bot.periods import Period

MOST_NAMES = 5
"""People that are named for one paper."""
VENUE_LENGTH = 160
"""Characters of what a record says of where a paper appeared."""
STAR = "★"
FAVOURITES = f"{STAR} marks your team's favourites: the quarter of these papers that most people saved."
CONTENTS = "Contents"
FIRST_POST = "First post"
"""A link to where a paper was first brought to the channel."""
TEAMS_LIST = "Your team's list"
REVISED = "News of saved papers"


def title(digest: AnyDigest) -> str:
    """`Week of 12 to 16 January`, `January 2026`."""
    return f"Week of {span(digest.period)}" if isinstance(digest, Digest) else f"{digest.period.first:%B %Y}"


def document_title(digest: AnyDigest) -> str:
    """`Papers of the week from 12 to 16 January 2026`, `Papers of January 2026`."""
    if isinstance(digest, Digest):
        return f"Papers of the week from {span(digest.period)} {digest.period.last.year}"
    return f"Papers of {title(digest)}"


def also(round_up: RoundUp) -> str:
    """The heading of the papers that are told in a sentence each."""
    return f"Also in {title(round_up)}"


def span(period: Period) -> str:
    """`12 to 16 January`, `29 January to 2 February`, `14 January`."""
    first, last = period.first, period.last
    if first == last:
        return day_and_month(last)
    return f"{first.day if first.month == last.month else day_and_month(first)} to {day_and_month(last)}"


def day_and_month(day: date) -> str:
    """`15 January`."""
    return f"{day.day} {day:%B}"


def sums(digest: AnyDigest) -> str:
    """`23 papers posted, 9 saved, 4 discussed`; of what there is none, nothing is said."""
    papers = list(digest.papers)
    saved, discussed = sum(bool(told.savers) for told in papers), sum(bool(told.discussed) for told in papers)
    posted = counted(len(papers), "paper") + (" posted" if isinstance(digest, Digest) else "")
    parts = (
        posted if papers else "",
        f"{saved:,} saved" if saved else "",
        f"{discussed:,} discussed" if discussed else "",
    )
    return ", ".join(part for part in parts if part)


def nothing(digest: AnyDigest) -> str:
    """Why a week or month has no papers."""
    name = "week" if isinstance(digest, Digest) else "month"
    if not digest.editions:
        return f"There was no edition in this {name}."
    return f"Nothing was posted: none of {counted(digest.considered, 'new paper')} of this {name} was on your topics."


def parts(round_up: RoundUp) -> str:
    """`3 papers in depth, then 5 more in a sentence each.`; nothing where all are told alike."""
    if not round_up.others:
        return ""
    return f"{counted(len(round_up.leading), 'paper')} in depth, then {len(round_up.others):,} more in a sentence each."


def chart_title(round_up: RoundUp) -> str:
    """What the picture of a month's topics shows."""
    return f"Papers of {title(round_up)} by topic"


def favourites(round_up: RoundUp) -> str:
    """What the star means, where one is given."""
    return FAVOURITES if any(told.starred for told in round_up.papers) else ""


def byline(paper: Cited) -> str:
    """`Okafor, Lindqvist, Tan and 4 more · 13 January`."""
    return dotted(("withdrawn" if paper.withdrawn else "", people(paper.authors), day_and_month(paper.submitted)))


def reception(told: Told) -> str:
    """`saved by Ada and Ben · 2 notes`."""
    return dotted((_saved(told.savers), counted(told.discussed, "note") if told.discussed else ""))


def origin(told: Told) -> str:
    """Whose words are shown of a paper, where they are not its own."""
    return f"in the words of {told.model}" if told.model else ""


def teams_list(digest: Digest) -> str:
    """What the part about the team's list holds."""
    parts = (
        "unread for long" if digest.unread else "",
        "saved by most people in this week" if digest.most_saved else "",
        "taken up elsewhere and saved by nobody here" if digest.missed else "",
    )
    held = ", then ".join(part for part in parts if part)
    return sentence_case(f"{held or 'nothing has been unread for long, and nothing was saved in this week'}.")


def unread_since(listed_paper: Listed) -> str:
    """`unread since 3 December 2025 · saved by Ada`."""
    added = listed_paper.added
    return dotted((f"unread since {day_and_month(added)} {added.year}", _saved(listed_paper.savers)))


def news(revised: Revised) -> str:
    """`version 3 on 14 January · accepted at ICLR 2026 · saved by Ada`."""
    newer = f"version {revised.version}" if revised.version else ""
    what = "withdrawn by its authors" if revised.paper.withdrawn else newer
    on = f"{what} on {day_and_month(revised.updated)}" if what else ""
    code = f"code at {', '.join(revised.code)}" if revised.code else ""
    return dotted((on, shortened(revised.venue, VENUE_LENGTH), code, _saved(revised.savers)))


def missed(paper: Missed) -> str:
    """`Accepted at ICLR 2026 · saved by nobody here`."""
    return dotted((shortened(paper.venue, VENUE_LENGTH), "saved by nobody here"))


def most_saved(listed_paper: Listed) -> str:
    """`saved by Ada, Ben and Wei`."""
    return _saved(listed_paper.savers)


def _saved(savers: tuple[str, ...]) -> str:
    rest = len(savers) - MOST_NAMES
    names = f"{', '.join(savers[:MOST_NAMES])} and {rest:,} more" if rest > 0 else listed(savers)
    return f"saved by {names}" if savers else ""
