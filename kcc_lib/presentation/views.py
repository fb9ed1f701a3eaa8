"""One measure as an edition shows it: its points, its comparator, its judgements and its chart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from kcc_lib.in_short import in_short
from kcc_lib.measures import Measure, Window
from kcc_lib.presentation.beside import Beside
from kcc_lib.presentation.beside_print import BesidePrint
from kcc_lib.presentation.by_measure import Row, some_rows
from kcc_lib.presentation.drawing import MarkedPoint, Panel, scale_around
from kcc_lib.presentation.elsewhere import Elsewhere
from kcc_lib.presentation.formats import MINUS, flag_words, format_number, short_period
from kcc_lib.records.editions import Edition
from kcc_lib.vocabulary import Flag, Frequency, Horizon, Label, Statistic

#: No period is earlier.
_EARLIEST = date(1900, 1, 1)

#: What a point of a chart is made of.
_MARKS = ("period_end", "time", "value", "lower_ci", "upper_ci", "flags")
_INTERVAL_YEARS = {
    Frequency.YEARLY: 1.0,
    Frequency.TWO_YEARLY: 2.0,
    Frequency.QUARTERLY: 0.25,
    Frequency.MONTHLY: 1 / 12,
}


@dataclass(frozen=True, slots=True)
class Verdict(BesidePrint):
    """The judgement of one measure over one horizon."""

    horizon: Horizon
    published_note: str = ""

    @property
    def recomputed(self) -> bool:
        """Whether ours is a judgement at all, and not the want of one."""
        return self.ours not in {Label.NOT_JUDGED, Label.NOT_APPLICABLE} or (
            self.ours == Label.NOT_APPLICABLE and self.published == Label.NOT_APPLICABLE
        )


@dataclass(frozen=True, slots=True)
class MeasureView:
    """What is shown of one measure in one area.

    `note` is what the edition alone says of it; `named_in` the report that names its source,
    "" where that is the edition itself. `held` and `other_held` are the points that have a value.
    """

    measure: Measure
    area: str
    comparator: str
    points: pd.DataFrame
    other: pd.DataFrame
    verdicts: tuple[Verdict, ...]
    held_at_all: bool = False
    as_of: date = date.max
    beside: Beside = field(default_factory=Beside)
    elsewhere: tuple[Elsewhere, ...] = ()
    note: str = ""
    named_in: str = ""
    held: pd.DataFrame = field(init=False)
    other_held: pd.DataFrame = field(init=False)

    __repr__ = in_short(
        "measure.measure", "measure.title", "area", judgement="verdicts", value="held"
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "held", self.points[self.points["value"].notna()])
        object.__setattr__(self, "other_held", self.other[self.other["value"].notna()])


def verdicts_of(edition: Edition, measure: str, rows: Sequence[Row]) -> tuple[Verdict, ...]:
    """The judgements of one measure in one area, each under its edition's heading."""
    notes = {p.horizon: p.note for p in edition.published if p.measure == measure}
    return tuple(
        Verdict(
            horizon=Horizon(row["horizon"]),
            heading=edition.horizons.get(row["horizon"], str(row["horizon"]).capitalize()),
            row=row,
            published_note=notes.get(Horizon(row["horizon"]), ""),
        )
        for row in rows
    )


def shown_points(
    observations: pd.DataFrame, windows: Sequence[Window], base_end: date | None
) -> pd.DataFrame:
    """The points an edition may show: those inside its windows, and nothing later.

    A measure without a window shows no points, because what was known at the time is not
    established. Where neither a window nor the edition names a start, all before its end do.
    """
    spans = {}
    for w in windows:
        last = w.long_term_to or w.one_year_to
        if last:
            first = w.long_term_from.end if w.long_term_from else base_end or _EARLIEST
            spans[w.measure] = (pd.Timestamp(first), pd.Timestamp(last.end))
    measure = observations["measure"]
    # without the dtype an edition that has no windows would compare dates with floats
    starts = measure.map({m: span[0] for m, span in spans.items()}).astype("datetime64[s]")
    ends = measure.map({m: span[1] for m, span in spans.items()}).astype("datetime64[s]")
    end = observations["period_end"]
    return observations[(end >= starts) & (end <= ends)].reset_index(drop=True)


