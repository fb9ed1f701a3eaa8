"""The next values that would be called a movement: append one on either side and judge again.

For every rung of the ladder, every fallback and the trend. The next year is given the later
year's error, or its number of cases, which is what the edges suppose.
"""

from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcc_lib.judgement.assess import assess
from kcc_lib.vocabulary import Frequency, PeriodType, Polarity, Statistic

from .builders import judged, labels_from, many_series, measure, rows_of, series

pytestmark = pytest.mark.fuzz

#: Series drawn for each rung.
DRAWN = 8


@dataclass(frozen=True)
class Drawn:
    """A random series of one rung, and how its next year looks."""

    told: dict
    values: list
    columns: dict = field(default_factory=dict)
    #: The value of one case more, where a rung may count cases one by one.
    per: float | None = None
    #: The columns of the next year: those of a share or a rate of as many cases, or the same
    #: error as the later year.
    next_count: str = ""
    periods: list | None = None
    #: Whether a value of the other sign is refused.
    one_sign: bool = False
    #: How near the edge is tried, as a share of its distance from the later value.
    slack: float = 1e-6

    def appended(self, value):
        """The series with one more year."""
        columns = {name: list(held) for name, held in self.columns.items()}
        shift = value - self.values[-1]
        for name, held in columns.items():
            if name in {"lower_ci", "upper_ci"}:
                held.append(held[-1] + shift)
            elif name == self.next_count:
                held.append(round(value / self.per, 9))
            elif name == "cv":
                held.append(held[-1] * abs(self.values[-1] / value))
            else:
                held.append(held[-1])
        periods = self.periods and [*self.periods, *labels_from(self.periods[-1], 2)[1:]]
        return replace(self, values=[*self.values, value], columns=columns, periods=periods)

    def bounds(self):
        """The least and the largest value that the measure can have."""
        if self.one_sign:
            return (0.0, np.inf) if self.values[-1] > 0 else (-np.inf, 0.0)
        percent = self.told.get("unit") in {"%", "percentage points"}
        kind = self.told.get("statistic")
        if kind in {Statistic.GAP, Statistic.NET_BALANCE}:
            return (-100.0, 100.0) if percent else (-np.inf, np.inf)
        never = {Statistic.PROPORTION, Statistic.RATE, Statistic.COUNT, Statistic.RATIO}
        floor = 0.0 if percent or kind in never else -np.inf
        if kind is Statistic.RATIO:
            floor = 1e-300  # nothing is known of the error of a ratio of nothing
        return floor, 100.0 if percent else np.inf


SHARE = {"statistic": Statistic.PROPORTION, "unit": "%"}
RATE = {"statistic": Statistic.RATE, "multiplier": 1000.0}
COUNT = {"statistic": Statistic.COUNT}


def intervals(rng, **told):
    values, half = list(rng.uniform(20, 80, 2)), rng.uniform(0.5, 12, (2, 2))
    limits = {"lower_ci": list(values - half[0]), "upper_ci": list(values + half[1])}
    return Drawn({"unit": "%"} | told, values, limits)


def errors(rng, **told):
    return Drawn(
        told, list(rng.uniform(-5, 5, 2)), {"standard_error": list(rng.uniform(0.1, 2, 2))}
    )


def variations(rng):
    values = list(rng.uniform(300, 600, 2))
    return Drawn({"statistic": Statistic.MEDIAN}, values, {"cv": list(rng.uniform(0.5, 5, 2))})


def shares(rng, least, most, **told):
    n = float(rng.integers(least, most))
    x = [float(v) for v in rng.integers(0, int(n) + 1, 2)]
    columns = {"numerator": x, "denominator": [n, n]}
    values = [100 * v / n for v in x]
    return Drawn(SHARE | told, values, columns, per=100 / n, next_count="numerator")


def samples(rng, least, most, **told):
    n = float(rng.integers(least, most))
    x = rng.integers(0, int(n) + 1, 2)
    values = [100 * v / n for v in x]
    return Drawn(SHARE | told, values, {"sample_size": [n, n]}, per=100 / n)


def events(rng, least, most):
    x = [float(v) for v in rng.integers(least, most, 2)]
    return Drawn(COUNT, x, {"numerator": x}, per=1.0, next_count="numerator")


def crude(rng, least, most):
    base = float(rng.integers(5_000, 50_000))
    x = [float(v) for v in rng.integers(least, most, 2)]
    columns = {"numerator": x, "denominator": [base, base]}
    values = [1000 * v / base for v in x]
    return Drawn(RATE, values, columns, per=1000 / base, next_count="numerator")


