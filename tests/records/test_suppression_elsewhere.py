"""Suppression in printed tables, document figures, messages, hashes; and rules that are refused."""

import math

import pytest

from kcc_lib.errors import Fault
from kcc_lib.judgement.reconcile import check_footing
from kcc_lib.quarterly import Axis, Footing, PrintedCell, PrintedTable
from kcc_lib.records.hidden_cells import hide_cells
from kcc_lib.records.suppression import Counted, Rule, Subject
from kcc_lib.records.veil import veil
from kcc_lib.records.withheld import told_hash

RULES = "of,name,threshold,counts,only,zeros,reason,source\n"
TABLE = Rule(Subject.TABLE, "ages", 5.0, (Counted.VALUE,))


# Printed tables


def cells_of(rows, columns, values):
    return [
        PrintedCell(row, "", column, float(value), note="said")
        for row, line in zip(rows, values, strict=True)
        for column, value in zip(columns, line, strict=True)
    ]


def hidden(found):
    return [(c.row, c.column) for c in found.cells if c.suppressed]


def test_a_cell_of_a_table_takes_others_along_down_and_across():
    cells = cells_of(("a", "b", "c", "All"), ("x", "y", "Sum"),
                     [(3, 30, 33), (9, 40, 49), (20, 8, 28), (32, 78, 110)])  # fmt: skip
    footings = [
        Footing("All", ("a", "b", "c")), Footing("Sum", ("x", "y"), Axis.COLUMNS),
    ]  # fmt: skip

    found = hide_cells(cells, footings, TABLE)

    assert hidden(found) == [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")]


def test_a_cell_left_out_says_nothing_in_words_either():
    found = hide_cells(cells_of(("a",), ("x",), [(3,)]), [], TABLE)

    (cell,) = found.cells
    assert (math.isnan(cell.value), cell.note, cell.suppressed) == (True, "", True)


def test_a_percentage_goes_with_the_count_of_its_row():
    cells = [*cells_of(("a", "b"), ("x",), [(3,), (70,)]),
             PrintedCell("a", "", "%", 4.1, "percentage"),
             PrintedCell("b", "", "%", 95.9, "percentage")]  # fmt: skip

    assert hidden(hide_cells(cells, [], TABLE)) == [("a", "x"), ("a", "%")]


def test_only_the_rows_or_columns_that_a_rule_names_count_people():
    rule = Rule(Subject.TABLE, "ages", 5.0, (Counted.VALUE,), only=("y",))
    cells = cells_of(("a",), ("x", "y"), [(3, 4)])

    assert hidden(hide_cells(cells, [], rule)) == [("a", "y")]


def test_a_total_of_something_suppressed_is_not_worked_out_again():
    footing = Footing("All", ("a", "b"))
    kept = hide_cells(cells_of(("a", "b", "All"), ("x",), [(3,), (9,), (12,)]), [footing], TABLE)
    table = PrintedTable("ages", "Ages", "", "Age", kept.cells, (footing,))

    assert check_footing(table, footing) == []


# Rules that are refused


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("measure,9.99,5,value,,,why,who", "name: '9.99' names nothing that is held"),
        ("figure,none,5,value,,,why,who", "name: 'none' names nothing that is held"),
        ("table,none,5,value,,,why,who", "name: 'none' names nothing that is held"),
        ("person,1.12,5,value,,,why,who", "of: 'person' is not a subject of a rule"),
        ("measure,1.12,1,value,,,why,who", "threshold: '1' is no threshold of 2 or more"),
        ("measure,1.12,4.5,value,,,why,who", "threshold: '4.5' is no threshold of 2 or more"),
        ("measure,1.12,,value,,,why,who", "threshold is blank"),
        ("measure,1.12,few,value,,,why,who", "threshold: 'few' "),
        ("measure,1.12,5,people,,,why,who", "names no number that can count people ('people')"),
        ("measure,1.12,5,value,Kent,,why,who", "only: 'Kent' names nothing that is held"),
        ("measure,1.12,5,value,,perhaps,why,who", "zeros: 'perhaps' is not yes or no"),
        ("measure,1.12,5,value,,,,who", "reason is blank"),
        ("figure,1.22,5,value,E10000016,,why,who", "has no place in a rule of a figure"),
    ],
)
def test_a_rule_that_protects_nobody_is_refused(book, row, words):
    (book.root / "data/raw/suppression.csv").write_text(f"{RULES}{row}\n")

    result = book.kcc("check")

    assert result.exit_code == 2
    (line,) = [said for said in result.stdout.splitlines() if "suppression.csv" in said]
    assert words in line.replace(": is blank", " is blank")


