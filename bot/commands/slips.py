"""Lines that are no command."""

from dataclasses import dataclass
from enum import StrEnum


class Slip(StrEnum):
    """The ways in which a line can fail to be a command. `bot.cards` has the sentence for each."""

    UNKNOWN_VERB = "unknown_verb"
    NO_PAPER = "no_paper"
    NO_TAG = "no_tag"
    BAD_TAG = "bad_tag"
    NO_TEXT = "no_text"
    TOO_LONG = "too_long"
    BAD_DATE = "bad_date"
    BAD_DAY = "bad_day"
    BAD_PERIOD = "bad_period"
    NOT_ME = "not_me"
    BAD_SETTING = "bad_setting"
    NOT_HERE = "not_here"
    """A setting of when and how, where papers are chosen only."""
    NO_CATEGORY = "no_category"
    BAD_CATEGORY = "bad_category"
    BAD_SIZE = "bad_size"
    NO_DAY = "no_day"
    BAD_DAYS = "bad_days"
    BAD_TIME = "bad_time"
    BAD_ZONE = "bad_zone"
    BAD_LAYOUT = "bad_layout"
    BAD_OFFERS = "bad_offers"
    BAD_ON_NOTHING = "bad_on_nothing"
    BAD_DIGESTS = "bad_digests"
    NO_FORM = "no_form"
    BAD_FILTER = "bad_filter"
    BAD_KIND = "bad_kind"
    BAD_LANGUAGE = "bad_language"
    TOO_MUCH = "too_much"


@dataclass(frozen=True, slots=True)
class Misunderstood:
    """A line that is no command. `suggestions` are lines that are one."""

    slip: Slip
    verb: str
    given: str
    suggestions: tuple[str, ...] = ()
