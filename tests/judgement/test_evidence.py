"""What stands beside a label: other tests, other points, and what it was made of."""

from functools import cache

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from kcc_lib.judgement.assess import assess
from kcc_lib.judgement.columns import JUDGEMENT_COLUMNS
from kcc_lib.judgement.methods import METHODS
from kcc_lib.measures import Break, Window
from kcc_lib.periods import parse_period
from kcc_lib.vocabulary import BreakGrade, PeriodType, Polarity, Statistic

from .builders import judged, many_series, measure, reasons, series

Z95 = stats.norm.ppf(0.975)
#: Series drawn at random, each an area of one measure.
DRAWN = 30


@cache
def random_series():
    """Values of 5 to 9 years, some of them tied, with intervals; provisional now and then."""
    rng = np.random.default_rng(20)
    drawn = []
    for i in range(DRAWN):
        n = int(rng.integers(5, 10))
        values = 50 + rng.choice([0, 0.3, 1, -1]) * np.arange(n) + rng.normal(0, 1.5, n)
        values = np.round(values, 0 if i % 5 == 0 else 2)
        half = rng.uniform(0.5, 3, n)
        drawn.append((values, half))
    return drawn


@cache
def judgements(horizon):
    frame = many_series(
        [
            ("m", f"a{i}", values, 2010, {"lower_ci": values - half, "upper_ci": values + half})
            for i, (values, half) in enumerate(random_series())
        ]
    )
    found = assess(frame, {"m": measure(unit="")})
    return found[found["horizon"] == horizon].reset_index(drop=True)


# Allowing for many tests


def errors_of_one(values):
    """A one-year judgement for each pair of values with standard errors of 1."""
    frame = many_series(
        [("m", f"a{i}", v, 2014, {"standard_error": [1, 1]}) for i, v in enumerate(values)]
    )
    found = assess(frame, {"m": measure()})
    return found[found["horizon"] == "1-year"].reset_index(drop=True)


def test_q_values_are_benjamini_and_hochbergs_over_all_tests_of_a_horizon():
    for horizon in ("1-year", "long-term"):
        found = judgements(horizon)

        tested = found[found["p_value"].notna()]
        expected = stats.false_discovery_control(tested["p_value"])
        assert len(tested) > 20
        np.testing.assert_allclose(tested["q_value"], expected, rtol=1e-12)
        assert found.loc[found["p_value"].isna(), "q_value"].isna().all()


def test_a_movement_is_fragile_where_q_is_not_below_alpha():
    """z of 2, 3 and 0.5: three tests, and 2 has p 0.0455 but q 0.068."""
    steps = [2 * np.sqrt(2), 3 * np.sqrt(2), 0.5 * np.sqrt(2)]

    found = errors_of_one([(50, 50 + s) for s in steps])

    assert list(found["label"]) == ["Improving", "Improving", "Maintaining"]
    assert list(found["fragile"]) == ["yes", "no", ""]
    assert found["q_value"].iloc[0] == pytest.approx(0.0455002638963584 * 3 / 2)


@pytest.mark.parametrize(("q", "fragile"), [(0.0501, "yes"), (0.0499, "no")])
def test_what_is_fragile_turns_where_q_is_alpha(q, fragile):
    """Of two tests the smaller p is doubled."""
    step = stats.norm.isf(q / 4) * np.sqrt(2)

    found = errors_of_one([(50, 50 + step), (50, 50.1)])

    assert found["q_value"].iloc[0] == pytest.approx(q)
    assert (found["label"].iloc[0], found["fragile"].iloc[0]) == ("Improving", fragile)


def test_labels_are_not_adjusted_for_many_tests():
    alone = errors_of_one([(50, 50 + 2 * np.sqrt(2))])
    among = errors_of_one([(50, 50 + 2 * np.sqrt(2)), *[(50, 50.1)] * 30])

    assert alone["label"].iloc[0] == among["label"].iloc[0] == "Improving"


