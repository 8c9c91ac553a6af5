"""What discord.py logs: nothing that must stay secret, and a connection that fails in one line."""

import logging

from adapters.discord.errors import TROUBLES

_CONNECTING = ("discord.client", "discord.shard")


class _OneLine(logging.Filter):
    """A connection that fails needs no traceback, and voice is nothing that the bot lacks."""

    def filter(self, record: logging.LogRecord) -> bool:
        if "voice will NOT be supported" in record.getMessage():
            return False
        failure = record.exc_info[1] if record.exc_info else None
        if isinstance(failure, TROUBLES):
            record.msg, record.args = f"{record.getMessage()} ({failure or type(failure).__name__})", ()
            record.exc_info = None
        return True


def quieten() -> None:
    """The SDK's loggers are never below INFO: what is said there holds what people write, and tokens to answer them."""
    sdk = logging.getLogger("discord")
    sdk.setLevel(max(logging.INFO, logging.getLogger().level))
    for name in _CONNECTING:
        logger = logging.getLogger(name)
        if not any(isinstance(known, _OneLine) for known in logger.filters):
            logger.addFilter(_OneLine())
