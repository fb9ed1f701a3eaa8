"""Whether the latest point of a long series is out of the ordinary: an XmR chart (METHODS 4.8)."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from kcc_lib.inference import assurance, xmr
from kcc_lib.judgement.breaks import cut_at_breaks
from kcc_lib.judgement.caveats import add_trend_caveats
from kcc_lib.judgement.columns import judgement_frame
from kcc_lib.judgement.fit import ends_columns, run_of
from kcc_lib.judgement.labels import Reasons, label_movement
from kcc_lib.judgement.options import Options
from kcc_lib.judgement.series import Series
from kcc_lib.measures import Measure
from kcc_lib.reasons import Basis, Reason
from kcc_lib.vocabulary import Horizon, Label

#: Fewest points with which limits are drawn at all.
_LEAST = 8
#: Half the width of the limits, and the standard deviation, in mean moving ranges.
_WIDTH, _SIGMA = 2.66, 1.128


def judge_control_chart(
    series: Series, measures: Mapping[str, Measure], options: Options
) -> pd.DataFrame:
    """Judge whether the latest point shows special cause, in the good or the bad direction."""
    keys = series.keys
    held = series.points[series.points["value"].notna()]
    points, cut = cut_at_breaks(held, measures)
    run = run_of(points, keys)
    n = (~np.isnan(run.values)).sum(axis=1)
    chart = xmr(run.values)
    judged = np.isfinite(chart.lower)
    last = chart.flags[np.arange(len(keys)), np.maximum(n - 1, 0)]
    latest = run.facts["value_to"].to_numpy(np.float64)
    label = label_movement(np.where(judged, last, 0).astype(np.int64), keys["sign"].to_numpy())
    label[~judged] = Label.NOT_JUDGED.value
    reasons = Reasons(len(keys))
    held_at_all = keys["held_at_all"].to_numpy(bool)
    reasons.add(Reason.NO_SERIES, ~held_at_all)
    reasons.add(Reason.OUTSIDE_WINDOW, keys["held_at_all"] & (n == 0) & ~keys["no_target"])
    reasons.add(Reason.TOO_FEW_POINTS, (n > 0) & (n < _LEAST))
    reasons.add(Reason.NO_MOVEMENT_BETWEEN_POINTS, (n >= _LEAST) & ~judged)
    reasons.add(Reason.TRIAL_LIMITS, judged & (n < options.min_points))
    add_trend_caveats(reasons, series, run.facts, measures, cut, judged)
    _add_assurance(reasons, keys, chart.lower, chart.upper, judged)
    reasons.add(Reason.NO_POLARITY, keys["sign"].isna() & judged)
    half = (chart.upper - chart.lower) / 2
    told = ends_columns(run.facts) | {
        "basis": np.where(judged, Basis.CONTROL_CHART.value, Basis.NONE.value),
        "n_points": n.astype(np.int64),
        "value_from": chart.mean,
        "change": latest - chart.mean,
        "se": half / _WIDTH / _SIGMA,
        "ci_low": chart.lower,
        "ci_high": chart.upper,
        "detectable_change": half,
        "reasons": reasons.texts(),
    }
    return judgement_frame(len(keys), horizon=Horizon.QUARTER.value, label=label, **told)


def _add_assurance(
    reasons: Reasons, keys: pd.DataFrame, lower: np.ndarray, upper: np.ndarray, judged: np.ndarray
) -> None:
    """Whether the process as it is meets its target every time, never, or by chance."""
    target, sign = keys["target"].to_numpy(np.float64), keys["sign"].to_numpy(np.float64)
    known = judged & np.isfinite(target) & (np.nan_to_num(sign) != 0)
    known &= ~keys["seeks_target"].eq(True).to_numpy(bool)
    met = np.zeros(len(keys))
    met[known] = assurance(lower[known], upper[known], target[known], sign[known])
    reasons.add(Reason.TARGET_SURE, known & (met > 0))
    reasons.add(Reason.TARGET_MET_BY_CHANCE, known & (met == 0))
    reasons.add(Reason.TARGET_OUT_OF_REACH, known & (met < 0))
