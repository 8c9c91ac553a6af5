"""A week and a month, as their threads stand in a channel once they are over."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

from docs.gallery.block_html import section
from docs.gallery.digests import SAID
from docs.gallery.slack_room import Lab

_FRIDAY = datetime(2026, 1, 16, 16, 0, tzinfo=UTC)
_FEBRUARY = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)


async def sections(lab: Lab) -> AsyncIterator[str]:
    await lab.says("subscribe at:08:00 zone:Europe/Berlin size:8 layout:compact digests:weekly,monthly")
    await lab.morning()
    for name, lines in SAID.items():
        for line in lines:
            await lab.says(line, name=name.capitalize())
    for title, now in (("A week in one thread", _FRIDAY), ("A month, with its chart", _FEBRUARY)):
        await lab.digests(now)
        yield section(title, lab.post("papers", -1))
