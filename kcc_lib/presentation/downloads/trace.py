"""Where each figure comes from: which cell shows it, and which rows of data it rests on.

Nothing here has a value, and a figure that is suppressed has no row.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from kcc_lib.judgement.labels import reason_codes
from kcc_lib.presentation import addresses
from kcc_lib.presentation.blocks import Block
from kcc_lib.presentation.by_measure import Row, rows_by_measure
from kcc_lib.presentation.downloads.bundle import DataFile, View
from kcc_lib.presentation.downloads.tables import table_of
from kcc_lib.presentation.formats import is_suppressed
from kcc_lib.presentation.quarterly.chart import anchor as kpi_anchor
from kcc_lib.presentation.quarterly.kpi import KpiView
from kcc_lib.presentation.quarterly.quarter import Quarter
from kcc_lib.presentation.report import Report
from kcc_lib.reasons import Basis, Reason
from kcc_lib.records.row_places import RowPlace, RowPlaces
from kcc_lib.vocabulary import Horizon

CELLS, ROWS = "trace/cells.csv", "trace/rows.csv"
#: Judged on two points alone, whatever the horizon.
_PAIRS = {Basis.VARIANCE, Basis.VARIANCE_POINTS, Basis.LAST_PERIOD}
_LEADS = re.compile(r'"href": "[^"]*#([mk]-[\w.-]+)"')
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block of a page, with the number of the cell that shows it."""

    page: str
    notebook: str
    cell: int
    block: Block


@dataclass(frozen=True, slots=True)
class _Point:
    """A value held: its period and its place in time, and of how many it was asked."""

    period: str
    time: float
    start: datetime
    end: datetime
    sample_size: float


def trace_files(
    report: Report, views: Sequence[View], places: RowPlaces, shown: Iterable[ShownBlock]
) -> list[DataFile]:
    """The two tables that trace an edition's figures, to be written with its downloads.

    Parameters
    ----------
    views
        Every measure or KPI of the edition.
    shown
        What its executed notebooks show.
    """
    cells = table_of("trace_cells", _cells(views, shown))
    rows = table_of("trace_rows", _rows(report, views, places))
    return [
        DataFile(CELLS, "trace_cells", "Which cell of which notebook shows each measure", cells),
        DataFile(ROWS, "trace_rows", "Which rows of data/raw each figure rests on", rows),
    ]


def _cells(views: Sequence[View], shown: Iterable[ShownBlock]) -> Iterator[Record]:
    """A measure's own block, and every table and list with a line that leads to it."""
    codes = {_anchor(v): v.measure.measure for v in views}
    for one in shown:
        kind, identifier = one.block["kind"], str(one.block.get("id", ""))
        if kind in {"measure", "kpi"}:
            named = [identifier]
        elif kind in {"table", "az"}:
            named = sorted(set(_LEADS.findall(json.dumps(one.block))))
        else:
            continue
        for name in named:
            if name in codes:
                yield {
                    "measure": codes[name], "page": one.page, "element": identifier,
                    "notebook": one.notebook, "cell": one.cell, "shown_as": kind,
                }  # fmt: skip


def _anchor(view: View) -> str:
    return kpi_anchor(view) if isinstance(view, KpiView) else addresses.anchor(view.measure.measure)


def _rows(report: Report, views: Sequence[View], places: RowPlaces) -> Iterator[Record]:
    points, judged = _points_of(report), rows_by_measure(_ours(report.judgements, report.area))
    year = report.financial_year.label if isinstance(report, Quarter) else ""
    for view in views:
        code = view.measure.measure
        target = places.targets.get((code, year))
        yield from _values(view, code, places)
        yield from _one(code, report.area, "target", "target", target, period=year)
        for row in judged.get(code, []):
            used = _used(row, points.get(code, []))
            yield from _judgement(code, row, used, target, places)


def _values(view: View, code: str, places: RowPlaces) -> Iterator[Record]:
    frames = [view.points] if isinstance(view, KpiView) else [view.points, view.other]
    for frame in frames:
        cells = (frame[c].tolist() for c in ("area", "period", "value", "flags"))
        for area, period, value, flags in zip(*cells, strict=True):
            hidden = is_suppressed(value, flags)
            at = None if hidden else places.observations.get((code, area, period))
            role = "suppressed" if hidden else "observation"
            yield from _one(code, area, "value", role, at, period=period, always=hidden)


def _judgement(
    code: str, row: Row, used: Iterable[_Point], target: RowPlace | None, places: RowPlaces
) -> Iterator[Record]:
    """The points it rests on, the periods chosen for it, and what was printed of it."""
    horizon, area = str(row["horizon"]), str(row["area"])
    for point in used:
        at = places.observations.get((code, area, point.period))
        yield from _one(code, area, "judgement", "observation", at, period=point.period,
                        horizon=horizon)  # fmt: skip
    told = {
        "window": places.windows.get(code), "kpi": places.kpis.get(code),
        "published": places.published.get((code, horizon)), "target": target,
    }  # fmt: skip
    for role, at in told.items():
        yield from _one(code, area, "judgement", role, at, horizon=horizon)


def _used(row: Row, points: Sequence[_Point]) -> list[_Point]:
    """The points that a judgement was made of, in order."""
    ends = [p for p in points if p.period in {row["period_from"], row["period_to"]}]
    last = next((p for p in ends if p.period == row["period_to"]), None)
    basis = str(row["basis"])
    if not ends or not last:
        return ends
    if basis == Basis.MOVING_RANGE:
        return [p for p in points if p.time <= last.time]
    if row["horizon"] != Horizon.ONE_YEAR and basis not in _PAIRS:
        return [p for p in points if ends[0].time <= p.time <= last.time]
    if basis == Basis.ROLLING_PARTS:  # the year that left ends where the later value begins
        ends += [p for p in points if p.end + timedelta(days=1) == last.start]
    if Reason.SAMPLE_SIZE_ASSUMED in reason_codes(str(row["reasons"])):
        ends += [p for p in points if p.time <= last.time and p.sample_size > 0][-1:]
    return sorted(set(ends), key=lambda p: p.time)


def _points_of(report: Report) -> dict[str, list[_Point]]:
    """The values held of the area reported, by measure, in order of time."""
    own = _ours(report.observations, report.area)
    own = own[own["value"].notna()].sort_values("time")
    names = ("measure", "period", "time", "period_start", "period_end", "sample_size")
    found: dict[str, list[_Point]] = {}
    for code, *told in zip(*(own[n].tolist() for n in names), strict=True):
        found.setdefault(code, []).append(_Point(*told))
    return found


def _ours(frame: pd.DataFrame, area: str) -> pd.DataFrame:
    return frame[frame["area"] == area]


def _one(
    measure: str, area: str, figure: str, role: str, at: RowPlace | None, *, period: str = "",
    horizon: str = "", always: bool = False,
) -> Iterator[Record]:  # fmt: skip
    """A line of the trace, where there is a row to name."""
    if at or always:
        yield {
            "measure": measure, "area": area, "figure": figure, "period": period,
            "horizon": horizon, "role": role, "file": at.file if at else "",
            "line": at.line if at else None,
        }  # fmt: skip
