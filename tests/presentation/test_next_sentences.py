"""What is said of the next value holds when that value, as printed, is appended and judged."""

import re
from datetime import date
from types import SimpleNamespace

import pytest

from kcc_lib.judgement.assess import assess
from kcc_lib.measures import Measure
from kcc_lib.presentation.evidence import next_sentences
from kcc_lib.presentation.explanations import judged_sentences
from kcc_lib.vocabulary import Frequency, Horizon, Polarity, Statistic

from ..judgement.builders import labels_from, series

ONE_YEAR, TREND = "1-year", "long-term"


def told(**words):
    """A measure of which higher is better, printed with one decimal unless told otherwise."""
    return Measure("m", **{"polarity": Polarity.HIGHER, "decimals": 1, **words})


def verdict_of(frame, record, horizon, **options):
    found = assess(frame, {"m": record}, **options)
    row = found[found["horizon"] == horizon].iloc[0]
    return SimpleNamespace(row=row.to_dict(), horizon=Horizon(horizon), ours=row["label"])


def said(frame, record, horizon=ONE_YEAR, *, as_of=date.max, **options):
    view = SimpleNamespace(measure=record, as_of=as_of)
    return " ".join(next_sentences(view, verdict_of(frame, record, horizon, **options)))


EVENTS = told(statistic=Statistic.COUNT, decimals=0)
SAMPLE = told(statistic=Statistic.PROPORTION, unit="%")
SURVEY = told(statistic=Statistic.PROPORTION, unit="%", survey=True)


def events(*values):
    return series(values, numerator=values)


def sampled(*values, size=500):
    return series(values, sample_size=[size] * len(values))


@pytest.mark.parametrize(
    ("build", "record", "values", "words"),
    [
        (events, EVENTS, (10, 11), "Improving with 23 or more, Not Improving with 2 or less"),
        (sampled, SAMPLE, (61.6, 60.7), "Improving with 66.7% or more"),
    ],
)
def test_the_first_count_that_is_called_is_told_and_is_called(build, record, values, words):
    told_ = said(build(*values), record)

    assert words in told_
    for label, value, side in re.findall(
        r"(Not Improving|Improving) with ([\d.]+)%? or (more|less)", told_
    ):
        step = (1 if side == "more" else -1) * 10.0**-record.decimals
        near = [round(float(value) + k * step, 6) for k in (0, -1)]
        found = [verdict_of(build(*values, v), record, ONE_YEAR).ours for v in near]
        assert found == [label, "Maintaining"]


@pytest.mark.parametrize(
    ("value", "size", "words"),
    [(50, 750, "Improving with 56% or more, Not Improving with 44% or less"),
     (20, 530, "Improving with 26% or more"), (35, 1050, "Not Improving with 30% or less")],
)  # fmt: skip
def test_a_printed_share_of_half_a_case_more_is_not_promised(value, size, words):
    """55% of 750 is 412.5, which rounds to the even 412: not yet one that is told apart."""
    record = told(statistic=Statistic.PROPORTION, unit="%", decimals=0)

    assert words in said(sampled(value, value, size=size), record)


def test_a_mean_is_told_to_nought_with_its_unit_once_and_not_judged_beyond():
    record = told(statistic=Statistic.MEAN, unit="weeks")

    words = said(series([20.0, 22.0]), record, options={"fallback": "variance"})

    assert "Not Improving with 0 to 20.8 weeks, and Maintaining with" in words
    assert words.endswith(", and not judged below 0.")


def test_no_fall_is_promised_from_nought_where_two_intervals_must_part():
    options = {"preset_name": "kcc2019"}

    words = said(sampled(5.4, 0, size=726), SURVEY, **options)

    assert "Not Improving" not in words
    again = verdict_of(sampled(5.4, 0, 0, size=726), SURVEY, ONE_YEAR, **options)
    assert again.ours == "Maintaining"


