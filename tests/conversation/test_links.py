"""A code joins two workspaces to one reading list, and each can leave with a copy."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.commands import Mention, parse
from bot.editions import MessageRef
from bot.messages import Reply
from bot.papers import ArxivId, Paper
from bot.teams import Standing
from tests.conversation.conftest import PAPERS, THEIRS, Lab, actions, items, words
from tests.factories import paper, sender
from tests.fakes.source import FakeSource

ADMIN = Standing(manages=True, bot_is_in=True, administers=True)


@pytest.fixture
def here(lab: Lab) -> Lab:
    """The lab, in whose channel Ada speaks for all of its workspace."""
    lab.platform.standings["ada", "papers"] = ADMIN
    return lab


async def there(lab: Lab, line: str, *, user: str = "lin", workspace: str = "server") -> Reply:
    """Somebody says it on a Discord server, where everybody may speak for all."""
    return await lab.dispatch(
        parse(line), sender(user, channel=f"{workspace}/1", workspace=workspace, platform="discord")
    )


async def code(lab: Lab) -> str:
    found = re.search(r"^Code: ([A-Z]{4}-[A-Z]{4})$", words(await lab.say("link")), re.MULTILINE)
    assert found
    return found[1]


async def linked(lab: Lab, *, workspace: str = "server") -> Reply:
    """The server has joined the lab's list."""
    offer = await there(lab, f"link {await code(lab)}", workspace=workspace)
    return await there(lab, actions(offer)["Make it one list"], workspace=workspace)


def titles(reply: Reply) -> set[str]:
    return {item.title for item in items(reply)}


async def lists(lab: Lab) -> tuple[set[str], set[str]]:
    """What people are shown here, and there."""
    return titles(await lab.say("list")), titles(await there(lab, "list"))


VERIFIERS, AGENTS, SPARSE = (one.title for one in PAPERS)


async def test_what_would_be_joined_is_said_in_a_sentence_where_there_is_nothing_yet(here: Lab) -> None:
    assert "\nNo papers yet on this Discord server's list" in words(await there(here, f"link {await code(here)}"))


async def test_the_lists_are_one_once_somebody_on_the_other_side_is_sure(here: Lab) -> None:
    await here.say("save 1")
    for number in (2, 3):
        await there(here, f"save {PAPERS[number - 1].id}")

    offer = await there(here, f"link {await code(here)}")
    told = words(offer)
    assert "2 papers on this Discord server's list and 1 paper on the terminal's, where Ada asked" in told
    assert offer.private
    assert await lists(here) == ({VERIFIERS}, {AGENTS, SPARSE})

    done = await there(here, actions(offer)["Make it one list"])
    assert "You share one reading list with a terminal now: 3 papers." in words(done)
    assert await lists(here) == ({VERIFIERS, AGENTS, SPARSE},) * 2


async def test_who_asked_for_the_code_is_told_when_it_was_used(here: Lab) -> None:
    await linked(here)
    [(user, channel, notice)] = here.platform.told
    assert (user, channel) == ("ada", "papers")
    assert "You share one reading list with a Discord server now" in notice.text


async def test_a_code_is_for_its_askers_eyes_only_and_can_be_typed_as_it_comes(here: Lab) -> None:
    shown = await here.say("link")
    assert shown.private
    letters = (await code(here)).replace("-", "")
    for typed in (letters.lower(), f"{letters[:4]} {letters[4:]}", f"“{letters}”"):
        assert "Make it one list" in actions(await there(here, f"link {typed}"))


async def test_a_code_that_nobody_was_given_joins_nothing(here: Lab) -> None:
    for line in ("link KWQF-MXPT", "link KWQF-MXPT yes", "link 1234", "link yes"):
        refused = await there(here, line)
        assert refused.failed
        assert "That code is not good" in words(refused)


async def test_a_code_is_good_once_and_for_a_quarter_of_an_hour(here: Lab) -> None:
    used, old = await code(here), await code(here)
    await there(here, f"link {used} yes")
    assert "That code is not good" in words(await there(here, f"link {used}", workspace="third"))
    here.clock.advance(timedelta(minutes=15))
    for line in (f"link {old}", f"link {old} yes"):
        assert "That code is not good" in words(await there(here, line, workspace="third"))


async def test_a_code_joins_no_workspace_to_itself_nor_to_one_that_it_is_joined_to(here: Lab) -> None:
    first = await code(here)
    assert "That code is from this terminal" in words(await here.say(f"link {first}"))
    assert "That code is from this terminal" in words(await here.say(f"link {first} yes"))
    await there(here, f"link {first} yes")
    assert "already" in words(await there(here, f"link {await code(here)}"))


