"""Charts, drawn with matplotlib."""

import io
from collections.abc import Sequence
from threading import Lock

from bot.cards.wording import shortened
from bot.messages import Image

_WIDTH, _ROW, _MARGIN, _PADDING = 7.0, 0.34, 0.8, 0.12
"""Inches."""
_RESOLUTION = 160
_INK, _BAR, _PAPER = "#1f2328", "#3867d6", "#ffffff"
"""On a ground of its own, so that it reads the same in light and in dark; ink on paper 16:1, bar on paper 5:1."""
_LONGEST_NAME = 40


class Charts:
    """Satisfies `bot.ports.Charts`."""

    def __init__(self) -> None:
        self._drawing = Lock()

    def topics(self, counts: Sequence[tuple[str, int]], *, title: str) -> Image:
        alt = f"{title}: {', '.join(f'{name} {count:,}' for name, count in counts)}."
        with self._drawing:  # matplotlib is not safe for threads, as its FAQ says
            return Image(_drawn(counts, title), alt)


def _drawn(counts: Sequence[tuple[str, int]], title: str) -> bytes:
    # Slow to import, and needed once a month.
    from matplotlib.figure import Figure  # noqa: PLC0415
    from matplotlib.layout_engine import ConstrainedLayoutEngine  # noqa: PLC0415

    layout = ConstrainedLayoutEngine(w_pad=_PADDING, h_pad=_PADDING)
    figure = Figure(figsize=(_WIDTH, _MARGIN + _ROW * len(counts)), dpi=_RESOLUTION, facecolor=_PAPER, layout=layout)
    axes = figure.add_subplot()
    places = range(len(counts))
    bars = axes.barh(places, [count for _, count in counts], color=_BAR, height=0.7)
    axes.bar_label(bars, labels=[f"{count:,}" for _, count in counts], padding=4, color=_INK, fontsize=10)
    axes.set_yticks(places, [_plain(name) for name, _ in counts], color=_INK, fontsize=10)
    axes.set_ylim(len(counts) - 0.4, -0.6)  # one bar is as high as one of many
    figure.suptitle(_plain(title), x=_PADDING / _WIDTH, ha="left", color=_INK, fontsize=12, fontweight="bold")
    axes.margins(x=0.08)
    axes.xaxis.set_visible(False)
    axes.tick_params(axis="y", length=0)
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)
    axes.spines["left"].set_color(_INK)
    png = io.BytesIO()
    figure.savefig(png, format="png")
    return png.getvalue()


def _plain(text: str) -> str:
    """Cut to a length, and without what matplotlib takes for mathematics."""
    return shortened(text, _LONGEST_NAME).replace("$", r"\$")
