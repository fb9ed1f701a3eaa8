"""The cover of a quarterly edition: what print says, nothing more, and a faulty one refused."""

import datetime

import pytest

from kcc_lib.quarterly import Cover
from kcc_lib.records.catalogue import read_catalogue
from kcc_lib.records.check import check_folder
from kcc_lib.records.editions import read_edition

FIRST, THIRD = "qpr-2017-18-q1", "qpr-2024-25-q3"


def cover_of(request, name):
    raw = request.config.rootpath / "data" / "raw"
    return read_edition(raw, name, read_catalogue(raw)).quarterly.cover


def test_the_cover_of_2017_is_that_of_the_report_to_cabinet(request):
    assert cover_of(request, FIRST) == Cover(
        senders=(
            "Susan Carey, Cabinet Member for Customers, Communications and Performance",
            "David Cockburn, Corporate Director, Strategic and Corporate Services",
        ),
        to="Cabinet",
        meeting=datetime.date(2017, 9, 25),
        decision_number="N/A",
        classification="Unrestricted",
        produced_by="KCC Strategic Business Development and Intelligence",
        email="performance@kent.gov.uk",
        phone="03000 416091",
    )


def test_of_the_cover_of_2024_only_the_meeting_is_held(request):
    assert cover_of(request, THIRD) == Cover(to="Cabinet", meeting=datetime.date(2025, 3, 4))


def told(shipped, cover):
    """The faults of the 2024 edition with another cover."""
    shipped.swap(f"editions/{THIRD}.toml", 'to = "Cabinet"\nmeeting = 2025-03-04\n', cover)
    faults, _ = check_folder(shipped.raw, "data/raw")
    assert {f.file for f in faults} <= {f"data/raw/editions/{THIRD}.toml"}
    return [str(f).partition(".toml, ")[2] for f in sorted(faults)]


def test_a_cover_may_be_left_out_whole_or_in_part(shipped):
    assert told(shipped, "") == []


@pytest.mark.parametrize(
    ("cover", "fault"),
    [
        ('form = ["A B, Director"]',
         "cover.form: is not a key of the cover; did you mean 'from'?"),
        ('from = "A B, Director"',
         "cover.from: 'A B, Director' is not a list of persons; "
         'write a list of "name, role", or remove the key'),
        ("from = []",
         "cover.from: '[]' is not a list of persons; "
         'write a list of "name, role", or remove the key'),
        ('from = ["A B, Director", "C D"]',
         "cover.from: 'C D' is not a \"name, role\"; "
         'write a list of "name, role", or remove the key'),
        ("from = [7]",
         "cover.from: '7' is not a \"name, role\"; "
         'write a list of "name, role", or remove the key'),
        ('meeting = "4 March 2025"',
         "cover.meeting: '4 March 2025' is not a date; "
         "write the day of the meeting, such as 2025-03-04, without quotes"),
        ("meeting = 2025-03-04T10:00:00",
         "cover.meeting: '2025-03-04 10:00:00' is not a date; "
         "write the day of the meeting, such as 2025-03-04, without quotes"),
        ("to = 7", "cover.to: '7' is not text; write it in quotes"),
        ('classification = " "', "cover.classification: is blank; fill it in, or remove the key"),
        ('email = "performance.kent.gov.uk"',
         "cover.email: 'performance.kent.gov.uk' is no e-mail address; "
         "write one address with one @ and no space"),
        ('email = "a@b, c@d"',
         "cover.email: 'a@b, c@d' is no e-mail address; "
         "write one address with one @ and no space"),
        ('phone = "ask reception"',
         "cover.phone: 'ask reception' is no telephone number; write digits and spaces"),
    ],
)  # fmt: skip
def test_a_faulty_key_is_told_with_its_remedy(shipped, cover, fault):
    assert told(shipped, cover + "\n") == [fault]


def test_every_fault_of_a_cover_is_told_at_once_beside_those_of_the_file(shipped):
    shipped.swap(f"editions/{THIRD}.toml", 'quarter = "2024-25 Q3"', 'quarter = "2024-25 Q7"')

    found = told(shipped, 'colour = "red"\nto = 7\nemail = "nobody"\nmeeting = 4\n')

    assert [f.partition(":")[0] for f in found] == [
        "cover.colour", "cover.email", "cover.meeting", "cover.to", "quarter",
    ]  # fmt: skip


def test_a_cover_that_is_no_table_is_refused(shipped):
    shipped.swap(f"editions/{THIRD}.toml", "[cover]\n", "")
    shipped.swap(f"editions/{THIRD}.toml", "comparators = []\n", 'comparators = []\ncover = "A"\n')

    assert told(shipped, "") == ["cover: 'A' is not a dict; mend its type"]


def test_an_annual_edition_has_no_cover(shipped):
    shipped.swap("editions/annual-2019.toml", "[horizons]", '[cover]\nto = "Cabinet"\n\n[horizons]')

    faults, _ = check_folder(shipped.raw, "data/raw")

    assert [(f.column, f.problem) for f in faults] == [
        ("cover", "is not a key of an annual edition")
    ]
