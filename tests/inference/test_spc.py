"""The XmR chart: limits, the points that show special cause, and what a target can expect."""

import dataclasses
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kcc_lib.inference import SpcRule, Xmr, assurance, xmr
from kcc_lib.inference.spc import process_limits
from kcc_lib.inference.spc_rules import (
    directions,
    far_of_three,
    monotone_ends,
    monotone_run,
    run_ends,
    side_run,
    two_of_three,
    whole_run,
)

CASES = Path(__file__).parent / "cases"
LIMITS = pd.read_csv(CASES / "spc_limits.csv")
RULE_CASES = pd.read_csv(CASES / "spc_rules.csv")
ASSURANCE = pd.read_csv(CASES / "spc_assurance.csv")

FIELDS = [field.name for field in dataclasses.fields(Xmr)]
LIMIT_FIELDS = ["mean", "lower", "upper", "near_lower", "near_upper"]

repeatable = settings(derandomize=True, deadline=None, max_examples=60)
# Each step one to nine tenths up or down, so that a series always varies
steps = st.lists(st.integers(1, 9) | st.integers(-9, -1), min_size=7, max_size=20)
series = steps.map(lambda s: np.cumsum([50.0, *s]) / 10)
# Small whole numbers and gaps: many equal neighbours and many points on the mean
level = st.integers(-3, 3).map(float)
shallow = st.lists(level | st.just(np.nan), min_size=14, max_size=14).map(np.array)
tables = st.lists(shallow, min_size=1, max_size=5).map(np.array)
options = st.fixed_dictionaries(
    {
        "screen": st.booleans(),
        "fix_after": st.none() | st.integers(8, 12),
        "run": st.integers(3, 8),
        "monotone": st.integers(3, 8),
        "equal_breaks": st.booleans(),
    }
)


def numbers(text: str) -> np.ndarray:
    return np.array([float(v) for v in text.split(";")])


def by_case(table: pd.DataFrame) -> list:
    return [pytest.param(row, id=row["case"]) for row in table.to_dict("records")]


def assert_same(one: Xmr, other: Xmr) -> None:
    for name in FIELDS:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)


# Published limits

# What xmr does not offer, and why; the arithmetic of these rows is ours all the same
NOT_OFFERED = {
    "lim_09": "three points: fewer than 8 hold no limits",
    "lim_11": "seven points: fewer than 8 hold no limits",
    "lim_14": "limits fixed on three points: fewer than 8 hold no limits",
    "lim_15": "five points: fewer than 8 hold no limits",
    "lim_16": "six points: fewer than 8 hold no limits",
    "lim_17": "five points, and limits of no width, which would flag everything",
}


def limit_options(row: dict) -> dict:
    fixed = row["fix_after"]
    return {"screen": row["screen_outliers"], "fix_after": None if pd.isna(fixed) else int(fixed)}


def assert_published(row: dict, found: dict) -> None:
    printed = [name for name in LIMIT_FIELDS if not pd.isna(row[name])]
    tolerance = row["abs_tolerance"]
    assert {name: found[name] for name in printed} == {
        name: pytest.approx(row[name], rel=1e-9, abs=tolerance) for name in printed
    }


@pytest.mark.parametrize("row", by_case(LIMITS))
def test_the_arithmetic_of_every_published_limit_is_reproduced(row):
    mean, width, _ = (f[0] for f in process_limits([numbers(row["values"])], **limit_options(row)))

    limits = (mean, mean - width, mean + width, mean - width * 2 / 3, mean + width * 2 / 3)
    assert_published(row, dict(zip(LIMIT_FIELDS, limits, strict=True)))


@pytest.mark.parametrize("row", by_case(LIMITS[~LIMITS["case"].isin(NOT_OFFERED)]))
def test_published_limits_are_reproduced(row):
    chart = xmr(numbers(row["values"]), **limit_options(row))

    assert_published(row, {name: getattr(chart, name) for name in LIMIT_FIELDS})


@pytest.mark.parametrize("row", by_case(LIMITS[LIMITS["case"].isin(NOT_OFFERED)]))
def test_published_limits_that_rest_on_too_few_points_are_refused(row):
    with pytest.raises(ValueError, match="too few"):
        xmr(numbers(row["values"]), **limit_options(row))


def test_no_published_limit_is_passed_over():
    assert len(LIMITS) == 17
    assert set(NOT_OFFERED) <= set(LIMITS["case"])


