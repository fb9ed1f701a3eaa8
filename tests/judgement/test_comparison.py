"""One area beside others: the last common period, the ladder, polarity; ranks and ties."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kcc_lib.judgement.comparison import COMPARISON_COLUMNS, ENGLAND, compare
from kcc_lib.judgement.options import Options
from kcc_lib.judgement.ranking import RANK_COLUMNS, rank
from kcc_lib.measures import Measure, Window
from kcc_lib.periods import parse_period
from kcc_lib.vocabulary import PeriodType, Polarity, Statistic

KENT, ESSEX, DEVON, SOMERSET = "E10000016", "E10000012", "E10000008", "E10000027"
NUMBERS = ("value", "numerator", "denominator", "lower_ci", "upper_ci", "sample_size")


def measure(code="1", polarity=Polarity.HIGHER, statistic=Statistic.PROPORTION, **told):
    told = {"unit": "%", "decimals": 1, "period_type": PeriodType.FINANCIAL_YEAR} | told
    return Measure(code, statistic=statistic, polarity=polarity, **told)


def frame(*rows):
    """Observations from (measure, area, period, numbers by name)."""
    cells = []
    for code, area, label, numbers in rows:
        period = parse_period(label, PeriodType.FINANCIAL_YEAR)
        cells.append(
            {"measure": code, "area": area, "period": period.label, "flags": "", "source": "DfE",
             "period_start": pd.Timestamp(period.start), "period_end": pd.Timestamp(period.end),
             "time": period.middle, **dict.fromkeys(NUMBERS, np.nan), **numbers}
        )  # fmt: skip
    return pd.DataFrame(cells)


def values(**by_area):
    """One measure in 2018-19 with a bare value for each area."""
    return frame(*[("1", a, "2018-19", {"value": v}) for a, v in by_area.items()])


def one(observations, found=None, *, others=(ENGLAND,), **told):
    known = found or measure()
    result = compare(observations, {known.measure: known}, area=KENT, others=others, **told)
    (row,) = result.to_dict("records")
    return row


def window(code, last, first="2014-15"):
    ends = [parse_period(p, PeriodType.FINANCIAL_YEAR) for p in (first, last)]
    return Window(code, ends[0], ends[1], ends[0], ends[1])


SHARES = frame(
    ("1", KENT, "2017-18", {"value": 60.0, "numerator": 600, "denominator": 1000}),
    ("1", KENT, "2018-19", {"value": 65.0, "numerator": 650, "denominator": 1000}),
    ("1", ENGLAND, "2017-18", {"value": 60.0, "numerator": 6000, "denominator": 10000}),
    ("1", ENGLAND, "2018-19", {"value": 60.0, "numerator": 6000, "denominator": 10000}),
    ("1", ESSEX, "2016-17", {"value": 50.0, "numerator": 500, "denominator": 1000}),
    ("1", ESSEX, "2017-18", {"value": 60.0, "numerator": 600, "denominator": 1000}),
)


def test_two_shares_are_compared_by_the_pooled_z_test_worked_by_hand():
    row = one(SHARES)

    pooled = 6650 / 11000  # by hand: z = 0.05 / sqrt(p (1 - p) (1/1000 + 1/10000))
    se = np.sqrt(pooled * (1 - pooled) * (1 / 1000 + 1 / 10000))
    assert list(row) == list(COMPARISON_COLUMNS)
    assert (row["period"], row["value"], row["other_value"]) == ("2018-19", 65.0, 60.0)
    assert row["difference"] == pytest.approx(5.0)
    assert row["statistic"] == pytest.approx(0.05 / se, rel=1e-9)
    assert (row["basis"], row["label"], row["reasons"]) == ("proportion_z", "Better", "")


def test_each_other_area_has_its_own_last_common_period():
    known = measure()
    found = compare(SHARES, {"1": known}, area=KENT, others=[ENGLAND, ESSEX, DEVON])

    assert found["other"].tolist() == [ENGLAND, ESSEX, DEVON]
    assert found["period"].tolist() == ["2018-19", "2017-18", ""]
    assert found["label"].tolist() == ["Better", "Similar", "Not compared"]
    assert found["reasons"].tolist()[2] == "no_common_period"


@pytest.mark.parametrize("shift", range(-6, 7))
def test_different_periods_are_never_compared(shift):
    years = range(2012, 2019)
    rows = [("1", KENT, f"{y}-{(y + 1) % 100:02d}", {"value": float(y)}) for y in years]
    rows += [
        ("1", ESSEX, f"{y + shift}-{(y + shift + 1) % 100:02d}", {"value": float(y + shift)})
        for y in years
    ]
    row = one(frame(*rows), others=[ESSEX])

    # each value is its own year: equal values are equal periods
    assert row["difference"] == 0
    assert row["period"].startswith(f"{2018 + min(shift, 0)}")


def test_areas_that_share_no_period_are_not_compared():
    rows = frame(("1", KENT, "2017-18", {"value": 60.0}), ("1", ESSEX, "2018-19", {"value": 60.0}))
    row = one(rows, others=[ESSEX])

    assert (row["period"], row["label"], row["reasons"]) == (
        "", "Not compared", "no_common_period",
    )  # fmt: skip
    assert np.isnan(row["difference"])


def test_nothing_later_than_the_window_is_compared():
    row = one(SHARES, windows=[window("1", "2017-18")])

    assert (row["period"], row["label"]) == ("2017-18", "Similar")


def test_nothing_earlier_than_the_window_is_compared():
    row = one(SHARES, others=[ESSEX], windows=[window("1", "2018-19", first="2018-19")])

    assert (row["period"], row["reasons"]) == ("", "no_common_period")


def test_a_measure_without_a_window_is_not_compared_where_windows_are_given():
    row = one(SHARES, windows=[window("2", "2018-19")])

    assert (row["period"], row["label"], row["reasons"]) == ("", "Not compared", "outside_window")


def test_a_measure_without_figures_says_so():
    row = one(SHARES, measure("9"))

    assert (row["label"], row["reasons"]) == ("Not compared", "no_series")


def test_polarity_turns_better_into_worse_and_changes_no_number():
    up, down = one(SHARES), one(SHARES, measure(polarity=Polarity.LOWER))

    assert (up.pop("label"), down.pop("label")) == ("Better", "Worse")
    assert up == down


@pytest.mark.parametrize("polarity", [Polarity.NONE, None])
def test_without_polarity_it_is_higher_or_lower_and_never_better(polarity):
    row = one(SHARES, measure(polarity=polarity))

    assert (row["label"], row["reasons"]) == ("Higher", "no_polarity")


@pytest.mark.parametrize("polarity", [Polarity.HIGHER, Polarity.LOWER])
def test_swapping_the_two_areas_mirrors_the_label(polarity):
    known = {"1": measure(polarity=polarity)}
    there = compare(SHARES, known, area=KENT, others=[ENGLAND]).iloc[0]
    back = compare(SHARES, known, area=ENGLAND, others=[KENT]).iloc[0]

    assert {there["label"], back["label"]} == {"Better", "Worse"}
    assert there["difference"] == -back["difference"]
    assert there["p_value"] == back["p_value"]


def test_values_alone_are_set_side_by_side_and_not_called():
    row = one(values(**{KENT: 65.0, ENGLAND: 60.0}))

    assert (row["difference"], row["basis"], row["label"]) == (5.0, "none", "Not compared")
    assert row["reasons"] == "no_uncertainty"


INTERVAL = {"value": 65.5, "lower_ci": 61.0, "upper_ci": 68.0}


def test_england_is_taken_as_known_where_only_our_interval_is_held():
    rows = frame(("1", KENT, "2018-19", INTERVAL), ("1", ENGLAND, "2018-19", {"value": 60.9}))
    row = one(rows)

    se = 4.5 / 1.959963984540054  # the half of the interval on England's side
    assert row["se"] == pytest.approx(se)
    assert row["statistic"] == pytest.approx(4.6 / se)
    assert (row["basis"], row["label"]) == ("own_interval", "Better")
    assert row["reasons"] == "comparator_taken_as_known"


def test_england_inside_our_interval_is_similar():
    rows = frame(("1", KENT, "2018-19", INTERVAL), ("1", ENGLAND, "2018-19", {"value": 61.1}))

    assert one(rows)["label"] == "Similar"


def test_an_interval_is_never_lent_to_a_neighbour():
    rows = frame(("1", KENT, "2018-19", INTERVAL), ("1", ESSEX, "2018-19", {"value": 50.0}))
    row = one(rows, others=[ESSEX])

    assert (row["basis"], row["label"], row["reasons"]) == (
        "none",
        "Not compared",
        "no_uncertainty",
    )


@pytest.mark.parametrize(
    ("statistic", "unit", "ours", "england", "label", "reasons"),
    [
        # Wilson's interval of 655 of 1000 is 62.50 to 68.38
        (Statistic.PROPORTION, "%", {"value": 65.5, "numerator": 655, "denominator": 1000}, 62.4,
         "Better", "comparator_taken_as_known"),
        (Statistic.PROPORTION, "%", {"value": 65.5, "numerator": 655, "denominator": 1000}, 62.6,
         "Similar", "comparator_taken_as_known"),
        (Statistic.PROPORTION, "%", {"value": 65.5, "sample_size": 1000}, 62.4, "Better",
         "comparator_taken_as_known numerator_rebuilt"),
        # Byar's interval of 100 events is 81.4 to 121.6
        (Statistic.RATE, "", {"value": 10, "numerator": 100, "denominator": 1e4}, 12.2, "Worse",
         "comparator_taken_as_known"),
        (Statistic.RATE, "", {"value": 10, "numerator": 100, "denominator": 1e4}, 12.1, "Similar",
         "comparator_taken_as_known"),
        # SE 100 sqrt(.24 / 100) = 4.90 points, so the interval of the gap is 10.9 to 30.1
        (Statistic.GAP, "percentage points", {"value": 20.5, "numerator": 40, "denominator": 100},
         10.8, "Better", "comparator_taken_as_known"),
        (Statistic.MEAN, "", {"value": 20, "numerator": 40, "denominator": 100}, 10.0,
         "Not compared", "no_uncertainty"),
    ],
)  # fmt: skip
def test_our_counts_give_the_interval_where_england_has_none(
    statistic, unit, ours, england, label, reasons
):
    rows = frame(("1", KENT, "2018-19", ours), ("1", ENGLAND, "2018-19", {"value": england}))
    row = one(rows, measure(statistic=statistic, unit=unit))

    assert (row["label"], row["reasons"]) == (label, reasons)


def beside_england(ours, england, **told):
    rows = frame(("1", KENT, "2018-19", ours), ("1", ENGLAND, "2018-19", {"value": england}))
    return one(rows, measure(**told))


def test_a_published_standard_error_gives_the_interval_too():
    row = beside_england({"value": 512.5, "standard_error": 5.0}, 500.5, statistic=Statistic.MEDIAN)

    assert (row["se"], row["statistic"], row["label"]) == (5.0, 2.4, "Better")


def test_an_interval_is_read_at_its_own_level():
    wide = {**INTERVAL, "confidence": 99.8}

    assert beside_england(wide, 60.9)["se"] == pytest.approx(4.5 / 3.090232306167813)


def test_a_design_effect_and_rounding_widen_the_error_and_are_said():
    ours = {"value": 65.5, "sample_size": 1000}
    plain = beside_england(ours, 62.4, survey=True)
    effect = beside_england(ours, 62.4, survey=True, design_effect=4.0)
    rounded = beside_england(ours, 62.4, survey=True, rounding=1.0)

    assert effect["se"] == pytest.approx(2 * plain["se"])
    assert rounded["se"] == pytest.approx(np.hypot(plain["se"], np.sqrt(2 / 12)))
    assert [r["label"] for r in (plain, effect, rounded)] == ["Better", "Similar", "Similar"]
    assert "design_effect" in effect["reasons"]
    assert "rounding_widens" in rounded["reasons"]


def test_the_counts_of_a_standardised_rate_make_no_interval_and_few_events_no_test():
    rate = {"statistic": Statistic.RATE, "unit": "", "standardised": True}
    counts = {"value": 10.5, "numerator": 100, "denominator": 1e4}
    few = {"value": 10.5, "numerator": 9, "lower_ci": 9.0, "upper_ci": 12.0}

    assert beside_england(counts, 20.5, **rate)["reasons"] == "no_uncertainty"
    assert beside_england(few, 20.5, **rate)["reasons"] == "few_events"
    assert beside_england({**few, "numerator": 10}, 20.5, **rate)["label"] == "Worse"


def test_a_measure_that_should_meet_its_target_is_compared_by_its_value_and_not_called_good():
    row = one(SHARES, measure(polarity=Polarity.TARGET))

    assert (row["value"], row["label"], row["reasons"]) == (65.0, "Higher", "no_polarity")


def test_a_survey_borrows_its_sample_size_from_another_year_and_says_so():
    rows = frame(
        ("1", KENT, "2016-17", {"value": 61.0, "sample_size": 100}),
        ("1", KENT, "2018-19", {"value": 65.0}), ("1", ENGLAND, "2018-19", {"value": 50.5}),
    )  # fmt: skip
    row = one(rows, measure(survey=True))

    assert (row["label"], row["basis"]) == ("Better", "own_interval")
    assert "sample_size_assumed" in row["reasons"]
    assert one(rows, measure(survey=False))["label"] == "Not compared"


def test_figures_from_two_sources_are_compared_and_it_is_said():
    rows = SHARES.assign(source=np.where(SHARES["area"] == KENT, "DfE; file 1", "ONS; file 2"))

    assert one(rows)["reasons"] == "sources_differ"
    assert one(rows.assign(source="DfE; " + rows["area"]))["reasons"] == ""


CASES = pd.read_csv(Path(__file__).parent / "cases" / "fingertips_vs_england.csv")
WORDS = {"Significantly higher": "Higher", "Significantly lower": "Lower", "Similar": "Similar"}


def test_councils_lie_beside_england_as_fingertips_published():
    """172 of 175; in three Fingertips let England's own interval, left out here, overlap."""
    rows, known = [], {}
    for case in CASES.to_dict("records"):
        code = f"{case['indicator']} {case['council']}"
        own = {name: case[name] for name in ("value", "lower_ci", "upper_ci")}
        rows += [(code, KENT, "2018-19", own),
                 (code, ENGLAND, "2018-19", {"value": case["england"]})]  # fmt: skip
        known[code] = measure(code, None, Statistic.RATE, unit="")
    found = compare(frame(*rows), known, area=KENT, others=[ENGLAND])
    published = CASES["published"].map(WORDS)
    unlike = (found["label"] != published).to_numpy()
    differ = list(
        zip(found["measure"][unlike], found["label"][unlike], published[unlike], strict=True)
    )

    assert len(CASES) == 175
    assert differ == [
        ("92196 Suffolk", "Lower", "Similar"),
        ("90631 Suffolk", "Lower", "Similar"),
        ("10401 Worcestershire", "Higher", "Similar"),
    ]


