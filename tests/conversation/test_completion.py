"""What is offered while somebody types."""

from bot.commands import Blank, Complete, Show, parse
from bot.papers import ArxivId
from tests.conversation.conftest import PAPERS, Lab, form
from tests.factories import paper, sender


async def offered(lab: Lab, blank: Blank, typed: str = "", workspace: str = "lab") -> dict[str, str]:
    """Value to label."""
    [asked] = form(await lab.dispatch(Complete(blank, typed), sender("ada", workspace=workspace))).inputs
    return {choice.value: choice.label for choice in asked.choices}


async def test_papers_are_todays_by_number_then_the_lists_then_all_that_match(lab: Lab) -> None:
    old = paper("2501.00007", title="Rewards of Reading")
    await lab.announce([old, paper("2501.00008", title="Reading Rewards Twice")])
    await lab.say("save 2501.00007")
    nothing_typed = await offered(lab, Blank.PAPER)
    assert [*nothing_typed] == [*(str(one.id) for one in PAPERS), "2501.00007"]
    assert nothing_typed[str(PAPERS[0].id)].startswith("1 · When Verifiers Lie")
    assert [*await offered(lab, Blank.PAPER, "rewards")] == ["2601.00001", "2501.00007", "2501.00008"]
    assert next(iter(await offered(lab, Blank.PAPER, "2"))) == "2601.00002"
    assert parse(f"show {next(iter(nothing_typed))}") == Show(ArxivId("2601.00001"))


async def test_another_teams_list_and_numbers_are_not_offered(lab: Lab) -> None:
    await lab.say("save 1")
    assert await offered(lab, Blank.PAPER, workspace="other") == {}
    await lab.say("tag 1 agents")
    assert await offered(lab, Blank.TAG, workspace="other") == {}


async def test_of_several_tags_or_topics_the_last_is_completed(lab: Lab) -> None:
    await lab.say("save 1")
    await lab.say("tag 1 agents memory")
    assert [*await offered(lab, Blank.TAG, "#ag")] == ["agents"]
    assert [*await offered(lab, Blank.TAGS, "agents ")] == ["agents memory"]
    assert [*await offered(lab, Blank.TOPICS, "agents, long")] == ["agents, long context"]


async def test_all_topics_are_offered_before_any_is_typed(lab: Lab) -> None:
    assert next(iter(await offered(lab, Blank.TOPICS))) == "all"
    assert next(iter(await offered(lab, Blank.TOPICS, "al"))) == "all"
    assert "agents, all" not in await offered(lab, Blank.TOPICS, "agents, ")


async def test_the_best_guess_comes_first(lab: Lab) -> None:
    for blank, typed, first in (
        (Blank.ZONE, "berl", "Europe/Berlin"),
        (Blank.ZONE, "new york", "America/New_York"),
        (Blank.LANGUAGE, "ger", "de"),
        (Blank.VERB, "sa", "save"),
        (Blank.VERB, "label", "tag"),
        (Blank.EDITION, "january", "2026-01-15"),
        (Blank.COMING, "", "2026-01-16"),
        (Blank.COMING, "2 february", "2026-02-02"),
    ):
        assert next(iter(await offered(lab, blank, typed))) == first


async def test_no_more_is_offered_than_a_platform_can_show(lab: Lab) -> None:
    await lab.announce([paper(f"2502.{number:05}", title=f"{'Long ' * 60}{number}") for number in range(1, 40)])
    for blank in Blank:
        for typed in ("", "long", '"', "x" * 300):
            choices = await offered(lab, blank, typed)
            assert len(choices) <= 25
            assert all(0 < len(label) <= 100 and 0 < len(value) <= 100 for value, label in choices.items())
