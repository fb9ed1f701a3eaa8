"""Least squares trend: certified values, agreement with peers, and what has no p-value."""

import dataclasses
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from kcc_lib.inference import LinearTrend, linear_trend

CASES = Path(__file__).parent / "cases"
POINTS = pd.read_csv(CASES / "trend_points.csv")
EXPECTED = pd.read_csv(CASES / "trend_expected.csv")
LONGLEY = pd.read_csv(CASES / "longley_points.csv")
LONGLEY_EXPECTED = pd.read_csv(CASES / "longley_expected.csv")
CERTIFICATES = pd.read_csv(CASES / "nist_certificates.csv")

FIELDS = [field.name for field in dataclasses.fields(LinearTrend)]
TEST_FIELDS = ["se", "t", "df", "p_value", "ci_low", "ci_high"]
YEARS = np.arange(2014.25, 2022)

# What the publishers print that is not a field of ours, from our fields
PRINTED = {
    "f_statistic": lambda trend: trend.t**2,
    "r": lambda trend: np.sqrt(trend.r_squared),
    "p_value_one_sided": lambda trend: trend.p_value / 2,
    "slope_ci95_half_width": lambda trend: (trend.ci_high - trend.ci_low) / 2,
}

repeatable = settings(derandomize=True, deadline=None, max_examples=60)
tenths = st.integers(-1000, 1000).map(lambda v: v / 10)
series = st.lists(tenths, min_size=4, max_size=10).map(np.array)
series_with_gaps = st.lists(tenths | st.just(np.nan), min_size=3, max_size=10).map(np.array)


def assert_same(one: LinearTrend, other: LinearTrend, **tolerance: float) -> None:
    for name in FIELDS:
        np.testing.assert_allclose(
            getattr(one, name), getattr(other, name), err_msg=name, **tolerance
        )


def what_the_others_leave(regressor: str) -> tuple[np.ndarray, np.ndarray]:
    """One of Longley's regressors and y, less what the other five explain of either."""
    others = [f"x{i}" for i in range(1, 7) if f"x{i}" != regressor]
    design = sm.add_constant(stats.zscore(LONGLEY[others].to_numpy()))
    both = LONGLEY[[regressor, "y"]].to_numpy()
    left = both - design @ np.linalg.lstsq(design, both, rcond=None)[0]
    return left[:, 0], left[:, 1]


# Published values


@pytest.mark.parametrize(
    "row", EXPECTED.to_dict("records"), ids=lambda row: f"{row['case']}-{row['statistic']}"
)
def test_published_trends_are_reproduced(row):
    points = POINTS[POINTS["case"] == row["case"]]

    trend = linear_trend(points["x"], points["y"])

    name = row["statistic"]
    found = PRINTED[name](trend) if name in PRINTED else getattr(trend, name)
    assert found == pytest.approx(
        row["expected"], rel=row["rel_tolerance"], abs=row["abs_tolerance"], nan_ok=True
    )


@pytest.mark.parametrize(
    "row", LONGLEY_EXPECTED.to_dict("records"), ids=lambda row: row["regressor"]
)
def test_nist_longley_is_reproduced_one_regressor_at_a_time(row):
    """What the other five regressors leave of y, on what they leave of this one.

    The slope is then the certified one (Frisch and Waugh); the certified standard error
    has 9 degrees of freedom where one regressor has 14.
    """
    trend = linear_trend(*what_the_others_leave(row["regressor"]))

    se = trend.se * np.sqrt(trend.df / row["residual_df"])
    assert (trend.slope, se) == pytest.approx((row["slope"], row["se"]), rel=row["rel_tolerance"])


@pytest.mark.parametrize(
    "row", CERTIFICATES.to_dict("records"), ids=lambda row: f"{row['dataset']}-{row['statistic']}"
)
def test_the_analysis_of_variance_nist_certifies_follows_from_the_standard_error(row):
    """The residual sum of squares is se² df Sxx; the rest is arithmetic with it."""
    if row["dataset"] == "longley":
        (x, y), whole = what_the_others_leave("x6"), LONGLEY["y"].to_numpy()
    else:
        x, y = POINTS.loc[POINTS["case"] == "norris", ["x", "y"]].to_numpy().T
        whole = y

    trend = linear_trend(x, y)

    residual = trend.se**2 * trend.df * ((x - x.mean()) ** 2).sum()
    regression = ((whole - whole.mean()) ** 2).sum() - residual
    between, within = row["regression_df"], row["residual_df"]
    found = {
        "residual_df": whole.size - 1 - between,
        "regression_df": whole.size - 1 - within,
        "residual_ss": residual,
        "residual_ms": residual / within,
        "residual_std_dev": np.sqrt(residual / within),
        "regression_ss": regression,
        "regression_ms": regression / between,
        "f_statistic": regression / between / (residual / within),
        "r_squared": regression / (regression + residual),
    }
    assert found[row["statistic"]] == pytest.approx(row["expected"], rel=row["rel_tolerance"])


