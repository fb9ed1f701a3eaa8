"""One area beside others in the last period that both hold: better, worse or similar.

Two different periods are never compared: points are joined by measure and period, and the
same ladder of tests is climbed as for two years of one area.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.inference import critical_z
from kcc_lib.judgement.labels import Reasons
from kcc_lib.judgement.ladder import climb, few_events
from kcc_lib.judgement.options import Options
from kcc_lib.judgement.own_interval import compare_with_known
from kcc_lib.judgement.series import arrange
from kcc_lib.measures import RARE_NUMBERS, Measure, Window
from kcc_lib.reasons import Basis, Reason
from kcc_lib.vocabulary import Comparison, PeriodType, Polarity

Mask = NDArray[np.bool_]
ENGLAND = "E92000001"
COMPARISON_COLUMNS = (
    "measure", "area", "other", "period", "value", "other_value", "difference", "se",
    "statistic", "p_value", "ci_low", "ci_high", "basis", "label", "reasons",
)  # fmt: skip
_NUMBERS = (
    "value", "numerator", "denominator", "lower_ci", "upper_ci", "sample_size", *RARE_NUMBERS,
    "month", "start_month",
)  # fmt: skip
_FIELDS = (*_NUMBERS, "sample_assumed", "provisional", "internal", "source")
_OWN_CHOICES = Options()


def compare(
    observations: pd.DataFrame,
    measures: Mapping[str, Measure],
    *,
    area: str,
    others: Sequence[str],
    windows: Iterable[Window] = (),
    options: Options = _OWN_CHOICES,
    known: Collection[str] = (ENGLAND,),
) -> pd.DataFrame:
    """Compare an area with others, each in the last period that both have a value for.

    Parameters
    ----------
    observations, measures
        Tidy frame of observations, and the measures to compare, by code.
    area, others
        The area's code and those of the areas to set it beside.
    windows
        The periods of an edition: nothing outside a measure's window is compared, and a
        measure without one not at all.
    options
        The level of significance and the design effect are used.
    known
        Areas so large that their value is taken as known where only ours has an interval.

    Returns
    -------
    DataFrame
        One row for each measure and other area with COMPARISON_COLUMNS. `difference` is
        the area's value less the other's, in the measure's unit; `period` is blank where
        the two share none. `label` is a `Comparison`; `reasons` are codes of `Reason`.

    Notes
    -----
    Two areas are taken as independent, though Kent is a part of England: that makes the
    error of the difference about 3% too large. `docs/methods/comparison.md` has the rule.
    """
    keys, points = held_points(observations, measures, (area, *others), windows)
    pairs = _pair(keys, points, area, others)
    tests = _test(pairs, options, known)
    difference = (pairs["value_2"] - pairs["value_1"]).to_numpy(np.float64)
    tested = (tests["basis"] != Basis.NONE).to_numpy(bool)
    significant = (tests["p_value"] < options.alpha).to_numpy(bool)
    way = np.where(significant, np.sign(np.nan_to_num(difference)), 0)
    sign = polarity_signs(measures, pairs["measure"])
    pairs["other"] = pairs["area_1"]
    return pd.DataFrame(
        {
            **{c: pairs[c].to_numpy() for c in ("measure", "area", "other", "period")},
            "value": pairs["value_2"].to_numpy(np.float64),
            "other_value": pairs["value_1"].to_numpy(np.float64),
            "difference": difference,
            **{c: tests[c].to_numpy(np.float64) for c in COMPARISON_COLUMNS[7:12]},
            "basis": tests["basis"].to_numpy(object),
            "label": np.where(tested, _labels(way, sign), Comparison.NOT_COMPARED.value),
            "reasons": _reasons(pairs, tests, tested, sign, options),
        }
    )[list(COMPARISON_COLUMNS)]


def held_points(
    observations: pd.DataFrame,
    measures: Mapping[str, Measure],
    areas: Sequence[str],
    windows: Iterable[Window],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every measure and area asked for, and their points that have a value inside the window."""
    windows = tuple(windows)
    # values themselves are compared, also of a measure that is judged by its distance
    plain = {
        code: replace(m, polarity=Polarity.NONE) if m.polarity is Polarity.TARGET else m
        for code, m in measures.items()
    }
    series = arrange(observations, plain, areas=list(dict.fromkeys(areas)), windows=windows)
    points = series.points[series.points["value"].notna()]
    if windows:
        named = {w.measure: (w.long_term_from, w.one_year_from) for w in windows}
        first = {m: min(p.end for p in both if p) for m, both in named.items() if any(both)}
        earliest = pd.to_datetime(points["measure"].map(first))
        points = points[points["period_end"] >= earliest]
    keys = series.keys
    keys["held"] = keys["key"].isin(points["key"].unique())
    return keys, _with_sample_sizes(points.merge(keys[["key", "survey"]], on="key"))


