"""What an edition is made from: the team's own doings, the subscription's own editions, and nothing of another team."""

from datetime import timedelta

import pytest

from bot.curation import material
from bot.curation.material import Material, gather
from bot.curation.ranking import Act
from bot.papers import Paper
from bot.ports import Store
from bot.reading_list import FactKey, Field
from bot.teams import Subscription
from tests.factories import paper, sender
from tests.jobs.desk import DAY, HOUR, THURSDAY, Desk, llm


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


async def gathered(desk: Desk, subscription: Subscription, *, days: float = 0, user: str = "") -> Material:
    """The material of some days after Thursday morning; with `user`, of that member."""
    async with desk.store() as tx:
        member, _ = await tx.teams.identify(sender(user or "ada", workspace="lab", channel="lab"))
        return await gather(tx, subscription, now=THURSDAY + days * DAY, member_id=member.id if user else None)


def acts(found: Material) -> set[tuple[Paper, Act, float]]:
    return {(one.paper, one.act, one.days) for one in found.taste.judged}


async def test_taste_is_what_people_saved_liked_or_disliked_in_the_last_half_year(desk: Desk) -> None:
    subscription = await desk.subscribe()
    saved, liked, disliked, both, old = (llm(name) for name in ("A", "B", "C", "D", "E"))
    await desk.mark(Field.SAVED, [saved, both])
    await desk.mark(Field.LIKED, [liked])
    await desk.mark(Field.DISLIKED, [disliked, both], user="bob")
    await desk.mark(Field.LIKED, [old], at=THURSDAY - 181 * DAY)
    await desk.mark(Field.HAS_READ, [llm("F")])
    async with desk.store() as tx:
        taste = (await gather(tx, subscription, now=THURSDAY)).taste
    assert {(one.paper, one.act) for one in taste.judged if one.act is not Act.READ} == {
        (saved, Act.SAVED),
        (liked, Act.LIKED),
        (disliked, Act.DISLIKED),
        (both, Act.SAVED),
        (both, Act.DISLIKED),
    }
    assert taste.saved_authors == {"Wei Tan": 2}


async def test_each_act_is_judged_once_with_its_age(desk: Desk) -> None:
    subscription = await desk.subscribe()
    saved, opened, summarised, discussed = (llm(name) for name in ("A", "B", "C", "D"))
    await desk.mark(Field.SAVED, [saved], at=THURSDAY - 2 * DAY)
    await desk.mark(Field.SAVED, [saved], user="bob", at=THURSDAY - DAY)
    await desk.mark(Field.HAS_READ, [saved])
    await desk.mark(Field.OPENED, [opened], at=THURSDAY - 12 * HOUR)
    await desk.mark(Field.SUMMARISED, [summarised])
    await desk.mark(Field.DISCUSSED, [discussed])
    assert acts(await gathered(desk, subscription)) == {
        (saved, Act.SAVED, 1.0),
        (saved, Act.READ, 0.0),
        (opened, Act.OPENED, 0.5),
        (summarised, Act.SUMMARISED, 0.0),
        (discussed, Act.DISCUSSED, 0.0),
    }


async def test_a_note_or_a_tag_is_a_discussion(desk: Desk) -> None:
    subscription = await desk.subscribe()
    noted, tagged = llm("A"), llm("B")
    async with desk.store() as tx:
        await tx.papers.add([noted, tagged], seen_at=THURSDAY)
        member, _ = await tx.teams.identify(sender(workspace="lab", channel="lab"))
        for one, field in ((noted, Field.NOTE), (tagged, Field.TAG)):
            await tx.lists.set(member.team_id, FactKey(one.id, field, "x"), "yes", by=member.id, at=THURSDAY)
        await tx.commit()
    assert acts(await gathered(desk, subscription)) == {(noted, Act.DISCUSSED, 0.0), (tagged, Act.DISCUSSED, 0.0)}


async def test_what_was_shown_and_not_answered_in_time_is_ignored(desk: Desk) -> None:
    subscription = await desk.subscribe()
    ignored, saved = llm("Jailbreaks"), llm("Retrieval")
    await desk.collect(ignored, saved)
    await desk.curate()
    await desk.mark(Field.SAVED, [saved], at=THURSDAY + HOUR)
    assert acts(await gathered(desk, subscription, days=2)) == {(saved, Act.SAVED, 2 - 1 / 24)}
    assert acts(await gathered(desk, subscription, days=3)) == {
        (saved, Act.SAVED, 3 - 1 / 24),
        (ignored, Act.IGNORED, 3.0),
    }
    assert acts(await gathered(desk, subscription, days=181)) == set()


async def test_what_came_later_is_not_known_yet(desk: Desk) -> None:
    subscription = await desk.subscribe()
    one = llm("Jailbreaks")
    await desk.collect(one)
    await desk.curate()
    await desk.mark(Field.SAVED, [one], at=THURSDAY + HOUR)
    found = await gathered(desk, subscription)
    assert (acts(found), found.known, found.shown, found.taste.saved_authors) == (set(), frozenset(), (), {})


