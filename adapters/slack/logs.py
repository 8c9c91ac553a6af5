"""What Slack's SDK logs, without what must stay secret."""

import logging
import re

from slack_bolt.logger.messages import warning_token_skipped

_SECRET = re.compile(r"xox[a-z]?-[\w.-]+|xapp-[\w-]+|hooks\.slack\.com/[^\s'\")]+|(?<=ticket=)[^\s&'\")]+")
"""Tokens, the addresses that answer for us, and the one-time key of a socket's address."""


class Redacting(logging.Filter):
    """Takes secrets out of a record, its traceback included."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.msg == warning_token_skipped():  # SLACK_BOT_TOKEN is read by us, not by the SDK
            return False
        record.msg, record.args = _SECRET.sub("…", record.getMessage()), ()
        if record.exc_info:
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
