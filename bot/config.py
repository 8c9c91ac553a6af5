"""Settings: read once from the environment and `.env`, then passed down."""

from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic.functional_validators import AfterValidator, BeforeValidator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.budget import Budget, Cap, micro_dollars, parse_price
from bot.categories import category
from bot.errors import SettingsError
from bot.summaries.languages import language_tag
from bot.teams import DAYS, DEFAULT_CATEGORIES, MOST_PAPERS, Interests, OnNothing, topics_named

ARXIV_GAP_SECONDS = 3.0
"""arXiv asks for no more than one request in three seconds: https://info.arxiv.org/help/api/tou.html"""

Port = Annotated[int | None, Field(ge=0, le=65535), BeforeValidator(lambda value: None if value == "" else value)]


def _web_address(value: str) -> str:
    try:
        parts = urlsplit(value)
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # a port that is no number, or brackets around what is no address
        known = False
    if value and not known:
        raise ValueError("it must begin with http:// or https:// and name a host, such as http://localhost:4318")
    return value


WebAddress = Annotated[str, AfterValidator(_web_address)]

Words = Annotated[tuple[str, ...], NoDecode]
"""A setting that lists things: `a, b, c`."""

Dollars = Annotated[Decimal, Field(ge=0, le=100_000, decimal_places=6)]
"""A cap on spending; 0 is none."""

ENV_FILE = ".env"
DAY_NAMES = tuple(day[:3] for day in DAYS)


