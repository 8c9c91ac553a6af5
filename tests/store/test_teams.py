from dataclasses import replace
from datetime import time

from bot.teams import Adjustment, Interests, Layout, Offers, Subscription, Team, Topic
from tests import factories
from tests.factories import NOON
from tests.store.scene import Scene


async def test_a_sender_is_the_same_member_and_channel_each_time(scene: Scene) -> None:
    member, channel = await scene.tx.teams.identify(factories.sender("ada"))

    assert (member, channel) == (scene.ada, scene.channel)
    assert await scene.tx.teams.member(member.id) == member
    assert await scene.tx.teams.channel(channel.id) == channel
    assert (member.platform, member.external_id, member.name) == ("terminal", "ada", "Ada")
    assert (channel.platform, channel.external_id, channel.name) == ("terminal", "papers", "#papers")


async def test_names_are_kept_up_to_date(scene: Scene) -> None:
    renamed = replace(factories.sender("ada"), user_name="Ada Okafor", channel_name="#reading")

    member, channel = await scene.tx.teams.identify(renamed)

    assert (member.id, member.name) == (scene.ada.id, "Ada Okafor")
    assert (channel.id, channel.name) == (scene.channel.id, "#reading")


async def test_whether_a_channel_is_private_is_kept_up_to_date(scene: Scene) -> None:
    assert not scene.channel.private

    _, closed = await scene.tx.teams.identify(replace(factories.sender("ada"), channel_private=True))
    assert closed == replace(scene.channel, private=True)
    assert await scene.tx.teams.channel(closed.id) == closed

    _, opened = await scene.tx.teams.identify(factories.sender("ada"))
    assert opened == scene.channel


async def test_a_channel_that_changed_is_known_as_it_is_before_anybody_speaks_there(scene: Scene) -> None:
    await scene.tx.teams.channel_changed("terminal", "papers", name="#deals", private=True)
    await scene.tx.teams.channel_changed("slack", "papers", name="#elsewhere", private=False)

    assert await scene.tx.teams.channel(scene.channel.id) == replace(scene.channel, name="#deals", private=True)


async def test_whether_a_channel_is_a_forum_is_kept_up_to_date(scene: Scene) -> None:
    _, forum = await scene.tx.teams.identify(replace(factories.sender("ada"), channel_forum=True))
    assert forum == replace(scene.channel, forum=True)
    assert await scene.tx.teams.channel(forum.id) == forum


async def test_people_of_one_workspace_are_one_team_and_those_of_another_are_not(scene: Scene) -> None:
    colleague = await scene.member("grace")
    stranger, elsewhere = await scene.tx.teams.identify(factories.sender("ada", workspace="institute"))
    guest, _ = await scene.tx.teams.identify(factories.sender("ada", platform="slack"))

    assert colleague.team_id == scene.team_id
    assert colleague.id != scene.ada.id
    assert len({scene.team_id, stranger.team_id, guest.team_id}) == 3
    assert elsewhere.team_id == stranger.team_id
    assert len({scene.ada.id, stranger.id, guest.id}) == 3


async def test_a_subscription_is_kept_in_full(scene: Scene) -> None:
    wanted = Subscription(
        id=99,
        team_id=scene.team_id,
        channel_id=scene.channel.id,
        interests=Interests(("cs.CL", "cs.LG"), (Topic("reasoning"),), ("process reward",), ("survey",), ("Wei Tan",)),
        size=7,
        days=frozenset({0, 2, 6}),
        at=time(7, 45),
        zone="Europe/Berlin",
        layout=Layout.COMPACT,
        offers=Offers.NOTE,
        made_by=scene.ada.id,
    )

    stored = await scene.tx.teams.subscribe(wanted)

    assert stored == replace(wanted, id=stored.id)
    assert await scene.tx.teams.subscription_of(scene.channel.id) == stored
    assert await scene.tx.teams.subscriptions() == [stored]


