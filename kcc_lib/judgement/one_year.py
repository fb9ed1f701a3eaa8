"""1-year judgement: two-sample test by the measure's type (METHODS 4.3 and 5)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.inference import critical_t, critical_z
from kcc_lib.judgement.caveats import add_pair_caveats
from kcc_lib.judgement.columns import judgement_frame, yes_no
from kcc_lib.judgement.labels import Reasons, label_movement
from kcc_lib.judgement.ladder import climb, few_events
from kcc_lib.judgement.marks import fingerprints, mark_of
from kcc_lib.judgement.moving_range import earlier_marks, moving_range_edge
from kcc_lib.judgement.options import Fallback, Options, SurveyRule
from kcc_lib.judgement.pairs import pair_columns, pair_points
from kcc_lib.judgement.possible import next_values, same_sign_ends
from kcc_lib.judgement.series import Series
from kcc_lib.judgement.variance import variance_edge, variance_moves
from kcc_lib.measures import Measure
from kcc_lib.reasons import Basis, Reason
from kcc_lib.vocabulary import Horizon, Label, PeriodType

Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]
_UNSURE = (Basis.VARIANCE, Basis.VARIANCE_POINTS, Basis.MOVING_RANGE)


@dataclass(frozen=True, slots=True)
class _Decision:
    """What the rules make of every pair: an entry for each."""

    tests: pd.DataFrame
    change: Floats
    basis: NDArray[np.object_]
    label: NDArray[np.object_]
    judged: Mask
    tested: Mask
    significant: Mask
    apart: Mask
    edge: Floats
    fall: Floats
    rise: Floats


def judge_one_year(
    series: Series, measures: Mapping[str, Measure], options: Options
) -> pd.DataFrame:
    """Judge every series' last year; one row for each key, in key order."""
    pairs = pair_points(series, measures, options)
    found = _decide(series, measures, pairs, options)
    overlap = label_movement(
        np.where(found.apart, np.sign(np.nan_to_num(found.change)), 0).astype(np.int64),
        pairs["sign"].to_numpy(np.float64),
    )
    disagree = found.tested & (found.significant != found.apart)
    tests = found.tests
    shown = {n: tests[n].to_numpy(np.float64) for n in ("se", "statistic", "df", "p_value")}
    shown |= {n: tests[n].to_numpy(np.float64) for n in ("ci_low", "ci_high")}
    return judgement_frame(
        len(pairs),
        horizon=Horizon.ONE_YEAR.value,
        label=found.label,
        basis=np.where(found.judged, found.basis, Basis.NONE.value),
        detectable_change=np.where(found.judged, found.edge, np.nan),
        ci_overlap_label=np.where(found.tested, overlap, ""),
        tests_disagree=yes_no(disagree, found.tested),
        reasons=_reasons(pairs, found, options).texts(),
        **(pair_columns(pairs) | {"input_fingerprint": _fingerprint(series, pairs, found)}),
        **shown,
        **next_values(
            pairs,
            found.fall,
            found.rise,
            found.judged,
            **same_sign_ends(pairs, found.basis == Basis.VARIANCE.value),
        ),
    )


