"""Whatever figures come, every series gets a word, or a refusal with a reason, and no warning.

Hypothesis makes workbooks of any statistic, polarity, unit, frequency and period; the faults
that it and longer private runs have found stand below it, one test each.
"""

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcc_lib.judgement.assess import assess
from kcc_lib.judgement.columns import JUDGEMENT_COLUMNS
from kcc_lib.judgement.methods import METHODS
from kcc_lib.measures import Break, Measure, Window
from kcc_lib.periods import following, parse_period
from kcc_lib.reasons import Basis, Reason
from kcc_lib.vocabulary import (
    BreakGrade,
    Direction,
    Frequency,
    Kind,
    Label,
    PeriodType,
    Polarity,
    Rag,
    Statistic,
)

pytestmark = pytest.mark.fuzz

METHOD_PRESETS = [(name, preset) for name, m in METHODS.items() for preset in m.presets]
REFUSALS = {str(Label.NOT_JUDGED), str(Label.NOT_APPLICABLE)}
MOVES = {"Improving": 1, "Not Improving": -1, "Increasing": 1, "Decreasing": -1}
WORDS = {
    "label": set(Label),
    "basis": set(Basis),
    "rag": {"", *Rag},
    "direction": {"", *Direction},
    "ci_overlap_label": {"", *Label},
    "label_without_provisional": {"", *Label},
    "fragile": {"", "yes", "no"},
    "tests_disagree": {"", "yes", "no"},
    "loo_stable": {"", "yes", "no"},
    "sensitive_to_provisional": {"", "yes", "no"},
}
TEXTS = ["measure", "area", "period_from", "period_to", "agrees", "published_label", "reasons"]
#: Verdicts of these rest on a p-value: without one there is nothing to rest on.
NO_P_NEEDED = {
    "ols_t", "variance_5_percent", "variance_5_points", "moving_range", "last_period_sign",
    "xmr_chart", "interval_overlap", "none",
}  # fmt: skip


def run_of(first, kind, months, points=15):
    start = parse_period(first, kind)
    return [following(start, months * i) for i in range(points)]


GRIDS = [
    (Frequency.YEARLY, run_of("2005", PeriodType.CALENDAR_YEAR, 12)),
    (Frequency.YEARLY, run_of("2005-06", PeriodType.ACADEMIC_YEAR, 12)),
    (Frequency.TWO_YEARLY, run_of("1993", PeriodType.CALENDAR_YEAR, 24)),
    (Frequency.QUARTERLY, run_of("2015-16 Q2", PeriodType.FINANCIAL_QUARTER, 3)),
    (Frequency.MONTHLY, run_of("Nov 2017", PeriodType.MONTH, 1)),
    (Frequency.YEARLY, run_of("Mar 2005", PeriodType.SNAPSHOT, 12)),
    (Frequency.QUARTERLY, run_of("12 months to Mar 2015", PeriodType.ROLLING_YEAR, 3)),
    (Frequency.YEARLY, run_of("12 months to Mar 2005", PeriodType.ROLLING_YEAR, 12)),
    (Frequency.YEARLY, run_of("2005 to 2007", PeriodType.POOLED_YEARS, 12)),
]
WHOLE = st.integers(0, 100).map(float)
SHAPES = st.sampled_from(
    [WHOLE, st.just(50.0), st.floats(0, 100), st.sampled_from([0.0, 100.0]),
     st.floats(0, 1000).map(lambda v: round(v, 1)), st.sampled_from([0.0, 1e-300, 1e300, 1.0]),
     st.floats(-100, 100), st.just(1e300), st.just(1e-300)]
)  # fmt: skip
SIZES = st.sampled_from([3, 20, 300, 20_000, 1_000_000])
FLAGS = st.sampled_from(["", "", "", "", "p", "i", "p r", "b", "d"])


