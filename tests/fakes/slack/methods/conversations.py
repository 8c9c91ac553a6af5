"""conversations.* and users.conversations: channels, who is in them, what was written there."""

from decimal import Decimal

from tests.fakes.slack.events import Event
from tests.fakes.slack.methods.answering import ApiError, Method, direct, is_set, joined, user_in, visible
from tests.fakes.slack.model import Channel, Json, Message, Team
from tests.fakes.slack.payloads import channel_json, message_json, page
from tests.fakes.slack.service import Service

_TYPES = {"public": "public_channel", "private": "private_channel", "im": "im"}


def info(service: Service, team: Team, args: Json) -> Json:
    told = channel_json(team, visible(team, args))
    if not is_set(args.get("include_num_members")):
        told.pop("num_members", None)
    return {"channel": told}


def history(service: Service, team: Team, args: Json) -> Json:
    channel = joined(team, args)
    return _listed(team, args, [message for message in reversed(channel.messages) if _within(message, args)])


def replies(service: Service, team: Team, args: Json) -> Json:
    channel = joined(team, args)
    parent = channel.find(str(args.get("ts")))
    thread = channel.thread(str(args.get("ts")))
    if parent is None and not thread:
        raise ApiError("thread_not_found")
    first = [parent] if parent else []
    return _listed(team, args, first + [message for message in thread if _within(message, args)])


def members(service: Service, team: Team, args: Json) -> Json:
    ids, cursor = page(visible(team, args).members, args)
    return {"members": ids, "response_metadata": {"next_cursor": cursor}}


def list_all(service: Service, team: Team, args: Json) -> Json:
    return _channels(team, args, [channel for channel in team.channels.values() if _is_visible(team, channel)])


def of_user(service: Service, team: Team, args: Json) -> Json:
    user = user_in(team, args.get("user") or team.bot.id)
    within = [
        channel for channel in team.channels.values() if user.id in channel.members and _is_visible(team, channel)
    ]
    return _channels(team, args, within)


def open_direct(service: Service, team: Team, args: Json) -> Json:
    if "channel" in args:
        return {"channel": {"id": visible(team, args).id}}
    users = str(args.get("users", "")).split(",")
    if len(users) != 1 or not users[0]:
        raise ApiError("not_enough_users" if users == [""] else "method_not_supported_for_channel_type")
    channel = direct(service, team, user_in(team, users[0]))
    return {"channel": channel_json(team, channel) if is_set(args.get("return_im")) else {"id": channel.id}}


def join(service: Service, team: Team, args: Json) -> Json:
    channel = visible(team, args)
    if channel.kind != "public":
        raise ApiError("method_not_supported_for_channel_type")
    if channel.archived:
        raise ApiError("is_archived")
    if team.bot.id not in channel.members:
        channel.members.append(team.bot.id)
        body = {"type": "member_joined_channel", "user": team.bot.id, "channel": channel.id, "team": team.id}
        service.tell(Event(team, body, channel))
    return {"channel": channel_json(team, channel)}


def _is_visible(team: Team, channel: Channel) -> bool:
    return channel.kind == "public" or team.bot.id in channel.members


def _channels(team: Team, args: Json, channels: list[Channel]) -> Json:
    types = str(args.get("types") or "public_channel").split(",")
    archived = not is_set(args.get("exclude_archived"))
    wanted = [each for each in channels if _TYPES[each.kind] in types and (archived or not each.archived)]
    shown, cursor = page(wanted, args)
    told = [channel_json(team, channel) for channel in shown]
    return {"channels": told, "response_metadata": {"next_cursor": cursor}}


def _within(message: Message, args: Json) -> bool:
    """Whether a message lies between `oldest` and `latest`, which count as outside unless `inclusive`."""
    ts, oldest = Decimal(message.ts), Decimal(str(args.get("oldest") or 0))
    latest = Decimal(str(args.get("latest") or 10**12))
    return oldest <= ts <= latest if is_set(args.get("inclusive")) else oldest < ts < latest


def _listed(team: Team, args: Json, messages: list[Message]) -> Json:
    metadata = is_set(args.get("include_all_metadata"))
    shown, cursor = page(messages, args)
    told = [message_json(team, message, metadata=metadata) for message in shown]
    return {"messages": told, "has_more": bool(cursor), "response_metadata": {"next_cursor": cursor}}


METHODS = {
    "conversations.info": Method(info, by_kind="read"),
    "conversations.history": Method(history, by_kind="history"),
    "conversations.replies": Method(replies, by_kind="history"),
    "conversations.members": Method(members, by_kind="read"),
    "conversations.list": Method(list_all, "channels:read"),
    "conversations.open": Method(open_direct, "im:write"),
    "conversations.join": Method(join, "channels:join"),
    "users.conversations": Method(of_user, "channels:read"),
}
