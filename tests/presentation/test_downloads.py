"""Downloads: what a reader gets is what the page shows, described, and safe to open."""

import csv
import io
import json
import re
from xml.etree import ElementTree

import jsonschema
import numpy as np
import pandas as pd
import pytest

from kcc_lib.errors import PublishError
from kcc_lib.presentation.addresses import data_address
from kcc_lib.presentation.blocks import render_blocks
from kcc_lib.presentation.downloads import bundle, sheets
from kcc_lib.presentation.downloads.columns import all_columns, columns_of
from kcc_lib.presentation.downloads.links import download_links
from kcc_lib.presentation.downloads.page import downloads
from kcc_lib.presentation.downloads.points import packed, png_of
from kcc_lib.presentation.downloads.poster import Credit, poster
from kcc_lib.presentation.downloads.schemas import object_schema, records_schema, table_schema
from kcc_lib.presentation.downloads.tables import DataTable, table_of, table_of_frame
from kcc_lib.presentation.downloads.text import csv_of, csv_text, defused, json_text
from kcc_lib.presentation.downloads.wrapping import width_of, wrap
from kcc_lib.presentation.measure_block import measure_block
from kcc_lib.vocabulary import Flag

from .quarterly_builders import RISING, kpi, quarter

CREDIT = Credit("Report: Quarter 3", "Covers periods up to December 2024.", "Kent County Council")
_TYPES = {"number": float, "integer": int, "string": str}


def files_of(report):
    of = bundle.particulars_of(report, state="draft", sign_off="Not signed off.")
    return bundle.data_files(report, of, bundle.groups_of(report))


@pytest.fixture(scope="module")
def files(section):
    """Every file of the 2019 edition that is made for one measure or outcome, by its address."""
    return {f.address: f for f in files_of(section)}


@pytest.fixture(scope="module")
def kpis():
    """The same of an invented quarter with a provisional figure and one that is withheld."""
    measures = [(kpi("up"), RISING), (kpi("withheld"), [50.0, 60.0, float("nan")])]
    made = quarter(measures, aims=[("up", 90.0, 80.0, None, None)])
    at = made.shown.index[made.shown["value"].isna()]
    made.shown.loc[at, "flags"] = "c"
    return made


def check_table(table):
    """Hold a table's CSV to its published schema, cell by cell."""
    fields = table_schema(table.columns)["fields"]
    lines = list(csv.reader(io.StringIO(csv_of(table).removeprefix("\ufeff"))))
    assert lines[0] == [f["name"] for f in fields]
    for line in lines[1:]:
        for field, cell in zip(fields, line, strict=True):
            limits = field.get("constraints", {})
            assert cell or not limits.get("required"), (field["name"], line)
            assert not cell or cell in limits.get("enum", [cell]), (field["name"], cell)
            if cell:
                _TYPES[field["type"]](cell)


@pytest.mark.parametrize("made", ["annual", "quarterly"])
def test_every_file_agrees_with_its_published_schema(made, files, kpis):
    held = files.values() if made == "annual" else files_of(kpis)

    for file in held:
        if isinstance(file.content, DataTable):
            check_table(file.content)
        else:
            told = json.loads(json.dumps(file.content, allow_nan=False))
            jsonschema.Draft202012Validator(object_schema(file.kind)).validate(told)


def test_the_whole_tables_agree_with_their_published_schemas(section, kpis):
    for report in (section, kpis):
        for name, frame in report.files.items():
            table = table_of_frame(name, frame)
            schema = records_schema(name, table.columns)
            jsonschema.Draft202012Validator.check_schema(schema)
            jsonschema.Draft202012Validator(schema).validate(json.loads(json_text(frame)))
            check_table(table)


def test_a_schema_refuses_a_column_that_is_not_described(section):
    with pytest.raises(KeyError):
        table_of_frame("ranks", section.files["ranks"].assign(secret=1))


def test_a_record_must_have_every_column_and_no_other():
    whole = {c.name: "" for c in columns_of("figures")}
    with pytest.raises(ValueError, match="secret"):
        table_of("figures", [whole | {"secret": 1}])


def test_every_kind_of_table_says_what_each_column_means():
    for columns in all_columns().values():
        assert all(c.meaning and c.blank for c in columns)
        assert len({c.heading for c in columns}) == len(columns)


def test_every_measure_and_outcome_has_its_files_at_a_stable_address(section, files):
    for measure in section.catalogue.measures:
        assert data_address("measures", measure, ".json").removeprefix("data/") in files
        assert f"measures/{measure.replace('.', '-')}-judgements.csv" in files
    assert {f"outcomes/{n}{e}" for n in "123" for e in (".csv", ".json")} <= set(files)


