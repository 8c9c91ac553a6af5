"""The papers most like one, among all that were ever seen."""

from bot.commands import Related, parse
from tests.conversation.conftest import PAPERS, Lab, items, words
from tests.factories import paper

NEAR = paper(
    "2512.00001", title="Process Rewards that Lie", abstract="Process rewards and verifiers under distribution shift."
)
FARTHER = paper("2512.00002", title="Rewards for Robots", abstract="A robot arm learns to stack cups from rewards.")
UNLIKE = paper("2512.00003", title="Turbulent Flow", abstract="Eddies in a pipe of copper.")


async def test_the_papers_most_like_one_come_first_and_others_not_at_all(lab: Lab) -> None:
    await lab.announce([UNLIKE, FARTHER, NEAR])
    found = items(await lab.say("related 1"))
    assert found[0].title == NEAR.title
    titles = [item.title for item in found]
    assert PAPERS[0].title not in titles
    assert UNLIKE.title not in titles


async def test_numbers_and_the_list_are_told_as_in_a_search(lab: Lab) -> None:
    twin = paper("2512.00004", title="Agents that Remember What They Read, Again")
    await lab.announce([twin])
    await lab.say("save 2")
    row = next(item for item in items(await lab.say("related 2512.00004")) if item.title == PAPERS[1].title)
    assert row.number == 2
    assert "on your list" in row.details
    assert "on your list" not in items(await lab.say("related 2512.00004", workspace="other"))[0].details


async def test_where_nothing_is_like_it_that_is_said(lab: Lab) -> None:
    lab.source.papers[UNLIKE.id] = UNLIKE
    assert "Nothing among the papers seen so far is like “Turbulent Flow”." in words(
        await lab.say("related 2512.00003")
    )


def test_related_takes_a_paper_in_every_form() -> None:
    assert parse("related 2") == Related(2)
    assert parse("related https://arxiv.org/abs/2512.00001v2") == Related(NEAR.id)
