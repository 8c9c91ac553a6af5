"""People's commands, clicks and forms before the fake Discord, answered by the real client."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import discord
import pytest
from discord import app_commands

from tests.fakes.clock import FakeClock
from tests.fakes.discord import FakeDiscord, Permission, running
from tests.fakes.discord.forms import CannotDo
from tests.fakes.discord.guild import Guild
from tests.fakes.discord.model import Channel, Message
from tests.fakes.discord.person import Person


class Note(discord.ui.Modal, title="Note"):
    text: discord.ui.TextInput["Note"] = discord.ui.TextInput(label="Text", min_length=3, max_length=20)
    where: discord.ui.Label["Note"] = discord.ui.Label(
        text="Where",
        component=discord.ui.Select(
            options=[discord.SelectOption(label="Here", value="h"), discord.SelectOption(label="There")]
        ),
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        select = self.where.component
        assert isinstance(select, discord.ui.Select)
        await interaction.response.edit_message(content=f"{self.text.value} {select.values}")


class Save(discord.ui.DynamicItem[discord.ui.Button[Any]], template="save:(?P<paper>[0-9]+)"):
    """A button that is known by its custom_id alone."""

    def __init__(self, paper: str) -> None:
        super().__init__(discord.ui.Button(label="Save", custom_id=f"save:{paper}"))
        self.paper = paper

    @classmethod
    async def from_custom_id(cls, interaction: discord.Interaction, item: object, match: object) -> "Save":
        assert interaction.data is not None
        return cls(str(interaction.data.get("custom_id")).removeprefix("save:"))

    async def callback(self, interaction: discord.Interaction) -> None:
        if self.paper == "9":
            await interaction.response.send_modal(Note())
            return
        await interaction.response.defer()
        await interaction.edit_original_response(content=f"saved {self.paper}")


def command_tree(client: discord.Client) -> app_commands.CommandTree:
    tree = app_commands.CommandTree(client)
    papers = app_commands.Group(name="papers", description="The papers of this channel")

    @papers.command(name="save", description="Keeps a paper")
    async def save(interaction: discord.Interaction, paper: int, person: discord.Member | None = None) -> None:
        await interaction.response.send_message(f"saved {paper} for {person}", ephemeral=True)
        await interaction.followup.send("and told everybody")

    @papers.command(name="slow", description="Thinks first")
    async def slow(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.followup.send("at last")

    @papers.command(name="silent", description="Says nothing")
    async def silent(interaction: discord.Interaction) -> None:
        await client.wait_for("too_late")
        with pytest.raises(discord.NotFound) as raised:
            await interaction.response.send_message("too late")
        client.dispatch("refused", raised.value.code)

    @papers.command(name="find", description="Finds a paper")
    async def find(interaction: discord.Interaction, title: str) -> None:
        await interaction.response.send_message(title)

    @find.autocomplete("title")
    async def complete(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{typed}-{number}", value=str(number)) for number in range(2)]

    async def keep(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"kept {message.content}", ephemeral=True)

    tree.add_command(papers)
    tree.add_command(app_commands.ContextMenu(name="Save paper", callback=keep))
    return tree


@pytest.fixture
async def client(fake: FakeDiscord, papers: Channel) -> AsyncIterator[discord.Client]:
    client = discord.Client(intents=discord.Intents(guilds=True), guild_ready_timeout=0.01)
    client.add_dynamic_items(Save)
    tree = command_tree(client)
    async with running(fake, client):
        await tree.sync()
        yield client


async def posted(client: discord.Client, papers: Channel, *numbers: str) -> Message:
    view = discord.ui.View(timeout=None)
    for number in numbers:
        view.add_item(Save(number))
    await client.get_partial_messageable(int(papers.id)).send("papers", view=view)
    view.stop()
    return papers.messages[-1]


async def test_a_command_is_answered_in_private_and_followed_up(
    client: discord.Client, lab: Guild, papers: Channel, ada: Person
) -> None:
    said = await ada.uses("/papers save", in_=papers, paper=2, person=lab.user("ben"))
    second = await said.reply(2)
    assert (said.ephemeral, said.failure, said.replies[0].content) == (True, "", "saved 2 for ben")
    assert ada.ephemerals == [said.replies[0]]
    assert papers.messages == [second]


async def test_a_deferral_settles_whether_the_answer_is_private(
    client: discord.Client, papers: Channel, ada: Person
) -> None:
    said = await ada.uses("/papers slow", in_=papers)
    reply = await said.reply()
    assert (said.response, said.ephemeral, reply.content, reply.is_ephemeral) == (5, True, "at last", True)
    assert (said.replies, papers.messages) == ([reply], [])


async def test_answers_need_no_permission_in_the_channel(
    client: discord.Client, lab: Guild, papers: Channel, ada: Person
) -> None:
    lab.owner.forbids(papers, Permission.SEND_MESSAGES)
    assert (await ada.uses("/papers find", in_=papers, title="found")).replies == papers.messages
    lab.owner.forbids(papers, Permission.VIEW_CHANNEL, ada)
    with pytest.raises(CannotDo):
        await ada.uses("/papers find", in_=papers, title="hidden")


async def test_who_answers_too_late_is_refused(
    fake: FakeDiscord, client: discord.Client, papers: Channel, ada: Person
) -> None:
    fake.response_timeout = 0.05
    refused = asyncio.ensure_future(client.wait_for("refused"))
    said = await ada.uses("/papers silent", in_=papers)
    client.dispatch("too_late")
    assert (said.failure, said.delay, await asyncio.wait_for(refused, 10)) == ("did not respond", None, 10062)


async def test_the_token_ends_and_is_good_for_one_first_response(
    fake: FakeDiscord, client: discord.Client, clock: FakeClock, papers: Channel, ada: Person
) -> None:
    said = await ada.uses("/papers slow", in_=papers)
    await said.reply()
    first = discord.http.Route(
        "POST", "/interactions/{webhook_id}/{webhook_token}/callback", webhook_id=said.id, webhook_token=said.token
    )
    with pytest.raises(discord.HTTPException) as twice:
        await client.http.request(first, json={"type": 4, "data": {"content": "again"}})
    clock.advance(timedelta(minutes=16))
    webhook = discord.Webhook.partial(int(fake.app_id), said.token, client=client)
    with pytest.raises(discord.HTTPException) as late:
        await webhook.send("too late")
    assert (twice.value.code, late.value.code) == (40060, 50027)


async def test_options_are_completed_and_checked_as_discords_client_does(
    client: discord.Client, papers: Channel, ada: Person
) -> None:
    offered = await ada.autocompletes("/papers find", "title", "attent", in_=papers)
    assert offered == [("attent-0", "0"), ("attent-1", "1")]
    for line, options in (("/papers lose", {}), ("/papers save", {}), ("/papers save", {"paper": "two"})):
        with pytest.raises(CannotDo):
            await ada.uses(line, in_=papers, **options)


async def test_an_old_button_works_by_its_custom_id(client: discord.Client, papers: Channel, ada: Person) -> None:
    message = await posted(client, papers, "1", "2")
    clicked = await ada.clicks(message, "save:2")
    assert (await clicked.edit(), clicked.response, message.content) == (message, 6, "saved 2")
    assert message.buttons == ["Save", "Save"]


async def test_a_button_beside_a_text_works_too(client: discord.Client, papers: Channel, ada: Person) -> None:
    view = discord.ui.LayoutView(timeout=None)
    text = discord.ui.TextDisplay[discord.ui.LayoutView]("[A paper](https://arxiv.org/abs/2601.00001)")
    section = discord.ui.Section(text, accessory=Save("9").item)
    view.add_item(discord.ui.Container(section))
    await client.get_partial_messageable(int(papers.id)).send(view=view)
    view.stop()
    [message] = papers.messages
    assert (message.shown, message.buttons) == ("[A paper](https://arxiv.org/abs/2601.00001)", ["Save"])
    assert message.links == ["https://arxiv.org/abs/2601.00001"]
    assert (await ada.clicks(message, "Save")).modal is ada.modal is not None
    with pytest.raises(discord.HTTPException) as raised:
        await client.get_partial_messageable(int(papers.id)).get_partial_message(int(message.id)).edit(content="old")
    assert raised.value.code == 50035


async def test_a_form_is_filled_in_and_changes_its_message(
    client: discord.Client, papers: Channel, ada: Person
) -> None:
    message = await posted(client, papers, "9")
    await ada.clicks(message, "Save")
    modal = ada.modal
    assert modal is not None
    for wrong in ({"Where": "Here"}, {"Text": "ab", "Where": "Here"}, {"Text": "abc", "Where": "Nowhere"}):
        with pytest.raises(CannotDo):
            await ada.submits(modal, wrong)
    done = await ada.submits(modal, {"Text": "abc", "Where": "Here"})
    assert (done.response, message.content, ada.modal) == (7, "abc ['h']", None)


async def test_a_context_menu_gives_the_message_whole(client: discord.Client, papers: Channel, ada: Person) -> None:
    said = await ada.uses_context_menu("Save paper", ada.writes("see 2601.00001", in_=papers))
    assert (await said.reply()).content == "kept see 2601.00001"


async def test_commands_keep_their_ids_and_are_held_to_their_limits(fake: FakeDiscord, client: discord.Client) -> None:
    ids = [command["id"] for command in fake.commands[None]]
    tree = command_tree_of(client)
    assert [str(command.id) for command in await tree.sync()] == ids
    with pytest.raises(discord.HTTPException) as raised:
        await client.http.bulk_upsert_global_commands(
            int(fake.app_id), [{"name": "Upper", "description": "x" * 101, "type": 1}]
        )
    assert raised.value.code == 50035
    assert "0.name" in raised.value.text
    assert "0.description" in raised.value.text


def command_tree_of(client: discord.Client) -> app_commands.CommandTree:
    tree = client._connection._command_tree
    assert tree is not None
    return tree
