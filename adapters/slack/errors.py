"""What Slack refuses, as a `PlatformError` that says what to do. None of it holds a token or what was sent.

The codes are those of https://docs.slack.dev/reference/methods/chat.postMessage and its neighbours.
"""

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.errors import PlatformError

_INSTALL_AGAIN = "Install the app in the workspace again."
_INVITE = "Invite it there: /invite @Paper Round"

_FOR_GOOD = {
    "channel_not_found": f"the channel is gone, or private and the bot is not in it. {_INVITE}",
    "not_in_channel": f"the bot is not in the channel. {_INVITE}",
    "is_archived": "the channel is archived. Unarchive it, or subscribe another one.",
    "restricted_action": "the workspace's rules keep the bot from posting there. Ask an admin to let it.",
    "restricted_action_read_only_channel": "only some people may post there. Ask an admin to let the bot.",
    "restricted_action_thread_locked": "the thread is locked.",
    "account_inactive": f"the app was removed from the workspace. {_INSTALL_AGAIN}",
    "token_revoked": f"the token was revoked. {_INSTALL_AGAIN}",
    "token_expired": f"the token is out of time. {_INSTALL_AGAIN}",
    "invalid_auth": f"the token is not valid. {_INSTALL_AGAIN}",
    "not_authed": f"there is no token. {_INSTALL_AGAIN}",
    "org_login_required": "the workspace is moving to an organisation. Install the app again once it is there.",
    "user_not_found": "there is no such person.",
    "users_not_found": "there is no such person.",
    "user_disabled": "the person's account is deactivated.",
    "cannot_dm_bot": "bots have no direct messages.",
    "messages_tab_disabled": "the app takes no direct messages. Turn the Messages tab on, under App Home.",
    "message_not_found": "the message is gone.",
    "thread_not_found": "the message is gone.",
    "cant_update_message": "the message is not ours to change.",
    "edit_window_closed": "the workspace's rules let nobody change a message as old as this one.",
    "too_many_emoji": "the message has as many emoji as it can hold.",
    "too_many_reactions": "the message has as many emoji as it can hold.",
    "invalid_name": "the workspace has no such emoji.",
    "invalid_blocks": "Slack does not take a message laid out like this.",
    "msg_blocks_too_long": "the message is too long.",
    "msg_too_long": "the message is too long.",
    "no_text": "the message is empty.",
    "not_found": "the view was closed.",
    "expired_trigger_id": "it took too long to open the form. Try again.",
    "trigger_exchanged": "the form was opened already.",
}
"""Repeating these cannot help. What is not listed may pass, and is given up after a day at the latest."""

_DOING = {
    "chat.postMessage": "to post",
    "chat.update": "to change a message",
    "conversations.history": "to show what was posted",
    "conversations.replies": "to show what was posted",
}
"""What readers are told instead of a method's name."""
_ABOUT_THE_TOKEN = frozenset({"account_inactive", "token_revoked", "token_expired", "invalid_auth", "not_authed"})


class Refused(PlatformError):
    """Slack answered, and the answer is no. `code` is its word for why."""

    def __init__(self, message: str, code: str, *, permanent: bool = False) -> None:
        super().__init__(message, permanent=permanent)
        self.code = code

    @property
    def about_the_token(self) -> bool:
        """Whether Slack takes the token no more; another may be there by now."""
        return self.code in _ABOUT_THE_TOKEN


def code_of(error: SlackApiError) -> str:
    """Slack's word for what went wrong; "" where the answer was none of Slack's."""
    response = error.response
    if isinstance(response, AsyncSlackResponse) and isinstance(response.data, dict):
        return str(response.data.get("error", ""))
    return ""


def retry_after(error: SlackApiError) -> float | None:
    """Seconds that Slack asks to wait, where that is why it refused."""
    response = error.response
    if not isinstance(response, AsyncSlackResponse):
        return None
    if response.status_code != 429 and code_of(error) != "ratelimited":
        return None
    asked = {name.lower(): value for name, value in response.headers.items()}.get("retry-after", "")
    return float(asked) if str(asked).isdigit() else 1.0


def refused(method: str, error: SlackApiError) -> PlatformError:
    """What `error`, the answer to a call of `method`, means for us."""
    code, method = code_of(error), _DOING.get(method, method)
    if code == "missing_scope" and isinstance(error.response, AsyncSlackResponse):
        needed = error.response.get("needed") or "a scope"
        sentence = f"the app lacks {needed}. Add it under OAuth & Permissions, then install the app again."
        return Refused(f"Slack refused {method}: {sentence}", code, permanent=True)
    if code in _FOR_GOOD:
        return Refused(f"Slack refused {method}: {_FOR_GOOD[code]}", code, permanent=True)
    if code:
        return Refused(f"Slack refused {method}: {code}", code)
    status = error.response.status_code if isinstance(error.response, AsyncSlackResponse) else "unreadable"
    return PlatformError(f"Slack did not answer a call {method}: status {status}")
