"""Every rung of the ladder of METHODS 5, against SciPy, statsmodels or the formula by hand."""

from functools import cache

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats import proportion, rates

from kcc_lib.vocabulary import PeriodType, Polarity, Statistic

from .builders import judged, judged_together, measure, reasons, series

Z95, Z998 = stats.norm.ppf(0.975), stats.norm.ppf(0.999)
#: Some numbers of a rung are its own; all rungs are held to these where they are expected.
CLOSE = {"rel": 1e-9, "abs": 1e-12}


def normal(change, se):
    """A z-test of a change whose standard error is known: statistic, p and interval."""
    z = change / se
    half = Z95 * se
    return {
        "change": change,
        "se": se,
        "statistic": z,
        "p_value": 2 * stats.norm.sf(abs(z)),
        "ci_low": change - half,
        "ci_high": change + half,
    }


def two_shares(x1, n1, x2, n2):
    z, p = proportion.proportions_ztest([x2, x1], [n2, n1])
    low, high = proportion.confint_proportions_2indep(x2, n2, x1, n1, method="newcomb")
    return {"statistic": z, "p_value": p, "ci_low": 100 * low, "ci_high": 100 * high}


def welch(m1, s1, n1, m2, s2, n2):
    found = stats.ttest_ind_from_stats(m2, s2, n2, m1, s1, n1, equal_var=False)
    v1, v2 = s1**2 / n1, s2**2 / n2
    df = (v1 + v2) ** 2 / (v1**2 / (n1 - 1) + v2**2 / (n2 - 1))
    half = stats.t.ppf(0.975, df) * np.sqrt(v1 + v2)
    return {
        "statistic": found.statistic, "p_value": found.pvalue, "df": df,
        "se": np.sqrt(v1 + v2), "ci_low": m2 - m1 - half, "ci_high": m2 - m1 + half,
    }  # fmt: skip


def scored(up, down, n):
    """The error of a mean of answers scored +1, 0 and -1, from the answers one by one."""
    answers = np.repeat([1, -1, 0], [up, down, n - up - down])
    return answers.std() / np.sqrt(n)


def share_error(x, n):
    return np.sqrt(x / n * (1 - x / n) / n)


def poisson(x1, n1, x2, n2, method):
    found = rates.test_poisson_2indep(x2, n2, x1, n1, method=method)
    statistic = {} if method == "exact-cond" else {"statistic": found.statistic}
    return {"p_value": found.pvalue, **statistic}


