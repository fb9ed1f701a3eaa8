"""Preparing series: which points an edition may use, and what is known of each series.

Works on all series at once; the only loops are over catalogue entries.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.errors import InfiniteValueError
from kcc_lib.judgement.marks import mark_of
from kcc_lib.measures import RARE_NUMBERS, Measure, Window
from kcc_lib.vocabulary import Flag, Frequency, Polarity

#: Months between the points of a measure.
INTERVAL = {
    Frequency.YEARLY: 12,
    Frequency.TWO_YEARLY: 24,
    Frequency.QUARTERLY: 3,
    Frequency.MONTHLY: 1,
}


_COUNTS = (
    "numerator", "denominator", "sample_size", "standard_deviation", "cv", *RARE_NUMBERS[4:],
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Series:
    """Points of many series, and one row of facts for each series.

    `keys` has a row for each measure and area asked for, held or not, numbered from 0;
    `points` bears that number as `key`, in time order.
    """

    keys: pd.DataFrame
    points: pd.DataFrame


def arrange(
    observations: pd.DataFrame,
    measures: Mapping[str, Measure],
    *,
    areas: Sequence[str] | None = None,
    windows: Iterable[Window] = (),
    base_end: date | None = None,
    targets: pd.DataFrame | None = None,
) -> Series:
    """Line up the points that may be judged.

    Parameters
    ----------
    observations
        Tidy frame of observations, any number of measures and areas.
    measures
        The measures to judge; a measure without points keeps its row.
    areas
        Areas to judge; all areas of the observations where None.
    windows
        The periods an edition compares. Where there are any, a measure without one has no
        points: what was known of it then is not established. Where there are none, each
        series uses all its points.
    base_end
        Where a window names no first period: the first period to use ends on or after this.
    targets
        Columns `measure, target`: a measure that should meet its target has its values
        turned into distances from it.
    """
    windows = tuple(windows)
    keys = _keys(observations, measures, areas)
    keys = keys.merge(_window_facts(windows, base_end), on="measure", how="left")
    keys = keys.merge(_measure_facts(measures), on="measure", how="left")
    keys["key"] = np.arange(len(keys))
    points = observations.merge(keys[["measure", "area", "key", "to_end"]], on=["measure", "area"])
    _refuse_infinite(points)
    points["month"] = month_number(points["period_end"])
    points["start_month"] = month_number(points["period_start"])
    rolling = keys["rolling"].eq(True).to_numpy(bool)[points["key"]]
    points.loc[rolling, "start_month"] = points["month"] - 11  # each covers twelve months
    # nothing later than the edition's window: what was not known must not be judged
    valued = points.loc[points["value"].notna(), "key"].unique()
    keys["held_at_all"] = keys["key"].isin(valued)
    if windows:
        points = points[points["month"] <= points["to_end"]]
    keys["suppressed"] = _any_suppressed(points, keys)
    points = points.sort_values(["key", "time"], kind="stable", ignore_index=True)
    for mark, flag in (("provisional", Flag.PROVISIONAL), ("internal", Flag.INTERNAL)):
        points[mark] = _has_flag(points["flags"], flag)
    for name in RARE_NUMBERS:
        if name not in points:
            points[name] = np.nan
    points["mark"] = _marks(points)
    _turn_to_distances(points, keys, targets)
    return Series(keys, points)


def _any_suppressed(points: pd.DataFrame, keys: pd.DataFrame) -> NDArray[np.bool_]:
    """Of which keys a value that a judgement could use is suppressed."""
    starts = np.fmin(keys["from_end"].to_numpy(np.float64), keys["one_from"].to_numpy(np.float64))
    since = ~(points["month"].to_numpy(np.float64) < starts[points["key"]])
    hidden = points["value"].isna() & _has_flag(points["flags"], Flag.CONFIDENTIAL)
    return np.isin(keys["key"].to_numpy(), points.loc[hidden & since, "key"].to_numpy())


def without_provisional(series: Series, used: NDArray[np.bool_]) -> Series:
    """Some of the series with their final points alone, each judged to the last of these."""
    keys = series.keys[used]
    number = np.full(len(series.keys), -1)
    number[keys["key"]] = np.arange(len(keys))
    points = series.points
    points = points[used[points["key"]] & ~points["provisional"].to_numpy(bool)]
    points = points.assign(key=number[points["key"]]).reset_index(drop=True)
    keys = keys.assign(key=np.arange(len(keys)), windowed=False).reset_index(drop=True)
    return Series(keys, points)


def _turn_to_distances(
    points: pd.DataFrame, keys: pd.DataFrame, targets: pd.DataFrame | None
) -> None:
    """Values of measures that should meet a target become distances from it (METHODS 6).

    An interval across the target keeps its half-width; counts no longer make the value.
    """
    keys["target"] = np.nan
    if targets is not None and not targets.empty:
        keys["target"] = keys["measure"].map(targets.set_index("measure")["target"])
    keys["no_target"] = keys["seeks_target"].eq(True) & keys["target"].isna()
    seeking = keys["seeks_target"].eq(True).to_numpy(bool)[points["key"]]
    if not seeking.any():
        return
    target = keys["target"].to_numpy(np.float64)[points["key"][seeking]]
    value = points.loc[seeking, "value"].to_numpy(np.float64)
    low, high = (points.loc[seeking, c].to_numpy(np.float64) for c in ("lower_ci", "upper_ci"))
    distance, half = np.abs(value - target), (high - low) / 2
    points.loc[seeking, "mark"] += mark_of(target)  # the target is a figure used
    points.loc[seeking, "value"] = distance
    points.loc[seeking, "lower_ci"], points.loc[seeking, "upper_ci"] = (
        distance - half,
        distance + half,
    )
    points.loc[seeking, list(_COUNTS)] = np.nan


def _refuse_infinite(points: pd.DataFrame) -> None:
    """No rule can judge what has no end; files with such a value are refused when loaded."""
    plain = ("value", "lower_ci", "upper_ci", "numerator", "denominator", "sample_size")
    for name in (*plain, *RARE_NUMBERS):
        if name in points and (endless := np.isinf(points[name].to_numpy(np.float64))).any():
            row = points[endless].iloc[0]
            raise InfiniteValueError(
                f"{name} of {row['measure']}, {row['area']}, {row['period']} is infinite; "
                "leave it blank (NaN) and flag it"
            )


def _marks(points: pd.DataFrame) -> NDArray[np.uint64]:
    """One number for all that a point says, the same wherever and whenever it is worked out."""
    words = points[["measure", "area", "period", "flags"]].astype("str")
    numbers = points[["value", "lower_ci", "upper_ci", *_COUNTS, "standard_error", "confidence"]]
    both = pd.concat([words, numbers.astype(np.float64)], axis=1)
    return np.asarray(pd.util.hash_pandas_object(both, index=False), dtype=np.uint64)


def month_number(days: pd.Series) -> pd.Series:
    """Months since year 0 of a column of dates."""
    return pd.Series(days.dt.year * 12 + days.dt.month, index=days.index)


def _keys(
    observations: pd.DataFrame, measures: Mapping[str, Measure], areas: Sequence[str] | None
) -> pd.DataFrame:
    if areas is not None:
        pairs = [(m, a) for m in measures for a in areas]
        return pd.DataFrame(pairs, columns=["measure", "area"])
    known = observations[observations["measure"].isin(list(measures))]
    return known[["measure", "area"]].drop_duplicates(ignore_index=True)


def _window_facts(windows: Iterable[Window], base_end: date | None) -> pd.DataFrame:
    """One row for each window, its periods as month numbers; NaN where it names none."""
    base = _month(base_end) if base_end else np.nan
    rows = [
        {
            "measure": w.measure,
            "windowed": True,
            "one_from": _end_month(w.one_year_from),
            "one_to": _end_month(w.one_year_to),
            "from_end": _end_month(w.long_term_from) if w.long_term_from else base,
            "to_end": _end_month(w.long_term_to or w.one_year_to),
        }
        for w in windows
    ]
    columns = ["measure", "windowed", "one_from", "one_to", "from_end", "to_end"]
    return pd.DataFrame(rows, columns=columns).astype(
        dict.fromkeys(columns[2:], np.float64) | {"measure": "str", "windowed": object}
    )


def _measure_facts(measures: Mapping[str, Measure]) -> pd.DataFrame:
    return pd.DataFrame.from_records(
        [
            {
                "measure": m.measure,
                "statistic": m.statistic,
                "kind": m.kind,
                "period_type": str(m.period_type or ""),
                "survey": m.survey,
                "sign": np.nan if m.polarity is None else float(m.polarity.sign),
                "seeks_target": m.polarity is Polarity.TARGET,
                "decimals": np.nan if m.decimals is None else float(m.decimals),
                "design_effect": m.design_effect or np.nan,
                "rounding": m.rounding or 0.0,
                "multiplier": m.multiplier or np.nan,
                "standardised": m.standardised,
                "rolling": m.rolling,
                "percentage": m.percentage,
                "interval": INTERVAL[m.frequency],
                "close": m.series_match == "close",
            }
            for m in measures.values()
        ]
    )


def _end_month(period: object) -> float:
    end = getattr(period, "end", None)
    return np.nan if end is None else _month(end)


def _month(day: date) -> float:
    return float(day.year * 12 + day.month)


def _has_flag(flags: pd.Series, flag: Flag) -> pd.Series:
    marked = {text for text in flags.unique() if flag in str(text).split()}
    return flags.isin(marked)
