"""Locks and copies that editors leave are no inputs; a file that cannot be read is a fault."""

import pytest

from kcc_lib.publish.same_inputs import changed_since, look_at_inputs
from kcc_lib.records.places import Workbook

LOCKS = [".~lock.measures.csv#", "~$measures.csv", "#measures.csv#", ".stale.csv", "measures.csv~",
         "measures.csv.swp", "measures.csv.tmp"]  # fmt: skip


@pytest.mark.parametrize("name", [*LOCKS, "observations/.~lock.series.csv#", ".hidden/x.csv"])
def test_an_editors_lock_is_no_input_of_a_build(book, name):
    workbook = Workbook(book.root)
    before = look_at_inputs(workbook)

    book.write(name, "Analyst,desk-12,22.11.2026 10:00")

    assert look_at_inputs(workbook).hashes == before.hashes
    assert changed_since(before, workbook) == []


@pytest.mark.parametrize("name", [*LOCKS, "observations/~$series.csv", "editions/~$annual.toml"])
def test_an_editors_lock_is_neither_checked_nor_counted(book, name):
    before = book.kcc("check")

    book.write(name, b"\x05Analyst\x00")

    assert (book.kcc("check").exit_code, book.kcc("check").output) == (0, before.output)


def test_a_link_that_leads_nowhere_is_no_input_where_it_is_an_editors(book):
    (book.raw / "editions").mkdir()
    before = book.kcc("check").output

    (book.raw / "editions" / ".#annual-2019.toml").symlink_to("analyst@desk-12.4711")

    assert book.kcc("check").output == before


def test_a_new_file_of_data_is_an_input(book):
    workbook = Workbook(book.root)
    before = look_at_inputs(workbook)

    book.write("observations/more.csv", "measure,area,period,value\n")

    told = "data/raw/observations/more.csv was added while the report was built"
    assert changed_since(before, workbook) == [told]


@pytest.mark.parametrize("kind", ["link", "folder"])
def test_an_edition_that_cannot_be_opened_is_a_fault_of_that_file_alone(shipped, kind):
    path = shipped.raw / "editions" / "x.toml"
    path.symlink_to("gone") if kind == "link" else path.mkdir()

    checked, other = shipped.kcc("check"), shipped.kcc("explain", "3.71")

    why = {"link": "No such file or directory", "folder": "Is a directory"}[kind]
    assert checked.exit_code == 2
    assert f"data/raw/editions/x.toml: cannot be opened ({why}); restore it" in checked.stdout
    assert other.exit_code == 0


def test_a_mark_at_the_head_of_an_edition_is_no_fault(shipped):
    path = shipped.raw / "editions" / "annual-2019.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    assert shipped.kcc("explain", "3.71").exit_code == 0
