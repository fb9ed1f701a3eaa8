"""Long-term judgement: least squares slope, two-sided t-test (METHODS 4.3)."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.inference import linear_trend
from kcc_lib.judgement.breaks import cut_at_breaks
from kcc_lib.judgement.caveats import add_trend_caveats
from kcc_lib.judgement.fit import movement_of, run_of, trend_columns
from kcc_lib.judgement.labels import Reasons, label_movement
from kcc_lib.judgement.options import Options
from kcc_lib.judgement.series import Series
from kcc_lib.measures import Measure
from kcc_lib.reasons import Reason
from kcc_lib.vocabulary import Horizon, Label

Floats = NDArray[np.float64]


def judge_long_term(
    series: Series, measures: Mapping[str, Measure], options: Options
) -> pd.DataFrame:
    """Judge every series' trend; one row for each key, in key order."""
    keys = series.keys
    held = series.points[series.points["value"].notna()]
    from_end = keys["from_end"].to_numpy()[held["key"]]
    points, cut = cut_at_breaks(held[~(held["month"] < from_end)], measures)
    run = run_of(points, keys)
    trend = linear_trend(run.times, run.values, confidence=1 - options.alpha)
    few = trend.n < options.min_points
    due = _points_due(keys, run.facts, cut)
    sign = keys["sign"].to_numpy(np.float64)
    label = label_movement(movement_of(trend, options), sign)
    label[few & (due < options.min_points)] = Label.NOT_APPLICABLE.value
    label[few & ~(due < options.min_points)] = Label.NOT_JUDGED.value
    reasons = Reasons(len(keys))
    held_at_all = keys["held_at_all"].to_numpy(bool)
    reasons.add(Reason.NO_SERIES, ~held_at_all)
    reasons.add(Reason.OUTSIDE_WINDOW, keys["held_at_all"] & (trend.n == 0) & ~keys["no_target"])
    reasons.add(Reason.TOO_FEW_POINTS, few & (trend.n > 0))
    reasons.add(Reason.WINDOW_INCOMPLETE, (trend.n < due) & (trend.n > 0))
    add_trend_caveats(reasons, series, run.facts, measures, cut, ~few)
    reasons.add(Reason.NO_POLARITY, keys["sign"].isna() & ~few)
    return trend_columns(
        keys, run, trend, label, ~few, reasons, options,
        horizon=Horizon.LONG_TERM.value,
    )  # fmt: skip


def _points_due(keys: pd.DataFrame, facts: pd.DataFrame, cut: np.ndarray) -> Floats:
    """How many points the window, or the span held, should have (at least those held)."""
    first = keys["from_end"].to_numpy().copy()
    start = facts["month_from"].to_numpy(np.float64)
    shortened = np.isin(np.arange(len(keys)), cut) | np.isnan(first)
    first = np.where(shortened, start, first)
    last = np.where(
        np.isnan(keys["to_end"]), facts["month_to"].to_numpy(np.float64), keys["to_end"]
    )
    due = np.round((last - first) / keys["interval"].to_numpy()) + 1
    return np.asarray(np.nan_to_num(due, nan=np.inf))