def _decide(
    series: Series, measures: Mapping[str, Measure], pairs: pd.DataFrame, options: Options
) -> _Decision:
    """Test every pair, fall back where that is allowed, and label what moved."""
    tests = climb(pairs, options)
    start, end = (pairs[f"value_{i}"].to_numpy(np.float64) for i in (1, 2))
    change = end - start
    significant = (tests["p_value"] < options.alpha).to_numpy(bool)
    apart = ((tests["low_1"] > tests["high_2"]) | (tests["low_2"] > tests["high_1"])).to_numpy(bool)
    tested = (tests["basis"] != Basis.NONE.value).to_numpy(bool)
    basis = tests["basis"].to_numpy(object)
    fall, rise = (tests[f"next_{n}"].to_numpy(np.float64) for n in ("fall", "rise"))
    moved, edge = significant, _tested_edge(tests, end, options)
    if options.survey_rule is SurveyRule.INTERVAL_OVERLAP:
        by_overlap = tested & pairs["survey"].eq(True).to_numpy(bool)
        low, high = (tests[f"{n}_2"].to_numpy(np.float64) for n in ("low", "high"))
        half = ((tests["high_1"] - tests["low_1"]) / 2).to_numpy(np.float64) + (high - low) / 2
        basis = np.where(by_overlap, Basis.INTERVAL_OVERLAP.value, basis)
        moved, edge = np.where(by_overlap, apart, moved), np.where(by_overlap, half, edge)
        fall = np.where(by_overlap, tests["apart_fall"], fall)
        rise = np.where(by_overlap, tests["apart_rise"], rise)
    usable = ~(pairs["missing"] | pairs["hard"] | few_events(pairs)).to_numpy(bool)
    fallen, fell, reach, ahead = _fall_back(series, measures, pairs, options, usable & ~tested)
    moved, edge = np.where(fallen, fell, moved), np.where(fallen, reach, edge)
    fall, rise = np.where(fallen, end - ahead, fall), np.where(fallen, end + ahead, rise)
    basis = np.where(fallen, _fallback_basis(options), basis)
    movement = np.where(moved, np.sign(np.nan_to_num(change)), 0).astype(np.int64)
    judged = usable & (tested | fallen) & np.isfinite(change)
    label = label_movement(movement, pairs["sign"].to_numpy(np.float64))
    label[~judged] = Label.NOT_JUDGED.value
    return _Decision(
        tests, change, basis, label, judged, tested, significant, apart, edge, fall, rise
    )


def _tested_edge(tests: pd.DataFrame, end: Floats, options: Options) -> Floats:
    """The least change that the test would call; from what is next where nothing varies."""
    df, se = (tests[n].to_numpy(np.float64) for n in ("df", "se"))
    critical = np.where(
        np.isnan(df), critical_z(1 - options.alpha), critical_t(df, 1 - options.alpha)
    )
    away = np.fmin(tests["next_rise"] - end, end - tests["next_fall"])
    return np.asarray(np.where(tests["still"], away, critical * se), dtype=np.float64)


def _fallback_basis(options: Options) -> str:
    if options.fallback is Fallback.XMR:
        return Basis.MOVING_RANGE.value
    return Basis.VARIANCE.value if options.mode == "relative" else Basis.VARIANCE_POINTS.value


def _fall_back(
    series: Series, measures: Mapping[str, Measure], pairs: pd.DataFrame, options: Options,
    untested: Mask,
) -> tuple[Mask, Mask, Floats, Floats]:  # fmt: skip
    """Where no test can be made: what a fallback judges, what moved, and its edges.

    The edges are the least change that is called now, and the least from the later value.
    """
    start, end = (pairs[f"value_{i}"].to_numpy(np.float64) for i in (1, 2))
    if options.fallback is Fallback.XMR:
        last = pairs["month_2"].to_numpy(np.float64)
        edge = moving_range_edge(series, measures, last)
        usable = untested & np.isfinite(edge)
        with np.errstate(invalid="ignore"):
            moved = usable & (np.abs(end - start) > edge)
        return usable, moved, edge, moving_range_edge(series, measures, last + 1)
    if options.fallback is Fallback.VARIANCE:
        usable, moved = variance_moves(start, end, options)
        usable &= untested
        return usable, usable & moved, variance_edge(start, options), variance_edge(end, options)
    none = np.zeros(len(pairs), dtype=bool)
    return none, none, start, end


def _fingerprint(series: Series, pairs: pd.DataFrame, found: _Decision) -> NDArray[np.object_]:
    """A mark of both points and of whatever else the rule took: sizes, years, ranges."""
    marks = pairs["marks"].to_numpy(np.uint64).copy()
    borrowed = (found.tests["rebuilt"] & pairs["sample_assumed"]).to_numpy(bool)
    for name in ("sample_size_1", "sample_size_2"):
        marks += np.where(borrowed, mark_of(pairs[name].to_numpy(np.float64)), np.uint64(0))
    rolled = found.basis == Basis.ROLLING_PARTS.value
    marks += np.where(rolled, pairs["left_marks"].to_numpy(np.uint64), np.uint64(0))
    ranged = found.basis == Basis.MOVING_RANGE.value
    marks += np.where(ranged, earlier_marks(series, pairs), np.uint64(0))
    return fingerprints(marks, pairs["held"].to_numpy(bool))


