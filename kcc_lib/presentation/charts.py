"""The trend chart: one area and its comparator over time, built on one validated template.

Altair builds and validates the template once; each chart fills in its rows and scales. A
test proves the filled template equal to what Altair makes of the same rows.
"""

import copy
import math
from functools import lru_cache
from typing import Any

import altair as alt
import vl_convert

from kcc_lib.presentation.drawing import MarkedPoint, Panel
from kcc_lib.presentation.theme import (
    AREA,
    AXIS,
    BAND,
    BAND_EDGE,
    COMPARATOR,
    COMPARATOR_TEXT,
    GRID,
    TEXT,
    WHITE,
    Size,
)

Rows = list[dict[str, Any]]
Spec = dict[str, Any]
_DATASETS = ("band", "whiskers", "lines", "points", "labels", "ends", "ticks", "breaks", "periods", "unit")


@lru_cache(maxsize=4)
def trend_template(size: Size) -> Spec:
    """The validated Vega-Lite spec of a trend chart with empty data."""
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False, zero=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False, zero=False))
    ident = {"range": [AREA, COMPARATOR], "domain": ["area", "comparator"]}
    series = alt.Color("series:N", legend=None, scale=alt.Scale(**ident))
    dash = alt.StrokeDash(
        "series:N", legend=None, scale=alt.Scale(domain=ident["domain"], range=[[1, 0], [6, 4]])
    )
    text = {"fontSize": size.font, "color": TEXT}
    layers = [
        _data("ticks").mark_rule(color=GRID, strokeWidth=1).encode(y=y),
        _data("ticks")
        .mark_text(align="right", dx=-8, baseline="middle", x=0, **text)
        .encode(y=y, text="text:N"),
        _data("band")
        .mark_area(color=BAND, line={"color": BAND_EDGE, "strokeWidth": 1}, interpolate="linear")
        .encode(x=x, y=alt.Y("low:Q", **_scale_only()), y2="high:Q", detail="segment:N"),
        _data("band")
        .mark_line(color=BAND_EDGE, strokeWidth=1)
        .encode(x=x, y=alt.Y("low:Q", **_scale_only()), detail="segment:N"),
        _data("whiskers")
        .mark_rule(color=BAND_EDGE, strokeWidth=3)
        .encode(x=x, y=alt.Y("low:Q", **_scale_only()), y2="high:Q"),
        _data("breaks")
        .mark_rule(color=AXIS, strokeDash=[2, 3], strokeWidth=1.5)
        .encode(x=x),
        _data("breaks")
        .mark_text(baseline="bottom", y=-4, fontSize=size.font, color=AXIS)
        .encode(x=x, text="text:N"),
        _data("lines").mark_line(color=WHITE, strokeWidth=6).encode(x=x, y=y, detail="segment:N"),
        _data("lines")
        .mark_line(strokeWidth=2.5)
        .encode(x=x, y=y, color=series, strokeDash=dash, detail="segment:N"),
        _data("points")
        .mark_point(filled=True, size=70, opacity=1, strokeWidth=2)
        .encode(
            x=x,
            y=y,
            shape=alt.Shape(
                "shape:N", legend=None,
                scale=alt.Scale(domain=["circle", "square", "diamond"],
                                range=["circle", "square", "diamond"]),
            ),
            stroke=alt.Stroke("series:N", legend=None, scale=alt.Scale(**ident)),
            fill=alt.Fill("fill:N", scale=None),
        ),
        _data("labels")
        .mark_text(fontWeight="bold", fontSize=size.font, stroke=WHITE, strokeWidth=4,
                   strokeJoin="round", baseline="middle")
        .encode(x=x, y=y, text="text:N"),
        _data("labels")
        .mark_text(fontWeight="bold", fontSize=size.font, color=AREA, baseline="middle")
        .encode(x=x, y=y, text="text:N"),
        _data("ends")
        .mark_text(fontWeight="bold", align="left", dx=10, fontSize=size.font, baseline="middle")
        .encode(
            x=x, y=y, text="text:N",
            color=alt.Color("series:N", legend=None, scale=alt.Scale(
                domain=ident["domain"], range=[AREA, COMPARATOR_TEXT])),
        ),
        _data("periods")
        .mark_text(baseline="top", y=size.height + 9, **text)
        .encode(x=x, text="text:N"),
        _data("unit")
        .mark_text(align="left", baseline="bottom", x=-size.left + 2, y=-20, fontSize=size.font,
                   color=AXIS)
        .encode(text="text:N"),
    ]  # fmt: skip
    chart = (
        alt.layer(*layers)
        .resolve_scale(color="independent", shape="independent")
        .properties(
            width=size.width,
            height=size.height,
            padding={"left": size.left, "right": size.right, "top": size.top, "bottom": size.bottom},
            autosize=alt.AutoSizeParams(type="none"),
            background=WHITE,
        )
        .configure_view(stroke=None)
    )
    spec: Spec = chart.to_dict()
    return spec


