"""Small-number suppression: which rows are left out, and that none can be worked out again."""

from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcc_lib.measures import Measure
from kcc_lib.records.concealing import NEVER, Cells, Sum, conceal
from kcc_lib.records.observations import check_files
from kcc_lib.records.suppression import (
    Adding,
    Counted,
    KnownSum,
    Rule,
    Subject,
    Suppression,
)
from kcc_lib.vocabulary import PeriodType, Statistic

HEAD = "measure,area,period,value,numerator,denominator,lower_ci,upper_ci,flags,source,note\n"
SHARE = Measure(
    "s", statistic=Statistic.PROPORTION, unit="%", decimals=1, period_type=PeriodType.CALENDAR_YEAR
)
COUNT = Measure("n", statistic=Statistic.COUNT, decimals=0, period_type=PeriodType.CALENDAR_YEAR)
MEASURES = {"s": SHARE, "n": COUNT}


def rule(name="n", threshold=5, *counts, only=(), zeros=False):
    counted = tuple(Counted(c) for c in counts or ("value",))
    return Rule(Subject.MEASURE, name, float(threshold), counted, only, zeros)


def load(tmp_path, rows, *rules, sums=(), measures=MEASURES):
    """The rows as they are told, what was withheld, and the faults."""
    path = Path(tmp_path) / "series.csv"
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows))
    suppression = Suppression(tuple(rules), tuple(sums))
    found, faults = check_files([path], ["series.csv"], suppression=suppression, measures=measures)
    return found, faults


def told(found):
    """The value of each row that is told, by measure, area and period."""
    kept = found.frame[found.frame["value"].notna()]
    key = zip(kept["measure"], kept["area"], kept["period"], strict=True)
    return dict(zip(key, kept["value"], strict=True))


# Primary suppression


@pytest.mark.parametrize(("count", "is_told"), [(0, True), (1, False), (4, False), (5, True)])
def test_counts_from_one_to_below_the_threshold_are_left_out_and_a_nought_is_told(
    tmp_path, count, is_told
):
    found, faults = load(tmp_path, [f"n,A,2018,{count},,,,,,DfE,"], rule())

    assert not faults
    assert (("n", "A", "2018") in told(found)) is is_told


def test_a_nought_is_left_out_where_the_rule_says_so(tmp_path):
    found, _ = load(tmp_path, ["n,A,2018,0,,,,,,DfE,"], rule(zeros=True))

    assert told(found) == {}


def test_a_share_of_few_people_is_left_out_with_everything_that_gives_it_back(tmp_path):
    row = 's,A,2018,1.1,3,280,0.4,3.1,p,"DfE; 3 of 280 children",3 of 280'
    found, _ = load(tmp_path, [row], rule("s", 5, "numerator"))

    line = found.frame.iloc[0]
    numbers = line[["value", "numerator", "denominator", "lower_ci", "upper_ci", "sample_size"]]
    assert numbers.isna().all()
    assert (line["flags"], line["source"], line["note"]) == ("c p", "DfE", "")


def test_a_share_of_all_but_few_people_is_left_out_where_the_others_are_people_too(tmp_path):
    rows = ["s,A,2018,98.9,277,280,,,,DfE,"]

    assert told(load(tmp_path, rows, rule("s", 5, "numerator"))[0])
    assert not told(load(tmp_path, rows, rule("s", 5, "numerator", "complement"))[0])


def test_a_count_that_is_not_given_is_worked_back_from_share_and_denominator(tmp_path):
    found, faults = load(
        tmp_path, ["s,A,2018,1.1,,280,,,,DfE,", "s,B,2018,40,,280,,,,DfE,"],
        rule("s", 5, "numerator"),
    )  # fmt: skip

    assert not faults
    assert list(told(found)) == [("s", "B", "2018")]


def test_a_count_that_rounding_leaves_in_doubt_is_left_out(tmp_path):
    # 0.1% of 5,000 may be 3 people or 7
    found, _ = load(tmp_path, ["s,A,2018,0.1,,5000,,,,DfE,"], rule("s", 5, "numerator"))

    assert told(found) == {}


def test_a_value_of_which_nobody_can_tell_how_many_it_counts_is_refused_without_quoting_it(
    tmp_path,
):
    _, faults = load(tmp_path, ["s,A,2018,1.1,,,,,,DfE,"], rule("s", 5, "numerator"))

    assert [(f.line, f.column, f.found) for f in faults] == [(2, "numerator", "")]
    assert "fewer than 5" in str(faults[0])


def test_a_rule_of_some_areas_leaves_the_others_alone(tmp_path):
    rows = ["n,A,2018,3,,,,,,DfE,", "n,B,2018,3,,,,,,DfE,"]
    found, _ = load(tmp_path, rows, rule(only=("A",)))

    assert list(told(found)) == [("n", "B", "2018")]