# Published marks, rule by rule

# The peers' intermediate steps, as ours; where they mark without a sign, so are we compared
PEERS_STEPS = {
    "seven_one_side": lambda case: np.abs(run_ends(case["input"], 7)),
    "part_of_seven": lambda case: np.abs(whole_run(case["input"], 7)),
    "seven_trend": lambda case: monotone_ends(case["input"], 7),
    "two_in_three": lambda case: np.abs(two_of_three(case["side"], case["input"])),
    "part_of_two_in_three": lambda case: np.abs(far_of_three(case["side"], case["input"])),
}
CONFLICT = "nhspy_conflicts_with_ptd"


@pytest.mark.parametrize("row", by_case(RULE_CASES[RULE_CASES["peer"] != CONFLICT]))
def test_published_marks_of_each_rule_are_reproduced(row):
    case = {name: numbers(row[name]) for name in ("input", "side") if not pd.isna(row[name])}

    marked = PEERS_STEPS[row["rule"]](case)

    np.testing.assert_array_equal(marked, numbers(row["expected"]))


@pytest.mark.parametrize("row", by_case(RULE_CASES[RULE_CASES["peer"] == CONFLICT]))
def test_points_on_the_mean_are_no_run_though_one_peer_marks_them(row):
    """nhspy-plotthedots marks seven points on the mean; NHSRplotthedots does not."""
    on_the_mean = numbers(row["input"])

    assert not on_the_mean.any()
    assert not side_run(on_the_mean).any()


def test_no_published_mark_is_passed_over():
    assert len(RULE_CASES) == 47
    assert set(RULE_CASES["rule"]) == set(PEERS_STEPS)
    assert list(RULE_CASES.loc[RULE_CASES["peer"] == CONFLICT, "case"]) == ["rule_44"]


# Published assurance

SIGNS = {"increase": 1, "decrease": -1, "neutral": 0}
RESULTS = {"consistent_fail": -1, "inconsistent": 0, "consistent_pass": 1}


def test_published_assurance_is_reproduced():
    found = assurance(
        ASSURANCE["lower"],
        ASSURANCE["upper"],
        ASSURANCE["target"],
        ASSURANCE["improvement_direction"].map(SIGNS),
    )

    assert len(ASSURANCE) == 9
    np.testing.assert_array_equal(found, ASSURANCE["expected"].map(RESULTS))


# One series for each rule, made so that no other rule marks it

LIMIT, MONOTONE, TWO, SIDE = (
    SpcRule.BEYOND_LIMIT,
    SpcRule.MONOTONE,
    SpcRule.TWO_OF_THREE,
    SpcRule.ONE_SIDE,
)
RULES = {
    "a point above the upper limit": (
        [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1],
        {4: 1},
        LIMIT,
    ),
    "a point below the lower limit": (
        [-1, -2, -1, -2, -10, -1, -2, -1, -2, -1, -2, -1, -2, -1, -2, -1, -2, -1],
        {4: -1},
        LIMIT,
    ),
    "a point just beyond the limit": ([1, 2] * 14 + [1, 4.5] + [1, 2] * 15, {29: 1}, LIMIT),
    "a point just within the limit": ([1, 2] * 14 + [1, 4.35] + [1, 2] * 15, {}, None),
    "seven above the mean, then seven below": (
        [1, 10, 1, 10, 1, 10, 1, -1, -10, -1, -10, -1, -10, -1],
        dict.fromkeys(range(7), 1) | dict.fromkeys(range(7, 14), -1),
        SIDE,
    ),
    "six above the mean, then six below": (
        [1, 10, 1, 10, 1, 10, -1, -10, -1, -10, -1, -10],
        {},
        None,
    ),
    "a point on the mean breaks a run": (
        [1, 10, 1, 0, 10, 1, 10, 1, -1, -10, -1, 0, -10, -1, -10, -1],
        {},
        None,
    ),
    "seven rising, whichever side of the mean each is": (
        [5, -5, 5, -3, -2, -1, 0, 1, 2, 3, -5, 5, -5],
        dict.fromkeys(range(3, 10), 1),
        MONOTONE,
    ),
    "seven falling, whichever side of the mean each is": (
        [-5, 5, -5, 3, 2, 1, 0, -1, -2, -3, 5, -5, 5],
        dict.fromkeys(range(3, 10), -1),
        MONOTONE,
    ),
    "six rising": ([5, -5, 5, -3, -2, -1, 1, 2, 3, -5, 5, -5], {}, None),
    "equal neighbours break a rise": (
        [5, -5, 5, -3, -2, -1, -1, 1, 1, 2, 3, -5, 5, -5],
        {},
        None,
    ),
    "a rise to the last point": (
        [5, -5, 5, -5, 5, -3, -2, -1, 0, 1, 2, 3],
        dict.fromkeys(range(5, 12), 1),
        MONOTONE,
    ),
    "two of three far above, the third above": (
        [1, -1] * 10 + [5, 1, 5] + [-1, 1] * 10,
        {20: 1, 22: 1},
        TWO,
    ),
    "two of three far above, the third below": (
        [1, -1] * 10 + [5, -1, 5] + [-1, 1] * 10,
        {},
        None,
    ),
    "one of three far above": ([1, -1] * 10 + [1, 5, 1] + [-1, 1] * 10, {}, None),
    "two far from the mean on either side of it": (
        [1, -1] * 10 + [5, -5] + [1, -1] * 10,
        {},
        None,
    ),
    "two of the last three far above": (
        [-1, 1] * 20 + [-1, 5, 1, 5],
        {41: 1, 43: 1},
        TWO,
    ),
    "two of three far below, the third below": (
        [-1, 1] * 10 + [-5, -5, -1] + [1, -1] * 10,
        {20: -1, 21: -1},
        TWO,
    ),
}


