"""The chart of topics."""

import struct

import pytest

from adapters.chart import Charts


def size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels, from the first chunk of the picture (https://www.w3.org/TR/png/#11IHDR)."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_a_chart_is_a_picture_whose_words_have_every_number() -> None:
    image = Charts().topics([("reasoning", 1204), ("long context", 3)], title="Papers of January 2026 by topic")

    assert size(image.png) > (1000, 100)
    assert image.alt == "Papers of January 2026 by topic: reasoning 1,204, long context 3."


def test_each_topic_has_a_bar_of_its_own_height() -> None:
    few, many = (Charts().topics([(f"topic {n}", n) for n in range(1, count)], title="T") for count in (3, 15))

    (_, low), (_, high) = size(few.png), size(many.png)
    assert high - low == pytest.approx(12 * (low / (0.8 + 2 * 0.34)) * 0.34, rel=0.05)


def test_what_looks_like_a_formula_is_drawn_as_it_stands() -> None:
    assert Charts().topics([("$x_{", 1), ("a$b$c", 2)], title="$ {").png