def _data(name: str) -> alt.Chart:
    return alt.Chart(alt.NamedData(name=name))


def _scale_only() -> dict[str, Any]:
    return {"axis": None, "scale": alt.Scale(domain=[0, 1], nice=False, zero=False)}


def trend_spec(panel: Panel, size: Size) -> Spec:
    """Fill the template with one measure's panel."""
    spec = copy.deepcopy(trend_template(size))
    span = panel.last - panel.first
    pad = 0.08 * span if span else 0.5
    domains = {"x": [panel.first - pad, panel.last + pad], "y": list(panel.domain)}
    for layer in spec["layer"]:
        for channel, domain in domains.items():
            scale = layer["encoding"].get(channel, {}).get("scale")
            if scale:
                scale["domain"] = domain
    rows = _rows(panel, size)
    spec["datasets"] = {name: rows[name] for name in _DATASETS}
    return spec


def draw(spec: Spec) -> str:
    """Draw a spec as SVG, without browser, network or system fonts."""
    return str(vl_convert.vegalite_to_svg(spec))


def _rows(panel: Panel, size: Size) -> dict[str, Rows]:
    points = [*panel.comparator, *panel.area]
    return {
        "band": [
            {"x": p.time, "low": p.low, "high": p.high, "segment": str(run)}
            for run, points in enumerate(panel.interval_runs)
            for p in points
            if len(points) > 1
        ],
        "whiskers": [
            {"x": points[0].time, "low": points[0].low, "high": points[0].high}
            for points in panel.interval_runs
            if len(points) == 1
        ],
        "lines": [
            {"x": p.time, "y": p.value, "series": p.series, "segment": f"{p.series}{p.segment}"}
            for p in points
        ],
        "points": [
            {"x": p.time, "y": p.value, "series": p.series, "shape": _shape(p), "fill": _fill(p)}
            for p in points
        ],
        "labels": [
            {"x": p.time, "y": at, "text": p.text} for p, at in panel.value_labels(size.height)
        ],
        "ends": [
            {"x": p.time, "y": at, "series": p.series, "text": p.name}
            for p, at in panel.end_labels(size.height, size.font)
        ],
        "ticks": [{"y": value, "text": text} for value, text in panel.ticks],
        "breaks": [
            {"x": at, "text": "Break" if size.narrow else "Break in series"} for at in panel.breaks
        ],
        "periods": [
            {"x": time, "text": narrow if size.narrow else wide}
            for time, wide, narrow in panel.thinned_periods(narrow=size.narrow)
        ],
        "unit": [{"text": panel.unit}],
    }


def _shape(point: MarkedPoint) -> str:
    if point.series == "comparator":
        return "square"
    return "diamond" if point.internal else "circle"


def _fill(point: MarkedPoint) -> str:
    if point.provisional or point.internal:
        return WHITE
    return AREA if point.series == "area" else COMPARATOR
