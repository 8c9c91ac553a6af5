"""Saving, tagging, noting, reading, liking, and taking it back."""

from datetime import timedelta

import pytest

from bot.reading_list import Field, ListFilter, Status, Tag
from tests.conversation.conftest import PAPERS, Lab, actions, items, words
from tests.factories import paper, sender


async def test_a_save_puts_the_paper_on_the_list_of_the_whole_team(lab: Lab) -> None:
    reply = await lab.say("save 2")
    assert "Saved: “Agents that Remember What They Read” · saved by 1 person" in words(reply)
    assert actions(reply) == {"Tag": "ask tag 2601.00002", "Note": "ask note 2601.00002", "Undo": "undo change:1"}
    assert "saved by 2 people" in words(await lab.say("save 2601.00002", user="grace"))
    [entry] = await lab.list()
    assert (str(entry.paper.id), entry.savers, entry.status) == ("2601.00002", ("Ada", "Grace"), Status.UNREAD)


async def test_several_papers_are_saved_and_taken_back_at_once(lab: Lab) -> None:
    await lab.say("save 1 3")
    assert len(await lab.list()) == 2
    await lab.say("undo")
    assert await lab.list() == []


async def test_of_several_papers_all_are_saved_or_none_and_that_is_said(lab: Lab) -> None:
    assert words(await lab.say("save 1 3 99")).endswith("Nothing was changed.")
    assert await lab.list() == []
    assert "Nothing was changed" not in words(await lab.say("save 99"))


async def test_saving_twice_is_said_and_changes_nothing(lab: Lab) -> None:
    await lab.say("save 2")
    assert "You had saved it already" in words(await lab.say("save 2"))
    assert [entry.savers for entry in await lab.list()] == [("Ada",)]


async def test_another_team_sees_nothing_of_the_list(lab: Lab) -> None:
    await lab.say("save 2601.00002")
    assert await lab.list(workspace="other") == []
    assert "empty" in words(await lab.say("list", workspace="other"))
    assert "#" not in words(await lab.say("show 2601.00002", workspace="other"))


async def test_unsaving_keeps_tags_and_notes_for_the_next_save(lab: Lab) -> None:
    await lab.say("tag 2 memory")
    await lab.say("note 2 compare with ours")
    await lab.say("unsave 2")
    assert await lab.list() == []
    await lab.say("save 2", user="grace")
    [entry] = await lab.list()
    assert (entry.savers, entry.tags, [note.text for note in entry.notes]) == (
        ("Grace",),
        (Tag("memory"),),
        ["compare with ours"],
    )


async def test_my_unsave_leaves_the_saves_of_others(lab: Lab) -> None:
    await lab.say("save 2")
    await lab.say("save 2", user="grace")
    await lab.say("unsave 2")
    assert [entry.savers for entry in await lab.list()] == [("Grace",)]


@pytest.mark.parametrize("line", ["tag 2 memory", "note 2 compare with ours", "read 2", "reading 2"])
async def test_what_is_tagged_noted_or_read_is_on_the_list_and_undo_takes_both_back(lab: Lab, line: str) -> None:
    await lab.say(line)
    assert [entry.savers for entry in await lab.list()] == [("Ada",)]
    await lab.say("undo")
    assert await lab.list() == []


async def test_tagging_what_another_saved_does_not_save_it_for_me(lab: Lab) -> None:
    await lab.say("save 2", user="grace")
    await lab.say("tag 2 memory")
    assert [entry.savers for entry in await lab.list()] == [("Grace",)]


async def test_untag_takes_off_only_that_tag(lab: Lab) -> None:
    await lab.say("tag 2 memory agents")
    await lab.say("untag 2 memory")
    assert [entry.tags for entry in await lab.list()] == [(Tag("agents"),)]
    assert "It has no such tag" in words(await lab.say("untag 2 memory"))


