"""A page is taken over from an earlier build only where it would come out the same."""

import json
import re
import shutil
from dataclasses import replace

import pytest

from kcc_lib.publish.carried import aim_at_earlier, copied, take_over
from kcc_lib.publish.execute import Isolation, Job, Outcome
from kcc_lib.publish.frozen import read_standing
from kcc_lib.publish.jobs import aim, jobs_of
from kcc_lib.publish.up_to_date import hash_of
from kcc_lib.records.places import find_workbook
from kcc_lib.workbench import open_report

INPUTS = {
    "data/raw/observations/outcome_1.csv": "a", "kcc_lib/pages.py": "b", "uv.lock": "c",
    "notebooks/outcome_1.ipynb": "d", "notebooks/audit.ipynb": "e",
}  # fmt: skip


@pytest.fixture
def job(tmp_path):
    """A section to build."""
    (tmp_path / "staging").mkdir()
    return Job(
        "outcome-1", "/anywhere/notebooks/outcome_1.ipynb", {"edition": "annual-2019"},
        {"title": "Outcome 1"}, "/anywhere", str(tmp_path / "staging"),
    )  # fmt: skip


@pytest.fixture
def last(tmp_path, job):
    """The build before, in which the section was made of the same."""
    folder = tmp_path / "annual-2019"
    (folder / "notebooks").mkdir(parents=True)
    names = ["outcome-1.html", "notebooks/outcome-1.ipynb"]
    for name in names:
        (folder / name).write_text(f"made: {name}")
    (aimed,) = aim_at_earlier([job], INPUTS, ())
    section = {
        "section": "outcome-1", "failure": "", "rests_on": aimed.rests_on, "shows": "s",
        "files": {n: hash_of(folder / n) for n in names},
    }  # fmt: skip
    (folder / "run.json").write_text(json.dumps({"sections": [section]}))
    return folder


def taken(job, inputs, *folders):
    """What stands of a job, and whether anything was copied."""
    (aimed,) = aim_at_earlier([job], inputs, folders)
    return take_over(aimed)


def test_a_section_that_rests_on_the_same_is_not_run_and_its_files_are_copied(job, last, tmp_path):
    outcome = taken(job, INPUTS, last)

    assert (outcome.page, outcome.kept, outcome.failure) == ("outcome-1.html", True, "")
    for name, _ in outcome.files:
        assert (tmp_path / "staging" / name).read_text() == f"made: {name}"


def test_another_section_s_notebook_makes_no_difference(job, last):
    assert taken(job, INPUTS | {"notebooks/audit.ipynb": "other"}, last)


@pytest.mark.parametrize("name", [n for n in INPUTS if "audit" not in n])
def test_any_other_input_that_changed_has_it_run(job, last, name):
    assert taken(job, INPUTS | {name: "other"}, last) is None


def test_an_input_that_came_or_went_has_it_run(job, last):
    fewer = {n: h for n, h in INPUTS.items() if n != "kcc_lib/pages.py"}

    assert taken(job, INPUTS | {"data/raw/new.csv": "f"}, last) is None
    assert taken(job, fewer, last) is None


@pytest.mark.parametrize(
    "change", [{"parameters": {"edition": "annual-2017"}}, {"resources": {"title": "Draft"}}]
)
def test_other_parameters_or_words_around_it_have_it_run(job, last, change):
    assert taken(replace(job, **change), INPUTS, last) is None


@pytest.mark.parametrize("name", ["outcome-1.html", "notebooks/outcome-1.ipynb"])
def test_a_page_that_is_not_as_it_was_made_is_not_taken_over(job, last, name):
    (last / name).write_text("mended by hand")

    (aimed,) = aim_at_earlier([job], INPUTS, [last])

    assert aimed.earlier is None
    (last / name).unlink()
    assert aim_at_earlier([job], INPUTS, [last])[0].earlier is None


def test_a_page_that_failed_is_not_taken_over(job, last):
    told = json.loads((last / "run.json").read_text())
    told["sections"][0]["failure"] = "cell 4: no"
    (last / "run.json").write_text(json.dumps(told))

    assert taken(job, INPUTS, last) is None


def test_a_record_of_an_older_make_is_no_earlier_build(job, last):
    told = json.loads((last / "run.json").read_text())
    for name in ("files", "shows", "rests_on"):
        del told["sections"][0][name]
    (last / "run.json").write_text(json.dumps(told))

    assert taken(job, INPUTS, last) is None


@pytest.mark.parametrize("odd", [{"files": 7}, {"rests_on": None}, {"shows": 1}, {"section": []}])
def test_a_record_that_no_build_leaves_is_no_earlier_build(job, last, odd):
    told = json.loads((last / "run.json").read_text())
    told["sections"][0] |= odd
    (last / "run.json").write_text(json.dumps(told))

    assert taken(job, INPUTS, last) is None


def test_of_two_builds_the_one_that_rests_on_the_same_is_asked(job, last, tmp_path):
    other = tmp_path / "annual-2019.failed"
    shutil.copytree(last, other)
    told = json.loads((last / "run.json").read_text())
    told["sections"][0]["rests_on"] = "something else"
    (last / "run.json").write_text(json.dumps(told))

    assert taken(job, INPUTS, last, other)
    (aimed,) = aim_at_earlier([job], INPUTS | {"uv.lock": "x"}, [last, other])
    assert aimed.earlier.folder == str(last)


def test_what_makes_a_page_of_its_notebook_is_code_words_around_it_and_promise(job):
    def makes(inputs=INPUTS, **change):
        return aim_at_earlier([replace(job, **change)], inputs, ())[0].makes

    assert makes(INPUTS | {"data/raw/observations/outcome_1.csv": "x"}) == makes()
    assert makes(INPUTS | {"kcc_lib/pages.py": "x"}) != makes()
    assert makes(INPUTS | {"uv.lock": "x"}) != makes()
    assert makes(resources={"title": "x"}) != makes()


def test_only_an_outcome_that_is_kept_copies_anything(job, last, tmp_path):
    (aimed,) = aim_at_earlier([job], INPUTS, [last])

    copied(aimed, Outcome("outcome-1", "outcome-1.html", "", 1.0))

    assert list((tmp_path / "staging").iterdir()) == []


@pytest.mark.parametrize("name", ["annual-2019", "qpr-2024-25-q3"])
def test_what_a_section_rests_on_is_hashed_whole_and_not_in_short(name, tmp_path):
    """A record that shows itself in a line for readers would hide what changed in it."""
    report, workbook = open_report(name), find_workbook()
    chosen, standing = report.edition.sections, read_standing(report, workbook)
    for plain in jobs_of(report, workbook, chosen, Isolation.PROCESS):
        job = aim(plain, tmp_path, report, chosen, standing)
        assert job.resources
        told = repr((job.parameters, job.resources, job.promise))

        assert not re.search(r"<[A-Z]\w+[ :]", told), job.section
