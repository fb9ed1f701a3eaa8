"""An edition by area: a set of pages for every council, from one file of series."""

import json
import re
import shutil
import tomllib
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from click.testing import CliRunner

import kcc_lib
from benchmarks.synthetic_england import EDITION, make
from kcc_lib.cli.commands import kcc as command
from kcc_lib.presentation.areas import areas as first_page
from kcc_lib.records.each_area import check_areas
from kcc_lib.workbench import open_area, open_report
from kcc_lib.workbench.holding import holding

AREAS = ["E10900001", "E10900002"]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A workbook of an invented England: two councils, a measure of each supporting outcome."""
    return make(tmp_path_factory.mktemp("england") / "book", councils=2, measures=20)


@pytest.fixture
def book(made, monkeypatch):
    """The same, as the workbook that is found."""
    monkeypatch.setenv("KCC_WORKBOOK", str(made))
    return made


@pytest.fixture(scope="module")
def built(made, tmp_path_factory, request):
    """The folder it is built in, made by the command."""
    kcc = request.getfixturevalue("kcc")
    output = tmp_path_factory.mktemp("built")
    done = kcc("report", EDITION, "--output", output, KCC_WORKBOOK=str(made))
    assert done.returncode == 0, done.stderr
    return output / EDITION


def told(book, **changes):
    """The edition's file with some keys changed, and the faults of its areas."""
    edition = tomllib.loads((book / "data/raw/editions/england.toml").read_text())
    found = check_areas(edition | changes, kcc_lib.load_measures(), "england.toml")
    return [str(fault) for fault in found]


def test_the_invented_workbook_is_the_same_bytes_for_the_same_seed(made, tmp_path):
    again = make(tmp_path / "book", councils=2, measures=20)
    other = make(tmp_path / "other", councils=2, measures=20, seed=1)
    series = Path("data/raw/observations/england.csv")

    for path in made.rglob("*"):
        if path.is_file() and "processed" not in path.parts:
            assert path.read_bytes() == (again / path.relative_to(made)).read_bytes()
    assert (other / series).read_bytes() != (made / series).read_bytes()


def test_every_invented_figure_is_flagged_synthetic(made):
    series = pd.read_csv(made / "data/raw/observations/england.csv")

    assert set(series["flags"]) == {"s"}
    assert len(series) == 20 * 3 * 5  # measures, councils and England, years


def test_a_sound_edition_by_area_has_no_fault(book):
    assert told(book) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"areas": []}, "areas: is empty; name the areas"),
        ({"areas": ["E1"]}, "areas: 'E1' is no area"),
        ({"areas": ["E10900001"] * 2}, "areas: 'E10900001' is named twice; remove one"),
        ({"kind": "quarterly"}, "areas: is not a key of a quarterly edition"),
        ({"areas": None}, "each_area: stands in section 2, but the edition has no areas"),
    ],
)
def test_an_edition_whose_areas_are_wrong_is_refused(book, changes, said):
    assert said in "\n".join(told(book, **changes))


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ({"each_area": "yes"}, "each_area: 'yes' of section 1 is neither true nor false"),
        ({}, "sections: has no page for each area"),
        ({"each_area": True}, "sections: does not begin with the page that leads to the areas"),
    ],
)
def test_an_edition_by_area_has_a_first_page_and_pages_for_each_area(book, section, said):
    page = {"name": "index", "notebook": "areas.ipynb", "title": "All areas"}

    assert said in "\n".join(told(book, sections=[page | section]))


def test_areas_judged_together_are_judged_as_each_is_alone(book):
    report = open_report(EDITION)
    with holding(report):
        together = [open_area(EDITION, code).judgements for code in AREAS]

    alone = [open_area(EDITION, code).judgements for code in AREAS]

    assert len(report.judgements) == 2 * 20 * 2  # areas, measures, horizons
    for one, other in zip(together, alone, strict=True):
        pd.testing.assert_frame_equal(one.reset_index(drop=True), other.reset_index(drop=True))


def test_what_is_held_is_not_judged_again(book, monkeypatch):
    report = open_report(EDITION)
    monkeypatch.setattr("kcc_lib.workbench.judging.assess_frames", None)

    with holding(report):
        assert set(open_area(EDITION, AREAS[1]).judgements["area"]) == {AREAS[1]}


def test_an_area_has_its_own_figures_and_those_beside_it_and_no_other(book):
    section = open_area(EDITION, AREAS[0])

    assert set(section.shown["area"]) == {AREAS[0], "E92000001"}
    assert section.area_name == "Invented council 001"
    assert [s.name for s in section.edition.sections] == ["outcome-1", "outcome-2", "outcome-3"]


def test_the_first_page_counts_every_judgement_and_leads_to_every_area(book):
    report = open_report(EDITION)

    shown = first_page(report.edition, report.catalogue, report.judgements)

    tables = [b for b in shown.blocks if b["kind"] == "table"]
    assert [t["id"] for t in tables] == ["areas-1-year", "areas-long-term"]
    for table in tables:
        assert [row[0]["href"] for row in table["rows"]] == [f"{a}/outcome-1.html" for a in AREAS]
        assert [sum(map(int, row[1:])) for row in table["rows"]] == [20, 20]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--area", "E10900009"], "no area 'E10900009'"),
        (["--only", "index"], "choose with --area, not --only"),
    ],
)
def test_what_is_not_of_an_edition_by_area_is_refused(book, tmp_path, words, said):
    done = CliRunner().invoke(command, ["report", EDITION, *words, "--output", str(tmp_path / "o")])

    assert done.exit_code == 2
    assert said in done.stderr
    assert not (tmp_path / "o").exists()


