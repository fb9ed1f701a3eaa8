"""The files beside the pages as they are written: spreadsheets, charts, schemas, promises."""

import io
import json
import re
import zipfile
from datetime import datetime
from itertools import chain
from math import ceil

import jsonschema
import nbformat
import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from kcc_lib.presentation.blocks import MIME
from kcc_lib.presentation.downloads import bundle, sheets
from kcc_lib.presentation.downloads.page import downloads
from kcc_lib.presentation.downloads.wrapping import width_of
from kcc_lib.presentation.measure_block import measure_block
from kcc_lib.presentation.vetting import vet_svg
from kcc_lib.publish.downloads.charts import write_charts
from kcc_lib.publish.downloads.files import write_books, write_downloads
from kcc_lib.publish.downloads.ods import ods_of
from kcc_lib.publish.downloads.xlsx import xlsx_of
from kcc_lib.publish.tables import write_data

HOSTILE = (
    "=1+1", "{=1+1}", "+1+1", "-2+3", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x.example","y")',
    "http://x.example/", "internal:'Cover'!A1", "[y](http://x.example)", "$$note$$", "…", "%",
    "007",
)  # fmt: skip
NUMBERS = (-3.2, 0.0, 1234567.891, 5)
WRITERS = {"ods": ods_of, "xlsx": xlsx_of}


@pytest.fixture(scope="session")
def particulars(section):
    return bundle.particulars_of(section, state="draft", sign_off="Not signed off.")


@pytest.fixture(scope="session")
def data(section, particulars, tmp_path_factory):
    """The data folder of the 2019 edition."""
    folder = tmp_path_factory.mktemp("built") / "data"
    write_data(section, folder)
    write_books(section, particulars, folder)
    write_downloads(section, particulars, folder)
    return folder


@pytest.fixture(scope="module")
def hostile(particulars):
    """A spreadsheet of text that a program might run, and of true numbers."""
    rows = (*((text, "plain", "[z]") for text in HOSTILE), *(("plain", n, "[x]") for n in NUMBERS))
    title = '=cmd|" /C calc"!A0'
    sheet = sheets.Sheet("Figures", title, "=about", ("=Heading", "Value", "Note"), rows)
    return sheets.Book(particulars, ("=1+1",), ("@contact",), (sheet,))


def parts(made, ending):
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {n: archive.read(n) for n in archive.namelist() if n.endswith(ending)}


@pytest.mark.parametrize("kind", WRITERS)
def test_nothing_in_a_spreadsheet_is_run_and_numbers_stay_numbers(kind, hostile):
    made = WRITERS[kind](hostile)
    trees = [etree.fromstring(x) for n, x in parts(made, ".xml").items() if "rels" not in n]
    formulas = [
        e
        for tree in trees
        for e in tree.iter("{*}f")
        if kind == "xlsx" and e.getparent().tag.endswith("}c")
    ]
    formulas += [e for tree in trees for e in tree.iter() if any("formula" in a for a in e.attrib)]
    assert formulas == []

    rows = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_name("Figures").to_python()
    cells = [r[0] for r in rows[3 : 3 + len(HOSTILE)]]
    assert [c.strip() for c in cells] == [t.strip() for t in HOSTILE]
    assert [r[1] for r in rows[3 + len(HOSTILE) :]] == list(NUMBERS)


@pytest.mark.parametrize("made", ["annual", "hostile"])
def test_both_spreadsheets_have_the_same_in_every_cell_of_every_sheet(made, data, hostile):
    def cells(kind):
        file = data / f"annual-2019.{kind}"
        held = file.read_bytes() if made == "annual" else WRITERS[kind](hostile)
        book = CalamineWorkbook.from_filelike(io.BytesIO(held))
        return {n: book.get_sheet_by_name(n).to_python() for n in book.sheet_names}

    ods, xlsx = cells("ods"), cells("xlsx")
    # what XML cannot hold: one writes a blank for it, the other its number
    xlsx = json.loads(json.dumps(xlsx).replace("\\t=1", "=1"))
    ods = json.loads(json.dumps(ods).replace("\\t=1", "=1"))
    assert xlsx == ods
    if made == "annual":
        assert "%" in {row[ods["Figures"][2].index("Unit")] for row in ods["Figures"][3:]}


def sheets_of(made):
    """The worksheets of an XLSX file as trees, by name, in their order."""
    names = CalamineWorkbook.from_filelike(io.BytesIO(made)).sheet_names
    held = parts(made, ".xml")
    return {
        name: etree.fromstring(held[f"xl/worksheets/sheet{n}.xml"])
        for n, name in enumerate(names, start=1)
    }


