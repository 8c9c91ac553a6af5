"""What the SDK keeps of each channel that it calls."""

import math
from datetime import timedelta

from adapters.discord.client import PapersClient
from tests.fakes.clock import FakeClock


async def test_channels_that_were_called_long_ago_are_forgotten_once_a_minute_and_not_at_each_new_one(
    clock: FakeClock,
) -> None:
    client = PapersClient(clock)
    http = client.http
    for number in range(1000):
        http.get_ratelimit(f"channel {number}")._last_request = -math.inf  # long ago
    assert len(http._buckets) == 1000
    clock.advance(timedelta(minutes=1))
    http.get_ratelimit("one more")
    assert list(http._buckets) == ["one more"]