def means(rng, **told):
    n = [float(v) for v in rng.integers(4, 60, 2)]
    columns = {"standard_deviation": list(rng.uniform(0.5, 3, 2)), "sample_size": n}
    return Drawn({"statistic": Statistic.MEAN} | told, list(rng.uniform(5, 9, 2)), columns)


def gaps(rng):
    """Both groups counted: the next year has its own error, so the edge is only near."""
    n, m = float(rng.integers(400, 900)), float(rng.integers(3000, 9000))
    a, b = rng.uniform(0.4, 0.6, 2), rng.uniform(0.4, 0.6)
    columns = {
        "numerator": list(a * n), "denominator": [n, n],
        "other_numerator": [b * m, b * m], "other_denominator": [m, m],
    }  # fmt: skip
    told = {"statistic": Statistic.GAP, "unit": "percentage points"}
    return FourCells(told, list(100 * (a - b)), columns, slack=0.05)


@dataclass(frozen=True)
class FourCells(Drawn):
    """A gap whose first group's count follows from its value."""

    def appended(self, value):
        more = super().appended(value)
        other = self.columns["other_numerator"][-1] / self.columns["other_denominator"][-1]
        share = np.clip(value / 100 + other, 0, 1)
        more.columns["numerator"][-1] = share * self.columns["denominator"][-1]
        return more


def gap_groups(rng, **told):
    n = rng.integers(50, 900, 2).astype(float)
    x = np.round(n * rng.uniform(0.1, 0.9, 2))
    columns = {"numerator": list(x), "denominator": list(n)}
    told = {"statistic": Statistic.GAP, "unit": "percentage points"} | told
    return Drawn(told, list(rng.uniform(-30, 30, 2)), columns)


def ratios(rng):
    a, b = rng.integers(40, 400, 2).astype(float), rng.integers(40, 400, 2).astype(float)
    columns = {"numerator": list(a), "denominator": list(b)}
    return Drawn({"statistic": Statistic.RATIO}, list(a / b), columns)


def balances(rng):
    n = rng.integers(200, 900, 2).astype(float)
    up, down = np.round(n * rng.uniform(0.1, 0.5, 2)), np.round(n * rng.uniform(0.1, 0.5, 2))
    columns = {"numerator": list(up), "other_numerator": list(down), "denominator": list(n)}
    told = {"statistic": Statistic.NET_BALANCE, "unit": "%"}
    return Drawn(told, list(100 * (up - down) / n), columns)


def rolling_parts(rng):
    """Years of like counts: the next comparison drops another year, so the edge is near."""
    counts, base = list(rng.integers(190, 210, 5).astype(float)), 4000.0
    values = [1000 * sum(counts[i : i + 3]) / 3 / base for i in range(3)]
    columns = {"year_numerator": counts[2:], "year_denominator": [base] * 3}
    periods = ["2012 to 2014", "2013 to 2015", "2014 to 2016"]
    # the years that leave are those of values three years before
    values, periods = [5.0, 5.0, *values], ["2010 to 2012", "2011 to 2013", *periods]
    columns = {"year_numerator": counts, "year_denominator": [base] * 5}
    told = RATE | {"period_type": PeriodType.POOLED_YEARS}
    return Drawn(told, values, columns, periods=periods, slack=0.1)


def bare(rng, low=5, high=95, points=2, **told):
    return Drawn(told, list(rng.uniform(low, high, points)))