# Agreement with peers


@pytest.fixture(scope="module")
def gappy():
    """300 seeded series of 12 years, about a fifth of their points missing."""
    rng = np.random.default_rng(20191016)
    y = 60 + rng.normal(0, 1, (300, 1)) * np.arange(12) + rng.normal(0, 5, (300, 12))
    y[rng.random(y.shape) < 0.2] = np.nan
    return np.arange(2010.5, 2022), y


@pytest.fixture(scope="module")
def scipy_fits(gappy):
    years, y = gappy
    return [stats.linregress(years[~np.isnan(row)], row[~np.isnan(row)]) for row in y]


@pytest.fixture(scope="module")
def statsmodels_fits(gappy):
    years, y = gappy
    fits = []
    for row in y:
        held = ~np.isnan(row)
        centred = years[held] - years[held].mean()
        fits.append(sm.OLS(row[held], sm.add_constant(centred)).fit())
    return fits


@pytest.mark.parametrize(
    ("field", "peer"),
    [
        pytest.param("slope", lambda fit: fit.slope, id="slope"),
        pytest.param("se", lambda fit: fit.stderr, id="se"),
        pytest.param("p_value", lambda fit: fit.pvalue, id="p_value"),
        pytest.param("r_squared", lambda fit: fit.rvalue**2, id="r_squared"),
    ],
)
def test_series_with_gaps_agree_with_scipy(gappy, scipy_fits, field, peer):
    trend = linear_trend(*gappy)

    expected = [peer(fit) for fit in scipy_fits]
    np.testing.assert_allclose(getattr(trend, field), expected, rtol=1e-10)


@pytest.mark.parametrize(
    ("field", "peer"),
    [
        pytest.param("slope", lambda fit: fit.params[1], id="slope"),
        pytest.param("se", lambda fit: fit.bse[1], id="se"),
        pytest.param("t", lambda fit: fit.tvalues[1], id="t"),
        pytest.param("df", lambda fit: fit.df_resid, id="df"),
        pytest.param("p_value", lambda fit: fit.pvalues[1], id="p_value"),
        pytest.param("ci_low", lambda fit: fit.conf_int(0.002)[1, 0], id="ci_low"),
        pytest.param("ci_high", lambda fit: fit.conf_int(0.002)[1, 1], id="ci_high"),
        pytest.param("r_squared", lambda fit: fit.rsquared, id="r_squared"),
        pytest.param("n", lambda fit: fit.nobs, id="n"),
    ],
)
def test_series_with_gaps_agree_with_statsmodels(gappy, statsmodels_fits, field, peer):
    trend = linear_trend(*gappy, confidence=0.998)

    expected = [peer(fit) for fit in statsmodels_fits]
    np.testing.assert_allclose(getattr(trend, field), expected, rtol=1e-10)


# Properties


@repeatable
@given(y=series_with_gaps)
def test_mirroring_the_values_flips_slope_and_t_and_keeps_p(y):
    years = YEARS[0] + np.arange(y.size)

    up, down = linear_trend(years, y), linear_trend(years, -y)

    turned = dataclasses.replace(
        down, slope=-down.slope, t=-down.t, ci_low=-down.ci_high, ci_high=-down.ci_low
    )
    assert_same(turned, up, rtol=1e-9, atol=1e-9)


@repeatable
@given(y=series, shift=st.integers(-1000, 1000), scale=st.floats(0.1, 100))
def test_shifting_and_stretching_the_values_keeps_t(y, shift, scale):
    years = YEARS[0] + np.arange(y.size)
    before = linear_trend(years, y)
    assume(not before.constant and not before.perfect_fit)

    after = linear_trend(years, shift + scale * y)

    assert after.slope == pytest.approx(scale * before.slope, rel=1e-6, abs=1e-9)
    assert (after.t, after.p_value) == pytest.approx((before.t, before.p_value), rel=1e-6, abs=1e-9)


@repeatable
@given(y=series, shift=st.integers(-2000, 2000), scale=st.floats(0.1, 100))
def test_moving_and_stretching_time_keeps_t(y, shift, scale):
    years = YEARS[0] + np.arange(y.size)
    before = linear_trend(years, y)
    assume(not before.constant and not before.perfect_fit)

    after = linear_trend(shift + scale * years, y)

    assert after.slope == pytest.approx(before.slope / scale, rel=1e-6, abs=1e-9)
    assert (after.t, after.p_value) == pytest.approx((before.t, before.p_value), rel=1e-6, abs=1e-9)