def panel_of(view: MeasureView) -> Panel | None:
    """Lay out the chart of a view; None where no point has a value."""
    if view.held.empty:
        return None
    area = _marked(view, view.held, "area", view.area)
    other = _marked(view, view.other_held, "comparator", view.comparator)
    values = [v for p in (*area, *other) for v in (p.value, p.low, p.high)]
    signed = view.measure.signed
    ceiling = 100.0 if view.measure.percentage and not signed else None
    if len({p.time for p in (*area, *other)}) == 1:
        values.append(0.0)  # one period shows no trend, so its scale shows the whole size
    domain, ticks = scale_around(values, floor=None if signed else 0.0, ceiling=ceiling)
    decimals = next(d for d in range(10) if all(abs(round(t, d) - t) < 1e-9 for t in ticks))
    every = {
        p.time: label for p, label in [*_labels(area, view.held), *_labels(other, view.other_held)]
    }
    periods = tuple(
        (t, short_period(every[t]), short_period(every[t], narrow=True)) for t in sorted(every)
    )
    return Panel(
        area=area,
        comparator=other,
        periods=periods,
        breaks=_break_times(view, sorted(every)),
        unit=axis_unit(view.measure),
        domain=domain,
        ticks=tuple((t, f"{t:,.{decimals}f}".replace("-", MINUS)) for t in ticks),
        first=min(every),
        last=max(every),
    )


def axis_unit(measure: Measure) -> str:
    """The unit as the chart's axis names it, with a capital."""
    words = {
        "%": "Per cent",
        "pounds per week": "Pounds per week",
        "": "Number",
    }
    text = words.get(measure.unit, measure.unit)
    return text[:1].upper() + text[1:]


def point_notes(row: Mapping[str, Any]) -> str:
    """What the data table says of one point: its flags in words."""
    return flag_words(str(row["flags"]))


def _labels(points: Sequence[MarkedPoint], rows: pd.DataFrame) -> list[tuple[MarkedPoint, str]]:
    return list(zip(points, rows["period"], strict=True))


def _marked(
    view: MeasureView, rows: pd.DataFrame, series: str, name: str
) -> tuple[MarkedPoint, ...]:
    """Points with their marks; a new segment starts at a break and after a missing period."""
    breaks = [b.period.end for b in view.measure.breaks]
    furthest = 1.5 * _INTERVAL_YEARS[view.measure.frequency]
    points: list[MarkedPoint] = []
    segment, before = 0, None
    for row in some_rows(rows, _MARKS):
        if before is not None:
            start, end = before["period_end"].date(), row["period_end"].date()
            gap = row["time"] - before["time"] > furthest
            segment += bool(gap or any(start < b <= end for b in breaks))
        flags = str(row["flags"]).split()
        provisional, internal = Flag.PROVISIONAL in flags, Flag.INTERNAL in flags
        marks = "".join(f" ({f})" for f in (Flag.PROVISIONAL, Flag.INTERNAL) if f in flags)
        points.append(
            MarkedPoint(
                time=row["time"], value=row["value"], low=row["lower_ci"], high=row["upper_ci"],
                series=series, name=name, segment=segment,
                text=format_number(row["value"], _label_decimals(view.measure)) + marks,
                provisional=provisional, internal=internal,
            )
        )  # fmt: skip
        before = row
    return tuple(points)


def _label_decimals(measure: Measure) -> int:
    if measure.statistic is Statistic.COUNT:
        return 0
    return measure.decimals if measure.decimals is not None else 1


def _break_times(view: MeasureView, times: Sequence[float]) -> tuple[float, ...]:
    """Half way between the points on either side of each break inside the span shown."""
    found = []
    for b in view.measure.breaks:
        after = [t for t in times if t >= b.period.middle]
        before = [t for t in times if t < b.period.middle]
        if before and after:
            found.append((before[-1] + after[0]) / 2)
    return tuple(found)