#: name: (what draws a series, the options under which it is judged)
RUNGS = {
    "published intervals": (intervals, {}),
    "published intervals of a score": (lambda r: intervals(r, unit=""), {}),
    "standard errors": (errors, {}),
    "coefficients of variation": (variations, {}),
    "proportions": (lambda r: shares(r, 300, 3000), {}),
    "small proportions": (lambda r: shares(r, 5, 45), {}),
    "proportions of a design effect": (
        lambda r: shares(r, 300, 3000, survey=True, design_effect=1.7), {}),
    "sample sizes": (lambda r: samples(r, 300, 3000), {}),
    "small sample sizes": (lambda r: samples(r, 5, 45), {}),
    "counts of events": (lambda r: events(r, 30, 600), {}),
    "few events": (lambda r: events(r, 0, 30), {}),
    "rates": (lambda r: crude(r, 30, 600), {}),
    "rates of few events": (lambda r: crude(r, 0, 30), {}),
    "means": (means, {}),
    "gaps of four counts": (gaps, {}),
    "gaps of one group": (gap_groups, {}),
    "gaps of a design effect": (lambda r: gap_groups(r, survey=True, design_effect=2.0), {}),
    "ratios": (ratios, {}),
    "net balances": (balances, {}),
    "rolling parts": (rolling_parts, {}),
    "rounded standard errors": (lambda r: errors(r, rounding=0.5), {}),
    "rounded intervals": (lambda r: intervals(r, rounding=5.0), {}),
    "at another level": (intervals, {"alpha": 0.01}),
    "small proportions at another level": (lambda r: shares(r, 5, 45), {"alpha": 0.01}),
    "overlapping intervals": (
        lambda r: intervals(r, survey=True), {"survey_rule": "interval_overlap"}),
    "overlapping intervals of samples": (
        lambda r: samples(r, 1000, 9000, survey=True),
        {"survey_rule": "interval_overlap"}),
    "the variance fallback": (
        lambda r: bare(r, unit="%"), {"fallback": "variance"}),
    "the variance fallback of what may be above or below zero": (
        lambda r: replace(bare(r, *([-95, -5], [5, 95])[r.integers(2)]), one_sign=True),
        {"fallback": "variance"}),
    "the inclusive fallback": (
        lambda r: bare(r, unit="%"), {"fallback": "variance", "inclusive": True}),
    "the fallback of points": (
        lambda r: bare(r, unit="%"), {"fallback": "variance", "mode": "points"}),
    "the moving range fallback": (lambda r: bare(r, points=12), {"fallback": "xmr"}),
}  # fmt: skip


def verdicts(drawn, *, horizon="1-year", **options):
    """The judgements of many series at once, in their order."""
    coded = {f"m{i}": d for i, d in enumerate(drawn)}
    frame = many_series(
        [(code, "a", d.values, d.periods or 2014, d.columns) for code, d in coded.items()]
    )
    records = [measure(code, **d.told) for code, d in coded.items()]
    return list(rows_of(frame, records, horizon=horizon, **options).values())


def probes(drawn, row):
    """Next values by what `row` says of them: on which side, and whether they are called."""
    floor, ceiling = drawn.bounds()
    end = drawn.values[-1]
    far = 1e3 * (abs(end) + 10)
    for side, limit, near, last in (
        (1, ceiling, "next_rise_from", "next_rise_to"),
        (-1, floor, "next_fall_to", "next_fall_from"),
    ):
        edge, furthest = row[near], np.clip(end + side * far, floor, ceiling)
        if np.isnan(edge):
            yield side, furthest, False
            continue
        inside = outside = edge
        if drawn.per and abs(edge / drawn.per - round(edge / drawn.per)) < 1e-9:
            outside = edge - side * drawn.per  # counted one by one: the edge itself is called
        else:
            inside, outside = (edge + way * side * drawn.slack * abs(edge - end) for way in (1, -1))
        if side * inside <= side * limit:
            yield side, inside, True
        yield side, outside, False
        yield side, furthest, True
        # a side without a limit has no far end
        stated = np.nan if np.isinf(limit) else limit
        if row[last] != pytest.approx(stated, abs=1e-9, nan_ok=True):
            yield side, row[last], "the far end"


@cache
def wrongly_called():
    """For each rung the next values that are not called as the edges say."""
    rng = np.random.default_rng(2019)
    drawn = {name: [draw(rng) for _ in range(DRAWN)] for name, (draw, _) in RUNGS.items()}
    wrong = {name: [] for name in RUNGS}
    for options in {str(o): o for _, o in RUNGS.values()}.values():
        these = [(n, d) for n in RUNGS if RUNGS[n][1] == options for d in drawn[n]]
        rows = verdicts([d for _, d in these], options=options)
        tried = [
            (name, d, row, *probe)
            for (name, d), row in zip(these, rows, strict=True)
            if row["label"] != "Not judged"
            for probe in probes(d, row)
        ]
        again = verdicts([d.appended(value) for _, d, _, _, value, _ in tried], options=options)
        for (name, d, row, side, value, expected), found in zip(tried, again, strict=True):
            called = found["label"] == {1: "Improving", -1: "Not Improving"}[side]
            if called != expected:
                edges = [row[c] for c in ("next_fall_to", "next_rise_from")]
                wrong[name].append((d, edges, value, expected, found["label"], found["p_value"]))
    return wrong


@pytest.mark.parametrize("name", RUNGS)
def test_a_next_value_is_called_just_inside_an_edge_and_not_just_outside(name):
    wrong = wrongly_called()[name]

    assert wrong == [], f"{len(wrong)} wrong, the first: {wrong[0]}"