@st.composite
def figures(draw, statistic, signed):
    """Values with their flags and evidence: a column of each, or none."""
    points = draw(st.integers(0, 15))
    values = np.array(draw(st.lists(draw(SHAPES), min_size=points, max_size=points)), dtype=float)
    values = values if signed else np.abs(values)
    gaps = draw(st.lists(st.integers(0, 9), min_size=points, max_size=points))
    values[np.array(gaps, dtype=int) == 0] = np.nan
    told, base = {}, float(draw(SIZES))
    if statistic is Statistic.PROPORTION:
        values = np.minimum(values, 100)
    evidence = draw(st.sampled_from(["counts", "interval", "sample", "one year", "nothing"]))
    counted = statistic in {Statistic.PROPORTION, Statistic.COUNT, Statistic.RATE}
    if evidence == "counts" and counted:
        told["denominator"] = np.full(points, base)
        told["numerator"] = np.round(np.minimum(values, 100) * base / 100)
        values = told["numerator"] / base * 100
        if statistic is Statistic.COUNT:
            values = told["numerator"].copy()
    elif evidence == "sample" and statistic in {Statistic.PROPORTION, Statistic.MEAN}:
        told["sample_size"] = np.full(points, base)
        told["standard_deviation"] = np.full(points, draw(st.sampled_from([0.1, 7.0])))
    elif evidence in {"interval", "one year"}:
        half = draw(st.sampled_from([0.0, 0.01, 1.5, 40.0]))
        given_in = np.arange(points) % 2 == 0 if evidence == "one year" else True
        told["lower_ci"] = np.where(given_in, values - half, np.nan)
        told["upper_ci"] = np.where(given_in, values + half, np.nan)
    flags = draw(st.lists(FLAGS, min_size=points, max_size=points))
    flags = np.where(np.isnan(values), "x", np.array(flags, dtype=object))
    return {"value": values, "flags": flags} | told


@st.composite
def measures(draw, code, grid, frequency):
    """A catalogue's entry of any kind."""
    at = draw(st.sampled_from(grid))
    breaks = [(), (Break(at, BreakGrade.HARD, "new"),), (Break(at, BreakGrade.NOTED, "new"),)]
    return Measure(
        code,
        kind=draw(st.sampled_from(list(Kind))),
        statistic=draw(st.sampled_from([None, *Statistic])),
        polarity=draw(st.sampled_from([None, *Polarity])),
        unit=draw(st.sampled_from(["", "%", "£"])),
        decimals=draw(st.sampled_from([None, 0, 1])),
        period_type=grid[0].period_type,
        frequency=frequency,
        survey=draw(st.booleans()),
        rounding=draw(st.sampled_from([None, None, 5.0])),
        standardised=draw(st.sampled_from([False, False, True])),
        breaks=draw(st.sampled_from(breaks)),
    )


@st.composite
def workbooks(draw):
    """Two to six measures of one area, with what an edition adds to them."""
    frames, known, windows, targets = [], {}, [], []
    for number in range(draw(st.integers(2, 6))):
        code = f"m{number}"
        frequency, grid = draw(st.sampled_from(GRIDS))
        known[code] = draw(measures(code, grid, frequency))
        signed = known[code].signed and not known[code].percentage
        frames.append(frame_of(code, grid, draw(figures(known[code].statistic, signed))))
        ends = sorted(draw(st.tuples(st.integers(1, 14), st.integers(1, 14))))
        first, last = grid[ends[0]], grid[ends[1]]
        windows.append(Window(code, grid[ends[1] - 1], last, first, draw(st.sampled_from([last]))))
        targets.append((code, draw(st.sampled_from([0.0, 50.0, 95.5])), np.nan))
    more = {}
    if draw(st.booleans()):
        more["windows"] = windows
        more["base_end"] = draw(st.sampled_from([None, date(2010, 12, 31)]))
    if draw(st.booleans()):
        more["targets"] = pd.DataFrame(targets, columns=["measure", "target", "floor"])
    return pd.concat(frames, ignore_index=True), known, more


def frame_of(code, grid, told):
    """A tidy frame of one series on the first periods of a grid, typed as loading types it."""
    points = len(told["value"])
    periods = grid[:points]
    frame = pd.DataFrame(
        {
            "measure": [code] * points,
            "area": ["a"] * points,
            "period": [p.label for p in periods],
            "flags": list(told.get("flags", [""] * points)),
        },
        dtype="str",
    )
    frame["period_start"] = pd.to_datetime([p.start for p in periods])
    frame["period_end"] = pd.to_datetime([p.end for p in periods])
    frame["time"] = np.array([p.middle for p in periods], dtype=float)
    for name in ("value", "numerator", "denominator", "lower_ci", "upper_ci", "sample_size"):
        frame[name] = np.asarray(told.get(name, np.full(points, np.nan)), dtype=float)
    for name in told.keys() - set(frame.columns):
        frame[name] = np.asarray(told[name], dtype=float)
    return frame


CHOICES = st.fixed_dictionaries(
    {},
    optional={
        "alpha": st.sampled_from([0.01, 0.2, 0.5]),
        "min_points": st.sampled_from([3, 5, 8]),
        "max_gap": st.sampled_from([2, 5]),
        "survey_rule": st.sampled_from(["test", "interval_overlap"]),
        "fallback": st.sampled_from(["none", "variance", "xmr"]),
        "design_effect": st.sampled_from([2.0, 100.0]),
        "mode": st.sampled_from(["relative", "points"]),
        "inclusive": st.booleans(),
        "shown": st.sampled_from([3, 6]),
    },
)