def test_the_object_of_a_measure_says_what_its_page_says(section, files):
    told = files["measures/1-41.json"].content
    block = measure_block(section.view("1.41"))

    assert told["caption"] == block["caption"]
    assert told["source"] == block["source"]
    assert [j["judgement"] for j in told["judgements"]] == [v["label"] for v in block["verdicts"]]
    assert told["chart"]["description"] == block["chart"]["description"]
    kent = [f for f in told["figures"] if f["area_name"] == "Kent"]
    assert [f["period_in_words"] for f in kent] == [r[0] for r in block["table"]["rows"]]


def test_two_measures_that_would_share_an_address_are_refused():
    with pytest.raises(PublishError, match=r"measures/a-b\.json"):
        files_of(quarter([(kpi("a.b"), RISING), (kpi("a-b"), RISING)]))


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"), ("+44 1622", "'+44 1622"), ("-2+3", "'-2+3"), ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'\t=1"), ("\r=1", "'\r=1"), ("＝1", "'＝1"),
        ("-3.2", "-3.2"), ("+1e5", "+1e5"), ("a=b", "a=b"), ("", ""),
    ],
)  # fmt: skip
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe_and_a_number_does_not(text, safe):
    assert defused(text) == safe


def test_the_files_of_the_whole_edition_change_only_where_text_would_run(section):
    frame = section.judgements.head(3).copy()
    usual = frame.to_csv(index=False, lineterminator="\n", float_format=lambda v: f"{v:.12g}")
    assert csv_text(frame) == usual

    frame.loc[frame.index[0], "label"] = '=HYPERLINK("http://x","y")'
    assert "'=HYPERLINK" in csv_text(frame)
    assert json.loads(json_text(frame))[0]["label"].startswith("=HYPERLINK")


def test_a_withheld_figure_is_blank_with_its_flag_and_in_a_spreadsheet_its_shorthand(kpis):
    made = {f.address: f.content for f in files_of(kpis)}
    row = made["measures/withheld.csv"].records[-1]
    assert (row["value"], row["flags"]) == (None, "c")
    assert made["measures/withheld.json"]["figures"][-1]["value"] is None

    figures = next(s for s in book_of(kpis).sheets if s.name == "Figures")
    at, marks = figures.headings.index("Value"), figures.headings.index("Shorthand")
    withheld = [r for r in figures.rows if r[0] == "withheld"][-1]
    assert (withheld[at], withheld[marks]) == ("[c]", "[c]")


def book_of(report):
    of = bundle.particulars_of(report, state="draft", sign_off="Not signed off.")
    return sheets.book_of(report, of, bundle.groups_of(report))


def test_no_cell_of_a_spreadsheet_is_blank_and_the_notes_explain_every_shorthand(section):
    book = book_of(section)

    for sheet in book.sheets:
        assert sheet.rows
        assert all(str(cell).strip() for row in sheet.rows for cell in row)
        assert all(len(row) == len(sheet.headings) for row in sheet.rows)
    notes = {row[0] for row in book.sheets[0].rows}
    assert {f"[{flag}]" for flag in Flag} <= notes
    assert "Draft. Not signed off." in book.intro


@pytest.mark.parametrize("made", ["annual", "quarterly"])
def test_the_sheet_of_columns_is_true_of_the_sheets_and_not_of_the_csv(made, section, kpis):
    book = book_of(section if made == "annual" else kpis)
    told = {(sheet, column): meaning for sheet, column, meaning in book.sheets[1].rows}
    named = set()

    assert not [m for m in told.values() if "`" in m or "lank" in m]
    for sheet in book.sheets[2:]:
        for at, heading in enumerate(sheet.headings):
            meaning, cells = told[sheet.name, heading], {row[at] for row in sheet.rows}
            gaps = {c for c in cells if re.fullmatch(r"\[[xz]\]", str(c))}
            assert all(f"{c}" in meaning for c in gaps) or heading == "Shorthand", (heading, gaps)
            assert heading != "Unit" or "“number”: a plain number" in meaning or sheet.name in {
                "Printed tables"}  # fmt: skip
            named |= set(re.findall("“([^”]*)”", meaning))
    names = {c.name for s in ("figures", "measure_judgements", "kpi_judgements", "kpi_figures")
             for c in columns_of(s)}  # fmt: skip
    assert not named & {n for n in names if "_" in n}
    if made == "annual":
        assert told["Judgements", "Value, from"].startswith("The value of “From”, in the measure's")
        assert "[c], [u], [x] or [z]: see “Shorthand”." in told["Figures", "Value"]


def test_a_spreadsheet_says_of_its_day_only_what_its_sources_bear_out(section, kpis):
    for report in (section, kpis):
        said = " ".join(book_of(report).intro)
        assert "nown" not in said
        assert "no figure of a later period is used" in said
        assert report.shown["period_end"].max().date() <= report.edition.as_of


