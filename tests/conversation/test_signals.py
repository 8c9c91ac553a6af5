"""What people do with a paper without changing anything tells of their taste all the same."""

import pytest

from bot.commands import Command, Discussed, React, parse
from bot.editions import MessageRef
from bot.messages import Reply
from bot.papers import ArxivId
from bot.reading_list import Field
from tests.conversation.conftest import PAPERS, Lab, message, words
from tests.factories import sender


async def signals(lab: Lab) -> list[tuple[int, ArxivId, Field]]:
    async with lab.store() as tx:
        member, _ = await tx.teams.identify(sender())
        return [(one.member_id, one.paper_id, one.field) for one in await tx.lists.signals(member.team_id)]


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (parse("show 2"), Field.OPENED),
        (parse("summary 2"), Field.SUMMARISED),
        (React(message(2), "memo"), Field.SUMMARISED),
        (Discussed(message(2)), Field.DISCUSSED),
    ],
)
async def test_it_is_a_signal_of_the_one_who_did_it_and_puts_nothing_on_the_list(
    lab: Lab, command: Command, field: Field
) -> None:
    async with lab.store() as tx:
        grace, _ = await tx.teams.identify(sender("grace"))
        await tx.commit()
    for _ in range(2):
        await lab.dispatch(command, sender("grace"))
    assert await signals(lab) == [(grace.id, PAPERS[1].id, field)]
    assert await lab.list() == []
    assert "You have changed nothing" in words(await lab.say("undo", user="grace"))


async def test_who_writes_in_a_thread_is_not_answered(lab: Lab) -> None:
    assert await lab.dispatch(Discussed(message(1)), sender()) == Reply(())


@pytest.mark.parametrize("elsewhere", [message(0), MessageRef("terminal", "papers", "somebody's")])
async def test_a_thread_under_the_header_or_a_message_of_others_tells_nothing(lab: Lab, elsewhere: MessageRef) -> None:
    assert await lab.dispatch(Discussed(elsewhere), sender()) == Reply(())
    assert await signals(lab) == []
