"""Whatever numbers come, every function answers or refuses in words: no warning, nothing absurd.

Each exported function is tried on NaN, infinity, constants, the huge and the tiny, two points,
one point and none; on one series and on many at once.
"""

import dataclasses
import inspect

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcc_lib import inference
from kcc_lib.inference import first_significant

pytestmark = pytest.mark.fuzz

ODD = [np.nan, np.inf, -np.inf, 0.0, -1.0, 0.5, 1.0, 2.0, 3.0, 7.0, 50.0, 2e4, 1e-300, 1e300, 1e308]
ALL_FUNCTIONS = {n for n in inference.__all__ if not inspect.isclass(getattr(inference, n))}
#: Series in time order; a row each where many are given at once.
OF_SERIES = {
    "kendall": lambda y: inference.kendall(np.arange(y.shape[-1]), y),
    "leave_one_out": lambda y: inference.leave_one_out(np.arange(y.shape[-1]), y),
    "linear_trend": lambda y: inference.linear_trend(2010.5 + np.arange(y.shape[-1]), y),
    "mann_kendall": inference.mann_kendall,
    "next_trend": lambda y: inference.next_trend(np.arange(y.shape[-1]), y, y.shape[-1]),
    "project": lambda y: inference.project(np.arange(y.shape[-1]), y, y.shape[-1]),
    "seasonal_kendall": lambda y: inference.seasonal_kendall(y, 4),
    "weighted_trend": lambda y: inference.weighted_trend(y, np.full(y.shape[-1], 0.5)),
    "cochran_armitage": lambda y: inference.cochran_armitage(y, np.full(y.shape[-1], 60.0)),
    "xmr": inference.xmr,
}
#: Numbers side by side, each answer its own: the function and how many arguments it takes.
SIDE_BY_SIDE = {
    "byars": 2,
    "critical_t": 1,
    "exact_conditional": 4,
    "exact_fisher": 4,
    "gap_change": 8,
    "log_ratio_se": 2,
    "mean_interval": 3,
    "net_balance_se": 3,
    "next_count": 1,
    "next_proportion": 2,
    "poisson_interval": 2,
    "proportion_se": 2,
    "ratio_change": 4,
    "rounding_se": 1,
    "sample_size_to_detect": 2,
    "two_estimates": 4,
    "two_means": 6,
    "two_proportions": 4,
    "two_rates": 4,
    "two_sided_normal": 1,
    "two_sided_t": 2,
    "wilson": 2,
}
ON_THEIR_OWN = {
    "assurance", "benjamini_hochberg", "critical_z", "directly_standardised_rate",
    "first_significant",
}  # fmt: skip
#: Their exact tests list every outcome, so that a huge count needs more memory than there is.
LISTS_OUTCOMES = {"exact_conditional", "exact_fisher"}

shapes = st.sampled_from(
    [st.sampled_from(ODD), st.integers(0, 60).map(float), st.just(50.0), st.just(1e300)]
)
matrices = st.tuples(shapes, st.integers(0, 9), st.integers(1, 4)).flatmap(
    lambda t: st.lists(
        st.lists(t[0] | st.just(np.nan), min_size=t[1], max_size=t[1]),
        min_size=t[2], max_size=t[2],
    ).map(lambda rows: np.array(rows, dtype=float).reshape(len(rows), -1))
)  # fmt: skip
repeatable = settings(max_examples=15, derandomize=True, deadline=None)


def fields_of(result):
    if not dataclasses.is_dataclass(result):
        return {"": np.asarray(result)}
    return {f.name: np.asarray(getattr(result, f.name)) for f in dataclasses.fields(result)}


def assert_sound(result):
    """Probabilities are from 0 to 1, and intervals have their ends in order."""
    told = fields_of(result)
    p = told.get("p_value", np.array(np.nan))
    assert (np.isnan(p) | ((p >= 0) & (p <= 1))).all(), told
    ends = [("ci_low", "ci_high"), ("low", "high"), ("rise_from", "rise_to"), ("lower", "upper")]
    for low, high in [*ends, ("fall_from", "fall_to")]:
        if low in told:
            assert not (told[low] > told[high]).any(), (low, told)
    for name in {"se", "se_log", "variance"} & set(told):
        assert not (told[name] < 0).any(), told


def test_every_exported_function_is_tried():
    assert set(OF_SERIES) | set(SIDE_BY_SIDE) | ON_THEIR_OWN == ALL_FUNCTIONS


@pytest.mark.parametrize("name", list(OF_SERIES))
@given(matrices)
@repeatable
def test_a_series_is_answered_or_refused_in_words(name, rows):
    if np.isinf(rows).any():
        with pytest.raises(ValueError, match="infinite"):
            OF_SERIES[name](rows)
        return

    together = OF_SERIES[name](rows)

    if name != "next_trend":  # nor are its ends always in order
        assert_sound(together)
    assert all(v.shape[0] == len(rows) for v in fields_of(together).values())


