"""What other settings would have brought, against what was shown and saved; and nothing is changed."""

from datetime import timedelta

from bot.curation.ranker import rank
from bot.messages import Card, Notice, Reply
from bot.papers import Paper
from tests.conversation.conftest import Lab, words
from tests.factories import paper

DAY = timedelta(days=1)


def cards(reply: Reply) -> dict[str, list[str]]:
    """Title of each card to the titles of its rows."""
    return {part.title: [item.title for item in part.items] for part in reply.parts if isinstance(part, Card)}


def on_safety(number: int, title: str) -> Paper:
    return paper(f"2601.001{number:02}", title=f"{title} of LLMs", abstract=f"{title} of large language models.")


JAILBREAKS, BACKDOORS = on_safety(0, "Jailbreaks by Rhyme"), on_safety(1, "Backdoors in Weights")
AGENTS = paper("2601.00150", title="Tool Use by LLM Agents", abstract="LLM agents call tools and web APIs.")
PLANNING = paper("2601.00151", title="Planning in Multi-Agent Systems", abstract="LLM agents plan a trip together.")


async def replay(lab: Lab) -> None:
    """Friday's edition showed agents and not safety; the team saved one of either. All since Thursday's."""
    lab.rank_by(rank)
    lab.clock.advance(DAY)
    await lab.announce([JAILBREAKS, BACKDOORS])
    await lab.publish([AGENTS, PLANNING])
    lab.clock.advance(timedelta(hours=2))
    await lab.say("save 2 2601.00101")


async def test_what_is_gained_and_lost_is_counted_and_named_with_what_was_saved_first(lab: Lab) -> None:
    await replay(lab)
    reply = await lab.say('preview "topics:safety size:8"')
    found = cards(reply)
    assert found["Gained: 2 papers"] == [BACKDOORS.title, JAILBREAKS.title]
    assert found["Lost: 5 papers"][0] == PLANNING.title
    said = words(reply)
    assert "2 editions" in said
    assert "2 papers would have been shown in place of 5; 0 of them the same." in said
    assert "Your team saved 2 papers since then: 1 among these, 1 among those shown." in said


async def test_the_settings_as_they_are_bring_back_what_was_shown(lab: Lab) -> None:
    lab.clock.advance(DAY)
    await lab.publish([AGENTS])
    reply = await lab.say("preview size:3")
    assert set(cards(reply)) == {"With these settings, in the last 30 days"}
    assert "4 papers would have been shown in place of 4; 4 of them the same." in words(reply)


async def test_no_paper_is_shown_twice_in_a_replay(lab: Lab) -> None:
    lab.clock.advance(DAY)
    again = paper("2601.00160", title=AGENTS.title, abstract=AGENTS.abstract)
    await lab.publish([AGENTS])
    lab.clock.advance(DAY)
    await lab.publish([again])
    assert cards(await lab.say("preview size:3"))["Lost: 1 paper"] == [again.title]


async def test_a_preview_changes_nothing(lab: Lab) -> None:
    await replay(lab)
    async with lab.store() as tx:
        before = await tx.teams.subscriptions(), await tx.editions.made_since(1, lab.clock.now() - 9 * DAY)
    await lab.say("preview topics:safety unwanted:jailbreak size:1")
    async with lab.store() as tx:
        assert (await tx.teams.subscriptions(), await tx.editions.made_since(1, lab.clock.now() - 9 * DAY)) == before


async def test_categories_that_were_never_collected_are_named(lab: Lab) -> None:
    said = words(await lab.say("preview categories:cs.CL,cs.RO"))
    assert "Nothing of cs.RO was collected so far, so its papers are not in this." in said


async def test_at_the_most_five_titles_are_named(lab: Lab) -> None:
    lab.clock.advance(DAY)
    await lab.announce([on_safety(20 + number, f"Word{number} word{number + 50}") for number in range(7)])
    await lab.publish([AGENTS])
    reply = await lab.say("preview size:20")
    assert len(cards(reply)["Gained: 7 papers"]) == 5
    assert "The first 5; 2 more." in words(reply)


async def test_without_an_edition_in_the_last_month_there_is_nothing_to_compare_with(lab: Lab) -> None:
    lab.clock.advance(31 * DAY)
    [notice] = (await lab.say("preview size:3")).parts
    assert isinstance(notice, Notice)
    assert "no edition of the last 30 days" in notice.text


async def test_a_mistyped_category_is_answered_with_the_nearest(lab: Lab) -> None:
    assert "cs.CLL is no arXiv category; did you mean cs.CL?" in words(await lab.say("preview categories:cs.CLL"))