def test_an_edition_of_one_area_is_not_built_by_area(tmp_path):
    words = ["report", "annual-2019", "--area", "E10000016", "--output", str(tmp_path / "o")]

    done = CliRunner().invoke(command, words)

    assert done.exit_code == 2
    assert "annual-2019 is of one area; --area is for editions by area" in done.stderr


def files_of(folder):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def revise(book, area):
    """Write another figure for the last year of one measure of an area: 80%."""
    path = book / "data/raw/observations/england.csv"
    figures = pd.read_csv(path, dtype=str, keep_default_na=False)
    last = figures["measure"].eq("1.11") & figures["area"].eq(area)
    figures.loc[figures[last].index[-1], ["value", "numerator", "denominator"]] = "80", "", ""
    figures.to_csv(path, index=False)


@pytest.mark.slow
def test_every_area_has_its_pages_and_every_page_says_that_its_figures_are_synthetic(built):
    pages = sorted(p.relative_to(built).as_posix() for p in built.rglob("*.html"))

    assert pages == [f"{a}/outcome-{n}.html" for a in AREAS for n in (1, 2, 3)] + ["index.html"]
    record = json.loads((built / "run.json").read_text())
    assert all(not s["files"] for s in record["sections"] if "/" in s["section"])
    assert {p.relative_to(built).as_posix() for p in built.rglob("*") if p.is_file()} == {
        *record["outputs"], "run.json",
    }  # fmt: skip
    for name in pages:
        page = (built / name).read_text()
        assert '<p class="notice">These pages are drawn from synthetic data.</p>' in page, name
    page = (built / AREAS[1] / "outcome-2.html").read_text()
    assert "<title>Draft: Outcome 2 – Invented council 002 – " in page
    assert '<a href="../index.html">All areas</a>' in page


@pytest.mark.slow
def test_an_area_may_be_built_before_the_others_and_the_record_says_that_it_is_no_whole(
    built, made, tmp_path, kcc
):
    words = ["report", EDITION, "--output", tmp_path]
    done = kcc(*words, "--area", AREAS[0], "--jobs", "1", KCC_WORKBOOK=str(made))

    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / EDITION / "run.json").read_text())["whole"] is False
    assert files_of(tmp_path / EDITION / AREAS[0]) == files_of(built / AREAS[0])


@pytest.mark.slow
def test_an_area_is_built_again_alone_and_the_others_are_carried_over_and_said_to_be_older(
    built, tmp_path, kcc
):
    book, output, log = tmp_path / "book", tmp_path / "out", tmp_path / "run.jsonl"
    revise(make(book, councils=2, measures=20), AREAS[0])
    shutil.copytree(built, output / EDITION)

    done = kcc("report", EDITION, "--output", output, "--area", AREAS[0], "--log", log,
               KCC_WORKBOOK=str(book))  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert files_of(output / EDITION / AREAS[1]) == files_of(built / AREAS[1])
    assert files_of(output / EDITION / AREAS[0]) != files_of(built / AREAS[0])
    told = [json.loads(line) for line in log.read_text().splitlines()]
    (older,) = [one for one in told if one["event"] == "pages-older"]
    assert AREAS[1] in " ".join(older["pages"])
    assert AREAS[0] not in " ".join(older["pages"])


@pytest.mark.slow
def test_what_changed_in_an_area_is_summed_up_against_the_build_before(built, tmp_path, kcc):
    book = make(tmp_path / "book", councils=2, measures=20)
    revise(book, AREAS[0])
    output = tmp_path / "out"
    shutil.copytree(built, output / EDITION)

    done = kcc("report", EDITION, "--output", output, "--summary", "-", KCC_WORKBOOK=str(book))
    told = kcc("diff", built, output / EDITION)

    assert done.returncode == 0, done.stderr
    line = "**1.11 Invented measure 1.11, Invented council 001**, 1-year: "
    assert line in done.stdout
    assert "2 areas, 7 pages." in done.stdout
    assert told.returncode == 1
    assert "\n    2018/19: 71.1% → 80% (revised figures)\n" in told.stdout
    assert "council 002" not in told.stdout


@pytest.mark.slow
def test_a_page_that_fails_in_an_area_is_named_with_it_and_stops_no_other(made, tmp_path, kcc):
    book = make(tmp_path / "book", councils=2, measures=20)
    path = book / "notebooks" / "outcome_2.ipynb"
    nb = nbformat.read(path, as_version=4)
    crash = f'if area == "{AREAS[1]}":\n    __import__("os")._exit(3)\n'
    nb.cells[-1].source = crash + nb.cells[-1].source
    nbformat.write(nb, path)

    done = kcc("report", EDITION, "--output", tmp_path / "out", KCC_WORKBOOK=str(book))

    assert done.returncode == 1
    assert re.search(rf"FAILED  {AREAS[1]}/outcome-2: its process ended in cell \d+, with code 3",
                     done.stderr)  # fmt: skip
    record = json.loads((tmp_path / "out" / f"{EDITION}.failed" / "run.json").read_text())
    failed = [s["section"] for s in record["sections"] if s["failure"]]
    assert failed == [f"{AREAS[1]}/outcome-2"]
    assert len(record["sections"]) == 7
    first = (tmp_path / "out" / f"{EDITION}.failed" / "index.html").read_text("utf-8")
    assert "This build failed and was not published" in first
    assert f"{AREAS[1]}/outcome-2: its process ended" in first


def test_an_edition_of_one_area_has_that_one_alone_and_no_way_to_pages_of_its_own(section):
    shown = first_page(section.edition, section.catalogue, section.judgements).blocks

    assert shown[1]["markdown"].startswith("1 area. ")
    assert [row[0] for row in shown[2]["rows"]] == ["Kent"]
    assert sum(int(count) for count in shown[2]["rows"][0][1:]) == 74
