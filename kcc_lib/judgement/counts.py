"""Rungs of the ladder whose evidence is counts: proportions, events and rates."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.inference import (
    byars,
    critical_z,
    exact_conditional,
    exact_fisher,
    first_significant,
    next_count,
    next_proportion,
    two_proportions,
    two_rates,
    wilson,
)
from kcc_lib.judgement.options import Options
from kcc_lib.reasons import Basis

Floats = NDArray[np.float64]
Counts = tuple[Floats, Floats, Floats, Floats]
#: How far, in cases, an edge lies beyond half a case that rounds away from it.
_TIE = 4e-6
#: Beyond so many an exact test would list outcomes that the usual one is sure of.
_FEW = 1e6
#: The level that an interval is taken to have where its source states none, in per cent.
USUAL_CONFIDENCE = 95.0


def share_columns(pairs: pd.DataFrame, prefix: str = "") -> Counts:
    """Numerator and denominator of the earlier and the later point."""
    names = [f"{prefix}{n}_{i}" for i in (1, 2) for n in ("numerator", "denominator")]
    a, na, b, nb = (pairs[n].to_numpy(np.float64) for n in names)
    return a, na, b, nb


def design_effect(pairs: pd.DataFrame, options: Options) -> Floats:
    """What the variance is multiplied by: the measure's own effect, or of a survey the option."""
    own = pairs["design_effect"].to_numpy(np.float64)
    usual = np.where(pairs["survey"].eq(True), options.design_effect, 1.0)
    return np.where(np.isnan(own), usual, own)