@pytest.mark.parametrize(("values", "marked", "rule"), RULES.values(), ids=list(RULES))
def test_special_cause_is_marked_by_rule(values, marked, rule):
    chart = xmr(values)

    np.testing.assert_array_equal(chart.flags, [marked.get(i, 0) for i in range(len(values))])
    assert set(chart.rules[list(marked)]) == ({rule} if marked else set())


def test_a_peak_between_seven_rising_and_seven_falling_belongs_to_the_later_run():
    mountain = np.array([1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1])

    np.testing.assert_array_equal(monotone_run(mountain), [1] * 6 + [-1] * 7)
    np.testing.assert_array_equal(monotone_run(-mountain), [-1] * 6 + [1] * 7)


def test_a_published_rise_of_seven_is_marked():
    """NHSRplotthedots marks all seven points of the run, nhspy-plotthedots (bfdefe4a) the last."""
    chart = xmr([1, 2, 3, 2, 1, 2, 3, 4, 5, 6, 7, 4, 3, 2, 1, 2])

    np.testing.assert_array_equal(chart.flags, [0] * 4 + [1] * 7 + [0] * 5)


def test_the_first_rule_to_hold_decides():
    """All 20 points rise, and stand in runs on one side; some are beyond a limit besides."""
    values = np.arange(1, 21)
    chart = xmr(values)

    beyond = (values < 7.84) | (values > 13.16)
    np.testing.assert_array_equal(chart.rules, np.where(beyond, LIMIT, MONOTONE))
    np.testing.assert_array_equal(chart.flags, [-1] * 7 + [1] * 13)


def test_a_point_beyond_a_limit_counts_among_the_two_of_three():
    """As in Making Data Count since 2023; NHSRplotthedots 0.2.2 would not mark the second."""
    chart = xmr([1, -1] * 10 + [5, 9, 1] + [-1, 1] * 10)

    assert dict(zip([20, 21], chart.rules[20:22], strict=True)) == {20: TWO, 21: LIMIT}


def test_a_wild_moving_range_is_left_out_of_the_limits_once():
    calm, wild = [1, 2] * 6, [1, 2] * 5 + [40, 2]

    assert xmr(wild).upper - xmr(wild).mean == pytest.approx(2.66)
    assert xmr(calm).upper - xmr(calm).mean == pytest.approx(2.66)


@pytest.mark.parametrize(("widest", "left_out"), [(3.70, False), (3.72, True)])
def test_a_moving_range_is_wild_from_3_267_times_their_mean(widest, left_out):
    """Nineteen ranges of 1 and one of r: r = 3.267 (19 + r) / 20 at 3.7096."""
    values = [0, 1] * 10 + [1 + widest]

    chart = xmr(values)

    mean_range = 1 if left_out else (19 + widest) / 20
    assert chart.upper - chart.mean == pytest.approx(2.66 * mean_range)


# Options


def test_without_screening_a_wild_moving_range_widens_the_limits():
    ranges = [1] * 9 + [38, 38]

    chart = xmr([1, 2] * 5 + [40, 2], screen=False)

    assert chart.upper - chart.mean == pytest.approx(2.66 * np.mean(ranges))