def test_one_name_has_one_rule(book):
    row = "measure,1.12,5,value,,,why,who\n"
    (book.root / "data/raw/suppression.csv").write_text(RULES + row + row)

    assert "has a rule already" in book.kcc("check").stdout


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("areas,E10000016,E10000099,ONS", "'E10000099'"),
        ("whole,1.11,1.22 | 1.23,DfE", "is a total, and a whole has none"),
        ("areas,,E10000016,ONS", "is blank"),
        ("areas,E10000016,E10000016,ONS", "counts something twice"),
        ("parishes,E10000016,E92000001,ONS", "is not a way of adding"),
    ],
)
def test_a_sum_of_what_is_not_held_is_refused(book, row, words):
    (book.root / "data/raw/known_sums.csv").write_text(f"of,total,parts,source\n{row}\n")

    result = book.kcc("check")

    assert result.exit_code == 2
    assert words in result.stdout


def test_a_workbook_without_a_rule_is_sound(book):
    (book.root / "data/raw/suppression.csv").write_text(RULES)

    assert book.kcc("check").exit_code == 0


# Messages


def test_no_message_quotes_a_number_of_a_row_under_a_rule(book):
    (book.root / "data/raw/suppression.csv").write_text(
        f"{RULES}measure,1.22,5,numerator,E10000016,,why,who\n"
    )
    book.plant({"value": "77.31", "numerator": "3", "denominator": "281"})

    said = book.kcc("check")

    assert said.exit_code == 2
    assert "is not [c], as its numerator and denominator make it" in said.stdout
    assert not {"77.31", "281", "1.06"} & set(said.stdout.replace(",", " ").split())


def test_a_message_keeps_the_names_and_lines_that_it_needs():
    twice = Fault("a.csv", 3, "period", "2018", "is already on line 2", "keep one of the two")
    wrong = Fault("a.csv", 3, "value", "3 pupils", "is not what line 2 has", "write a number")

    told = veil([twice, wrong], {("a.csv", 3)}, ruled=True)

    assert told[0] == twice
    assert told[1] == Fault("a.csv", 3, "value", "[c]", "is not what line 2 has", "write a number")


def test_a_row_that_was_torn_apart_is_not_quoted_where_there_are_rules():
    torn = Fault("a.csv", 3, "", "1.22,E1,2018,3", "has 4 cells where the header has 5", "quote")

    assert "3" not in veil([torn], set(), ruled=True)[0].found
    assert veil([torn], set(), ruled=False) == [torn]


# Hashes


def test_the_hash_of_a_file_is_the_same_whatever_number_is_held_back(tmp_path):
    path = tmp_path / "a.csv"
    heads = "measure,value,note\n"

    def hashed(text, lines):
        path.write_text(heads + text)
        return told_hash(path, lines)

    assert hashed("a,3,said\nb,9,\n", [2]) == hashed("a,2,\nb,9,\n", [2])
    assert hashed("a,3,said\nb,9,\n", [2]) != hashed("a,3,said\nb,8,\n", [2])
    assert hashed("a,3,said\nb,9,\n", [2]) != hashed("c,3,said\nb,9,\n", [2])
    assert hashed("a,3,said\nb,9,\n", []) != hashed("a,2,said\nb,9,\n", [])