def polarity_signs(measures: Mapping[str, Measure], codes: pd.Series) -> NDArray[np.float64]:
    """+1 where more is better, -1 where less is, 0 where neither is stated."""
    judged = {Polarity.HIGHER, Polarity.LOWER}
    signs = {
        m.measure: m.polarity.sign if m.polarity and m.polarity in judged else 0
        for m in measures.values()
    }
    return np.array([signs[code] for code in codes], dtype=np.float64)


def _with_sample_sizes(points: pd.DataFrame) -> pd.DataFrame:
    """Where a survey gives its size in some years only, the latest size it gives is used."""
    latest = points.groupby("key")["sample_size"].transform("last")
    points["sample_assumed"] = points["survey"].eq(True) & points["sample_size"].isna()
    points["sample_assumed"] &= latest.notna()
    points["sample_size"] = points["sample_size"].where(~points["sample_assumed"], latest)
    return points


def _pair(
    keys: pd.DataFrame, points: pd.DataFrame, area: str, others: Sequence[str]
) -> pd.DataFrame:
    """A row for each measure and other area, with both points of their last common period."""
    columns = ["measure", "area", "period", *_FIELDS]
    ours = points.loc[points["area"] == area, columns]
    theirs = points.loc[points["area"].isin(list(others)), columns]
    both = theirs.merge(ours, on=["measure", "period"], suffixes=("_1", "_2"))
    both = both.sort_values("month_2", kind="stable")
    last = both.groupby(["measure", "area_1"], as_index=False).tail(1)
    asked = keys.loc[keys["area"] == area].drop(columns=["key"])
    beside = pd.DataFrame({"area_1": pd.Series(list(dict.fromkeys(others)), dtype="str")})
    pairs = asked.merge(beside, how="cross")
    pairs = pairs.merge(last.drop(columns=["area_2"]), on=["measure", "area_1"], how="left")
    pairs["missing"] = pairs["period"].isna()
    pairs["hard"] = False  # one period lies on one side of every break
    pairs["gap"] = 0.0
    pairs[["width", "left_numerator", "left_denominator"]] = np.nan  # no year has come or gone
    pairs["period"] = pairs["period"].astype(object).fillna("")
    for name in _NUMBERS:
        pairs[[f"{name}_1", f"{name}_2"]] = pairs[[f"{name}_1", f"{name}_2"]].astype(np.float64)
    return pairs


def _test(pairs: pd.DataFrame, options: Options, known: Collection[str]) -> pd.DataFrame:
    """The ladder; where it has no rung, the area's own interval against a value taken as known.

    An interval held for one of the two is not lent to the other: areas differ in size, as
    two years of one area do not.
    """
    alone = pairs["lower_ci_1"].notna() != pairs["lower_ci_2"].notna()
    limits = [f"{side}_ci_{i}" for side in ("lower", "upper") for i in (1, 2)]
    tests = climb(pairs.assign(**{c: pairs[c].mask(alone) for c in limits}), options)
    left = (tests["basis"] == Basis.NONE) & ~pairs["missing"] & ~few_events(pairs)
    left &= pairs["area_1"].isin(list(known))
    if left.any():
        result = compare_with_known(pairs[left], options)
        tests.loc[left, result.columns] = result
    return tests


def _labels(way: NDArray[np.float64], sign: NDArray[np.float64]) -> NDArray[np.object_]:
    """Where the area lies is found first; whether that is good, by its sign, second."""
    good = way * sign
    words = [
        (good > 0, Comparison.BETTER), (good < 0, Comparison.WORSE),
        (way > 0, Comparison.HIGHER), (way < 0, Comparison.LOWER),
    ]  # fmt: skip
    found = np.select([w for w, _ in words], [word.value for _, word in words], "")
    return np.where(found == "", Comparison.SIMILAR.value, found).astype(object)