def test_a_rate_that_is_blank_does_not_tell_its_count(tmp_path):
    found, _ = load(tmp_path, ["s,A,2018,,3,280,,,x,DfE,"], rule("s", 5, "numerator"))

    assert found.frame["numerator"].isna().all()


def test_without_a_rule_nothing_is_left_out(tmp_path):
    found, _ = load(tmp_path, ["n,A,2018,3,,,,,,DfE,said"])

    assert told(found) == {("n", "A", "2018"): 3.0}
    assert found.frame["note"].tolist() == ["said"]


# Secondary suppression over the sums that observations stand in

COUNTY = KnownSum(Adding.AREAS, "K", ("A", "B", "C"))


def test_the_smallest_other_district_goes_with_one_that_the_county_would_give_back(tmp_path):
    rows = ["n,K,2018,60,,,,,,DfE,", "n,A,2018,3,,,,,,DfE,", "n,B,2018,40,,,,,,DfE,",
            "n,C,2018,17,,,,,,DfE,"]  # fmt: skip
    found, _ = load(tmp_path, rows, rule(), sums=[COUNTY])

    assert list(told(found)) == [("n", "B", "2018"), ("n", "K", "2018")]
    assert [(w.line, w.name) for w in found.withheld] == [(3, "n"), (5, "")]


def test_of_two_districts_as_small_the_first_goes(tmp_path):
    rows = ["n,K,2018,37,,,,,,DfE,", "n,A,2018,3,,,,,,DfE,", "n,B,2018,17,,,,,,DfE,",
            "n,C,2018,17,,,,,,DfE,"]  # fmt: skip
    found, _ = load(tmp_path, rows, rule(), sums=[COUNTY])

    assert list(told(found)) == [("n", "C", "2018"), ("n", "K", "2018")]


def test_two_districts_left_out_that_are_together_too_few_take_a_third_along(tmp_path):
    # the county less B is 3: the two districts together are as few as the rule forbids to tell
    rows = ["n,K,2018,43,,,,,,DfE,", "n,A,2018,1,,,,,,DfE,", "n,B,2018,40,,,,,,DfE,",
            "n,C,2018,2,,,,,,DfE,"]  # fmt: skip
    found, _ = load(tmp_path, rows, rule(), sums=[COUNTY])

    assert list(told(found)) == [("n", "K", "2018")]


def test_what_its_source_holds_back_is_not_given_away_either(tmp_path):
    rows = ["n,K,2018,60,,,,,,DfE,", "n,A,2018,,,,,,c,DfE,", "n,B,2018,40,,,,,,DfE,",
            "n,C,2018,17,,,,,,DfE,"]  # fmt: skip
    found, _ = load(tmp_path, rows, rule(), sums=[COUNTY])

    assert list(told(found)) == [("n", "B", "2018"), ("n", "K", "2018")]


def test_a_blank_that_others_may_know_protects_nobody(tmp_path):
    rows = ["n,K,2018,60,,,,,,DfE,", "n,A,2018,3,,,,,,DfE,", "n,B,2018,,,,,,x,DfE,",
            "n,C,2018,57,,,,,,DfE,"]  # fmt: skip
    found, _ = load(tmp_path, rows, rule(), sums=[COUNTY])

    assert list(told(found)) == [("n", "K", "2018")]


QUARTERS = {
    "q": Measure("q", statistic=Statistic.COUNT, period_type=PeriodType.FINANCIAL_QUARTER),
    "y": Measure("y", statistic=Statistic.COUNT, period_type=PeriodType.FINANCIAL_YEAR),
    "r": Measure("r", statistic=Statistic.COUNT, period_type=PeriodType.FINANCIAL_QUARTER,
                 rolling=True),
}  # fmt: skip


def quarters(values):
    spans = [f"201{7 + at // 4}-1{8 + at // 4} Q{at % 4 + 1}" for at in range(len(values))]
    return [f"q,A,{span},{value},,,,,,DfE," for span, value in zip(spans, values, strict=True)]


def test_a_quarter_cannot_be_worked_out_from_its_year(tmp_path):
    rows = [*quarters([3, 20, 9, 30]), "y,A,2017-18,62,,,,,,DfE,"]
    year = KnownSum(Adding.PERIODS, "y", ("q",))
    found, _ = load(tmp_path, rows, rule("q"), sums=[year], measures=QUARTERS)

    assert [key[2] for key in told(found)] == ["2017-18 Q2", "2017-18 Q4", "2017-18"]


def test_a_quarter_cannot_be_worked_out_from_two_rolling_years(tmp_path):
    # the later rolling year less the earlier is the fifth quarter less the first
    years = ["r,A,2017-18 Q4,62,,,,,,DfE,", "r,A,2018-19 Q1,67,,,,,,DfE,"]
    rows = [*quarters([3, 20, 9, 30, 8]), *years]
    rolling = KnownSum(Adding.PERIODS, "r", ("q",))
    found, _ = load(tmp_path, rows, rule("q"), sums=[rolling], measures=QUARTERS)

    kept = {key[:1] + key[2:] for key in told(found)}
    assert ("q", "2017-18 Q1") not in kept
    assert not {("q", "2018-19 Q1"), ("r", "2018-19 Q1"), ("r", "2017-18 Q4")} <= kept