@pytest.mark.parametrize("name", [n for n in OF_SERIES if n != "xmr"])  # one alone is refused
@given(matrices)
@repeatable
def test_a_series_has_one_answer_alone_among_others_and_with_a_blank_end(name, rows):
    rows = np.where(np.isinf(rows), np.nan, rows)
    together = fields_of(OF_SERIES[name](rows))
    padded = fields_of(OF_SERIES[name](np.column_stack([rows, np.full(len(rows), np.nan)])))

    for i, row in enumerate(rows):
        for field, value in fields_of(OF_SERIES[name](row)).items():
            np.testing.assert_allclose(together[field][i], value, rtol=1e-12, err_msg=field)
    ahead = {"next_trend", "project"}  # the time they look ahead to moves on
    for field, value in together.items() if name not in ahead else ():
        own = padded[field][..., : value.shape[1]] if value.ndim == 2 else padded[field]
        np.testing.assert_allclose(own, value, rtol=1e-9, atol=1e-9, err_msg=field)


@pytest.mark.parametrize("name", list(SIDE_BY_SIDE))
@given(data=st.data())
@repeatable
def test_numbers_are_answered_side_by_side_as_alone(name, data):
    odd = [v for v in ODD if not abs(v) > 1e6] if name in LISTS_OUTCOMES else ODD
    rows = st.lists(st.sampled_from(odd), min_size=3, max_size=3)
    given_in = [np.array(data.draw(rows)) for _ in range(SIDE_BY_SIDE[name])]
    function = getattr(inference, name)

    together = function(*given_in)

    assert_sound(together)
    for i in range(3):
        alone = fields_of(function(*(column[i] for column in given_in)))
        for field, value in fields_of(together).items():
            np.testing.assert_allclose(value[i], alone[field], rtol=1e-12, err_msg=field)


def test_the_next_value_of_an_infinite_series_is_refused():
    with pytest.raises(ValueError, match="infinite"):
        inference.next_trend(np.arange(4), [1.0, 2.0, np.inf, 3.0], 4)


def test_the_next_values_after_a_long_gap_lie_between_their_ends():
    x, y, ahead = [0.0, 1, 2], [0.0, 0, -1], 6.0
    found = inference.next_trend(x, y, ahead)

    # as far off as this only a long lever is significant: whatever is called must hold it
    trend = inference.linear_trend([*x, ahead], [*y, 1000.0])
    assert trend.p_value < 0.05
    assert found.rise_from <= 1000
    assert not found.rise_to < 1000


@pytest.mark.parametrize("name", sorted(LISTS_OUTCOMES))
def test_an_infinite_count_has_no_exact_test(name):
    assert np.isnan(getattr(inference, name)(np.inf, 10, -np.inf, 10))


def test_a_huge_count_has_an_exact_test():
    assert inference.exact_conditional(5, 1, 1e17, 1) == pytest.approx(0, abs=1e-300)


@given(st.lists(st.sampled_from([np.nan, 0.0, 1e-300, 0.01, 0.5, 1.0]), max_size=9))
@repeatable
def test_adjusted_p_values_are_never_below_their_own(p):
    q = inference.benjamini_hochberg(p)

    assert (np.isnan(q) == np.isnan(p)).all()
    assert not (q < np.array(p) - 1e-15).any()
    assert not (q > 1).any()


@pytest.mark.parametrize("confidence", [0, 1, -1, 95, np.nan, np.inf])
def test_a_confidence_that_is_no_share_is_refused(confidence):
    with pytest.raises(ValueError, match="not between 0 and 1"):
        inference.critical_z(confidence)


@given(st.lists(st.sampled_from(ODD), min_size=3, max_size=3), st.sampled_from([-1, 0, 1]))
@repeatable
def test_assurance_is_one_of_three_answers_or_none(numbers, sign):
    found = float(inference.assurance(*numbers, sign))

    assert np.isnan(found) or found in {-1, 0, 1}


@given(st.lists(st.sampled_from(ODD), min_size=9, max_size=9))
@repeatable
def test_a_standardised_rate_lies_inside_its_interval_or_is_withheld(numbers):
    found = inference.directly_standardised_rate(*np.array(numbers).reshape(3, 3))

    known = [v for v in (found.low, found.rate, found.high) if np.isfinite(v)]
    assert known == sorted(known)


@pytest.mark.parametrize("edge", [0.0, 1.0, 17.0, 60.0, np.inf])
def test_the_first_significant_count_is_the_edge_itself(edge):
    start, stop = np.array([3.0]), np.array([80.0])

    found = first_significant(lambda _, count: count >= edge, start, stop)

    assert found == (max(edge, 4) if edge <= 80 else np.nan) or (np.isnan(found) and edge > 80)
