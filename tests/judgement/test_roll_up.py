"""Supporting outcomes: one word for many judgements, held to the words of the 2017 report."""

import itertools
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from kcc_lib.judgement.roll_up import ROLL_UP_COLUMNS, combine, roll_up
from kcc_lib.vocabulary import Label

from .builders import measure

IMPROVING, MAINTAINING, NOT_IMPROVING, MIXED = "Improving", "Maintaining", "Not Improving", "Mixed"


@pytest.mark.parametrize(
    ("horizon", "improving", "maintaining", "not_improving", "mixed"),
    [("1-year", 5, 8, 1, 6), ("3-year", 11, 1, 1, 7)],
)
def test_the_published_overall_words_of_2017_are_mixed(
    horizon, improving, maintaining, not_improving, mixed
):
    assert improving + maintaining + not_improving + mixed == 20
    assert combine(improving, maintaining, not_improving, mixed) == MIXED


def test_two_improving_and_two_not_is_mixed_as_the_report_says():
    assert combine(2, 0, 2) == MIXED


@pytest.mark.parametrize(
    ("counts", "label"),
    [
        ((0, 0, 0, 0), "Not judged"),
        ((1, 0, 0, 0), IMPROVING),
        ((0, 1, 0, 0), MAINTAINING),
        ((0, 0, 1, 0), NOT_IMPROVING),
        ((0, 0, 0, 1), MIXED),
        # more than half, where nothing is in conflict
        ((2, 1, 0, 0), IMPROVING),
        ((0, 1, 2, 0), NOT_IMPROVING),
        ((1, 2, 0, 0), MAINTAINING),
        # ties
        ((1, 1, 0, 0), MAINTAINING),
        ((0, 1, 1, 0), MAINTAINING),
        ((1, 0, 1, 0), MIXED),
        # in conflict: more than two thirds, and exactly two thirds
        ((2, 0, 1, 0), MIXED),
        ((3, 0, 1, 0), IMPROVING),
        ((1, 0, 2, 0), MIXED),
        ((1, 0, 3, 0), NOT_IMPROVING),
        ((1, 4, 1, 0), MIXED),
        ((1, 5, 1, 0), MAINTAINING),
        ((2, 0, 0, 1), MIXED),
        ((3, 0, 0, 1), IMPROVING),
        ((0, 3, 0, 1), MAINTAINING),
    ],
)
def test_one_word_for_counts(counts, label):
    assert combine(*counts) == label


def test_every_small_outcome_follows_the_rule_in_words():
    """All outcomes of up to seven measures, the rule of METHODS 4.7 in fractions."""
    every = [c for c in itertools.product(range(8), repeat=4) if 0 < sum(c) <= 7]

    found = combine(*np.array(every).T)

    for (i, m, n, x), label in zip(every, found, strict=True):
        whole = i + m + n + x
        words = dict(zip((IMPROVING, MAINTAINING, NOT_IMPROVING, MIXED), (i, m, n, x), strict=True))
        if (i and n) or x:
            clear = [w for w, k in words.items() if Fraction(k, whole) > Fraction(2, 3)]
            expected = clear[0] if clear else MIXED
        else:
            most = [
                w for w in (IMPROVING, NOT_IMPROVING) if Fraction(words[w], whole) > Fraction(1, 2)
            ]
            expected = most[0] if most else MAINTAINING
        assert label == expected, (i, m, n, x)


def judgements(*rows):
    columns = ["measure", "area", "horizon", "label"]
    return pd.DataFrame(rows, columns=columns).assign(method="variance-2017")


MEASURES = {
    **{f"1.1{i}": measure(f"1.1{i}", supporting_outcome="1.1") for i in range(1, 6)},
    "1.21": measure("1.21", supporting_outcome="1.2"),
    "K1": measure("K1", directorate="GET"),
    "free": measure("free"),
}


def test_only_words_that_judge_count_and_the_counts_stand_beside():
    rows = [
        ("1.11", "a", "1-year", "Improving"),
        ("1.12", "a", "1-year", "Improving"),
        ("1.13", "a", "1-year", "Not judged"),
        ("1.14", "a", "1-year", "Increasing"),
        ("1.15", "a", "1-year", "N/A"),
    ]

    row = roll_up(judgements(*rows), MEASURES).iloc[0]

    assert (row["outcome"], row["label"]) == ("1.1", "Improving")
    counts = ["improving", "maintaining", "not_improving", "mixed", "judged", "measures", "net"]
    assert list(row[counts]) == [2, 0, 0, 0, 2, 5, 2]
    assert row["reasons"] == ""


@pytest.mark.parametrize(
    "label",
    [v.value for v in Label if v.value not in {IMPROVING, MAINTAINING, NOT_IMPROVING, MIXED}],
)
def test_what_is_no_verdict_is_not_counted(label):
    row = roll_up(judgements(("1.11", "a", "1-year", label)), MEASURES).iloc[0]

    assert (row["label"], row["judged"], row["measures"]) == ("Not judged", 0, 1)


def test_a_word_that_rests_on_one_measure_has_the_reports_asterisk():
    rows = [("1.11", "a", "1-year", "Not Improving"), ("1.12", "a", "1-year", "Not judged")]

    row = roll_up(judgements(*rows), MEASURES).iloc[0]

    assert (row["label"], row["reasons"], row["net"]) == ("Not Improving", "single_measure", -1)


def test_outcomes_areas_and_horizons_are_kept_apart():
    rows = [
        ("1.11", "a", "1-year", "Improving"),
        ("1.11", "a", "long-term", "Not Improving"),
        ("1.11", "b", "1-year", "Maintaining"),
        ("1.21", "a", "1-year", "Mixed"),
    ]

    found = roll_up(judgements(*rows), MEASURES)

    assert tuple(found.columns) == ROLL_UP_COLUMNS
    keyed = found.set_index(["outcome", "area", "horizon"])["label"].to_dict()
    assert keyed == {
        ("1.1", "a", "1-year"): "Improving",
        ("1.1", "a", "long-term"): "Not Improving",
        ("1.1", "b", "1-year"): "Maintaining",
        ("1.2", "a", "1-year"): "Mixed",
    }


def test_a_kpi_counts_under_its_directorate_and_a_measure_of_neither_nowhere():
    rows = [("K1", "a", "quarter", "Improving"), ("free", "a", "quarter", "Improving")]

    found = roll_up(judgements(*rows), MEASURES)

    assert list(found["outcome"]) == ["GET"]


def test_nothing_to_combine_is_an_empty_table():
    found = roll_up(judgements(("free", "a", "1-year", "Improving")), MEASURES)

    assert found.empty
    assert tuple(found.columns) == ROLL_UP_COLUMNS
