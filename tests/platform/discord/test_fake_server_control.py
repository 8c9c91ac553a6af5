"""The fake Discord under orders from another process."""

import aiohttp
import discord

from tests.fakes.discord import FakeDiscord, pointed_at, running
from tests.fakes.discord.control import Control


async def test_people_act_on_order_and_what_they_see_is_told() -> None:
    fake = FakeDiscord()
    lab = fake.guild("lab")
    papers = lab.channel("papers")
    client = discord.Client(intents=discord.Intents(guilds=True), guild_ready_timeout=0.01)
    tree = discord.app_commands.CommandTree(client)

    @tree.command(name="list", description="The list")
    async def show(interaction: discord.Interaction, page: int) -> None:
        await interaction.response.send_message(f"page {page}", ephemeral=True)

    async with fake.serving(control=Control(fake, lab)) as url, aiohttp.ClientSession(f"{url}/") as session:

        async def order(**order: object) -> dict[str, object]:
            async with session.post("control", json=order) as answer:
                assert answer.status == 200, await answer.text()
                told: dict[str, object] = await answer.json()
                return told

        with pointed_at(fake):
            async with running(fake, client):
                await tree.sync()
                listed = await order(**{"as": "ada"}, act="uses", line="/list", in_="papers", options={"page": 2})
                said = await order(**{"as": "ada"}, act="writes", text="a paper", in_="papers")
                await order(**{"as": "ada"}, act="reacts", message=said["id"], emoji="🔖")
                await order(gateway="drop")
                await fake.until(lambda: fake.gateway.resumed)
        async with session.get("control") as answer:
            state = await answer.json()
    assert (listed["ephemeral"], listed["failure"], lab.user("ada").ephemerals[0].content) == (
        True,
        "",
        "page 2",
    )
    assert [message["content"] for message in state["messages"]["papers"]] == ["a paper"]
    assert papers.messages[0].reactions == {"🔖": [lab.user("ada").id]}