def test_a_quarter_is_set_beside_the_same_quarter_of_the_year_before():
    record = told(statistic=Statistic.MEAN, frequency=Frequency.QUARTERLY)
    values = [20.0, 21.0, 20.5, 20.2, 20.4]
    frame = series(values, periods=labels_from("2018-19 Q4", 5, months=3),
                   lower_ci=[v - 2 for v in values], upper_ci=[v + 2 for v in values])  # fmt: skip

    assert said(frame, record).startswith("For 2020/21 Q4, ")


def test_values_below_nought_are_told_from_the_lowest_that_is_called():
    record = told(statistic=Statistic.SCORE)
    values = [-20, -19, -17.5, -17, -15.2]

    words = said(series(values), record, TREND)

    low, high = (
        float(v.replace("−", "-")) for v in re.findall(r"with (\S+) to (\S+), and", words)[0]
    )
    for value, label in (
        (low, "Improving"), (high, "Improving"),
        (low - 0.1, "Maintaining"), (high + 0.1, "Maintaining"),
    ):  # fmt: skip
        assert verdict_of(series([*values, value]), record, TREND).ours == label
    assert "one still further off would lie too far from a straight line to be a trend" in words


def test_a_gap_of_percentage_points_is_told_to_its_end_and_with_its_unit_once():
    record = told(statistic=Statistic.GAP, unit="percentage points", polarity=Polarity.LOWER)
    interval = {"lower_ci": [26, 22], "upper_ci": [34, 30]}
    by_rule = said(series([30, 26]), record, options={"fallback": "variance"})

    assert "Improving with 20.3 percentage points or less" in said(
        series([30, 26], **interval), record
    )
    assert "Improving with 0 to 24.6 percentage points" in by_rule


def test_the_next_value_is_not_told_where_the_one_after_it_was_due_long_before(section):
    def forecasts(code):
        (_, long_term) = section.view(code).verdicts
        return next_sentences(section.view(code), long_term)

    assert forecasts("2.54") == []  # held to 2016, in a report of October 2019
    assert forecasts("1.31")  # the year to summer 2019 was not out in October


def test_a_series_that_never_moved_is_not_said_to_hang_on_a_point_or_a_change_of_nought():
    record = told(statistic=Statistic.PROPORTION, unit="%")
    verdict = verdict_of(series([100.0] * 6), record, TREND)

    words = " ".join(judged_sentences(SimpleNamespace(measure=record, as_of=date.max), verdict))

    assert "is level" in words
    assert "could turn" not in words
    assert "could have been told" not in words


def test_distances_from_a_target_are_called_so_and_forecast_nothing():
    record = told(statistic=Statistic.PROPORTION, unit="%", polarity=Polarity.TARGET)
    verdict = verdict_of(series([10.0, 16.0]), record, ONE_YEAR, options={"fallback": "variance"})
    verdict.row |= {"basis": "variance_5_percent", "value_from": 16.0, "value_to": 10.0,
                    "period_from": "2014", "period_to": "2015", "change": -6.0}  # fmt: skip

    words = " ".join(judged_sentences(SimpleNamespace(measure=record, as_of=date.max), verdict))

    assert words.startswith("Compared distances from the target: 16% in 2014 with 10% in 2015")
    assert "would be" not in words


@pytest.mark.parametrize(
    ("values", "end"), [((24.0, 24.5), "and not judged below 0."),
                        ((-24.0, -24.5), "and not judged above 0.")],
)  # fmt: skip
def test_where_a_share_of_the_earlier_value_says_nothing_of_the_other_sign_that_is_said(
    values, end
):
    gap = told(statistic=Statistic.GAP, unit="percentage points", polarity=Polarity.LOWER)

    assert said(series(list(values)), gap, options={"fallback": "variance"}).endswith(end)


def test_an_interval_that_ends_near_nought_says_on_which_side():
    values = [50.0, 51.9, 51.2, 53.1, 52.0, 55.3]
    record = told(unit="%", decimals=0)
    verdict = verdict_of(series(values), record, TREND)
    verdict.row |= {"ci_low": -0.004, "ci_high": 1.72}

    view = SimpleNamespace(measure=record, as_of=date.max)
    sentences = " ".join(judged_sentences(view, verdict))

    assert "(95% interval −0.004 to 1.720)" in sentences
