"""What Discord offers while somebody types an option."""

import pytest

from bot.commands import Blank, Complete
from bot.messages import Choice, Form, Input, InputKind, Notice, Reply, Tone
from tests.platform.discord.desk import Desk

pytestmark = pytest.mark.asyncio(loop_scope="module")


def offering(*choices: Choice) -> Reply:
    return Reply((Form("", "", "", (Input("", "", InputKind.ONE_OF, choices=choices),)),))


@pytest.mark.parametrize(
    ("verb", "option", "blank"),
    [
        ("save", "paper", Blank.PAPER),
        ("summary", "paper", Blank.PAPER),
        ("tag", "tags", Blank.TAGS),
        ("list", "tag", Blank.TAG),
        ("subscribe", "topics", Blank.TOPICS),
        ("subscribe", "zone", Blank.ZONE),
        ("team language", "language", Blank.LANGUAGE),
        ("today", "date", Blank.EDITION),
        ("channel pause", "until", Blank.COMING),
        ("help", "verb", Blank.VERB),
    ],
)
async def test_the_product_says_what_an_option_can_become(desk: Desk, verb: str, option: str, blank: Blank) -> None:
    desk.product.reply = offering(Choice("1 · Attention", "2601.00001"))
    offered = await desk.ada.autocompletes(f"/papers {verb}", option, "atten", in_=desk.papers)
    assert offered == [("1 · Attention", "2601.00001")]
    assert desk.product.commands == [Complete(blank, "atten")]
    assert desk.product.heard[0][1].channel_name == "#papers"


async def test_where_there_is_nothing_to_offer_nothing_is_and_what_is_typed_works_all_the_same(desk: Desk) -> None:
    desk.product.reply = Reply((Notice("Something broke.", Tone.PROBLEM),))
    assert await desk.ada.autocompletes("/papers save", "paper", "x", in_=desk.papers) == []
    desk.product.breaks = 1
    assert await desk.ada.autocompletes("/papers save", "paper", "y", in_=desk.papers) == []
