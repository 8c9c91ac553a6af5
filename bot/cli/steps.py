"""`papers job …`: one step, one line."""

from collections.abc import Mapping, Sequence

import typer

from bot.announcements import Answer, CategoryAnswer, CollectionRun
from bot.app import open_app
from bot.cli.start import moment, progress_shown
from bot.config import Settings
from bot.editions import Edition
from bot.ports import Store
from jobs.collect import collect as run_collect
from jobs.curate import Curated, Outcome
from jobs.curate import curate as run_curate
from jobs.deliver import deliver as run_deliver
from jobs.digests import make_digests
from jobs.posting import Delivery
from jobs.refresh import refresh
from jobs.summarise import Read
from jobs.summarise import summarise as run_summarise
from jobs.watch import Watched
from jobs.watch import watch as run_watch


async def collect(settings: Settings, now: str) -> None:
    """Exits with 1 if a category did not answer with what was due."""
    async with open_app(settings, now=moment(now, settings.time_zone)) as app:
        with progress_shown() as progress:
            run = await run_collect(app.store, app.source, clock=app.clock, progress=progress)
    _say(collected(run), worked=run.complete)


async def curate(settings: Settings, now: str, *, only_due: bool) -> None:
    """That there is no edition is an answer, not a failure."""
    async with open_app(settings, now=moment(now, settings.time_zone)) as app:
        with progress_shown() as progress:
            progress("Choosing papers", 0, 0)
            results = await run_curate(
                app.store,
                app.ranker,
                now=app.clock.now(),
                wait=app.wait,
                only_due=only_due,
                explore=settings.edition_explores,
            )
        places = await names(app.store, [result.subscription.channel_id for result in results])
    _say(" ".join(curated(one, places[one.subscription.channel_id]) for one in results), worked=True)


async def summarise(settings: Settings, now: str) -> None:
    """Exits with 1 if the model left papers out; the next run asks for those again."""
    async with open_app(settings, now=moment(now, settings.time_zone)) as app:
        with progress_shown() as progress:
            progress("Summing papers up", 0, 0)
            read = await run_summarise(
                app.store, app.summariser, budget=settings.budget, language=settings.summary_language, clock=app.clock
            )
            edited = await refresh(app.store, app.platforms(), clock=app.clock)
        if not app.model:
            _say("No language model is set up: editions show extracts.", worked=True)
            return
    _say(f"{summarised(read)} Edited {_count(edited, 'message')}.", worked=not read.missing)


async def digest(settings: Settings, now: str) -> None:
    """That none is due is an answer, not a failure."""
    async with open_app(settings, now=moment(now, settings.time_zone)) as app:
        made = await make_digests(app.store, app.platforms(), app.services.charts, now=app.clock.now())
        places = await names(app.store, [edition.channel_id for edition in made])
    _say(" ".join(digested(one, places[one.channel_id]) for one in made) or "No digest is due.", worked=True)


async def watch(settings: Settings, now: str) -> None:
    """Exits with 1 if arXiv did not answer; the next run asks again."""
    async with open_app(settings, now=moment(now, settings.time_zone)) as app:
        with progress_shown() as progress:
            progress("Asking what became of papers", 0, 0)
            done = await run_watch(app.store, app.source, clock=app.clock)
    _say(watched(done), worked=not done.problem)


async def deliver(settings: Settings, now: str) -> None:
    """Exits with 1 if something could not be posted."""
    async with open_app(settings, now=moment(now, settings.time_zone)) as app:
        with progress_shown() as progress:
            done = await run_deliver(app.store, app.platforms(), clock=app.clock, patient=True, progress=progress)
    _say(delivered(done), worked=not done.went_wrong)


def _say(line: str, *, worked: bool) -> None:
    typer.echo(line)
    if not worked:
        raise typer.Exit(1)


async def names(store: Store, channels: Sequence[int]) -> Mapping[int, str]:
    """What these channels are called, by their ids."""
    async with store() as tx:
        return {channel: (await tx.teams.channel(channel)).name for channel in set(channels)}


def collected(run: CollectionRun) -> str:
    """`Collected 312 new papers. cs.CL: 120 announced, 80 new. cs.LG: failed (no answer).`"""
    return " ".join([f"Collected {_count(run.new, 'new paper')}.", *(f"{_answer(answer)}." for answer in run.answers)])


