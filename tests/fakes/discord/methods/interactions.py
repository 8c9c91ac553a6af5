"""The first response to an interaction, and what follows it through the interaction's token."""

from datetime import timedelta

from tests.fakes.discord.command_rules import choice_problems
from tests.fakes.discord.component_rules import modal_problems, with_ids
from tests.fakes.discord.errors import (
    ALREADY_ACKNOWLEDGED,
    INVALID_WEBHOOK_TOKEN,
    UNKNOWN_INTERACTION,
    UNKNOWN_MESSAGE,
    UNKNOWN_WEBHOOK,
    ApiError,
    InvalidForm,
    Problem,
)
from tests.fakes.discord.interaction import (
    AUTOCOMPLETE,
    CHOICES,
    COMMAND,
    COMPONENT,
    DEFER,
    DEFER_UPDATE,
    REPLY,
    SHOW_MODAL,
    UPDATE,
    Choice,
    Interaction,
    Modal,
)
from tests.fakes.discord.mentions import notified
from tests.fakes.discord.methods.answering import Call, attachments, checked
from tests.fakes.discord.methods.messages import change, sound
from tests.fakes.discord.model import EPHEMERAL, LOADING, Json, Message
from tests.fakes.discord.payloads import user_json
from tests.fakes.discord.service import Service


def respond(service: Service, call: Call) -> Json | None:
    """The first response: within the time for it, once. Whether it is ephemeral is settled by it."""
    interaction = service.interactions.get(call.ids["token"])
    if interaction is None or interaction.id != call.ids["interaction"] or interaction.failure:
        raise ApiError(UNKNOWN_INTERACTION)
    if interaction.response is not None:
        raise ApiError(ALREADY_ACKNOWLEDGED)
    if _expired(service, interaction):
        raise ApiError(UNKNOWN_INTERACTION)
    kind, data = call.body.get("type"), call.body.get("data") or {}
    if kind not in _possible(interaction):
        raise InvalidForm([Problem(("type",), "BASE_TYPE_CHOICES", f"Value must be one of {_possible(interaction)}.")])
    message = _carry_out(service, call, interaction, kind, data)
    interaction.response = kind
    interaction.ephemeral = bool(message and message.is_ephemeral) and kind in (REPLY, DEFER)
    service.changed()
    return _told(service, interaction, message) if call.query.get("with_response") in ("1", "true") else None


def _possible(interaction: Interaction) -> tuple[int, ...]:
    """The types of first responses that an interaction takes."""
    if interaction.type == AUTOCOMPLETE:
        return (CHOICES,)
    updates = (DEFER_UPDATE, UPDATE) if interaction.message else ()
    modals = (SHOW_MODAL,) if interaction.type in (COMMAND, COMPONENT) else ()
    return (REPLY, DEFER, *updates, *modals)


def _carry_out(service: Service, call: Call, interaction: Interaction, kind: int, data: Json) -> Message | None:
    if kind == REPLY:
        sound(call, data)
        return _reply(service, call, interaction, data, int(data.get("flags") or 0))
    if kind == DEFER:
        return _reply(service, call, interaction, {}, int(data.get("flags") or 0) & EPHEMERAL | LOADING)
    if kind == UPDATE and interaction.message:
        change(service, call, interaction.message, data)
        interaction.edited.append(interaction.message)
    if kind == CHOICES:
        checked(choice_problems(data.get("choices") or []))
        interaction.choices = [Choice(each["name"], each["value"]) for each in data.get("choices") or []]
    if kind == SHOW_MODAL:
        checked(modal_problems(data))
        with_ids(data["components"])
        interaction.modal = Modal(interaction.user, interaction.channel, data, interaction.message)
    return interaction.message


def _reply(service: Service, call: Call, interaction: Interaction, body: Json, flags: int) -> Message:
    message = service.compose(
        interaction.channel,
        service.bot,
        body | {"flags": flags},
        attachments=attachments(call, body, []),
        interaction=_metadata(service, interaction),
    )
    if interaction.response is None:
        interaction.original = message
    interaction.replies.append(message)
    if message.is_ephemeral:
        interaction.user.ephemerals.append(message)
        service.changed()
    else:
        service.publish(message)
    return message


def _metadata(service: Service, interaction: Interaction) -> Json:
    owners = {"0": interaction.channel.guild.id} if interaction.channel.guild else {}
    user = user_json(interaction.user)
    return {"id": interaction.id, "type": interaction.type, "user": user, "authorizing_integration_owners": owners}


def _told(service: Service, interaction: Interaction, message: Message | None) -> Json:
    about: Json = {"id": interaction.id, "type": interaction.type}
    resource: Json = {"type": interaction.response}
    if message and interaction.response in (REPLY, DEFER, DEFER_UPDATE, UPDATE):
        about |= {"response_message_id": message.id, "response_message_ephemeral": message.is_ephemeral}
        about["response_message_loading"] = message.is_loading
    if message and interaction.response in (REPLY, DEFER, UPDATE):
        resource["message"] = service.told(message)
    return {"interaction": about, "resource": resource}


def follow_up(service: Service, call: Call) -> Json | None:
    """A further message; the first one after a deferral takes the place of the loading one."""
    interaction = _followed(service, call)
    body: Json = call.body
    sound(call, body)
    original = interaction.original
    if interaction.response == DEFER and original and original.is_loading and not original.deleted:
        return _filled(service, call, original)
    return service.told(_reply(service, call, interaction, body, int(body.get("flags") or 0)))


def _filled(service: Service, call: Call, loading: Message) -> Json:
    loading.flags &= ~LOADING
    loading.attachments = attachments(call, call.body, [])
    loading.allowed_mentions = call.body.get("allowed_mentions")
    loading.mentioned, loading.pings = notified(loading.channel, service.bot, call.body)
    service.change(loading, call.body)
    loading.edits, loading.edited = 0, None
    return service.told(loading)


def get(service: Service, call: Call) -> Json:
    return service.told(_message(service, call, _followed(service, call)))


def edit(service: Service, call: Call) -> Json:
    interaction = _followed(service, call)
    message = _message(service, call, interaction)
    was_loading, message.flags = message.is_loading, message.flags & ~LOADING
    try:
        change(service, call, message, call.body)
    except ApiError:
        message.flags |= LOADING * was_loading
        raise
    interaction.edited.append(message)
    service.changed()
    return service.told(message)


def delete(service: Service, call: Call) -> None:
    interaction = _followed(service, call)
    service.remove(_message(service, call, interaction), interaction.user)


def _followed(service: Service, call: Call) -> Interaction:
    """The interaction whose token this is. Raises `ApiError` before its first response and after the token's life."""
    interaction = service.interactions.get(call.ids["token"])
    if interaction is None or call.ids["application"] != service.app_id or interaction.response is None:
        raise ApiError(UNKNOWN_WEBHOOK)
    if _expired(service, interaction):
        raise ApiError(INVALID_WEBHOOK_TOKEN)
    return interaction


def _message(service: Service, call: Call, interaction: Interaction) -> Message:
    wanted = call.ids.get("message", "@original")
    known = [*interaction.replies, interaction.original]
    found = interaction.original if wanted == "@original" else next((m for m in known if m and m.id == wanted), None)
    if found is None or found.deleted:
        raise ApiError(UNKNOWN_MESSAGE)
    return found


def _expired(service: Service, interaction: Interaction) -> bool:
    return service.clock.now() - interaction.at > timedelta(minutes=service.token_minutes)
