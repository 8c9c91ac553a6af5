"""When something may be sent to Slack."""

from datetime import datetime, timedelta

from bot.ports import Clock


class Pace:
    """Keeps calls apart where Slack asks for it. Every place waits for itself alone: no workspace for another's."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._free_at: dict[tuple[str, ...], datetime] = {}

    async def turn(self, place: tuple[str, ...], *, gap: float = 0.0, patience: float) -> bool:
        """Waits for a turn at `place`, after which nobody has one for `gap` seconds. False, and no turn, where it would
        wait for more than `patience` seconds."""
        now = self._clock.now()
        at = max(now, self._free_at.get(place, now))
        wait = (at - now).total_seconds()
        if wait > patience:
            return False
        if gap:
            self._free_at[place] = at + timedelta(seconds=gap)
        if wait:
            await self._clock.sleep(wait)
        return True

    def pause(self, place: tuple[str, ...], seconds: float) -> None:
        """Nobody has a turn at `place` for that long."""
        now = self._clock.now()
        self._free_at[place] = max(now + timedelta(seconds=seconds), self._free_at.get(place, now))