def test_every_row_of_the_xlsx_is_as_high_as_its_lines_of_text(data):
    made = (data / "annual-2019.xlsx").read_bytes()
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))

    for name, tree in sheets_of(made).items():
        # one element tells of all columns of one width that stand together
        columns = [
            float(c.get("width")) * 7 * 0.75
            for c in tree.iter("{*}col")
            for _ in range(int(c.get("min")), int(c.get("max")) + 1)
        ]
        rows = list(tree.iter("{*}row"))
        cells = book.get_sheet_by_name(name).to_python()
        assert len(rows) == len(cells)
        wrapped = 0
        for at, (row, texts) in enumerate(zip(rows, cells, strict=True)):
            assert row.get("customHeight") == "1", (name, at)
            if name == "Cover" or at > 1:  # title and line about the table run on
                needed = [width_of(str(t), 12) / w for t, w in zip(texts, columns, strict=True)]
                wrapped += max(needed) > 1
                assert float(row.get("ht")) >= ceil(max(needed)) * 12, (name, at)
        assert wrapped or name == "Contents"


def test_printed_a_sheet_is_as_few_pages_wide_as_can_be_read_and_the_cover_is_no_wider(data):
    across = {"Judgements": "3", "Figures": "2"}
    for name, tree in sheets_of((data / "annual-2019.xlsx").read_bytes()).items():
        (setup,), (fit,) = tree.iter("{*}pageSetup"), tree.iter("{*}pageSetUpPr")
        assert (setup.get("orientation"), setup.get("paperSize")) == ("landscape", "9")
        assert (fit.get("fitToPage"), setup.get("fitToHeight")) == ("1", "0")
        assert setup.get("fitToWidth", "1") == across.get(name, "1"), name
    held = parts((data / "annual-2019.ods").read_bytes(), ".xml")
    layouts = list(etree.fromstring(held["styles.xml"]).iter("{*}page-layout-properties"))
    assert layouts
    for layout in layouts:
        told = {a.rpartition("}")[2]: v for a, v in layout.attrib.items()}
        assert (told["print-orientation"], told["scale-to-Y"]) == ("landscape", "0")
        assert told["page-width"] == "842pt"
    style = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
    assert [layout.get(f"{style}scale-to-X") for layout in layouts] == ["1", "1", "3"]
    content = etree.fromstring(held["content.xml"])
    first = next(content.iter("{*}table-column-properties"))
    assert float(first.values()[0].removesuffix("pt")) < 595 - 2 * 36


@pytest.mark.parametrize("kind", WRITERS)
def test_text_of_data_becomes_no_link(kind, hostile):
    made = WRITERS[kind](hostile)
    addresses = re.findall(rb'(?:Target|xlink:href)="([^"]*)"', b"".join(
        chain(parts(made, ".rels").values(), parts(made, ".xml").values())
    ))  # fmt: skip

    assert not [a for a in addresses if b"x.example" in a]


@pytest.mark.parametrize("kind", WRITERS)
def test_the_same_book_gives_the_same_bytes_dated_by_its_edition(kind, section, particulars, data):
    book = sheets.book_of(section, particulars, bundle.groups_of(section))
    made = WRITERS[kind](book)

    assert made == (data / f"annual-2019.{kind}").read_bytes()
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    told = b"".join(x for n, x in parts(made, ".xml").items() if "meta" in n or "core" in n)
    assert b"2019-10-31T00:00:00" in told
    assert b"en-GB" in told
    assert b"Annual report 2019" in told
    assert str(datetime.now().year).encode() not in told


@pytest.mark.parametrize("kind", WRITERS)
def test_a_spreadsheet_has_a_cover_contents_notes_and_one_table_a_sheet(kind, data):
    made = (data / f"annual-2019.{kind}").read_bytes()
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))

    assert book.sheet_names == ["Cover", "Contents", "Notes", "Columns", "Judgements", "Figures"]
    assert book.get_sheet_by_name("Cover").to_python()[0][0].endswith("Annual report 2019")
    contents = book.get_sheet_by_name("Contents").to_python()
    assert [r[0] for r in contents[3:]] == book.sheet_names[2:]
    for name in book.sheet_names[2:]:
        title, about, heads, *rows = book.get_sheet_by_name(name).to_python()
        assert title[0]
        assert "one table" in about[0]
        assert all(str(cell).strip() for row in (heads, *rows) for cell in row)
    assert len(book.get_sheet_by_name("Judgements").to_python()) == 148 + 3


