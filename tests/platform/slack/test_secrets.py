"""No token reaches a log, an error or a representation, however much is logged and whatever goes wrong."""

import io
import logging
import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

import pytest

from adapters.logs import handler
from adapters.slack.logs import sdk_logger
from adapters.slack.service import Access
from adapters.slack.workspaces import Installation
from bot.errors import PlatformError
from bot.messages import Card
from tests.platform.slack.conftest import Lab
from tests.platform.slack.test_installations import Hosted, hosted

__all__ = ["hosted"]  # the fixture

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


Logged: TypeAlias = Callable[[], str]


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[Logged]:
    """All that is logged, as both formats write it."""
    caplog.set_level(logging.DEBUG)
    stream = io.StringIO()
    writing = [handler(stream, as_json=as_json) for as_json in (True, False)]
    for one in writing:
        logging.getLogger().addHandler(one)
    yield stream.getvalue
    for one in writing:
        logging.getLogger().removeHandler(one)


async def test_a_conversation_with_everything_logged_holds_no_secret(lab: Lab, logged: Logged) -> None:
    async with lab.starting():
        for fault in ("error_before", "drop_before", "invalid_auth", "malformed"):
            lab.slack.fail("chat.postMessage", fault)
            with pytest.raises(PlatformError) as failed:
                await lab.platform.post(f"{lab.workspace.id}/{lab.papers.id}", Card(title="A"), key="key-1")
            logging.getLogger("test").error("it failed", exc_info=failed.value)
        lab.slack.fail("response_url", "drop_before")
        await lab.ada.says("/papers", in_=lab.papers)
        await lab.slack.until(lambda: lab.ada.ephemerals)
        lab.slack.sockets.drop()
        await lab.slack.until(lambda: lab.slack.sockets.opened == 2 and lab.slack.sockets.connected == 1)
    assert logged()
    for secret in (lab.workspace.bot_token, lab.slack.app_token):
        assert secret not in logged()
    assert re.search(r"ticket=\w", logged()) is None


async def test_an_installation_with_everything_logged_holds_no_secret(hosted: Hosted, logged: Logged) -> None:
    hosted.lab.slack.fail("oauth.v2.access", "invalid_code")
    await hosted.install(hosted.second)
    await hosted.install(hosted.first)
    await hosted.service.platform.post(
        f"{hosted.first.id}/{hosted.first.channel('room').id}", Card(title="A"), key="key-1"
    )
    slack = hosted.lab.slack
    for secret in (hosted.first.bot_token, slack.client_secret, slack.signing_secret, hosted.keys):
        assert secret not in logged()


def test_what_the_sdk_says_is_redacted_with_its_traceback(logged: Logged) -> None:
    secrets = ["xoxb-1-2-abc", "xapp-1-A1-2-f00", "https://wss.example.org/link/?ticket=abc-123&app_id=A1",
               "https://hooks.slack.com/actions/T1/2/abc"]  # fmt: skip
    logger = sdk_logger()
    for secret in secrets:
        logger.error("failed with %s", secret, exc_info=RuntimeError(f"cannot use {secret}"))
    logger.warning("still %s", "here")
    for secret in ("1-2-abc", "A1-2-f00", "abc-123", "T1/2/abc"):
        assert secret not in logged()
    assert "still here" in logged()


def test_nothing_that_holds_a_secret_shows_it() -> None:
    shown = repr(Installation("T1", "xoxb-secret", "U1"))
    shown += repr(Access("https://slack.com/api/", *("s3cret",) * 3, "id", "s3cret", "s3cret"))
    assert "secret" not in shown.replace("secret_", "")
    assert "s3cret" not in shown


def test_a_connection_that_fails_is_one_line(caplog: pytest.LogCaptureFixture) -> None:
    sdk_logger().error("cannot connect", exc_info=ConnectionError("refused"))
    assert "Traceback" not in caplog.text
    assert "cannot connect" in caplog.text


async def test_what_the_sdk_reads_into_our_settings_is_not_said(
    lab: Lab, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO)
    for name in ("SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
        monkeypatch.setenv(name, "xoxb-1")
    async with lab.starting():
        await (await lab.ada.says("/papers", in_=lab.papers)).reply()
    assert "A new session" in caplog.text
    assert "file-based" not in caplog.text
    assert "unused" not in caplog.text
