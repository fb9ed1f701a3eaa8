"""Parameters are refused before a kernel starts."""

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from kcc_lib.errors import ParameterError
from kcc_lib.publish.parameters import check_parameters, declared_parameters

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
OUTCOME = NOTEBOOKS / "outcome_1.ipynb"


def notebook(folder, *sources, tag="parameters"):
    nb = new_notebook(cells=[new_code_cell(s, metadata={"tags": [tag]}) for s in sources])
    path = folder / "a.ipynb"
    nbformat.write(nb, path)
    return path


def test_a_notebook_declares_what_it_takes():
    assert list(declared_parameters(OUTCOME)) == [
        "edition", "area", "comparators", "method", "preset",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"editon": "annual-2019"}, "unknown parameter 'editon'; did you mean 'edition'?"),
        ({"area": 16}, "parameter 'area' is 16; it takes text such as 'E10000016'"),
        ({"comparators": "E92000001"}, "it takes a list such as ['E92000001']"),
        ({"comparators": [1]}, "it takes a list such as"),
        ({"edition": None}, "it takes text"),
    ],
    ids=["unknown", "number for text", "text for list", "list of numbers", "nothing"],
)
def test_an_unknown_or_wrongly_typed_parameter_is_refused(given, said):
    with pytest.raises(ParameterError) as refused:
        check_parameters(OUTCOME, given)

    assert said in str(refused.value)


def test_every_fault_is_named_at_once():
    with pytest.raises(ParameterError, match=r"editon.*area"):
        check_parameters(OUTCOME, {"editon": "x", "area": 16})


def test_true_is_not_a_whole_number(tmp_path):
    path = notebook(tmp_path, "points = 4\n")

    with pytest.raises(ParameterError, match="a whole number such as 4"):
        check_parameters(path, {"points": True})


@pytest.mark.parametrize("sources", [[], ["a = 1", "b = 2"]], ids=["none", "two"])
def test_a_notebook_has_exactly_one_parameters_cell(tmp_path, sources):
    with pytest.raises(ParameterError, match="needs exactly one"):
        declared_parameters(notebook(tmp_path, *sources))


def test_a_parameters_cell_holds_only_plain_assignments(tmp_path):
    with pytest.raises(ParameterError, match="more than plain assignments"):
        declared_parameters(notebook(tmp_path, "import os\narea = os.getcwd()"))