@pytest.mark.parametrize("statistic", [Statistic.COUNT, Statistic.RATE])
def test_after_two_years_without_events_six_are_a_rise(statistic):
    """Six to none: an exact p of 2 in 64. Five: 2 in 32."""
    counts = {"numerator": [0, 0], "denominator": [1000, 1000]}
    record = measure(statistic=statistic, multiplier=1000.0)

    row = judged(series([0, 0], **counts), record, horizon="1-year")

    assert row["next_rise_from"] == 6


# variance-2017


@given(st.lists(st.tuples(st.floats(1, 90), st.floats(1, 90)), min_size=12, max_size=12))
@settings(max_examples=4, derandomize=True, deadline=None)
def test_the_five_per_cent_rules_next_values_are_beyond_it(pairs):
    drawn = [Drawn({"unit": "%"}, list(p)) for p in pairs]
    rows = verdicts(drawn, method="variance-2017")

    for d, row in zip(drawn, rows, strict=True):
        end = d.values[-1]
        assert row["next_fall_to"] == pytest.approx(0.95 * end)
        expected = 1.05 * end if 1.05 * end <= 100 else np.nan
        assert row["next_rise_from"] == pytest.approx(expected, nan_ok=True)


# The trend


def yearly(draw_from):
    return st.lists(draw_from, min_size=3, max_size=8)


percents = st.integers(0, 1000).map(lambda v: v / 10)
several = st.lists(yearly(percents), min_size=8, max_size=8)


def trend_probes(row, floor, ceiling):
    """Next values inside, outside and at the ends of what the trend would call a movement."""
    spans = {1: (row["next_rise_from"], row["next_rise_to"]),
             -1: (row["next_fall_from"], row["next_fall_to"])}  # fmt: skip
    for side, (low, high) in spans.items():
        if np.isnan(low):
            yield from ((side, v, False) for v in np.linspace(floor, ceiling, 11))
            continue
        assert floor <= low <= high <= ceiling
        slack = 1e-4 * (high - low)
        yield side, low + slack, True
        yield side, (low + high) / 2, True
        yield side, high - slack, True
        if low > floor + slack:
            yield side, low - slack, False
        if high < ceiling - slack:
            yield side, high + slack, False


def wrong_trends(drawn, *, horizon, **options):
    rows = verdicts(drawn, horizon=horizon, **options)
    tried = [
        (d, *probe)
        for d, row in zip(drawn, rows, strict=True)
        for probe in trend_probes(row, 0, 100)
    ]
    again = verdicts([d.appended(v) for d, _, v, _ in tried], horizon=horizon, **options)
    words = {1: "Improving", -1: "Not Improving"}
    return [
        (d, value, expected, found["label"])
        for (d, side, value, expected), found in zip(tried, again, strict=True)
        if (found["label"] == words[side]) != expected
    ]


@given(several)
@settings(max_examples=6, derandomize=True, deadline=None)
def test_the_trends_next_values_are_those_that_would_be_called(many):
    wrong = wrong_trends([Drawn({"unit": "%"}, v) for v in many], horizon="long-term")

    assert wrong == []


def test_a_series_one_point_short_says_which_next_value_would_make_a_trend():
    short = Drawn({"unit": "%"}, [50.0, 51.0, 52.1])

    row = verdicts([short], horizon="long-term")[0]

    assert row["label"] == "N/A"
    assert 52.1 < row["next_rise_from"] < 53.2 < row["next_rise_to"]
    assert wrong_trends([short], horizon="long-term") == []


def test_the_trends_next_values_keep_a_gap_in_time():
    rng = np.random.default_rng(5)
    drawn = []
    for _ in range(8):
        values = rng.uniform(45, 55, 6) + np.arange(6)
        values[rng.integers(1, 5)] = np.nan
        drawn.append(Drawn({"unit": "%"}, list(values)))

    assert wrong_trends(drawn, horizon="long-term") == []


def quarterly(rng, points, *, kind=PeriodType.FINANCIAL_QUARTER, first="2018-19 Q1"):
    values = list(rng.normal(50, 2, points) + rng.choice([-1, 0, 1]) * np.arange(points))
    told = {"unit": "%", "frequency": Frequency.QUARTERLY, "period_type": kind}
    return Quarters(told, values, periods=labels_from(first, points, months=3))


