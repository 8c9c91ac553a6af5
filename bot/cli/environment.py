"""What `.env` and the environment tell where not all of them are right."""

import os
from difflib import get_close_matches

from pydantic_settings import BaseSettings, DotEnvSettingsSource

from bot.config import Settings


class _LogFormat(BaseSettings):
    """This setting alone."""

    model_config = Settings.model_config

    log_format: str = "pretty"


def log_is_json() -> bool:
    """Whether the log is JSON, be the other settings right or wrong."""
    try:
        return _LogFormat().log_format == "json"
    except (OSError, UnicodeDecodeError):  # there is no reading the file
        return os.environ.get("LOG_FORMAT") == "json"


def unknown_names() -> dict[str, str]:
    """What `.env` sets that is no setting, each with the setting that its name is most like, or "".

    Call it where `read_settings` succeeded.
    """
    known = [name.upper() for name in Settings.model_fields]
    names = [name.upper() for name in DotEnvSettingsSource(Settings).env_vars]
    return {name: "".join(get_close_matches(name, known, n=1, cutoff=0.75)) for name in names if name not in known}
