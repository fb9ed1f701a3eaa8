"""The gate: totals, counts and claims worked out again; the report's own contradictions."""

import math

import pytest

from kcc_lib.judgement.reconcile import Agreement, check_claim, check_counts, check_footing
from kcc_lib.quarterly import (
    Axis,
    Claim,
    ClaimKind,
    Footing,
    ListedKpi,
    PrintedCell,
    PrintedCounts,
    PrintedTable,
)
from kcc_lib.vocabulary import Direction, Rag


def table(cells, *footings):
    found = tuple(
        PrintedCell(row, "", column, value) for row, told in cells.items()
        for column, value in told.items()
    )  # fmt: skip
    return PrintedTable("t", "Table", "d", "Row", found, footings)


def grades(found):
    return [f.agreement for f in found]


def test_parts_that_add_to_their_total_agree_column_by_column():
    footing = Footing("Total", ("a", "b"))
    printed = table(
        {"a": {"x": 1, "y": 2}, "b": {"x": 3, "y": 4}, "Total": {"x": 4, "y": 7}}, footing
    )

    found = check_footing(printed, footing)

    assert grades(found) == [Agreement.AGREES, Agreement.CONTRADICTS]
    assert (found[1].stated, found[1].found) == (7, 6)


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        (158, Agreement.AGREES),
        (159, Agreement.ROUNDING),
        (160, Agreement.CONTRADICTS),
    ],
)
def test_rounded_parts_may_miss_their_total_by_half_a_step_each(total, grade):
    footing = Footing("Total", ("a", "b"), rounded_to=1)
    printed = table({"a": {"x": 100}, "b": {"x": 58}, "Total": {"x": total}}, footing)

    assert grades(check_footing(printed, footing)) == [grade]


def test_parts_are_added_across_where_the_total_is_a_column():
    footing = Footing("Total", ("2015", "2016"), Axis.COLUMNS)
    years = {"a": {"2015": 1, "2016": 2, "Total": 3}, "b": {"2015": 5, "2016": 5, "Total": 9}}
    printed = table(years, footing)

    assert grades(check_footing(printed, footing)) == [Agreement.AGREES, Agreement.CONTRADICTS]


def test_a_part_blank_in_print_is_left_out_and_counted_never_taken_for_nought_unsaid():
    footing = Footing("Total", ("a", "b"))
    printed = table({"a": {"x": 4}, "b": {"x": math.nan}, "Total": {"x": 4}}, footing)

    found = check_footing(printed, footing)[0]

    assert (found.agreement, found.blanks, len(found.parts)) == (Agreement.AGREES, 1, 2)


def listed(rag, direction=None):
    return ListedKpi("m", "d", rag, direction=direction)


def test_a_printed_count_agrees_with_the_kpis_stated_so():
    counts = [PrintedCounts("d", {"Green": 2, "Red": 1}), PrintedCounts("", {"Green": 2, "Red": 1})]
    kpis = [listed(Rag.GREEN), listed(Rag.GREEN), listed(Rag.RED)]

    assert set(grades(check_counts(counts, kpis))) == {Agreement.AGREES}


def test_a_count_above_those_stated_is_open_where_print_does_not_say_and_wrong_where_it_does():
    counts = [PrintedCounts("d", {"same": 1})]
    silent = [listed(Rag.GREEN), listed(Rag.GREEN, Direction.IMPROVED)]
    outspoken = [listed(Rag.GREEN, Direction.IMPROVED)] * 2

    assert Agreement.NOT_SETTLED in grades(check_counts(counts, silent))
    assert Agreement.CONTRADICTS in grades(check_counts(counts, outspoken))


def test_more_stated_than_counted_contradicts_whatever_else_print_leaves_out():
    counts = [PrintedCounts("d", {"same": 1})]
    kpis = [listed(Rag.GREEN, Direction.SAME)] * 2 + [listed(Rag.GREEN)]

    found = next(f for f in check_counts(counts, kpis) if "same" in f.what)

    assert (found.agreement, found.stated, found.found) == (Agreement.CONTRADICTS, 1, 2)


