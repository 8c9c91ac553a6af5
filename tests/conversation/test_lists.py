"""The list and the search, as readers page and filter them."""

import pytest

from tests.conversation.conftest import Lab, actions, items, words
from tests.factories import paper


async def test_an_empty_list_says_how_to_start_one(lab: Lab) -> None:
    reply = await lab.say("list")
    assert "Your team's list is empty" in words(reply)
    assert actions(reply) == {"Latest edition": "today"}


async def test_a_row_tells_author_year_status_tags_saver_age_and_id(lab: Lab) -> None:
    await lab.say("tag 1 rlhf")
    reply = await lab.say("list")
    [row] = items(reply)
    assert row.number == 1
    assert row.url == "https://arxiv.org/abs/2601.00001"
    assert row.details == ("Okafor 2026", "unread", "#rlhf", "Ada", "today", "2601.00001")
    assert "Unread 1 · Reading 0 · Read 0" in words(reply)


async def test_only_papers_of_the_latest_edition_have_a_number_to_name_them_by(lab: Lab) -> None:
    elsewhere = paper("2512.09999", title="Read Elsewhere")
    lab.source.papers[elsewhere.id] = elsewhere
    await lab.say("save 2512.09999")
    assert [row.number for row in items(await lab.say("list"))] == [None]


@pytest.mark.parametrize(
    ("line", "titles"),
    [
        ("list #memory", ["Agents that Remember What They Read"]),
        ("list by:grace", ["Sparse Attention for Long Documents"]),
        ("list by:me", ["Agents that Remember What They Read"]),
        ("list read", ["Agents that Remember What They Read"]),
        ("list nunez attent", ["Sparse Attention for Long Documents"]),
        ("list baseline", ["Agents that Remember What They Read"]),
    ],
)
async def test_filters_keep_what_was_asked_for(lab: Lab, line: str, titles: list[str]) -> None:
    await lab.say("tag 2 memory")
    await lab.say("note 2 compare with our baseline")
    await lab.say("read 2")
    await lab.say("save 3", user="grace")
    assert [row.title for row in items(await lab.say(line))] == titles


async def test_the_filters_are_buttons_and_the_one_that_is_on_takes_itself_off(lab: Lab) -> None:
    await lab.say("tag 1 rlhf")
    reply = await lab.say("list unread #rlhf")
    assert actions(reply) == {
        "Unread": "list tag:rlhf",
        "Reading": "list status:reading tag:rlhf",
        "Read": "list status:read tag:rlhf",
    }
    assert "Only unread · #rlhf" in words(reply)


async def test_a_filter_that_nothing_passes_offers_the_whole_list(lab: Lab) -> None:
    await lab.say("save 1")
    reply = await lab.say("list #nowhere")
    assert "Nothing on your team's list matches" in words(reply)
    assert actions(reply) == {"The whole list": "list"}


async def test_long_lists_turn_pages_both_ways_and_say_where_they_end(lab: Lab) -> None:
    many = [paper(f"2601.{1000 + n:05d}", title=f"Paper {n}") for n in range(12)]
    lab.source.papers.update({one.id: one for one in many})
    await lab.say("save " + " ".join(str(one.id) for one in many))
    first = await lab.say("list")
    assert len(items(first)) == 10
    assert actions(first)["Next page"] == "list page:2"
    second = await lab.say(actions(first)["Next page"])
    assert len(items(second)) == 2
    assert "Next page" not in actions(second)
    assert await lab.say(actions(second)["Previous page"]) == first
    assert {row.title for row in (*items(first), *items(second))} == {one.title for one in many}
    beyond = await lab.say("list page:9")
    assert "The list ends at page 2" in words(beyond)
    assert await lab.say(actions(beyond)["Last page"]) == second


async def test_a_search_shows_titles_that_match_first_and_what_is_on_the_list(lab: Lab) -> None:
    await lab.say("save 3")
    [row] = items(await lab.say("search sparse atten"))
    assert row.details == ("Núñez", "2026", "on your list", "2601.00003")


async def test_a_search_turns_pages_as_long_as_there_is_more(lab: Lab) -> None:
    many = [paper(f"2601.{1000 + n:05d}", title=f"Compression {n}") for n in range(11)]
    async with lab.store() as tx:
        await tx.papers.add(many, seen_at=lab.clock.now())
        await tx.commit()
    first = await lab.say("search compression")
    assert [row.title for row in items(first)] == [f"Compression {n}" for n in range(10, 0, -1)]
    second = await lab.say(actions(first)["Next page"])
    assert [row.title for row in items(second)] == ["Compression 0"]
    assert set(actions(second)) == {"Previous page"}
    third = await lab.say("search compression page:3")
    assert "no more papers" in words(third)
    assert actions(third) == {"First page": "search compression"}


async def test_a_search_that_finds_nothing_offers_a_wider_one(lab: Lab) -> None:
    reply = await lab.say("search sparse attention zebra")
    assert 'Nothing about "sparse attention zebra"' in words(reply)
    assert actions(reply) == {'Search "sparse attention"': "search sparse attention"}
    assert actions(await lab.say("search zebra")) == {}


@pytest.mark.parametrize("given", ["2601.00003", "https://arxiv.org/abs/2601.00003v1"])
async def test_a_search_for_an_id_or_link_finds_that_paper(lab: Lab, given: str) -> None:
    reply = await lab.say(f"search {given}")
    assert [row.title for row in items(reply)] == ["Sparse Attention for Long Documents"]
    assert actions(reply) == {"Show 2601.00003": "show 2601.00003"}


async def test_a_search_for_an_id_never_seen_offers_to_show_it(lab: Lab) -> None:
    reply = await lab.say("search 2601.08001")
    assert "I have not seen 2601.08001 yet" in words(reply)
    assert actions(reply) == {"Show 2601.08001": "show 2601.08001"}


async def test_mine_are_mine_alone_even_where_another_ones_name_begins_like_mine(lab: Lab) -> None:
    await lab.say("save 1")
    await lab.say("save 2", user="adam")
    reply = await lab.say("list by:me")
    assert "Only saved by you" in words(reply)
    assert [item.title for item in items(reply)] == ["When Verifiers Lie: Process Rewards under Shift"]
    assert len(items(await lab.say(actions(reply)["Unread"]))) == 1
