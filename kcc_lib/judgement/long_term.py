"""Long-term judgement: least squares slope, two-sided t-test (METHODS 4.3)."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.inference import LinearTrend, critical_t, linear_trend
from kcc_lib.judgement.labels import Reasons, label_movement
from kcc_lib.judgement.options import Options
from kcc_lib.judgement.series import Series, crosses_noted_break, cut_at_breaks
from kcc_lib.measures import Measure
from kcc_lib.reasons import Basis, Reason
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
    times, values, provisional = _wide(points, len(keys))
    trend = linear_trend(times, values, confidence=1 - options.alpha)
    facts = _ends(points, len(keys))
    movement = _movement(trend, options)
    due = _points_due(keys, facts, cut)
    few = trend.n < options.min_points
    label = label_movement(movement, keys["sign"].to_numpy())
    label[few & (due < options.min_points)] = Label.NOT_APPLICABLE.value
    label[few & ~(due < options.min_points)] = Label.NOT_JUDGED.value
    reasons = Reasons(len(keys))
    held_at_all = keys["held_at_all"].to_numpy(bool)
    reasons.add(Reason.NO_SERIES, ~held_at_all)
    reasons.add(Reason.OUTSIDE_WINDOW, held_at_all & (trend.n == 0))
    reasons.add(Reason.TOO_FEW_POINTS, few & (trend.n > 0))
    reasons.add(Reason.WINDOW_INCOMPLETE, (trend.n < due) & (trend.n > 0))
    _add_trend_reasons(reasons, series, trend, facts, measures, cut, few)
    without = linear_trend(
        times, np.where(provisional, np.nan, values), confidence=1 - options.alpha
    )
    turned = (_movement(without, options) != movement) & (without.n >= options.min_points) & ~few
    reasons.add(Reason.SENSITIVE_TO_PROVISIONAL, turned & provisional.any(axis=1))
    return _frame(trend, facts, label, few, reasons, options)


def _movement(trend: LinearTrend, options: Options) -> NDArray[np.int64]:
    """+1, 0 or -1 for each series: an exact line counts by its slope, a constant not at all."""
    significant = (trend.p_value < options.alpha) | trend.perfect_fit
    return np.where(significant, np.sign(np.nan_to_num(trend.slope)), 0).astype(np.int64)


def _wide(points: pd.DataFrame, rows: int) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Points as matrices with a row for each key, NaN beyond a series' last point."""
    place = points.groupby("key").cumcount().to_numpy()
    width = int(place.max()) + 1 if place.size else 1
    key = points["key"].to_numpy()
    times, values = np.full((rows, width), np.nan), np.full((rows, width), np.nan)
    provisional = np.zeros((rows, width), dtype=bool)
    times[key, place] = points["time"].to_numpy()
    values[key, place] = points["value"].to_numpy()
    provisional[key, place] = points["provisional"].to_numpy(bool)
    return times, values, provisional


def _ends(points: pd.DataFrame, rows: int) -> pd.DataFrame:
    """First and last point of each series, NaN where there is none."""
    columns = ["period", "value", "month", "start_month", "time", "internal"]
    grouped = points.groupby("key")[columns]
    first = grouped.first().add_suffix("_from")
    last = grouped.last().add_suffix("_to")
    facts = first.join(last).reindex(range(rows))
    # within a series the periods overlap where one starts before the last one has ended
    before = points.groupby("key")["month"].shift()
    facts["overlap"] = (points["start_month"] <= before).groupby(points["key"]).any()
    facts["provisional"] = points.groupby("key")["provisional"].any()
    return facts


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


def _add_trend_reasons(
    reasons: Reasons,
    series: Series,
    trend: LinearTrend,
    facts: pd.DataFrame,
    measures: Mapping[str, Measure],
    cut: np.ndarray,
    few: NDArray[np.bool_],
) -> None:
    keys = series.keys
    noted = crosses_noted_break(measures, keys["measure"], facts["month_from"], facts["month_to"])
    reasons.add(Reason.BREAK_HARD, np.isin(np.arange(len(keys)), cut))
    reasons.add(Reason.BREAK_NOTED, noted)
    reasons.add(Reason.CONSTANT, trend.constant & ~few)
    reasons.add(Reason.PERFECT_FIT, trend.perfect_fit & ~few)
    reasons.add(Reason.OVERLAPPING_PERIODS, facts["overlap"].eq(True) & ~few)
    reasons.add(Reason.PROVISIONAL_USED, facts["provisional"].eq(True) & ~few)
    reasons.add(Reason.INTERNAL_SOURCE, facts["internal_to"].eq(True) & ~few)
    reasons.add(Reason.DEFINITION_CLOSE, keys["close"].eq(True) & (trend.n > 0))
    reasons.add(Reason.NO_POLARITY, keys["sign"].isna() & ~few)


def _frame(
    trend: LinearTrend,
    facts: pd.DataFrame,
    label: NDArray[np.object_],
    few: NDArray[np.bool_],
    reasons: Reasons,
    options: Options,
) -> pd.DataFrame:
    """The judgement's columns; a trend that was not judged shows no test."""

    def shown(values: Floats) -> Floats:
        return np.where(few, np.nan, values)

    # a slope that moves no value by a billionth of itself is level: rounding error says nothing
    scale = np.abs(facts[["value_from", "value_to"]].to_numpy(np.float64)).max(axis=1)
    slope = np.where(np.abs(trend.slope) <= 1e-9 * scale, 0.0, trend.slope)
    span = (facts["time_to"] - facts["time_from"]).to_numpy(np.float64)
    detectable = critical_t(trend.df, 1 - options.alpha) * trend.se * span
    return pd.DataFrame(
        {
            "horizon": Horizon.LONG_TERM.value,
            "label": label,
            "basis": np.where(few, Basis.NONE.value, Basis.TREND.value),
            "n_points": trend.n.astype(np.int64),
            "period_from": facts["period_from"].astype(object).fillna("").to_numpy(),
            "period_to": facts["period_to"].astype(object).fillna("").to_numpy(),
            "value_from": facts["value_from"].to_numpy(np.float64),
            "value_to": facts["value_to"].to_numpy(np.float64),
            "change": shown(slope),
            "se": shown(trend.se),
            "statistic": shown(np.where(np.isnan(trend.p_value), np.nan, trend.t)),
            "df": shown(trend.df),
            "p_value": shown(trend.p_value),
            "ci_low": shown(trend.ci_low),
            "ci_high": shown(trend.ci_high),
            "detectable_change": shown(np.abs(detectable)),
            "reasons": reasons.texts(),
        }
    )
