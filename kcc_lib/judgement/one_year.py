"""1-year judgement: two-sample test by the measure's type (METHODS 4.3 and 5)."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.inference import critical_z
from kcc_lib.judgement.labels import Reasons, label_movement
from kcc_lib.judgement.ladder import climb
from kcc_lib.judgement.options import Fallback, Options, SurveyRule
from kcc_lib.judgement.pairs import pair_points
from kcc_lib.judgement.series import Series
from kcc_lib.measures import Measure
from kcc_lib.reasons import Basis, Reason
from kcc_lib.vocabulary import Horizon, Label, PeriodType

Mask = NDArray[np.bool_]
#: Relative changes are compared to this, so that exactly 5% is not a movement.
_TOLERANCE = 1e-9


def judge_one_year(
    series: Series, measures: Mapping[str, Measure], options: Options
) -> pd.DataFrame:
    """Judge every series' last year; one row for each key, in key order."""
    pairs = pair_points(series, measures, options)
    tests = climb(pairs, options.alpha)
    change = (pairs["value_2"] - pairs["value_1"]).to_numpy(np.float64)
    significant = (tests["p_value"] < options.alpha).to_numpy(bool)
    apart = ((tests["low_1"] > tests["high_2"]) | (tests["low_2"] > tests["high_1"])).to_numpy(bool)
    tested = (tests["basis"] != Basis.NONE).to_numpy(bool)
    by_overlap = (
        tested
        & pairs["survey"].eq(True).to_numpy(bool)
        & (options.survey_rule is SurveyRule.INTERVAL_OVERLAP)
    )
    moved = np.where(by_overlap, apart, significant)
    basis = np.where(by_overlap, Basis.INTERVAL_OVERLAP.value, tests["basis"])
    usable = ~(pairs["missing"] | pairs["hard"]).to_numpy(bool)
    fallen, fell = _fall_back(pairs, options, usable & ~tested)
    moved = np.where(fallen, fell, moved)
    basis = np.where(fallen, Basis.VARIANCE.value, basis)
    movement = np.where(moved, np.sign(np.nan_to_num(change)), 0).astype(np.int64)
    label = label_movement(movement, pairs["sign"].to_numpy())
    judged = usable & (tested | fallen)
    label[~judged] = Label.NOT_JUDGED.value
    reasons = _reasons(pairs, tests, judged, fallen, usable & ~tested)
    edge = _edge(pairs, tests, basis, options)
    reasons.add(Reason.WITHIN_ROUNDING, judged & _rounding_decides(pairs, edge, change))
    reasons.add(Reason.TESTS_DISAGREE, tested & (significant != apart) & by_overlap)
    return _frame(pairs, tests, change, label, basis, judged, reasons, edge)