def test_no_cell_is_merged_and_each_table_is_marked_with_its_header(data):
    (content,) = parts((data / "annual-2019.ods").read_bytes(), "content.xml").values()
    ods = etree.fromstring(content)
    xlsx = parts((data / "annual-2019.xlsx").read_bytes(), ".xml")

    assert not [a for e in ods.iter() for a in e.attrib if "spanned" in a]
    assert not [e for x in xlsx.values() for e in etree.fromstring(x).iter("{*}mergeCell")]
    tables = list(ods.iter("{*}table"))
    marked = list(ods.iter("{*}database-range"))
    assert len(marked) == len(tables) - 1  # all but the cover
    assert all(len(list(t.iter("{*}table-header-rows"))) == 1 for t in tables[1:])
    assert len([n for n in xlsx if "tables/" in n]) == len(marked)


def test_the_data_package_lists_every_file_with_the_schema_of_each_table(data):
    package = json.loads((data / "datapackage.json").read_text())
    listed = {r["path"]: r for r in package["resources"]}
    held = {p.relative_to(data).as_posix() for p in data.rglob("*") if p.is_file()}

    assert set(listed) == held - {"datapackage.json"}
    assert len({r["name"] for r in package["resources"]}) == len(listed)
    for path, one in listed.items():
        if path.endswith(".csv"):
            fields = json.loads((data / one["schema"]).read_text())["fields"]
            header = (data / path).read_text(one["encoding"]).splitlines()[0]
            assert header == ",".join(f["name"] for f in fields)
        elif "jsonSchema" in one:
            schema = json.loads((data / one["jsonSchema"]).read_text())
            told = json.loads((data / path).read_text())
            jsonschema.Draft202012Validator(schema).validate(told)
    assert all("jsonSchema" in r for p, r in listed.items()
               if p.endswith(".json") and not p.startswith("schema/"))  # fmt: skip


def test_the_address_of_a_schema_leads_from_an_object_to_its_schema(data):
    for path in [*(data / "measures").glob("*.json"), *(data / "outcomes").glob("*.json")]:
        assert (path.parent / json.loads(path.read_text())["$schema"]).resolve().is_file()


def test_writing_again_gives_the_same_bytes_and_leaves_nothing_of_before(
    section, particulars, data, tmp_path
):
    for stale in ("measures/9-99.json", "charts/9-99.png", "old.ods"):
        (tmp_path / stale).parent.mkdir(exist_ok=True)
        (tmp_path / stale).write_text("stale")
    write_data(section, tmp_path)
    write_books(section, particulars, tmp_path)
    write_downloads(section, particulars, tmp_path)

    again = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    assert again == {p.relative_to(data): p.read_bytes() for p in data.rglob("*") if p.is_file()}


def test_no_download_names_a_folder_of_the_machine(data):
    for path in data.rglob("*"):
        if path.is_file() and path.suffix not in {".ods", ".xlsx"}:
            assert "/home/" not in path.read_text("utf-8")
            assert str(data) not in path.read_text("utf-8")


@pytest.fixture(scope="module")
def executed(section, tmp_path_factory):
    """A notebook that shows one measure with a chart and one without."""
    blocks = [measure_block(section.view(m)) for m in ("1.41", "1.12")]
    cell = nbformat.v4.new_code_cell(
        outputs=[nbformat.v4.new_output("display_data", {MIME: {"version": 1, "blocks": blocks}})]
    )
    path = tmp_path_factory.mktemp("executed") / "outcome-1.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    return path


def test_the_charts_of_a_page_are_written_from_its_own_blocks(executed, section, tmp_path):
    credit = {"edition": "Report", "covers": "Covers 2019.", "publisher": "Kent County Council"}
    write_charts(executed, credit, tmp_path)

    made = sorted(p.name for p in (tmp_path / "charts").iterdir())
    drawn = (tmp_path / "charts" / "1-41.svg").read_text()
    block = measure_block(section.view("1.41"))
    lines = vet_svg(block["chart"]["wide"]).partition(">")[2].removesuffix("</svg>")
    assert made == ["1-41.png", "1-41.svg"]
    assert str(lines) in drawn


def test_every_file_that_the_page_of_downloads_offers_is_written(section, data):
    told = json.dumps(downloads(section).blocks)
    offered = set(re.findall(r'[("](data/[^")]+)[")]', told))

    assert len(offered) > 200
    for address in offered:
        assert address.startswith("data/charts/") or (data.parent / address).is_file(), address