SURVEY = {"survey": True, "unit": "%"}
SHARE = {"statistic": Statistic.PROPORTION, "unit": "%"}
POOLED = {"period_type": PeriodType.POOLED_YEARS, "periods": ["2013 to 2015", "2016 to 2018"]}
#: name: (the measure, the values, the columns, the basis, the numbers)
RUNGS = {
    "a published interval": (
        {"unit": "%", "statistic": Statistic.SCORE}, [50, 53],
        {"lower_ci": [48, 50], "upper_ci": [52, 56]},
        "published_interval", normal(3, np.hypot(2, 3) / Z95),
    ),
    "an interval of 99.8%": (
        {"unit": "%"}, [50, 53],
        {"lower_ci": [48, 50], "upper_ci": [52, 56], "confidence": [99.8, 99.8]},
        "published_interval", normal(3, np.hypot(2, 3) / Z998),
    ),
    "intervals of two levels": (
        {}, [50, 53],
        {"lower_ci": [48, 50], "upper_ci": [52, 56], "confidence": [np.nan, 99.8]},
        "published_interval", normal(3, np.hypot(2 / Z95, 3 / Z998)),
    ),
    "the latest interval alone": (
        {}, [50, 53], {"lower_ci": [np.nan, 50], "upper_ci": [np.nan, 56]},
        "published_interval", normal(3, np.sqrt(2) * 3 / Z95),
    ),
    "a lopsided interval": (
        {}, [50, 53], {"lower_ci": [49, 51], "upper_ci": [53, 57]},
        "published_interval", normal(3, np.hypot(2, 3) / Z95),
    ),
    "published standard errors": (
        {}, [7.1, 8.0], {"standard_error": [0.3, 0.4]},
        "published_interval", normal(0.9, 0.5),
    ),
    "a coefficient of variation": (
        {"statistic": Statistic.MEDIAN}, [500, 530], {"cv": [2.0, 3.0]},
        "published_interval", normal(30, np.hypot(10, 15.9)),
    ),
    "two proportions": (
        SHARE, [70, 74], {"numerator": [700, 814], "denominator": [1000, 1100]},
        "proportion_z", two_shares(700, 1000, 814, 1100) | {"change": 4},
    ),
    "two small proportions": (
        SHARE, [10, 40], {"numerator": [1, 8], "denominator": [10, 20]},
        "fisher_exact",
        {"p_value": stats.fisher_exact([[1, 9], [8, 12]]).pvalue, "statistic": np.nan},
    ),
    "a percentage and its sample": (
        SHARE, [70.04, 74.04], {"sample_size": [1000, 1100]},
        "sample_size_z", two_shares(700, 1000, 814, 1100),
    ),
    "a percentage and a small sample": (
        SHARE, [10, 40], {"sample_size": [10, 20]},
        "fisher_exact", {"p_value": stats.fisher_exact([[1, 9], [8, 12]]).pvalue},
    ),
    "counts of events": (
        {"statistic": Statistic.COUNT}, [120, 90], {"numerator": [120, 90]},
        "event_count_z", normal(-30, np.sqrt(210)),
    ),
    "few events": (
        {"statistic": Statistic.COUNT}, [15, 4], {"numerator": [15, 4]},
        "event_count_exact",
        {"p_value": stats.binomtest(4, 19, 0.5).pvalue, "statistic": np.nan},
    ),
    "as many events as are not few": (
        {"statistic": Statistic.COUNT}, [15, 5], {"numerator": [15, 5]},
        "event_count_z", {"statistic": -10 / np.sqrt(20)},
    ),
    "two crude rates": (
        {"statistic": Statistic.RATE, "multiplier": 1000.0}, [6, 8.25],
        {"numerator": [120, 165], "denominator": [20_000, 20_000]},
        "poisson_score", poisson(120, 20_000, 165, 20_000, "score"),
    ),
    "two crude rates of unequal populations": (
        {"statistic": Statistic.RATE, "multiplier": 1000.0}, [6, 8.25],
        {"numerator": [120, 330], "denominator": [20_000, 40_000]},
        "poisson_score", poisson(120, 20_000, 330, 40_000, "score"),
    ),
    "a rate of few events": (
        {"statistic": Statistic.RATE, "multiplier": 1000.0}, [0.45, 1.25],
        {"numerator": [9, 25], "denominator": [20_000, 20_000]},
        "poisson_exact", poisson(9, 20_000, 25, 20_000, "exact-cond") | {"statistic": np.nan},
    ),
    "a rate of ten events": (
        {"statistic": Statistic.RATE, "multiplier": 1000.0}, [0.5, 1.25],
        {"numerator": [10, 25], "denominator": [20_000, 20_000]},
        "poisson_score", poisson(10, 20_000, 25, 20_000, "score"),
    ),
    "a standardised rate with its interval": (
        {"statistic": Statistic.RATE, "standardised": True}, [126.9, 121.5],
        {"lower_ci": [123.9, 118.6], "upper_ci": [129.9, 124.4],
         "numerator": [618, 602], "denominator": [5e5, 5e5]},
        "published_interval", normal(-5.4, np.hypot(3, 2.9) / Z95),
    ),
    "a standardised rate without": (
        {"statistic": Statistic.RATE, "standardised": True}, [126.9, 121.5],
        {"numerator": [618, 602], "denominator": [5e5, 5e5]}, "none", {},
    ),
    "a standardised rate of nine events": (
        {"statistic": Statistic.RATE, "standardised": True}, [126.9, 21.5],
        {"lower_ci": [123.9, 18.6], "upper_ci": [129.9, 24.4],
         "numerator": [618, 9], "denominator": [5e5, 5e5]}, "none", {},
    ),
    "two means": (
        {"statistic": Statistic.MEAN}, [7.31, 7.62],
        {"standard_deviation": [1.9, 2.4], "sample_size": [210, 150]},
        "welch_t", welch(7.31, 1.9, 210, 7.62, 2.4, 150),
    ),
    "a gap with the counts of both groups": (
        {"statistic": Statistic.GAP, "unit": "percentage points"}, [-20, -12],
        {"numerator": [300, 340], "denominator": [600, 625],
         "other_numerator": [3500, 3200], "other_denominator": [5000, 5000]},
        "gap_four_cells_z",
        # from the counts: 0.544 - 0.64 is -9.6
        {"statistic": (54.4 - 64 - (50 - 70)) / (100 * np.sqrt(
            share_error(300, 600) ** 2 + share_error(340, 625) ** 2
            + share_error(3500, 5000) ** 2 + share_error(3200, 5000) ** 2))},
    ),
    "a gap with the counts of one group": (
        {"statistic": Statistic.GAP, "unit": "percentage points"}, [30, 24],
        {"numerator": [260, 300], "denominator": [740, 690]},
        "gap_group_z", normal(-6, 100 * np.hypot(share_error(260, 740), share_error(300, 690))),
    ),
    "a ratio of two counts": (
        {"statistic": Statistic.RATIO}, [2.0, 2.5],
        {"numerator": [200, 250], "denominator": [100, 100]},
        "log_ratio_z",
        {"statistic": np.log(1.25) / np.sqrt(1 / 200 + 1 / 100 + 1 / 250 + 1 / 100),
         "ci_low": 2 * np.exp(np.log(1.25) - Z95 * np.sqrt(1 / 200 + 2 / 100 + 1 / 250)) - 2,
         "ci_high": 2 * np.exp(np.log(1.25) + Z95 * np.sqrt(1 / 200 + 2 / 100 + 1 / 250)) - 2},
    ),
    "a ratio of two rates": (
        {"statistic": Statistic.RATIO}, [1.6, 1.2],
        {"numerator": [80, 66], "denominator": [9000, 9100],
         "other_numerator": [500, 550], "other_denominator": [90_000, 91_000]},
        "log_ratio_z",
        {"statistic": np.log(1.2 / 1.6) / np.sqrt(1 / 80 + 1 / 500 + 1 / 66 + 1 / 550)},
    ),
    "a net balance": (
        {"statistic": Statistic.NET_BALANCE, "unit": "%"}, [20, 32],
        {"numerator": [150, 170], "other_numerator": [80, 58], "denominator": [350, 350]},
        "net_balance_z", normal(12, 100 * np.hypot(scored(150, 80, 350), scored(170, 58, 350))),
    ),
    "a stock count": ({"statistic": Statistic.COUNT}, [900, 1200], {}, "none", {}),
    "nothing but values": ({}, [50, 60], {}, "none", {}),
    "a median without error": ({"statistic": Statistic.MEDIAN}, [500, 600], {}, "none", {}),
}  # fmt: skip
NUMBERS = [(name, number) for name, rung in RUNGS.items() for number in rung[4]]