def assert_sound(found, known, horizons):
    """Every row is a word or a refusal with a reason, and its numbers can be true together."""
    assert tuple(found.columns) == JUDGEMENT_COLUMNS
    assert len(found) == len(known) * horizons
    for row in found.to_dict("records"):
        assert all(isinstance(row[name], str) for name in TEXTS), row
        assert all(row[name] in words for name, words in WORDS.items()), row
        codes = row["reasons"].split()
        assert set(codes) <= set(Reason), row
        assert len(set(codes)) == len(codes), row
        refused = row["label"] in REFUSALS
        assert refused == (row["basis"] == "none"), row
        assert codes or not refused, row
        p, q = row["p_value"], row["q_value"]
        assert math.isnan(p) or 0 <= p <= 1, row
        assert math.isnan(p) == math.isnan(q), row
        assert not q < p - 1e-15, row
        assert not (refused and p == p), row
        assert row["basis"] in NO_P_NEEDED or not math.isnan(p), row
        assert not row["ci_low"] > row["ci_high"], row
        assert math.isnan(row["ci_low"]) == math.isnan(row["ci_high"]), row
        assert not row["next_rise_from"] > row["next_rise_to"], row
        assert not row["next_fall_from"] > row["next_fall_to"], row
        assert not row["se"] < 0, row
        assert not row["detectable_change"] < 0, row
        polarity = known[row["measure"]].polarity
        sign = 0 if polarity is None else polarity.sign
        way = MOVES.get(row["label"], 0) * (sign or 1)
        # a chart's point may lie on one side of the mean and run to the other
        assert way == 0 or row["basis"] == "xmr_chart" or np.sign(row["change"]) == way, row
        judged_words = {"Improving", "Not Improving", "Maintaining"}
        assert refused or (row["label"] in judged_words) == (sign != 0), row


@pytest.mark.parametrize(("method", "preset_name"), METHOD_PRESETS)
@given(workbooks(), CHOICES)
@settings(max_examples=5, derandomize=True, deadline=None)
def test_every_series_gets_a_word_or_a_refusal_with_a_reason(method, preset_name, book, options):
    frame, known, more = book
    heeded = {name: option for name, option in options.items() if name in METHODS[method].reads}
    told = {"method": method, "preset_name": preset_name, "options": heeded, "areas": ["a"]}

    found = assess(frame, known, **told, **more)

    assert_sound(found, known, len(METHODS[method].judges))


@given(workbooks())
@settings(max_examples=2, derandomize=True, deadline=None)
def test_the_same_figures_get_the_same_answer(book):
    frame, known, more = book

    one, again = (assess(frame, known, areas=["a"], **more) for _ in range(2))

    pd.testing.assert_frame_equal(one, again)


@pytest.mark.parametrize(("method", "preset_name"), METHOD_PRESETS)
@pytest.mark.parametrize("points", [0, 1, 2])
def test_two_points_one_and_none_get_an_answer(method, preset_name, points):
    frame = frame_of("m", GRIDS[0][1], {"value": [50.0, 60.0][:points]})
    known = {"m": Measure("m", polarity=Polarity.HIGHER)}

    found = assess(frame, known, method=method, preset_name=preset_name, areas=["a"])

    assert_sound(found, known, len(METHODS[method].judges))


# Figures that loading refuses, or that hardly ever come: each a fault once found


def row_of(values, *, statistic, method="significance-2019", options=None, **told):
    grid = run_of("2003 to 2005", PeriodType.POOLED_YEARS, 12) if "year_numerator" in told else None
    frame = frame_of("m", grid or GRIDS[0][1], {"value": values} | told)
    known = {"m": Measure("m", statistic=statistic, polarity=Polarity.HIGHER)}
    found = assess(frame, known, method=method, areas=["a"], options=options)
    return found, known, len(METHODS[method].judges)


