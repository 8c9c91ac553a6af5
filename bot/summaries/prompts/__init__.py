"""What a model is told. The words are in the text files here; this puts them together.

What never changes comes first, then what is the team's, then the papers, so that a provider's cache of prompt prefixes
serves one team's papers, and one form's teams.
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from bot.papers import ArxivId
from bot.summaries.languages import language_name
from bot.summaries.model import Prompt
from bot.summaries.values import Audience, SummaryKind
from bot.teams import Interests

VERSION = "1"
"""Of the text files and of how they are put together. A test holds each version to its words."""
LONGEST_SOURCE = 60_000
"""Characters of a full text that are sent: about 15,000 tokens, which small models' windows hold."""


def prompt(kind: SummaryKind, papers: Sequence[tuple[ArxivId, str, str]], *, audience: Audience, mark: str) -> Prompt:
    """The prompt for `papers`, each with its id, title and text. `mark` is a fresh random word: who wrote a paper
    cannot know it, and so cannot write where its text ends."""
    told = "\n\n".join(_fenced(*paper, mark=mark) for paper in papers)
    return Prompt(system=_system(kind), user=f"{_team(audience)}\n\n{told}")


@cache
def words(name: str) -> str:
    """One of the text files."""
    return files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8").strip()


@cache
def _system(kind: SummaryKind) -> str:
    form = () if kind is SummaryKind.RELEVANCE else ("claims",)
    return "\n\n".join(words(name) for name in ("system", kind.value, *form))


def _team(audience: Audience) -> str:
    lines = [f"Language: {language_name(audience.language)}."]
    if audience.interests is not None:
        lines.append(f"The team's interests: {'; '.join(wishes(audience.interests)) or 'language models in general'}.")
    if audience.categories:
        lines.append(f"Categories: {'; '.join(audience.categories)}.")
    return "\n".join(lines)


def wishes(interests: Interests) -> tuple[str, ...]:
    """What a team follows, in words. Authors are not sent: they say nothing of a paper's content."""
    return tuple(topic.name for topic in interests.topics) + interests.wanted


def _fenced(paper_id: ArxivId, title: str, text: str, *, mark: str) -> str:
    inside = f"{title}\n{text[:LONGEST_SOURCE]}"
    while mark in inside:
        inside = inside.replace(mark, "")
    return f"Paper id: {paper_id}\n{mark}\n{inside}\n{mark}"
