"""The variance rule: a change of more than 5% of the earlier value is a movement (METHODS 4.2).

It is the whole of `variance-2017`, and what `significance-2019` falls back on where it is
allowed to.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.judgement.caveats import add_pair_caveats
from kcc_lib.judgement.columns import judgement_frame
from kcc_lib.judgement.labels import Reasons, label_movement
from kcc_lib.judgement.options import Options, VarianceMode
from kcc_lib.judgement.pairs import pair_columns, pair_points
from kcc_lib.judgement.possible import next_values, same_sign_ends
from kcc_lib.judgement.series import Series
from kcc_lib.measures import Measure
from kcc_lib.reasons import Basis, Reason
from kcc_lib.vocabulary import Horizon, Label

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
#: Changes are compared to this, so that exactly 5% is not a movement.
_TOLERANCE = 1e-9


def variance_edge(start: Floats, options: Options) -> Floats:
    """The change at which the rule calls a movement; NaN where it cannot be used."""
    if options.mode is VarianceMode.POINTS:
        return np.where(np.isnan(start), np.nan, 100 * options.variance)
    return np.where(start == 0, np.nan, options.variance * np.abs(start))


def variance_moves(start: Floats, end: Floats, options: Options) -> tuple[Mask, Mask]:
    """Which pairs the rule can be used on, and which of them moved.

    A share of nothing, or of a value of the other sign, says nothing; points can always
    be told.
    """
    edge = variance_edge(start, options)
    with np.errstate(invalid="ignore", over="ignore"):
        size = np.abs(end - start)
        usable = np.isfinite(size) & np.isfinite(edge)
        if options.mode is VarianceMode.RELATIVE:
            usable &= start * end >= 0
        slack = _TOLERANCE * edge / options.variance
        beyond = size > edge - slack if options.inclusive else size > edge + slack
    return usable, usable & beyond


def judge_variance_one_year(
    series: Series, measures: Mapping[str, Measure], options: Options
) -> pd.DataFrame:
    """Judge the last year of every series by the variance rule."""
    pairs = pair_points(series, measures, options)
    return _judge(pairs, Horizon.ONE_YEAR, np.zeros(len(pairs), dtype=bool), options)


def judge_variance_three_years(
    series: Series, measures: Mapping[str, Measure], options: Options
) -> pd.DataFrame:
    """Judge the last three years of every series, or two where three are not held."""
    three = pair_points(series, measures, options, years=3)
    two = pair_points(series, measures, options, years=2)
    shorter = three["missing"].to_numpy(bool) & ~two["missing"].to_numpy(bool)
    pairs = three.where(pd.Series(~shorter, index=three.index), two)
    return _judge(pairs, Horizon.LONG_TERM, shorter, options)


def _judge(pairs: pd.DataFrame, horizon: Horizon, shorter: Mask, options: Options) -> pd.DataFrame:
    start, end = (pairs[f"value_{i}"].to_numpy(np.float64) for i in (1, 2))
    within = ~(pairs["missing"].astype(bool) | pairs["hard"].astype(bool)).to_numpy(bool)
    usable, moved = variance_moves(start, end, options)
    sign = pairs["sign"].to_numpy(np.float64)
    unstated = np.nan_to_num(sign) == 0
    judged = within & usable & ~unstated
    movement = np.where(moved, np.sign(np.nan_to_num(end - start)), 0).astype(np.int64)
    label = label_movement(movement, sign)
    label[~judged] = Label.NOT_JUDGED.value
    reasons = Reasons(len(pairs))
    add_pair_caveats(reasons, pairs, judged)
    reasons.add(Reason.START_NOT_COMPARABLE, within & ~usable)
    reasons.add(Reason.TWO_YEAR_FALLBACK, judged & shorter)
    late = judged & (pairs["gap"] > 12).to_numpy(bool) & (horizon is Horizon.ONE_YEAR)
    reasons.add(Reason.GAP_2, late)
    reasons.add(Reason.NO_POLARITY, within & unstated)
    edge = variance_edge(start, options)
    points = options.mode is VarianceMode.POINTS
    basis = Basis.VARIANCE_POINTS if points else Basis.VARIANCE
    ahead = variance_edge(end, options)
    told = pair_columns(pairs) | {
        "basis": np.where(judged, basis.value, Basis.NONE.value),
        "detectable_change": np.where(judged, edge, np.nan),
        "reasons": reasons.texts(),
    }
    told |= next_values(
        pairs, end - ahead, end + ahead, judged & (horizon is Horizon.ONE_YEAR),
        **same_sign_ends(pairs, np.full(len(pairs), not points)),
    )  # fmt: skip
    return judgement_frame(len(pairs), horizon=horizon.value, label=label, **told)