def test_fixed_limits_rest_on_the_first_points_and_judge_all():
    first, later = [1, 2] * 4, [9, 1, 2, 1]

    chart = xmr(first + later, fix_after=8)

    alone = xmr(first)
    assert [getattr(chart, f) for f in LIMIT_FIELDS] == [getattr(alone, f) for f in LIMIT_FIELDS]
    assert chart.n == 8
    assert chart.flags[8] == 1


def test_fixed_limits_count_the_points_that_are_held():
    chart = xmr([1, np.nan, 2, 1, 2, np.nan, 1, 2, 1, 2, 30, 2, 1], fix_after=8)

    assert (chart.n, chart.mean) == (8, pytest.approx(1.5))


def test_limits_fixed_after_more_points_than_there_are_rest_on_all():
    values = [1, 2, 4, 2, 1, 3, 1, 2, 5]

    assert_same(xmr(values, fix_after=50), xmr(values))


def test_six_points_make_a_run_where_asked():
    six_each_side = [1, 10, 1, 10, 1, 10, -1, -10, -1, -10, -1, -10]
    six_rising = [5, -5, 5, -3, -2, -1, 1, 2, 3, -5, 5, -5]

    np.testing.assert_array_equal(xmr(six_each_side, run=6).flags, [1] * 6 + [-1] * 6)
    np.testing.assert_array_equal(xmr(six_rising, monotone=6).flags, [0] * 3 + [1] * 6 + [0] * 3)
    assert not xmr(six_each_side, monotone=6).flags.any()
    assert not xmr(six_rising, run=6).flags.any()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        # The series of NHSRplotthedots pull request 24
        pytest.param([1, 0.5, 0, -0.5, -0.5, -1, -1.5, -2], [-1] * 8, id="a pair within a fall"),
        pytest.param([1, 1, 1, 2, 3, 4, 5, 6, 7, 7], [1] * 10, id="pairs at both ends"),
        pytest.param([1, 2, 3, 3, 4, 5, 6], [0] * 7, id="seven points, six of them different"),
        pytest.param([0, 1, 2, 3, 3, 1, 2, 3, 4], [0] * 9, id="a fall between"),
        pytest.param(
            [1, 2, 3, 4, 5, 6, 7, 7, 6, 5, 4, 3, 2, 1], [1] * 6 + [-1] * 8, id="a flat peak falls"
        ),
        pytest.param([5] * 9, [0] * 9, id="constant"),
    ],
)
def test_equal_neighbours_count_as_one_point_where_they_break_no_run(values, expected):
    np.testing.assert_array_equal(monotone_run(values, equal_breaks=False), expected)


def test_equal_neighbours_break_a_run_by_default():
    broken = [5, -5, 5, -5, 1, 0.5, 0, -0.5, -0.5, -1, -1.5, -2, 5, -5, 5]

    assert not xmr(broken).flags.any()
    np.testing.assert_array_equal(
        xmr(broken, equal_breaks=False).flags, [0] * 4 + [-1] * 8 + [0] * 3
    )


# Rounding


def test_values_equal_to_within_rounding_are_equal():
    rising = [0.0, 0.1, 0.2, 0.3, 0.1 + 0.2, 0.4, 0.5, 0.6]
    assert rising[4] > rising[3]

    assert not monotone_run(rising).any()
    np.testing.assert_array_equal(monotone_run(rising, equal_breaks=False), [1] * 8)


def test_a_point_on_the_mean_or_a_limit_to_within_rounding_is_on_it():
    values = np.array([1, 10, 1, 0, 10, 1, 10, 1, -1, -10, -1, 0, -10, -1, -10, -1])
    edges = [-2.66, 2.66, -1.0, 2.66 * 2 / 3, 2.66 * 2 / 3, 1.0]
    on_the_edges = np.array([0, 1, 0, 1, 0, 1, 0, 1, *(0.5 + e for e in edges)])

    assert not xmr(values / 10 + 0.7).flags.any()
    for shift in np.arange(0, 5, 0.1):
        assert not xmr(on_the_edges + shift, fix_after=8).flags.any()


# A slow reading of the rules, one point at a time