def test_a_label_of_a_rule_without_a_p_value_is_not_called_fragile():
    row = judged(series([50, 60]), horizon="1-year", options={"fallback": "variance"})

    assert (row["label"], row["fragile"]) == ("Improving", "")


# Leaving out a point, and ranks


def test_a_trend_is_stable_where_leaving_out_any_point_keeps_its_sign():
    for (values, _), stable in zip(
        random_series(), judgements("long-term")["loo_stable"], strict=True
    ):
        years = np.arange(len(values))
        slopes = [
            np.polyfit(np.delete(years, i), np.delete(values, i), 1)[0] for i in range(len(values))
        ]
        sign = np.sign(np.polyfit(years, values, 1)[0])
        assert (stable == "yes") == all(np.sign(s) == sign for s in slopes)


def test_a_movement_that_one_far_point_makes_is_called_and_says_so():
    years = [2000, 2001, 2002, 2003, 2030]
    values = [0.3, 0.3, -0.6, 0.0, 5.3]

    row = judged(series(values, periods=[str(y) for y in years]))

    assert stats.linregress(years, values).pvalue < 0.05
    assert np.polyfit(years[:4], values[:4], 1)[0] < 0
    assert (row["label"], row["loo_stable"]) == ("Improving", "no")
    assert "not_stable" in reasons(row)


def test_where_nothing_is_called_nothing_is_shaken():
    row = judged(series([50.0, 49.9, 49.85, 49.8, 49.5, 49.2, 60.0]))

    assert (row["label"], row["loo_stable"]) == ("Maintaining", "no")
    assert "not_stable" not in reasons(row)


def test_kendalls_tau_and_p_are_scipys():
    for (values, _), (_, row) in zip(
        random_series(), judgements("long-term").iterrows(), strict=True
    ):
        tied = len(set(values)) < len(values)
        expected = stats.kendalltau(
            np.arange(len(values)), values, method="asymptotic" if tied else "exact"
        )
        assert row["kendall_tau"] == pytest.approx(expected.statistic)
        assert row["kendall_p"] == pytest.approx(expected.pvalue)
        differs = (expected.pvalue < 0.05) != (row["p_value"] < 0.05)
        assert ("ranks_disagree" in reasons(row)) == differs


def test_below_five_points_no_rank_test_is_given():
    row = judged(series([50, 51, 52.2, 53]))

    assert np.isnan([row["kendall_p"], row["kendall_tau"]]).all()


def test_the_line_its_test_and_its_fit_are_scipys():
    for (values, _), (_, row) in zip(
        random_series(), judgements("long-term").iterrows(), strict=True
    ):
        n, expected = len(values), stats.linregress(np.arange(len(values)), values)
        critical = stats.t.ppf(0.975, n - 2)
        numbers = {
            "change": expected.slope, "se": expected.stderr, "p_value": expected.pvalue,
            "statistic": expected.slope / expected.stderr, "df": n - 2,
            "r_squared": expected.rvalue**2,
            "ci_low": expected.slope - critical * expected.stderr,
            "ci_high": expected.slope + critical * expected.stderr,
            "detectable_change": critical * expected.stderr * (n - 1),
        }  # fmt: skip
        for name, number in numbers.items():
            assert row[name] == pytest.approx(number, rel=1e-9), name


# Another rule


def test_the_overlap_of_intervals_is_told_beside_the_test():
    for (values, half), (_, row) in zip(
        random_series(), judgements("1-year").iterrows(), strict=True
    ):
        change = values[-1] - values[-2]
        apart = abs(change) > half[-1] + half[-2]
        word = ("Improving" if change > 0 else "Not Improving") if apart else "Maintaining"
        significant = abs(change) / (np.hypot(half[-1], half[-2]) / Z95) > Z95
        assert row["ci_overlap_label"] == word
        assert row["tests_disagree"] == ("yes" if significant != apart else "no")
        assert ("tests_disagree" in reasons(row)) == (significant != apart)


def test_some_of_the_drawn_series_disagree_and_some_do_not():
    assert set(judgements("1-year")["tests_disagree"]) == {"yes", "no"}


