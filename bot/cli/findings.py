"""What `papers doctor` finds."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How a thing stands."""

    FINE = "✓"
    ODD = "!"
    """It works, but hardly as it was meant."""
    BROKEN = "×"
    NOT_LOOKED_AT = "–"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing. `mend` says what to do about it."""

    about: str
    state: str
    mark: Mark = Mark.FINE
    mend: str = ""
