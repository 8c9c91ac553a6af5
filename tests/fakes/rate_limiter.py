"""A rate that is never reached."""


class FakeRateLimiter:
    """A `bot.ports.RateLimiter` that counts its turns."""

    def __init__(self) -> None:
        self.taken = 0

    async def turn(self) -> None:
        self.taken += 1