def test_the_level_of_significance_is_a_choice():
    assert one(SHARES, options=Options(alpha=0.001))["label"] == "Similar"  # p = 0.002


def ranked(observations, polarity=Polarity.HIGHER, among=(ESSEX, DEVON, SOMERSET), **told):
    known = {"1": measure(polarity=polarity, **told.pop("measure", {}))}
    (row,) = rank(observations, known, area=KENT, among=among, **told).to_dict("records")
    return row


FOUR = values(**{KENT: 60.0, ESSEX: 70.5, DEVON: 50.5, SOMERSET: 40.5})


def test_the_best_by_polarity_is_first_and_the_highest_where_there_is_none():
    positions = [ranked(FOUR, p)["position"] for p in (Polarity.HIGHER, Polarity.LOWER, None)]

    assert list(ranked(FOUR)) == list(RANK_COLUMNS)
    assert positions == [2, 3, 2]


def test_a_rank_says_its_period_of_how_many_and_who_they_are():
    row = ranked(FOUR, among=[ESSEX, DEVON, SOMERSET, "E10000032"])

    assert (row["period"], row["of"]) == ("2018-19", 4)
    assert row["held_by"] == f"{KENT} {ESSEX} {DEVON} {SOMERSET}"


def test_values_equal_as_printed_share_the_best_position():
    rows = values(**{KENT: 60.04, ESSEX: 60.0, DEVON: 59.96, SOMERSET: 70.0})
    row = ranked(rows)

    assert (row["position"], row["tied"], row["of"]) == (2, 2, 4)
    assert ranked(rows, measure={"decimals": 2})["position"] == 2
    assert ranked(rows, measure={"decimals": 2})["tied"] == 0


