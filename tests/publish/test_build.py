"""The built report: whole, reproducible, and safe to fail."""

import csv
import json
import re
import shutil
from collections import Counter

import nbformat
import pytest

import kcc_lib

pytestmark = pytest.mark.slow


def test_the_index_page_is_printed_last_and_alone_on_stdout(build):
    done, folder = build

    assert done.stdout == f"{folder}/index.html\n"
    assert (folder / "index.html").is_file()


def test_progress_says_which_section_and_how_far(build):
    done, _ = build

    told = re.findall(r"^\[(\d+)/14\] (\S+) +[\d.]+ s  built$", done.stderr, re.M)
    assert [int(n) for n, _ in told] == list(range(1, 15))
    assert {name for _, name in told} == {
        "index", "find-a-measure", "outcome-1", "outcome-2", "outcome-3", "changes", "audit",
        "method", "easy-read", "glossary", "corrections", "formats", "accessibility", "downloads",
    }  # fmt: skip


def test_74_measures_stand_once_in_the_summary_and_once_in_their_section(build, section):
    _, folder = build
    index = (folder / "index.html").read_text()
    table = re.search(r'<table id="progress-summary".*?</table>', index, re.S).group()
    summary = re.findall(r'href="outcome-\d\.html#(m-[\w-]+)"', table)
    blocks = [
        name
        for n in "123"
        for name in re.findall(r'<article class="measure" id="([\w-]+)"',
                               (folder / f"outcome-{n}.html").read_text())
    ]  # fmt: skip
    expected = Counter(f"m-{m.replace('.', '-')}" for m in section.catalogue.measures)

    assert len(expected) == 74
    assert Counter(summary) == expected
    assert Counter(blocks) == expected


def test_20_supporting_outcomes_have_a_heading_in_code_order(build):
    _, folder = build
    codes = [
        code
        for n in "123"
        for code in re.findall(r'<h2 id="so-(\d-\d)"', (folder / f"outcome-{n}.html").read_text())
    ]

    assert codes == sorted(codes)
    assert len(codes) == 20


def test_published_counts_are_printed_as_recomputed(build):
    _, folder = build
    page = (folder / "index.html").read_text()

    for row in ("1 year, as published", "3 to 4 years, as published"):
        cells = re.search(rf"<tr><th scope=\"row\">{row}</th>(.*?)</tr>", page).group(1)
        counts = [int(c) for c in re.findall(r">(\d+)<", cells)]
        assert counts == ([13, 45, 14, 0, 2] if row.startswith("1") else [11, 54, 5, 2, 2])


def test_a_measure_without_a_series_shows_the_published_judgement_and_says_so(build):
    _, folder = build
    page = (folder / "outcome-1.html").read_text()
    block = re.search(r'<article class="measure" id="m-1-12".*?</article>', page, re.S).group()

    assert "No series of figures is held for this measure." in block
    assert "As published; not recomputed" in block
    assert "Maintaining" in block


