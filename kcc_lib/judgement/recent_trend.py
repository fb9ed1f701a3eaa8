"""Fingertips' recent trend: five points weighted by their intervals (METHODS 4.9)."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.inference import WeightedTrend, byars, critical_z, weighted_trend, wilson
from kcc_lib.judgement.breaks import cut_at_breaks
from kcc_lib.judgement.caveats import add_trend_caveats
from kcc_lib.judgement.columns import judgement_frame, yes_no
from kcc_lib.judgement.counts import USUAL_CONFIDENCE
from kcc_lib.judgement.fit import Run, ends_columns, run_of
from kcc_lib.judgement.labels import Reasons, label_movement
from kcc_lib.judgement.options import Options
from kcc_lib.judgement.series import Series
from kcc_lib.measures import Measure
from kcc_lib.reasons import Basis, Reason
from kcc_lib.vocabulary import Horizon, Label, Statistic

Floats = NDArray[np.float64]
_POINTS = 5
#: Fingertips' own numbers: 2 x 1.96 and the 99.8% point of chi-squared, as it rounds them.
_INTERVAL_WIDTH = 3.92
_CRITICAL = 9.549536
_COVERED = [str(Statistic.PROPORTION), str(Statistic.RATE)]


def judge_recent_trend(
    series: Series, measures: Mapping[str, Measure], options: Options
) -> pd.DataFrame:
    """Judge the last five points of every series by Fingertips' rule."""
    keys = series.keys
    covered = keys["statistic"].isin(_COVERED).to_numpy(bool)
    held = series.points[series.points["value"].notna()]
    points, run, trend, cut = _weighted_run(held, keys, measures)
    whole = _someone_is_whole(points, len(keys))
    width = (run.facts["month_to"] - run.facts["start_month_to"] + 1).to_numpy(np.float64)
    yearly = ~(width > 12) & (keys["interval"].to_numpy() == 12)
    enough = (trend.n >= options.min_points) & np.isfinite(trend.chi_squared)
    judged = covered & yearly & ~whole & enough
    significant = (trend.chi_squared > _CRITICAL) & trend.same_sign
    movement = np.where(significant, np.sign(np.nan_to_num(trend.slope)), 0).astype(np.int64)
    label = label_movement(movement, keys["sign"].to_numpy(np.float64))
    label[~judged] = Label.NOT_JUDGED.value
    reasons = Reasons(len(keys))
    held_at_all = keys["held_at_all"].to_numpy(bool)
    reasons.add(Reason.NO_SERIES, ~held_at_all)
    none_in = ~np.isin(keys["key"], held["key"]) & ~keys["no_target"]
    reasons.add(Reason.OUTSIDE_WINDOW, held_at_all & none_in)
    reasons.add(Reason.STATISTIC_NOT_COVERED, held_at_all & ~covered)
    reasons.add(Reason.PERIODS_NOT_COVERED, held_at_all & covered & ~yearly)
    reasons.add(Reason.COUNT_IS_WHOLE, covered & whole)
    bare = np.bincount(held["key"], minlength=len(keys)) > trend.n
    unknown = np.where(trend.n < options.min_points, bare, ~np.isfinite(trend.chi_squared))
    reasons.add(Reason.NO_UNCERTAINTY, covered & unknown.astype(bool))
    reasons.add(Reason.TOO_FEW_POINTS, held_at_all & covered & (trend.n < options.min_points))
    add_trend_caveats(reasons, series, run.facts, measures, cut, judged)
    reasons.add(Reason.NO_POLARITY, keys["sign"].isna() & judged)
    told = ends_columns(run.facts) | {
        "basis": np.where(judged, Basis.WEIGHTED_TREND.value, Basis.NONE.value),
        "n_points": trend.n.astype(np.int64),
        "change": np.where(judged, trend.slope, np.nan),
        "statistic": np.where(judged, trend.chi_squared, np.nan),
        "p_value": np.where(judged, trend.p_value, np.nan),
        "loo_stable": yes_no(trend.same_sign, judged),
        "reasons": reasons.texts(),
    }
    return judgement_frame(len(keys), horizon=Horizon.LONG_TERM.value, label=label, **told)


def _weighted_run(
    held: pd.DataFrame, keys: pd.DataFrame, measures: Mapping[str, Measure]
) -> tuple[pd.DataFrame, Run, WeightedTrend, np.ndarray]:
    """The last five points with an error of every series, their trend, and where breaks cut."""
    points, cut = cut_at_breaks(held, measures)
    error = _errors(points, keys)
    points = points.assign(error=error)[np.isfinite(error)]
    points = points[points.groupby("key").cumcount(ascending=False) < _POINTS]
    run = run_of(points, keys)
    errors = np.full(run.values.shape, np.nan)
    place = points.groupby("key").cumcount().to_numpy()
    errors[points["key"].to_numpy(), place] = points["error"].to_numpy()
    return points, run, weighted_trend(run.values, errors), cut


def _errors(points: pd.DataFrame, keys: pd.DataFrame) -> Floats:
    """The error of each point: of its published interval, else of its counts' interval."""
    kind = keys["statistic"].to_numpy()[points["key"]]
    scale = keys["multiplier"].to_numpy(np.float64)[points["key"]]
    standard = keys["standardised"].eq(True).to_numpy(bool)[points["key"]]
    x, n = (points[c].to_numpy(np.float64) for c in ("numerator", "denominator"))
    share, rate = wilson(x, n), byars(x, n)
    made = np.where(
        kind == str(Statistic.PROPORTION),
        100 * (share.high - share.low),
        np.where((kind == str(Statistic.RATE)) & ~standard, scale * (rate.high - rate.low), np.nan),
    )
    given = (points["upper_ci"] - points["lower_ci"]).to_numpy(np.float64)
    width = np.where(np.isfinite(given) & (given > 0), given, made)
    level = np.where(np.isfinite(given) & (given > 0), points["confidence"], np.nan)
    return np.where(width > 0, width / _widths(level.astype(np.float64)), np.nan)


def _widths(confidence: Floats) -> Floats:
    """How many standard errors an interval is wide: Fingertips' own number for 95%."""
    out = np.full(confidence.shape, _INTERVAL_WIDTH)
    for level in np.unique(confidence[~np.isnan(confidence)]):
        if level != USUAL_CONFIDENCE:
            out[confidence == level] = 2 * critical_z(level / 100)
    return out


def _someone_is_whole(points: pd.DataFrame, rows: int) -> NDArray[np.bool_]:
    """Whether at some point everybody is counted: Fingertips works out no trend then."""
    out = np.zeros(rows, dtype=bool)
    whole = points["numerator"].eq(points["denominator"]) & points["numerator"].notna()
    out[points["key"].to_numpy()[whole.to_numpy(bool)]] = True
    return out