def _answer(answer: CategoryAnswer) -> str:
    match answer.answer:
        case Answer.FRESH:
            said = f"{answer.announced:,} announced, {answer.new:,} new"
        case Answer.NOTHING_DUE:
            said = "nothing was announced (weekend)"
        case Answer.STALE:
            said = f"stale, the newest batch is of {answer.batch}" if answer.batch else "stale, no batch"
        case Answer.FAILED:
            said = "failed"
    return f"{answer.category}: {said}" + (f" ({answer.problem})" if answer.problem else "")


def curated(result: Curated, channel: str) -> str:
    """`#papers: made the edition of 2026-01-15, 5 of 312 new papers.`, or why there is none."""
    edition, day = result.edition, result.date
    if edition and result.outcome is Outcome.MADE:
        without = f" Without {', '.join(edition.missing)}." if edition.missing else ""
        late = " It is late." if edition.late_since else ""
        covers = f" It catches up with the days since {edition.covers}." if edition.covers else ""
        found = f"{len(edition.picks)} of {_count(edition.considered, 'new paper')}"
        return f"{channel}: made the edition of {day}, {found}.{without}{late}{covers}"
    if edition:
        return f"{channel}: the edition of {day} was made before."
    return f"{channel}: no edition for {day}, because {_why_none(result)}."


def _why_none(result: Curated) -> str:
    if result.outcome is Outcome.NOT_DUE:
        return f"it is due on its days from {result.subscription.at:%H:%M} ({result.subscription.zone})"
    if result.outcome is Outcome.PAUSED:
        return "editions are paused"
    if result.outcome is Outcome.HALTED:
        return "its channel is closed to us"
    if result.outcome is Outcome.WEEKEND:
        return "arXiv announces nothing at weekends"
    if result.outcome is Outcome.NOTHING_NEW:
        return "arXiv has announced nothing new"
    categories = ", ".join(result.unanswered)
    if result.since:
        return f"arXiv has not answered for {categories} since {result.since:%H:%M on %Y-%m-%d} (UTC)"
    return f"what arXiv announced in {categories} is not there yet"


def digested(edition: Edition, channel: str) -> str:
    """`#papers: made the weekly edition from 2026-01-12 on, of 1,204 new papers.`"""
    found = _count(edition.considered, "new paper")
    return f"{channel}: made the {edition.kind} edition from {edition.date} on, of {found}."


def watched(done: Watched) -> str:
    """`Asked for the records of 120 papers. Planned 2 replies.`"""
    problem = f" arXiv did not answer for the others: {done.problem}." if done.problem else ""
    replies = f"{done.planned:,} {'reply' if done.planned == 1 else 'replies'}"
    return f"Asked for the records of {_count(done.asked, 'paper')}.{problem} Planned {replies}."


def summarised(read: Read) -> str:
    """`Summed up 5 papers; 1 paper left for another try. Wrote 3 paragraphs for digests.`"""
    missing = f"; {_count(read.missing, 'paper')} left for another try" if read.missing else ""
    capped = f" {_count(read.capped, 'edition')} not sent: the budget is used up." if read.capped else ""
    ahead = f" Wrote {_count(read.paragraphs, 'paragraph')} for digests." if read.paragraphs else ""
    return f"Summed up {_count(read.papers, 'paper')}{missing}.{capped}{ahead}"


def delivered(done: Delivery) -> str:
    """`Posted 6 messages, 1 of them by an earlier run.`"""
    found = f", {done.found_again:,} of them by an earlier run" if done.found_again else ""
    waiting = f" {_count(done.waiting, 'message')} waiting for another try." if done.waiting else ""
    given_up = f" {_count(done.given_up, 'message')} given up." if done.given_up else ""
    unknown = f" Of {_count(done.unknown, 'message')} nobody knows whether it came." if done.unknown else ""
    halted = f" {_count(done.halted, 'channel')} closed to us." if done.halted else ""
    more = " See `papers deliveries`." if done.unknown or done.halted or done.given_up else ""
    return f"Posted {_count(done.sent, 'message')}{found}.{waiting}{given_up}{unknown}{halted}{more}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