@pytest.mark.parametrize(("gap", "label"), [(0.0, "Maintaining"), (1e-9, "Improving")])
def test_intervals_that_touch_overlap(gap, label):
    frame = series([50, 54 + gap], lower_ci=[48, 52 + gap], upper_ci=[52, 56 + gap])

    row = judged(frame, measure(survey=True), horizon="1-year", preset_name="kcc2019")

    assert (row["basis"], row["label"], row["ci_overlap_label"]) == (
        "interval_overlap",
        label,
        label,
    )


def test_without_a_test_nothing_is_said_of_another_rule():
    row = judged(series([50, 60]), horizon="1-year", options={"fallback": "variance"})

    assert (row["ci_overlap_label"], row["tests_disagree"]) == ("", "")


def test_overlap_is_a_rule_for_surveys_only():
    frame = series([50, 53], lower_ci=[48, 51], upper_ci=[52, 55])

    row = judged(frame, measure(), horizon="1-year", preset_name="kcc2019")

    assert (row["basis"], row["label"]) == ("published_interval", "Improving")


# What could have been told


def test_a_change_is_called_where_it_is_beyond_the_detectable_one():
    for _, row in judgements("1-year").iterrows():
        called = row["label"] != "Maintaining"
        assert called == (abs(row["change"]) > row["detectable_change"])


def test_the_detectable_change_of_a_mean_is_that_of_its_t_test():
    """Four cases a year: t needs 2.45 errors, and the change is of 2.2."""
    spread = {"standard_deviation": [1, 1], "sample_size": [4, 4]}
    frame = series([5, 5 + 2.2 * np.sqrt(2 / 4)], **spread)

    row = judged(frame, measure(statistic=Statistic.MEAN), horizon="1-year")

    assert row["label"] == "Maintaining"
    assert abs(row["change"]) <= row["detectable_change"]


# Provisional points


@pytest.mark.parametrize("horizon", ["1-year", "long-term"])
@pytest.mark.parametrize("flagged", [-1, -2])
def test_the_label_without_a_provisional_point_is_that_of_the_series_without_it(horizon, flagged):
    frames, kept = [], []
    for i, (values, half) in enumerate(random_series()):
        flags = ["p" if j == len(values) + flagged else "" for j in range(len(values))]
        limits = {"lower_ci": values - half, "upper_ci": values + half, "flags": flags}
        frame = many_series([("m", f"a{i}", values, 2010, limits)])
        frames.append(frame)
        kept.append(frame[frame["flags"] == ""])
    found, expected = (assess(pd.concat(f), {"m": measure()}) for f in (frames, kept))
    found, expected = (f[f["horizon"] == horizon].reset_index() for f in (found, expected))

    word = expected["label"].replace("N/A", "Not judged")
    assert list(found["label_without_provisional"]) == list(word)
    known = word != "Not judged"
    turned = found["label"] != word
    assert list(found["sensitive_to_provisional"][known]) == list(
        turned[known].map({True: "yes", False: "no"})
    )
    assert all("provisional_used" in text.split() for text in found["reasons"])


def test_in_an_edition_the_last_final_year_stands_in_for_a_provisional_one():
    window = Window("m", parse_period("2016"), parse_period("2017"), None, None)
    frame = series([50, 60, 60.5, 70, 90], flags=["", "", "", "p", ""], standard_error=[1] * 5)

    row = judged(frame, horizon="1-year", windows=[window])

    assert (row["label"], row["period_to"]) == ("Improving", "2017")
    assert (row["label_without_provisional"], row["sensitive_to_provisional"]) == (
        "Maintaining",
        "yes",
    )


