"""What the bot really says about the sample papers, drawn as a platform shows it."""

from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, datetime, time

from bot.cards import answers
from bot.commands import HomeTab, Mention, ShowHome
from bot.editions import MessageRef
from bot.errors import PlatformError
from bot.messages import Reply
from docs.gallery import rarities
from docs.gallery.digests import SAID
from docs.gallery.lab import CHART, Drawing, Lab, open_lab
from docs.gallery.later import days_after
from docs.gallery.page import page, section
from docs.gallery.room import Room

WANTED = "topics:reasoning,agents size:3 at:08:00 zone:Europe/Berlin"
DIGESTED = "at:08:00 zone:Europe/Berlin size:8 layout:compact digests:weekly,monthly"

FRIDAY = datetime(2026, 1, 16, 15, 0, tzinfo=UTC)
FEBRUARY = datetime(2026, 2, 2, 7, 0, tzinfo=UTC)

FORMS: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("Tagging", "ask tag 3", {}),
    ("A tag that will not do", "ask tag 3", {"tags": "long/context"}),
    ("Noting", "ask note 2", {}),
    ("Settings", "settings", {}),
    ("Settings that will not do", "settings", {"categories": "cs.XL", "size": "90", "zone": "Europe/Berlyn"}),
)
"""Titles, lines that open a form, and what is typed into it."""


async def files(
    platform: str, room: Callable[[], Room], drawing: Drawing, style: str, closed: PlatformError, *more: str
) -> dict[str, bytes]:
    """The page of a platform, and the picture in it, by their names. The page is the same each time.

    `closed` is what the platform says where nothing can be posted any more; `more` are scenes that only it has.
    """
    async with open_lab(room(), drawing) as lab:
        scenes = [scene async for scene in _day(lab)]
    async with open_lab(room(), drawing) as lab:
        scenes += [scene async for scene in days_after(lab, closed)]
    async with open_lab(room(), drawing) as lab:
        scenes += [scene async for scene in _digests(lab)]
        chart = lab.room.picture
    return {f"{platform.casefold()}.html": page(platform, style, [*scenes, *more]).encode(), CHART: chart}


async def _day(lab: Lab) -> AsyncIterator[str]:
    posted, private = lab.drawing.posted, lab.drawing.private
    subscribed = await lab.says(f"subscribe {WANTED}")
    await lab.says(f"subscribe {WANTED} layout:compact", channel="reading-group")
    await lab.morning()
    yield section("The morning post", *(lab.post("papers", number) for number in range(4)))
    yield section("The same, compact: one message, whose thread holds the papers", lab.post("reading-group", 0))
    await lab.says("save 2", name="Ben")
    saved = await lab.says("save 2")
    yield section(
        "After two saves: the post, and what the second asker alone sees", lab.post("papers", 2), private(saved)
    )
    summary = await lab.says("summary 2")
    yield section("A summary", private(summary), lab.post("papers", 2))
    yield section("A paper in full", private(await lab.says("show 2")))
    for number in range(1, 14):
        await lab.says(f"save 9912.{number:05d}", name=("Ada", "Ben", "Chiara")[number % 3])
    await lab.says("tag 2 rlhf verifiers")
    yield section("The reading list, ten a page", private(await lab.says("list")))
    pasted = Mention(
        MessageRef(lab.room.name, "papers", "a message of Ben's"), "Nice: https://arxiv.org/abs/9912.00017"
    )
    yield section(
        "Somebody pastes a link to a paper that was posted before", private(await lab.does(pasted, name="Ben"))
    )
    yield section("Help", private(await lab.says("help")))
    for tab in HomeTab:
        if home := lab.drawing.home(await lab.does(ShowHome(tab))):
            yield section(f"Home: {tab}", home)
    yield section("Subscribed", private(subscribed))
    for title, line, typed in FORMS:
        yield section(title, lab.asked(await lab.says(line), typed))
    yield section("Errors", *[private(await lab.says(line)) for line in ("sav 2", "show 2601.99999", "tag 2")])
    yield section("An error of ours", private(Reply((answers.broken("7Q4K"),))))
    yield section("Titles of every kind", *(posted(card) for card in rarities.titles()))


async def _digests(lab: Lab) -> AsyncIterator[str]:
    """A week and a month, as their threads stand in a channel once they are over."""
    await lab.says(f"subscribe {DIGESTED}")
    await lab.morning()
    for name, lines in SAID.items():
        for line in lines:
            await lab.says(line, name=name.capitalize())
    await lab.digests(FRIDAY)
    yield section("A week in one thread", lab.post("papers", -1, at=time(16)))
    await lab.digests(FEBRUARY)
    yield section("A month, with its chart", lab.post("papers", -1))
