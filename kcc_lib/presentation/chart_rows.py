"""The rows that fill a chart's template: one list for each of its datasets."""

from typing import Any

from kcc_lib.presentation.drawing import MarkedPoint, Panel
from kcc_lib.presentation.theme import AREA, COMPARATOR, WHITE, Size

Rows = list[dict[str, Any]]


def chart_rows(panel: Panel, size: Size) -> dict[str, Rows]:
    """The rows of each dataset of the trend template."""
    return _interval_rows(panel) | _series_rows(panel, size) | _scale_rows(panel, size)


def _interval_rows(panel: Panel) -> dict[str, Rows]:
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
    }


def _series_rows(panel: Panel, size: Size) -> dict[str, Rows]:
    """Lines and points with their values, and the names to the right of the plot."""
    points, names = [*panel.comparator, *panel.area], panel.right_labels(size)
    return {
        "lines": [
            {"x": p.time, "y": p.value, "series": p.series, "segment": f"{p.series}{p.segment}"}
            for p in points
        ],
        "points": [
            {"x": p.time, "y": p.value, "series": p.series, "shape": _shape(p), "fill": _fill(p)}
            for p in points
        ],
        "labels": [{"x": x, "y": y, "text": p.text} for p, x, y in panel.value_labels(size)],
        "ends": [
            {"x": p.time, "y": at, "series": p.series, "text": p.name} for p, at in names.ends
        ],
        "level_names": [
            {"x": panel.last, "y": at, "text": level.name if size.narrow else level.full_name}
            for level, at in names.levels
        ],
    }


def _scale_rows(panel: Panel, size: Size) -> dict[str, Rows]:
    """What the plot is read by: ticks, periods, unit, breaks and levels."""
    return {
        "ticks": [{"y": value, "text": text} for value, text in panel.ticks],
        "breaks": [
            {"x": at, "text": "Break" if size.narrow else "Break in series"} for at in panel.breaks
        ],
        "periods": [
            {"x": time, "text": narrow if size.narrow else wide}
            for time, wide, narrow in panel.thinned_periods(narrow=size.narrow)
        ],
        "unit": [{"text": panel.unit}],
        "levels": [
            {"x": panel.reach[0], "x2": panel.last, "y": level.value, "kind": level.kind}
            for level in panel.levels
        ],
    }


def _shape(point: MarkedPoint) -> str:
    if point.series == "comparator":
        return "square"
    return "diamond" if point.internal else "circle"


def _fill(point: MarkedPoint) -> str:
    if point.provisional or point.internal:
        return WHITE
    return AREA if point.series == "area" else COMPARATOR
