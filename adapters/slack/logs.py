"""What Slack's SDK logs, without what must stay secret, and without what is not so here."""

import logging
import re

from aiohttp import ClientError
from slack_bolt.logger.messages import (
    info_default_oauth_settings_loaded,
    warning_client_prioritized_and_token_skipped,
    warning_token_skipped,
)
from slack_sdk.errors import SlackApiError

_SECRET = re.compile(r"xox[a-z]?-[\w.-]+|xapp-[\w-]+|hooks\.slack\.com/[^\s'\")]+|(?<=ticket=)[^\s&'\")]+")
"""Tokens, the addresses that answer for us, and the one-time key of a socket's address."""

_NOT_SO = (info_default_oauth_settings_loaded, warning_client_prioritized_and_token_skipped, warning_token_skipped)
"""What the SDK concludes from the names of our settings, which it finds in the environment."""


class Redacting(logging.Filter):
    """Takes secrets out of a record, its traceback included. A connection that fails needs no traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        if any(record.msg == said() for said in _NOT_SO):
            return False
        record.msg, record.args = _SECRET.sub("…", record.getMessage()), ()
        if record.exc_info and isinstance(record.exc_info[1], ClientError | OSError | SlackApiError):
            record.exc_info = None
        elif record.exc_info:
            record.exc_text = _SECRET.sub("…", logging.Formatter().formatException(record.exc_info))
        return True


def sdk_logger() -> logging.Logger:
    """The logger for every part of the SDK. It is never below INFO: what is said there holds tokens, and what people
    write."""
    logger = logging.getLogger("adapters.slack.sdk")
    logger.setLevel(max(logging.INFO, logging.getLogger().level))
    if not logger.filters:
        logger.addFilter(Redacting())
    return logger