@repeatable
@given(y=series, data=st.data())
def test_the_order_of_the_points_does_not_matter(y, data):
    years = YEARS[0] + np.arange(y.size)
    order = data.draw(st.permutations(range(y.size)))

    shuffled = linear_trend(years[order], y[order])

    assert_same(shuffled, linear_trend(years, y), rtol=1e-7, atol=1e-9)


@repeatable
@given(y=series_with_gaps, blanks=st.integers(1, 20))
def test_appended_empty_columns_change_nothing(y, blanks):
    years = YEARS[0] + np.arange(y.size)

    longer = linear_trend(
        np.append(years, 2030.0 + np.arange(blanks)), np.append(y, np.full(blanks, np.nan))
    )

    assert_same(longer, linear_trend(years, y), rtol=1e-7, atol=1e-9)


@repeatable
@given(y=series_with_gaps)
def test_a_batch_of_one_equals_one_series(y):
    years = YEARS[0] + np.arange(y.size)

    batch = linear_trend(years, y[np.newaxis])

    one = linear_trend(years, y)
    for name in FIELDS:
        assert getattr(batch, name).shape == (1,)
        assert np.shape(getattr(one, name)) == ()
        np.testing.assert_array_equal(getattr(batch, name)[0], getattr(one, name))


def test_the_order_of_the_series_does_not_matter(gappy):
    years, y = gappy
    order = np.random.default_rng(1).permutation(len(y))

    shuffled = linear_trend(years, y[order])

    straight = linear_trend(years, y)
    for name in FIELDS:
        np.testing.assert_array_equal(getattr(shuffled, name), getattr(straight, name)[order])


def test_each_series_may_have_times_of_its_own():
    x = np.array([[2014.5, 2015.5, 2016.5, 2018.5], [2010.0, 2012.0, np.nan, 2014.0]])
    y = np.array([[1.0, 3.0, 2.0, 5.0], [9.0, 7.0, 8.0, 8.0]])

    together = linear_trend(x, y)

    for name in FIELDS:
        apart = [getattr(linear_trend(*pair), name) for pair in zip(x, y, strict=True)]
        np.testing.assert_allclose(getattr(together, name), apart, rtol=1e-12)


def test_years_near_two_thousand_lose_no_digits():
    y = [79.6, 79.4, 80.1, 80.3, 80.9]

    late = linear_trend(1e6 + np.arange(5), y)

    early = linear_trend(np.arange(5), y)
    assert (late.slope, late.p_value) == pytest.approx((early.slope, early.p_value), rel=1e-13)


# Edge cases


@pytest.mark.parametrize(
    "y",
    [
        pytest.param([3.0, 4.5], id="two points"),
        pytest.param([3.0, np.nan, 6.0, np.nan], id="two points among gaps"),
    ],
)
def test_two_points_have_a_slope_but_no_p_value(y):
    trend = linear_trend(YEARS[: len(y)], y)

    assert trend.slope == pytest.approx(1.5)
    assert np.isnan([getattr(trend, name) for name in TEST_FIELDS]).all()
    assert not trend.constant
    assert not trend.perfect_fit


@pytest.mark.parametrize(
    "y",
    [
        pytest.param([], id="none"),
        pytest.param([3.0], id="one"),
        pytest.param([np.nan] * 4, id="only gaps"),
    ],
)
def test_fewer_than_two_points_have_neither_slope_nor_test(y):
    trend = linear_trend(YEARS[: len(y)], y)

    assert np.isnan([getattr(trend, name) for name in ["slope", *TEST_FIELDS]]).all()
    assert trend.n == np.count_nonzero(~np.isnan(y))


def test_two_equal_points_are_not_called_a_constant_series():
    trend = linear_trend(YEARS[:2], [3.0, 3.0])

    assert trend.slope == 0
    assert not trend.constant


def test_a_point_without_a_time_is_left_out():
    trend = linear_trend([2014.5, np.nan, 2016.5, 2017.5], [1.0, 50.0, 2.0, 5.0])

    assert_same(trend, linear_trend([2014.5, 2016.5, 2017.5], [1.0, 2.0, 5.0]), rtol=1e-12)


@pytest.mark.parametrize("value", [0.0, 0.1, 79.6, -3.3, 1e9], ids=str)
@pytest.mark.parametrize("points", [3, 5, 7], ids="{} points".format)
def test_a_constant_series_is_flagged_with_slope_zero_and_no_p_value(value, points):
    trend = linear_trend(YEARS[:points], [value] * points)

    assert trend.constant
    assert not trend.perfect_fit
    assert trend.slope == pytest.approx(0, abs=1e-12 * max(1, value))
    assert np.isnan(trend.p_value)


