"""What stands under a message in Discord: in its thread, which is made when it is needed."""

import pytest

from adapters.discord.platform import DiscordPlatform
from bot.editions import MessageRef
from bot.errors import PlatformError
from bot.messages import Card
from tests.factories import NOON
from tests.fakes.discord import FakeDiscord, Permission
from tests.fakes.discord.guild import Guild
from tests.fakes.discord.model import Channel, Message
from tests.fakes.discord.person import Person
from tests.platform.discord import places

HEADER = Card(title="Papers for Thursday, 15 January: 1. [a] *b*", number=1, url="https://arxiv.org/abs/2601.00001")
REPLY = Card(title="A paper", url="https://arxiv.org/abs/2601.00001")
SEND = "POST /channels/{channel}/messages"
OPEN = "POST /channels/{channel}/messages/{message}/threads"


@pytest.fixture
def place(papers: Channel) -> str:
    return places.place(papers)


@pytest.fixture
async def header(platform: DiscordPlatform, place: str) -> MessageRef:
    return await platform.post(place, HEADER, key="key-0")


def thread(papers: Channel) -> Channel:
    found = papers.messages[0].thread
    assert found
    return found


def replies(papers: Channel) -> list[str]:
    """The ids of what is in the first message's thread."""
    return [message.id for message in thread(papers).messages]


async def test_a_reply_makes_the_thread_called_as_the_message_and_is_found_in_it_alone(
    platform: DiscordPlatform, papers: Channel, place: str, header: MessageRef
) -> None:
    reply = await platform.post(place, REPLY, key="key-1", under=header)
    assert thread(papers).name == HEADER.title
    assert replies(papers) == [reply.message]
    assert reply.channel == f"{place.partition('/')[0]}/{header.message}"
    assert await platform.find(place, "key-1", since=NOON, under=header) == reply
    assert await platform.find(place, "key-1", since=NOON) is None
    assert await platform.find(place, "key-0", since=NOON, under=header) is None


async def test_further_replies_stand_in_the_same_thread(
    platform: DiscordPlatform, fake: FakeDiscord, papers: Channel, place: str, header: MessageRef
) -> None:
    first = await platform.post(place, REPLY, key="key-1", under=header)
    second = await platform.post(place, REPLY, key="key-2", under=header)
    under_a_reply = await platform.post(place, REPLY, key="key-3", under=first)
    assert replies(papers) == [first.message, second.message, under_a_reply.message]
    assert await platform.find(place, "key-3", since=NOON, under=second) == under_a_reply
    assert len(fake.calls_to(OPEN)) == 1


async def test_a_thread_that_another_reply_made_meanwhile_is_used(
    platform: DiscordPlatform, fake: FakeDiscord, papers: Channel, place: str, header: MessageRef
) -> None:
    first = await platform.post(place, REPLY, key="key-1", under=header)
    fake.fail(SEND, 10003)
    second = await platform.post(place, REPLY, key="key-2", under=header)
    assert fake.calls_to(OPEN)[-1].code == 160004
    assert replies(papers) == [first.message, second.message]


async def test_a_thread_for_talking_is_opened_once_and_called_as_the_paper(
    platform: DiscordPlatform, papers: Channel, place: str, header: MessageRef
) -> None:
    await platform.discuss(header, Card(title="When Verifiers Lie"))
    await platform.discuss(header, Card(title="When Verifiers Lie"))
    assert [each.name for each in papers.threads] == ["When Verifiers Lie"]
    reply = await platform.post(place, REPLY, key="key-1", under=header)
    assert replies(papers) == [reply.message]


async def test_what_stands_in_a_thread_needs_none(
    platform: DiscordPlatform, papers: Channel, place: str, header: MessageRef
) -> None:
    reply = await platform.post(place, REPLY, key="key-1", under=header)
    await platform.discuss(reply, REPLY)
    assert len(papers.threads) == 1


async def test_before_there_is_a_thread_nothing_is_found_in_it(
    platform: DiscordPlatform, place: str, header: MessageRef
) -> None:
    assert await platform.find(place, "key-1", since=NOON, under=header) is None


@pytest.mark.parametrize("fault", ["drop_after", "error_after"])
async def test_a_reply_whose_answer_is_lost_is_found_again(
    platform: DiscordPlatform, fake: FakeDiscord, papers: Channel, place: str, header: MessageRef, fault: str
) -> None:
    await platform.discuss(header, HEADER)
    fake.fail(SEND, fault)
    with pytest.raises(PlatformError) as lost:
        await platform.post(place, REPLY, key="key-1", under=header)
    assert not lost.value.permanent
    found = await platform.find(place, "key-1", since=NOON, under=header)
    assert found
    assert replies(papers) == [found.message]


async def test_an_archived_thread_opens_for_a_reply_and_for_an_edit(
    platform: DiscordPlatform, lab: Guild, papers: Channel, place: str, header: MessageRef
) -> None:
    reply = await platform.post(place, REPLY, key="key-1", under=header)
    lab.owner.archives(thread(papers))
    await platform.edit(reply, Card(title="Saved by two"))
    assert thread(papers).messages[0].shown == "## Saved by two"
    lab.owner.archives(thread(papers))
    await platform.post(place, REPLY, key="key-2", under=header)
    assert len(replies(papers)) == 2


async def test_a_locked_thread_refuses_for_good(
    platform: DiscordPlatform, lab: Guild, papers: Channel, place: str, header: MessageRef
) -> None:
    await platform.discuss(header, HEADER)
    lab.owner.archives(thread(papers), locked=True)
    with pytest.raises(PlatformError) as refused:
        await platform.post(place, REPLY, key="key-1", under=header)
    assert refused.value.permanent


async def test_where_threads_may_not_be_made_a_reply_is_refused_for_good(
    platform: DiscordPlatform, lab: Guild, papers: Channel, place: str, header: MessageRef
) -> None:
    lab.owner.forbids(papers, Permission.CREATE_PUBLIC_THREADS)
    with pytest.raises(PlatformError) as refused:
        await platform.post(place, REPLY, key="key-1", under=header)
    assert refused.value.permanent


async def test_under_a_deleted_message_nothing_can_be_posted(
    platform: DiscordPlatform, lab: Guild, papers: Channel, place: str, header: MessageRef
) -> None:
    lab.owner.deletes(papers.messages[0])
    with pytest.raises(PlatformError) as refused:
        await platform.post(place, REPLY, key="key-1", under=header)
    assert refused.value.permanent


async def test_a_thread_that_a_person_began_is_used(
    platform: DiscordPlatform, ada: Person, papers: Channel, place: str, header: MessageRef
) -> None:
    begun: Message = papers.messages[0]
    ada.starts_thread(begun, "what do you think?")
    reply = await platform.post(place, REPLY, key="key-1", under=header)
    assert replies(papers) == [reply.message]
    assert thread(papers).name == "what do you think?"


async def test_a_thread_that_is_opened_with_its_message_costs_one_call(
    platform: DiscordPlatform, fake: FakeDiscord, papers: Channel, place: str, header: MessageRef
) -> None:
    before = len(fake.calls)
    await platform.discuss(header, HEADER)
    await platform.post(place, REPLY, key="key-1", under=header)
    assert len(fake.calls) == before + 2
    assert len(replies(papers)) == 1
