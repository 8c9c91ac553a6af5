"""Discord as a `bot.ports.Platform`: what is posted is posted once, and what is refused says what to do."""

from datetime import timedelta

import pytest

from adapters.discord.platform import DiscordPlatform
from bot.editions import MessageRef
from bot.errors import PlatformError
from bot.messages import Action, Card, Notice
from bot.teams import Standing
from tests.factories import NOON
from tests.fakes.clock import FakeClock
from tests.fakes.discord import FakeDiscord, Permission
from tests.fakes.discord.guild import Guild
from tests.fakes.discord.model import Channel
from tests.fakes.discord.person import Person
from tests.platform.discord.places import place

CARD = Card(title="A paper", url="https://arxiv.org/abs/2601.00001", actions=(Action("Save", "save 2601.00001"),))
POST = "POST /channels/{channel}/messages"
EDIT = "PATCH /channels/{channel}/messages/{message}"


async def refusal(platform: DiscordPlatform, channel: Channel) -> PlatformError:
    with pytest.raises(PlatformError) as refused:
        await platform.post(place(channel), CARD, key="key-1")
    return refused.value


async def test_a_post_notifies_nobody_and_says_it_all(platform: DiscordPlatform, papers: Channel) -> None:
    await platform.post(place(papers), Card(title="@everyone <@1>", url=CARD.url), key="key-1")
    [message] = papers.messages
    assert message.pings == []
    assert message.allowed_mentions == {"parse": []}
    assert message.links == [CARD.url]


@pytest.mark.parametrize("fault", ["drop_after", "error_after", "malformed"])
async def test_a_post_whose_answer_is_lost_is_there_once_and_can_be_found(
    platform: DiscordPlatform, fake: FakeDiscord, papers: Channel, fault: str
) -> None:
    fake.fail(POST, fault)
    assert not (await refusal(platform, papers)).permanent
    assert len(fake.calls_to(POST)) == 1
    found = await platform.find(place(papers), "key-1", since=NOON)
    assert found == MessageRef("discord", place(papers), papers.messages[0].id)


async def test_a_post_that_discord_had_is_not_doubled_though_it_is_sent_again_at_once(
    platform: DiscordPlatform, fake: FakeDiscord, papers: Channel
) -> None:
    fake.fail(POST, "drop_after")
    await refusal(platform, papers)
    again = await platform.post(place(papers), CARD, key="key-1")
    assert [message.id for message in papers.messages] == [again.message]


@pytest.mark.parametrize("fault", ["drop_before", "error_before", "unavailable"])
async def test_a_post_that_did_not_arrive_may_be_sent_again(
    platform: DiscordPlatform, fake: FakeDiscord, papers: Channel, fault: str
) -> None:
    fake.fail(POST, fault)
    assert not (await refusal(platform, papers)).permanent
    assert await platform.find(place(papers), "key-1", since=NOON) is None
    await platform.post(place(papers), CARD, key="key-1")
    assert len(papers.messages) == 1


@pytest.mark.parametrize(
    ("fault", "mend"),
    [
        (10003, "the channel is gone"),
        (10004, "papers discord invite"),
        (50001, "View Channel"),
        (50013, "Edit Channel > Permissions"),
        (200000, "AutoMod"),
    ],
)
async def test_what_discord_refuses_for_good_says_what_to_do_and_is_asked_once(
    platform: DiscordPlatform, fake: FakeDiscord, papers: Channel, fault: int, mend: str
) -> None:
    fake.fail(POST, fault)
    error = await refusal(platform, papers)
    assert error.permanent
    assert mend in str(error)
    assert len(fake.calls_to(POST)) == 1


async def test_what_discord_refuses_for_an_unknown_reason_is_told_by_its_code_and_may_pass(
    platform: DiscordPlatform, fake: FakeDiscord, papers: Channel
) -> None:
    fake.fail(POST, 160006)
    error = await refusal(platform, papers)
    assert not error.permanent
    assert "160006" in str(error)


async def test_a_deleted_channel_a_hidden_one_and_a_kicked_bot_are_refused_for_good(
    platform: DiscordPlatform, lab: Guild, papers: Channel
) -> None:
    lab.owner.forbids(papers, Permission.SEND_MESSAGES)
    assert (await refusal(platform, papers)).permanent
    lab.owner.forbids(papers, Permission.VIEW_CHANNEL)
    assert (await refusal(platform, papers)).permanent
    lab.owner.kicks_bot(lab)
    kicked = await refusal(platform, papers)
    assert kicked.permanent
    assert "papers discord invite" in str(kicked)
    lab.owner.invites_bot(lab)
    lab.owner.deletes_channel(papers)
    assert (await refusal(platform, papers)).permanent


async def test_a_key_is_found_among_many_messages_and_only_since_its_moment(
    platform: DiscordPlatform, papers: Channel, ada: Person, clock: FakeClock
) -> None:
    for _ in range(150):
        ada.writes("chatter", in_=papers)
    ref = await platform.post(place(papers), CARD, key="key-1")
    clock.advance(timedelta(seconds=1))
    last = await platform.post(place(papers), CARD, key="key-2")
    assert await platform.find(place(papers), "key-1", since=NOON) == ref
    assert await platform.find(place(papers), "key-2", since=clock.now()) == last
    assert await platform.find(place(papers), "key-1", since=clock.now()) is None


