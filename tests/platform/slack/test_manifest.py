"""The manifest: from it Slack makes an app that can do all that is listened to, and asks for no more."""

from pathlib import Path

import pytest

from adapters.slack.manifest import manifest
from adapters.slack.scopes import BOT_SCOPES
from bot.commands import COMMANDS
from tests.fakes.slack import FakeSlack

PAGE = Path(__file__).parents[3] / "docs" / "slack.md"


@pytest.mark.parametrize("address", ["", "https://papers.example.org", "https://papers.example.org/"])
def test_slack_takes_it(address: str) -> None:
    FakeSlack().configure(manifest(address))


def test_for_socket_mode_it_names_no_address() -> None:
    made = manifest()
    assert made["settings"]["socket_mode_enabled"]
    assert "url" not in str(made)


def test_for_http_everything_goes_to_the_address() -> None:
    made = manifest("https://papers.example.org/")
    events = "https://papers.example.org/slack/events"
    assert not made["settings"]["socket_mode_enabled"]
    assert made["settings"]["event_subscriptions"]["request_url"] == events
    assert made["settings"]["interactivity"]["request_url"] == events
    assert made["features"]["slash_commands"][0]["url"] == events
    assert made["oauth_config"]["redirect_urls"] == ["https://papers.example.org/slack/oauth_redirect"]


def test_it_hints_at_every_verb_that_people_say() -> None:
    [command] = manifest()["features"]["slash_commands"]
    said = {row.verb for row in COMMANDS.values() if row.listed}
    assert set(command["usage_hint"].strip("[]").split("|")) == said


def test_the_page_about_slack_says_of_each_scope_what_it_is_for() -> None:
    page = PAGE.read_text("utf-8")
    assert [scope for scope in BOT_SCOPES if f"| `{scope}` |" not in page] == []