@pytest.mark.parametrize("status", list(Status))
async def test_how_far_the_team_is_with_a_paper(lab: Lab, status: Status) -> None:
    await lab.say("save 2")
    await lab.say("reading 2" if status is Status.UNREAD else "unread 2")
    await lab.say(f"{status} 2")
    assert [entry.status for entry in await lab.list()] == [status]


async def test_a_dislike_replaces_a_like_and_undo_brings_it_back(lab: Lab) -> None:
    await lab.say("like 2")
    await lab.say("dislike 2")
    assert await _opinions(lab) == [Field.DISLIKED]
    await lab.say("undo")
    assert await _opinions(lab) == [Field.LIKED]


async def test_undo_goes_back_step_by_step_and_then_says_that_there_is_nothing(lab: Lab) -> None:
    await lab.say("save 1")
    await lab.say("save 2")
    assert "Taken back: save “Agents that Remember" in words(await lab.say("undo"))
    assert [str(entry.paper.id) for entry in await lab.list()] == ["2601.00001"]
    await lab.say("undo")
    assert "nothing that could be taken back" in words(await lab.say("undo"))


async def test_undo_is_of_ones_own_changes_only(lab: Lab) -> None:
    await lab.say("save 2", user="grace")
    assert "You have changed nothing" in words(await lab.say("undo"))


async def test_undo_leaves_what_somebody_changed_since(lab: Lab) -> None:
    await lab.say("save 2", user="grace")
    await lab.say("reading 2")
    await lab.say("read 2", user="grace")
    assert "Somebody has changed" in words(await lab.say("undo"))
    assert [entry.status for entry in await lab.list()] == [Status.READ]


async def test_undo_says_when_only_a_part_could_be_taken_back(lab: Lab) -> None:
    await lab.say("tag 2 memory agents")
    await lab.say("untag 2 memory", user="grace")
    assert "The rest was changed by somebody since" in words(await lab.say("undo"))


async def test_undo_leaves_what_somebody_changed_and_changed_back_since(lab: Lab) -> None:
    await lab.say("read 2")
    await lab.say("unread 2", user="grace")
    await lab.say("read 2", user="grace")
    await lab.say("tag 3 memory agents")
    await lab.say("untag 3 memory", user="grace")
    await lab.say("tag 3 memory", user="grace")

    assert "The rest was changed by somebody since and stays." in words(await lab.say("undo"))
    assert "Taken back: read" in words(await lab.say("undo"))
    async with lab.store() as tx:
        member, _ = await tx.teams.identify(sender())
        tagged = await tx.lists.entry(member.team_id, PAPERS[2].id)
        marked = await tx.lists.entry(member.team_id, PAPERS[1].id)
    assert tagged is not None
    assert [tag.name for tag in tagged.tags] == ["memory"]
    assert marked is not None
    assert marked.status is Status.READ


async def test_undo_takes_back_what_another_changed_and_then_took_back_themselves(lab: Lab) -> None:
    await lab.say("tag 3 memory")
    await lab.say("untag 3 memory", user="grace")
    await lab.say("undo", user="grace")
    assert "Taken back: tag" in words(await lab.say("undo"))
    assert await lab.list() == []


async def test_an_undone_note_is_gone(lab: Lab) -> None:
    await lab.say("save 2")
    await lab.say("note 2 compare with ours")
    await lab.say("undo")
    assert [entry.notes for entry in await lab.list()] == [()]


async def test_a_note_that_is_too_long_is_refused_whole(lab: Lab) -> None:
    reply = await lab.say(f"note 2 {'x' * 4001}")
    assert reply.failed
    assert "4,000 characters" not in words(reply)
    assert "4,001 characters; 4,000 is the most" in words(reply)
    assert await lab.list() == []