class Settings(BaseSettings):
    """Every setting, with its default. `.env.example` explains each; a test holds the two equal.

    Read it with `read_settings`, which turns what is wrong into a SettingsError that names the setting.
    """

    model_config = SettingsConfigDict(env_file=ENV_FILE, env_file_encoding="utf-8", extra="ignore", frozen=True)

    database_url: SecretStr = SecretStr("sqlite:///paper-round.db")
    arxiv_api_url: WebAddress = "https://export.arxiv.org/api/query"
    arxiv_feed_url: WebAddress = "https://rss.arxiv.org/rss"
    arxiv_pages_url: WebAddress = "https://arxiv.org"
    arxiv_timeout: Annotated[float, Field(gt=0, le=300)] = 30.0
    arxiv_gap: Annotated[float, Field(ge=0, le=60)] = ARXIV_GAP_SECONDS
    arxiv_contact: str = ""

    time_zone: str = "UTC"
    edition_time: time = time(8, 0)
    edition_days: Words = ("mon", "tue", "wed", "thu", "fri")
    edition_size: Annotated[int, Field(ge=1, le=MOST_PAPERS)] = 5
    edition_explores: bool = False
    edition_on_nothing: OnNothing = OnNothing.SILENCE
    edition_wait_hours: Annotated[float, Field(ge=0, le=24)] = 3.0

    categories: Words = DEFAULT_CATEGORIES
    topics: Words = ()
    wanted: Words = ()
    unwanted: Words = ()
    authors: Words = ()

    subscription_editors: Literal["managers", "everyone"] = "managers"

    emoji_save: Words = ("bookmark", "star", "pushpin")
    emoji_like: Words = ("+1", "thumbsup", "heart")
    emoji_dislike: Words = ("-1", "thumbsdown")
    emoji_read: Words = ("white_check_mark", "heavy_check_mark", "books")

    emoji_summary: Words = ("memo", "pencil")

    openai_api_key: SecretStr = SecretStr("")
    openai_base_url: WebAddress = ""
    openai_model: str = "gpt-4o-mini"
    openai_timeout: Annotated[float, Field(gt=0, le=180)] = 60.0
    summary_language: str = "en"
    model_prices: Words = ("gpt-4o-mini=0.15/0.60/0.075", "gpt-4.1-mini=0.40/1.60/0.10")
    budget_team_day: Dollars = Decimal("1.00")
    budget_team_month: Dollars = Decimal("20.00")
    budget_person_day: Dollars = Decimal("0.25")
    budget_person_month: Dollars = Decimal("5.00")

    slack_bot_token: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_signing_secret: SecretStr = SecretStr("")
    slack_client_id: str = ""
    slack_client_secret: SecretStr = SecretStr("")
    slack_api_url: Annotated[str, Field(pattern=r"^https?://\S+/$")] = "https://slack.com/api/"
    secret_keys: SecretStr = SecretStr("")
    http_host: str = "127.0.0.1"
    http_port: Port = None

    discord_token: SecretStr = SecretStr("")
    discord_api_url: Annotated[str, Field(pattern=r"^https?://\S+[^/\s]$")] = "https://discord.com/api/v10"
    discord_gateway_url: Annotated[str, Field(pattern=r"^wss?://\S+$")] = "wss://gateway.discord.gg/"
    discord_guild: Annotated[str, Field(pattern=r"^\d*$")] = ""
    discord_shards: Annotated[int, Field(ge=0)] = 0

    terminal_transcript: str = ""
    log_level: str = "WARNING"
    log_format: Literal["pretty", "json"] = "pretty"
    otel_exporter_otlp_endpoint: WebAddress = ""

    @field_validator(
        "edition_days", "categories", "topics", "wanted", "unwanted", "authors",
        "emoji_save", "emoji_like", "emoji_dislike", "emoji_read", "emoji_summary", "model_prices", mode="before",
    )  # fmt: skip
    @classmethod
    def _listed(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))
        return value

    @field_validator("edition_days")
    @classmethod
    def _known_days(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        days = tuple(day.lower()[:3] for day in value)
        if not days or not set(days) <= set(DAY_NAMES):
            raise ValueError(f"days are {', '.join(DAY_NAMES)}")
        return days

    @field_validator("categories")
    @classmethod
    def _known_categories(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not value:
            raise ValueError("at least one arXiv category is needed, such as cs.CL")
        return tuple(dict.fromkeys(map(category, value)))

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("use an IANA name such as Europe/Berlin") from None
        return value

    @field_validator("summary_language")
    @classmethod
    def _known_language(cls, value: str) -> str:
        return language_tag(value)

    @field_validator("model_prices")
    @classmethod
    def _prices(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for price in value:
            parse_price(price)
        return value

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        level = value.upper()
        if level not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError("use DEBUG, INFO, WARNING or ERROR")
        return level

    @model_validator(mode="after")
    def _polite_to_arxiv(self) -> "Settings":
        hosts = [urlsplit(url).hostname or "" for url in self._arxiv_urls]
        if self.arxiv_gap < ARXIV_GAP_SECONDS and any(f".{host}".endswith(".arxiv.org") for host in hosts):
            raise ValueError("ARXIV_GAP: arXiv asks for 3 seconds between requests; less is for a server of your own")
        return self

    @field_validator("slack_bot_token", "slack_app_token")
    @classmethod
    def _token_of_its_kind(cls, value: SecretStr, info: ValidationInfo) -> SecretStr:
        start = {"slack_bot_token": "xoxb-", "slack_app_token": "xapp-"}[info.field_name or ""]
        if value.get_secret_value() and not value.get_secret_value().startswith(start):
            raise ValueError(f"it must start with {start}")
        return value

    @model_validator(mode="after")
    def _slack_is_whole(self) -> "Settings":
        bot = bool(self.slack_bot_token.get_secret_value())
        way = bool(self.slack_app_token.get_secret_value() or self.slack_signing_secret.get_secret_value())
        app = bool(self.slack_client_id), bool(self.slack_client_secret.get_secret_value())
        if bot and any(app):
            raise ValueError("SLACK_BOT_TOKEN is for one workspace, SLACK_CLIENT_ID for many: unset one of them")
        if any(app) and not all((*app, self.secret_keys.get_secret_value())):
            raise ValueError("SLACK_CLIENT_ID needs SLACK_CLIENT_SECRET, and SECRET_KEYS to keep tokens under")
        if (bot or any(app)) and not way:
            raise ValueError("SLACK_APP_TOKEN is missing, or for HTTP SLACK_SIGNING_SECRET")
        if way and not (bot or any(app)):
            raise ValueError("SLACK_BOT_TOKEN is missing, or for many workspaces SLACK_CLIENT_ID")
        return self

    @model_validator(mode="after")
    def _one_meaning_an_emoji(self) -> "Settings":
        verbs: dict[str, str] = {}
        for verb, names in self._emoji_names.items():
            for name in names:
                other = verbs.setdefault(_plain_emoji(name), verb)
                if other != verb:
                    raise ValueError(
                        f"EMOJI_{other.upper()} and EMOJI_{verb.upper()}: both name {_plain_emoji(name)}, which can "
                        "have one meaning only"
                    )
        return self

    @property
    def _emoji_names(self) -> dict[str, tuple[str, ...]]:
        return {
            "save": self.emoji_save,
            "like": self.emoji_like,
            "dislike": self.emoji_dislike,
            "read": self.emoji_read,
            "summary": self.emoji_summary,
        }

    @property
    def _arxiv_urls(self) -> tuple[str, ...]:
        return self.arxiv_api_url, self.arxiv_feed_url, self.arxiv_pages_url

    @property
    def has_model(self) -> bool:
        """Whether a language model is set up."""
        return bool(self.openai_api_key.get_secret_value() or self.openai_base_url)

    @property
    def has_slack(self) -> bool:
        """Whether Slack is set up, for one workspace or for many."""
        return bool(self.slack_bot_token.get_secret_value() or self.slack_client_id)

    @property
    def has_discord(self) -> bool:
        """Whether Discord is set up."""
        return bool(self.discord_token.get_secret_value())

    @property
    def budget(self) -> Budget:
        """What models cost, and what may be spent on them."""
        caps = {
            Cap.TEAM_DAY: self.budget_team_day,
            Cap.TEAM_MONTH: self.budget_team_month,
            Cap.PERSON_DAY: self.budget_person_day,
            Cap.PERSON_MONTH: self.budget_person_month,
        }
        prices = dict(map(parse_price, self.model_prices))
        return Budget(prices, {cap: micro_dollars(dollars) for cap, dollars in caps.items()})

    @property
    def interests(self) -> Interests:
        """What the terminal's subscription asks for."""
        return Interests(
            categories=self.categories,
            topics=topics_named(self.topics),
            wanted=self.wanted,
            unwanted=self.unwanted,
            authors=self.authors,
        )

    @property
    def emoji(self) -> dict[str, str]:
        """Emoji name to the verb it stands for."""
        return {_plain_emoji(name): verb for verb, names in self._emoji_names.items() for name in names}


_PLAINLY = {"int_parsing": "use a whole number", "string_pattern_mismatch": "it is not of the right form"}
"""What pydantic says for programmers, by its type of error."""


def _plain_emoji(name: str) -> str:
    return name.strip(":").casefold()


def read_settings(**overrides: Any) -> Settings:
    """The settings from the environment and `.env`. Raises SettingsError naming each wrong one, not its value."""
    if Path(ENV_FILE).is_dir():
        raise SettingsError(f"{ENV_FILE} is a directory, not a file of settings.")
    try:
        return Settings(**overrides)
    except UnicodeDecodeError:
        raise SettingsError(f"{ENV_FILE} is not in UTF-8. Save it in that encoding.") from None
    except OSError as error:
        raise SettingsError(f"{ENV_FILE} cannot be read: {error.strerror}.") from None
    except ValidationError as error:
        problems = [
            f"{'.'.join(str(part) for part in problem['loc']).upper() or 'Settings'}: "
            f"{_PLAINLY.get(problem['type'], problem['msg'].removeprefix('Value error, '))}"
            for problem in error.errors(include_input=False, include_url=False)
        ]
        raise SettingsError("; ".join(problems)) from None
