"""A week and a month, as their threads stand in a channel once they are over."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

from docs.gallery.block_html import section
from docs.gallery.digests import SAID
from docs.gallery.slack_room import Lab

_FRIDAY = datetime(2026, 1, 16, 15, 0, tzinfo=UTC)
_FEBRUARY = datetime(2026, 2, 2, 7, 0, tzinfo=UTC)


async def sections(lab: Lab) -> AsyncIterator[str]:
    await lab.says("subscribe at:08:00 zone:Europe/Berlin size:8 layout:compact digests:weekly,monthly")
    await lab.morning()
    for name, lines in SAID.items():
        for line in lines:
            await lab.says(line, name=name.capitalize())
    await lab.digests(_FRIDAY)
    yield section("A week in one thread", lab.post("papers", -1, at="4:00 PM"))
    await lab.digests(_FEBRUARY)
    yield section("A month, with its chart", lab.post("papers", -1))