async def test_of_very_many_doings_the_last_count(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(material, "MOST_JUDGED", 2)
    subscription = await desk.subscribe()
    papers = [llm(name) for name in "ABC"]
    for hours, one in enumerate(papers):
        await desk.mark(Field.SAVED, [one], at=THURSDAY - DAY + hours * HOUR)
    assert {one.paper for one in (await gathered(desk, subscription)).taste.judged} == set(papers[1:])


async def test_what_may_have_been_answered_by_a_signal_too_many_is_not_ignored(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscription = await desk.subscribe()
    answered, later = llm("Jailbreaks"), llm("Retrieval")
    await desk.collect(answered)
    await desk.curate()
    await desk.mark(Field.OPENED, [answered], at=THURSDAY + HOUR)
    await desk.mark(Field.SAVED, [later], at=THURSDAY + DAY)
    monkeypatch.setattr(material, "MOST_SIGNALS", 1)
    assert acts(await gathered(desk, subscription, days=4)) == {(later, Act.SAVED, 3.0)}


async def test_the_background_is_what_came_before_the_pool(desk: Desk) -> None:
    subscription = await desk.subscribe()
    before, new = [llm("A"), llm("B", categories=("cs.LG",))], llm("C")
    await desk.collect(*before, at=THURSDAY - 3 * DAY)
    await desk.curate(now=THURSDAY - 2 * DAY)
    await desk.collect(new)
    found = await gathered(desk, subscription)
    assert (found.pool, found.taste.background) == ((new,), [before[0]])


async def test_a_member_is_judged_by_their_own_doings_once_there_are_any(desk: Desk) -> None:
    subscription = await desk.subscribe()
    adas, bobs = llm("A"), llm("B")
    await desk.mark(Field.SAVED, [bobs], user="bob")
    assert acts(await gathered(desk, subscription, user="ada")) == {(bobs, Act.SAVED, 0.0)}
    await desk.mark(Field.DISLIKED, [adas], user="ada")
    assert acts(await gathered(desk, subscription, user="ada")) == {(adas, Act.DISLIKED, 0.0)}
    assert acts(await gathered(desk, subscription)) == {(bobs, Act.SAVED, 0.0), (adas, Act.DISLIKED, 0.0)}


async def test_channels_of_one_team_share_its_taste_but_not_what_they_were_shown(desk: Desk) -> None:
    first = await desk.subscribe("safety")
    one, saved = llm("Jailbreaks"), llm("Retrieval")
    await desk.collect(one)
    await desk.curate()
    async with desk.store() as tx:
        _, channel = await tx.teams.identify(sender(workspace="lab", channel="second"))
        second = await tx.teams.subscribe(Subscription(0, first.team_id, channel.id, first.interests))
        await tx.commit()
    await desk.mark(Field.SAVED, [saved], at=THURSDAY)
    found = [await gathered(desk, subscription, days=4) for subscription in (first, second)]
    assert acts(found[0]) == {(saved, Act.SAVED, 4.0), (one, Act.IGNORED, 4.0)}
    assert acts(found[1]) == {(saved, Act.SAVED, 4.0)}
    assert [list(one.shown) for one in found] == [[one], []]


async def test_nothing_of_one_teams_papers_is_in_what_another_team_is_judged_by(desk: Desk) -> None:
    mine = {"lab": [llm(f"Jailbreaks {n}", authors=("Ana Silva",)) for n in range(4)]}
    mine["firm"] = [llm(f"Retrieval {n}", authors=("Wei Tan",)) for n in range(4)]
    subscriptions = {team: await desk.subscribe(team=team) for team in mine}
    for team in mine:
        await desk.mark(Field.SAVED, mine[team][:2], team=team)
        await desk.mark(Field.LIKED, mine[team][2:3], team=team)
        await desk.mark(Field.OPENED, mine[team][3:], team=team)
    for team, author in (("lab", "Ana Silva"), ("firm", "Wei Tan")):
        found = await gathered(desk, subscriptions[team])
        taste = found.taste
        seen = {*(one.paper for one in taste.judged), *taste.background, *found.shown}
        assert seen == set(mine[team])
        assert taste.saved_authors == {author: 2}


async def test_what_tells_nearly_the_same_as_a_paper_shown_before_is_not_shown(desk: Desk) -> None:
    await desk.subscribe()
    shown = paper(title="Jailbreaks of LLMs", abstract="We jailbreak an LLM by rhyme, ten times of twelve.")
    again = paper(title="Jailbreaks of LLMs", abstract="We jailbreak a large language model by rhyme, again.")
    fresh = llm("Retrieval")
    await desk.collect(shown)
    await desk.curate()
    await desk.collect(again, fresh, at=THURSDAY + DAY - HOUR)
    edition = (await desk.curate_one(now=THURSDAY + DAY)).edition
    assert edition is not None
    assert [pick.paper_id for pick in edition.picks] == [fresh.id]


async def test_after_two_months_a_paper_keeps_no_other_out(desk: Desk) -> None:
    subscription = await desk.subscribe()
    one = llm("Jailbreaks")
    await desk.collect(one)
    await desk.curate()
    reach = material.SHOWN_REACH / timedelta(days=1)
    assert (await gathered(desk, subscription, days=reach)).shown == (one,)
    assert (await gathered(desk, subscription, days=reach + 1)).shown == ()
