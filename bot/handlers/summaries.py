"""Summaries: made once for all who ask, shown once under the paper's post; and what models cost."""

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import timedelta
from secrets import token_hex

from bot import leases
from bot.budget import Cap, Purpose, month_of
from bot.cards import summaries as cards
from bot.commands import Language, ShowUsage, Summarise
from bot.errors import FullTextUnavailable, PlatformError, UserError
from bot.handlers.earlier import address, summary_of
from bot.handlers.naming import named
from bot.handlers.services import Asker, Services, reply
from bot.handlers.signals import notice
from bot.messages import Card, Notice, Reply
from bot.papers import Paper
from bot.ports import UnitOfWork
from bot.reading_list import Field
from bot.spending import book, cap_reached
from bot.summaries.kept import KeptSummary, SummaryKey
from bot.summaries.values import Audience, Summary, SummaryKind, SummaryUnavailable

log = logging.getLogger(__name__)

READING = 120.0
"""Seconds for a full text. A model has a deadline of its own, at which it tells what it cost."""
LEASE = timedelta(minutes=10)
"""How long one question may hold up the others about the same: more than READING and two answers of a model."""
PATIENCE = timedelta(minutes=1)
"""How long a second asker waits for the first one's summary before being told to come again."""
_KEY_BYTES = 10


@dataclass(frozen=True, slots=True)
class _Extract:
    """What is shown where a model should have answered: instant, so it is neither kept nor posted."""

    summary: Summary
    instead: cards.Instead


async def summarise(command: Summarise, asker: Asker, services: Services) -> Reply:
    """A summary in the paper's thread; where it is there already, or the paper has no post here, as the answer, with
    the way to where it was posted."""
    paper = await named(command.paper, asker, services, lambda name: replace(command, paper=name))
    await notice(Field.SUMMARISED, paper.id, asker, services)
    notes: tuple[Notice, ...] = ()
    try:
        made = await _made(paper, command.kind, asker, services)
    except FullTextUnavailable as error:
        notes = (cards.no_full_text(str(error)),)
        made = await _made(paper, SummaryKind.INSIGHTS, asker, services)
    if isinstance(made, _Extract):
        card = cards.summary_card(paper, made.summary, asked_by=asker.member.name, instead=made.instead)
        return reply(*notes, card)
    async with services.store() as tx:
        first_asker = await tx.teams.member(made.asked_by)
    card = cards.summary_card(paper, made.summary, asked_by=first_asker.name)
    posted = await _posted(made, card, paper, asker, services)
    async with services.store() as tx:
        message = await summary_of(paper.id, [made], asker, tx)
    link = await address(message, services)
    return reply(*notes, cards.posted_under(paper, link) if posted else cards.posted_before(card, link))


async def _made(paper: Paper, kind: SummaryKind, asker: Asker, services: Services) -> KeptSummary | _Extract:
    """The summary of this version, made if nobody had it made before. Raises FullTextUnavailable, and UserError where
    somebody else's question takes long."""
    model = services.summariser
    async with services.store() as tx:
        team = await tx.teams.team(asker.team_id)
    spoken = team.language if model.model else None  # an extract is the same in every language
    key = SummaryKey(
        team.id, paper.id, paper.version, kind, model.model, model.prompt_version, spoken or services.language
    )
    patient_until = services.clock.now() + PATIENCE
    while True:
        now = services.clock.now()
        async with services.store() as tx:
            if kept := await tx.summaries.get(key):
                return kept
            cap = await _cap(asker, services, tx)
            claimed = cap is None and await tx.summaries.claim(key, by=asker.member.id, now=now, until=now + LEASE)
            await tx.commit()
        if cap:
            return await _extract(paper, kind, services, cap)
        if claimed:
            return await _make(key, paper, asker, services)
        if now >= patient_until:
            raise UserError(cards.being_made(paper))
        await services.clock.sleep(1)


async def _cap(asker: Asker, services: Services, tx: UnitOfWork) -> Cap | None:
    if not services.summariser.model:
        return None
    return await cap_reached(
        tx, services.budget, team_id=asker.team_id, member_id=asker.member.id, now=services.clock.now()
    )


