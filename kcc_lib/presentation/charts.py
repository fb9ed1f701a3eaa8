"""The trend chart: one area and its comparator over time, as Altair builds and validates it.

Pages do not pay for that: `compiled_charts.py` fills what was compiled of this template.
`trend_spec` is the same chart the long way, for tests and for whoever changes the template.
"""

import copy
from functools import lru_cache
from typing import Any

import altair as alt

from kcc_lib.presentation.chart_rows import Rows, chart_rows
from kcc_lib.presentation.drawing import Panel
from kcc_lib.presentation.theme import (
    AREA,
    AXIS,
    BAND,
    BAND_EDGE,
    COMPARATOR,
    COMPARATOR_TEXT,
    GRID,
    LEVEL,
    LEVEL_DASHES,
    TEXT,
    WHITE,
    Size,
)

Spec = dict[str, Any]
#: A white edge round letters, so that no line strikes them through.
_HALO: dict[str, Any] = {"stroke": WHITE, "strokeWidth": 4, "strokeJoin": "round"}
_DATASETS = (
    "band",
    "whiskers",
    "lines",
    "points",
    "labels",
    "ends",
    "ticks",
    "breaks",
    "periods",
    "unit",
    "levels",
    "level_names",
)


@lru_cache(maxsize=4)
def trend_template(size: Size) -> Spec:
    """The validated Vega-Lite spec of a trend chart with empty data."""
    layers = [*_scale_layers(size), *_interval_layers(), *_break_layers(size), *_level_layers(size)]
    layers += [*_series_layers(), *_whisker_layers(), *_label_layers(size)]
    chart = (
        alt.layer(*layers)
        .resolve_scale(color="independent", shape="independent", strokeDash="independent")
        .properties(
            width=size.width,
            height=size.height,
            padding={
                "left": size.left,
                "right": size.right,
                "top": size.top,
                "bottom": size.bottom,
            },
            autosize=alt.AutoSizeParams(type="none"),
            background=WHITE,
        )
        # a page names the picture as a whole; its marks are not read out one by one
        .configure(aria=False, view=alt.ViewConfig(stroke=None))
    )
    spec: Spec = chart.to_dict()
    return spec


def _data(name: str) -> alt.Chart:
    return alt.Chart(alt.NamedData(name=name))


def _x() -> alt.X:
    return alt.X("x:Q", axis=None, scale=_scale())


def _y(field: str = "y") -> alt.Y:
    return alt.Y(f"{field}:Q", axis=None, scale=_scale())


def _scale() -> alt.Scale:
    """A scale whose domain each chart fills in."""
    return alt.Scale(domain=[0, 1], nice=False, zero=False)


def _series(colours: list[str]) -> alt.Scale:
    return alt.Scale(domain=["area", "comparator"], range=colours)


def _scale_layers(size: Size) -> list[alt.Chart]:
    """Grid lines with their values, the periods underneath and the unit above."""
    text: dict[str, Any] = {"fontSize": size.font, "color": TEXT}
    ticks = _data("ticks").mark_text(align="right", dx=-8, baseline="middle", x=0, **text)
    periods = _data("periods").mark_text(baseline="top", y=size.height + 9, **text)
    unit = _data("unit").mark_text(
        align="left", baseline="bottom", x=2 - size.left, y=-20, fontSize=size.font, color=AXIS
    )
    return [
        _data("ticks").mark_rule(color=GRID, strokeWidth=1).encode(y=_y()),
        ticks.encode(y=_y(), text="text:N"),
        periods.encode(x=_x(), text="text:N"),
        unit.encode(text="text:N"),
    ]


def _interval_layers() -> list[alt.Chart]:
    """Confidence intervals of several years: a band with edges."""
    band = _data("band").mark_area(color=BAND, line={"color": BAND_EDGE, "strokeWidth": 1})
    edge = _data("band").mark_line(color=BAND_EDGE, strokeWidth=1)
    return [
        band.encode(x=_x(), y=_y("high"), y2="low:Q", detail="segment:N"),
        edge.encode(x=_x(), y=_y("low"), detail="segment:N"),
    ]


def _break_layers(size: Size) -> list[alt.Chart]:
    rule = _data("breaks").mark_rule(color=AXIS, strokeDash=[2, 3], strokeWidth=1.5)
    name = _data("breaks").mark_text(baseline="bottom", y=-4, fontSize=size.font, color=AXIS)
    return [rule.encode(x=_x()), name.encode(x=_x(), text="text:N")]