def test_rows_that_do_not_add_to_the_printed_total_contradict():
    counts = [PrintedCounts("d", {"Green": 1}), PrintedCounts("", {"Green": 2})]

    found = [
        f
        for f in check_counts(counts, [listed(Rag.GREEN)])
        if "all" in f.what and "Green" in f.what
    ]

    assert grades(found) == [Agreement.CONTRADICTS]


@pytest.mark.parametrize(
    ("kind", "stated", "figures", "grade"),
    [
        # from the council's report of Quarter 1 2017/18, by the ids of the list of contradictions
        pytest.param(ClaimKind.CHANGE, -4, (153, 157), Agreement.CONTRADICTS, id="A01"),
        pytest.param(
            ClaimKind.PERCENT_CHANGE, 12, (3101, 3487), Agreement.AGREES, id="A02, the size"
        ),
        pytest.param(ClaimKind.TOTAL, 142, (48.6, 30.6, 44.2), Agreement.CONTRADICTS, id="A04"),
        pytest.param(ClaimKind.COUNT, 11, (10,), Agreement.CONTRADICTS, id="A08"),
        pytest.param(ClaimKind.PERCENT_CHANGE, 16, (880, 1004), Agreement.CONTRADICTS, id="A11"),
        pytest.param(ClaimKind.SHARE, 90.2, (501, 547), Agreement.CONTRADICTS, id="A15"),
    ],
)
def test_a_claim_is_worked_out_again_from_its_figures(kind, stated, figures, grade):
    found = check_claim(Claim("c", kind, "says", stated, figures))

    assert found.agreement is grade


def test_a_percentage_agrees_as_far_as_its_last_digit_can_tell():
    exact = Claim("c", ClaimKind.SHARE, "says", 91.6, (501, 547))
    coarse = Claim("c", ClaimKind.SHARE, "says", 92, (501, 547))
    wrong = Claim("c", ClaimKind.SHARE, "says", 91.5, (501, 547))

    assert grades(map(check_claim, (exact, coarse, wrong))) == [
        Agreement.AGREES, Agreement.AGREES, Agreement.CONTRADICTS,
    ]  # fmt: skip


def test_a_claim_of_another_period_contradicts():
    claim = Claim("c", ClaimKind.PERIOD, "says", stated_period="year to June 2016",
                  held_period="year to June 2017")  # fmt: skip

    assert check_claim(claim).agreement is Agreement.CONTRADICTS


def test_a_claim_whose_figures_are_not_held_is_not_settled():
    assert check_claim(Claim("c", ClaimKind.TOTAL, "says", 3.0)).agreement is Agreement.NOT_SETTLED


@pytest.mark.parametrize(
    ("stated", "grade"),
    [(-8.8, Agreement.AGREES), (-9.1, Agreement.ROUNDING), (-10.1, Agreement.CONTRADICTS)],
)
def test_a_percentage_of_rounded_figures_may_be_that_of_the_unrounded_ones(stated, grade):
    # 159 and 145 thousand calls: from 158.5 to 145.5 at one end, from 159.5 to 144.5 at the other
    claim = Claim("c", ClaimKind.PERCENT_CHANGE, "says", stated, (159, 145), rounded_to=1)

    assert check_claim(claim).agreement is grade


def test_a_total_agrees_as_far_as_its_own_last_digit_can_tell():
    parts = (3.626, 1.329, 0.103, 0.15, 0.052, 0.033)
    near = Claim("c", ClaimKind.TOTAL, "says", 5.3, parts)
    off = Claim("c", ClaimKind.TOTAL, "says", 5.2, parts)

    assert grades(map(check_claim, (near, off))) == [Agreement.AGREES, Agreement.CONTRADICTS]


@pytest.mark.parametrize(
    ("listed", "grade"),
    [(16, Agreement.AGREES), (11, Agreement.NOT_SETTLED), (17, Agreement.CONTRADICTS)],
)
def test_a_summary_may_name_fewer_than_there_are_and_never_more(listed, grade):
    claim = Claim("c", ClaimKind.PARTIAL, "says", 16.0, (float(listed),))

    assert check_claim(claim).agreement is grade


def test_a_finding_on_a_count_of_the_matrix_names_its_word():
    counts = [PrintedCounts("d", {"Green": 2})]

    found = check_counts(counts, [listed(Rag.GREEN)])

    assert [f.word for f in found] == ["Green", "Amber", "Red"]
