"""Slack as a page: what the bot really says about the sample papers, rendered for Slack."""

import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from pydantic import SecretStr

from adapters.slack.render import home, message, messages
from adapters.slack.render_forms import modal, refusal
from bot.app import open_app
from bot.cards import answers, forms
from bot.commands import HomeTab, Mention, ShowHome, filled
from bot.config import Settings
from bot.editions import MessageRef
from bot.messages import Form, Reply
from docs.gallery import slack_digests, slack_rarities
from docs.gallery.block_html import CHART, posted, section, view
from docs.gallery.slack_room import PLATFORM, Lab, Room

HERE = Path(__file__).parent
WANTED = "topics:reasoning,agents size:3 at:08:00 zone:Europe/Berlin"

FORMS: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("Tagging", "ask tag 3", {}),
    ("A tag that will not do", "ask tag 3", {"tags": "long/context"}),
    ("Noting", "ask note 2", {}),
    ("Settings", "settings", {}),
    ("Settings that will not do", "settings", {"categories": "cs.XL", "size": "90", "zone": "Europe/Berlyn"}),
)
"""Titles, lines that open a form, and what is typed into it."""

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Paper Round in Slack</title>
<style>
{style}</style>
<h1>Paper Round in Slack</h1>
<p class="quiet">What the bot says about invented papers. <code>python -m docs.gallery</code> makes this page.</p>
{sections}
</html>
"""


async def files() -> dict[str, bytes]:
    """The page, and the picture in it, by their names. The page is the same each time."""
    async with _lab() as lab:
        sections = [section async for section in _sections(lab)]
    async with _lab() as lab:
        sections += [section async for section in slack_digests.sections(lab)]
        chart = lab.room.picture
    page = _PAGE.format(style=(HERE / "slack.css").read_text("utf-8"), sections="\n".join(sections))
    return {"slack.html": page.encode(), CHART: chart}


@asynccontextmanager
async def _lab() -> AsyncIterator[Lab]:
    with tempfile.TemporaryDirectory() as directory:
        settings = Settings(database_url=SecretStr(f"sqlite:///{directory}/gallery.db"))
        async with open_app(settings, now=slack_rarities.MORNING, sample=True) as app:
            yield Lab(app, Room())


def _private(reply: Reply) -> str:
    return "\n".join(posted(each, private=True) for each in messages(reply))


def _modal(reply: Reply, typed: Mapping[str, str]) -> str:
    """The form of a reply; where something is `typed` into it, as it stands when that was refused."""
    form = next(part for part in reply.parts if isinstance(part, Form))
    inputs = tuple(replace(one, values=(typed[one.name],)) if one.name in typed else one for one in form.inputs)
    answered = filled(form.command, typed) if typed else {}
    problems = {name: forms.problem(slip) for name, slip in answered.items()} if isinstance(answered, dict) else {}
    return view(modal(replace(form, inputs=inputs)), refusal(problems)["errors"])


async def _sections(lab: Lab) -> AsyncIterator[str]:
    subscribed = await lab.says(f"subscribe {WANTED}")
    await lab.says(f"subscribe {WANTED} layout:compact", channel="reading-group")
    await lab.morning()
    yield section("The morning post", *(lab.post("papers", number) for number in range(4)))
    yield section("The same, compact: one message, whose thread holds the papers", lab.post("reading-group", 0))
    await lab.says("save 2", name="Ben")
    saved = await lab.says("save 2")
    yield section(
        "After two saves: the post, and what the second asker alone sees", lab.post("papers", 2), _private(saved)
    )
    summary = await lab.says("summary 2")
    yield section("A summary", _private(summary), lab.post("papers", 2))
    yield section("A paper in full", _private(await lab.says("show 2")))
    for number in range(1, 14):
        await lab.says(f"save 9912.{number:05d}", name=("Ada", "Ben", "Chiara")[number % 3])
    await lab.says("tag 2 rlhf verifiers")
    yield section("The reading list, ten a page", _private(await lab.says("list")))
    pasted = Mention(MessageRef(PLATFORM, "papers", "a message of Ben's"), "Nice: https://arxiv.org/abs/9912.00017")
    yield section(
        "Somebody pastes a link to a paper that was posted before", _private(await lab.does(pasted, name="Ben"))
    )
    yield section("Help", _private(await lab.says("help")))
    for tab in HomeTab:
        yield section(f"Home: {tab}", view(home(await lab.does(ShowHome(tab)))))
    yield section("Subscribed", _private(subscribed))
    for title, line, typed in FORMS:
        yield section(title, _modal(await lab.says(line), typed))
    yield section("Errors", *[_private(await lab.says(line)) for line in ("sav 2", "show 2601.99999", "tag 2")])
    yield section("An error of ours", _private(Reply((answers.broken("7Q4K"),))))
    yield section("Days without papers", *(posted(message(shown)) for shown in slack_rarities.empty_days()))
    yield section("Titles of every kind", *(posted(message(card)) for card in slack_rarities.titles()))
