"""The fake Slack's Block Kit: a part at its limit is taken, one beyond it refused."""

from typing import Any

import pytest

from tests.fakes.slack.block_kit import message_problems, view_problems
from tests.fakes.slack.mrkdwn import links, pings


def plain(length: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": "x" * length}


def mrkdwn(length: int) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": "x" * length}


def button(number: int = 0, **more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": f"a{number}", "text": plain(1), **more}


def options(count: int, text: int = 1, value: int = 4) -> list[dict[str, Any]]:
    return [{"text": plain(text), "value": f"{number:0{value}d}"} for number in range(count)]


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def section(**more: Any) -> dict[str, Any]:
    return {"type": "section", **more}


def view(**more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": plain(24), "blocks": [{"type": "divider"}], **more}


def entered(**element: Any) -> dict[str, Any]:
    return {"type": "input", "label": plain(1), "element": {"type": "plain_text_input", **element}}


@pytest.mark.parametrize(
    ("taken", "refused"),
    [
        ([{"type": "divider"}] * 50, [{"type": "divider"}] * 51),
        ([section(text=mrkdwn(3000))], [section(text=mrkdwn(3001))]),
        ([section(text=mrkdwn(1))], [section(text=mrkdwn(0))]),
        ([section(fields=[mrkdwn(2000)] * 10)], [section(fields=[mrkdwn(1)] * 11)]),
        ([section(fields=[mrkdwn(2000)])], [section(fields=[mrkdwn(2001)])]),
        ([section(text=plain(1))], [section()]),
        ([{"type": "header", "text": plain(150)}], [{"type": "header", "text": plain(151)}]),
        ([{"type": "header", "text": plain(1)}], [{"type": "header", "text": mrkdwn(1)}]),
        ([{"type": "context", "elements": [mrkdwn(1)] * 10}], [{"type": "context", "elements": [mrkdwn(1)] * 11}]),
        ([actions(*map(button, range(25)))], [actions(*map(button, range(26)))]),
        ([actions(button(1), button(2))], [actions(button(1), button(1))]),
        ([actions(button(text=plain(75)))], [actions(button(text=plain(76)))]),
        ([actions(button(value="x" * 2000))], [actions(button(value="x" * 2001))]),
        ([actions(button(action_id="x" * 255))], [actions(button(action_id="x" * 256))]),
        ([actions(button(url="https://a.org"))], [actions(button(url="javascript:x"))]),
        ([actions(button(url="https://" + "a" * 2992))], [actions(button(url="https://" + "a" * 2993))]),
        (
            [actions({"type": "overflow", "options": options(5)})],
            [actions({"type": "overflow", "options": options(6)})],
        ),
        (
            [actions({"type": "overflow", "options": options(2)})],
            [actions({"type": "overflow", "options": options(1)})],
        ),
        (
            [actions({"type": "static_select", "options": options(100, 75, 150)})],
            [actions({"type": "static_select", "options": options(101)})],
        ),
        (
            [actions({"type": "static_select", "options": options(1, 75)})],
            [actions({"type": "static_select", "options": options(1, 76)})],
        ),
        (
            [actions({"type": "static_select", "options": options(1, 1, 150)})],
            [actions({"type": "static_select", "options": options(1, 1, 151)})],
        ),
        (
            [actions({"type": "static_select", "options": options(2), "initial_option": options(2)[1]})],
            [actions({"type": "static_select", "options": options(2), "initial_option": options(3)[2]})],
        ),
        (
            [actions({"type": "checkboxes", "options": options(10)})],
            [actions({"type": "checkboxes", "options": options(11)})],
        ),
        (
            [{"type": "image", "image_url": "https://a.org/b.png", "alt_text": "b"}],
            [{"type": "image", "image_url": "https://a.org/b.png"}],
        ),
        ([{"type": "divider", "block_id": "x" * 255}], [{"type": "divider", "block_id": "x" * 256}]),
        ([{"type": "divider", "block_id": "a"}], [{"type": "divider", "block_id": "a"}] * 2),
        ([{"type": "markdown", "text": "x" * 12_000}], [{"type": "markdown", "text": "x" * 6_001}] * 2),
        ([{"type": "table", "rows": [[{}] * 20] * 100}], [{"type": "table", "rows": [[{}] * 21]}]),
        ([{"type": "divider"}], [entered()]),
        ([{"type": "divider"}], [{"type": "no such block"}]),
    ],
)
def test_a_message_is_held_to_the_limit(taken: list[dict[str, Any]], refused: list[dict[str, Any]]) -> None:
    assert message_problems(taken) == []
    assert message_problems(refused) != []


@pytest.mark.parametrize(
    ("taken", "refused"),
    [
        (view(), view(title=plain(25))),
        (view(close=plain(24)), view(close=plain(25))),
        (view(submit=plain(24)), view(submit=plain(25))),
        (view(blocks=[{"type": "divider"}] * 100), view(blocks=[{"type": "divider"}] * 101)),
        (view(private_metadata="x" * 3000), view(private_metadata="x" * 3001)),
        (view(callback_id="x" * 255), view(callback_id="x" * 256)),
        (
            view(submit=plain(1), blocks=[entered(max_length=3000)]),
            view(submit=plain(1), blocks=[entered(max_length=3001)]),
        ),
        (view(submit=plain(1), blocks=[entered()]), view(blocks=[entered()])),
        ({"type": "home", "blocks": [{"type": "divider"}]}, {"type": "home", "blocks": [], "title": plain(1)}),
    ],
)
def test_a_view_is_held_to_the_limit(taken: dict[str, Any], refused: dict[str, Any]) -> None:
    assert view_problems(taken) == []
    assert view_problems(refused) != []


def test_what_would_ping_and_where_links_lead_is_seen_in_text_and_blocks() -> None:
    blocks = [
        section(text={"type": "mrkdwn", "text": "<!channel> <https://a.org/?b&amp;c|A> &lt;!here&gt;"}),
        section(text={"type": "plain_text", "text": "<!everyone>"}, accessory=button(url="https://b.org")),
    ]
    assert pings("<@U012> <!subteam^S1>", blocks) == ["<@U012>", "<!subteam^S1>", "<!channel>"]
    assert links("", blocks) == ["https://a.org/?b&c", "https://b.org"]
