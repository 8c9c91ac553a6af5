"""Summaries as cards, why one is only an extract, and what models cost."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from bot.budget import DOLLAR, Budget, Cap, Spent
from bot.cards.papers import state_of
from bot.cards.wording import dotted, shortened
from bot.messages import Action, Card, Field, Line, Notice, Role
from bot.papers import Paper
from bot.summaries.languages import language_name
from bot.summaries.values import Failure, Section, SectionName, SourceKind, Summary, SummaryKind

CLAIM_LENGTH = 400
"""Characters of one claim at the most: some five lines."""

Instead: TypeAlias = Failure | Cap
"""Why an extract is shown although a model is set up."""

HEADINGS: Mapping[SectionName, str] = {
    SectionName.PROBLEM: "Problem",
    SectionName.METHOD: "Method",
    SectionName.RESULTS: "Results",
    SectionName.LIMITS: "Limits",
    SectionName.FOR_TEAM: "For this team",
}
"""The gist stands alone."""

_SOURCES: Mapping[SourceKind, str] = {SourceKind.ABSTRACT: "abstract", SourceKind.FULL_TEXT: "full text"}

_UNUSABLE = "the model's answer could not be used"
_INSTEAD: Mapping[Instead, str] = {
    Failure.UNREACHABLE: "the model does not answer",
    Failure.TOO_SLOW: "the model took too long",
    Failure.BUSY: "the model is busy",
    Failure.DENIED: "the model's server did not accept the request, so its settings need a look",
    Failure.REFUSED: "the model would not answer",
    Failure.TRUNCATED: _UNUSABLE,
    Failure.EMPTY: _UNUSABLE,
    Failure.OFF_SCHEMA: _UNUSABLE,
    Failure.WRONG_IDS: _UNUSABLE,
    Failure.UNGROUNDED: "the paper does not bear out what the model said",
    Cap.TEAM_DAY: "your team's budget for models is used up for today",
    Cap.TEAM_MONTH: "your team's budget for models is used up for this month",
    Cap.PERSON_DAY: "your share of the budget for models is used up for today",
    Cap.PERSON_MONTH: "your share of the budget for models is used up for this month",
}


def summary_card(paper: Paper, summary: Summary, *, asked_by: str, instead: Instead | None = None) -> Card:
    """A summary of `paper`, which may have a newer version by now. `instead` says why it is no more than an extract."""
    full = summary.kind is not SummaryKind.FULL and not summary.extract
    return Card(
        title=paper.title,
        url=paper.id.url,
        lines=(
            *state_of(paper),
            *_age(paper, summary),
            *(line for section in summary.sections for line in section_lines(section)),
            Line(_origin(summary, asked_by, instead), Role.QUIET),
        ),
        actions=(Action("From the full text", f"summary {paper.id} full"),) if full else (),
        paper_id=paper.id,
    )


def _age(paper: Paper, summary: Summary) -> tuple[Line, ...]:
    if summary.paper_version >= paper.version:
        return ()
    text = f"Of version {summary.paper_version}. Version {paper.version} is out, so this may no longer hold."
    return (Line(text, Role.HEADING),)


def section_lines(section: Section) -> tuple[Line, ...]:
    """The claims, under their heading if they have one."""
    heading = HEADINGS.get(section.name)
    claims = tuple(Line(shortened(claim.text, CLAIM_LENGTH)) for claim in section.claims)
    return (Line(heading, Role.HEADING), *claims) if heading else claims


def _origin(summary: Summary, asked_by: str, instead: Instead | None) -> str:
    source = _SOURCES[summary.source]
    if summary.extract:
        return f"Extract from the {source}; {_INSTEAD[instead] if instead else 'no model is set up'}"
    return dotted((f"From the {source}", summary.model, f"asked by {asked_by}"))


def posted_under(paper: Paper, link: str) -> Notice:
    """For who asked first: the summary stands where all can see it; `link` leads there, unless it is ""."""
    return Notice(f"The summary is in the thread of “{shortened(paper.title, 80)}”.", actions=_way(link))


def posted_before(card: Card, link: str) -> Card:
    """A summary for who asks again, with the way to where it was posted, if there is one."""
    return replace(card, actions=(*_way(link), *card.actions))


def _way(link: str) -> tuple[Action, ...]:
    return (Action("Open its thread", url=link),) if link else ()


def being_made(paper: Paper) -> str:
    """For who asked while another's question is still being answered."""
    return f"A summary of “{shortened(paper.title, 80)}” is being made. Ask again in a minute."


def no_full_text(reason: str) -> Notice:
    """For who asked for the full text in vain; `reason` completes the sentence."""
    return Notice(f"The full text cannot be had: {reason}. This is from the abstract.")


def no_model() -> Notice:
    """For who asks what models cost where there is none."""
    return Notice(
        "No language model is set up, so nothing is spent: summaries are extracts from the papers themselves."
    )


def team_language(tag: str, *, own: bool, changed: bool, model: bool) -> Notice:
    """The language of a team's summaries: their `own` or the default, `changed` just now or before. Without a `model`
    there are none in it."""
    since = "From now on, your" if changed else "Your"
    whose = "" if own else ", the default"
    kept = " Those that are there stay as they are." if changed else ""
    without = "" if model else " While no language model is set up, as now, they are extracts in the paper's own."
    return Notice(f"{since} team's summaries are in {language_name(tag)}{whose}.{kept}{without}")


def usage_card(spent: Mapping[Cap, Spent], budget: Budget) -> Card:
    """What was used in the time of each cap."""
    names = {
        Cap.TEAM_DAY: "Team, today",
        Cap.TEAM_MONTH: "Team, this month",
        Cap.PERSON_DAY: "You, today",
        Cap.PERSON_MONTH: "You, this month",
    }
    return Card(
        title="What language models cost",
        lines=(Line("Days and months are in UTC.", Role.QUIET),),
        fields=tuple(Field(names[cap], _used(used, budget.caps.get(cap, 0))) for cap, used in spent.items()),
    )


def _used(spent: Spent, cap: int) -> str:
    tokens = f"{spent.tokens_in:,} tokens in, {spent.tokens_out:,} out"
    return dotted((tokens, dollars(spent.micro_dollars) + (f" of {dollars(cap)}" if cap else "")))


def dollars(micro: int) -> str:
    """`$0.0123`, `$1.00`: to the cent, and below a dollar to a hundredth of one."""
    places = 2 if micro >= DOLLAR or micro % (DOLLAR // 100) == 0 else 4
    return f"${Decimal(micro) / DOLLAR:,.{places}f}"