def plainly(values, *, screen, fix_after, run, monotone, equal_breaks) -> tuple[list, list]:
    """The flags and rules of one series without gaps, by looking at every window there is."""
    y = [float(v) for v in values]
    basis = y[:fix_after]
    mean = sum(basis) / len(basis)
    ranges = [abs(b - a) for a, b in pairwise(basis)]
    most = 3.267 * sum(ranges) / len(ranges) if screen else np.inf
    kept = [r for r in ranges if r < most]
    limit = 2.66 * sum(kept) / len(kept)
    over = [v - mean for v in y]
    marks = [(0, SpcRule.NONE)] * len(y)

    def mark(places, sign, rule):
        for i in places:
            if marks[i][1] in {SpcRule.NONE, rule}:
                marks[i] = (sign, rule)

    for sign in (1, -1):
        mark([i for i, d in enumerate(over) if sign * d > limit + 1e-9], sign, LIMIT)
    # By where they end, so that the later of two runs has the last word
    for last in range(len(y)):
        for first in range(last):
            piece = y[first : last + 1]
            rises = np.diff(piece)
            different = rises if equal_breaks else rises[rises != 0]
            for sign in (1, -1):
                if len(different) >= monotone - 1 and (sign * different > 0).all():
                    mark(range(first, last + 1), sign, MONOTONE)
    for first in range(len(y) - 2):
        for sign in (1, -1):
            trio = range(first, first + 3)
            far = [i for i in trio if sign * over[i] > 2 / 3 * limit + 1e-9]
            if len(far) >= 2 and all(sign * over[i] > 1e-9 for i in trio):
                mark(far, sign, TWO)
    for first in range(len(y) - run + 1):
        for sign in (1, -1):
            if all(sign * d > 1e-9 for d in over[first : first + run]):
                mark(range(first, first + run), sign, SIDE)
    return [m[0] for m in marks], [m[1] for m in marks]


@settings(repeatable, max_examples=300)
@given(y=st.lists(level, min_size=8, max_size=24), chosen=options)
def test_every_mark_agrees_with_a_slow_reading_of_the_rules(y, chosen):
    chart = xmr([y], **chosen)
    assume(not np.isnan(chart.mean[0]))

    flags, rules = plainly(y, **chosen)

    np.testing.assert_array_equal(chart.flags[0], flags)
    np.testing.assert_array_equal(chart.rules[0], rules)


# Properties


@repeatable
@given(table=tables, chosen=options)
def test_a_series_among_others_is_judged_as_it_is_alone(table, chosen):
    charts = xmr(table, **chosen)

    for i, row in enumerate(table):
        if np.isnan(charts.mean[i]):
            with pytest.raises(ValueError, match=r"too few|do not vary"):
                xmr(row, **chosen)
        else:
            alone = xmr(row, **chosen)
            assert_same(alone, Xmr(*(getattr(charts, name)[i] for name in FIELDS)))


@repeatable
@given(table=tables, chosen=options, data=st.data())
def test_the_order_of_the_series_is_of_no_account(table, chosen, data):
    order = data.draw(st.permutations(range(len(table))))

    charts, reordered = xmr(table, **chosen), xmr(table[order], **chosen)

    assert_same(reordered, Xmr(*(getattr(charts, name)[order] for name in FIELDS)))


@repeatable
@given(table=tables, chosen=options)
def test_mirroring_the_values_swaps_the_limits_and_turns_the_flags(table, chosen):
    chart, mirrored = xmr(table, **chosen), xmr(-table, **chosen)

    for name, other in zip(
        LIMIT_FIELDS, ["mean", "upper", "lower", "near_upper", "near_lower"], strict=True
    ):
        np.testing.assert_array_equal(getattr(mirrored, name), -getattr(chart, other))
    np.testing.assert_array_equal(mirrored.flags, -chart.flags)
    np.testing.assert_array_equal(mirrored.rules, chart.rules)


@repeatable
@given(table=tables, chosen=options, shift=st.sampled_from([0.1, -7.3, 1000, 12345.678]))
def test_shifting_the_values_shifts_the_limits_and_keeps_the_flags(table, chosen, shift):
    chart, shifted = xmr(table, **chosen), xmr(table + shift, **chosen)

    for name in LIMIT_FIELDS:
        np.testing.assert_allclose(
            getattr(shifted, name), getattr(chart, name) + shift, rtol=1e-9, atol=1e-9
        )
    np.testing.assert_array_equal(shifted.flags, chart.flags)
    np.testing.assert_array_equal(shifted.rules, chart.rules)


