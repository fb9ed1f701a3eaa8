"""The PDF against the clauses of PDF/UA-1 that a machine can check, and how its tags are mended."""

import re

import pytest
from lxml import html
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from kcc_lib.errors import PublishError
from kcc_lib.publish.pdf.artifacts import free_rules, mark_artifacts
from kcc_lib.publish.pdf.boxes import boxes_of_figures
from kcc_lib.publish.pdf.links import Link, links_of, name_links
from kcc_lib.publish.pdf.tags import mend_tags

from .conftest import bare, read
from .pdfua import all_notes, attribute, faults_of, held_tags, kind, of_owners, of_places

CLAUSES = ("file", "types", "places", "content", "owners", "figures", "headings", "tables",
           "links", "fonts")  # fmt: skip


@pytest.fixture(scope="module")
def faults(pdf):
    return faults_of(pdf.reader)


@pytest.mark.slow
@pytest.mark.parametrize("clause", CLAUSES)
def test_no_clause_of_pdf_ua_that_a_machine_can_check_is_broken(faults, clause):
    assert faults.get(clause, []) == []


@pytest.mark.slow
def test_a_link_is_called_by_its_words_with_the_page_it_leads_to(pdf):
    contents = [note.get_object() for note in pdf.reader.pages[1]["/Annots"]]
    judged = [n for n in all_notes(pdf.reader) if "How this was judged" in n["/Contents"]]
    numbered = [
        (note["/Contents"], pdf.on_page[str(note["/Dest"]).removeprefix("/")])
        for note in contents + judged
    ]

    assert len(numbered) > 100
    for words, page in numbered:
        assert words.endswith(f" {page}"), words


@pytest.mark.slow
def test_a_figures_box_is_as_wide_as_charts_are_printed(pdf):
    boxes = [attribute(t, "/BBox") for t in pdf.tags if kind(t) == "Figure"]

    assert len(boxes) > 30
    for left, bottom, right, top in boxes:
        assert (right - left) / 72 * 25.4 == pytest.approx(70, abs=0.2)
        assert 55 < (top - bottom) / 72 * 25.4 < 80


@pytest.mark.slow
def test_a_mark_of_a_list_that_is_drawn_says_what_it_stands_for(pdf):
    marks = [t for t in pdf.tags if kind(t) == "Lbl" and "/ActualText" in t]

    assert len(marks) > 30
    assert {t["/ActualText"] for t in marks} == {"•"}
    assert all([kind(k) for k in held_tags(t["/P"])] == ["Lbl", "LBody"] for t in marks)


@pytest.mark.slow
def test_the_pdf_tells_nobody_to_use_the_foot_of_a_page_on_a_screen(pdf):
    told = "Tell us about this page, at the foot of each page"
    on_screen = [
        name
        for name in ("corrections", "formats", "accessibility")
        if told in html.fromstring(read(pdf.folder, f"{name}.html")).text_content()
    ]

    assert on_screen == ["corrections", "formats", "accessibility"]
    assert not any(bare("Tell us about this page") in text for text in pdf.texts)


def test_a_links_words_are_its_label_or_its_text_on_one_line():
    page = '<p><a href="#a">1.11 <b>Infant\n deaths</b></a> <a href="#b" aria-label="All">x</a></p>'

    assert links_of(page) == [Link("#a", "1.11 Infant deaths"), Link("#b", "All")]
    with pytest.raises(PublishError, match="links without words: #c"):
        links_of('<p><a href="#c"><img></a></p>')


def link_to(**leads):
    note = {NameObject(f"/{n}"): one for n, one in leads.items()}
    part = {NameObject("/Type"): NameObject("/OBJR"), NameObject("/Obj"): DictionaryObject(note)}
    return DictionaryObject({NameObject("/K"): ArrayObject([DictionaryObject(part)])})


def test_links_in_another_order_or_number_than_on_the_pages_are_refused():
    away = DictionaryObject({NameObject("/URI"): TextStringObject("https://a.uk/")})
    tags = [link_to(Dest=NameObject("/a")), link_to(A=away)]
    links = [Link("#a", "A"), Link("https://a.uk", "B")]

    name_links(tags, links)

    assert [t["/K"][0]["/Obj"]["/Contents"] for t in tags] == ["A", "B"]
    for others in (links[::-1], links[:1], [*links, links[0]], [Link("#b", "B"), links[1]]):
        with pytest.raises(PublishError, match="links of the printed report are not those of its"):
            name_links(tags, others)


def test_a_rule_is_no_content_and_a_chart_or_a_word_is():
    drawn = b"/%s <</MCID %d >>BDC\n0 0 9 1 re\nf\n%sEMC"
    words = b"BT\n(1) Tj\nET\n"
    parts = [(b"Table", 0, b""), (b"LI", 1, b""), (b"P", 2, words), (b"Figure", 3, b""),
             (b"Lbl", 4, b"")]  # fmt: skip

    freed, found = free_rules(b"\n".join(drawn % part for part in parts))

    assert re.findall(rb"^/(\w+)", freed, re.M) == [
        b"Artifact",
        b"Artifact",
        b"P",
        b"Figure",
        b"Lbl",
    ]
    assert found == {0: "Table", 1: "LI", 3: "Figure", 4: "Lbl"}


def test_a_drawing_with_tags_of_its_own_is_no_artifact():
    assert mark_artifacts(b"/X1 Do\n/X2 Do", {b"/X2"}) == b"/Artifact BMC\n/X1 Do\nEMC\n/X2 Do"


def test_a_figure_stands_in_the_window_that_is_set_before_it():
    drawn = b".5 0 0 -.5 0 800 cm\nq\n0 0 9 9 re\nW* n\nQ\nq\n100 200 40 60 re\nW n\nq\n"
    drawn += b"2 0 0 2 0 0 cm\n/Figure <</MCID 7 >>BDC\n0 0 1 1 re\nf\nEMC\nQ\nQ"

    assert boxes_of_figures(drawn) == {7: (50, 670, 70, 700)}


def test_what_an_item_held_itself_is_held_by_its_body():
    writer, drawing = PdfWriter(), DecodedStreamObject()
    page = writer.add_blank_page(9, 9)
    drawing.set_data(b"/LI <</MCID 0 >>BDC\nBT\n(1) Tj\nET\nEMC")
    item = DictionaryObject({
        NameObject("/S"): NameObject("/LI"), NameObject("/K"): ArrayObject([NumberObject(0)]),
        NameObject("/Pg"): page.indirect_reference,
    })  # fmt: skip
    list_ = DictionaryObject({NameObject("/S"): NameObject("/L")})
    list_[NameObject("/K")] = ArrayObject([writer._add_object(item)])
    item[NameObject("/P")] = writer._add_object(list_)
    pairs = ArrayObject([NumberObject(0), ArrayObject([item.indirect_reference])])
    root = DictionaryObject({NameObject("/K"): list_.indirect_reference})
    root[NameObject("/ParentTree")] = DictionaryObject({NameObject("/Nums"): pairs})
    writer.root_object[NameObject("/StructTreeRoot")] = root
    page[NameObject("/Contents")] = writer._add_object(drawing)
    page[NameObject("/StructParents")] = NumberObject(0)

    mend_tags(writer, [])

    assert [kind(one) for one in held_tags(item)] == ["LBody"]
    assert pairs[1][0].get_object() is held_tags(item)[0]
    assert of_places([list_, item]) == of_owners(writer) == []
