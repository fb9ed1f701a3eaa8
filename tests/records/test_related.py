"""Related measures and the edition before: only what exists, is of the right kind, and once."""

import pytest

from kcc_lib.errors import DataError
from kcc_lib.records.catalogue import read_catalogue
from kcc_lib.records.check import check_folder
from kcc_lib.records.editions import read_edition
from kcc_lib.records.places import find_workbook
from kcc_lib.records.related import RELATED, check_related, read_related

HEADER = ",".join(RELATED.required)


def faults_of(workbook, *lines):
    raw = workbook / "data" / "raw"
    (raw / "related.csv").write_text("\n".join([HEADER, *lines, ""]))
    catalogue = read_catalogue(raw)
    return [str(f) for f in check_related(raw, catalogue.measures, shown="data/raw")[1]]


def test_the_pairs_shipped_are_sound():
    raw = find_workbook().raw
    measures = read_catalogue(raw).measures

    found = read_related(raw, measures, shown="data/raw")

    assert len(found) == 13
    assert {r.relation for r in found} == {"same indicator", "same subject"}
    assert all(r.why.endswith(".") for r in found)


def test_every_fault_is_told_at_once(workbook):
    faults = faults_of(
        workbook,
        "1.22,ics-repeat-referrals,same indicator,Why.,titles",
        "1.22,ics-repeat-referrals,same subject,Why.,titles",
        "1.99,kpi-2017-13,same,Why.,titles",
        "kpi-2017-13,1.63,same subject,Why.,",
    )

    assert len(faults) == 6
    for said in (
        "line 3, kpi: 'ics-repeat-referrals' is already on line 2 beside 1.22; keep one of the two",
        "line 4, measure: '1.99' is no measure in the catalogue",
        "line 4, relation: 'same' is not a relation",
        "line 5, measure: 'kpi-2017-13' is of the kind kpi; name one of the kind outcome",
        "line 5, kpi: '1.63' is of the kind outcome; name one of the kind kpi",
        "line 5, source: is blank; fill it in",
    ):
        assert any(said in fault for fault in faults), said


def test_the_file_may_be_absent(workbook):
    raw = workbook / "data" / "raw"
    (raw / "related.csv").unlink()

    assert read_related(raw, read_catalogue(raw).measures, shown="data/raw") == ()


def test_checking_the_folder_checks_the_pairs(workbook):
    faults_of(workbook, "1.22,nothing,same indicator,Why.,titles")

    faults, _ = check_folder(workbook / "data" / "raw", "data/raw")

    assert ["related.csv" in f.file for f in faults] == [True]


@pytest.mark.parametrize(
    ("edition", "named", "said"),
    [
        ("annual-2019", "annual-2016", "'annual-2016' is no other edition; did you mean"),
        ("annual-2019", "annual-2019", "'annual-2019' is no other edition"),
        ("annual-2019", "qpr-2017-18-q1", "is of another kind (quarterly)"),
        ("annual-2017", "annual-2019", "is not earlier: it is as of 2019-10-31; name one before"),
    ],
)
def test_an_edition_follows_one_of_its_kind_that_is_earlier_so_none_follows_itself_round(
    workbook, edition, named, said
):
    raw = workbook / "data" / "raw"
    path = raw / "editions" / f"{edition}.toml"
    text = path.read_text().replace('follows = "annual-2017"\n', "")
    path.write_text(text.replace("\n[horizons]", f'follows = "{named}"\n\n[horizons]', 1))

    with pytest.raises(DataError) as refused:
        read_edition(raw, edition, read_catalogue(raw))

    (fault,) = refused.value.faults
    assert fault.column == "follows"
    assert said in str(fault)


def test_an_edition_may_follow_none(workbook):
    raw = workbook / "data" / "raw"

    assert read_edition(raw, "annual-2017", read_catalogue(raw)).follows == ""
    assert read_edition(raw, "annual-2019", read_catalogue(raw)).follows == "annual-2017"
