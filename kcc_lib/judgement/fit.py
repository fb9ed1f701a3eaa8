"""A straight line through every series at once, and all that is known of it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.inference import LinearTrend, critical_t, kendall, leave_one_out, next_trend
from kcc_lib.judgement.columns import judgement_frame, yes_no
from kcc_lib.judgement.labels import Reasons
from kcc_lib.judgement.marks import fingerprints
from kcc_lib.judgement.options import Options
from kcc_lib.judgement.possible import next_values
from kcc_lib.reasons import Basis, Reason
from kcc_lib.vocabulary import Label

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
#: Fewest points with which Kendall's exact test can reach 5% (METHODS 7).
_RANKED_POINTS = 5


@dataclass(frozen=True, slots=True)
class Run:
    """The points of every series as matrices with a row for each key, NaN beyond the last."""

    times: Floats
    values: Floats
    provisional: Mask
    facts: pd.DataFrame


def run_of(points: pd.DataFrame, keys: pd.DataFrame) -> Run:
    """Lay points out by key; `facts` are each series' first and last, and marks of all."""
    rows = len(keys)
    place = points.groupby("key").cumcount().to_numpy()
    width = int(place.max()) + 1 if place.size else 1
    key = points["key"].to_numpy()
    times, values = np.full((rows, width), np.nan), np.full((rows, width), np.nan)
    provisional = np.zeros((rows, width), dtype=bool)
    times[key, place] = points["time"].to_numpy()
    values[key, place] = points["value"].to_numpy()
    provisional[key, place] = points["provisional"].to_numpy(bool)
    return Run(times, values, provisional, _ends(points, rows))


def _ends(points: pd.DataFrame, rows: int) -> pd.DataFrame:
    """First and last point of each series, NaN where there is none."""
    columns = ["period", "value", "month", "start_month", "time", "internal"]
    first = points.drop_duplicates("key").set_index("key")[columns].add_suffix("_from")
    last = points.drop_duplicates("key", keep="last").set_index("key")[columns].add_suffix("_to")
    facts = first.join(last).reindex(range(rows))
    # within a series the periods overlap where one starts before the last one has ended
    before = points.groupby("key")["month"].shift()
    overlap, provisional = np.zeros(rows, dtype=bool), np.zeros(rows, dtype=bool)
    key = points["key"].to_numpy()
    overlap[key[(points["start_month"] <= before).to_numpy(bool)]] = True
    provisional[key[points["provisional"].to_numpy(bool)]] = True
    marks = np.zeros(rows, dtype=np.uint64)
    np.add.at(marks, key, points["mark"].to_numpy(np.uint64))
    facts["overlap"], facts["provisional"] = overlap, provisional
    facts["fingerprint"] = fingerprints(marks, facts["month_to"].notna().to_numpy(bool))
    return facts


def movement_of(trend: LinearTrend, options: Options) -> NDArray[np.int64]:
    """+1, 0 or -1 for each series: an exact line counts by its slope, a constant not at all."""
    significant = (trend.p_value < options.alpha) | trend.perfect_fit
    return np.where(significant, np.sign(np.nan_to_num(trend.slope)), 0).astype(np.int64)


def level_slope(trend: LinearTrend, facts: pd.DataFrame, options: Options) -> Floats:
    """The slope; 0 where it is not called and moves no value by a billionth of itself."""
    scale = np.abs(facts[["value_from", "value_to"]].to_numpy(np.float64)).max(axis=1)
    level = (np.abs(trend.slope) <= 1e-9 * scale) & (movement_of(trend, options) == 0)
    return np.where(level, 0.0, trend.slope)


def trend_columns(
    keys: pd.DataFrame,
    run: Run,
    trend: LinearTrend,
    label: NDArray[np.object_],
    judged: Mask,
    reasons: Reasons,
    options: Options,
    *,
    ahead: Run | None = None,
    **more: object,
) -> pd.DataFrame:
    """The judgement's columns of a fitted line; one that was not judged shows no test.

    `ahead` are the points that the next one will be fitted with, where they are others.
    """
    facts = run.facts
    moves = label_moves(label)
    ranks = kendall(run.times, run.values)
    ranked = judged & (trend.n >= _RANKED_POINTS) & np.isfinite(ranks.p_value)
    stable = leave_one_out(run.times, run.values).same_sign
    significant = movement_of(trend, options) != 0
    reasons.add(Reason.CONSTANT, trend.constant & judged)
    reasons.add(Reason.PERFECT_FIT, trend.perfect_fit & judged)
    reasons.add(Reason.RANKS_DISAGREE, ranked & ((ranks.p_value < options.alpha) != significant))
    reasons.add(Reason.NOT_STABLE, judged & moves & ~stable)
    told: dict[str, object] = ends_columns(facts) | {
        "label": label,
        "basis": np.where(judged, Basis.TREND.value, Basis.NONE.value),
        "n_points": trend.n.astype(np.int64),
        "loo_stable": yes_no(stable, judged),
        "kendall_tau": np.where(ranked, ranks.tau, np.nan),
        "kendall_p": np.where(ranked, ranks.p_value, np.nan),
    }
    told |= _test_columns(facts, trend, judged, options)
    told |= _next(keys, run, ahead or run, options)
    return judgement_frame(len(keys), **(told | more), reasons=reasons.texts())


def _test_columns(
    facts: pd.DataFrame, trend: LinearTrend, judged: Mask, options: Options
) -> dict[str, Floats]:
    """The line's slope and test; one that was not judged shows neither."""
    span = (facts["time_to"] - facts["time_from"]).to_numpy(np.float64)
    detectable = critical_t(trend.df, 1 - options.alpha) * trend.se * span
    found = {
        "change": level_slope(trend, facts, options), "se": trend.se, "df": trend.df,
        "statistic": np.where(np.isnan(trend.p_value), np.nan, trend.t),
        "p_value": trend.p_value, "ci_low": trend.ci_low, "ci_high": trend.ci_high,
        "detectable_change": np.abs(detectable), "r_squared": trend.r_squared,
    }  # fmt: skip
    return {name: np.where(judged, values, np.nan) for name, values in found.items()}


def ends_columns(facts: pd.DataFrame) -> dict[str, object]:
    """The first and the last point of each series, and the fingerprint of all of them."""
    found: dict[str, object] = {"input_fingerprint": facts["fingerprint"].to_numpy()}
    for end in ("from", "to"):
        found[f"period_{end}"] = facts[f"period_{end}"].astype(object).fillna("").to_numpy()
        found[f"value_{end}"] = facts[f"value_{end}"].to_numpy(np.float64)
    return found


def label_moves(label: NDArray[np.object_]) -> Mask:
    """Whether a label says that something moved."""
    words = [Label.IMPROVING, Label.NOT_IMPROVING, Label.INCREASING, Label.DECREASING]
    return np.isin(label.astype(str), [w.value for w in words])


def _next(keys: pd.DataFrame, run: Run, fitted: Run, options: Options) -> dict[str, Floats]:
    """Values of the next period due with which the trend would be called."""
    time = run.facts["time_to"].to_numpy(np.float64) + keys["interval"].to_numpy() / 12
    known = (~np.isnan(fitted.values)).sum(axis=1) + 1 >= options.min_points
    found = next_trend(fitted.times, fitted.values, time, confidence=1 - options.alpha)
    rise, fall = (found.rise_from, found.rise_to), (found.fall_from, found.fall_to)
    return next_values(keys, fall[1], rise[0], known, fall_from=fall[0], rise_to=rise[1])
