"""Each event is handled once, whatever becomes of connections and processes."""

import asyncio
from datetime import timedelta

from bot.commands import React
from bot.messages import Card
from tests.fakes.slack.model import Message
from tests.platform.slack.conftest import Lab


async def post(lab: Lab) -> Message:
    await lab.platform.post(f"{lab.workspace.id}/{lab.papers.id}", Card(title="A paper"), key="key-1")
    return lab.papers.messages[-1]


async def finished(lab: Lab) -> None:
    await lab.slack.until(lambda: all(delivery.over for delivery in lab.slack.deliveries))


async def test_an_event_that_is_sent_again_is_not_handled_again(connected: Lab) -> None:
    await connected.ada.reacts(await post(connected), "bookmark")
    [event] = [one.payload for one in connected.slack.deliveries if one.event == "reaction_added"]
    again = connected.slack._deliveries.tell(event)
    await again.tried.wait()
    assert again.failure == ""
    assert len(connected.product.heard) == 1


async def test_an_event_that_could_not_be_handled_is_not_acknowledged_and_handled_when_it_comes_again(
    connected: Lab,
) -> None:
    connected.slack.ack_timeout = 0.3
    message = await post(connected)
    connected.product.breaks = 1
    await connected.ada.reacts(message, "bookmark")
    await finished(connected)
    [delivery] = [one for one in connected.slack.deliveries if one.event == "reaction_added"]
    assert delivery.attempts[0].ack is None
    assert delivery.ack is not None
    assert [type(command) for command in connected.product.commands] == [React, React]


async def test_an_event_is_handled_by_another_process_when_the_first_died_over_it(lab: Lab) -> None:
    lab.slack.ack_timeout = 0.3
    async with lab.starting() as first:
        message = await post(lab)
        lab.product.wait = asyncio.Event()
        reacting = asyncio.create_task(lab.ada.reacts(message, "bookmark"))
        await lab.product.hears()
        await first.work.finish(grace=0)  # as a killed process leaves it: begun, and never finished
    lab.product.wait = None
    lab.clock.advance(timedelta(seconds=30))
    async with lab.starting():
        await reacting
        await lab.product.hears(2)
        await finished(lab)
    assert [type(command) for command in lab.product.commands] == [React, React]


async def test_two_processes_share_the_events(lab: Lab) -> None:
    async with lab.starting(), lab.starting():
        message = await post(lab)
        for emoji in ("bookmark", "+1", "memo"):
            await lab.ada.reacts(message, emoji)
            await lab.ada.unreacts(message, emoji)
        [event, *_] = [one.payload for one in lab.slack.deliveries if one.event == "reaction_added"]
        for again in [lab.slack._deliveries.tell(event) for _ in range(4)]:
            await again.tried.wait()
        assert len(lab.product.heard) == 6


async def test_a_slow_event_is_acknowledged_while_it_goes_on(lab: Lab) -> None:
    async with lab.starting(patience=0.05):
        message = await post(lab)
        lab.product.wait = asyncio.Event()
        delivery = await lab.ada.reacts(message, "memo")
        assert delivery is not None
        assert delivery.ack is not None
        lab.product.wait.set()
    assert len(lab.product.heard) == 1


async def test_an_event_is_acknowledged_though_the_database_is_busy_and_handled_when_it_is_not(lab: Lab) -> None:
    async with lab.starting(patience=0.05):
        message = await post(lab)
        async with lab.store() as tx:
            await tx.inbox.begin("slack", "another", now=lab.clock.now(), until=lab.clock.now())
            delivery = await lab.ada.reacts(message, "bookmark")
            assert delivery is not None
            assert delivery.ack is not None
            assert lab.product.heard == []
        await lab.product.hears()


async def test_it_connects_again_when_slack_asks_it_to_and_nothing_is_lost_or_doubled(connected: Lab) -> None:
    message = await post(connected)
    slack = connected.slack
    await slack.sockets.ask_to_leave("refresh_requested")
    await connected.ada.reacts(message, "bookmark")
    await connected.ada.unreacts(message, "bookmark")
    await finished(connected)
    assert len(connected.product.heard) == 2


async def test_it_connects_again_after_the_connection_broke_without_a_word(connected: Lab) -> None:
    message = await post(connected)
    connected.slack.sockets.drop()
    await connected.ada.reacts(message, "bookmark")
    await finished(connected)
    assert [type(command) for command in connected.product.commands] == [React]
    await connected.slack.until(lambda: connected.slack.sockets.connected == 1)


class _NoTicket(set[str]):
    """No address that is given out is good."""

    def add(self, ticket: str, /) -> None:
        pass


async def test_it_finds_its_way_back_though_an_address_that_it_was_given_is_good_no_more(connected: Lab) -> None:
    slack, asked = connected.slack, len(connected.slack.calls_to("apps.connections.open"))
    slack.sockets._tickets = _NoTicket()
    slack.sockets.drop()
    await slack.until(lambda: len(slack.calls_to("apps.connections.open")) > asked and slack.sockets.connected == 0)
    slack.sockets._tickets = set()
    await slack.until(lambda: slack.sockets.connected == 1)
    await connected.ada.reacts(await post(connected), "bookmark")
    assert len(connected.product.heard) == 1