def test_a_chart_to_download_says_its_title_judgement_source_date_and_licence(section):
    block = measure_block(section.view("1.41"))
    drawn = poster(block, CREDIT)
    root = ElementTree.fromstring(drawn)
    text = " ".join("".join(root.itertext()).split())
    space = "{http://www.w3.org/2000/svg}"

    assert root.findtext(f"{space}title") == f"1.41 {block['title']}"
    assert block["caption"] in root.findtext(f"{space}desc")
    seen = "".join(t.text for t in root.findall(f"{space}text")).replace(" ", "")
    for said in (block["title"], "1 year: Not Improving", block["caption"], block["source"],
                 "Covers periods up to December 2024.", "© Kent County Council",
                 "Open Government Licence v3.0"):  # fmt: skip
        assert said.replace(" ", "") in seen, said
    assert "<script" not in drawn
    assert "href" not in drawn
    assert text
    assert poster(block, CREDIT) == drawn
    width = float(root.get("width"))
    for line in root.findall(f"{space}text"):
        bold = line.get("font-weight") == "bold"
        assert width_of(line.text, float(line.get("font-size")), bold=bold) <= width - 64


def test_a_draft_says_so_inside_its_charts(section):
    block = measure_block(section.view("1.41"))

    assert "Draft." in poster(block, Credit("R", "C.", "K", "Not signed off."))
    assert "Draft" not in poster(block, CREDIT)


def test_a_picture_of_points_is_white_small_and_the_same_each_time(section):
    drawn = poster(measure_block(section.view("1.41")), CREDIT)
    png = png_of(drawn)

    assert png.startswith(b"\x89PNG")
    assert len(png) < 150_000
    assert png_of(drawn) == png
    assert packed(png) == png


def test_lines_of_a_picture_break_between_words_and_fit():
    lines = wrap("word " * 40 + "x" * 200, size=15, width=300)

    assert all(width_of(line, 15) <= 300 for line in lines)
    assert " ".join(lines).replace(" ", "") == "word" * 40 + "x" * 200
    assert lines[0].endswith("word")


@pytest.mark.parametrize("rows", [0, 1, 999, 1000, 1001, 2500])
def test_json_of_many_rows_is_the_json_of_all_of_them(rows):
    frame = pd.DataFrame({"code": [f"é{n}" for n in range(rows)], "value": np.arange(rows) / 7})
    told = [{"code": c, "value": float(f"{v:.12g}")} for c, v in frame.itertuples(index=False)]

    assert json_text(frame) == json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def test_each_link_to_a_download_makes_sense_alone():
    line = download_links("1.11", "1.11", figures=True, chart=True)
    html = str(render_blocks([measure() | {"downloads": line}]))
    root = ElementTree.fromstring(
        html[html.index('<details class="downloads">') :].split("</details>", maxsplit=1)[0]
        + "</details>"
    )

    assert [a.get("aria-label") for a in root.iter("a")] == [
        "1.11, figures, CSV", "1.11, judgements, CSV", "1.11, everything, JSON",
        "1.11, chart, SVG", "1.11, chart, PNG",
    ]  # fmt: skip
    assert all(a.get("aria-label").endswith(a.text) for a in root.iter("a"))
    assert next(root.iter("a")).get("href") == "data/measures/1-11.csv"
    assert root.findtext("summary") == "Download 1.11"


def measure():
    """A block with the least that a page needs."""
    return {
        "kind": "measure", "id": "m-1-11", "code": "1.11", "title": "T", "polarity": "",
        "notes": "", "verdicts": [], "caption": "C.", "chart": None, "table": None,
        "source": "S.", "evidence": [],
    }  # fmt: skip


def test_a_measure_without_figures_offers_none():
    parts = download_links("1.12", "1.12", figures=False, chart=False)["parts"]

    assert [p["name"] for p in parts] == ["judgements", "everything"]


def test_the_page_of_downloads_lists_every_file_of_every_measure(section, files):
    cells = [
        cell
        for block in downloads(section).blocks
        for row in block.get("rows", [])
        for cell in row
        if isinstance(cell, dict)
    ]
    listed = {c["href"] for c in cells}

    assert {f"data/{address}" for address in files} <= listed
    assert {f"data/{n}{e}" for n in section.files for e in (".csv", ".json")} <= listed
    for cell in cells:
        address = cell["href"].removeprefix("data/")
        if address.endswith(".csv") and address in files:
            size = len(csv_of(files[address].content).encode()) / 1000
            assert cell["text"] == f"CSV, {size:.1f} kB" or cell["text"] == f"CSV, {size:.0f} kB"
