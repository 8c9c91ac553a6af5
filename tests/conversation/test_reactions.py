"""An emoji on a post does what its verb does, and taking it back takes the effect back."""

import pytest

from bot.commands import React
from bot.editions import MessageRef
from bot.messages import Reply
from bot.reading_list import Field, Status
from tests.conversation.conftest import THEIRS, Lab, message, words
from tests.factories import paper, sender


async def test_a_bookmark_saves_and_taking_it_back_unsaves(lab: Lab) -> None:
    assert "Saved: “Agents" in words(await lab.react(2, "bookmark"))
    assert [entry.savers for entry in await lab.list()] == [("Ada",)]
    assert "Taken back: save" in words(await lab.unreact(2, "bookmark"))
    assert await lab.list() == []


@pytest.mark.parametrize(("emoji", "field"), [("+1", Field.LIKED), ("-1::skin-tone-2", Field.DISLIKED)])
async def test_thumbs_teach_and_taking_them_back_forgets(lab: Lab, emoji: str, field: Field) -> None:
    await lab.react(2, emoji)
    assert await _fields(lab) == [field]
    await lab.unreact(2, emoji)
    assert await _fields(lab) == []


async def test_an_emoji_taken_back_with_another_skin_tone_is_the_same_emoji(lab: Lab) -> None:
    await lab.react(2, "+1::skin-tone-2")
    await lab.unreact(2, "+1")
    assert await _fields(lab) == []


async def test_a_check_mark_reads(lab: Lab) -> None:
    await lab.react(1, "white_check_mark")
    assert [entry.status for entry in await lab.list()] == [Status.READ]
    await lab.unreact(1, "white_check_mark")
    assert await lab.list() == []


async def test_two_emoji_of_one_meaning_save_until_both_are_taken_back(lab: Lab) -> None:
    await lab.react(2, "bookmark")
    await lab.react(2, "star")
    await lab.unreact(2, "bookmark")
    assert len(await lab.list()) == 1
    await lab.unreact(2, "star")
    assert await lab.list() == []


async def test_a_save_that_was_also_given_as_a_command_outlives_the_emoji(lab: Lab) -> None:
    await lab.react(2, "bookmark")
    await lab.say("save 2")
    await lab.unreact(2, "bookmark")
    assert len(await lab.list()) == 1
    await lab.say("undo")
    assert await lab.list() == []


async def test_an_emoji_on_what_was_saved_before_takes_nothing_away_when_it_goes(lab: Lab) -> None:
    await lab.say("save 2")
    await lab.react(2, "bookmark")
    assert await lab.unreact(2, "bookmark") == Reply(())
    assert len(await lab.list()) == 1


async def test_an_emoji_that_was_undone_by_command_does_nothing_more_when_it_goes(lab: Lab) -> None:
    await lab.react(2, "bookmark")
    await lab.say("undo")
    await lab.say("save 2", user="grace")
    assert await lab.unreact(2, "bookmark") == Reply(())
    assert [entry.savers for entry in await lab.list()] == [("Grace",)]


async def test_an_emoji_is_of_the_one_who_gave_it(lab: Lab) -> None:
    await lab.react(2, "bookmark")
    await lab.unreact(2, "bookmark", user="grace")
    assert [entry.savers for entry in await lab.list()] == [("Ada",)]


@pytest.mark.parametrize("emoji", ["tada", ""])
async def test_an_emoji_without_a_meaning_is_only_an_emoji(lab: Lab, emoji: str) -> None:
    assert await lab.react(2, emoji) == Reply(())
    assert await lab.unreact(2, emoji) == Reply(())
    assert await lab.list() == []


@pytest.mark.parametrize("elsewhere", [message(0), MessageRef("terminal", "papers", "somebody's")])
async def test_an_emoji_on_the_header_or_on_a_message_of_others_does_nothing(lab: Lab, elsewhere: MessageRef) -> None:
    assert await lab.dispatch(React(elsewhere, "bookmark"), sender()) == Reply(())
    assert await lab.list() == []


async def test_an_emoji_that_is_told_twice_is_done_and_recorded_once(lab: Lab) -> None:
    await lab.react(2, "bookmark")
    assert await lab.react(2, ":bookmark:") == Reply(())

    await lab.unreact(2, "bookmark")
    assert await lab.list() == []
    assert await lab.unreact(2, "bookmark") == Reply(())


async def test_an_emoji_that_was_taken_back_counts_when_it_is_put_anew(lab: Lab) -> None:
    for _ in range(2):
        await lab.react(2, "bookmark")
        await lab.unreact(2, "bookmark")
    await lab.react(2, "bookmark")
    assert len(await lab.list()) == 1


async def test_an_emoji_that_nobody_had_heard_of_takes_back_what_it_once_did(lab: Lab) -> None:
    await lab.react(2, "bookmark")
    async with lab.store() as tx:
        assert await tx.reactions.take(message(2), "ada", "bookmark")
        await tx.commit()

    await lab.unreact(2, "bookmark")
    assert await lab.list() == []


async def test_the_emoji_with_a_meaning_on_messages_about_papers_are_known_by_who_put_them(lab: Lab) -> None:
    for emoji in ("bookmark", "+1::skin-tone-2", "memo", "tada"):
        await lab.react(2, emoji)
    await lab.react(2, "bookmark", user="grace")
    await lab.react(0, "bookmark")
    await lab.unreact(2, "+1")

    async with lab.store() as tx:
        assert await tx.reactions.on(message(2)) == {("ada", "bookmark"), ("ada", "memo"), ("grace", "bookmark")}
        assert await tx.reactions.on(message(0)) == set()


async def test_an_emoji_whose_paper_could_not_be_had_is_done_when_it_is_told_again(lab: Lab) -> None:
    unseen = paper("2601.00009")
    await lab.mention("https://arxiv.org/abs/2601.00009")
    lab.source.down = True
    assert "arXiv does not answer" in words(await lab.dispatch(React(THEIRS, "bookmark"), sender()))

    lab.source.down = False
    lab.source.papers[unseen.id] = unseen
    await lab.dispatch(React(THEIRS, "bookmark"), sender())
    assert [entry.paper for entry in await lab.list()] == [unseen]


async def _fields(lab: Lab) -> list[Field]:
    async with lab.store() as tx:
        member, _ = await tx.teams.identify(sender())
        return [signal.field for signal in await tx.lists.signals(member.team_id)]


async def test_what_changes_a_paper_and_what_takes_that_back_leave_its_post_to_be_refreshed(lab: Lab) -> None:
    for line in ("save 2", "tag 2 memory", "undo", "unsave 2"):
        await lab.say(line)
        assert await _outdated(lab) == [2]
    await lab.react(2, "+1")
    assert await _outdated(lab) == [2]
    await lab.unreact(2, "+1")
    assert await _outdated(lab) == [2]


async def test_what_was_so_already_leaves_the_post_as_it_is(lab: Lab) -> None:
    await lab.say("unsave 2")
    await lab.say("show 2")
    assert await _outdated(lab) == []


async def _outdated(lab: Lab) -> list[int]:
    """Slots of the posts that no longer show how things stand; from here on they do."""
    async with lab.store() as tx:
        waiting = await tx.posts.outdated([lab.platform.name], limit=10)
        for post in waiting:
            assert post.outdated_at
            await tx.posts.refreshed(post.key, as_of=post.outdated_at)
        await tx.commit()
    return [post.slot for post in waiting]
