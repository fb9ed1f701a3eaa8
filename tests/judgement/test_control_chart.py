"""xmr: whether the latest point of a long series is out of the ordinary."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kcc_lib.measures import Break
from kcc_lib.periods import parse_period
from kcc_lib.vocabulary import BreakGrade, Polarity

from .builders import judged, many_series, measure, reasons, rows_of, series

LIMITS = pd.read_csv(Path(__file__).parents[1] / "inference" / "cases" / "spc_limits.csv")
LIMITS = LIMITS[LIMITS["screen_outliers"] & LIMITS["fix_after"].isna()]
LIMITS["points"] = [[float(v) for v in text.split(";")] for text in LIMITS["values"]]
DRAWN = LIMITS[LIMITS["points"].str.len() >= 8]
#: Moving ranges of 10 about a mean of 5: limits at 5 ± 26.6, two thirds of the way at ± 17.7.
WIDE = [0.0, 10.0] * 8
#: And about a mean of 0, so that what follows moves the mean little.
NOISE = [-5.0, 5.0] * 8


def chart(values, *, first=1980, targets=None, **told):
    record = measure(**told)
    return judged(series(values, first=first), record, horizon="quarter", method="xmr",
                  targets=targets)  # fmt: skip


@pytest.mark.parametrize("case", DRAWN.to_dict("records"), ids=lambda c: c["case"])
def test_the_limits_are_the_published_ones(case):
    row = chart(case["points"])

    within = float(case["abs_tolerance"])
    assert row["value_from"] == pytest.approx(case["mean"], abs=max(within, 0.005))
    assert row["ci_low"] == pytest.approx(case["lower"], abs=within)
    assert row["ci_high"] == pytest.approx(case["upper"], abs=within)
    assert (row["basis"], row["n_points"]) == ("xmr_chart", len(case["points"]))


def test_the_standard_deviation_and_what_can_be_told_come_of_the_moving_range():
    row = chart(WIDE)

    assert row["se"] == pytest.approx(10 / 1.128)
    assert row["detectable_change"] == pytest.approx(26.6)
    assert row["change"] == pytest.approx(10 - 5)


LATEST = {
    "nothing out of the ordinary": (NOISE, 0),
    "beyond the upper limit": ([*NOISE, 60], 1),
    "beyond the lower limit": ([*NOISE, -60], -1),
    "seven rising": ([*NOISE, -6, -5, -4, -3, -2, -1, 0.1], 1),
    "six rising": ([*NOISE, -6, -5, -4, -3, -2, -1], 0),
    "seven falling, all above the mean": ([*NOISE, 7, 6, 5, 4, 3, 2.5, 2], -1),
    "seven rising, all below the mean": ([*NOISE, -7, -6, -5, -4, -3, -2.5, -2], 1),
    "equal neighbours in a rise": ([*NOISE, -6, -5, -4, -4, -3, -2, 0], 0),
    "seven above the mean": ([*NOISE, 3, 4, 3, 4, 3, 4, 3], 1),
    "seven below the mean": ([*NOISE, -3, -4, -3, -4, -3, -4, -3], -1),
    "six above the mean": ([*NOISE[:-1], -5, 3, 4, 3, 4, 3, 4], 0),
    "two of three far above": ([*NOISE, 6, 24, 25], 1),
    "two of three far below": ([*NOISE, -6, -24, -25], -1),
    "two of three far across the mean": ([*NOISE, 24, -1, 24], 0),
    "far above twice, the latest near": ([*NOISE, 24, 25, 6], 0),
}


@cache
def latest(polarity):
    """All of LATEST judged at once."""
    frame = many_series([(name, "a", values, 1980, {}) for name, (values, _) in LATEST.items()])
    records = [measure(name, polarity=polarity) for name in LATEST]
    return rows_of(frame, records, horizon="quarter", method="xmr")


@pytest.mark.parametrize("name", LATEST)
@pytest.mark.parametrize(
    ("polarity", "words"),
    [
        (Polarity.HIGHER, {1: "Improving", -1: "Not Improving", 0: "Maintaining"}),
        (Polarity.LOWER, {1: "Not Improving", -1: "Improving", 0: "Maintaining"}),
        (None, {1: "Increasing", -1: "Decreasing", 0: "No significant change"}),
    ],
)
def test_the_label_is_that_of_the_latest_point(name, polarity, words):
    assert latest(polarity)[name]["label"] == words[LATEST[name][1]]


def test_a_point_on_the_mean_breaks_a_run():
    below = [-3.0, 3.0] * 8  # the mean is 0, and the seven that follow keep it there
    run = [1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0]
    values = [*below, *[-v for v in run], *run]

    assert np.mean(values) == 0
    assert chart(values)["label"] == "Maintaining"


@pytest.mark.parametrize(
    ("n", "judged_at_all", "trial"), [(7, 0, 0), (8, 1, 1), (11, 1, 1), (12, 1, 0)]
)
def test_limits_need_eight_points_and_are_on_trial_below_twelve(n, judged_at_all, trial):
    row = chart((WIDE * 2)[:n])

    assert (row["label"] == "Not judged") == (not judged_at_all)
    assert ("trial_limits" in reasons(row)) == bool(trial)
    assert ("too_few_points" in reasons(row)) == (not judged_at_all)


def test_missing_points_are_left_out_before_they_are_counted():
    gaps = [v for pair in zip(WIDE, [np.nan] * 16, strict=True) for v in pair]

    whole, held = chart(WIDE), chart(gaps)

    assert held["n_points"] == 16
    assert [held["ci_low"], held["ci_high"]] == [whole["ci_low"], whole["ci_high"]]


@pytest.mark.parametrize("values", [[5.0] * 12, [5.0] * 11 + [5.0]])
def test_a_series_that_does_not_move_is_refused(values):
    row = chart(values)

    assert (row["label"], row["basis"]) == ("Not judged", "none")
    assert "no_movement_between_points" in reasons(row)


def test_limits_are_drawn_anew_after_a_hard_break():
    cut = Break(parse_period("1996"), BreakGrade.HARD, "new method")

    row = chart([*[500.0, 900.0] * 8, *WIDE], breaks=(cut,))

    assert (row["n_points"], row["period_from"]) == (16, "1996")
    assert (row["ci_low"], row["ci_high"]) == pytest.approx((5 - 26.6, 5 + 26.6))
    assert "break_hard" in reasons(row)


@pytest.mark.parametrize(
    ("target", "polarity", "reason"),
    [
        (-40.0, Polarity.HIGHER, "target_sure"),
        (40.0, Polarity.HIGHER, "target_out_of_reach"),
        (40.0, Polarity.LOWER, "target_sure"),
        (-40.0, Polarity.LOWER, "target_out_of_reach"),
        (5.0, Polarity.HIGHER, "target_met_by_chance"),
        (5.0, Polarity.LOWER, "target_met_by_chance"),
        (5.0, Polarity.NONE, None),
    ],
)
def test_a_target_is_sure_out_of_reach_or_met_by_chance(target, polarity, reason):
    targets = pd.DataFrame({"measure": ["m"], "target": [target], "floor": [np.nan]})

    row = chart(WIDE, polarity=polarity, targets=targets)

    said = reasons(row) & {"target_sure", "target_out_of_reach", "target_met_by_chance"}
    assert said == ({reason} if reason else set())