def test_a_provisional_point_that_is_not_used_is_not_mentioned():
    row = judged(series([60, 61, 62, 63.5], flags=["p", "", "", ""], standard_error=[1] * 4),
                 horizon="1-year")  # fmt: skip

    assert (row["label_without_provisional"], row["sensitive_to_provisional"]) == ("", "")
    assert "provisional_used" not in reasons(row)


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"significance-2019"}))
def test_every_method_gives_its_label_without_a_provisional_point(method):
    values = np.round(50 + np.arange(14) + np.tile([0, 0.4], 7), 1)
    flags = ["p" if i == 13 else "" for i in range(14)]
    frame = series(values, flags=flags, lower_ci=values - 1, upper_ci=values + 1)
    record = measure(statistic=Statistic.PROPORTION, unit="%")

    found = assess(frame, {"m": record}, method=method)

    assert all("provisional_used" in text.split() for text in found["reasons"])
    assert (found["label_without_provisional"] != "").all()


# The fingerprint of what was used


FULL = {
    "numerator": [30, 31, 32, 33, 34, 36], "denominator": [60] * 6,
    "lower_ci": [40, 41, 42, 43, 44, 45], "upper_ci": [60, 61, 62, 63, 64, 65],
    "sample_size": [60] * 6, "standard_error": [5] * 6, "confidence": [95] * 6,
    "standard_deviation": [3] * 6, "cv": [10] * 6, "other_numerator": [9] * 6,
    "other_denominator": [20] * 6, "year_numerator": [7] * 6, "year_denominator": [9] * 6,
}  # fmt: skip


def marks(frame, record=None, *, method="significance-2019", **told):
    found = assess(frame, {"m": record or measure()}, method=method, **told)
    found = found[found["area"] == "a"]
    return dict(zip(found["horizon"], found["input_fingerprint"], strict=True))


@pytest.fixture(scope="module")
def whole():
    frame = series([50, 51, 53, 52, 54, 57], **FULL)
    return frame, marks(frame)


@pytest.mark.parametrize("column", ["value", *FULL, "flags"])
def test_a_changed_figure_of_a_used_point_changes_the_fingerprint(column, whole):
    frame, before = whole
    changed = frame.copy()
    changed.loc[5, column] = "r" if column == "flags" else frame.loc[5, column] + 0.125

    after = marks(changed)

    assert after["1-year"] != before["1-year"]
    assert after["long-term"] != before["long-term"]


def test_a_figure_that_only_the_trend_uses_changes_only_its_fingerprint(whole):
    frame, before = whole
    changed = frame.copy()
    changed.loc[1, "value"] += 1

    after = marks(changed)

    assert after["1-year"] == before["1-year"]
    assert after["long-term"] != before["long-term"]


def test_what_is_not_used_changes_no_fingerprint(whole):
    frame, before = whole
    other_area = frame.assign(area="b", value=frame["value"] + 3)
    other_measure = frame.assign(measure="n")
    blank = series([np.nan], first=2009, **{n: [1] for n in FULL})

    for more in (other_area, other_measure, blank):
        assert marks(pd.concat([more, frame], ignore_index=True)) == before
    assert marks(frame.iloc[::-1]) == before
    assert marks(frame.iloc[[3, 0, 5, 1, 4, 2]].assign(note="a remark")) == before


def test_what_lies_outside_an_editions_window_changes_no_fingerprint(whole):
    frame, _ = whole
    window = Window("m", parse_period("2016"), parse_period("2017"), parse_period("2015"), None)
    changed = frame.copy()
    changed.loc[[0, 4, 5], "value"] += 9

    assert marks(frame, windows=[window]) == marks(changed, windows=[window])


def test_what_lies_before_a_hard_break_changes_no_fingerprint_of_the_trend(whole):
    frame, _ = whole
    record = measure(breaks=(Break(parse_period("2015"), BreakGrade.HARD, "new method"),))
    changed = frame.copy()
    changed.loc[0, "value"] += 9

    assert marks(frame, record) == marks(changed, record)


def test_two_values_that_change_places_change_the_fingerprint(whole):
    frame, before = whole
    changed = frame.copy()
    changed.loc[[4, 5], "value"] = frame.loc[[5, 4], "value"].to_numpy()

    assert marks(changed)["1-year"] != before["1-year"]


def test_the_same_figures_of_another_area_or_measure_have_another_fingerprint(whole):
    frame, before = whole
    found = assess(frame.assign(area="b"), {"m": measure()})

    assert set(found["input_fingerprint"]).isdisjoint(before.values())


