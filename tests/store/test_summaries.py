"""Summaries are claimed once, kept once, and found under their whole key."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.store import SqlStore
from bot.editions import MessageRef
from bot.summaries.kept import SummaryKey
from bot.summaries.values import Claim, Section, SectionName, SourceKind, Summary, SummaryKind, Usage
from tests import factories
from tests.factories import NOON
from tests.store.scene import Scene

LATER = NOON + timedelta(minutes=5)
PAPER = factories.paper("2601.00001")
SUMMARY = Summary(
    paper_id=PAPER.id,
    paper_version=1,
    kind=SummaryKind.TLDR,
    language="en",
    source=SourceKind.ABSTRACT,
    model="m",
    prompt_version="1",
    sections=(Section(SectionName.GIST, (Claim("It works.", "works"),)),),
    usage=Usage(10, 2, 1),
)


@pytest.fixture
async def key(scene: Scene) -> SummaryKey:
    await scene.stored(PAPER)
    return SummaryKey(scene.team_id, PAPER.id, 1, SummaryKind.TLDR, "m", "1", "en")


async def test_a_summary_is_kept_as_it_was_made_and_the_first_one_stays(scene: Scene, key: SummaryKey) -> None:
    kept_by = scene.tx.summaries
    assert await kept_by.claim(key, by=scene.ada.id, now=NOON, until=LATER)
    assert await kept_by.get(key) is None
    kept = await kept_by.keep(key, SUMMARY, at=NOON)
    assert (kept.summary, kept.asked_by, kept.made_at) == (SUMMARY, scene.ada.id, NOON)
    assert await kept_by.keep(key, replace(SUMMARY, sections=()), at=LATER) == kept
    assert await kept_by.get(key) == kept
    assert not await kept_by.claim(key, by=scene.ada.id, now=LATER, until=LATER + timedelta(1))


@pytest.mark.parametrize(
    "other",
    [{"paper_version": 2}, {"kind": SummaryKind.FULL}, {"model": "n"}, {"prompt_version": "2"}, {"language": "de"}],
)
async def test_every_part_of_the_key_makes_it_another_summary(
    scene: Scene, key: SummaryKey, other: dict[str, object]
) -> None:
    await scene.tx.summaries.claim(key, by=scene.ada.id, now=NOON, until=LATER)
    await scene.tx.summaries.keep(key, SUMMARY, at=NOON)
    assert await scene.tx.summaries.get(replace(key, **other)) is None  # type: ignore[arg-type]  # parts of the key


async def test_a_claim_holds_until_its_lease_is_over_or_given_up(scene: Scene, key: SummaryKey) -> None:
    claim = scene.tx.summaries.claim
    assert await claim(key, by=scene.ada.id, now=NOON, until=LATER)
    assert not await claim(key, by=scene.ada.id, now=NOON, until=LATER)
    assert await claim(key, by=scene.ada.id, now=LATER, until=LATER + timedelta(minutes=5))
    await scene.tx.summaries.release(key)
    assert await claim(key, by=scene.ada.id, now=NOON, until=LATER)


async def test_a_post_is_claimed_once_and_after_its_lease_under_the_same_key(scene: Scene, key: SummaryKey) -> None:
    summaries, edition = scene.tx.summaries, await scene.edition(PAPER)
    post = (await scene.tx.posts.of(edition.id))[1].key
    await summaries.claim(key, by=scene.ada.id, now=NOON, until=LATER)
    kept = await summaries.keep(key, SUMMARY, at=NOON)
    assert await summaries.claim_post(kept.id, post, key="a", now=NOON, until=LATER)
    assert not await summaries.claim_post(kept.id, post, key="b", now=NOON, until=LATER)
    assert await summaries.claim_post(kept.id, post, key="c", now=LATER, until=LATER + timedelta(1))
    claimed = await summaries.post_of(kept.id, post)
    assert claimed
    assert (claimed.key, claimed.attempts) == ("a", 2)
    await summaries.posted("a", MessageRef("terminal", "papers", "9"))
    assert not await summaries.claim_post(kept.id, post, key="d", now=LATER + timedelta(2), until=LATER + timedelta(3))


async def test_of_many_who_ask_at_once_one_makes_it(store: SqlStore) -> None:
    async with store() as tx:
        ada, _ = await tx.teams.identify(factories.sender())
        await tx.papers.add([PAPER], seen_at=NOON)
        await tx.commit()
    key = SummaryKey(ada.team_id, PAPER.id, 1, SummaryKind.TLDR, "m", "1", "en")

    async def claim() -> bool:
        async with store() as tx:
            taken = await tx.summaries.claim(key, by=ada.id, now=NOON, until=LATER)
            await tx.commit()
            return taken

    assert sum(await asyncio.gather(*(claim() for _ in range(12)))) == 1