def _reasons(pairs: pd.DataFrame, found: _Decision, options: Options) -> Reasons:
    reasons = Reasons(len(pairs))
    judged, tests = found.judged, found.tests
    add_pair_caveats(reasons, pairs, judged)
    reasons.add(Reason.GAP_2, judged & (pairs["gap"] > 12))
    untested = ~(pairs["missing"] | pairs["hard"]).to_numpy(bool) & ~found.tested
    few = untested & few_events(pairs).to_numpy(bool)
    counted = pairs["numerator_2"].notna() | pairs["sample_size_2"].notna()
    unknown = untested & counted & pairs["statistic"].isna() & ~few
    fallen = np.isin(found.basis, [b.value for b in _UNSURE]) & judged
    reasons.add(Reason.FEW_EVENTS, few)
    reasons.add(Reason.STATISTIC_UNKNOWN, unknown)
    reasons.add(Reason.NO_UNCERTAINTY, untested & ~unknown & ~few)
    by_range = found.basis == Basis.MOVING_RANGE.value
    reasons.add(Reason.MOVING_RANGE_FALLBACK, fallen & by_range)
    reasons.add(Reason.VARIANCE_FALLBACK, fallen & ~by_range)
    sign_changed = (pairs["value_1"] == 0) | (pairs["value_1"] * pairs["value_2"] < 0)
    by_share = options.fallback is not Fallback.XMR
    reasons.add(Reason.START_NOT_COMPARABLE, untested & ~fallen & sign_changed & by_share)
    reasons.add(Reason.CI_ASSUMED_SAME, tests["ci_assumed"])
    reasons.add(Reason.NUMERATOR_REBUILT, tests["rebuilt"])
    reasons.add(Reason.SAMPLE_SIZE_ASSUMED, tests["rebuilt"] & pairs["sample_assumed"])
    reasons.add(Reason.COMPARATOR_TAKEN_AS_KNOWN, tests["one_group"])
    reasons.add(Reason.DESIGN_EFFECT, tests["widened"])
    reasons.add(Reason.ROUNDING_WIDENS, tests["rounded"])
    as_events = tests["basis"].isin([Basis.RATE.value, Basis.RATE_EXACT.value])
    fraction = pairs["numerator_2"].notna() & (pairs["numerator_2"] % 1 != 0)
    stock = pairs["period_type"].eq(PeriodType.SNAPSHOT.value) | fraction
    reasons.add(Reason.STOCK_AS_EVENTS, as_events & stock)
    reasons.add(Reason.EXACT_TEST, tests["exact"])
    reasons.add(Reason.NO_VARIATION, tests["still"])
    reasons.add(Reason.WITHIN_ROUNDING, judged & _within_rounding(pairs, found))
    reasons.add(Reason.TESTS_DISAGREE, found.tested & (found.significant != found.apart))
    reasons.add(Reason.NO_POLARITY, judged & pairs["sign"].isna())
    return reasons


def _within_rounding(pairs: pd.DataFrame, found: _Decision) -> Mask:
    """Whole per cents whose rounding could explain the change, or alter the result.

    A change of one unit may be none at all (METHODS 6); half a unit of each value, either
    way, may take a larger one across the edge of its rule.
    """
    percent = pairs["percentage"].eq(True).to_numpy(bool)
    whole = sum((pairs[v] % 1 == 0).to_numpy(np.float64) for v in ("value_1", "value_2"))
    slack = np.where(percent, 0.5 * whole, 0.0)
    size = np.abs(found.change)
    small = (slack == 1) & (size > 0) & (size <= 1)
    crosses = (slack > 0) & (size - slack <= found.edge) & (found.edge < size + slack)
    return np.asarray(small | crosses, dtype=bool)