@cache
def ladder(**options):
    """All of RUNGS judged at once."""
    pairs = [
        (series(values, measure=name, **columns), measure(name, **told))
        for name, (told, values, columns, _, _) in RUNGS.items()
    ]
    return judged_together(pairs, horizon="1-year", options=options)


@pytest.mark.parametrize("name", RUNGS)
def test_a_series_is_tested_by_the_first_rung_whose_needs_it_meets(name):
    assert ladder()[name]["basis"] == RUNGS[name][3]


@pytest.mark.parametrize(("name", "number"), NUMBERS)
def test_a_rung_gives_the_numbers_of_its_textbook_test(name, number):
    expected = RUNGS[name][4][number]

    assert ladder()[name][number] == pytest.approx(expected, **CLOSE, nan_ok=True)


@pytest.mark.parametrize("name", RUNGS)
def test_the_label_is_that_of_the_p_value_and_the_sign_of_the_change(name):
    row, expected = ladder()[name], "Not judged"
    if RUNGS[name][3] != "none":
        start, end = RUNGS[name][1]
        moved = "Improving" if end > start else "Not Improving"
        expected = moved if row["p_value"] < 0.05 else "Maintaining"

    assert row["label"] == expected


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("the latest interval alone", "ci_assumed_same"),
        ("two small proportions", "exact_test"),
        ("a percentage and its sample", "numerator_rebuilt"),
        ("few events", "exact_test"),
        ("a rate of few events", "exact_test"),
        ("a standardised rate without", "no_uncertainty"),
        ("a standardised rate of nine events", "few_events"),
        ("a gap with the counts of one group", "comparator_taken_as_known"),
        ("a stock count", "no_uncertainty"),
        ("nothing but values", "no_uncertainty"),
        ("a median without error", "no_uncertainty"),
    ],
)
def test_what_a_reader_should_know_of_a_rung_is_among_its_reasons(name, reason):
    assert reason in reasons(ladder()[name])


@pytest.mark.parametrize("name", ["two proportions", "counts of events", "two crude rates"])
def test_a_test_of_large_counts_gives_no_such_reason(name):
    assert reasons(ladder()[name]) & {"exact_test", "numerator_rebuilt", "no_uncertainty"} == set()


