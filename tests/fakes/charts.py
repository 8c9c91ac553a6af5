"""Charts that take no time to draw."""

from collections.abc import Sequence

from bot.messages import Image


class FakeCharts:
    """A `bot.ports.Charts`: the picture is its own words."""

    def topics(self, counts: Sequence[tuple[str, int]], *, title: str) -> Image:
        alt = f"{title}: {', '.join(f'{name} {count}' for name, count in counts)}."
        return Image(alt.encode(), alt)