def _fall_back(pairs: pd.DataFrame, options: Options, untested: Mask) -> tuple[Mask, Mask]:
    """Where no test can be made: which pairs the variance rule judges, and which moved."""
    if options.fallback is not Fallback.VARIANCE:
        none = np.zeros(len(pairs), dtype=bool)
        return none, none
    start, end = pairs["value_1"].to_numpy(np.float64), pairs["value_2"].to_numpy(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        relative = np.abs(end - start) / np.abs(start)
        fallen = untested & (start != 0) & (start * end >= 0)
        return fallen, fallen & (relative > options.variance + _TOLERANCE)


def _reasons(
    pairs: pd.DataFrame,
    tests: pd.DataFrame,
    judged: Mask,
    fallen: Mask,
    untested: Mask,
) -> Reasons:
    reasons = Reasons(len(pairs))
    reasons.add(Reason.NO_SERIES, ~pairs["held_at_all"])
    reasons.add(Reason.OUTSIDE_WINDOW, pairs["held_at_all"] & ~pairs["held"])
    reasons.add(Reason.PERIOD_MISSING, pairs["missing"] & pairs["held"])
    reasons.add(Reason.BREAK_HARD, pairs["hard"])
    counted = pairs["numerator_2"].notna() | pairs["sample_size_2"].notna()
    unknown = untested & counted & pairs["statistic"].isna()
    reasons.add(Reason.STATISTIC_UNKNOWN, unknown)
    reasons.add(Reason.NO_UNCERTAINTY, untested & ~unknown)
    reasons.add(Reason.VARIANCE_FALLBACK, fallen)
    sign_changed = (pairs["value_1"] == 0) | (pairs["value_1"] * pairs["value_2"] < 0)
    reasons.add(Reason.START_NOT_COMPARABLE, untested & ~fallen & sign_changed)
    _add_test_reasons(reasons, pairs, tests)
    reasons.add(Reason.GAP_2, judged & (pairs["gap"] > 12))
    reasons.add(Reason.BREAK_NOTED, judged & pairs["noted"])
    reasons.add(Reason.OVERLAPPING_PERIODS, judged & (pairs["start_month_2"] <= pairs["month_1"]))
    provisional = pairs["provisional_1"].eq(True) | pairs["provisional_2"].eq(True)
    reasons.add(Reason.PROVISIONAL_USED, judged & provisional)
    reasons.add(Reason.INTERNAL_SOURCE, judged & pairs["internal_2"].eq(True))
    reasons.add(Reason.DEFINITION_CLOSE, pairs["close"].eq(True) & pairs["held"])
    reasons.add(Reason.NO_POLARITY, judged & pairs["sign"].isna())
    return reasons


def _add_test_reasons(reasons: Reasons, pairs: pd.DataFrame, tests: pd.DataFrame) -> None:
    """What a reader should know of the test that was made."""
    reasons.add(Reason.CI_ASSUMED_SAME, tests["ci_assumed"])
    reasons.add(Reason.NUMERATOR_REBUILT, tests["rebuilt"])
    reasons.add(Reason.SAMPLE_SIZE_ASSUMED, tests["rebuilt"] & pairs["sample_assumed"])
    reasons.add(Reason.COMPARATOR_TAKEN_AS_KNOWN, tests["basis"] == Basis.GAP_GROUP)
    as_events = tests["basis"].isin([Basis.RATE.value, Basis.RATE_EXACT.value])
    fraction = pairs["numerator_2"].notna() & (pairs["numerator_2"] % 1 != 0)
    stock = pairs["period_type"].eq(PeriodType.SNAPSHOT.value) | fraction
    reasons.add(Reason.STOCK_AS_EVENTS, as_events & stock)
    reasons.add(Reason.EXACT_TEST, tests["exact"])
    reasons.add(Reason.NO_VARIATION, tests["still"])


def _edge(
    pairs: pd.DataFrame, tests: pd.DataFrame, basis: NDArray[np.object_], options: Options
) -> NDArray[np.float64]:
    """The least change that the rule used would call a movement."""
    by_test = critical_z(1 - options.alpha) * tests["se"]
    by_overlap = (tests["high_1"] - tests["low_1"] + tests["high_2"] - tests["low_2"]) / 2
    by_variance = options.variance * np.abs(pairs["value_1"])
    edge = np.where(basis == Basis.INTERVAL_OVERLAP.value, by_overlap, by_test)
    return np.where(basis == Basis.VARIANCE.value, by_variance, edge).astype(np.float64)


def _rounding_decides(
    pairs: pd.DataFrame, edge: NDArray[np.float64], change: NDArray[np.float64]
) -> Mask:
    """Whether half a unit of each whole per cent, either way, would change the result."""
    percent = pairs["percentage"].eq(True).to_numpy(bool)
    whole = sum((pairs[v] % 1 == 0).to_numpy(np.float64) for v in ("value_1", "value_2"))
    slack = np.where(percent, 0.5 * whole, 0.0)
    size = np.abs(change)
    return (slack > 0) & (size - slack <= edge) & (edge < size + slack)


def _frame(
    pairs: pd.DataFrame,
    tests: pd.DataFrame,
    change: NDArray[np.float64],
    label: NDArray[np.object_],
    basis: NDArray[np.object_],
    judged: Mask,
    reasons: Reasons,
    edge: NDArray[np.float64],
) -> pd.DataFrame:
    points = (pairs[["value_1", "value_2"]].notna()).sum(axis=1)
    return pd.DataFrame(
        {
            "horizon": Horizon.ONE_YEAR.value,
            "label": label,
            "basis": np.where(judged, basis, Basis.NONE.value),
            "n_points": points.to_numpy(np.int64),
            "period_from": pairs["period_1"].to_numpy(),
            "period_to": pairs["period_2"].to_numpy(),
            "value_from": pairs["value_1"].to_numpy(np.float64),
            "value_to": pairs["value_2"].to_numpy(np.float64),
            "change": change,
            "se": tests["se"].to_numpy(np.float64),
            "statistic": tests["statistic"].to_numpy(np.float64),
            "df": np.nan,
            "p_value": tests["p_value"].to_numpy(np.float64),
            "ci_low": tests["ci_low"].to_numpy(np.float64),
            "ci_high": tests["ci_high"].to_numpy(np.float64),
            "detectable_change": np.where(tests["se"].notna(), edge, np.nan),
            "reasons": reasons.texts(),
        }
    )