HELD = {"denominator": [10.0, 10.0], "other_denominator": [10.0, 10.0]}
SPREADLESS = {
    "a net balance on which all agree": (
        [100, -100],
        Statistic.NET_BALANCE,
        {"numerator": [10, 0], "other_numerator": [0, 10], **HELD},
    ),
    "a gap of all and nobody": (
        [100, -100],
        Statistic.GAP,
        {"numerator": [10, 0], "other_numerator": [0, 10], **HELD},
    ),
    "means of cases that are all alike": (
        [50, 60],
        Statistic.MEAN,
        {"standard_deviation": [0, 0], "sample_size": [30, 30]},
    ),
    "means of one case": (
        [50, 60],
        Statistic.MEAN,
        {"standard_deviation": [1, 1], "sample_size": [1, 1]},
    ),
    "a pooled share whose years count nobody": (
        [5, 5, 5, 9],
        Statistic.PROPORTION,
        {"year_numerator": [0, 0, 0, 0], "year_denominator": [50] * 4},
    ),
}
IMPOSSIBLE = {
    "more than all": ([90, 120], Statistic.PROPORTION, {"numerator": [90, 120]}),
    "of nobody": ([0, 50], Statistic.PROPORTION, {"numerator": [0, 50], "denominator": [0, 100]}),
    "fewer than none": ([5, 50], Statistic.RATE, {"numerator": [-5, 50]}),
    "per nobody": ([5, 50], Statistic.RATE, {"numerator": [5, 50], "denominator": [0, 100]}),
    "above 100%": ([90, 120], Statistic.PROPORTION, {"sample_size": [100, 100]}),
}


@pytest.mark.parametrize("case", list(SPREADLESS))
def test_evidence_that_shows_no_spread_is_no_basis_for_a_verdict(case):
    values, statistic, told = SPREADLESS[case]

    assert_sound(*row_of(values, statistic=statistic, **told))


@pytest.mark.parametrize("case", list(IMPOSSIBLE))
def test_impossible_counts_are_no_basis_for_a_verdict(case):
    values, statistic, told = IMPOSSIBLE[case]

    assert_sound(*row_of(values, statistic=statistic, **({"denominator": [100, 100]} | told)))


@pytest.mark.parametrize("method", ["significance-2019", "regression-2020"])
def test_a_slope_that_is_called_a_movement_is_not_printed_as_none(method):
    values = 1e9 + np.arange(5) + [0, 0.3, -0.1, 0.2, 0]

    assert_sound(*row_of(values, statistic=None, method=method))


def test_a_small_count_beside_a_huge_one_is_tested_in_little_memory():
    told = {"numerator": [5, 1e17], "denominator": [1e6, 1e6]}

    assert_sound(*row_of([5, 50], statistic=Statistic.RATE, **told))


@pytest.mark.parametrize("statistic", [Statistic.RATE, Statistic.COUNT])
def test_no_events_beside_a_value_above_nothing_raise_no_warning(statistic):
    told = {"numerator": [0, 0], "denominator": [100, 100]}

    assert_sound(*row_of([0.4, 0.5], statistic=statistic, **told))


ENORMOUS = {
    "a line": ([1.0, -1e308, 1e308, -1e308, 1e308], None, {}, "significance-2019"),
    "a share": ([1.0, -1e308, 1e308, -1e308, 1e308], None, {}, "variance-2017"),
    "moving ranges": ([1e308, -1e308] * 5, None, {}, "significance-2019"),
    "a ratio": (
        [1e-300, 1e300], Statistic.RATIO, {"numerator": [9, 9], "denominator": [9, 9]},
        "significance-2019",
    ),
    "a base": (
        [5, 50], Statistic.RATE, {"numerator": [50, 1e300], "denominator": [1e6, 1e300]},
        "significance-2019",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", list(ENORMOUS))
def test_enormous_figures_raise_no_warning(case):
    values, statistic, told, method = ENORMOUS[case]
    options = {"fallback": "xmr"} if case == "moving ranges" else None

    assert_sound(*row_of(values, statistic=statistic, method=method, options=options, **told))


@pytest.mark.parametrize("method", METHODS)
def test_an_infinite_value_is_refused_by_every_method(method):
    # loading refuses it with file and line; whoever comes without loading is refused here
    told = {
        "value": [50.0] * 8 + [np.inf, np.inf],
        "lower_ci": [40.0] * 10,
        "upper_ci": [60.0] * 10,
    }
    known = {"m": Measure("m", statistic=Statistic.RATE, polarity=Polarity.HIGHER)}

    with pytest.raises(ValueError, match="infinite"):
        assess(frame_of("m", GRIDS[0][1], told), known, method=method)


def test_an_infinite_limit_is_refused():
    told = {"lower_ci": [40.0, -np.inf], "upper_ci": [60.0, np.inf]}

    with pytest.raises(ValueError, match="lower_ci of m, a, 2006 is infinite"):
        row_of([50, 58], statistic=Statistic.RATE, **told)


def test_no_measures_make_no_judgements():
    frame = frame_of("m", GRIDS[0][1], {"value": [50.0, 60.0]})

    assert assess(frame, {}).empty
