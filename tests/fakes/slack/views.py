"""Modals and Home tabs: opening, changing, and what a submission is answered with."""

import json

from tests.fakes.slack.block_kit import view_problems
from tests.fakes.slack.core import Core
from tests.fakes.slack.interaction import Interaction
from tests.fakes.slack.model import Json, Team, User, View

MOST_BYTES = 250_000
DEEPEST = 3
"""As many modals may lie on one another."""


def view_error(content: Json) -> tuple[str, list[str]]:
    """The error code for a view that Slack would not take, empty if it would, and what is wrong."""
    if len(json.dumps(content)) > MOST_BYTES:
        return "view_too_large", []
    problems = view_problems(content)
    return ("invalid_arguments" if problems else ""), problems


def new_view(core: Core, team: Team, user: User, content: Json, under: View | None = None) -> View:
    """A view that nobody sees yet; `under` is the one it will be put upon."""
    view_id = core.new_id("V")
    kept = {**content, "blocks": core.with_ids(content["blocks"])}
    root_id, previous_id = (under.root_id, under.id) if under else (view_id, None)
    view = View(view_id, user, kept, core.new_id("h"), root_id, previous_id)
    team.views[view_id] = view
    return view


def change(core: Core, view: View, content: Json) -> None:
    """Shows other content in the same place."""
    view.content = {**content, "blocks": core.with_ids(content["blocks"])}
    view.hash = core.new_id("h")
    core.changed()


def submitted(core: Core, team: Team, view: View, interaction: Interaction) -> None:
    """Does what the app answered to a submission: errors, another view, or the end of it."""
    body = interaction.ack.body if interaction.ack else {}
    stack = view.user.modals
    match body.get("response_action"):
        case "errors":
            unknown = body["errors"].keys() - {block["block_id"] for block in view.blocks if block["type"] == "input"}
            if not body["errors"] or unknown:
                raise AssertionError(f"errors must name input blocks of the view: {body['errors']}")
            view.errors = interaction.errors = dict(body["errors"])
        case "clear":
            stack.clear()
        case "update" | "push" as how:
            code, problems = view_error(body["view"])
            if code:
                raise AssertionError(f"the view of a response_action is {code}: {problems}")
            if how == "update":
                change(core, view, body["view"])
            else:
                stack.append(new_view(core, team, view.user, body["view"], under=view))
        case None if view in stack:
            stack.remove(view)
    core.changed()
