"""The fake Discord as a process: prints its addresses and token as a line of JSON, then serves until it is ended."""

from collections.abc import Sequence

from tests.fakes.discord.control import Control
from tests.fakes.discord.server import FakeDiscord
from tests.fakes.serving import serve_as_process, tell_and_wait


async def _serve(port: int, channels: Sequence[str], people: Sequence[str]) -> None:
    discord = FakeDiscord()
    guild = discord.guild("lab")
    first, *others = people
    users = [guild.user(first, manages=True), *(guild.user(name) for name in others)]
    ids = {name: guild.channel(name).id for name in channels}
    async with discord.serving(port, control=Control(discord, guild)) as url:
        await tell_and_wait(
            {
                "url": url,
                "api_url": discord.api_url,
                "gateway_url": discord.gateway_url,
                "token": discord.token,
                "application": discord.app_id,
                "guild": guild.id,
                "channels": ids,
                "people": {user.name: user.id for user in users},
            }
        )


if __name__ == "__main__":
    serve_as_process(
        _serve, prog="python -m tests.fakes.discord", description=__doc__, people="; the first manages channels"
    )
