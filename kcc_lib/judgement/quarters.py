"""Where performance is heading, quarter by quarter (METHODS 4.4): two methods of two eras."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.inference import linear_trend, seasonal_kendall
from kcc_lib.judgement.breaks import cut_at_breaks
from kcc_lib.judgement.caveats import add_pair_caveats, add_trend_caveats
from kcc_lib.judgement.columns import judgement_frame
from kcc_lib.judgement.fit import movement_of, run_of, trend_columns
from kcc_lib.judgement.labels import Reasons, direction_words, label_movement
from kcc_lib.judgement.options import Options
from kcc_lib.judgement.pairs import last_step, pair_columns
from kcc_lib.judgement.series import Series
from kcc_lib.judgement.shown import latest_shown
from kcc_lib.measures import Measure
from kcc_lib.reasons import Basis, Reason
from kcc_lib.vocabulary import Direction, Horizon, Label

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
#: Points from which seasons can be told from a trend (METHODS 4.4).
_SEASONAL_POINTS = 12
_BY_REGRESSION = (Direction.IMPROVING, Direction.WORSENING, Direction.STABLE)
_BY_LAST_QUARTER = (Direction.IMPROVED, Direction.WORSENED, Direction.SAME)


def judge_quarters(
    series: Series, measures: Mapping[str, Measure], options: Options
) -> pd.DataFrame:
    """Judge the slope through the points shown: regression-2020."""
    keys = series.keys
    points, cut = _usable(series, measures, options)
    staying, _ = _usable(series, measures, options, next_due=True)
    ahead = run_of(_points_apart(staying, keys, options, ahead=True)[0], keys)
    points, apart = _points_apart(points, keys, options)
    run = run_of(points, keys)
    trend = linear_trend(run.times, run.values, confidence=1 - options.alpha)
    judged = trend.n >= options.min_points
    sign = keys["sign"].to_numpy(np.float64)
    label = label_movement(movement_of(trend, options), sign)
    label[~judged] = Label.NOT_JUDGED.value
    reasons = Reasons(len(keys))
    reasons.add(Reason.NO_SERIES, ~keys["held_at_all"].to_numpy(bool))
    reasons.add(Reason.OUTSIDE_WINDOW, keys["held_at_all"] & (trend.n == 0) & ~keys["no_target"])
    reasons.add(Reason.TOO_FEW_POINTS, ~judged & (trend.n > 0))
    add_trend_caveats(reasons, series, run.facts, measures, cut, judged)
    reasons.add(Reason.NO_POLARITY, keys["sign"].isna() & judged)
    reasons.add(Reason.POINTS_APART, apart & judged)
    _add_seasonal_reasons(reasons, points, keys, judged, movement_of(trend, options), options)
    found = trend_columns(
        keys, run, trend, label, judged, reasons, options, horizon=Horizon.QUARTER.value,
        direction=direction_words(label, _BY_REGRESSION),
        ahead=ahead,
    )  # fmt: skip
    # periods that share data make p meaningless, so none is printed
    shared = run.facts["overlap"].to_numpy(bool)
    found.loc[shared, ["statistic", "p_value", "ci_low", "ci_high", "kendall_p"]] = np.nan
    return found


def _usable(
    series: Series, measures: Mapping[str, Measure], options: Options, *, next_due: bool = False
) -> tuple[pd.DataFrame, NDArray[np.int64]]:
    """The points shown that can be set side by side, and the keys of which a break cut some off."""
    latest = latest_shown(series.points, options.shown, next_due=next_due)
    held = latest[latest["value"].notna()]
    from_end = series.keys["from_end"].to_numpy()[held["key"]]
    return cut_at_breaks(held[~(held["month"] < from_end)], measures)


def _points_apart(
    points: pd.DataFrame, keys: pd.DataFrame, options: Options, *, ahead: bool = False
) -> tuple[pd.DataFrame, Mask]:
    """Of rolling periods only those that share no data, where enough of them are held.

    Returns the points and which keys are so thinned. `ahead` are the points that share no
    data with the period due next, which counts as one of them.
    """
    rows, key = len(keys), points["key"].to_numpy()
    last = points.drop_duplicates("key", keep="last").set_index("key")
    width = (last["month"] - last["start_month"] + 1).reindex(range(rows)).to_numpy(np.float64)
    end = last["month"].reindex(range(rows)).to_numpy(np.float64)
    shares = np.zeros(rows, dtype=bool)
    before = points.groupby("key")["month"].shift()
    shares[key[(points["start_month"] <= before).to_numpy(bool)]] = True
    if ahead:
        end = end + keys["interval"].to_numpy(np.float64)
    clear = (end[key] - points["month"].to_numpy()) % np.where(width > 0, width, 1)[key] == 0
    apart = shares & (np.bincount(key[clear], minlength=rows) + ahead >= options.min_points)
    return points[clear | ~apart[key]], apart


def _add_seasonal_reasons(
    reasons: Reasons,
    points: pd.DataFrame,
    keys: pd.DataFrame,
    judged: Mask,
    movement: NDArray[np.int64],
    options: Options,
) -> None:
    """Whether a season could pass for a trend, and what a test that allows for it says."""
    interval = keys["interval"].to_numpy(np.int64)
    width = (points["month"] - points["start_month"] + 1).to_numpy()
    seasonal = judged & (interval < 12)
    seasonal[points["key"].to_numpy()[width >= 12]] = False  # a whole year has no season
    enough = np.bincount(points["key"], minlength=len(keys)) >= _SEASONAL_POINTS
    reasons.add(Reason.SEASONALITY_UNCHECKED, seasonal & ~enough)
    for months in np.unique(interval[seasonal & enough]):
        rows = np.flatnonzero(seasonal & enough & (interval == months))
        values = _on_a_grid(points[points["key"].isin(rows)], rows, int(months))
        p = seasonal_kendall(values, 12 // int(months)).p_value
        differs = np.zeros(len(keys), dtype=bool)
        differs[rows] = (p < options.alpha) != (movement[rows] != 0)
        reasons.add(Reason.SEASONAL_TEST_DISAGREES, differs)


def _on_a_grid(points: pd.DataFrame, rows: NDArray[np.int64], months: int) -> Floats:
    """Values of some keys at even steps of time, so that each season keeps its column."""
    place = np.searchsorted(rows, points["key"].to_numpy())
    first = points.groupby("key")["month"].transform("min").to_numpy()
    step = ((points["month"].to_numpy() - first) // months).astype(np.int64)
    out = np.full((rows.size, int(step.max(initial=0)) + 1), np.nan)
    out[place, step] = points["value"].to_numpy(np.float64)
    return out


def judge_last_quarter(
    series: Series, measures: Mapping[str, Measure], _options: Options
) -> pd.DataFrame:
    """Judge the sign of the last change, at the precision published: last-quarter-2017."""
    pairs = last_step(series, measures)
    decimals = pairs["decimals"].to_numpy(np.float64)
    start, end = (pairs[f"value_{i}"].to_numpy(np.float64) for i in (1, 2))
    judged = ~(pairs["missing"] | pairs["hard"]).to_numpy(bool)
    seen = as_printed(end, decimals) - as_printed(start, decimals)
    size = np.maximum(np.abs(start), np.abs(end))
    movement = np.where(np.abs(seen) > 1e-13 * size, np.sign(np.nan_to_num(seen)), 0)
    label = label_movement(movement.astype(np.int64), pairs["sign"].to_numpy(np.float64))
    label[~judged] = Label.NOT_JUDGED.value
    reasons = Reasons(len(pairs))
    add_pair_caveats(reasons, pairs, judged)
    reasons.add(Reason.NO_POLARITY, judged & pairs["sign"].isna())
    reasons.add(Reason.WITHIN_ROUNDING, judged & (movement == 0) & (start != end))
    return judgement_frame(
        len(pairs),
        horizon=Horizon.QUARTER.value,
        label=label,
        direction=direction_words(label, _BY_LAST_QUARTER),
        basis=np.where(judged, Basis.LAST_PERIOD.value, Basis.NONE.value),
        reasons=reasons.texts(),
        **pair_columns(pairs),
    )


def as_printed(values: Floats, decimals: Floats) -> Floats:
    """Values as they are printed; unrounded where no decimals are stated.

    Ties are decided as printing decides them, by the number's own last binary digit.
    """
    places = np.nan_to_num(decimals)
    with np.errstate(invalid="ignore", over="ignore"):
        scaled = values * 10.0**places
        rounded = np.rint(scaled) / 10.0**places
        tie = np.abs(np.abs(scaled - np.trunc(scaled)) - 0.5) < 1e-6
    for at in np.flatnonzero(tie & ~np.isnan(decimals)):  # hardly ever any
        rounded[at] = round(float(values[at]), int(places[at]))
    return np.where(np.isnan(decimals) | ~np.isfinite(rounded), values, rounded)
