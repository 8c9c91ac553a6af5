"""The fake Slack as a process: prints its address and tokens as a line of JSON, then serves until it is ended."""

from collections.abc import Sequence

from tests.fakes.serving import serve_as_process, tell_and_wait
from tests.fakes.slack.control import Control
from tests.fakes.slack.server import FakeSlack


async def _serve(port: int, channels: Sequence[str], people: Sequence[str]) -> None:
    slack = FakeSlack()
    workspace = slack.workspace("lab")
    users = [workspace.user(name) for name in people]
    ids = {name: workspace.channel(name, members=users).id for name in channels}
    async with slack.serving(port, control=Control(slack, workspace)) as url:
        await tell_and_wait(
            {
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
        )


if __name__ == "__main__":
    serve_as_process(_serve, prog="python -m tests.fakes.slack", description=__doc__)