def test_proportions(pairs: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Two proportions from their counts."""
    return _proportion_result(pairs, share_columns(pairs), options, Basis.PROPORTION)


def test_sample_sizes(pairs: pd.DataFrame, options: Options) -> pd.DataFrame:
    """A percentage with its sample size: the count is worked back."""
    na, nb = (pairs[f"sample_size_{i}"].to_numpy(np.float64) for i in (1, 2))
    a = _rebuilt_count(pairs["value_1"].to_numpy(np.float64), na)
    b = _rebuilt_count(pairs["value_2"].to_numpy(np.float64), nb)
    result = _proportion_result(pairs, (a, na, b, nb), options, Basis.SAMPLE_SIZE)
    result["rebuilt"] = True
    # the next count would be rebuilt too: a value half a case short rounds to it
    for edge, side, end in (("rise", 1, 100.0), ("fall", -1, 0.0)):
        apart = result[f"apart_{edge}"].to_numpy(np.float64)
        # nothing lies apart from a share whose own interval ends where shares do
        result[f"apart_{edge}"] = np.where(
            side * apart >= side * end, np.nan, _rebuilt_edge(apart, nb, side)
        )
        result[f"next_{edge}"] = _rebuilt_edge(result[f"next_{edge}"].to_numpy(), nb, side)
    return result


def _rebuilt_count(value: Floats, n: Floats) -> Floats:
    """The whole count behind a percentage; of two as near, the even one."""
    # what is half a case must be exactly that, or the last bit of a product would decide
    return np.asarray(np.round(np.round(value * n / 100, 6)))


def _rebuilt_edge(edge: Floats, n: Floats, side: int) -> Floats:
    """The value from which a rounded count lies beyond an edge, in per cent."""
    count = side * edge * n / 100
    beyond = np.where(np.abs(count - np.round(count)) < 1e-9, np.round(count), np.ceil(count))
    short = np.where(beyond % 2 == 0, 0.5, 0.5 - _TIE)  # half a case goes to the even count
    return np.asarray(side * 100 * (beyond - short) / n)


def _proportion_result(
    pairs: pd.DataFrame, given: Counts, options: Options, basis: Basis
) -> pd.DataFrame:
    """In the measure's unit, percent; Fisher's test where a pooled expected cell is below 5.

    A design effect divides the counts, which leaves as many cases as the sample is worth.
    """
    effect = design_effect(pairs, options)
    a, na, b, nb = (c / effect for c in given)
    test = two_proportions(a, na, b, nb, confidence=1 - options.alpha)
    p_value, exact = _share_p(a, na, b, nb)
    first, second = wilson(a, na), wilson(b, nb)
    fall, rise = _next_shares(b, nb, options.alpha)
    # a share whose own interval begins where the later one ends (Wilson's, turned round)
    z = critical_z(USUAL_CONFIDENCE / 100)
    ends = [h + side * z * np.sqrt(h * (1 - h) / nb) for h, side in
            ((second.low, -1), (second.high, 1))]  # fmt: skip
    return pd.DataFrame(
        {
            "basis": np.where(exact, Basis.PROPORTION_EXACT.value, basis.value),
            "se": 100 * test.se, "statistic": np.where(exact, np.nan, test.z), "p_value": p_value,
            "ci_low": 100 * test.ci_low, "ci_high": 100 * test.ci_high,
            "low_1": 100 * first.low, "high_1": 100 * first.high,
            "low_2": 100 * second.low, "high_2": 100 * second.high,
            "next_fall": 100 * fall, "next_rise": 100 * rise,
            "apart_fall": 100 * ends[0], "apart_rise": 100 * ends[1],
            "exact": exact, "still": test.se == 0, "widened": effect > 1,
        },
        index=pairs.index,
    )  # fmt: skip


def _share_p(a: Floats, na: Floats, b: Floats, nb: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """The p-value of two shares, and whether it is exact."""
    test = two_proportions(a, na, b, nb)
    pooled = (a + b) / (na + nb)
    smallest = np.minimum(pooled, 1 - pooled) * np.minimum(na, nb)
    few = np.minimum(np.minimum(na, nb), a + b) < _FEW
    exact = (smallest < 5) & (test.se > 0) & few
    p_value = test.p_value.copy()
    if exact.any():
        p_value[exact] = exact_fisher(a[exact], na[exact], b[exact], nb[exact])
    return p_value, exact


def _next_shares(x: Floats, n: Floats, alpha: float) -> tuple[Floats, Floats]:
    """Shares of as many cases again that would be told from x/n; by count where it is small."""
    edges = next_proportion(x, n, confidence=1 - alpha)
    fall, rise = edges.fall_to.copy(), edges.rise_from.copy()
    for edge, stop in ((fall, np.zeros_like(n)), (rise, np.floor(n))):
        pooled = (x + np.where(np.isnan(edge), stop, edge * n)) / (2 * n)
        small = np.flatnonzero(np.minimum(pooled, 1 - pooled) * n < 5)
        if small.size:
            xs, ns = x[small], n[small]

            def significant(
                rows: np.ndarray, count: Floats, xs: Floats = xs, ns: Floats = ns
            ) -> NDArray[np.bool_]:
                return np.asarray(_share_p(xs[rows], ns[rows], count, ns[rows])[0] < alpha)

            edge[small] = first_significant(significant, np.round(xs), stop[small]) / ns
    return fall, rise


def test_rates(pairs: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Two crude rates by the score test; exact where a count is below 10."""
    return _rate_result(pairs, share_columns(pairs), options, (Basis.RATE, Basis.RATE_EXACT))


def test_event_counts(pairs: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Counts of events stand in the numerator; a plain value is a stock and is not tested."""
    a, b = (pairs[f"numerator_{i}"].to_numpy(np.float64) for i in (1, 2))
    ones = np.ones_like(a)
    return _rate_result(pairs, (a, ones, b, ones), options, (Basis.COUNT, Basis.COUNT_EXACT))


def _rate_result(
    pairs: pd.DataFrame, given: Counts, options: Options, bases: tuple[Basis, Basis]
) -> pd.DataFrame:
    """Score test; exact where the counts are small. Intervals in the measure's unit."""
    a, na, b, nb = given
    plain = bases[0] is Basis.COUNT
    p_value, exact = _rate_p(given, plain)
    change = (pairs["value_2"] - pairs["value_1"]).to_numpy(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        scale = np.where(b > 0, pairs["value_2"] * nb / b, pairs["value_1"] * na / a)
        unit = 1.0 if plain else pairs["multiplier"].to_numpy(np.float64)
        scale = np.where((a == 0) & (b == 0), unit, scale)
    se = np.sqrt(a / na**2 + b / nb**2) * scale
    half = critical_z(1 - options.alpha) * se
    first, second = byars(a, na), byars(b, nb)
    fall, rise = _next_counts(b, nb, options.alpha, plain)
    return pd.DataFrame(
        {
            "basis": np.where(exact, bases[1].value, bases[0].value),
            "se": se, "statistic": np.where(exact, np.nan, two_rates(a, na, b, nb).z),
            "p_value": p_value, "ci_low": change - half, "ci_high": change + half,
            "low_1": first.low * scale, "high_1": first.high * scale,
            "low_2": second.low * scale, "high_2": second.high * scale,
            "next_fall": fall / nb * scale, "next_rise": rise / nb * scale,
            "apart_fall": (2 * second.low - b / nb) * scale,
            "apart_rise": (2 * second.high - b / nb) * scale,
            "exact": exact, "still": (a == 0) & (b == 0),
        },
        index=pairs.index,
    )  # fmt: skip


def _rate_p(given: Counts, plain: bool) -> tuple[Floats, NDArray[np.bool_]]:
    """The p-value of two counts or rates, and whether it is exact."""
    a, na, b, nb = given
    exact = a + b < 20 if plain else (np.minimum(a, b) < 10) & (a + b < _FEW)
    p_value = two_rates(a, na, b, nb).p_value.copy()
    if exact.any():
        p_value[exact] = exact_conditional(a[exact], na[exact], b[exact], nb[exact])
    return p_value, exact


def _next_counts(x: Floats, base: Floats, alpha: float, plain: bool) -> tuple[Floats, Floats]:
    """Counts from as large a base that would be told from x; one by one where it is small."""
    edges = next_count(x, confidence=1 - alpha)
    fall, rise = edges.fall_to.copy(), edges.rise_from.copy()
    far = 2 * x + 40  # an exact test calls a rise well before this
    for edge, stop in ((fall, np.zeros_like(x)), (rise, np.round(far))):
        count = np.where(np.isnan(edge), stop, edge)
        small = np.flatnonzero(x + count < 40 if plain else np.minimum(x, count) < 20)
        if small.size:
            xs, bases = x[small], base[small]

            def significant(
                rows: np.ndarray, count: Floats, xs: Floats = xs, bases: Floats = bases
            ) -> NDArray[np.bool_]:
                given = (xs[rows], bases[rows], count, bases[rows])
                return np.asarray(_rate_p(given, plain)[0] < alpha)

            edge[small] = first_significant(significant, np.round(xs), stop[small])
    return fall, rise
