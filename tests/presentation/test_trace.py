"""Every figure is traced to its cell and its rows; a suppressed one to nothing."""

import csv
from collections import Counter
from datetime import datetime

import pytest

import kcc_lib as kcc
from kcc_lib.presentation.downloads.bundle import groups_of
from kcc_lib.presentation.downloads.text import csv_of
from kcc_lib.presentation.downloads.trace import ShownBlock, _Point, _used, trace_files
from kcc_lib.presentation.measure_block import data_table
from kcc_lib.records.places import find_workbook
from kcc_lib.records.row_places import read_places
from kcc_lib.workbench import open_report

EDITIONS = ("annual-2019", "annual-2017", "qpr-2017-18-q1", "qpr-2024-25-q3")
RULE = """\
of,name,threshold,counts,only,zeros,reason,source
measure,2.33,7520,numerator,E10000016,,new firms stand for people here,this test
"""


def views_of(report):
    return [view for group in groups_of(report) for view in group.views]


def trace(report, shown=()):
    places = read_places(find_workbook(), report.catalogue, report.edition.name)
    return trace_files(report, views_of(report), places, shown)


def rows_of(report):
    return trace(report)[1].content.records


@pytest.fixture(scope="module", params=EDITIONS)
def traced(request):
    report = open_report(request.param)
    return report, rows_of(report)


def cells_at(root):
    """The cells of each row of a file by the line it begins on."""
    read = {}

    def at(file, line):
        if file not in read:
            with (root / file).open(encoding="utf-8-sig", newline="") as lines:
                reader = csv.reader(lines)
                heads, begun, found = next(reader), 2, {}
                for row in reader:
                    found[begun], begun = dict(zip(heads, row, strict=True)), reader.line_num + 1
            read[file] = found
        return read[file][line]

    return at


def test_every_row_named_is_of_that_measure_area_and_horizon(traced):
    report, rows = traced
    at = cells_at(find_workbook().root)

    assert rows
    for row in rows:
        cells = at(row["file"], row["line"])
        assert cells["measure"] == row["measure"]
        assert cells.get("area", row["area"]) == row["area"]
        assert cells.get("edition", report.edition.name) == report.edition.name
        assert cells.get("horizon", row["horizon"]) == row["horizon"]


def test_every_value_shown_has_the_row_that_holds_it(traced):
    report, rows = traced
    at = cells_at(find_workbook().root)
    found = {
        (r["measure"], r["area"], r["period"]): at(r["file"], r["line"])["value"]
        for r in rows if r["figure"] == "value"
    }  # fmt: skip
    shown = {
        (v.measure.measure, row["area"], row["period"]): row["value"]
        for v in views_of(report)
        for frame in (v.points, getattr(v, "other", v.points))
        for row in frame.to_dict("records")
    }

    assert set(found) == set(shown)
    assert all(v != v if not found[k] else float(found[k]) == v for k, v in shown.items())


def test_a_judgement_rests_on_as_many_points_as_it_says(traced):
    report, rows = traced
    counted = Counter(
        (r["measure"], r["horizon"]) for r in rows
        if r["figure"] == "judgement" and r["role"] == "observation"
    )  # fmt: skip

    for told in report.judgements.to_dict("records"):
        borrowed = "sample_size_assumed" in told["reasons"]  # the size of one more year
        assert counted[told["measure"], told["horizon"]] == told["n_points"] + borrowed, told


def test_the_figures_of_a_page_are_all_traced(section):
    rows = [r for r in rows_of(section) if r["figure"] == "value"]
    counted = Counter(r["measure"] for r in rows)

    for view in section.views():
        table = data_table(view)
        figures = [
            cell
            for row in (table["rows"] if table else [])
            for cell, head in zip(row, table["columns"], strict=True)
            if head.get("number") and "interval" not in head["name"] and cell != "not held"
        ]
        assert counted[view.measure.measure] == len(figures)


def test_a_printed_judgement_and_a_target_lead_to_their_rows(section):
    told = {(r["role"], r["figure"]) for r in rows_of(section)}
    quarter = {(r["role"], r["figure"]) for r in rows_of(open_report("qpr-2024-25-q3"))}

    assert {("published", "judgement"), ("window", "judgement")} <= told
    assert {("kpi", "judgement"), ("target", "judgement"), ("target", "target")} <= quarter


