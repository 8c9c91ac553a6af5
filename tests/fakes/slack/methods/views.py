"""views.*: modals and Home tabs."""

from tests.fakes.slack.core import Trigger
from tests.fakes.slack.forms import state
from tests.fakes.slack.methods.answering import ApiError, Method, parsed, user_in
from tests.fakes.slack.model import Json, Team, View
from tests.fakes.slack.payloads import view_json
from tests.fakes.slack.service import Service
from tests.fakes.slack.views import DEEPEST, change, new_view, view_error


def open_view(service: Service, team: Team, args: Json) -> Json:
    content = _content(args, "modal")
    _is_new(team, content)
    user = _exchange(service, team, args).user
    view = new_view(service, team, user, content)
    user.modals[:] = [view]
    return _shown(team, view)


def push(service: Service, team: Team, args: Json) -> Json:
    content = _content(args, "modal")
    _is_new(team, content)
    user = _exchange(service, team, args).user
    if len(user.modals) >= DEEPEST:
        raise ApiError("push_limit_reached")
    view = new_view(service, team, user, content, under=user.modal)
    user.modals.append(view)
    return _shown(team, view)


def update(service: Service, team: Team, args: Json) -> Json:
    content = _content(args)
    external = args.get("external_id")
    for view in team.views.values():
        if (view in view.user.modals or view is view.user.home) and (
            view.id == args.get("view_id") or (external and view.content.get("external_id") == external)
        ):
            _is_current(view, args)
            change(service, view, content)
            return _shown(team, view)
    raise ApiError("not_found")


def publish(service: Service, team: Team, args: Json) -> Json:
    if not service.manifest.home:
        raise ApiError("not_enabled")
    content, user = _content(args, "home"), user_in(team, args.get("user_id"))
    if user.home is None:
        user.home = new_view(service, team, user, content)
    else:
        _is_current(user.home, args)
        change(service, user.home, content)
    return _shown(team, user.home)


def _content(args: Json, kind: str = "") -> Json:
    content = parsed(args.get("view"))
    code, problems = view_error(content)
    if code:
        raise ApiError(code, problems)
    if kind and content["type"] != kind:
        raise ApiError("invalid_arguments", [f"unsupported type: {content['type']} [json-pointer:/view/type]"])
    checked: Json = content
    return checked


def _exchange(service: Service, team: Team, args: Json) -> Trigger:
    trigger = service.triggers.get(str(args.get("trigger_id")))
    if trigger is None or trigger.team is not team:
        raise ApiError("invalid_trigger_id")
    if trigger.used:
        raise ApiError("exchanged_trigger_id")
    if (service.clock.now() - trigger.at).total_seconds() > service.trigger_seconds:
        raise ApiError("expired_trigger_id")
    trigger.used = True
    return trigger


def _is_new(team: Team, content: Json) -> None:
    external = content.get("external_id")
    if external and any(view.content.get("external_id") == external for view in team.views.values()):
        raise ApiError("duplicate_external_id")


def _is_current(view: View, args: Json) -> None:
    if args.get("hash") and args["hash"] != view.hash:
        raise ApiError("hash_conflict")


def _shown(team: Team, view: View) -> Json:
    return {"view": view_json(team, view, state(view.blocks, view.answers))}


METHODS = {
    "views.open": Method(open_view),
    "views.push": Method(push),
    "views.update": Method(update),
    "views.publish": Method(publish),
}
