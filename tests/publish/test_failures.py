"""A failure is one line: cell, measure, rows of data, cause; and says what to do."""

import pytest
from nbformat.v4 import new_code_cell, new_output

from kcc_lib.presentation.naming import naming
from kcc_lib.publish.failures import Raised, cell_failure, cell_number, rows_of
from kcc_lib.publish.remedies import remedies

CSV = "measure,area,period,value\n1.1,K,2015,1\n3.4,K,2015,2\n3.4,K,2016,3\n"


@pytest.fixture
def observations(tmp_path):
    (tmp_path / "one.csv").write_text(CSV)
    (tmp_path / "two.csv").write_text("measure,value\n3.4,1\n")
    (tmp_path / "worse.csv").write_bytes(b"\xff\xfe\x00")
    return tmp_path


def told(raised, observations):
    return cell_failure(4, raised, observations, "raw")


def test_a_cause_stands_in_one_line_with_its_cell(observations):
    raised = Raised("ValueError", "first\n  second\n")

    assert told(raised, observations) == "cell 4: ValueError: first second"


def test_a_cause_without_words_is_named(observations):
    assert told(Raised("KeyError", ""), observations) == "cell 4: KeyError"


def test_the_measure_that_was_shown_is_named_with_its_rows(observations):
    raised = Raised("KeyError", "'value'", ["\x1b[31mKeyError", "while showing measure 3.4"])

    assert told(raised, observations) == (
        "cell 4, measure 3.4, raw/one.csv, lines 3 to 4, raw/two.csv, line 2: KeyError: 'value'"
    )


def test_of_many_faults_of_the_data_the_first_is_told_and_the_others_counted(observations):
    said = "3 faults found\n  raw/one.csv, line 2: a\n  b\n  c"

    assert told(Raised("DataError", said), observations) == (
        "cell 4: DataError: raw/one.csv, line 2: a (and 2 more; kcc check lists them)"
    )


def test_rows_are_named_where_the_fault_does_not_name_them_itself(observations):
    noted = ["while showing measure 3.4"]

    line = told(Raised("DataError", "raw/one.csv, line 2: a", noted), observations)

    assert line == "cell 4, measure 3.4: DataError: raw/one.csv, line 2: a"
    assert rows_of("9.9", observations, "raw") == []


def test_cells_are_counted_as_jupyterlab_shows_the_notebook():
    cells = [new_code_cell("a"), new_code_cell("b"), new_code_cell("c")]
    cells[1].metadata["tags"] = ["injected-parameters"]

    assert [cell_number(cells, n) for n in range(3)] == [1, 1, 2]


def test_an_error_names_what_was_shown_once_and_the_innermost():
    @naming("measure")
    def inner(code):
        raise ValueError("no")

    @naming("section")
    def outer(code):
        inner("3.4")

    with pytest.raises(ValueError, match="no") as error:
        outer("3")

    assert error.value.__notes__ == ["while showing measure 3.4"]


@pytest.mark.parametrize(
    ("failure", "todo"),
    [
        ("cell 4: KeyError: 'value'", "Open the notebook in JupyterLab"),
        ("ran for more than 15 minutes; it was stopped in cell 4", "--timeout"),
        ("its kernel ended in cell 4, before the page was made", "--jobs 1"),
        ("cell 4: DataError: data/raw/one.csv, line 2: a", "kcc check"),
        ("a.csv was changed while the report was built", "Wait until nobody edits"),
        ("No space left on device", "Make room"),
        ("index.html: 3.71: it is not on the page", "does not hold what it must"),
    ],
)
def test_each_kind_of_failure_says_what_to_do(failure, todo):
    assert todo in remedies(failure)[0]


def test_an_output_that_shows_no_error_is_none():
    from nbformat.v4 import new_notebook

    from kcc_lib.publish.failures import first_error

    nb = new_notebook(cells=[new_code_cell("1", outputs=[new_output("stream", text="said")])])

    assert first_error(nb) is None
