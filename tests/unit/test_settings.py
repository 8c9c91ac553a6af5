"""Settings: what `.env.example` says, what is refused, and what is never repeated."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from bot.budget import Cap
from bot.cli.environment import unknown_names
from bot.config import Settings, read_settings
from bot.errors import SettingsError

EXAMPLE = Path(__file__).parents[2] / ".env.example"


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment and a directory that set nothing."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def test_the_example_names_every_setting_once_and_no_other() -> None:
    names = re.findall(r"^#?(\w+)=", EXAMPLE.read_text("utf-8"), re.MULTILINE)
    assert sorted(names) == sorted(name.upper() for name in Settings.model_fields)


def test_the_example_holds_every_default(tmp_path: Path) -> None:
    defaults = read_settings()
    (tmp_path / ".env").write_text(EXAMPLE.read_text("utf-8"), "utf-8")
    assert read_settings() == defaults


def test_a_copy_of_the_example_leaves_the_level_of_logs_to_each_command(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(EXAMPLE.read_text("utf-8"), "utf-8")
    assert "log_level" not in read_settings().model_fields_set


def test_the_example_explains_each_setting_above_it() -> None:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    for before, line in pairwise(lines):
        assert "=" not in line or line.startswith("#") or before.startswith("# ")


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ARXIV_CONTACT=From the file\nTOPICS=agents, long context\n")
    monkeypatch.setenv("ARXIV_CONTACT", "From the environment")
    settings = read_settings()
    assert settings.arxiv_contact == "From the environment"
    assert [topic.name for topic in settings.interests.topics] == ["agents", "long context"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TIME_ZONE", "Mars/Olympus"),
        ("EDITION_DAYS", "mon,someday"),
        ("EDITION_SIZE", "0"),
        ("EDITION_TIME", "late"),
        ("CATEGORIES", " , "),
        ("CATEGORIES", "cs.CL, cs.LGG"),
        ("LOG_LEVEL", "LOUD"),
        ("SUBSCRIPTION_EDITORS", "creator"),
        ("ARXIV_GAP", "1"),
        ("MODEL_PRICES", "gpt-x=cheap"),
        ("BUDGET_TEAM_DAY", "-1"),
        ("SUMMARY_LANGUAGE", "ignore all rules"),
        ("EMOJI_READ", "books, :Star:"),
    ],
)
def test_a_wrong_setting_is_refused_by_its_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        read_settings()


@pytest.mark.parametrize(("name", "said"), [("DISCORD_GUILD", "right form"), ("DISCORD_SHARDS", "whole number")])
def test_what_is_wrong_is_said_without_a_programmers_words(
    monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    monkeypatch.setenv(name, "lab")
    with pytest.raises(SettingsError, match=said) as raised:
        read_settings()
    assert not re.search("pattern|parse", str(raised.value))


def test_less_than_arxivs_gap_is_for_other_servers_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARXIV_GAP", "0")
    monkeypatch.setenv("ARXIV_API_URL", "http://127.0.0.1:1/api/query")
    with pytest.raises(SettingsError, match="ARXIV_GAP"):
        read_settings()
    monkeypatch.setenv("ARXIV_FEED_URL", "http://127.0.0.1:1/rss")
    with pytest.raises(SettingsError, match="ARXIV_GAP"):
        read_settings()
    monkeypatch.setenv("ARXIV_PAGES_URL", "http://127.0.0.1:1")
    assert read_settings().arxiv_gap == 0


def test_neither_an_error_nor_a_printed_setting_holds_the_database_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ada:s3cret@host/papers")
    assert "s3cret" not in repr(read_settings())
    monkeypatch.setenv("TIME_ZONE", "Mars/Olympus")
    with pytest.raises(SettingsError) as refused:
        read_settings()
    assert "s3cret" not in str(refused.value)


def test_emoji_names_mean_verbs_whatever_their_case_and_colons(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMOJI_SAVE", ":Floppy_Disk:, star")
    assert read_settings().emoji["floppy_disk"] == "save"


def test_a_key_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-s3cret")
    assert "s3cret" not in repr(read_settings())
    assert read_settings().has_model


def test_prices_and_caps_are_whole_micro_dollars(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODEL_PRICES", "gpt-x=0.15/0.60, llama=0/0")
    monkeypatch.setenv("BUDGET_TEAM_DAY", "0.07")
    budget = read_settings().budget
    assert budget.cost("gpt-x", 1_000_000, 1_000_000) == 750_000
    assert budget.caps[Cap.TEAM_DAY] == 70_000


def test_a_category_in_any_case_is_arxivs_and_a_mistyped_one_is_answered_with_the_nearest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CATEGORIES", "CS.cl, cs.CL, math.oc")
    assert read_settings().categories == ("cs.CL", "math.OC")
    monkeypatch.setenv("CATEGORIES", "cs.CLL")
    with pytest.raises(SettingsError) as refused:
        read_settings()
    assert str(refused.value) == "CATEGORIES: cs.CLL is no arXiv category; did you mean cs.CL?"


def test_a_file_that_is_not_utf_8_is_named_and_not_shown(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("ARXIV_CONTACT=Zürich\n".encode("latin-1"))
    with pytest.raises(SettingsError) as refused:
        read_settings()
    assert str(refused.value) == ".env is not in UTF-8. Save it in that encoding."


def test_a_directory_in_the_files_place_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    with pytest.raises(SettingsError, match=r"\.env is a directory"):
        read_settings()


def test_names_in_the_file_that_are_no_setting_are_told_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("EDTION_SIZE=8\nTOPICS=agents\nSOMETHING_ELSE=1\n")
    assert unknown_names() == {"EDTION_SIZE": "EDITION_SIZE", "SOMETHING_ELSE": ""}


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-s3cret"}, "SLACK_APP_TOKEN is missing, or for HTTP SLACK_SIGNING_SECRET"),
        ({"SLACK_APP_TOKEN": "xapp-s3cret"}, "SLACK_BOT_TOKEN is missing, or for many workspaces SLACK_CLIENT_ID"),
        ({"SLACK_BOT_TOKEN": "xapp-s3cret", "SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN: it must start with xoxb-"),
        ({"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s3cret", "SLACK_SIGNING_SECRET": "s3cret"}, "SECRET_KEYS"),
        ({"SLACK_CLIENT_SECRET": "s3cret", "SLACK_SIGNING_SECRET": "s3cret"}, "SLACK_CLIENT_ID needs"),
        ({"SLACK_BOT_TOKEN": "xoxb-s3cret", "SLACK_CLIENT_ID": "1.2"}, "unset one of them"),
        ({"SLACK_API_URL": "https://slack.com/api"}, "SLACK_API_URL"),
    ],
)
def test_half_of_slack_is_refused_and_no_secret_is_shown(
    settings: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        read_settings()
    assert said in str(refused.value)
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize("way", [{"SLACK_APP_TOKEN": "xapp-1"}, {"SLACK_SIGNING_SECRET": "s3cret"}])
def test_slack_takes_a_bot_and_a_way_in(way: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert not read_settings().has_slack
    for name, value in ({"SLACK_BOT_TOKEN": "xoxb-1"} | way).items():
        monkeypatch.setenv(name, value)
    assert read_settings().has_slack


def test_http_has_a_port_if_one_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    for value, port in (("", None), ("9000", 9000), ("0", 0)):
        monkeypatch.setenv("HTTP_PORT", value)
        assert read_settings().http_port == port


@pytest.mark.parametrize("name", ["OTEL_EXPORTER_OTLP_ENDPOINT", "OPENAI_BASE_URL", "ARXIV_API_URL"])
@pytest.mark.parametrize(
    "address",
    ["localhost:4318", "grpc://localhost:4317", "http:/localhost:4318", "http://", "http://a:port", "http://[a]"],
)
def test_a_server_without_a_scheme_a_host_or_a_port_that_is_one_is_refused(
    name: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, address)
    with pytest.raises(SettingsError, match=rf"^{name}: it must begin with http:// or https://"):
        read_settings()
    monkeypatch.setenv(name, "https://server.example/t0ken")
    assert getattr(read_settings(), name.lower()) == "https://server.example/t0ken"


def test_all_topics_are_none_in_particular(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOPICS", "all")
    assert read_settings().interests.topics == ()