@repeatable
@given(table=tables, chosen=options, scale=st.sampled_from([1e-9, 0.1, 3.7, 1e6]))
def test_stretching_the_values_stretches_the_limits_and_keeps_the_flags(table, chosen, scale):
    chart, stretched = xmr(table, **chosen), xmr(scale * table, **chosen)

    for name in LIMIT_FIELDS:
        np.testing.assert_allclose(
            getattr(stretched, name), scale * getattr(chart, name), rtol=1e-9, atol=1e-12 * scale
        )
    np.testing.assert_array_equal(stretched.flags, chart.flags)
    np.testing.assert_array_equal(stretched.rules, chart.rules)


@pytest.mark.parametrize("power", [-1000, 1020])
def test_values_of_any_size_are_judged_alike(power):
    values, unit = np.array([1, 2] * 5 + [7.5, 2, 1, 1]), 2.0**power

    chart, other = xmr(values), xmr(values * unit)

    for name in LIMIT_FIELDS:
        assert getattr(other, name) == unit * getattr(chart, name)
    np.testing.assert_array_equal(other.rules, chart.rules)
    assert other.rules.any()


@repeatable
@given(y=series, chosen=options, data=st.data())
def test_missing_points_are_not_marked_and_change_no_other(y, chosen, data):
    places = data.draw(st.lists(st.integers(0, y.size), min_size=1, max_size=5))
    with_gaps = np.insert(y, places, np.nan)
    missing = np.isnan(with_gaps)

    chart, whole = (xmr([v], **chosen) for v in (with_gaps, y))

    for name in [*LIMIT_FIELDS, "n"]:
        np.testing.assert_array_equal(getattr(chart, name), getattr(whole, name))
    for marks, complete in ((chart.flags, whole.flags), (chart.rules, whole.rules)):
        np.testing.assert_array_equal(marks[0][~missing], complete[0])
        assert not marks[0][missing].any()


@repeatable
@given(y=series)
def test_every_point_beyond_a_limit_is_marked_by_its_side(y):
    chart = xmr(y)
    assume(np.abs(y - chart.upper).min() > 1e-9 and np.abs(y - chart.lower).min() > 1e-9)

    assert (chart.flags[y > chart.upper] == 1).all()
    assert (chart.flags[y < chart.lower] == -1).all()
    np.testing.assert_array_equal(chart.rules == LIMIT, (y > chart.upper) | (y < chart.lower))


# Refusals


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([], id="none"),
        pytest.param([1, 2, 1, 2, 1, 2, 1], id="seven"),
        pytest.param([1, 2, 1, np.nan, 2, 1, 2, 1, np.nan], id="seven among gaps"),
    ],
)
def test_fewer_than_eight_points_are_refused(values):
    with pytest.raises(ValueError, match="too few"):
        xmr(values)


def test_eight_points_are_enough_for_trial_limits():
    chart = xmr([1, 2, 1, 2, 1, 2, 1, 2])

    assert (chart.mean, chart.lower, chart.upper) == pytest.approx((1.5, -1.16, 4.16))
    assert chart.n == 8


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([5.0] * 12, id="constant"),
        pytest.param([0.0] * 12, id="nothing"),
        pytest.param([79.6] * 12, id="constant and not a whole number"),
        pytest.param([0.3, 0.1 + 0.2] * 6, id="constant to within rounding"),
        pytest.param([1] * 10 + [2] * 10, id="a single step, screened out"),
    ],
)
def test_values_that_do_not_vary_from_point_to_point_are_refused(values):
    with pytest.raises(ValueError, match="do not vary"):
        xmr(values)


def test_a_series_refused_alone_has_no_limits_and_no_flags_among_others():
    rising, constant, good = range(7), [5] * 12, [1, 2] * 5 + [40, 2]
    table = [[*rising, *[np.nan] * 5], constant, good, [np.nan] * 12]

    charts = xmr(table)

    for name in LIMIT_FIELDS:
        np.testing.assert_array_equal(
            np.isnan(getattr(charts, name)), [True, True, False, True], err_msg=name
        )
    assert not charts.flags[[0, 1, 3]].any()
    assert not charts.rules[[0, 1, 3]].any()
    assert charts.flags[2, 10] == 1
    np.testing.assert_array_equal(charts.n, [7, 12, 12, 0])