def _reasons(
    pairs: pd.DataFrame, tests: pd.DataFrame, tested: Mask, sign: NDArray[np.float64],
    options: Options,
) -> list[str]:  # fmt: skip
    reasons = Reasons(len(pairs))
    shared = ~pairs["missing"]
    reasons.add(Reason.NO_SERIES, ~pairs["held_at_all"])
    reasons.add(Reason.OUTSIDE_WINDOW, pairs["held_at_all"] & ~pairs["held"])
    reasons.add(Reason.NO_COMMON_PERIOD, pairs["held"] & pairs["missing"])
    counted = pairs["numerator_2"].notna() | pairs["sample_size_2"].notna()
    unknown = shared & ~tested & counted & pairs["statistic"].isna()
    reasons.add(Reason.STATISTIC_UNKNOWN, unknown)
    few = shared & few_events(pairs)
    reasons.add(Reason.FEW_EVENTS, few)
    reasons.add(Reason.NO_UNCERTAINTY, shared & ~tested & ~unknown & ~few)
    alone = tests["one_group"] | (tests["basis"] == Basis.OWN_INTERVAL)
    reasons.add(Reason.COMPARATOR_TAKEN_AS_KNOWN, alone)
    reasons.add(Reason.NUMERATOR_REBUILT, tests["rebuilt"])
    assumed = pairs["sample_assumed_2"].eq(True) | pairs["sample_assumed_1"].eq(True)
    reasons.add(Reason.SAMPLE_SIZE_ASSUMED, tests["rebuilt"] & assumed)
    events = tests["basis"].isin([Basis.RATE.value, Basis.RATE_EXACT.value])
    parts = pairs["numerator_2"].notna() & (pairs["numerator_2"] % 1 != 0)
    stock = pairs["period_type"].eq(PeriodType.SNAPSHOT.value) | parts
    reasons.add(Reason.STOCK_AS_EVENTS, events & stock)
    reasons.add(Reason.DESIGN_EFFECT, tests["widened"])
    reasons.add(Reason.ROUNDING_WIDENS, tests["rounded"])
    reasons.add(Reason.EXACT_TEST, tests["exact"])
    reasons.add(Reason.NO_VARIATION, tests["still"])
    reasons.add(Reason.WITHIN_ROUNDING, tested & _rounding_decides(pairs, tests, options.alpha))
    reasons.add(Reason.SOURCES_DIFFER, shared & (_origin(pairs, 1) != _origin(pairs, 2)))
    provisional = pairs["provisional_1"].eq(True) | pairs["provisional_2"].eq(True)
    reasons.add(Reason.PROVISIONAL_USED, shared & provisional)
    reasons.add(Reason.INTERNAL_SOURCE, shared & pairs["internal_2"].eq(True))
    reasons.add(Reason.DEFINITION_CLOSE, shared & pairs["close"].eq(True))
    reasons.add(Reason.NO_POLARITY, tested & (sign == 0))
    return reasons.texts()


def _rounding_decides(pairs: pd.DataFrame, tests: pd.DataFrame, alpha: float) -> Mask:
    """Whether half a unit of each whole per cent, either way, would change the result."""
    whole = sum((pairs[f"value_{i}"] % 1 == 0).to_numpy(np.float64) for i in (1, 2))
    slack = np.where(pairs["percentage"].eq(True).to_numpy(bool), 0.5 * whole, 0.0)
    edge = critical_z(1 - alpha) * tests["se"].to_numpy(np.float64)
    size = np.abs((pairs["value_2"] - pairs["value_1"]).to_numpy(np.float64))
    decided: Mask = (slack > 0) & (size - slack <= edge) & (edge < size + slack)
    return decided


def _origin(pairs: pd.DataFrame, point: int) -> pd.Series:
    """A source up to its first semicolon, as pages print it."""
    return pairs[f"source_{point}"].astype(object).fillna("").str.split(";").str[0].str.strip()