# The first rung that applies


def test_a_published_interval_goes_before_the_counts():
    columns = {"numerator": [700, 814], "denominator": [1000, 1100]}
    frame = series([70, 74], lower_ci=[66, 70], upper_ci=[74, 78], **columns)

    row = judged(frame, measure(**SHARE), horizon="1-year")

    assert (row["basis"], row["label"]) == ("published_interval", "Maintaining")


def test_counts_go_before_the_size_of_a_sample():
    frame = series([70, 74], numerator=[70, 81], denominator=[100, 110], sample_size=[9000, 9000])

    row = judged(frame, measure(**SHARE), horizon="1-year")

    assert row["basis"] == "proportion_z"


def test_the_levels_of_its_intervals_do_not_move_what_overlaps():
    """Two 99.8% intervals overlap here; the 95% intervals they imply do not."""
    frame = series([50, 54], lower_ci=[47, 51], upper_ci=[53, 57], confidence=[99.8, 99.8])

    row = judged(frame, horizon="1-year")

    assert 3 / Z998 * Z95 * 2 < 4 < 6
    assert (row["ci_overlap_label"], row["tests_disagree"]) == ("Improving", "no")


# A test that cannot be made


IMPOSSIBLE = {
    "more counted than there are": (
        SHARE, [70, 74], {"numerator": [1700, 814], "denominator": [1000, 1100]}),
    "nobody asked": (SHARE, [70, 74], {"numerator": [0, 814], "denominator": [0, 1100]}),
    "one case in a mean": (
        {"statistic": Statistic.MEAN}, [7, 9],
        {"standard_deviation": [1, 1], "sample_size": [1, 1]}),
    "means without spread": (
        {"statistic": Statistic.MEAN}, [7, 9],
        {"standard_deviation": [0, 0], "sample_size": [30, 30]}),
    "a balance on which all agree": (
        {"statistic": Statistic.NET_BALANCE, "unit": "%"}, [100, 60],
        {"numerator": [50, 40], "other_numerator": [0, 10], "denominator": [50, 50]}),
    "a balance of more than everybody": (
        {"statistic": Statistic.NET_BALANCE, "unit": "%"}, [20, 60],
        {"numerator": [50, 40], "other_numerator": [40, 10], "denominator": [50, 50]}),
    "a gap of more than everybody": (
        {"statistic": Statistic.GAP, "unit": "percentage points"}, [20, 60],
        {"numerator": [50, 70], "denominator": [50, 60],
         "other_numerator": [40, 50], "other_denominator": [50, 40]}),
    "events in no population": (
        {"statistic": Statistic.RATE, "multiplier": 1000.0}, [6, 8],
        {"numerator": [120, 160], "denominator": [0, 20_000]}),
    "fewer events than none": (
        {"statistic": Statistic.COUNT}, [120, 160], {"numerator": [-120, 160]}),
}  # fmt: skip


@cache
def impossible():
    pairs = [
        (series(values, measure=name, **columns), measure(name, **told))
        for name, (told, values, columns) in IMPOSSIBLE.items()
    ]
    return judged_together(pairs, horizon="1-year")


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_a_test_that_gives_no_p_value_is_no_basis_for_a_judgement(name):
    row = impossible()[name]

    assert (row["label"], row["basis"]) == ("Not judged", "none")


# Rolling averages


def rolling(statistic, per, *, multiplier=None, **told):
    """A three-year average of equal bases: one year enters, one leaves, two are in both."""
    counts, base = [210, 200, 190, 160], 4000
    first, last = sum(counts[:3]), sum(counts[1:])
    frame = series(
        [np.nan, first / 3 / base * per, last / 3 / base * per],
        periods=["2011 to 2013", "2013 to 2015", "2014 to 2016"],
        year_numerator=[counts[0], counts[2], counts[3]],
        year_denominator=[base] * 3,
        flags=["", "", ""],
    )
    frame.loc[0, "value"] = 5.0  # the first period's own value is not used
    record = measure(
        statistic=statistic, multiplier=multiplier, period_type=PeriodType.POOLED_YEARS, **told
    )
    return frame, record


