"""Statistical neighbours: lists with a date, each whole, and an edition that names one of them."""

import pytest

from kcc_lib.errors import DataError
from kcc_lib.measures import Neighbours
from kcc_lib.periods import parse_period
from kcc_lib.records.catalogue import read_catalogue
from kcc_lib.records.check import check_folder
from kcc_lib.records.editions import read_edition
from kcc_lib.vocabulary import PeriodType

HEAD = "area,neighbour,rank,as_of,source\n"
AREAS = """\
area,name,source
E10000016,Kent,ONS
E92000001,England,ONS
E10000012,Essex,ONS
E10000008,Devon,ONS
E10000027,Somerset,ONS
"""
TOML = "editions/annual-2019.toml"


def written(book, *rows):
    book.write("areas.csv", AREAS)
    book.write("neighbours.csv", HEAD + "".join(f"{row}\n" for row in rows))
    return sorted(check_folder(book.raw, "data/raw")[0])


def told(faults):
    return [(f.file, f.line, f.column, f.found) for f in faults]


def month(label):
    return parse_period(label, PeriodType.MONTH)


def test_the_shipped_list_is_of_may_2025_and_has_ten_neighbours_in_order(shipped):
    (found,) = read_catalogue(shipped.raw).neighbours

    assert (found.area, found.as_of.label, len(found.areas)) == ("E10000016", "May 2025", 10)
    assert found.areas[:3] == ("E10000012", "E10000011", "E10000008")  # Essex, East Sussex, Devon
    assert "Local Authority Interactive Tool" in found.source


def test_several_versions_may_stand_in_the_file_and_are_kept_apart(book):
    faults = written(
        book,
        "E10000016,E10000008,2,May 2025,DfE 2025",
        "E10000016,E10000012,1,May 2025,DfE 2025",
        "E10000016,E10000012,1,2019-03,DfE 2019",
    )
    catalogue = read_catalogue(book.raw)

    assert faults == []
    assert catalogue.neighbours == (
        Neighbours("E10000016", month("Mar 2019"), ("E10000012",), "DfE 2019"),
        Neighbours("E10000016", month("May 2025"), ("E10000012", "E10000008"), "DfE 2025"),
    )
    assert catalogue.neighbours_of("E10000016", "Mar 2019").areas == ("E10000012",)
    assert catalogue.neighbours_of("E10000016", "Mar 2020") is None
    assert catalogue.neighbours_of("E10000008", "May 2025") is None


def test_a_workbook_without_the_file_has_no_neighbours(book):
    assert read_catalogue(book.raw).neighbours == ()


FILE = "data/raw/neighbours.csv"
GOOD = "E10000016,E10000012,1,May 2025,DfE"


@pytest.mark.parametrize(
    ("row", "column", "found", "words"),
    [
        ("E10000016,E10000099,2,May 2025,DfE", "neighbour", "E10000099", "is no area"),
        ("E10000099,E10000008,1,May 2025,DfE", "area", "E10000099", "is no area"),
        ("E10000016,E10000016,2,May 2025,DfE", "neighbour", "E10000016", "is the area itself"),
        ("E10000016,E10000008,1,May 2025,DfE", "rank", "1", "is already on line 2"),
        ("E10000016,E10000012,2,May 2025,DfE", "neighbour", "E10000012", "is already on line 2"),
        ("E10000016,E10000008,3,May 2025,DfE", "rank", "3", "rank 2 of the list of May 2025"),
        ("E10000016,E10000008,0,May 2025,DfE", "rank", "0", "is not a rank"),
        ("E10000016,E10000008,1.5,May 2025,DfE", "rank", "1.5", "is not a rank"),
        ("E10000016,E10000008,second,May 2025,DfE", "rank", "second", "is not a number"),
        ("E10000016,E10000008,2,2025,DfE", "as_of", "2025", "is not a month"),
        ("E10000016,E10000008,2,May 25th,DfE", "as_of", "May 25th", "is not a month"),
        ("E10000016,E10000008,2,May 2025,ONS", "source", "ONS", "is not the source on line 2"),
        ("E10000016,E10000008,2,May 2025,", "source", "", "is blank"),
        (",E10000008,2,May 2025,DfE", "area", "", "is blank"),
        ("E10000016,E10000008,,May 2025,DfE", "rank", "", "is blank"),
    ],
)  # fmt: skip
def test_each_fault_names_its_line_and_column_what_stood_there_and_what_to_do(
    book, row, column, found, words
):
    (fault,) = written(book, GOOD, row)

    assert told([fault]) == [(FILE, 3, column, found)]
    assert words in fault.problem
    assert fault.remedy


def test_every_fault_is_told_at_once(book):
    faults = written(
        book, GOOD,
        "E10000016,E10000016,2,May 2025,DfE", "E10000016,E10000008,two,May 2025,DfE",
        "E10000016,E10000099,4,soon,DfE",
    )  # fmt: skip

    assert told(faults) == [
        (FILE, 3, "neighbour", "E10000016"), (FILE, 4, "rank", "two"),
        (FILE, 5, "as_of", "soon"), (FILE, 5, "neighbour", "E10000099"),
    ]  # fmt: skip


def test_a_huge_rank_is_a_gap_like_any_other(book):
    (fault,) = written(book, GOOD, "E10000016,E10000008,9000000000,May 2025,DfE")

    assert "rank 2 of the list of May 2025 is missing" in fault.problem


def test_an_edition_names_the_version_it_uses(shipped):
    catalogue = read_catalogue(shipped.raw)

    assert read_edition(shipped.raw, "annual-2019", catalogue).neighbours == "May 2025"


def test_an_edition_that_names_an_unknown_version_is_refused_with_those_held(shipped):
    shipped.swap(TOML, 'neighbours = "May 2025"', 'neighbours = "May 2024"')
    catalogue = read_catalogue(shipped.raw)

    with pytest.raises(DataError, match="held: May 2025") as refused:
        read_edition(shipped.raw, "annual-2019", catalogue)

    (fault,) = refused.value.faults
    assert (fault.column, fault.found) == ("neighbours", "May 2024")


def test_an_edition_of_an_area_without_neighbours_may_not_name_any(shipped):
    shipped.swap(TOML, 'area = "E10000016"', 'area = "E10000008"')
    catalogue = read_catalogue(shipped.raw)

    with pytest.raises(DataError, match=r"neighbours\.csv has none of E10000008"):
        read_edition(shipped.raw, "annual-2019", catalogue)


def test_an_edition_need_not_name_neighbours(shipped):
    shipped.swap(TOML, 'neighbours = "May 2025"\n', "")

    edition = read_edition(shipped.raw, "annual-2019", read_catalogue(shipped.raw))

    assert edition.neighbours == ""