async def _make(key: SummaryKey, paper: Paper, asker: Asker, services: Services) -> KeptSummary | _Extract:
    """Makes what was claimed."""
    async with services.store() as tx:
        subscription = await tx.teams.subscription_of(asker.channel.id)
    audience = Audience(key.language, subscription.interests if subscription else None)
    text = ""
    try:
        if key.kind is SummaryKind.FULL:
            text = await _full_text(paper, services)
        summary = await services.summariser.summarise(paper, key.kind, audience=audience, full_text=text)
    except SummaryUnavailable as failed:
        log.warning("no summary of %s: %s", paper.id, failed)
        async with services.store() as tx:
            await tx.summaries.release(key)
            await _book(failed, asker, services, tx)
            await tx.commit()
        return await _extract(paper, key.kind, services, failed.failure, text)
    except Exception:
        async with services.store() as tx:
            await tx.summaries.release(key)
            await tx.commit()
        raise
    async with services.store() as tx:
        kept = await tx.summaries.keep(key, summary, at=services.clock.now())
        await _book(summary, asker, services, tx)
        await tx.commit()
    return kept


async def _full_text(paper: Paper, services: Services) -> str:
    try:
        async with asyncio.timeout(READING):
            return await services.full_text.of(paper)
    except TimeoutError:
        raise FullTextUnavailable("arXiv took too long to give it") from None


async def _book(made: Summary | SummaryUnavailable, asker: Asker, services: Services, tx: UnitOfWork) -> None:
    await book(
        tx,
        services.budget,
        made.usage,
        model=services.summariser.model,
        purpose=Purpose.SUMMARY,
        team_id=asker.team_id,
        member_id=asker.member.id,
        now=services.clock.now(),
    )


async def _extract(
    paper: Paper, kind: SummaryKind, services: Services, instead: cards.Instead, text: str = ""
) -> _Extract:
    extract = await services.extractor.summarise(paper, kind, audience=Audience(), full_text=text)
    return _Extract(extract, instead)


async def _posted(kept: KeptSummary, card: Card, paper: Paper, asker: Asker, services: Services) -> bool:
    """Posts the summary under the paper's post in this channel, unless it is there; whether it was this call."""
    platform = services.platforms.get(asker.channel.platform)
    async with services.store() as tx:
        now = services.clock.now()
        edition = await tx.editions.pick_of(asker.channel.id, paper.id)
        number = next((pick.number for pick in edition.picks if pick.paper_id == paper.id), None) if edition else None
        posts = await tx.posts.of(edition.id) if edition else []
        above = next((post for post in posts if post.slot == number and post.message), None)
        if above is None or platform is None:
            return False
        key = token_hex(_KEY_BYTES)
        if not await tx.summaries.claim_post(kept.id, above.key, key=key, now=now, until=now + leases.LEASE):
            return False
        claimed = await tx.summaries.post_of(kept.id, above.key)
        await tx.commit()
    if claimed is None:
        return False
    place = asker.channel.external_id
    try:
        message = None
        if claimed.attempts > 1:
            since = claimed.planned_at - leases.SKEW
            message = await platform.find(place, claimed.key, since=since, under=above.message)
        if message is None and not leases.in_time(leased_at=now, now=services.clock.now()):
            return False  # whoever asks next posts it
        message = message or await platform.post(place, card, key=claimed.key, under=above.message)
    except PlatformError as error:
        log.warning("summary %s was not posted: %s", claimed.key, error)
        return False
    async with services.store() as tx:
        await tx.summaries.posted(claimed.key, message)
        await tx.commit()
    return True


async def usage(_: ShowUsage, asker: Asker, services: Services) -> Reply:
    """Tokens and money of the team and of the asker, today and this month."""
    if not services.summariser.model:
        return reply(cards.no_model())
    now, team, member = services.clock.now(), asker.team_id, asker.member.id
    async with services.store() as tx:
        spent = {
            Cap.TEAM_DAY: await tx.spending.spent(team, since=now.date()),
            Cap.TEAM_MONTH: await tx.spending.spent(team, since=month_of(now)),
            Cap.PERSON_DAY: await tx.spending.spent(team, since=now.date(), member_id=member),
            Cap.PERSON_MONTH: await tx.spending.spent(team, since=month_of(now), member_id=member),
        }
    return reply(cards.usage_card(spent, services.budget))


async def language(command: Language, asker: Asker, services: Services) -> Reply:
    """The language of what a model writes for the team from now on; what was made before is kept under its own."""
    changed = command.tag is not None
    async with services.store() as tx:
        if changed:
            await tx.teams.set_language(asker.team_id, command.tag or None)
            await tx.commit()
        own = (await tx.teams.team(asker.team_id)).language
    told = cards.team_language(
        own or services.language, own=own is not None, changed=changed, model=bool(services.summariser.model)
    )
    return Reply((told,), private=False)  # what holds for all, all may see