@pytest.mark.parametrize(
    ("statistic", "per", "errors"),
    [
        (Statistic.PROPORTION, 100, [share_error(210, 4000), share_error(160, 4000)]),
        (Statistic.RATE, 1000, [np.sqrt(210) / 4000, np.sqrt(160) / 4000]),
    ],
)
def test_of_a_rolling_average_only_the_years_that_differ_are_tested(statistic, per, errors):
    unit = "%" if statistic is Statistic.PROPORTION else ""
    frame, record = rolling(statistic, per, multiplier=float(per), unit=unit)

    row = judged(frame, record, horizon="1-year")

    change = (160 - 210) / 4000 / 3 * per
    expected = normal(change, np.hypot(*errors) * per / 3)
    assert row["basis"] == "rolling_parts_z"
    assert "overlapping_periods" in reasons(row)
    for name, number in expected.items():
        assert row[name] == pytest.approx(number, rel=1e-9), name


def test_a_rolling_average_without_its_years_is_not_judged():
    frame, record = rolling(Statistic.RATE, 1000, multiplier=1000.0)

    row = judged(frame.drop(columns=["year_numerator"]), record, horizon="1-year")

    assert (row["label"], row["basis"]) == ("Not judged", "none")


def test_a_rolling_rate_of_unstated_multiplier_is_not_tested_as_though_it_were_per_one():
    with_it = judged(*rolling(Statistic.RATE, 1000, multiplier=1000.0), horizon="1-year")
    without = judged(*rolling(Statistic.RATE, 1000), horizon="1-year")

    assert with_it["p_value"] < 0.05
    assert without["basis"] == "none" or without["p_value"] == pytest.approx(with_it["p_value"])


def test_a_rolling_average_of_counts_has_the_error_of_its_counts():
    frame, record = rolling(Statistic.COUNT, 4000)  # so that the value is a year's count

    row = judged(frame, record, horizon="1-year")

    assert row["change"] == pytest.approx(-50 / 3)
    if row["basis"] != "none":
        assert row["se"] == pytest.approx(np.sqrt(210 + 160) / 3)


def test_a_rolling_share_whose_years_show_no_spread_is_not_judged():
    frame, record = rolling(Statistic.PROPORTION, 100, unit="%")
    frame["year_numerator"] = [0, 200, 0]

    row = judged(frame, record, horizon="1-year")

    assert (row["label"], row["basis"]) == ("Not judged", "none")


# Fallbacks


@pytest.mark.parametrize("name", [n for n, rung in RUNGS.items() if rung[3] != "none"])
def test_a_fallback_never_stands_in_for_a_test_that_can_be_made(name):
    assert ladder(fallback="variance")[name]["basis"] == RUNGS[name][3]


def test_the_variance_fallback_judges_what_no_test_suits_and_says_so():
    row = ladder(fallback="variance")["a stock count"]

    assert (row["label"], row["basis"]) == ("Improving", "variance_5_percent")
    assert {"variance_fallback", "no_uncertainty"} <= reasons(row)
    assert np.isnan(row["p_value"])


def test_the_variance_fallback_can_be_of_points():
    row = judged(series([90.0, 94.9]), horizon="1-year",
                 options={"fallback": "variance", "mode": "points"})  # fmt: skip

    assert (row["label"], row["basis"]) == ("Maintaining", "variance_5_points")


#: Nine earlier values whose moving ranges are 1, 2, 1, 2, 1, 2, 1, 2: 1.5 on average.
USUAL = [10.0, 11, 9, 10, 12, 11, 13, 14, 12]
LIMIT = 3.267 * 1.5


@pytest.mark.parametrize(
    ("change", "label"),
    [
        (LIMIT + 1e-6, "Improving"),
        (LIMIT - 1e-6, "Maintaining"),
        (-LIMIT - 1e-6, "Not Improving"),
    ],
)
def test_the_xmr_fallback_calls_a_change_beyond_the_upper_range_limit(change, label):
    frame = series([*USUAL, USUAL[-1] + change], first=2009)

    row = judged(frame, horizon="1-year", options={"fallback": "xmr"})

    assert (row["label"], row["basis"]) == (label, "moving_range")
    assert "moving_range_fallback" in reasons(row)


def test_the_xmr_fallback_needs_eight_earlier_points():
    eight = judged(series([*USUAL[1:], 30]), horizon="1-year", options={"fallback": "xmr"})
    seven = judged(series([*USUAL[2:], 30]), horizon="1-year", options={"fallback": "xmr"})

    assert (eight["label"], seven["label"]) == ("Improving", "Not judged")


def test_the_xmr_fallback_refuses_a_series_that_never_moved():
    row = judged(series([10.0] * 9 + [11]), horizon="1-year", options={"fallback": "xmr"})

    assert row["label"] == "Not judged"


