"""Charts: the filled template is what Altair would make, and every mark is drawn."""

import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import altair as alt
import pytest
import vl_convert

from kcc_lib.presentation.charts import trend_spec, trend_template
from kcc_lib.presentation.compiled_charts import compiled_file, compiled_text, draw, trend_vega
from kcc_lib.presentation.measure_block import chart_of
from kcc_lib.presentation.sentences import caption
from kcc_lib.presentation.svg import tidy
from kcc_lib.presentation.theme import AREA, NARROW, WHITE, WIDE
from kcc_lib.presentation.vetting import vet_svg
from kcc_lib.presentation.views import panel_of

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg):
    return [t.text for t in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=lambda s: s.name)
@pytest.mark.parametrize("code", ["1.41", "1.62", "2.23", "3.72"])
def test_a_filled_template_is_valid_and_unchanged_by_altair(section, code, size):
    spec = trend_spec(panel_of(section.view(code)), size)

    assert alt.Chart.from_dict(spec).to_dict() == spec


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=lambda s: s.name)
def test_the_compiled_template_is_what_altair_and_vega_lite_make_now(size):
    again = "python -m kcc_lib.presentation.compiled_charts writes the files again"

    assert compiled_file(size).read_text("utf-8") == compiled_text(size), again


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=lambda s: s.name)
def test_every_chart_filled_in_is_the_chart_that_vega_lite_compiles(section, size):
    for view in section.views():
        if panel := panel_of(view):
            compiled = vl_convert.vegalite_to_vega(trend_spec(panel, size))
            assert trend_vega(panel, size) == compiled, view.measure.measure


def test_filling_in_a_chart_leaves_the_template_as_it_was(section):
    panel = panel_of(section.view("1.41"))
    before = repr(trend_template(WIDE)), trend_vega(panel, WIDE)

    trend_spec(panel, WIDE)
    trend_vega(panel_of(section.view("2.23")), WIDE)

    assert (repr(trend_template(WIDE)), trend_vega(panel, WIDE)) == before


def test_values_areas_periods_and_unit_are_readable_on_the_chart(section):
    shown = texts(chart_of(section.view("1.41"))["wide"])

    for word in ("72.9", "74.8", "74.2", "75.1", "74.0", "Kent", "England", "Jun 2019", "Per cent"):
        assert word in shown


def test_a_break_is_ruled_off_and_no_line_crosses_it(section):
    panel = panel_of(section.view("1.62"))

    assert "Break in series" in texts(chart_of(section.view("1.62"))["wide"])
    assert [p.segment for p in panel.area] == [0, 0, 1, 1]


def test_a_missing_year_is_a_gap_in_the_line(section):
    panel = panel_of(section.view("1.63"))

    assert [p.segment for p in panel.area] == [0, 0, 0, 1]


def test_an_internal_point_is_marked(section):
    panel = panel_of(section.view("3.72"))

    assert [p.text for p in panel.area] == ["90", "68.4 (i)"]


def test_an_interval_of_one_year_alone_is_an_upright_line(section):
    spec = trend_spec(panel_of(section.view("1.41")), WIDE)

    assert len(spec["datasets"]["whiskers"]) == 1
    assert spec["datasets"]["band"] == []


def test_an_interval_of_several_years_is_a_band(section):
    spec = trend_spec(panel_of(section.view("2.23")), WIDE)

    assert len(spec["datasets"]["band"]) == 5


def test_no_text_of_the_narrow_chart_is_under_12_pixels(section):
    svg = ElementTree.fromstring(chart_of(section.view("1.41"))["narrow"])

    sizes = {float(t.get("font-size", "0").removesuffix("px")) for t in svg.iter(f"{SVG}text")}

    assert min(sizes) >= 12
    assert NARROW.full_width <= 290  # drawn unscaled on a screen of 320 pixels


def test_a_chart_is_named_and_described_and_its_drawings_pass_the_vetting(section):
    chart = chart_of(section.view("1.41"))

    assert chart["title"].startswith("1.41 ")
    assert chart["description"].startswith("Kent: ")
    for size in ("wide", "narrow"):
        assert (
            ElementTree.fromstring(chart[size]).get("aria-hidden") == "true"
        )  # its frame has a name
        assert vet_svg(chart[size]) == chart[size]


def test_every_point_and_only_points_of_the_edition_are_drawn(section):
    for view in section.views():
        panel = panel_of(view)
        if panel:
            assert len(panel.area) == len(view.held) <= 5
            assert max(p.time for p in panel.area) < 2019.9


def seen(drawn, size):
    return tidy(drawn, size)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=lambda s: s.name)
def test_every_chart_drawn_from_the_compiled_template_is_the_same_picture(section, size):
    """Though marks of no rows are left out before it is drawn."""
    for view in section.views():
        if panel := panel_of(view):
            ours, whole = draw(trend_vega(panel, size)), trend_spec(panel, size)
            assert seen(ours, size) == seen(vl_convert.vegalite_to_svg(whole), size)


@pytest.mark.parametrize(
    "unit",
    ["", "a < b & \"c\" > 'd'", "<script>x</script>", "20\u201324 \u00a3\u00a0m", "&amp;&#x27;\\"],
)
def test_a_text_that_the_library_does_not_measure_is_the_same_text(section, unit):
    panel = replace(panel_of(section.view("1.41")), unit=unit)
    vega = trend_vega(panel, WIDE)

    ours, measured = draw(vega), vl_convert.vega_to_svg(json.dumps(vega))

    assert seen(ours, WIDE) == seen(measured, WIDE)
    assert unit in ["", *texts(ours)]


def test_a_chart_whose_texts_would_be_lost_is_refused(section, monkeypatch):
    """As by a drawing library that no longer writes descriptions as it did."""
    monkeypatch.setitem(draw.__globals__, "_DESCRIBED", re.compile("(?P<rest>)(?P<says>)(?!)"))

    with pytest.raises(ValueError, match="writes texts in another way"):
        draw(trend_vega(panel_of(section.view("1.41")), WIDE))


def test_a_provisional_point_is_hollow_and_says_so(section):
    view = section.view("1.41")
    points = view.points.assign(flags=[""] * (len(view.points) - 1) + ["p"])

    spec = trend_spec(panel_of(replace(view, points=points)), WIDE)

    drawn = [p for p in spec["datasets"]["points"] if p["series"] == "area"]
    assert [p["fill"] for p in drawn] == [AREA] * 4 + [WHITE]
    assert spec["datasets"]["labels"][-1]["text"] == "74.0 (p)"
    assert "(p), hollow: provisional." in caption(replace(view, points=points))


def test_the_labels_of_the_scale_say_where_its_lines_are(section):
    for view in section.views():
        panel = panel_of(view)
        if panel:
            assert all(float(text.replace(",", "")) == value for value, text in panel.ticks)


def test_one_period_alone_is_drawn_from_zero(section):
    assert panel_of(section.view("3.12")).domain[0] == 0