def test_judgements_csv_has_the_contract_columns_and_one_row_each(build, judgements):
    _, folder = build
    with (folder / "data" / "judgements.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))

    assert list(rows[0]) == list(judgements.columns)
    assert len(rows) == 148
    assert len({(r["measure"], r["area"], r["horizon"]) for r in rows}) == 148


def test_an_unchanged_edition_is_not_built_again(build, kcc):
    _, folder = build
    before = (folder / "run.json").stat().st_mtime_ns

    done = kcc("report", "--output", folder.parent)

    assert "is up to date" in done.stderr
    assert (folder / "run.json").stat().st_mtime_ns == before


def test_outputs_name_no_folder_of_the_machine(build):
    _, folder = build
    for path in folder.rglob("*"):
        if path.is_file():
            text = path.read_bytes()
            assert str(folder).encode() not in text
            assert b"/home/" not in text
            assert b"site-packages" not in text


def test_every_page_of_an_edition_that_nobody_signed_says_draft(build):
    _, folder = build
    pages = {p.name: p.read_text() for p in folder.glob("*.html")}

    assert len(pages) == 14
    for name, text in pages.items():
        assert re.search(r"<title>Draft: [^<]", text), name
        assert "<strong>Draft</strong> <span>Not signed off: " in text.partition("<main")[0], name
        assert "Signed off by" not in text, name
    told = json.loads((folder / "run.json").read_text())
    assert told["state"] == "draft"
    assert re.fullmatch("[0-9a-f]{64}", told["fingerprint"])


def test_an_executed_notebook_keeps_its_parameters(build):
    _, folder = build
    nb = nbformat.read(folder / "notebooks" / "outcome-1.ipynb", as_version=4)

    assert nb.metadata.papermill.parameters.area == "E10000016"


def test_run_json_names_inputs_environment_and_outputs(build):
    _, folder = build
    told = json.loads((folder / "run.json").read_text())

    assert told["whole"] is True
    assert "data/raw/measures.csv" in told["inputs"]
    assert "kcc_lib/judgement/assess.py" in told["inputs"]
    assert set(told["environment"]["packages"]) >= {"papermill", "nbconvert", "altair"}
    assert "index.html" in told["outputs"]


def test_a_failing_section_leaves_the_last_good_build_and_exits_1(build, workbook, tmp_path, kcc):
    output = tmp_path / "out"
    shutil.copytree(build[1], output / "annual-2019")
    before = (output / "annual-2019" / "index.html").read_bytes()
    path = workbook / "notebooks" / "overview.ipynb"
    nb = nbformat.read(path, as_version=4)
    nb.cells[-1].source = "kcc.progress_summery(section)"
    nbformat.write(nb, path)

    done = kcc("report", "--output", output, "--only", "index", KCC_WORKBOOK=str(workbook))

    assert done.returncode == 1
    assert "AttributeError" in done.stderr
    assert done.stdout == ""
    assert (output / "annual-2019" / "index.html").read_bytes() == before
    assert sorted(p.name for p in output.iterdir()) == ["annual-2019", "annual-2019.failed"]


def test_a_notebook_that_shows_one_measure_less_fails_the_build_and_the_measure_is_named(
    build, workbook, tmp_path, kcc
):
    output = tmp_path / "out"
    shutil.copytree(build[1], output / "annual-2019")
    before = (output / "annual-2019" / "outcome-3.html").read_bytes()
    path = workbook / "notebooks" / "outcome_3.ipynb"
    nb = nbformat.read(path, as_version=4)
    nb.cells[-1].source = 'b = section.supporting_outcome("3.7")\ntype(b)(b.blocks[:-1])'
    nbformat.write(nb, path)

    done = kcc("report", "--output", output, "--only", "outcome-3", KCC_WORKBOOK=str(workbook))

    missing = kcc_lib.load_measures().under("3.7")[-1]
    said = f"outcome-3.html: {missing.measure} {missing.title}: it is not on the page"
    assert done.returncode == 1
    assert said in done.stderr
    assert done.stdout == ""
    assert (output / "annual-2019" / "outcome-3.html").read_bytes() == before


def test_a_link_that_leads_nowhere_fails_the_build_with_page_and_address(
    build, workbook, tmp_path, kcc
):
    output = tmp_path / "out"
    shutil.copytree(build[1], output / "annual-2019")
    before = (output / "annual-2019" / "audit.html").read_bytes()
    told = workbook / "data" / "raw" / "narrative" / "annual-2019" / "audit.md"
    told.write_text(told.read_text() + "\n\n[The way](outcome-3.html#m-gone).\n")

    done = kcc("report", "--output", output, "--only", "audit", KCC_WORKBOOK=str(workbook))

    assert done.returncode == 1
    assert "audit.html: the link to 'outcome-3.html#m-gone' leads nowhere" in done.stderr
    assert (output / "annual-2019" / "audit.html").read_bytes() == before


def test_one_section_can_be_built_alone_and_the_rest_carried_over(build, workbook, tmp_path, kcc):
    output = tmp_path / "out"
    shutil.copytree(build[1], output / "annual-2019")

    done = kcc("report", "--output", output, "--only", "method", KCC_WORKBOOK=str(workbook))

    assert done.returncode == 0
    assert "building 1 section" in done.stderr
    assert (output / "annual-2019" / "outcome-3.html").is_file()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["annual-2091"], "did you mean 'annual-2019'?"),
        (["--only", "outcome-9"], "no section 'outcome-9'"),
    ],
)
def test_an_unknown_edition_or_section_is_refused_and_nothing_written(tmp_path, words, said, kcc):
    done = kcc("report", *words, "--output", tmp_path / "out")

    assert done.returncode == 2
    assert said in done.stderr
    assert not (tmp_path / "out").exists()


def test_faulty_narrative_is_refused_before_a_kernel_starts(workbook, tmp_path, kcc):
    page = workbook / "data" / "raw" / "narrative" / "annual-2019" / "1.1.md"
    page.write_text("Deaths fell by 12.\n")

    done = kcc("report", "--output", tmp_path / "out", KCC_WORKBOOK=str(workbook))

    assert done.returncode == 2
    assert "data/raw/narrative/annual-2019/1.1.md, line 1, column 16: '12'" in done.stderr
    assert not (tmp_path / "out").exists()