# Design effect


@pytest.mark.parametrize("name", ["a percentage and its sample", "a net balance", "two means"])
def test_a_design_effect_divides_a_surveys_statistic_by_its_root(name):
    told, values, columns, basis, _ = RUNGS[name]
    record = measure(**told, survey=True)

    plain = judged(series(values, **columns), record, horizon="1-year")
    wide = judged(
        series(values, **columns), record, horizon="1-year", options={"design_effect": "1.6"}
    )

    assert wide["basis"] == basis
    assert wide["statistic"] == pytest.approx(plain["statistic"] / np.sqrt(1.6), rel=1e-6)
    assert "design_effect" in reasons(wide) - reasons(plain)


def test_a_design_effect_widens_a_gap_of_a_survey():
    told, values, columns, _, _ = RUNGS["a gap with the counts of one group"]
    frame, record = series(values, **columns), measure(**told, survey=True, design_effect=2.25)

    row = judged(frame, record, horizon="1-year")

    plain = ladder()["a gap with the counts of one group"]["statistic"]
    assert row["statistic"] == pytest.approx(plain / 1.5)


def test_a_measures_own_design_effect_goes_before_the_option():
    told, values, columns, _, _ = RUNGS["a percentage and its sample"]
    record = measure(**told, survey=True, design_effect=4.0)

    row = judged(
        series(values, **columns), record, horizon="1-year", options={"design_effect": 1.6}
    )

    plain = ladder()["a percentage and its sample"]["statistic"]
    assert row["statistic"] == pytest.approx(plain / 2, rel=1e-9)


def test_the_options_design_effect_is_of_surveys_only():
    assert (
        ladder(design_effect=3)["two proportions"]["p_value"]
        == ladder()["two proportions"]["p_value"]
    )


def test_a_measures_own_design_effect_holds_though_it_is_no_survey():
    """METHODS 5: a design effect is available for census-type data too."""
    told, values, columns, _, _ = RUNGS["two proportions"]

    row = judged(series(values, **columns), measure(**told, design_effect=4.0), horizon="1-year")

    assert row["statistic"] == pytest.approx(ladder()["two proportions"]["statistic"] / 2)


def test_a_published_interval_is_as_wide_as_its_design_made_it():
    frame = series([50, 53], lower_ci=[48, 50], upper_ci=[52, 56])

    row = judged(frame, measure(**SURVEY, design_effect=4.0), horizon="1-year")

    assert row["statistic"] == pytest.approx(3 / (np.hypot(2, 3) / Z95))
    assert "design_effect" not in reasons(row)


# Rounding at the source


def test_rounding_to_five_widens_the_error_of_both_values():
    frame = series([500, 530], standard_error=[10, 10])

    row = judged(frame, measure(rounding=5.0), horizon="1-year")

    se = np.sqrt(2 * (10**2 + 5**2 / 12))
    for name, number in normal(30, se).items():
        assert row[name] == pytest.approx(number), name
    assert "rounding_widens" in reasons(row)


ROUNDED = [
    "a published interval", "published standard errors", "two proportions", "counts of events",
    "a percentage and its sample", "two crude rates", "two crude rates of unequal populations",
    "two means", "a gap with the counts of one group", "a ratio of two counts", "a net balance",
]  # fmt: skip


@cache
def rounded(step):
    pairs = [
        (series(RUNGS[n][1], measure=n, **RUNGS[n][2]), measure(n, **RUNGS[n][0], rounding=step))
        for n in ROUNDED
    ]
    return judged_together(pairs, horizon="1-year")


@pytest.mark.parametrize("name", ROUNDED)
def test_rounding_to_next_to_nothing_changes_next_to_nothing(name):
    assert rounded(1e-9)[name]["p_value"] == pytest.approx(ladder()[name]["p_value"], rel=1e-6)


@pytest.mark.parametrize("name", ROUNDED)
def test_rounding_never_makes_a_change_more_significant(name):
    told = RUNGS[name][0]
    step = 0.1 if told.get("statistic") in {Statistic.RATIO, Statistic.MEAN} else 1.0

    assert rounded(step)[name]["p_value"] > ladder()[name]["p_value"]


def test_polarity_of_a_gap_is_of_the_gap_itself():
    told, values, columns, _, _ = RUNGS["a gap with the counts of both groups"]
    record = measure(**told, polarity=Polarity.LOWER)

    row = judged(series(values, **columns), record, horizon="1-year")

    assert row["label"] == "Not Improving"
