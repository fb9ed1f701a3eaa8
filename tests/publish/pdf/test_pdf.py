"""The whole report as a PDF: whole, tagged, easy to find one's way in, and the same every time."""

import html as escapes
import json
import re
import shutil
from itertools import pairwise

import pytest
from lxml import html

from kcc_lib.publish.frozen import read_standing
from kcc_lib.publish.pdf.browser import find_printer
from kcc_lib.publish.pdf.make import add_pdf
from kcc_lib.records.places import find_workbook
from tests.publish.tags import last_rows_alone

from .conftest import bare, read

pytestmark = pytest.mark.slow
ABOUT = "About this report"
WITHIN = ["Method", "Audit", "Glossary", "Corrections", "Other formats", "Accessibility"]
#: Every page that is printed, in order, with the part that is named at the head of its pages.
PARTS = {
    "index": "Overview", "outcome-1": "Outcome 1", "outcome-2": "Outcome 2",
    "outcome-3": "Outcome 3", "changes": "What changed", "easy-read": "Easy Read",
    "method": ABOUT, "audit": ABOUT, "glossary": ABOUT, "corrections": ABOUT, "formats": ABOUT,
    "accessibility": ABOUT,
}  # fmt: skip
HEAD = "Increasing Opportunities, Improving Outcomes: Annual report 2019"


def root(pdf):
    return pdf.reader.trailer["/Root"]


def links(pdf):
    return [
        note.get_object()
        for page in pdf.reader.pages
        for note in page.get("/Annots", [])
        if note.get_object()["/Subtype"] == "/Link"
    ]


def bookmarks(found, level=1):
    for one in found:
        if isinstance(one, list):
            yield from bookmarks(one, level + 1)
        else:
            yield level, one.title


def test_only_the_pdf_is_made_where_the_pages_are_up_to_date(pdf, build):
    told = json.loads(read(pdf.folder, "run.json"))
    before = json.loads(read(build[1], "run.json"))

    assert "the pages of annual-2019 are up to date\nprinting annual-2019.pdf\n" in pdf.done.stderr
    assert re.search(r"^annual-2019\.pdf: \d+ pages +[\d.]+ s$", pdf.done.stderr, re.M)
    assert "building" not in pdf.done.stderr
    assert told.pop("outputs").keys() - before.pop("outputs").keys() == {"annual-2019.pdf"}
    assert told["environment"].pop("chromium") >= 131
    assert told == before


def test_a_pdf_that_is_up_to_date_is_not_printed_again(pdf, kcc):
    done = kcc("report", "--pdf", "--output", pdf.folder.parent)

    assert "annual-2019 is up to date" in done.stderr
    assert "printing" not in done.stderr