async def test_a_channels_new_subscription_takes_the_place_and_the_id_of_the_old_one(scene: Scene) -> None:
    first = await scene.subscription()

    second = await scene.tx.teams.subscribe(replace(first, size=12, interests=Interests(("math.ST",))))

    assert second == replace(first, size=12, interests=Interests(("math.ST",)))
    assert await scene.tx.teams.subscriptions() == [second]


async def test_a_subscription_that_ended_stands_no_more_and_is_known_by_its_id(scene: Scene) -> None:
    ended = await scene.subscription()

    assert await scene.tx.teams.unsubscribe(scene.channel.id, at=NOON)

    assert await scene.tx.teams.subscription_of(scene.channel.id) is None
    assert await scene.tx.teams.subscriptions() == []
    assert await scene.tx.teams.team_subscriptions(scene.team_id) == []
    assert await scene.tx.teams.subscription(ended.id) == ended
    assert not await scene.tx.teams.unsubscribe(scene.channel.id, at=NOON)


async def test_subscribing_again_revives_a_subscription_with_its_editions(scene: Scene) -> None:
    edition = await scene.edition(factories.paper())
    ended = await scene.subscription()
    await scene.tx.teams.unsubscribe(scene.channel.id, at=NOON)

    revived = await scene.tx.teams.subscribe(replace(ended, size=3))

    assert revived == replace(ended, size=3)
    assert await scene.tx.teams.subscription_of(scene.channel.id) == revived
    assert await scene.tx.editions.latest(scene.channel.id) == edition


async def test_a_teams_subscriptions_come_with_their_channels(scene: Scene) -> None:
    second = await scene.tx.teams.identify(replace(factories.sender(channel="second"), channel_private=True))
    third = await scene.tx.teams.identify(factories.sender(channel="third"))
    strange = await scene.tx.teams.identify(factories.sender(workspace="institute"))
    made = {
        channel: await scene.tx.teams.subscribe(Subscription(0, channel.team_id, channel.id, Interests(("cs.CL",))))
        for channel in (strange[1], third[1], scene.channel, second[1])
    }
    await scene.tx.teams.unsubscribe(third[1].id, at=NOON)

    theirs = [(made[channel], channel) for channel in (scene.channel, second[1])]
    assert await scene.tx.teams.team_subscriptions(scene.team_id) == theirs


async def test_a_channel_that_never_subscribed_cannot_unsubscribe(scene: Scene) -> None:
    assert not await scene.tx.teams.unsubscribe(scene.channel.id, at=NOON)


async def test_a_members_own_settings_are_kept_in_full_until_others_take_their_place(scene: Scene) -> None:
    grace = await scene.member("grace")
    own = Adjustment(("cs.RO",), (Topic("agents"),), ("verifier",), (), ("Wei Tan",), 8)

    await scene.tx.teams.adjust(scene.ada.id, own)
    assert await scene.tx.teams.adjustment(scene.ada.id) == own
    assert await scene.tx.teams.adjustment(grace.id) == Adjustment()

    await scene.tx.teams.adjust(scene.ada.id, Adjustment(topics=()))
    assert await scene.tx.teams.adjustment(scene.ada.id) == Adjustment(topics=())


async def test_a_team_has_the_language_it_chose_and_at_first_none(scene: Scene) -> None:
    _, elsewhere = await scene.tx.teams.identify(factories.sender("ada", workspace="institute"))
    assert await scene.tx.teams.team(scene.team_id) == Team(scene.team_id, "lab", None)

    await scene.tx.teams.set_language(scene.team_id, "de")
    assert (await scene.tx.teams.team(scene.team_id)).language == "de"
    assert (await scene.tx.teams.team(elsewhere.team_id)).language is None

    await scene.tx.teams.set_language(scene.team_id, None)
    assert (await scene.tx.teams.team(scene.team_id)).language is None


async def test_a_channel_without_a_subscription_has_none(scene: Scene) -> None:
    assert await scene.tx.teams.subscription_of(scene.channel.id) is None