@pytest.mark.parametrize("shape", [(0, 12), (3, 0), (0, 0)])
def test_nothing_to_judge_gives_nothing(shape):
    charts = xmr(np.empty(shape))

    assert charts.mean.shape == shape[:1]
    assert charts.flags.shape == charts.rules.shape == shape


@pytest.mark.parametrize("values", [5.0, np.ones((2, 3, 9))], ids=["one number", "a cube"])
def test_what_is_neither_a_series_nor_a_matrix_is_refused(values):
    with pytest.raises(ValueError, match="one series or a matrix"):
        xmr(values)


@pytest.mark.parametrize("wrap", [list, lambda row: [row, [1, 2] * 5]], ids=["alone", "in a table"])
def test_an_infinite_value_is_refused(wrap):
    with pytest.raises(ValueError, match="infinite"):
        xmr(wrap([1, 2, 1, 2, np.inf, 2, 1, 2, 1, 2]))


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"fix_after": 7}, "fix_after 7 is too few"),
        ({"fix_after": 0}, "fix_after 0 is too few"),
        ({"run": 2}, "2 points make no run"),
        ({"monotone": 1}, "1 points make no run"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused(option, message):
    with pytest.raises(ValueError, match=message):
        xmr([[1, 2] * 6], **option)


@pytest.mark.parametrize(
    "most",
    [
        pytest.param(1e50, id="up to 1e50"),
        pytest.param(1.7e308, id="up to 1.7e308"),
    ],
)
def test_missing_zero_huge_and_tiny_numbers_raise_no_warning(most):
    odd = [np.nan, 0, 1, -1, 1 / most, -1 / most, most, -most]
    table = np.random.default_rng(6).choice(odd, size=(200, 30))

    for row in [*table, *(table / most), *(table[:, :9])]:
        xmr([row])
    charts = xmr(table, equal_breaks=False)

    assert charts.flags.shape == (200, 30)
    assert np.isfinite(charts.mean).any()
    for marks in (directions(table), monotone_run(table), monotone_run(table, equal_breaks=False)):
        assert marks.shape == (200, 30)


@pytest.mark.parametrize("k", range(5))
def test_rules_mark_nothing_in_a_series_shorter_than_a_run(k):
    ones, rising = np.ones(k), np.arange(k)

    found = [side_run(ones), monotone_run(rising), monotone_run(rising, equal_breaks=False)]

    assert all(marks.shape == (k,) and not marks.any() for marks in found)
    assert far_of_three(ones, ones).tolist() == ([1] * k if k >= 3 else [0] * k)


@pytest.mark.parametrize("equal_breaks", [True, False])
def test_points_missing_at_the_end_are_not_marked(equal_breaks):
    rising = [[*range(7), np.nan, np.nan], [np.nan] * 9]

    marks = monotone_run(rising, equal_breaks=equal_breaks)

    np.testing.assert_array_equal(marks, [[1] * 7 + [0, 0], [0] * 9])


# Assurance


def test_a_target_on_a_limit_is_inconsistent():
    lower, upper = 0.1 + 0.2, 0.7 + 0.1

    assert assurance(lower, upper, 0.3, 1) == 0
    assert assurance(lower, upper, 0.8, 1) == 0
    assert assurance(lower, upper, 0.29, 1) == 1
    assert assurance(lower, upper, 0.81, 1) == -1


def test_assurance_takes_the_shape_of_its_inputs():
    found = assurance([1, 5], [3, 7], [[4], [2]], [1, -1])

    np.testing.assert_array_equal(found, [[-1, -1], [0, -1]])


@pytest.mark.parametrize("missing", range(3))
def test_assurance_without_a_limit_or_a_target_is_missing(missing):
    inputs = [1.0, 3.0, 4.0]
    inputs[missing] = np.nan

    assert np.isnan(assurance(*inputs, 1))


@repeatable
@given(
    low=st.integers(-20, 20), width=st.integers(0, 20), target=st.integers(-40, 40),
    sign=st.sampled_from([1, -1]),
)  # fmt: skip
def test_assurance_mirrors_with_the_values_and_the_sign(low, width, target, sign):
    high = low + width

    found = assurance(low, high, target, sign)

    assert assurance(-high, -low, -target, -sign) == found
    assert assurance(low, high, target, -sign) == -found


@pytest.mark.parametrize("sign", [2, 0.5, np.nan])
def test_assurance_refuses_a_sign_that_is_none(sign):
    with pytest.raises(ValueError, match="a sign is not"):
        assurance(1, 3, [4, 5], [1, sign])