def _level_layers(size: Size) -> list[alt.Chart]:
    """Target, floor or thresholds: lines across, told apart by dashes and named at their end."""
    dashes = alt.Scale(domain=list(LEVEL_DASHES), range=list(LEVEL_DASHES.values()))
    dash = alt.StrokeDash("kind:N", legend=None, scale=dashes)
    rule = _data("levels").mark_rule(color=LEVEL, strokeWidth=1.5)
    told: dict[str, Any] = {"align": "left", "dx": 10, "baseline": "middle", "fontSize": size.font}
    names = [
        _data("level_names").mark_text(**_HALO, **told),
        _data("level_names").mark_text(color=LEVEL, **told),
    ]
    return [
        rule.encode(x=_x(), x2="x2:Q", y=_y(), strokeDash=dash),
        *(name.encode(x=_x(), y=_y(), text="text:N") for name in names),
    ]


def _series_layers() -> list[alt.Chart]:
    """Lines on a white casing, so that they stand clear of the band, and their points."""
    colour = alt.Color("series:N", legend=None, scale=_series([AREA, COMPARATOR]))
    stroke = alt.Stroke("series:N", legend=None, scale=_series([AREA, COMPARATOR]))
    dashes = alt.Scale(domain=["area", "comparator"], range=[[1, 0], [6, 4]])
    dash = alt.StrokeDash("series:N", legend=None, scale=dashes)
    shapes = ["circle", "square", "diamond"]
    shape = alt.Shape("shape:N", legend=None, scale=alt.Scale(domain=shapes, range=shapes))
    casing = _data("lines").mark_line(color=WHITE, strokeWidth=6)
    line = _data("lines").mark_line(strokeWidth=2.5)
    point = _data("points").mark_point(filled=True, size=70, opacity=1, strokeWidth=2)
    return [
        casing.encode(x=_x(), y=_y(), detail="segment:N"),
        line.encode(x=_x(), y=_y(), color=colour, strokeDash=dash, detail="segment:N"),
        point.encode(
            x=_x(), y=_y(), shape=shape, stroke=stroke, fill=alt.Fill("fill:N", scale=None)
        ),
    ]


def _whisker_layers() -> list[alt.Chart]:
    """An interval that stands alone: an upright line with end caps, over its point."""
    line = _data("whiskers").mark_rule(color=AREA, strokeWidth=1.5)
    low = _data("whiskers").mark_tick(color=AREA, orient="horizontal", size=18, thickness=1.5)
    high = _data("whiskers").mark_tick(color=AREA, orient="horizontal", size=18, thickness=1.5)
    return [
        line.encode(x=_x(), y=_y("low"), y2="high:Q"),
        low.encode(x=_x(), y=_y("low")),
        high.encode(x=_x(), y=_y("high")),
    ]


def _label_layers(size: Size) -> list[alt.Chart]:
    """Values beside the area's points and names at the lines' ends, all on a white halo."""
    text: dict[str, Any] = {"fontWeight": "bold", "fontSize": size.font, "baseline": "middle"}
    halo = _data("labels").mark_text(**_HALO, **text)
    name = alt.Color("series:N", legend=None, scale=_series([AREA, COMPARATOR_TEXT]))
    ends = _data("ends").mark_text(align="left", dx=10, **text)
    clear = _data("ends").mark_text(align="left", dx=10, **_HALO, **text)
    return [
        halo.encode(x=_x(), y=_y(), text="text:N"),
        _data("labels").mark_text(color=AREA, **text).encode(x=_x(), y=_y(), text="text:N"),
        clear.encode(x=_x(), y=_y(), text="text:N"),
        ends.encode(x=_x(), y=_y(), text="text:N", color=name),
    ]


def trend_spec(panel: Panel, size: Size) -> Spec:
    """Fill the template with one measure's panel."""
    spec = copy.deepcopy(trend_template(size))
    domains = {"x": list(panel.reach), "y": list(panel.domain)}
    for layer in spec["layer"]:
        for channel, domain in domains.items():
            scale = layer["encoding"].get(channel, {}).get("scale")
            if scale:
                scale["domain"] = domain
    rows: dict[str, Rows] = chart_rows(panel, size)
    spec["datasets"] = {name: rows[name] for name in _DATASETS}
    return spec


def empty_spec(size: Size) -> Spec:
    """The template with every dataset in it, and no rows."""
    return copy.deepcopy(trend_template(size)) | {"datasets": {name: [] for name in _DATASETS}}
