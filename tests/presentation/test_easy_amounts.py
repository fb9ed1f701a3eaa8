"""Figures in easy words say what the full report prints, and no more."""

from datetime import date

import pytest

from kcc_lib.errors import KccError
from kcc_lib.measures import Measure
from kcc_lib.periods import Period
from kcc_lib.presentation.easy.amounts import easy_amounts, easy_target, period_words
from kcc_lib.vocabulary import PeriodType, Polarity, Statistic


def measure(statistic, unit, decimals=1, multiplier=None, polarity=Polarity.HIGHER):
    return Measure("x", statistic=statistic, unit=unit, decimals=decimals, multiplier=multiplier,
                   polarity=polarity)  # fmt: skip


SHARE = measure(Statistic.PROPORTION, "%")


@pytest.mark.parametrize(
    ("one", "values", "told"),
    [
        (SHARE, [75.1407, 74.0241], ["about 75 in every 100", "74 in every 100"]),
        (SHARE, [1.7, 1.9], ["17 in every 1,000", "19 in every 1,000"]),
        (SHARE, [84.6], ["about 85 in every 100"]),
        (SHARE, [0.4], ["4 in every 1,000"]),
        (SHARE, [0.0], ["0 in every 100"]),
        (SHARE, [50.0, 50.0], ["50 in every 100"] * 2),
        (measure(Statistic.RATE, "rate per 1,000", 1, 1000), [3.8168, 3.9689],
         ["38 for every 10,000", "40 for every 10,000"]),
        (measure(Statistic.RATE, "rate per 10,000", 1, 10000), [39.16],
         ["about 39 for every 10,000"]),
    ],
)  # fmt: skip
def test_a_share_is_counted_out_of_the_smallest_number_that_tells_values_apart(one, values, told):
    assert easy_amounts(one, values, "people") == [f"{t} people" for t in told]


def test_a_target_is_never_rounded():
    assert easy_amounts(SHARE, [5.3], "people", exact=[6.2]) == [
        "53 in every 1,000 people", "62 in every 1,000 people",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "value", "told"),
    [
        (measure(Statistic.COUNT, "", 0), 67008.0, "67,008 checks"),
        (measure(Statistic.COUNT, "tonnes", 0), 10323.0, "10,323 tonnes"),
        (measure(Statistic.GAP, "percentage points"), 33.86, "about 34 out of 100"),
        (measure(Statistic.MEDIAN, "pounds per week"), 512.3, "£512.3 a week"),
        (measure(Statistic.MEAN, "days", 0), 354.0, "354 days"),
        (measure(Statistic.RATIO, "ratio"), 9.37, "9.4 times checks"),
        (measure(Statistic.NET_BALANCE, "%", 0), -12.0, "12 fewer in every 100 checks"),
    ],
)
def test_other_units_are_said_in_words(one, value, told):
    assert easy_amounts(one, [value], "checks") == [told]


def test_a_unit_without_easy_words_is_refused():
    with pytest.raises(KccError, match="no easy words for a value in 'furlongs'"):
        easy_amounts(measure(Statistic.INDEX, "furlongs"), [1.0], "")


@pytest.mark.parametrize(
    ("kind", "first", "last", "told"),
    [
        (PeriodType.CALENDAR_YEAR, (2018, 1, 1), (2018, 12, 31), "in 2018"),
        (PeriodType.FINANCIAL_YEAR, (2017, 4, 1), (2018, 3, 31), "in the year to March 2018"),
        (PeriodType.ACADEMIC_YEAR, (2017, 9, 1), (2018, 8, 31),
         "in the school year to August 2018"),
        (PeriodType.FINANCIAL_QUARTER, (2017, 4, 1), (2017, 6, 30), "from April to June 2017"),
        (PeriodType.SNAPSHOT, (2019, 6, 1), (2019, 6, 30), "in June 2019"),
        (PeriodType.POOLED_YEARS, (2016, 1, 1), (2018, 12, 31), "from 2016 to 2018"),
        (PeriodType.ROLLING_YEAR, (2017, 7, 1), (2018, 6, 30), "in the year to June 2018"),
    ],
)  # fmt: skip
def test_no_period_is_cut_short(kind, first, last, told):
    assert period_words(Period("x", kind, date(*first), date(*last))) == told


def test_a_target_says_which_side_is_good():
    low = measure(Statistic.PROPORTION, "%", polarity=Polarity.LOWER)

    assert easy_target(SHARE, "9 homes") == "at least 9 homes"
    assert easy_target(low, "9 homes") == "no more than 9 homes"
