"""One section that fails: the others are built, and what failed is said where people look."""

import re

import nbformat
import pytest

from .conftest import EDITION, one_line, record

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults: sections")]
#: A measure's data spoilt after they were judged: showing it fails.
SPOILT = """
_view = section.view("3.63")
object.__setattr__(_view, "points", _view.points.drop(columns="value"))
"""
SECRET = "hunter2-correct-horse"  # noqa: S105
TELLING = """
import getpass, os, platform, sys
print("run by", getpass.getuser(), "in", os.getcwd(), file=sys.stderr)
raise ValueError(f"{os.environ['KCC_PASSWORD']} {os.path.expanduser('~/notes.txt')} "
    f"{os.getcwd()} {sys.executable} {platform.node()} "
    f"C:\\\\Users\\\\A {'Green'}\\\\x.csv {os.environ}")
"""


def others_were_built(place, *failed):
    told = {s["section"]: s for s in record(place.failed)["sections"]}
    assert [n for n, s in told.items() if s["failure"]] == sorted(failed)
    assert all((place.failed / f"{name}.html").is_file() for name in told)
    assert record(place.failed)["whole"] is False


def test_a_failure_is_told_in_one_line_with_cell_measure_rows_and_cause(place):
    cell = place.plant("outcome_3", SPOILT) + 1

    done = place.run()

    assert done.returncode == 1
    line = one_line(done.stderr, r"\[\d/\d\] index ")
    said = rf"cell {cell}, measure 3\.63, data/raw/observations/outcome_3\.csv, lines \d+ to \d+: "
    assert re.search(f"FAILED  {said}KeyError: 'value'$", line), line
    assert f"{EDITION}: failed: index; no page was replaced" in done.stderr
    others_were_built(place, "index")
    place.untouched(failed=True)


@pytest.mark.parametrize("isolation", ["process", "kernel"])
@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("import os\nos._exit(3)", "ended in cell {}, "),
        ("import sys\nsys.exit(0)", "cell {}: it ended the notebook (SystemExit)"),
    ],
    ids=["dies", "exits"],
)
def test_a_kernel_that_exits_fails_its_section_alone(place, isolation, source, told):
    cell = place.plant("formats", source)

    done = place.run("--isolation", isolation, "--only", "formats", "--only", "accessibility")

    assert done.returncode == 1
    assert told.format(cell) in one_line(done.stderr, r"\[\d/2\] formats ")
    others_were_built(place, "formats")
    place.untouched(failed=True)


@pytest.mark.parametrize(("isolation", "seconds"), [("process", 3), ("kernel", 12)])
def test_a_cell_that_hangs_is_stopped_when_its_time_is_up(place, isolation, seconds):
    cell = place.plant("formats", "import threading\nthreading.Event().wait()", at=3)

    done = place.run("--isolation", isolation, "--only", "formats", "--timeout", seconds)

    assert done.returncode == 1
    line = one_line(done.stderr, r"\[1/1\] formats ")
    assert f"ran for more than {seconds} seconds; it was stopped in cell {cell}" in line
    place.untouched(failed=True)


def test_a_notebook_without_its_tag_is_refused_before_anything_is_built(place):
    path = place.root / "notebooks/formats.ipynb"
    nb = nbformat.read(path, as_version=4)
    for cell in nb.cells:
        cell.metadata.pop("tags", None)
    nbformat.write(nb, path)

    done = place.run()

    assert done.returncode == 2
    said = "kcc: formats.ipynb has 0 cells tagged 'parameters'; it needs exactly one"
    assert one_line(done.stderr, "kcc: ") == said
    place.untouched()


def test_an_unknown_parameter_is_refused_before_anything_is_built(place):
    path = place.root / "data/raw/editions/annual-2019.toml"
    path.write_text(path.read_text() + 'parameters = { outcom = "2" }\n')

    done = place.run()

    assert done.returncode == 2
    assert "unknown parameter 'outcom'" in one_line(done.stderr, "kcc: ")
    place.untouched()


@pytest.mark.parametrize("text", ["{", "", '{"cells": 3}'])
def test_a_notebook_that_cannot_be_read_is_refused_before_anything_is_built(place, text):
    (place.root / "notebooks/formats.ipynb").write_text(text)

    done = place.run()

    assert done.returncode == 2
    assert "formats.ipynb cannot be read" in one_line(done.stderr, "kcc: ")
    place.untouched()


@pytest.mark.parametrize("isolation", ["process", "kernel"])
def test_a_failed_build_tells_nothing_of_the_machine_or_the_people(place, isolation):
    place.plant("formats", TELLING)

    done = place.run("--isolation", isolation, "--only", "formats", KCC_PASSWORD=SECRET)

    assert done.returncode == 1
    telling = [SECRET, str(place.root), str(place.output), str(place.temporary), "A Green"]
    telling += ["/root", "/home", "/Users", "site-packages/", place.mark]
    for path in place.failed.rglob("*"):
        if path.is_file():
            held = path.read_bytes()
            assert [t for t in telling if t.encode() in held] == [], path
    assert SECRET not in done.stderr
    nb = nbformat.read(place.failed / "notebooks/formats.ipynb", as_version=4)
    assert any(o.output_type == "error" for c in nb.cells for o in c.get("outputs", ()))
    place.untouched(failed=True)
