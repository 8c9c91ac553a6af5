"""Refusals in Discord's own form. Codes and their meaning: its documentation, "Opcodes and Status Codes"."""

from typing import Any, NamedTuple

UNAUTHORIZED = 0
UNKNOWN_CHANNEL, UNKNOWN_GUILD, UNKNOWN_MESSAGE, UNKNOWN_USER = 10003, 10004, 10008, 10013
UNKNOWN_APPLICATION, UNKNOWN_MEMBER, UNKNOWN_EMOJI, UNKNOWN_WEBHOOK = 10002, 10007, 10014, 10015
UNKNOWN_INTERACTION, UNKNOWN_COMMAND, TOO_MANY_COMMANDS = 10062, 10063, 30032
ALREADY_ACKNOWLEDGED, TAG_REQUIRED = 40060, 40067
MISSING_ACCESS, NOT_THE_AUTHOR, EMPTY_MESSAGE, CANNOT_MESSAGE_USER = 50001, 50005, 50006, 50007
NOT_A_TEXT_CHANNEL, MISSING_PERMISSIONS, WRONG_CHANNEL_TYPE, INVALID_WEBHOOK_TOKEN = 50008, 50013, 50024, 50027
INVALID_FORM, THREAD_ARCHIVED, INVALID_JSON = 50035, 50083, 50109
NO_HISTORY_TO_REPLY_TO, THREAD_EXISTS = 160002, 160004

_REFUSALS = {
    UNAUTHORIZED: (401, "401: Unauthorized"),
    UNKNOWN_APPLICATION: (404, "Unknown Application"),
    UNKNOWN_CHANNEL: (404, "Unknown Channel"),
    UNKNOWN_GUILD: (404, "Unknown Guild"),
    UNKNOWN_MEMBER: (404, "Unknown Member"),
    UNKNOWN_MESSAGE: (404, "Unknown Message"),
    UNKNOWN_USER: (404, "Unknown User"),
    UNKNOWN_EMOJI: (400, "Unknown Emoji"),
    UNKNOWN_WEBHOOK: (404, "Unknown Webhook"),
    UNKNOWN_INTERACTION: (404, "Unknown interaction"),
    UNKNOWN_COMMAND: (404, "Unknown application command"),
    TOO_MANY_COMMANDS: (400, "Maximum number of application commands reached (100)."),
    ALREADY_ACKNOWLEDGED: (400, "Interaction has already been acknowledged."),
    TAG_REQUIRED: (400, "A tag is required to create a forum post in this channel"),
    MISSING_ACCESS: (403, "Missing Access"),
    NOT_THE_AUTHOR: (403, "Cannot edit a message authored by another user"),
    EMPTY_MESSAGE: (400, "Cannot send an empty message"),
    CANNOT_MESSAGE_USER: (403, "Cannot send messages to this user"),
    NOT_A_TEXT_CHANNEL: (400, "Cannot send messages in a non-text channel"),
    MISSING_PERMISSIONS: (403, "Missing Permissions"),
    WRONG_CHANNEL_TYPE: (400, "Cannot execute action on this channel type"),
    INVALID_WEBHOOK_TOKEN: (401, "Invalid Webhook Token"),
    INVALID_FORM: (400, "Invalid Form Body"),
    THREAD_ARCHIVED: (400, "Thread is archived"),
    INVALID_JSON: (400, "The request body contains invalid JSON."),
    NO_HISTORY_TO_REPLY_TO: (403, "Cannot reply without permission to read message history"),
    THREAD_EXISTS: (400, "A thread has already been created for this message"),
}


class Problem(NamedTuple):
    """What is wrong at one place of a request's body, such as ("embeds", "0", "title")."""

    path: tuple[str, ...]
    code: str
    message: str


class ApiError(Exception):
    """An answer other than success. `code` is Discord's own; `errors` are its nested explanations."""

    def __init__(self, code: int, errors: dict[str, Any] | None = None) -> None:
        self.status, self.message = _REFUSALS.get(code, (400, f"Error {code}"))
        super().__init__(f"{code} {self.message}")
        self.code = code
        self.errors = errors or {}

    @property
    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = {"message": self.message, "code": self.code}
        return body | {"errors": self.errors} if self.errors else body


class InvalidForm(ApiError):
    """50035, with each problem at its place."""

    def __init__(self, problems: list[Problem]) -> None:
        tree: dict[str, Any] = {}
        for problem in problems:
            here = tree
            for step in problem.path:
                here = here.setdefault(step, {})
            here.setdefault("_errors", []).append({"code": problem.code, "message": problem.message})
        super().__init__(INVALID_FORM, tree)


def not_found() -> dict[str, Any]:
    """What an address that does not exist is answered with."""
    return {"message": "404: Not Found", "code": 0}