async def test_a_paper_that_the_bot_never_posted_is_fetched_and_saved(lab: Lab) -> None:
    unseen = paper("2512.09999", title="Read Elsewhere")
    lab.source.papers[unseen.id] = unseen
    await lab.say("save https://arxiv.org/abs/2512.09999v2")
    assert [entry.paper.title for entry in await lab.list()] == ["Read Elsewhere"]
    assert lab.source.asked == [unseen.id]
    await lab.say("tag 2512.09999 found")
    assert lab.source.asked == [unseen.id]


async def test_a_number_that_arxiv_does_not_know_is_said_with_what_to_do(lab: Lab) -> None:
    reply = await lab.say("save 2601.99999")
    assert reply.failed
    assert words(reply) == 'I can\'t find "2601.99999" on arXiv. Check the number, or paste the link.'


async def test_an_unseen_paper_while_arxiv_is_down_is_said_to_be_worth_another_try(lab: Lab) -> None:
    lab.source.down = True
    reply = await lab.say("save 2601.99999")
    assert reply.failed
    assert "arXiv does not answer" in words(reply)


async def test_a_paper_is_named_by_words_of_its_title(lab: Lab) -> None:
    await lab.say('tag "verifiers lie" rlhf')
    await lab.say("save NUNEZ")  # an author is no title
    assert [str(entry.paper.id) for entry in await lab.list()] == ["2601.00001"]


async def test_words_that_several_titles_have_bring_a_choice_that_says_the_same(lab: Lab) -> None:
    others = [paper(f"2601.0001{n}", title=f"Sparse Rewards, Part {n}") for n in range(2)]
    async with lab.store() as tx:
        await tx.papers.add(others, seen_at=lab.clock.now())
        await tx.commit()
    reply = await lab.say('tag "sparse" efficiency')
    assert 'Which paper do you mean by "sparse"?' in words(reply)
    assert len(items(reply)) == 3
    await lab.say(actions(reply)["Sparse Attention for Long Documents"])
    [entry] = await lab.list()
    assert (str(entry.paper.id), entry.tags) == ("2601.00003", (Tag("efficiency"),))


async def test_a_whole_title_is_taken_though_others_hold_its_words_too(lab: Lab) -> None:
    longer = paper("2601.00019", title="Sparse Attention for Long Documents, Revisited")
    async with lab.store() as tx:
        await tx.papers.add([longer], seen_at=lab.clock.now())
        await tx.commit()
    await lab.say("save sparse attention for long documents")
    assert [str(entry.paper.id) for entry in await lab.list()] == ["2601.00003"]


@pytest.mark.parametrize("line", ["save 9", "save 0", "show 4"])
async def test_a_number_that_the_edition_does_not_have_is_refused(lab: Lab, line: str) -> None:
    reply = await lab.say(line)
    assert reply.failed
    assert "There is no paper" in words(reply)


async def test_a_number_in_a_channel_without_an_edition_is_refused(lab: Lab) -> None:
    reply = await lab.say("save 1", channel="random")
    assert reply.failed
    assert "No edition with papers has come here yet" in words(reply)


async def test_numbers_mean_the_latest_edition(lab: Lab) -> None:
    lab.clock.advance(timedelta(days=1))
    await lab.publish([paper("2601.00050", title="Friday's Paper")])
    await lab.say("save 1")
    assert [str(entry.paper.id) for entry in await lab.list()] == ["2601.00050"]


async def _opinions(lab: Lab) -> list[Field]:
    async with lab.store() as tx:
        member, _ = await tx.teams.identify(sender())
        signals = await tx.lists.signals(member.team_id)
        assert await tx.lists.page(member.team_id, ListFilter(), limit=1) == []
    return [signal.field for signal in signals]


async def test_a_button_that_all_share_saves_for_each_and_takes_back_for_who_had_saved(lab: Lab) -> None:
    assert "saved by 1 person" in words(await lab.say("toggle 2"))
    assert "saved by 2 people" in words(await lab.say("toggle 2", user="bob"))
    taken_back = words(await lab.say("toggle 2"))
    assert taken_back.startswith("Your save is taken back")
    assert "saved by 1 person" in taken_back
