"""What Discord refuses, as a `PlatformError` that says what to do. None of it holds a token or what was sent.

The codes are those of https://docs.discord.com/developers/topics/opcodes-and-status-codes.
"""

from http import HTTPStatus
from json import JSONDecodeError

import aiohttp
import discord

from bot.errors import PlatformError

UNKNOWN_CHANNEL, UNKNOWN_EMOJI, TOO_LARGE, NOT_A_TEXT_CHANNEL, MISSING_PERMISSIONS = 10003, 10014, 40005, 50008, 50013
WRONG_CHANNEL_TYPE, THREAD_ARCHIVED, THREAD_EXISTS = 50024, 50083, 160004
_UNAUTHORIZED = 0
"""What an answer without a code of Discord's has as its code."""
_AUTHENTICATION_FAILED, _INTENTS = 4004, 4014
"""The gateway's codes."""

_INVITE = "invite it again: `papers discord invite` prints the link."

_FOR_GOOD = {
    UNKNOWN_CHANNEL: "the channel is gone.",
    10004: f"the server is gone, or the bot was removed from it; then {_INVITE}",
    10007: "the person is not in the server.",
    10008: "the message is gone.",
    10013: "there is no such person.",
    UNKNOWN_EMOJI: "there is no such emoji.",
    30010: "the message has as many emoji as it can hold.",
    40066: "the forum has no tag that the bot may use. Make one that everybody may use.",
    40067: "the forum wants a tag, and has none that fits. Make one.",
    50001: "the bot cannot see the channel. Let it: Edit Channel > Permissions > View Channel. Where it was removed "
    f"from the server, {_INVITE}",
    50005: "the message is not ours to change.",
    50006: "the message is empty.",
    50007: "the person takes no direct messages of the bot.",
    NOT_A_TEXT_CHANNEL: "the channel takes no messages. Subscribe a text channel or a forum.",
    MISSING_PERMISSIONS: "the bot lacks a permission in the channel. Let it: Edit Channel > Permissions.",
    WRONG_CHANNEL_TYPE: "the channel takes no such messages. Subscribe a text channel or a forum.",
    50035: "Discord does not take a message laid out like this.",
    160002: "the bot cannot read the channel's history. Let it: Edit Channel > Permissions > Read Message History.",
    160005: "the thread is locked.",
    200000: "the server's AutoMod blocks the message. Let the bot's role pass: Server Settings > AutoMod.",
    200001: "the server's AutoMod blocks the title. Let the bot's role pass: Server Settings > AutoMod.",
}
"""Repeating these cannot help. What is not listed may pass, and is given up after a day at the latest."""


class Refused(PlatformError):
    """Discord answered, and the answer is no. `code` is its number for why."""

    def __init__(self, message: str, code: int, *, permanent: bool = False) -> None:
        super().__init__(message, permanent=permanent)
        self.code = code


def refusal(doing: str, code: int) -> Refused:
    """That Discord does not take this."""
    why = _FOR_GOOD.get(code, f"code {code}")
    return Refused(f"Discord refused to {doing}: {why}", code, permanent=code in _FOR_GOOD)


TROUBLES = (discord.DiscordException, aiohttp.ClientError, TimeoutError, OSError, JSONDecodeError)
"""What a call of the SDK raises where Discord refuses it, or does not answer, or not in JSON."""


def refused(doing: str, error: Exception) -> PlatformError:
    """What `error`, one of TROUBLES, means for us. `doing` says what was called, such as "post"."""
    if isinstance(error, discord.RateLimited):
        return PlatformError(f"Discord asked to wait {error.retry_after:.0f} s to {doing}")
    if isinstance(error, discord.PrivilegedIntentsRequired):
        sentence = "the app may not be told what the bot asks to be told. Look at Bot > Privileged Gateway Intents"
        return Refused(f"Discord refused to {doing}: {sentence}.", _INTENTS, permanent=True)
    if isinstance(error, discord.LoginFailure) or _is_about_the_token(error):
        sentence = "the token is not valid. Reset it at discord.com/developers/applications, and set DISCORD_TOKEN"
        return Refused(f"Discord refused to {doing}: {sentence}.", _UNAUTHORIZED, permanent=True)
    if isinstance(error, discord.ConnectionClosed):
        return PlatformError(f"Discord closed the connection: code {error.code}")
    if isinstance(error, discord.HTTPException) and error.code:
        return refusal(doing, error.code)
    if isinstance(error, discord.HTTPException):
        return PlatformError(f"Discord did not {doing}: status {error.status}")
    if isinstance(error, JSONDecodeError):
        return PlatformError(f"Discord's answer cannot be read, to a call to {doing}")
    return PlatformError(f"Discord did not answer a call to {doing}: {type(error).__name__}")


def _is_about_the_token(error: Exception) -> bool:
    if isinstance(error, discord.HTTPException):
        return error.status == HTTPStatus.UNAUTHORIZED
    return isinstance(error, discord.ConnectionClosed) and error.code == _AUTHENTICATION_FAILED
