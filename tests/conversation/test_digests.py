"""`digest`: a week or a month, whenever somebody asks."""

from datetime import timedelta

import pytest

from bot.messages import Card
from tests.conversation.conftest import PAPERS, Lab, items, words
from tests.factories import paper


async def test_the_week_so_far_is_told_in_private_and_whole(lab: Lab) -> None:
    await lab.say("save 1")
    await lab.say("save 1", user="ben")
    await lab.say("note 1 compare with our baseline")

    reply = await lab.say("digest")

    assert reply.private
    assert words(reply).startswith("Week of 12 to 16 January: 3 papers posted, 1 saved, 1 discussed")
    assert [item.title for item in items(reply) if item.text] == [PAPERS[0].title, PAPERS[1].title, PAPERS[2].title]
    assert "saved by Ada and Ben · 1 note" in words(reply)


async def test_each_paper_links_to_its_post(lab: Lab) -> None:
    reply = await lab.say("digest")

    links = [link.url for item in items(reply) for link in item.links]
    assert links == [f"https://chat.example/papers/2026-01-15-{number}" for number in (1, 2, 3)]


async def test_another_week_is_named_by_any_date_in_it(lab: Lab) -> None:
    lab.clock.advance(timedelta(days=7))
    later = paper("2601.00009", title="Reading Lists for Agents")
    await lab.publish([later])

    assert "Reading Lists for Agents" in words(await lab.say("digest week"))
    assert "Reading Lists for Agents" not in words(await lab.say("digest 2026-01-13"))
    assert "When Verifiers Lie" in words(await lab.say("digest week 2026-01-13"))


async def test_a_month_has_its_leading_papers_and_a_chart(lab: Lab) -> None:
    await lab.say("save 2")

    reply = await lab.say("digest month")
    named = [await lab.say(line) for line in ("digest month 2026-01", "digest 2026-01", "digest month 2026-01-31")]

    above, first, *_ = [part for part in reply.parts if isinstance(part, Card)]
    assert above.title == "January 2026: 3 papers, 1 saved"
    assert above.image
    assert above.image.alt == "Papers of January 2026 by topic: reasoning 3."
    assert first.title == PAPERS[1].title
    assert named == [reply] * 3


async def test_a_paper_that_was_saved_without_being_picked_is_in_the_months_chart(lab: Lab) -> None:
    outside = paper("2601.00010", title="Tool Use and Function Calling with Autonomous Agents")
    await lab.announce([outside])
    await lab.say(f"save {outside.id}")

    reply = await lab.say("digest month")

    assert "Papers of January 2026 by topic: reasoning 3, agents 1." in [
        part.image.alt for part in reply.parts if isinstance(part, Card) and part.image
    ]


async def test_what_was_saved_in_another_month_is_not_in_this_one(lab: Lab) -> None:
    outside = paper("2601.00010", title="Tool Use with Autonomous Agents")
    await lab.announce([outside])
    lab.clock.advance(timedelta(days=16, hours=12))  # the first moment of February
    await lab.say(f"save {outside.id}")

    assert outside.title not in words(await lab.say("digest month 2026-01"))
    assert outside.title in words(await lab.say("digest month 2026-02"))


async def test_a_week_without_editions_says_so(lab: Lab) -> None:
    assert "There was no edition in this week." in words(await lab.say("digest 2025-11-03"))
    assert "There was no edition in this month." in words(await lab.say("digest month 2025-11"))


async def test_numbers_still_mean_the_daily_edition_after_a_digest(lab: Lab) -> None:
    await lab.say("digest")

    await lab.say("save 2")

    assert [entry.paper.id for entry in await lab.list()] == [PAPERS[1].id]


@pytest.mark.parametrize(
    "line", ["digest tomorrow", "digest week 2026-13-01", "digest year 2026", "digest week 2026-01"]
)
async def test_what_is_no_week_or_month_is_not_guessed(lab: Lab, line: str) -> None:
    reply = await lab.say(line)

    assert reply.failed
    assert "as a week or month" in words(reply)


async def test_a_channel_without_a_subscription_has_no_digest(lab: Lab) -> None:
    assert (await lab.say("digest", channel="elsewhere")).failed