def test_it_is_tagged_in_british_english_and_shows_its_title(pdf):
    assert root(pdf)["/MarkInfo"]["/Marked"]
    assert root(pdf)["/Lang"] == "en-GB"
    assert root(pdf)["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.reader.metadata.title == f"Draft: {HEAD}"
    assert pdf.reader.xmp_metadata.dc_title == {"x-default": f"Draft: {HEAD}"}
    assert pdf.reader.metadata.author == "Kent County Council"
    assert pdf.reader.metadata.creation_date.date().isoformat() == "2019-10-31"


def test_headings_start_at_the_first_level_and_skip_none(pdf):
    levels = [int(t["/S"][2]) for t in pdf.tags if re.fullmatch(r"/H\d", t["/S"])]

    assert levels[0] == 1
    assert levels.count(1) == 2 + len(PARTS)
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_chart_is_one_figure_with_its_own_name_and_values(pdf, section):
    figures = [t.get("/Alt", "") for t in pdf.tags if t["/S"] == "/Figure"]
    drawn = [m for m in section.catalogue.measures if len(section.view(m).held)]

    assert [f.split()[0] for f in figures] == drawn
    assert len(set(figures)) == len(figures)
    assert all(re.match(r"\S+ .+: chart of .+\. Kent: .*\d", f) for f in figures)


def test_the_contents_name_the_page_on_which_each_heading_stands(pdf):
    starts = "|".join(["\\d\\.\\d ", "Outcome ", "Made for", *PARTS.values(), *WITHIN])
    said = re.sub(rf"\s*\n(?!{starts})", " ", pdf.spaced[1])
    lines = re.findall(r"^(.+?) (\d+)$", said, re.M)
    told = {words: int(number) for words, number in lines}
    headings = [
        (f"{name}--so-{code}", f"{code.replace('-', '.')} {escapes.unescape(title)}")
        for name in PARTS
        for code, title in re.findall(
            r'<h2 id="so-(\d-\d)"><span class="kicker">[\d.]+</span> (.+?)</h2>',
            read(pdf.folder, f"{name}.html"),
        )
    ]

    assert len(headings) == 20
    for place, words in headings:
        assert told[words] == pdf.on_page[place], words
        assert bare(words) in pdf.texts[told[words] - 1]
    assert told["Overview"] == pdf.on_page["index"] == 3
    assert told["Audit"] == pdf.on_page["audit"]


def test_a_measure_names_the_page_on_which_its_judgement_is_told(pdf, section):
    told = re.findall(r"How this was judged: page (\d+)", "\n".join(pdf.spaced))
    places = [
        f"outcome-{measure[0]}--m-{measure.replace('.', '-')}-judged"
        for measure in section.catalogue.measures
    ]

    assert [int(number) for number in told] == [pdf.on_page[place] for place in places]


def test_every_page_but_the_cover_names_report_part_and_number(pdf):
    starts = [(2, "Contents"), *((pdf.on_page[name], part) for name, part in PARTS.items())]
    assert HEAD not in pdf.spaced[0]
    for number, said in enumerate(pdf.spaced[1:], start=2):
        edges = [bare(line) for line in said.splitlines()]
        part = [title for start, title in starts if start <= number][-1]
        assert any(bare(HEAD) in line for line in edges), number
        assert any(line.endswith(bare(part)) for line in edges), number
        assert f"{number}Draft:notsignedoff" in edges, number


def test_every_page_of_a_draft_says_so(pdf):
    assert "Draft" in pdf.texts[0]
    assert all("Draft:notsignedoff" in text for text in pdf.texts[1:])


def test_the_cover_says_what_it_is_of_whom_and_of_when(pdf):
    for words in ("Kent County Council", "Increasing Opportunities, Improving Outcomes",
                  "Annual report 2019", "As of 31 October 2019", "Not signed off"):  # fmt: skip
        assert bare(words) in pdf.texts[0]


def test_bookmarks_are_the_headings_in_their_order(pdf):
    found = list(bookmarks(pdf.reader.outline))
    tops = [title for level, title in found if level == 1]

    assert tops[:4] == [
        "Increasing Opportunities, Improving Outcomes", "Contents",
        "Annual report 2019 Increasing Opportunities, Improving Outcomes",
        "Outcome 1 Children and young people in Kent get the best start in life",
    ]  # fmt: skip
    assert len(tops) == 2 + len(PARTS)
    assert (3, "1.11 Deaths of infants aged under 1 year per 1,000 live births") in found


def test_every_link_inside_leads_somewhere_and_others_leave_for_an_address(pdf):
    places = pdf.reader.named_destinations
    inside = [note["/Dest"] for note in links(pdf) if "/Dest" in note]
    outside = [note["/A"]["/URI"] for note in links(pdf) if "/Dest" not in note]

    assert len(inside) > 200
    assert all(str(one) in places for one in inside)
    assert all(re.match("https?://|mailto:|tel:", one) for one in outside)


def test_no_data_table_stays_closed(pdf):
    said = "".join(pdf.texts)
    tables = [
        table
        for name in PARTS
        for table in html.fromstring(read(pdf.folder, f"{name}.html")).iter("table")
    ]

    assert len(tables) > 50
    for table in tables:
        assert bare(table.find("caption").text_content()) in said
        for cell in table.xpath(".//tbody//th | .//tbody//td"):
            for words in cell.itertext():
                assert bare(words) in said, words


def test_no_table_leaves_its_last_row_on_a_page_alone(pdf):
    assert last_rows_alone(pdf.file.read_bytes()) == []


def test_no_page_is_blank(pdf):
    edges = len(bare(HEAD)) + 80

    assert [n for n, text in enumerate(pdf.texts[1:], start=2) if len(text) < edges] == []


def test_the_measures_take_at_most_four_fifths_of_a_page_each(pdf, section):
    pages = pdf.on_page["changes"] - pdf.on_page["outcome-1"]

    assert pages <= 0.8 * len(section.catalogue.measures)


def test_the_same_pages_print_the_same_bytes(pdf, section, tmp_path):
    again = shutil.copytree(pdf.folder, tmp_path / "annual-2019") / "annual-2019.pdf"
    standing = read_standing(section, find_workbook())

    add_pdf(again, section, standing, find_printer())

    assert again.read_bytes() == pdf.file.read_bytes()


def test_a_page_built_again_leaves_the_old_pdf_out(pdf, kcc, tmp_path):
    shutil.copytree(pdf.folder, tmp_path / "annual-2019")

    done = kcc("report", "--only", "method", "--output", tmp_path)

    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "annual-2019" / "annual-2019.pdf").exists()
    assert (
        "annual-2019.pdf" not in json.loads(read(tmp_path / "annual-2019", "run.json"))["outputs"]
    )


def test_a_pdf_of_pages_that_are_not_all_built_is_refused(chromium, kcc, tmp_path):
    done = kcc("report", "--pdf", "--only", "method", "--output", tmp_path)

    assert done.returncode == 2
    assert "index, find-a-measure, outcome-1, outcome-2, outcome-3, changes" in done.stderr
    assert "downloads of annual-2019 are not built; leave out --only\n" in done.stderr
    assert list(tmp_path.iterdir()) == []
