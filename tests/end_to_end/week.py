"""The days of a week that are alike in every chat. Each notes in the team's model what its people did."""

from tests.end_to_end.team import M, Remembered, Team, paper_of
from tests.fakes.desk import FRI, MON, THU, TUE, WED


async def emoji_on_monday(team: Team[M]) -> None:
    """Three people react, one of them takes it back, and a like is no save."""
    first, second, third, fourth, _ = await team.morning(MON)
    await team.reacts("ada", first, "bookmark")
    await team.reacts("ben", first, "star")
    await team.reacts("ben", second, "bookmark")
    await team.unreacts("ben", second, "bookmark")
    await team.reacts("ben", fourth, "star")
    await team.reacts("cleo", third, "+1::skin-tone-3")
    await team.reacts("cleo", third, "tada", heard=False)
    team.model[paper_of(first)].savers |= {"ada", "ben"}
    team.model[paper_of(fourth)].savers |= {"ben"}
    await team.brought_up_to_date()
    assert first.buttons[0] == "✓ Saved · 2 people"
    assert second.buttons[0] == "Save"


async def buttons_on_tuesday(team: Team[M]) -> None:
    """A button, a tag by a form that refuses another, and what stands behind "More"."""
    first, second, *_ = await team.morning(TUE)
    await team.presses("cleo", first, "Save")
    assert "#rl" in (await team.tags("ben", second, "not/a/tag", "rl, Agents")).shown
    await team.chooses("ben", first, "Mark as read")
    team.model[paper_of(first)] = Remembered({"cleo"}, status="read")
    team.model[paper_of(second)] = Remembered({"ben"}, {"rl", "agents"})
    await team.brought_up_to_date()
    assert [first.buttons[0], second.buttons[0]] == ["✓ Saved · 1 person"] * 2


async def threads_on_wednesday(team: Team[M]) -> None:
    """A summary is posted once, under its paper, and talked about there; a note."""
    first, second, *_ = await team.morning(WED)
    await team.reacts("cleo", first, "bookmark")
    for name in ("ada", "cleo"):
        await team.presses(name, second, "Summarise")
    [summary] = team.thread(second)
    assert "Extract" in summary.shown
    await team.writes_in_thread("cleo", first, "does this hold for us?")
    await team.uses("ada", "note", paper="2", text="compare with ours")
    team.model[paper_of(first)].savers.add("cleo")
    team.model[paper_of(second)].savers.add("ada")


async def pages_on_thursday(team: Team[M]) -> None:
    """Eleven papers are two pages, which turn in place."""
    posts = await team.morning(THU)
    await team.uses("ada", "save", paper="1 2 3 4 5")
    for post in posts:
        team.model[paper_of(post)].savers.add("ada")
    listed = await team.uses("ada", "list")
    seen = set(listed.links)
    await team.turns("ada", listed, "Next page")
    assert seen | set(listed.links) == {paper.url for paper in team.model}


async def threads_on_friday(team: Team[M]) -> None:
    """Papers come in a thread now; undo takes the last change back."""
    await team.uses("ada", "settings", layout="compact")
    first, second, *_ = await team.morning(FRI)
    assert first not in team.messages
    assert paper_of(first).url in team.messages[-1].links
    await team.reacts("ben", first, "bookmark")
    await team.presses("cleo", second, "Save")
    team.model[paper_of(first)].savers.add("ben")
    team.model[paper_of(second)].savers.add("cleo")
    await team.uses("ada", "save", paper="3")
    assert "Taken back" in (await team.uses("ada", "undo")).shown
