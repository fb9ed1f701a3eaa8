"""Every edge case of METHODS 6, in its order."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats import proportion

from kcc_lib.judgement.assess import assess
from kcc_lib.vocabulary import Polarity, Statistic

from .builders import judged, measure, reasons, series

SHARE = {"statistic": Statistic.PROPORTION, "unit": "%"}


def shares(x, n, record=None, **told):
    values = 100 * np.asarray(x, dtype=float) / np.asarray(n)
    record = record or measure(**SHARE)
    return judged(series(values, numerator=x, denominator=n), record, horizon="1-year", **told)


# Both years, or one, at an end of the scale


@pytest.mark.parametrize("x", [(0, 0), (200, 300)])
def test_where_both_years_are_at_one_end_nothing_varies(x):
    row = shares(x, (200, 300))

    assert (row["label"], row["p_value"], row["statistic"]) == ("Maintaining", 1, 0)
    assert "no_variation" in reasons(row)
    limits = proportion.confint_proportions_2indep(x[1], 300, x[0], 200, method="newcomb")
    assert (row["ci_low"], row["ci_high"]) == pytest.approx([100 * v for v in limits])


def test_no_events_in_either_year_is_no_variation():
    frame = series([0, 0], numerator=[0, 0], denominator=[900, 900])

    row = judged(frame, measure(statistic=Statistic.RATE, multiplier=1000.0), horizon="1-year")

    assert (row["label"], row["p_value"]) == ("Maintaining", 1)
    assert "no_variation" in reasons(row)


@pytest.mark.parametrize("x", [(0, 0), (200, 300)])
def test_where_nothing_varies_the_detectable_change_is_not_nought(x):
    assert shares(x, (200, 300))["detectable_change"] != 0


@pytest.mark.parametrize(("x", "basis"), [((0, 40), "proportion_z"), ((0, 4), "fisher_exact")])
def test_one_year_at_an_end_is_tested_as_any_other(x, basis):
    row = shares(x, (200, 200))

    p = proportion.proportions_ztest(x[::-1], (200, 200))[1]
    if basis == "fisher_exact":
        p = stats.fisher_exact([[0, 200], [4, 196]]).pvalue
    assert row["basis"] == basis
    assert row["p_value"] == pytest.approx(p)
    assert "no_variation" not in reasons(row)


def test_one_year_at_the_upper_end_is_tested_as_any_other():
    row = shares((160, 200), (200, 200))

    assert (row["basis"], row["label"]) == ("proportion_z", "Improving")


@pytest.mark.parametrize(("smallest", "basis"), [(5, "proportion_z"), (4.5, "fisher_exact")])
def test_fishers_test_is_used_where_an_expected_cell_is_below_five(smallest, basis):
    """Pooled, as many are expected in each year as stand in both on average."""
    assert shares((smallest - 1.5, smallest + 1.5), (100, 100))["basis"] == basis


# Trends that do not vary, or do nothing else


@pytest.mark.parametrize("value", [0.0, 0.1, 50.0, 1e9, -3.3])
def test_a_constant_series_is_level_whatever_its_value(value):
    row = judged(series([value] * 5))

    assert (row["label"], row["change"]) == ("Maintaining", 0)
    assert np.isnan(row["p_value"])
    assert "constant" in reasons(row)
    assert "perfect_fit" not in reasons(row)


@pytest.mark.parametrize("slope", [0.1, -0.1, 1 / 3, -1e-3, 7e5])
def test_an_exact_line_is_labelled_by_its_slope_and_prints_no_p(slope):
    row = judged(series(50 + slope * np.arange(6)))

    assert row["label"] == ("Improving" if slope > 0 else "Not Improving")
    assert row["change"] == pytest.approx(slope)
    assert np.isnan([row["p_value"], row["statistic"], row["q_value"]]).all()
    assert "perfect_fit" in reasons(row)


def test_a_line_that_is_only_nearly_exact_keeps_its_p_value():
    values = 50 + np.arange(6) + 1e-4 * np.array([1, -1, 1, 1, -1, -1])

    row = judged(series(values))

    assert row["p_value"] == pytest.approx(stats.linregress(np.arange(6), values).pvalue, rel=1e-6)
    assert "perfect_fit" not in reasons(row)


@pytest.mark.parametrize("preset_name", ["default", "kcc2019"])
@pytest.mark.parametrize("values", [[50, 60], [50]])
def test_two_points_or_one_are_never_a_trend(values, preset_name):
    row = judged(series(values), preset_name=preset_name)

    assert (row["label"], row["basis"]) == ("N/A", "none")
    assert np.isnan([row["p_value"], row["change"], row["se"]]).all()
    assert "too_few_points" in reasons(row)


# Rounding


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((67, 68), True),
        ((67, 66), True),
        ((67, 67), True),
        ((67, 75), False),
        ((67.1, 68.1), False),
    ],
)
def test_a_change_of_one_whole_per_cent_may_be_rounding(values, said):
    half = 0.2
    frame = series(values, lower_ci=[v - half for v in values], upper_ci=[v + half for v in values])

    row = judged(frame, measure(unit="%"), horizon="1-year")

    assert ("within_rounding" in reasons(row)) == said
    level = values[0] == values[1]
    assert (row["label"] == "Maintaining") == level  # the label is still the test's


# Small counts


@pytest.mark.parametrize(
    ("x", "exact"), [((9, 30), True), ((30, 9), True), ((10, 30), False), ((10, 10), False)]
)
def test_rates_of_fewer_than_ten_events_are_tested_exactly(x, exact):
    frame = series([1, 1], numerator=x, denominator=[900, 900])

    row = judged(frame, measure(statistic=Statistic.RATE), horizon="1-year")

    assert ("exact_test" in reasons(row)) == exact


def test_a_suppressed_figure_is_missing_and_never_nought():
    row = judged(series([50.0, np.nan], numerator=[5, np.nan], denominator=[10, np.nan],
                        flags=["", "c"]), measure(**SHARE), horizon="1-year")  # fmt: skip

    assert row["label"] == "Not judged"
    assert row["period_to"] != "2015"


@pytest.mark.parametrize("value", [np.inf, -np.inf])
def test_an_infinite_value_is_an_error(value):
    with pytest.raises(ValueError, match="infinite"):
        assess(series([50, 51, value, 53, 54]), {"m": measure()})


# Provisional values: see test_evidence.py

# Ties


def test_kendalls_p_is_exact_without_ties_and_normal_with_them():
    free, tied = [50, 51.5, 51, 53, 52, 54], [50, 51, 51, 53, 52, 54]

    one, other = judged(series(free)), judged(series(tied))

    years = np.arange(6)
    assert one["kendall_p"] == pytest.approx(stats.kendalltau(years, free, method="exact").pvalue)
    expected = stats.kendalltau(years, tied, method="asymptotic")
    assert other["kendall_p"] == pytest.approx(expected.pvalue)
    assert other["kendall_tau"] == pytest.approx(expected.statistic)


# Polarity


@pytest.mark.parametrize("polarity", [Polarity.NONE, None])
@pytest.mark.parametrize(
    ("values", "label"),
    [
        ([50, 52.1, 54, 55.9, 57, 60], "Increasing"),
        ([50, 47.9, 46, 44.1, 43, 40], "Decreasing"),
        ([50, 50.5, 50.2, 50.1, 50, 50.5], "No significant change"),
    ],
)
def test_without_a_polarity_only_the_movement_is_named(values, label, polarity):
    found = assess(series(values, standard_error=[0.5] * 6), {"m": measure(polarity=polarity)})

    assert list(found["label"]) == [label] * 2
    assert ("no_polarity" in found["reasons"].iloc[0].split()) == (polarity is None)


# Target-seeking measures


def distances(values, target=50.0, *, half=None, record=None, **told):
    values = np.asarray(values, dtype=float)
    limits = {} if half is None else {"lower_ci": values - half, "upper_ci": values + half}
    targets = pd.DataFrame({"measure": ["m"], "target": [target], "floor": [np.nan]})
    record = record or measure(polarity=Polarity.TARGET)
    return assess(series(values, **limits), {"m": record}, targets=targets, **told)


@pytest.mark.parametrize(
    ("values", "label"),
    [
        ([60, 58.1, 56, 53.9, 52], "Improving"),
        ([40, 41.9, 44, 46.1, 48], "Improving"),
        ([52, 53.9, 56, 58.1, 60], "Not Improving"),
        ([42, 56, 47, 51, 50.2], "Improving"),  # from either side, nearer every year
        ([45, 55.1, 45.1, 54.9, 45], "Maintaining"),
    ],
)
def test_a_measure_that_seeks_its_target_is_judged_by_its_distance(values, label):
    row = distances(values).iloc[1]

    gap = np.abs(np.array(values) - 50)
    fitted = stats.linregress(np.arange(5), gap)
    assert row["label"] == label
    assert (row["change"], row["p_value"]) == pytest.approx((fitted.slope, fitted.pvalue))
    assert "distance_from_target" in reasons(row)


def test_the_interval_of_a_distance_is_as_wide_as_that_of_its_value():
    row = distances([58, 44], half=2.0).iloc[0]

    assert (row["value_from"], row["value_to"]) == (8, 6)
    assert row["se"] == pytest.approx(np.sqrt(2) * 2 / 1.959963984540054)
    assert row["basis"] == "published_interval"


def test_the_counts_of_a_value_are_not_those_of_its_distance():
    frame = series([58, 44], numerator=[58, 44], denominator=[100, 100])
    targets = pd.DataFrame({"measure": ["m"], "target": [50.0], "floor": [np.nan]})
    record = measure(polarity=Polarity.TARGET, **SHARE)

    row = assess(frame, {"m": record}, targets=targets).iloc[0]

    assert (row["label"], row["basis"]) == ("Not judged", "none")


@pytest.mark.parametrize("method", ["significance-2019", "variance-2017", "regression-2020", "xmr"])
def test_without_a_target_it_is_not_judged_and_says_why(method):
    found = assess(
        series([60, 58, 56, 53.9, 52, 51, 53, 52, 51]), {"m": measure(polarity=Polarity.TARGET)},
        method=method,
    )  # fmt: skip

    assert found["label"].isin(["Not judged", "N/A"]).all()
    assert all("no_target" in text.split() for text in found["reasons"])


def test_it_is_never_rated_against_its_target():
    assert set(distances([60, 58.1, 56, 53.9, 52])["rag"]) <= {"", "N/A"}
