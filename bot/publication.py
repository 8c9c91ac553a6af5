"""An edition as it is shown: its cards, with what the store knows of its papers now."""

from bot.cards import editions, papers
from bot.cards.digests import digest_cards
from bot.cards.news import news_card
from bot.editions import HEADER_SLOT, Edition
from bot.messages import Card
from bot.ports import UnitOfWork
from bot.teams import DIGESTS, EditionKind, Layout, Subscription


async def cards_by_slot(edition: Edition, subscription: Subscription, tx: UnitOfWork) -> dict[int, Card]:
    """The header and one card for each pick, or for each reply of a digest, by slot and in that order; of news, a card
    for each paper.

    `subscription` is the edition's, even if it has ended.
    """
    if edition.kind in DIGESTS:
        return dict(enumerate(digest_cards(await tx.digests.of(edition))))
    known = await tx.papers.many([pick.paper_id for pick in edition.picks])
    if edition.kind is EditionKind.NEWS:
        told = await tx.revisions.told_in(edition)
        return {pick.number: news_card(known[pick.paper_id], told[pick.number]) for pick in edition.picks}
    entries = await tx.lists.entries(subscription.team_id, list(known))
    teasers = await tx.shortlists.teasers(edition.id)
    nearest = await tx.papers.get(edition.nearest) if edition.nearest else None
    named = known if edition.layout is Layout.COMPACT else {}
    return {
        HEADER_SLOT: editions.edition_header(edition, subscription, nearest, named=named),
        **{
            pick.number: papers.picked_paper(
                known[pick.paper_id], pick, entries.get(pick.paper_id), teasers.get(pick.paper_id)
            )
            for pick in edition.picks
        },
    }
