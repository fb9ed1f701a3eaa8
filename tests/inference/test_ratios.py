"""The change of a ratio of counts, and errors of net balances and of rounded figures."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import Table2x2

from kcc_lib.inference import net_balance_se, ratio_change, rounding_se

repeatable = settings(derandomize=True, deadline=None, max_examples=60)
counts = st.integers(1, 100_000)
four = st.tuples(counts, counts, counts, counts)
shares = st.tuples(st.floats(0, 1), st.floats(0, 1)).filter(lambda pair: sum(pair) <= 1)

FIELDS = ["ratio1", "ratio2", "log_change", "se_log", "z", "p_value", "ci_low", "ci_high"]


# Ratio of two counts


@pytest.mark.parametrize("confidence", [0.95, 0.998], ids=str)
def test_a_ratio_of_ratios_is_an_odds_ratio_to_statsmodels(confidence):
    drawn = np.random.default_rng(31).integers(1, 4000, (100, 4))

    found = ratio_change(*drawn.T, confidence=confidence)

    for at, (a1, b1, a2, b2) in enumerate(drawn):
        peer = Table2x2([[a2, b2], [a1, b1]])
        low, high = peer.oddsratio_confint(alpha=1 - confidence)
        expected = (peer.log_oddsratio, peer.log_oddsratio_se, peer.log_oddsratio_pvalue())
        mine = (found.log_change[at], found.se_log[at], found.p_value[at])
        assert mine == pytest.approx(expected, rel=1e-10, abs=1e-12)
        assert (found.ci_low[at], found.ci_high[at]) == pytest.approx((low, high), rel=1e-10)


def test_the_error_is_that_of_a_poisson_model_with_an_interaction():
    cells = np.array([[1, 0, 0, 0], [1, 1, 0, 0], [1, 0, 1, 0], [1, 1, 1, 1]], dtype=float)
    halves = [18, 22, 25, 30, 17, 13, 44, 46]
    model = sm.GLM(halves, cells.repeat(2, axis=0), family=sm.families.Poisson())
    fit = model.fit(tol=1e-14)

    found = ratio_change(55, 40, 90, 30)

    assert (found.log_change, found.se_log) == pytest.approx((fit.params[3], fit.bse[3]), rel=1e-8)


def test_a_ratio_that_doubles_is_worked_by_hand():
    found = ratio_change(100, 100, 200, 100)

    assert (found.ratio1, found.ratio2) == (1, 2)
    assert found.se_log == pytest.approx(np.sqrt(0.035))
    assert found.z == pytest.approx(np.log(2) / np.sqrt(0.035))
    assert found.ci_low == pytest.approx(2 * np.exp(-1.959963984540054 * np.sqrt(0.035)))


@repeatable
@given(counts=four)
def test_swapping_the_periods_or_the_sides_inverts_the_change(counts):
    a1, b1, a2, b2 = counts

    there = ratio_change(a1, b1, a2, b2)

    for back in (ratio_change(a2, b2, a1, b1), ratio_change(b1, a1, b2, a2)):
        assert back.z == pytest.approx(-there.z, rel=1e-9, abs=1e-12)
        assert back.p_value == pytest.approx(there.p_value, rel=1e-9)
        assert back.ci_low == pytest.approx(1 / there.ci_high, rel=1e-9)


@repeatable
@given(counts=four)
def test_the_interval_excludes_no_change_where_p_is_below_5_percent(counts):
    found = ratio_change(*counts)

    assert ((found.ci_low > 1) or (found.ci_high < 1)) == (found.p_value < 0.05)


def test_a_ratio_that_stays_gives_p_of_one():
    found = ratio_change(30, 60, 15, 30)

    assert found.p_value == pytest.approx(1)


@pytest.mark.parametrize("cell", range(4), ids=["a1", "b1", "a2", "b2"])
@pytest.mark.parametrize("count", [0, -1, np.nan, np.inf], ids=str)
def test_without_events_on_a_side_there_is_no_change_to_test(cell, count):
    given_counts = [np.array([5.0, 7.0]) for _ in range(4)]
    given_counts[cell][0] = count

    found = ratio_change(*given_counts)

    assert np.isnan([getattr(found, name)[0] for name in FIELDS[2:]]).all()
    assert np.isfinite([getattr(found, name)[1] for name in FIELDS]).all()


def test_ratios_broadcast_to_one_shape():
    found = ratio_change([[1], [2], [3]], 10, [4, 5], 10)

    assert {np.shape(getattr(found, name)) for name in FIELDS} == {(3, 2)}
    one = ratio_change(2, 10, 5, 10)
    assert one.p_value == found.p_value[1, 1]
    assert {np.shape(getattr(one, name)) for name in FIELDS} == {()}


# Net balance


@pytest.mark.parametrize("n", [2, 50, 1000], ids=str)
def test_the_error_of_a_net_balance_is_that_of_a_mean_of_answers(n):
    up, down = n // 2, n // 4
    answers = np.repeat([1.0, -1.0, 0.0], [up, down, n - up - down])

    found = net_balance_se(up / n, down / n, n)

    assert found == pytest.approx(answers.std() / np.sqrt(n))


@repeatable
@given(pair=shares, n=st.integers(1, 10_000))
def test_swapping_up_and_down_keeps_the_error_of_a_net_balance(pair, n):
    up, down = pair

    assert net_balance_se(up, down, n) == pytest.approx(
        net_balance_se(down, up, n), rel=1e-12, nan_ok=True
    )


@repeatable
@given(share=st.floats(0.01, 0.99), n=st.integers(1, 10_000))
def test_where_all_take_a_side_the_error_is_twice_that_of_a_share(share, n):
    expected = 2 * np.sqrt(share * (1 - share) / n)

    assert net_balance_se(share, 1 - share, n) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    ("up", "down", "n"),
    [
        pytest.param(0.7, 0.4, 100, id="more than all"),
        pytest.param(-0.1, 0.4, 100, id="less than none"),
        pytest.param(0.3, -0.2, 100, id="less than none down"),
        pytest.param(30, 20, 100, id="percentages"),
        pytest.param(0.3, 0.2, 0, id="of nobody"),
        pytest.param(np.nan, 0.2, 100, id="missing"),
        pytest.param(0.3, 0.2, np.nan, id="size missing"),
        pytest.param(1, 0, 100, id="all up"),
        pytest.param(0, 0, 100, id="nobody moved"),
    ],
)
def test_an_impossible_or_unanimous_net_balance_has_no_error(up, down, n):
    assert np.isnan(net_balance_se(up, down, n))


# Rounding


@pytest.mark.parametrize("unit", [1, 5, 0.1], ids=str)
def test_the_error_of_rounding_is_that_of_an_even_spread(unit):
    spread = (np.arange(100_000) + 0.5) / 100_000 * unit

    assert rounding_se(unit) == pytest.approx(spread.std(), rel=1e-6)


def test_what_is_not_rounded_adds_no_error_and_a_negative_unit_has_none():
    np.testing.assert_array_equal(rounding_se([0, -5, np.nan]), [0, np.nan, np.nan])


# No warnings


@pytest.mark.parametrize("most", [1e50, 1e300, 1.7e308], ids=str)
@pytest.mark.parametrize(
    ("function", "inputs"), [(ratio_change, 4), (net_balance_se, 3), (rounding_se, 1)]
)
def test_missing_zero_huge_and_tiny_numbers_raise_no_warning(function, inputs, most):
    odd = [np.nan, 0, 0, 1, -1, 7, 1 / most, -1 / most, most, -most, np.inf]
    numbers = np.random.default_rng(6).choice(odd, size=(inputs, 5000))

    function(*numbers)
