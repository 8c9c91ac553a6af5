"""Why a paper was picked, or was not: what is said is what was so when the edition was made."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.curation.ranking import Ranked, Taste
from bot.editions import Reason, ReasonKind
from bot.papers import Paper
from bot.teams import Interests
from tests.conversation.conftest import INTERESTS, Lab, in_order, words
from tests.factories import paper


async def test_why_tells_the_reasons_of_a_pick_and_its_place(lab: Lab) -> None:
    assert words(await lab.say("why 2")).splitlines()[2:] == [
        "2nd of 312 new papers.",
        'Matches your topic "reasoning".',
    ]


async def test_why_not_tells_the_rank_and_the_cut(lab: Lab) -> None:
    lab.clock.advance(timedelta(days=1))
    await lab.announce([paper(f"2601.0005{n}", title=f"Friday's Paper {n}") for n in range(6)])
    await lab.publish([paper("2601.00050", title="Friday's Paper 0")])
    assert "Ranked 6th of 6; the cut was 3." in words(await lab.say("why 2601.00055"))


async def test_why_not_names_the_twin_that_was_shown(lab: Lab) -> None:
    lab.clock.advance(timedelta(days=1))
    shown, later = paper("2601.00050", title="Lazy Verification"), paper("2601.00051", title="Lazy Verification")
    unlike = paper("2601.00052", title="Maps of Heads", abstract="Attention heads form maps.")
    await lab.announce([later, unlike])
    await lab.publish([shown])
    said = words(await lab.say("why 2601.00051"))
    assert "Ranked 2nd of 3, and left out for a near-duplicate." in said
    assert "“Lazy Verification”, which was shown, tells nearly the same." in said
    assert "Ranked 3rd of 3, and left out for a crowded topic." in words(await lab.say("why 2601.00052"))


async def test_why_not_names_the_unwanted_words_it_holds(lab: Lab) -> None:
    lab.clock.advance(timedelta(days=1))
    survey = paper("2601.00051", title="Off topic: a Survey of Surveys")
    await lab.announce([survey])
    await lab.publish([paper("2601.00050", title="Friday's Paper")])
    await lab.subscribe(replace(INTERESTS, unwanted=("title:survey", "octopus")))
    said = words(await lab.say("why 2601.00051"))
    assert 'Not picked: it holds "title:survey", which this channel does not want.' in said


async def test_why_not_says_when_the_team_had_it_on_its_list(lab: Lab) -> None:
    lab.clock.advance(timedelta(days=1))
    known = paper("2601.00051", title="Maps of Heads", abstract="Attention heads form maps.")
    await lab.announce([known])
    await lab.say("save 2601.00051")
    await lab.publish([paper("2601.00050", title="Friday's Paper")])
    assert "left out: it was on your team's list already" in words(await lab.say("why 2601.00051"))


async def test_what_people_did_after_an_edition_is_no_reason_in_it(lab: Lab) -> None:
    asked: list[Taste] = []

    def listening(pool: Sequence[Paper], interests: Interests, taste: Taste) -> list[Ranked]:
        asked.append(taste)
        return in_order(pool, interests, taste)

    lab.rank_by(listening)
    lab.clock.advance(timedelta(hours=1))
    await lab.say("save 2")
    await lab.say("why 2")
    assert [one.paper.id.value for one in asked[0].judged] == []


async def test_why_tells_what_spoke_against_a_paper_picked_or_not(lab: Lab) -> None:
    passed = Reason(ReasonKind.PASSED_AUTHOR, "Wei Tan", 4)

    def against(pool: Sequence[Paper], interests: Interests, taste: Taste) -> list[Ranked]:
        return [replace(place, against=(passed,)) for place in in_order(pool, interests, taste)]

    lab.rank_by(against)
    lab.clock.advance(timedelta(days=1))
    await lab.announce([paper("2601.00051", title="Maps of Heads", abstract="Attention heads form maps.")])
    await lab.publish([paper("2601.00050", title="Friday's Paper")])
    for number in ("2601.00050", "2601.00051"):
        assert "Against it: your team passed over 4 papers by Wei Tan." in words(await lab.say(f"why {number}"))


async def test_why_not_is_about_the_first_edition_after_a_paper_was_announced(lab: Lab) -> None:
    lab.clock.advance(timedelta(days=1))
    await lab.announce([paper("2601.00051", title="Maps of Heads", abstract="Attention heads form maps.")])
    await lab.publish([paper("2601.00050", title="Friday's Paper")])
    lab.clock.advance(timedelta(days=3))
    await lab.publish([paper("2601.00052", title="Monday's Paper")])
    assert "Maps of Heads\nFriday, 16 January\nRanked 2nd of 2" in words(await lab.say("why 2601.00051"))


async def test_why_not_says_when_a_paper_is_newer_than_the_latest_edition(lab: Lab) -> None:
    lab.clock.advance(timedelta(days=1))
    await lab.announce([paper("2601.00051", title="Maps of Heads")])
    assert "is newer than the latest edition here" in words(await lab.say("why 2601.00051"))


async def test_why_not_says_when_a_paper_was_off_topic(lab: Lab) -> None:
    lab.clock.advance(timedelta(days=1))
    await lab.announce([paper("2601.00051", title="Off topic: turbulent flow")])
    await lab.publish([paper("2601.00050", title="Friday's Paper 0")])
    assert "outside of what this channel asked for" in words(await lab.say("why 2601.00051"))


async def test_why_says_when_nothing_was_decided_about_a_paper(lab: Lab) -> None:
    elsewhere = paper("2512.09999", title="Read Elsewhere")
    lab.source.papers[elsewhere.id] = elsewhere
    assert "was not among the new papers" in words(await lab.say("why 2512.09999"))