def test_a_cell_is_named_for_a_measures_own_block_and_for_every_line_that_leads_to_it(section):
    line = {"cells": [{"href": "outcome-3.html#m-3-71", "text": "3.71"}, "Maintaining"]}
    blocks = [
        {"kind": "measure", "id": "m-3-71"},
        {"kind": "table", "id": "t", "rows": [line, line]},
        {"kind": "prose", "markdown": "[3.71](outcome-3.html#m-3-71)"},
        {"kind": "measure", "id": "m-9-99"},
    ]
    shown = [ShownBlock("p.html", "n.ipynb", n, b) for n, b in enumerate(blocks, start=1)]

    found = trace(section, shown)[0].content.records

    assert [(r["element"], r["cell"], r["shown_as"]) for r in found] == [
        ("m-3-71", 1, "measure"), ("t", 2, "table"),
    ]  # fmt: skip
    assert {r["measure"] for r in found} == {"3.71"}


def test_nothing_of_a_suppressed_row_is_traceable_whatever_its_value(workbook):
    (workbook / "data/raw/suppression.csv").write_text(RULE)
    path = workbook / "data/raw/observations/outcome_2.csv"
    before = path.read_text().splitlines(keepends=True)
    at = next(n for n, line in enumerate(before) if line.startswith("2.33,E10000016,2017,"))
    texts = []
    for value, count in (("82.1670", "7510"), ("82.0904", "7503")):
        cells = next(csv.reader([before[at]]))
        cells[3], cells[4] = value, count
        planted = ",".join(f'"{c}"' for c in cells) + "\n"
        path.write_text("".join([*before[:at], planted, *before[at + 1 :]]))
        files = trace(kcc.workbench.open_section("annual-2019"))
        texts.append([csv_of(f.content) for f in files])
        rows = files[1].content.records

    assert texts[0] == texts[1]
    assert str(path.relative_to(workbook)) in texts[0][1]
    hidden = [r for r in rows if r["role"] == "suppressed"]
    assert ("2.33", "2017") in {(r["measure"], r["period"]) for r in hidden}
    assert all(r["file"] == "" and r["line"] is None for r in hidden)
    assert not any(r["file"].endswith("outcome_2.csv") and r["line"] == at + 1 for r in rows)


POINTS = [
    _Point(f"{y} to {y + 2}", y + 1.5, datetime(y, 1, 1), datetime(y + 2, 12, 31), 100.0)
    for y in range(2010, 2016)
]


@pytest.mark.parametrize(
    ("horizon", "basis", "reasons", "used"),
    [
        ("1-year", "poisson_score", "", [2014, 2015]),
        ("1-year", "none", "", [2014, 2015]),
        ("1-year", "moving_range", "", [2010, 2011, 2012, 2013, 2014, 2015]),
        ("1-year", "rolling_parts_z", "", [2012, 2014, 2015]),
        ("long-term", "variance_5_percent", "", [2014, 2015]),
        ("quarter", "last_period_sign", "", [2014, 2015]),
    ],
)
def test_the_points_of_a_judgement_are_those_its_rule_takes(horizon, basis, reasons, used):
    row = {"period_from": "2014 to 2016", "period_to": "2015 to 2017", "horizon": horizon,
           "basis": basis, "reasons": reasons}  # fmt: skip

    assert [p.start.year for p in _used(row, POINTS)] == used


def test_a_trend_rests_on_every_point_from_its_first_to_its_last():
    row = {"period_from": "2011 to 2013", "period_to": "2014 to 2016", "horizon": "long-term",
           "basis": "ols_t", "reasons": ""}  # fmt: skip

    assert [p.start.year for p in _used(row, POINTS)] == [2011, 2012, 2013, 2014]


def test_a_judgement_of_nothing_has_no_rows():
    row = {"period_from": "", "period_to": "", "horizon": "1-year", "basis": "none", "reasons": ""}

    assert _used(row, POINTS) == []