async def test_where_there_are_too_many_messages_to_look_through_it_cannot_tell(
    platform: DiscordPlatform, papers: Channel, ada: Person
) -> None:
    for _ in range(1000):
        ada.writes("chatter", in_=papers)
    with pytest.raises(PlatformError) as unknown:
        await platform.find(place(papers), "key-1", since=NOON)
    assert not unknown.value.permanent


async def test_what_cannot_be_read_is_not_taken_for_what_is_not_there(
    platform: DiscordPlatform, lab: Guild, papers: Channel
) -> None:
    lab.owner.forbids(papers, Permission.VIEW_CHANNEL)
    with pytest.raises(PlatformError):
        await platform.find(place(papers), "key-1", since=NOON)


async def test_an_edit_shows_anew_and_is_tried_again_where_discord_failed(
    platform: DiscordPlatform, fake: FakeDiscord, papers: Channel
) -> None:
    ref = await platform.post(place(papers), CARD, key="key-1")
    fake.fail(EDIT, "ratelimited", retry_after=0.01)
    await platform.edit(ref, Card(title="Saved by two"))
    assert papers.messages[0].shown == "## Saved by two"
    assert papers.messages[0].buttons == []


async def test_a_deleted_message_cannot_be_edited_for_good(
    platform: DiscordPlatform, papers: Channel, lab: Guild
) -> None:
    ref = await platform.post(place(papers), CARD, key="key-1")
    lab.owner.deletes(papers.messages[0])
    with pytest.raises(PlatformError) as refused:
        await platform.edit(ref, CARD)
    assert refused.value.permanent


@pytest.mark.parametrize(("name", "emoji"), [("bookmark", "🔖"), ("+1", "👍"), ("heart", "❤\ufe0f")])
async def test_a_mark_is_put_there_once_though_asked_for_twice(
    platform: DiscordPlatform, fake: FakeDiscord, papers: Channel, ada: Person, name: str, emoji: str
) -> None:
    written = ada.writes("hello", in_=papers)
    ref = MessageRef("discord", place(papers), written.id)
    await platform.mark(ref, name)
    await platform.mark(ref, name)
    assert written.reactions == {emoji: [fake.bot.id]}


async def test_an_emoji_that_nobody_knows_is_refused_for_good(platform: DiscordPlatform, papers: Channel) -> None:
    with pytest.raises(PlatformError) as refused:
        await platform.mark(MessageRef("discord", place(papers), "1"), "no_such_emoji")
    assert refused.value.permanent


async def test_what_a_person_is_told_has_no_buttons_but_links(
    platform: DiscordPlatform, lab: Guild, papers: Channel, ada: Person
) -> None:
    notice = Notice("One list now.", actions=(Action("List", "list"), Action("arXiv", url="https://arxiv.org")))
    await platform.tell(ada.id, f"{lab.id}/{papers.id}", notice)
    [told] = ada.direct_messages
    assert (told.buttons, told.links) == (["arXiv"], ["https://arxiv.org"])


async def test_who_takes_no_direct_messages_cannot_be_told_and_that_is_for_good(
    platform: DiscordPlatform, lab: Guild, papers: Channel
) -> None:
    ben = lab.user("ben", accepts_direct_messages=False)
    with pytest.raises(PlatformError) as refused:
        await platform.tell(ben.id, place(papers), Notice("Hello?"))
    assert refused.value.permanent


async def test_a_link_leads_to_the_message(platform: DiscordPlatform, lab: Guild, papers: Channel) -> None:
    ref = await platform.post(place(papers), CARD, key="key-1")
    assert await platform.link(ref) == f"https://discord.com/channels/{lab.id}/{papers.id}/{ref.message}"


async def test_a_channel_is_managed_by_who_may_change_it(
    platform: DiscordPlatform, fake: FakeDiscord, lab: Guild, papers: Channel, ada: Person
) -> None:
    mod, chief = lab.user("mod", manages=True), lab.user("chief", is_admin=True)
    own = lab.channel("own")
    lab.owner.allows(own, Permission.MANAGE_CHANNELS, ada)
    hidden = lab.channel("hidden", members=[ada])

    async def standing(who: Person, channel: Channel) -> Standing:
        return await platform.standing(who.id, place(channel))

    assert await standing(ada, papers) == Standing(manages=False, bot_is_in=True)
    assert await standing(ada, own) == Standing(manages=True, bot_is_in=True)
    assert await standing(mod, papers) == Standing(manages=True, bot_is_in=True)
    assert await standing(chief, papers) == Standing(manages=True, bot_is_in=True, administers=True)
    assert await standing(lab.owner, papers) == Standing(manages=True, bot_is_in=True, administers=True)
    assert await standing(chief, hidden) == Standing(manages=True, bot_is_in=False, administers=True)
    for needed in (Permission.SEND_MESSAGES, Permission.READ_MESSAGE_HISTORY, Permission.SEND_MESSAGES_IN_THREADS):
        room = lab.channel("room")
        lab.owner.forbids(room, needed | Permission.ADD_REACTIONS)
        [title] = (await standing(ada, room)).lacking
        assert title.upper().replace(" ", "_") == needed.name
        assert not (await standing(ada, room)).bot_is_in
