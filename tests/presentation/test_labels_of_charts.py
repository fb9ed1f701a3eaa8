"""Where the values of a chart are printed: near their points, and on nothing else."""

import math
from dataclasses import replace

import pytest

from kcc_lib.presentation.drawing import MarkedPoint, Panel
from kcc_lib.presentation.theme import NARROW, WIDE

NAN = math.nan
SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=lambda s: s.name)


def panel(values, low, high):
    """A series of which the latest alone has an interval."""
    ends = [(NAN, NAN)] * (len(values) - 1) + [(low, high)]
    points = tuple(
        MarkedPoint(2000.0 + at, value, *end, "area", "Kent", 0, f"{value:.1f}")
        for at, (value, end) in enumerate(zip(values, ends, strict=True))
    )
    return Panel(points, (), (), (), "Per cent", (0.0, 100.0), (), 2000.0, 1999.0 + len(values))


def box(found, label, size):
    """The left, right, top and bottom of a label, in pixels."""
    point, time, value = label
    x, y = found.x(time, size.width), found.y(value, size.height)
    half = 0.28 * size.font * len(point.text)
    return x - half, x + half, y - size.font / 2, y + size.font / 2


@SIZES
@pytest.mark.parametrize("reach", [1, 4, 6, 9, 15, 30, 45])
@pytest.mark.parametrize("before", [5, 35, 50, 65, 95])
def test_no_value_stands_on_an_upright_interval(size, reach, before):
    found = panel([before, before, 50.0], 50.0 - reach, 50.0 + reach)

    left, right, top, bottom = box(found, found.value_labels(size)[-1], size)
    x = found.x(2002.0, size.width)
    ends = [found.y(50.0 + sign * reach, size.height) for sign in (1, -1)]
    beside = right < x or left > x
    past = bottom <= ends[0] + 1 or top >= ends[1] - 1
    within_the_mark = reach * size.height / 100 <= 6
    assert beside or past or within_the_mark


@SIZES
@pytest.mark.parametrize("before", [5, 35, 50, 65, 95])
def test_a_value_beside_an_interval_is_not_struck_through_by_its_own_line(size, before):
    found = panel([before, before, 50.0], 20.0, 80.0)

    left, right, top, bottom = box(found, found.value_labels(size)[-1], size)
    middle = (left + right) / 2
    ends = [(found.x(p.time, size.width), found.y(p.value, size.height)) for p in found.area[-2:]]
    (x1, y1), (x2, y2) = ends
    line = y1 + (y2 - y1) * (middle - x1) / (x2 - x1)
    assert not top < line < bottom


@SIZES
def test_the_value_of_a_first_point_with_an_interval_stands_on_the_plot(size):
    points = panel([50.0, 60.0, 70.0], 0, 0).area
    first = replace(points[0], low=20.0, high=80.0)
    found = replace(
        panel([50.0, 60.0, 70.0], 0, 0), area=(first, *points[1:-1], replace(points[-1], low=NAN))
    )

    left, right, *_ = box(found, found.value_labels(size)[0], size)

    assert left >= 0
    assert left > found.x(2000.0, size.width) or right < found.x(2000.0, size.width)


@SIZES
def test_a_label_of_the_scale_has_room_to_the_left_of_the_plot(size):
    """Six characters such as 70,000, as wide as Arial sets them, and the gap to the plot."""
    arial = 5 * 0.556 + 0.278

    assert arial * size.font + 8 <= size.left