async def test_only_who_administers_a_workspace_may_link_or_unlink_it(here: Lab) -> None:
    good = await code(here)
    for line in ("link", f"link {good}", f"link {good} yes", "unlink"):
        refused = await here.say(line, user="grace")
        assert "Only people who administer this terminal" in words(refused)
    assert not (await there(here, f"link {good} yes")).failed


async def test_three_workspaces_can_share_a_list_and_one_leaves_with_a_copy(here: Lab) -> None:
    await there(here, f"save {PAPERS[1].id}", workspace="third")
    await linked(here)
    await linked(here, workspace="third")
    assert "It is shared with 2 Discord servers already." in words(await here.say("link"))

    await here.say("save 1")
    gone = await there(here, "unlink", workspace="third")
    assert "a list of its own again, a copy of the shared one: 2 papers." in words(gone)

    await here.say("save 3")
    assert await lists(here) == ({VERIFIERS, AGENTS, SPARSE},) * 2
    assert titles(await there(here, "list", workspace="third")) == {VERIFIERS, AGENTS}


async def test_a_list_that_nobody_shares_cannot_be_parted(here: Lab) -> None:
    assert "shared with nobody" in words(await here.say("unlink"))
    await linked(here)
    await here.say("unlink")
    assert "shared with nobody" in words(await there(here, "unlink"))


async def test_both_sides_act_on_one_list_with_buttons_emoji_and_words(here: Lab) -> None:
    await linked(here)
    await here.react(1, "bookmark")
    await there(here, f"save {PAPERS[0].id}")
    await there(here, f"tag {PAPERS[0].id} rlhf")
    await there(here, f"read {PAPERS[0].id}")
    assert "read" in words(await here.say("list #rlhf"))
    await here.unreact(1, "bookmark")
    assert (await here.list())[0].savers == ("Lin",)


async def test_everybody_can_still_take_back_what_they_did_before_the_lists_were_joined_and_parted(here: Lab) -> None:
    await here.say("save 1")
    await there(here, f"save {PAPERS[0].id}")
    await linked(here)
    assert "Taken back: save" in words(await there(here, "undo"))
    assert (await here.list())[0].savers == ("Ada",)

    await there(here, f"save {PAPERS[1].id}")
    await here.say("save 3")
    await here.say("unlink")
    assert "Taken back: save" in words(await there(here, "undo"))
    assert await lists(here) == ({VERIFIERS, AGENTS, SPARSE}, {VERIFIERS, SPARSE})
    assert "Taken back: save" in words(await here.say("undo"))
    assert await lists(here) == ({VERIFIERS, AGENTS}, {VERIFIERS, SPARSE})


async def test_an_emoji_from_before_the_lists_were_joined_takes_back_what_it_did(here: Lab) -> None:
    await here.react(2, "bookmark")
    await linked(here)
    assert await lists(here) == ({AGENTS},) * 2
    await here.unreact(2, "bookmark")
    assert await lists(here) == (set(), set())


class LinkingSource(FakeSource):
    """Tells of a paper, and meanwhile somebody links the two workspaces."""

    lab: Lab

    async def fetch(self, ids: Sequence[ArxivId]) -> list[Paper]:
        await linked(self.lab)
        return await super().fetch(ids)


async def test_a_command_that_was_begun_before_the_lists_were_joined_is_done_on_the_joined_one(here: Lab) -> None:
    late = paper("2601.00077", title="Late")
    here.source = LinkingSource([late])
    here.source.lab = here
    here.rank_by(here.services.ranker)

    assert "Saved" in words(await there(here, f"save {late.id}"))
    assert await lists(here) == ({"Late"},) * 2


SECRET = "#layoffs"


@pytest.mark.parametrize("private", [True, False])
async def test_no_channel_is_named_nor_linked_to_on_the_other_side(here: Lab, private: bool) -> None:
    closed = replace(sender("grace"), channel_name=SECRET, channel_private=private)
    await linked(here)
    await here.dispatch(parse("note 1 ours"), closed)
    await there(here, "subscribe offers:note")
    name = PAPERS[0].id
    said = [
        await there(here, line)
        for line in (
            f"show {name}", f"why {name}", f"related {name}", f"search {name}", f"summary {name}",
            "list", "home mine", "home team", "home week", "home settings", "today", "status", "digest", "digest month",
            "for me", "preview", "settings", "settings in:1", "usage", "language", "link", "help more",
        )
    ]  # fmt: skip
    pasted = Mention(MessageRef("discord", "server/1", "9"), f"https://arxiv.org/abs/{name}")
    said.append(await here.dispatch(pasted, sender("lin", channel="server/1", workspace="server", platform="discord")))

    told = " ".join(map(repr, said))
    assert VERIFIERS in told
    assert SECRET not in told
    assert "chat.example" not in told
    assert "chat.example" in repr(await here.dispatch(replace(pasted, message=THEIRS), closed))
