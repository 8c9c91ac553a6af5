"""A week in Discord, from inviting the bot to Friday: at its end the list is what a plain model says."""

from bot.papers import ArxivId
from tests.end_to_end import week
from tests.end_to_end.discord_team import CHARACTERS, DiscordTeam, open_team
from tests.end_to_end.team import paper_of
from tests.fakes.discord.model import Message


async def test_a_week_with_the_bot(sqlite_url: str) -> None:
    async with open_team(sqlite_url) as team:
        await invited_and_subscribed(team)
        await week.emoji_on_monday(team)
        await answers_are_lost(team)
        await week.buttons_on_tuesday(team)
        await the_gateway_is_gone(team)
        await week.threads_on_wednesday(team)
        await week.pages_on_thursday(team)
        await the_bot_is_gone(team)
        await buttons_of_before_still_work(team)
        await week.threads_on_friday(team)
        await a_message_names_a_paper(team)
        await others_see_nothing(team)
        assert await team.remembered() == dict(team.model)
        posted = team.server.posted()
        assert not any(message.pings for message in posted)
        papers = [paper_of(message) for message in posted if message.buttons and "Save" in message.buttons[0]]
        assert len(papers) == len(set(papers)) == 25


async def invited_and_subscribed(team: DiscordTeam) -> None:
    """Not by who may not; by a form of three modals, of which one is refused at first."""
    team.invite()
    ada, ben = team.person("ada"), team.person("ben")
    refused = await ben.uses("/papers subscribe", in_=team.channel)
    assert 'Only people with "Manage Channels"' in (await refused.reply()).shown
    panel = await (await ada.uses("/papers subscribe", in_=team.channel)).reply()
    modal = (await ada.clicks(panel, "page:1:ask subscribe")).modal
    assert modal is not None
    wrong = await (await ada.submits(modal, {"Papers at the most": "99"})).reply()
    again = (await ada.clicks(wrong, "Try again")).modal
    assert again is not None
    said = await (await ada.submits(again, {"Papers at the most": "5", "Time zone": "Europe/London"})).reply()
    assert "Europe/London" in said.shown
    assert "5 at the most" in said.shown


async def answers_are_lost(team: DiscordTeam) -> None:
    """To the next posts, of which none will be doubled; and Discord asks to connect anew."""
    for fault in ("drop_after", "error_after", "error_before"):
        team.discord.fail("POST /channels/{channel}/messages", fault)
    resumed = team.discord.gateway.resumed
    team.discord.gateway.ask_to_reconnect()
    await team.discord.until(lambda: team.discord.gateway.resumed > resumed)


async def the_gateway_is_gone(team: DiscordTeam) -> None:
    """Without a word, while somebody reacts: the session is resumed, and told of it."""
    monday = next(iter(team.model))
    resumed = team.discord.gateway.resumed
    await team.discord.gateway.drop()
    await team.reacts("cleo", posted(team, monday), "bookmark")
    assert team.discord.gateway.resumed == resumed + 1
    team.model[monday].savers.add("cleo")


async def the_bot_is_gone(team: DiscordTeam) -> None:
    """While nothing listens, emoji are put on posts and taken back: they are compared when it starts again."""
    first, *_ = [paper for paper, remembered in team.model.items() if remembered.savers == {"cleo"}]
    monday = next(iter(team.model))
    await team.stops()
    async with team.done.more(2):
        team.person("ben").reacts(posted(team, first), CHARACTERS["star"])
        team.person("ada").unreacts(posted(team, monday), CHARACTERS["bookmark"])
        await team.starts()
    team.model[first].savers.add("ben")
    team.model[monday].savers.remove("ada")


async def buttons_of_before_still_work(team: DiscordTeam) -> None:
    """The oldest post's, after the restart."""
    monday = next(iter(team.model))
    await team.presses("ada", posted(team, monday), "✓ Saved · 2 people")
    team.model[monday].savers.add("ada")


async def a_message_names_a_paper(team: DiscordTeam) -> None:
    """Its content is not told until somebody opens its menu."""
    paper = next(paper for paper, remembered in team.model.items() if remembered.savers == {"ben"})
    written = team.person("ben").writes(f"have you seen {paper.url}?", in_=team.channel)
    await (await team.person("cleo").uses_context_menu("Save paper", written)).reply()
    team.model[paper].savers.add("cleo")


def posted(team: DiscordTeam, paper: ArxivId) -> Message:
    """The post of a paper in the channel."""
    [found] = [message for message in team.messages if paper.url in message.links]
    return found


async def others_see_nothing(team: DiscordTeam) -> None:
    """Another server that invites the bot has a list of its own, and its channel is brought nothing."""
    other = team.discord.guild("other")
    eve, room = other.user("eve"), other.channel("room")
    for line, options in (("list", {}), ("today", {}), ("show", {"paper": "1"}), ("list", {"by": "ada"})):
        shown = (await (await eve.uses(f"/papers {line}", in_=room, **options)).reply()).shown
        assert not any(paper.value in shown for paper in team.model)
    assert room.messages == []
