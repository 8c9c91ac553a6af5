"""The fake Slack as a process: prints its address and tokens as a line of JSON, then serves until it is ended."""

import argparse
import asyncio
import json

from tests.fakes.slack.control import Control
from tests.fakes.slack.server import FakeSlack


async def _serve(port: int, channels: list[str], people: list[str]) -> None:
    slack = FakeSlack()
    workspace = slack.workspace("lab")
    users = [workspace.user(name) for name in people]
    ids = {name: workspace.channel(name, members=users).id for name in channels}
    async with slack.serving(port, control=Control(slack, workspace)) as url:
        told = {
            "url": url,
            "api_url": slack.api_url,
            "bot_token": workspace.bot_token,
            "app_token": slack.app_token,
            "signing_secret": slack.signing_secret,
            "client_id": slack.client_id,
            "client_secret": slack.client_secret,
            "team": workspace.id,
            "channels": ids,
            "people": {user.name: user.id for user in users},
        }
        print(json.dumps(told), flush=True)  # noqa: T201 - what the one who started it waits for
        await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.fakes.slack")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--channels", default="papers", help="names, with commas between")
    parser.add_argument("--people", default="ada,ben", help="names, with commas between")
    given = parser.parse_args()
    asyncio.run(_serve(given.port, given.channels.split(","), given.people.split(",")))


if __name__ == "__main__":
    main()