@pytest.mark.parametrize("method", sorted(METHODS))
def test_every_method_marks_what_it_used(method):
    values = np.round(50 + np.arange(14) + np.tile([0, 0.4], 7), 1)
    frame = series(values, lower_ci=values - 1, upper_ci=values + 1)
    record = measure(statistic=Statistic.PROPORTION, unit="%")
    changed = frame.copy()
    changed.loc[13, "value"] += 0.5

    before, after = marks(frame, record, method=method), marks(changed, record, method=method)

    assert all(len(mark) == 16 for mark in before.values())
    assert all(after[h] != before[h] for h in before)


def test_points_before_the_last_five_are_not_used_by_the_recent_trend():
    values = np.array([40.0, 50, 51, 52, 53, 54.5])
    frame = series(values, lower_ci=values - 1, upper_ci=values + 1)
    record = measure(statistic=Statistic.PROPORTION, unit="%")
    changed = frame.copy()
    changed.loc[0, "value"] += 1

    assert marks(frame, record, method="recent-trend") == marks(
        changed, record, method="recent-trend"
    )


def test_a_sample_size_borrowed_from_another_year_is_a_figure_used():
    record = measure(statistic=Statistic.PROPORTION, unit="%", survey=True)
    frame = series([50, 51, 54], sample_size=[400, np.nan, np.nan])
    changed = frame.assign(sample_size=[4000, np.nan, np.nan])

    assert judged(frame, record, horizon="1-year")["p_value"] != pytest.approx(
        judged(changed, record, horizon="1-year")["p_value"]
    )
    assert marks(frame, record)["1-year"] != marks(changed, record)["1-year"]


def test_the_year_that_left_a_rolling_average_is_a_figure_used():
    record = measure(
        statistic=Statistic.RATE, multiplier=1000.0, period_type=PeriodType.POOLED_YEARS
    )
    periods = ["2011 to 2013", "2013 to 2015", "2014 to 2016"]
    years = {"year_numerator": [210, 190, 160], "year_denominator": [4000] * 3}
    frame = series([50, 50, 46], periods=periods, **years)
    changed = frame.assign(year_numerator=[420, 190, 160])

    assert marks(frame, record)["1-year"] != marks(changed, record)["1-year"]


def test_the_earlier_changes_that_set_a_moving_range_are_figures_used():
    frame = series([10, 11, 9, 10, 12, 11, 13, 14, 12, 20])
    changed = frame.copy()
    changed.loc[0, "value"] = 40
    told = {"options": {"fallback": "xmr"}}

    assert marks(frame, **told)["1-year"] != marks(changed, **told)["1-year"]


def test_the_target_that_a_distance_is_taken_from_is_a_figure_used():
    record = measure(polarity=Polarity.TARGET)
    frame = series([58.0, 55.9, 54.2, 51.8, 50.1])
    targets = [
        pd.DataFrame({"measure": ["m"], "target": [t], "floor": [np.nan]}) for t in (50.0, 20.0)
    ]

    one, other = (marks(frame, record, targets=t) for t in targets)

    assert one["long-term"] != other["long-term"]


def test_moving_ranges_are_those_after_the_last_hard_break():
    """Before 2011 the values jumped by 50 a year; since then by 1 or 2."""
    values = [100, 150, 100, 150, 10, 11, 9, 10, 12, 11, 13, 14, 12, 30]
    record = measure(breaks=(Break(parse_period("2011"), BreakGrade.HARD, "new method"),))
    frame = series(values, first=2007)

    row = judged(frame, record, horizon="1-year", options={"fallback": "xmr"})

    assert (row["label"], row["basis"]) == ("Improving", "moving_range")


def test_a_row_has_every_column_whatever_was_judged():
    for method in METHODS:
        found = assess(series([50.0]), {"m": measure()}, method=method)

        assert tuple(found.columns) == JUDGEMENT_COLUMNS
        assert (found["method"] == method).all()