@dataclass(frozen=True)
class Quarters(Drawn):
    """A quarterly series, whose next period is a quarter later."""

    def appended(self, value):
        held = max(i for i, v in enumerate(self.values) if not np.isnan(v)) + 1
        if held < len(self.values):  # the quarter due next is blank so far
            return replace(self, values=[*self.values[:held], value, *self.values[held + 1 :]])
        periods = [*self.periods, labels_from(self.periods[-1], 2, months=3)[1]]
        return replace(self, values=[*self.values, value], periods=periods)


REGRESSION = {"horizon": "quarter", "method": "regression-2020"}


def test_the_quarters_next_values_are_those_that_would_be_called():
    rng = np.random.default_rng(20)
    drawn = [quarterly(rng, points) for points in (4, 5, 6, 6, 7, 8, 8, 12)]

    assert wrong_trends(drawn, **REGRESSION) == []


def test_the_next_values_of_the_quarters_shown_drop_the_quarter_that_leaves():
    rng = np.random.default_rng(21)
    drawn = [quarterly(rng, points) for points in (7, 8, 9, 10, 7, 8, 9, 10)]

    assert wrong_trends(drawn, options={"shown": 6}, **REGRESSION) == []


def test_a_blank_quarter_takes_a_place_among_those_shown_and_leaves_it_again():
    rng = np.random.default_rng(23)
    drawn = [quarterly(rng, points) for points in (7, 8, 9, 10, 7, 8, 9, 10)]
    for each in drawn:
        each.values[-int(rng.integers(2, 7))] = np.nan

    assert wrong_trends(drawn, options={"shown": 6, "min_points": 4}, **REGRESSION) == []


@pytest.mark.parametrize("blank", [1, 2])
def test_a_quarter_that_is_blank_so_far_is_the_one_due_next_and_drops_none(blank):
    rng = np.random.default_rng(24)
    drawn = [quarterly(rng, points) for points in (7, 8, 9, 10, 7, 8, 9, 10)]
    for each in drawn:
        each.values[-blank:] = [np.nan] * blank

    assert wrong_trends(drawn, options={"shown": 7, "min_points": 4}, **REGRESSION) == []


def test_the_next_values_of_rolling_years_are_of_years_that_share_no_data():
    rng = np.random.default_rng(22)
    rolling = {"kind": PeriodType.ROLLING_YEAR, "first": "12 months to Mar 2012"}
    drawn = [quarterly(rng, points, **rolling) for points in (17, 18, 20, 21)]

    assert wrong_trends(drawn, **REGRESSION) == []
    assert wrong_trends(drawn, options={"shown": 16, "min_points": 4}, **REGRESSION) == []


# What would improve


@pytest.mark.parametrize("horizon", ["1-year", "long-term"])
@pytest.mark.parametrize(
    ("polarity", "column"),
    [
        (Polarity.HIGHER, "next_rise_from"),
        (Polarity.LOWER, "next_fall_to"),
        (Polarity.NONE, None),
        (None, None),
    ],
)
def test_the_next_value_to_improve_is_the_edge_on_the_good_side(polarity, column, horizon):
    values = [50.0, 53.1, 51.2, 52.4, 54.0]
    frame = series(values, standard_error=[1.0] * 5)

    row = judged(frame, measure(polarity=polarity), horizon=horizon)

    expected = row[column] if column else np.nan
    assert row["next_value_to_improve"] == pytest.approx(expected, nan_ok=True)
    if horizon == "1-year":
        assert np.isfinite(row[["next_rise_from", "next_fall_to"]].astype(float)).all()


def test_edges_are_not_rounded_to_the_measures_decimals():
    frame = series([50.0, 53.0], standard_error=[1.0, 1.0])

    row = judged(frame, measure(decimals=0), horizon="1-year")

    assert row["next_rise_from"] == pytest.approx(53 + 1.959963984540054 * np.sqrt(2))


def test_what_is_not_judged_has_no_next_values():
    row = judged(series([50.0, 53.0]), horizon="1-year")

    columns = [c for c in row.index if c.startswith("next_")]
    assert len(columns) == 5
    assert np.isnan(row[columns].astype(float)).all()


def test_a_distance_from_a_target_never_falls_below_nought():
    targets = pd.DataFrame({"measure": ["m"], "target": [50.0], "floor": [np.nan]})
    frame = series([58.0, 55.9, 54.2, 51.8, 50.1])

    found = assess(frame, {"m": measure(polarity=Polarity.TARGET)}, targets=targets)

    assert found["label"].iloc[1] == "Improving"
    assert found["next_fall_from"].iloc[1] >= 0