def test_every_kind_of_false_sentence_stops_the_build_with_its_line(workbook, tmp_path, kcc):
    page = workbook / "data" / "raw" / "narrative" / "annual-2017" / "outcome_1.md"
    page.write_text(
        """## Progress on priorities

Readiness for school {{ claim("rose", measure("1.41")) }}.
It {{ claim("fell from 74.2% in June 2017 to 74.8% in June 2016", measure("1.41")) }}.
It was {{ claim("74.9%", measure("1.41")) }}.
Some 40 schools and eleven others took part.
It was {{ measure("1.14").value }} and {{ measure("9.99").value }}.
"""
    )

    done = kcc("report", "annual-2017", "--output", tmp_path / "out", KCC_WORKBOOK=str(workbook))

    assert done.returncode == 2
    faults = [line for line in done.stderr.splitlines() if "outcome_1.md, line" in line]
    assert [int(re.search(r"line (\d+)", f)[1]) for f in faults] == [3, 4, 5, 6, 6, 7, 7]
    for fault, said in zip(faults, [
        "says 'rose', but the figures fall", "runs backwards", "says 74.9%", "'40'", "'eleven'",
        "no value of measure 1.14", "no measure '9.99'",
    ], strict=True):  # fmt: skip
        assert said in fault
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ('{ outcom = "2" }', "unknown parameter 'outcom'"),
        ("{ area = 16 }", "parameter 'area' is 16; it takes text"),
    ],
    ids=["unknown", "wrongly typed"],
)
def test_a_section_with_such_a_parameter_is_refused_before_a_kernel_starts(
    workbook, tmp_path, kcc, parameters, said
):
    path = workbook / "data" / "raw" / "editions" / "annual-2019.toml"
    told = path.read_text().replace(
        'title = "Audit"', f'title = "Audit"\nparameters = {parameters}'
    )
    path.write_text(told)

    done = kcc("report", "--output", tmp_path / "out", KCC_WORKBOOK=str(workbook))

    assert done.returncode == 2
    assert said in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["annual-2019", "annual-2017", "qpr-2017-18-q1", "qpr-2024-25-q3"])
def test_every_figure_is_traced_to_the_cell_that_shows_it(editions, name):
    folder = editions / name
    with (folder / "data/trace/cells.csv").open(encoding="utf-8-sig", newline="") as file:
        told = list(csv.DictReader(file))
    shown = {(r["page"], r["element"], int(r["cell"])) for r in told}

    for page, element, cell in shown:
        executed = json.loads((folder / "notebooks" / page.replace(".html", ".ipynb")).read_text())
        cells = [c for c in executed["cells"]
                 if "injected-parameters" not in c["metadata"].get("tags", [])]  # fmt: skip
        made = json.dumps(cells[cell - 1]["outputs"])
        assert f'"id": "{element}"' in made
        assert f'id="{element}"' in (folder / page).read_text()
    blocks = {p.name: re.findall(r'<article class="(?:measure|kpi)[^"]*" id="([\w.-]+)"',
                                 p.read_text()) for p in folder.glob("*.html")}  # fmt: skip
    own = {(r["page"], r["element"]) for r in told if r["shown_as"] in {"measure", "kpi"}}
    assert own == {(page, i) for page, found in blocks.items() for i in found}
    assert own


def test_a_run_leaves_its_lines_in_the_log(build, workbook, tmp_path, kcc):
    output, log = tmp_path / "out", tmp_path / "run.jsonl"
    shutil.copytree(build[1], output / "annual-2019")
    nb = nbformat.read(workbook / "notebooks" / "glossary.ipynb", as_version=4)
    nb.cells[-1].source = "1 / 0"
    nbformat.write(nb, workbook / "notebooks" / "glossary.ipynb")

    done = kcc("report", "--output", output, "--only", "glossary", "--only", "method",
               "--log", log, KCC_WORKBOOK=str(workbook))  # fmt: skip

    told = [json.loads(line) for line in log.read_text().splitlines()]
    assert done.returncode == told[-1]["exit_code"] == 1
    assert [t["event"] for t in told[:3]] == ["run-started", "edition-started", "sections-started"]
    assert {t["section"] for t in told if t["event"] == "section-ended"} == {"method"}
    failed = next(t for t in told if t["event"] == "section-failed")
    assert failed["section"] == "glossary"
    assert "ZeroDivisionError" in failed["failure"]
    assert failed["failure"].startswith("cell ")
    assert str(tmp_path) not in log.read_text()