def test_a_measure_cannot_be_worked_out_from_those_that_share_its_whole(tmp_path):
    rows = ["s,A,2018,1.1,3,280,,,,DfE,", "t,A,2018,98.9,277,280,,,,DfE,"]
    measures = {"s": SHARE, "t": SHARE}
    whole = KnownSum(Adding.WHOLE, "", ("s", "t"))

    few = rule("s", 5, "numerator")

    assert told(load(tmp_path, rows, few, sums=[whole], measures=measures)[0]) == {}


def test_a_measure_cannot_be_worked_out_from_one_that_has_no_rule_of_its_own(tmp_path):
    rows = ["n,A,2018,3,,,,,,DfE,", "m,A,2018,20,,,,,,DfE,", "all,A,2018,23,,,,,,DfE,"]
    measures = dict.fromkeys(("n", "m", "all"), COUNT)
    both = KnownSum(Adding.MEASURES, "all", ("n", "m"))
    found, _ = load(tmp_path, rows, rule(), sums=[both], measures=measures)

    assert [key[0] for key in told(found)] == ["all"]


# Secondary suppression in general


def table(counts):
    """The cells of a table with totals down and across, and every sum they stand in."""
    body = np.asarray(counts, dtype=float)
    full = np.zeros((body.shape[0] + 1, body.shape[1] + 1))
    full[:-1, :-1], full[-1, :-1] = body, body.sum(axis=0)
    full[:, -1] = full[:, :-1].sum(axis=1)
    cells = Cells()
    numbers = [cells.add(at, value, 5.0) for at, value in enumerate(full.ravel().tolist())]
    at = np.asarray(numbers).reshape(full.shape)
    cells.sums += [Sum(int(row[-1]), tuple(row[:-1].tolist())) for row in at]
    cells.sums += [Sum(int(column[-1]), tuple(column[:-1].tolist())) for column in at.T]
    return cells, full


def small(full, threshold=5):
    return set(np.flatnonzero((full.ravel() > 0) & (full.ravel() < threshold)).tolist())


def worked_out(cells, hidden):
    """The cells left out that the others give, by elimination: how anybody would do it."""
    out = sorted(hidden)
    rows = [
        [(-1.0 if c == s.total else 1.0) if c in s.cells else 0.0 for c in out] for s in cells.sums
    ]
    matrix = np.asarray(rows)
    rank = np.linalg.matrix_rank(matrix)
    return [
        c for at, c in enumerate(out)
        if np.linalg.matrix_rank(np.vstack([matrix, np.eye(len(out))[at]])) == rank
    ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.integers(2, 4).flatmap(
        lambda width: st.lists(
            st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=2, max_size=4
        )
    )
)
def test_no_cell_left_out_of_a_table_can_be_worked_out_from_the_others(counts):
    cells, full = table(counts)
    hidden = conceal(cells, small(full))

    assert small(full) <= hidden
    assert worked_out(cells, hidden) == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=2), min_size=2, max_size=2))
def test_every_cell_left_out_could_be_another_number(counts):
    # by trying all tables of whole numbers, noughts told, that agree with what is told
    cells, full = table(counts)
    hidden = sorted(conceal(cells, small(full)))
    spans = [
        range(1, 22) if r * 3 + c in hidden else [int(full[r, c])]
        for r in range(2) for c in range(2)
    ]  # fmt: skip
    a, b, c, d = np.asarray(list(product(*spans))).T
    every = np.stack([a, b, a + b, c, d, c + d, a + c, b + d, a + b + c + d])
    same = [at for at in range(9) if at not in hidden]
    fits = every[:, (every[same] == full.ravel()[same, None]).all(axis=0)]

    assert all(len(set(fits[cell].tolist())) > 1 for cell in hidden)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=2, max_size=3))
def test_leaving_out_again_leaves_out_nothing_more(counts):
    cells, full = table(counts)
    once = conceal(cells, small(full))
    cells.value = [float("nan") if at in once else v for at, v in enumerate(cells.value)]

    assert conceal(cells, once) == once


def test_a_table_without_small_counts_stays_whole():
    cells, full = table([[0, 7], [12, 5]])

    assert conceal(cells, small(full)) == frozenset()


def test_what_others_publish_is_never_chosen():
    cells = Cells()
    total = cells.add(NEVER, 10.0)
    cells.sums.append(Sum(total, (cells.add(0, 3.0, 5.0), cells.add(1, 7.0, 5.0))))

    assert conceal(cells, {0}) == {0, 1}