def test_the_period_is_the_last_that_half_of_the_others_hold():
    rows = pd.concat([
        frame(*[("1", area, "2017-18", {"value": 1.0}) for area in (KENT, ESSEX, DEVON)]),
        frame(("1", KENT, "2018-19", {"value": 9.0}), ("1", ESSEX, "2018-19", {"value": 1.0})),
    ])  # fmt: skip

    assert (ranked(rows)["period"], ranked(rows)["of"]) == ("2017-18", 3)
    both = ranked(rows, among=[ESSEX, DEVON])
    assert (both["period"], both["of"], both["position"]) == ("2018-19", 2, 1)


def test_too_few_neighbours_give_no_rank_and_a_reason():
    row = ranked(values(**{KENT: 60.0, ESSEX: 50.0}))

    assert (row["period"], row["held_by"], row["reasons"]) == ("", "", "no_common_period")
    assert np.isnan(row["position"])


def test_a_rank_stays_inside_the_window():
    assert ranked(FOUR, windows=[window("1", "2017-18")])["period"] == ""
    assert ranked(FOUR, windows=[window("2", "2018-19")])["reasons"] == "outside_window"


def test_mirrored_polarity_mirrors_the_rank():
    up, down = ranked(FOUR), ranked(FOUR, Polarity.LOWER)

    assert up["position"] + down["position"] == up["of"] + 1