@pytest.mark.parametrize("start", [79.6, 0], ids="from {}".format)
@pytest.mark.parametrize("step", [0.1, -0.1, 7, -1e-3], ids="by {}".format)
@pytest.mark.parametrize("points", [3, 5, 8], ids="{} points".format)
def test_an_exact_straight_line_is_flagged_and_has_no_p_value(start, step, points):
    trend = linear_trend(YEARS[:points], [start + step * i for i in range(points)])

    assert trend.perfect_fit
    assert not trend.constant
    assert trend.slope == pytest.approx(step, rel=1e-9)
    assert np.isnan(trend.p_value)
    assert not np.isinf(trend.t)


@pytest.mark.parametrize(
    ("off", "exact"),
    [pytest.param(1e-11, True, id="within 1e-10"), pytest.param(1e-9, False, id="beyond 1e-10")],
)
def test_a_line_is_exact_to_a_ten_thousand_millionth_of_its_spread(off, exact):
    y = np.arange(5) + off * np.array([0, 1, 0, -1, 0])

    trend = linear_trend(YEARS[:5], y)

    assert trend.perfect_fit == exact
    assert np.isnan(trend.p_value) == exact


@pytest.mark.parametrize("x", [2018.0, 2018.5, 0.0], ids=str)
def test_equal_times_give_no_slope_and_no_test(x):
    trend = linear_trend([x] * 5, [1.0, 2.0, 4.0, 3.0, 9.0])

    assert np.isnan([getattr(trend, name) for name in ["slope", *TEST_FIELDS]]).all()


@pytest.mark.parametrize(
    ("x", "points"),
    [(0.1, 3), (2010 + 1 / 12, 7), (2024.257, 12)],
    ids=["tenth", "month", "day"],
)
def test_equal_times_give_no_slope_though_their_mean_rounds(x, points):
    trend = linear_trend([x] * points, np.arange(points) ** 2.0)

    assert np.isnan(trend.slope)
    assert np.isnan(trend.p_value)


@pytest.mark.parametrize("infinity", [np.inf, -np.inf], ids=str)
@pytest.mark.parametrize("where", ["values", "times"])
def test_an_infinite_number_is_refused(infinity, where):
    given_numbers = {"times": [1.0, 2.0, 3.0], "values": [1.0, 2.0, 4.0]}
    given_numbers[where][1] = infinity

    with pytest.raises(ValueError, match="infinite"):
        linear_trend(given_numbers["times"], given_numbers["values"])


@repeatable
@given(y=series, data=st.data())
def test_an_infinite_value_is_refused_wherever_it_stands(y, data):
    y[data.draw(st.integers(0, y.size - 1))] = np.inf

    with pytest.raises(ValueError, match="infinite"):
        linear_trend(YEARS[0] + np.arange(y.size), y)


@pytest.mark.parametrize("count", [2, 4], ids="{} times".format)
def test_times_and_values_of_different_lengths_are_refused(count):
    with pytest.raises(ValueError, match="broadcast"):
        linear_trend(YEARS[:count], [1.0, 2.0, 3.0])


@pytest.mark.parametrize("confidence", [0, 1, 95], ids=str)
def test_a_confidence_that_is_not_a_share_is_refused(confidence):
    with pytest.raises(ValueError, match="confidence"):
        linear_trend(YEARS[:3], [1.0, 2.0, 4.0], confidence=confidence)


@pytest.mark.parametrize(
    "scale",
    [
        pytest.param(1e-50, id="tiny"),
        pytest.param(1e50, id="huge"),
        pytest.param(1e-200, id="tiniest"),
        pytest.param(1e160, id="hugest"),
    ],
)
def test_the_unit_of_the_values_does_not_change_the_test(scale):
    y = np.array([1.0, 2.0, 1.0, 1.5])

    trend = linear_trend(YEARS[:4], y * scale)

    expected = linear_trend(YEARS[:4], y)
    assert (trend.t, trend.p_value) == pytest.approx((expected.t, expected.p_value))


@pytest.mark.parametrize(
    "most",
    [
        pytest.param(1e50, id="up to 1e50"),
        pytest.param(1.7e308, id="up to 1.7e308"),
    ],
)
def test_missing_zero_huge_and_tiny_numbers_raise_no_warning(most):
    odd = [np.nan, 0, 0, 1, -1, 1 / most, -1 / most, most, -most]
    x, y = np.random.default_rng(6).choice(odd, size=(2, 5000, 4))

    trend = linear_trend(x, y)

    assert trend.slope.shape == (5000,)
