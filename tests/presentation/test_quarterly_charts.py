"""Charts of KPIs: lines across are named, told apart, inside the scale, and touch no label."""

import math
from itertools import combinations, pairwise
from xml.etree import ElementTree

import altair as alt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcc_lib.presentation.charts import trend_spec
from kcc_lib.presentation.drawing import spread_apart
from kcc_lib.presentation.quarterly.chart import kpi_panel, picture
from kcc_lib.presentation.theme import LEVEL_DASHES, NARROW, WIDE
from kcc_lib.presentation.vetting import vet_svg
from kcc_lib.vocabulary import Kind, Polarity

from .quarterly_builders import RISING, kpi, quarter

SVG = "{http://www.w3.org/2000/svg}"
CASES = {
    "crossing": (RISING, 93.0, 90.0),
    "close together": (RISING, 95.2, 95.0),
    "far above": ([10.0, 12, 11, 9, 10, 11], 95.0, 80.0),
    "thousands": ([10985.0, 10700, 10797, 10800, 10797, 10797], 10797.0, 11877.0),
    "one quarter": ([64.0], 65.0, 60.0),
    "a gap": ([90.0, 91, math.nan, 92, 91, 93], 93.0, 90.0),
}


def view_of(values, target, floor, **told):
    unit = "count" if values[0] > 100 else "%"
    polarity = Polarity.LOWER if floor > target else Polarity.HIGHER
    measure = kpi("m", **({"unit": unit, "polarity": polarity} | told))
    return quarter([(measure, values)], aims=[("m", target, floor, math.nan, math.nan)]).kpis()[0]


@pytest.fixture(params=CASES, ids=lambda c: c)
def panel(request):
    return kpi_panel(view_of(*CASES[request.param]))


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=lambda s: s.name)
def test_a_filled_template_is_valid_and_unchanged_by_altair(panel, size):
    spec = trend_spec(panel, size)

    assert alt.Chart.from_dict(spec).to_dict() == spec


def test_the_scale_includes_the_lines(panel):
    low, high = panel.domain

    assert all(low <= level.value <= high for level in panel.levels)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=lambda s: s.name)
def test_names_at_the_right_do_not_touch(panel, size):
    names = panel.right_labels(size)

    heights = sorted(panel.y(at, size.height) for _, at in (*names.ends, *names.levels))
    assert all(b - a >= size.font for a, b in pairwise(heights))


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=lambda s: s.name)
def test_printed_values_do_not_touch_and_the_latest_is_among_them(panel, size):
    labels = panel.value_labels(size)

    assert labels[-1][0] is panel.area[-1]
    for (one, x1, y1), (two, x2, y2) in combinations(labels, 2):
        apart = abs(panel.x(x1, size.width) - panel.x(x2, size.width))
        widths = 0.28 * size.font * (len(one.text) + len(two.text))
        over = abs(panel.y(y1, size.height) - panel.y(y2, size.height))
        assert apart >= widths or over >= size.font


def test_target_and_floor_are_named_at_the_line_with_dashes_of_their_own():
    svg = ElementTree.fromstring(picture(view_of(RISING, 93.0, 90.0))["wide"])

    texts = [t.text for t in svg.iter(f"{SVG}text")]
    dashes = {line.get("stroke-dasharray") for line in svg.iter(f"{SVG}line")} - {None}
    assert {"Target 93%", "Floor 90%", "Kent"} <= set(texts)
    assert {",".join(map(str, LEVEL_DASHES[k])) for k in ("target", "floor")} <= dashes


def test_an_activity_has_its_thresholds_for_lines():
    measure = kpi("calls", kind=Kind.ACTIVITY, unit="count", polarity=Polarity.NONE)
    aims = [("calls", math.nan, math.nan, 4, 8)]
    held = quarter([(measure, [5, 6, 9]), (kpi("m"), RISING)], aims=aims)

    panel = kpi_panel(held.activities("North")[0])

    assert [level.kind for level in panel.levels] == ["upper", "lower"]


def test_no_text_of_the_narrow_chart_is_under_12_pixels():
    svg = ElementTree.fromstring(picture(view_of(RISING, 93.0, 90.0))["narrow"])

    sizes = {float(t.get("font-size", "0").removesuffix("px")) for t in svg.iter(f"{SVG}text")}
    assert min(sizes) >= 12


def test_a_chart_is_named_tells_its_lines_and_passes_the_vetting():
    found = picture(view_of(RISING, 93.0, 90.0))

    assert "Target: 93%." in found["description"]
    assert "2024/25 Q3, 95%" in found["description"]
    assert vet_svg(found["wide"]) == found["wide"]


def test_a_quarter_without_a_value_is_a_gap_and_no_point():
    panel = kpi_panel(view_of(*CASES["a gap"]))

    assert [p.segment for p in panel.area] == [0, 0, 1, 1, 1]


def test_provisional_quarters_are_hollow():
    panel = kpi_panel(view_of(RISING, 93.0, 90.0))

    assert [p.provisional for p in panel.area] == [False] * 3 + [True] * 3


def test_without_a_value_there_is_no_chart():
    held = quarter([(kpi("m"), [])])

    assert picture(held.kpis()[0]) is None


@given(st.lists(st.floats(0, 200), min_size=1, max_size=6), st.floats(1, 30))
def test_positions_moved_apart_keep_their_order_and_move_no_more_than_they_must(at, gap):
    moved = spread_apart(at, gap)

    order = sorted(range(len(at)), key=lambda i: at[i])
    steps = [moved[b] - moved[a] for a, b in pairwise(order)]
    assert all(s >= gap - 1e-9 for s in steps)
    own = [at[b] - at[a] for a, b in pairwise(order)]
    if all(s >= gap for s in own):
        assert moved == pytest.approx(at)