def test_a_whole_per_cent_beside_a_finer_figure_may_lie_on_the_other_side():
    rows = values(**{KENT: 66.7, ESSEX: 67.0, DEVON: 50.5, SOMERSET: 40.5})
    elsewhere = rows.assign(source=np.where(rows["area"] == ESSEX, "LAIT", "Fingertips"))

    assert ranked(elsewhere)["reasons"] == "within_rounding sources_differ"
    assert ranked(rows)["reasons"] == ""  # one source that prints decimals: 67.0 is 67.0


@pytest.mark.slow
def test_many_measures_are_ranked_as_each_alone():
    rng = np.random.default_rng(1)
    rows = [
        (str(m), area, "2018-19", {"value": float(rng.integers(0, 1000)) / 10})
        for m in range(40)
        for area in (KENT, ESSEX, DEVON, SOMERSET)
    ]
    known = {str(m): measure(str(m), (Polarity.HIGHER, Polarity.LOWER)[m % 2]) for m in range(40)}
    among = [ESSEX, DEVON, SOMERSET]
    together = rank(frame(*rows), known, area=KENT, among=among)
    alone = pd.concat(
        [rank(frame(*rows), {m: k}, area=KENT, among=among) for m, k in known.items()],
        ignore_index=True,
    )

    pd.testing.assert_frame_equal(together, alone)


def test_nobody_to_compare_with_gives_no_rows_and_no_place():
    known = {"1": measure()}
    nobody = compare(SHARES, known, area=KENT, others=[])
    place = rank(SHARES, known, area=KENT, among=[])

    assert list(nobody.columns) == list(COMPARISON_COLUMNS)
    assert nobody.empty
    assert place["period"].tolist() == [""]


def test_without_observations_there_is_nothing_to_compare_and_it_is_said():
    nothing = SHARES.head(0)

    assert one(nothing)["reasons"] == "no_series"
    assert ranked(nothing)["reasons"] == "no_series"
