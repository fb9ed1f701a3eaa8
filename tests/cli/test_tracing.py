"""`kcc trace`: where a figure comes from, read from what was built."""

import json
import shutil

import pytest
from click.testing import CliRunner

from kcc_lib.cli.commands import kcc
from kcc_lib.presentation.downloads.bundle import groups_of, tables_of
from kcc_lib.presentation.downloads.text import csv_of, csv_text
from kcc_lib.presentation.downloads.trace import ShownBlock, trace_files
from kcc_lib.publish.up_to_date import hash_of, inputs_fingerprint
from kcc_lib.records.places import find_workbook
from kcc_lib.records.row_places import read_places


@pytest.fixture(scope="module")
def built(section, tmp_path_factory):
    """What a build leaves of one measure, without its pages."""
    output = tmp_path_factory.mktemp("outputs")
    folder, data = output / "annual-2019", output / "annual-2019" / "data"
    (data / "trace").mkdir(parents=True)
    (data / "measures").mkdir()
    workbook = find_workbook()
    view = section.view("3.71")
    places = read_places(workbook, section.catalogue, "annual-2019")
    block = ShownBlock("outcome-3.html", "outcome_3.ipynb", 19, {"kind": "measure", "id": "m-3-71"})
    for file in trace_files(section, [view], places, [block]):
        (data / file.address).write_text(csv_of(file.content))
    (data / "measures/3-71-judgements.csv").write_text(csv_of(tables_of(section, [view])[1]))
    (data / "observations.csv").write_text(csv_text(section.files["observations"]))
    outputs = {f"data/trace/{n}.csv": hash_of(data / f"trace/{n}.csv") for n in ("cells", "rows")}
    record = {"outputs": outputs, "inputs": inputs_fingerprint(workbook)}
    (folder / "run.json").write_text(json.dumps(record))
    assert groups_of(section)
    return output


def trace(built, *words):
    return CliRunner().invoke(kcc, ["trace", *words, "--output", str(built)])


def test_a_value_is_told_with_its_page_cell_file_and_line(built):
    done = trace(built, "3.71", "2018-19")

    said = done.stdout.splitlines()
    assert done.exit_code == 0
    assert any(
        line.startswith("  outcome-3.html#m-3-71: ") and "cell 19 of outcome_3.ipynb" in line
        for line in said
    )
    at = said.index("Value of 2018-19, E10000016: 84.6")
    assert said[at + 1] == "  data/raw/observations/outcome_3.csv, line 98"
    assert said[-1] == "The files named are as they were when it was built."


def test_a_period_may_be_spelt_as_publishers_do(built):
    assert trace(built, "3.71", "2018/19").stdout == trace(built, "3.71", "2018-19").stdout


def test_a_judgement_is_told_with_its_points_its_window_and_its_print(built):
    said = trace(built, "3.71", "1-year").stdout.splitlines()

    assert "Judgement, 1-year: Maintaining" in said
    assert "  data/raw/observations/outcome_3.csv, line 97  2017-18" in said
    assert "  data/raw/windows.csv, line 40  the periods chosen for it" in said
    assert "  data/raw/published_judgements.csv, line 146  the printed judgement" in said
    assert not any(line.startswith(("Value", "Judgement, long-term")) for line in said)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["3.72"], "no measure '3.72'; did you mean '3.71'?"),
        (["3.71", "2031"], "no period or horizon '2031'; known: 2014-15"),
        (["3.71", "quarter"], "no period or horizon 'quarter'"),
        (["3.71", "--edition", "annual-2017"], "annual-2017 has no trace here; kcc report"),
    ],
)
def test_what_was_not_built_is_refused(built, words, said):
    done = trace(built, *words)

    assert done.exit_code == 2
    assert said in done.stderr


def test_a_trace_that_was_changed_since_it_was_built_is_refused(built, tmp_path):

    copy = tmp_path / "o"
    shutil.copytree(built, copy)
    path = copy / "annual-2019/data/trace/rows.csv"
    path.write_text(path.read_text().replace(",98", ",99"))

    done = trace(copy, "3.71")

    assert done.exit_code == 2
    assert "is not as it was built" in done.stderr


def test_a_file_that_has_changed_since_is_named(built, workbook):
    path = workbook / "data/raw/observations/outcome_3.csv"
    path.write_text(path.read_text() + "\n")

    said = trace(built, "3.71", "2018-19").stdout.splitlines()

    assert said[-1].startswith("data/raw/observations/outcome_3.csv has changed since")
