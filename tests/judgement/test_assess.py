"""Rules of judging that hold for any series."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcc_lib.errors import UnknownNameError
from kcc_lib.judgement.assess import assess
from kcc_lib.judgement.columns import JUDGEMENT_COLUMNS
from kcc_lib.measures import Break, Window
from kcc_lib.periods import parse_period
from kcc_lib.vocabulary import BreakGrade, Frequency, Kind, PeriodType, Polarity, Statistic

from .builders import RISING, judged, measure, series


def test_the_columns_are_those_of_the_contract():
    found = assess(series(RISING), {"m": measure()})

    assert tuple(found.columns) == JUDGEMENT_COLUMNS


@pytest.mark.parametrize(
    ("polarity", "label"),
    [
        (Polarity.HIGHER, "Improving"),
        (Polarity.LOWER, "Not Improving"),
        (Polarity.NONE, "Increasing"),
        (None, "Increasing"),
    ],
)
def test_polarity_decides_whether_a_rise_is_good_and_is_never_guessed(polarity, label):
    row = judged(series(RISING), measure(polarity=polarity))

    assert row["label"] == label


def test_without_polarity_the_reason_is_given():
    row = judged(series(RISING), measure(polarity=None))

    assert "no_polarity" in row["reasons"].split()


@given(st.lists(st.lists(st.floats(1, 99), min_size=4, max_size=8), min_size=6, max_size=6))
@settings(max_examples=5, derandomize=True, deadline=None)
def test_mirroring_values_and_polarity_leaves_the_label_alone(many):
    rows = [series(values, area=f"a{i}") for i, values in enumerate(many)]
    frame = pd.concat(rows, ignore_index=True)

    up = assess(frame, {"m": measure(polarity=Polarity.HIGHER)})

    down = assess(frame.assign(value=-frame["value"]), {"m": measure(polarity=Polarity.LOWER)})
    assert list(up["label"]) == list(down["label"])


@given(st.permutations(range(5)))
@settings(max_examples=6, derandomize=True, deadline=None)
def test_the_order_of_rows_changes_nothing(order):
    frame = series(RISING)

    shuffled = assess(frame.iloc[list(order)], {"m": measure()})

    pd.testing.assert_frame_equal(shuffled, assess(frame, {"m": measure()}))


def test_many_series_judged_together_are_judged_as_each_alone():
    rng = np.random.default_rng(2019)
    frames = [series(rng.normal(50, 5, 6), area=f"a{i}") for i in range(12)]

    together = assess(pd.concat(frames), {"m": measure()})

    alone = pd.concat([assess(f, {"m": measure()}) for f in frames], ignore_index=True)
    columns = [c for c in JUDGEMENT_COLUMNS if c not in {"q_value", "fragile"}]
    pd.testing.assert_frame_equal(together[columns], alone[columns])


def test_a_missing_year_stays_a_gap_in_time():
    gap = judged(series([60, 61, np.nan, 63, 64.5]))

    assert gap["n_points"] == 4
    assert "window_incomplete" in gap["reasons"].split()


def test_fewer_points_than_the_minimum_is_n_a():
    row = judged(series([60, 70, 80]))

    assert row["label"] == "N/A"
    assert row["reasons"].split() == ["too_few_points", "no_polarity"][:1]


@pytest.mark.parametrize(("preset_name", "label"), [("default", "N/A"), ("kcc2019", "Improving")])
def test_a_preset_sets_the_minimum_number_of_points(preset_name, label):
    row = judged(series([60, 70, 80.1]), preset_name=preset_name)

    assert row["label"] == label


def test_a_constant_series_is_maintaining_and_says_so():
    row = judged(series([50.0] * 5))

    assert row["label"] == "Maintaining"
    assert "constant" in row["reasons"].split()


def test_an_exact_straight_line_is_labelled_by_its_slope_without_a_p_value():
    row = judged(series([50.0, 51, 52, 53, 54]))

    assert row["label"] == "Improving"
    assert np.isnan(row["p_value"])
    assert "perfect_fit" in row["reasons"].split()


def test_nothing_is_compared_across_a_hard_break():
    cut = Break(parse_period("2016"), BreakGrade.HARD, "new method")

    row = judged(series([10, 11, 60, 61, 62.2, 62.9, 64.1]), measure(breaks=(cut,)))

    assert (row["period_from"], row["n_points"]) == ("2016", 5)
    assert "break_hard" in row["reasons"].split()


def test_a_noted_break_is_compared_across_and_said():
    noted = Break(parse_period("2016"), BreakGrade.NOTED, "new survey")

    row = judged(series(RISING), measure(breaks=(noted,)))

    assert row["n_points"] == 5
    assert "break_noted" in row["reasons"].split()


def test_a_hard_break_between_two_years_leaves_them_unjudged():
    cut = Break(parse_period("2018"), BreakGrade.HARD, "new method")
    intervals = {"lower_ci": [59.0] * 5, "upper_ci": [66.0] * 5}

    row = judged(series(RISING, **intervals), measure(breaks=(cut,)), horizon="1-year")

    assert row["label"] == "Not judged"
    assert "break_hard" in row["reasons"].split()


def test_a_judgement_that_rests_on_a_provisional_point_says_if_it_would_turn():
    row = judged(series([60, 60.1, 59.9, 60.2, 60, 66.5], flags=["", "", "", "", "", "p"]))
    steady = judged(series([60, 61, 62.2, 62.9, 64.1, 65], flags=["", "", "", "", "", "p"]))

    assert "provisional_used" in row["reasons"].split()
    assert "sensitive_to_provisional" not in steady["reasons"].split()


def test_without_any_uncertainty_the_default_is_not_judged():
    row = judged(series(RISING), measure(statistic=Statistic.PROPORTION), horizon="1-year")

    assert row["label"] == "Not judged"
    assert "no_uncertainty" in row["reasons"].split()


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [(100.0, 105.0, "Maintaining"), (100.0, 105.1, "Improving"), (100.0, 94.9, "Not Improving")],
)
def test_the_fallback_calls_a_movement_only_beyond_five_per_cent(start, end, label):
    row = judged(series([start, end]), horizon="1-year", preset_name="kcc2019")

    assert (row["label"], row["basis"]) == (label, "variance_5_percent")


@pytest.mark.parametrize("values", [(0.0, 5.0), (-2.0, 3.0)])
def test_the_fallback_refuses_a_start_of_zero_or_of_the_other_sign(values):
    row = judged(series(list(values)), horizon="1-year", preset_name="kcc2019")

    assert row["label"] == "Not judged"
    assert "start_not_comparable" in row["reasons"].split()


def test_two_proportions_are_tested_on_their_counts():
    record = measure(statistic=Statistic.PROPORTION)
    frame = series([70.0, 75.0], numerator=[700, 750], denominator=[1000, 1000])

    row = judged(frame, record, horizon="1-year")

    assert (row["basis"], row["label"]) == ("proportion_z", "Improving")
    assert row["statistic"] == pytest.approx(0.05 / np.sqrt(0.725 * 0.275 * 2 / 1000))


def test_small_counts_are_tested_exactly():
    record = measure(statistic=Statistic.PROPORTION)
    frame = series([10.0, 40.0], numerator=[1, 4], denominator=[10, 10])

    row = judged(frame, record, horizon="1-year")

    assert row["basis"] == "fisher_exact"
    assert row["p_value"] == pytest.approx(0.303, abs=1e-3)


def test_a_value_that_is_a_stock_is_not_tested_as_events():
    record = measure(statistic=Statistic.COUNT)

    row = judged(series([900.0, 950.0]), record, horizon="1-year")

    assert "no_uncertainty" in row["reasons"].split()


def test_a_p_value_of_exactly_alpha_is_not_significant():
    half = 1.959963984540054 * np.sqrt(2) / np.sqrt(2)
    step = half * np.sqrt(2)
    limits = {"lower_ci": [10 - half, 10 - half + step], "upper_ci": [10 + half, 10 + half + step]}
    frame = series([10.0, 10 + step], **limits)

    row = judged(frame, horizon="1-year")

    assert row["p_value"] >= 0.05 - 1e-12
    assert row["label"] == ("Maintaining" if row["p_value"] >= 0.05 else "Improving")


def test_a_two_yearly_measure_is_compared_with_two_years_before():
    frame = series([66.3, np.nan, 70.9])

    row = judged(frame, measure(frequency=Frequency.TWO_YEARLY), horizon="1-year",
                 preset_name="kcc2019")  # fmt: skip

    assert (row["period_from"], row["period_to"]) == ("2014", "2016")
    assert "gap_2" in row["reasons"].split()


def test_a_yearly_measure_never_skips_a_year():
    row = judged(series([66.3, np.nan, 70.9]), horizon="1-year", preset_name="kcc2019")

    assert "period_missing" in row["reasons"].split()


def test_a_measure_without_observations_keeps_its_row():
    found = assess(series(RISING), {"m": measure(), "n": measure("n")}, areas=["a"])

    assert list(found["measure"]) == ["m", "m", "n", "n"]
    assert set(found.loc[found["measure"] == "n", "reasons"]) == {"no_series"}


def test_q_values_allow_for_every_test_made_over_a_horizon():
    rng = np.random.default_rng(7)
    frames = pd.concat([series(rng.normal(50, 2, 6), area=f"a{i}") for i in range(20)])

    found = assess(frames, {"m": measure()})

    tested = found[found["p_value"].notna()]
    assert (tested["q_value"] >= tested["p_value"] - 1e-15).all()


@pytest.mark.parametrize("name", ["significance-2018", "significance"])
def test_an_unknown_method_is_refused_with_what_is_known(name):
    with pytest.raises(UnknownNameError, match="significance-2019"):
        assess(series(RISING), {"m": measure()}, method=name)


any_values = st.lists(
    st.one_of(st.just(np.nan), st.floats(-1e300, 1e300), st.just(0.0)), min_size=0, max_size=6
)


@given(st.lists(any_values, min_size=6, max_size=6))
@settings(max_examples=12, derandomize=True, deadline=None)
def test_every_series_gets_a_word_or_a_refusal_with_a_reason(many):
    areas = [f"a{i}" for i in range(len(many))]
    frames = [series(v, area=a) for v, a in zip(many, areas, strict=True)]

    found = assess(pd.concat(frames, ignore_index=True), {"m": measure()}, areas=areas)

    words = ["Improving", "Maintaining", "Not Improving", "N/A", "Not judged"]
    assert found["label"].isin(words).all()
    assert (found.loc[found["basis"] == "none", "reasons"] != "").all()


def test_in_an_edition_a_measure_without_a_window_is_not_judged():
    window = Window("n", parse_period("2017"), parse_period("2018"), None, None)

    found = assess(series(RISING), {"m": measure()}, areas=["a"], windows=[window])

    assert set(found["label"]) == {"Not judged"}
    assert set(found["reasons"]) == {"outside_window"}


def test_figures_outside_the_window_are_told_apart_from_none():
    window = Window("m", parse_period("2009"), parse_period("2010"), None, None)

    found = assess(
        series(RISING), {"m": measure(), "n": measure("n")}, areas=["a"], windows=[window]
    )

    assert list(found["reasons"]) == ["outside_window", "outside_window", "no_series", "no_series"]


def test_an_interval_of_no_width_is_no_basis_for_a_test():
    frame = series([50.0, 60.0], lower_ci=[50.0, 60.0], upper_ci=[50.0, 60.0])

    row = judged(frame, horizon="1-year")

    assert (row["label"], row["basis"]) == ("Not judged", "none")
    assert "no_uncertainty" in row["reasons"].split()


def test_where_intervals_must_not_overlap_the_detectable_change_is_both_half_widths():
    frame = series([50.0, 53.0], lower_ci=[48.0, 50.0], upper_ci=[52.0, 56.0])

    row = judged(frame, measure(survey=True), horizon="1-year", preset_name="kcc2019")

    assert row["basis"] == "interval_overlap"
    assert row["detectable_change"] == pytest.approx(2 + 3)


def test_an_activity_indicator_is_never_rated():
    targets = pd.DataFrame({"measure": ["m"], "target": [50.0], "floor": [40.0]})

    kpi = judged(series(RISING), measure(kind=Kind.KPI), targets=targets)
    activity = judged(series(RISING), measure(kind=Kind.ACTIVITY), targets=targets)

    assert (kpi["rag"], activity["rag"]) == ("Green", "N/A")


def test_a_gap_is_tested_on_the_counts_of_its_smaller_group():
    record = measure(statistic=Statistic.GAP, polarity=Polarity.LOWER, unit="percentage points")
    frame = series([30.0, 32.0], numerator=[26, 24], denominator=[74, 69])

    row = judged(frame, record, horizon="1-year", preset_name="kcc2019")

    variance = sum(x / n * (1 - x / n) / n for x, n in ((26, 74), (24, 69)))
    assert (row["basis"], row["label"]) == ("gap_group_z", "Maintaining")
    assert row["statistic"] == pytest.approx(2 / (100 * np.sqrt(variance)))
    assert "comparator_taken_as_known" in row["reasons"].split()


def test_a_result_that_rounding_alone_could_change_says_so():
    record = measure(statistic=Statistic.PROPORTION, unit="%")
    near = series([66.73, 68.0], lower_ci=[66.0, np.nan], upper_ci=[67.46, np.nan])
    far = series([66.73, 75.0], lower_ci=[66.0, np.nan], upper_ci=[67.46, np.nan])

    assert "within_rounding" in judged(near, record, horizon="1-year")["reasons"].split()
    assert "within_rounding" not in judged(far, record, horizon="1-year")["reasons"].split()


def test_people_counted_on_a_day_are_said_to_be_treated_as_events():
    record = measure(statistic=Statistic.RATE, period_type=PeriodType.SNAPSHOT)
    counts = {"numerator": [1407, 1332], "denominator": [336090, 340140]}

    row = judged(series([41.86, 39.16], **counts), record, horizon="1-year")

    assert "stock_as_events" in row["reasons"].split()


def test_a_slope_of_rounding_error_is_level():
    row = judged(series([2.0, 1.5, 1.6, 1.7, 1.9]))

    assert row["change"] == 0.0


def test_a_gap_whose_group_shows_no_spread_is_not_tested():
    record = measure(statistic=Statistic.GAP, polarity=Polarity.LOWER, unit="percentage points")
    frame = series([60.0, 62.0], numerator=[0, 0], denominator=[10, 12])

    row = judged(frame, record, horizon="1-year")

    assert (row["label"], row["basis"]) == ("Not judged", "none")
    assert "no_uncertainty" in row["reasons"].split()
