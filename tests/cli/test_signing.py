"""`kcc sign`: what it writes, and everything it refuses without writing."""

import hashlib

import pytest
from click.testing import CliRunner

from kcc_lib.cli.commands import kcc

EDITION = "qpr-2024-25-q3"
GREEN, BROWN = "A Green, Analyst", "B Brown, Director"


def run(*words):
    return CliRunner().invoke(kcc, [str(w) for w in words])


def sign(state, by=GREEN, on="2026-03-30", edition=EDITION, **options):
    more = [word for name, value in options.items() for word in (f"--{name}", value)]
    return run("sign", edition, "--state", state, "--by", by, "--on", on, *more)


def files(workbook):
    return {p: p.read_bytes() for p in (workbook / "data" / "raw").rglob("*") if p.is_file()}


def rows(workbook):
    path = workbook / "data" / "raw" / "sign_off.csv"
    return path.read_text().splitlines() if path.exists() else []


def edit(workbook):
    """Change what the edition says of one KPI; its code."""
    path = workbook / "data" / "raw" / "edition_kpis.csv"
    text = path.read_text()
    line = next(t for t in text.splitlines() if t.startswith(EDITION))
    path.write_text(text.replace(line, line + " and seen again"))
    return line.split(",")[1]


def correct(workbook, on="2026-04-02", was="12", now="13"):
    path = workbook / "data" / "raw" / "corrections.csv"
    head = "edition,on,what,was,now,why,by,source\n"
    text = path.read_text() if path.exists() else head
    path.write_text(text + f"{EDITION},{on},a target,{was},{now},it was misread,A Green,print\n")


@pytest.fixture
def signed(workbook):
    """A copy of the workbook with a signed edition."""
    assert sign("checked").exit_code == 0
    assert sign("signed", BROWN, "2026-03-31").exit_code == 0
    return workbook


@pytest.mark.slow
def test_an_edition_is_checked_and_then_signed_and_the_fingerprint_is_printed(workbook):
    checked, done = sign("checked"), sign("signed", BROWN, "2026-03-31")

    held = workbook / "data" / "raw" / "sign_off" / f"{EDITION}.csv"
    mark = hashlib.sha256(held.read_bytes()).hexdigest()
    assert checked.exit_code == done.exit_code == 0
    assert f"{EDITION}: checked by {GREEN}, on 30 March 2026" in checked.stdout
    assert done.stdout.splitlines()[0] == f"{EDITION}: signed off by {BROWN}, on 31 March 2026"
    assert done.stdout.splitlines()[-1] == f"fingerprint {mark}"
    assert rows(workbook) == [
        "edition,state,by,on,fingerprint,note",
        f'{EDITION},checked,"{GREEN}",2026-03-30,{mark},',
        f'{EDITION},signed,"{BROWN}",2026-03-31,{mark},',
    ]
    assert run("check").exit_code == 0


def test_the_same_steps_write_the_same_bytes(workbook):
    sign("checked")
    first = files(workbook)
    for path in ("sign_off.csv", f"sign_off/{EDITION}.csv"):
        (workbook / "data" / "raw" / path).unlink()

    sign("checked")

    assert files(workbook) == first


@pytest.mark.parametrize("on", ["0001-01-01", "2024-12-30"])
def test_a_day_before_the_one_that_the_edition_is_as_of_is_refused(workbook, on):
    before = files(workbook)

    done = sign("checked", on=on)

    assert done.exit_code == 2
    assert f"on: '{on}' is before 2024-12-31, the day that the edition is as of" in done.stderr
    assert files(workbook) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"state": "signed"}, "'signed' cannot follow draft"),
        ({"state": "draft", "note": "x"}, "'draft' cannot follow draft"),
        ({"state": "checked", "by": "  "}, "by: is not a name and a role"),
        ({"state": "checked", "by": "A Green"}, "by: 'A Green' is not a name and a role"),
        ({"state": "checked", "on": "31/03/2026"}, "'--on'"),
        ({"state": "approved"}, "'approved' is not one of"),
        ({"state": "checked", "edition": "qpr-2024-25-q4"}, f"did you mean '{EDITION}'?"),
    ],
    ids=["skips", "is a draft", "by nobody", "no role", "no day", "no state", "no edition"],
)
def test_what_cannot_be_is_refused_with_exit_code_2_and_nothing_is_written(workbook, words, said):
    before = files(workbook)

    done = sign(**words)

    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stdout == ""
    assert files(workbook) == before


def test_all_that_speaks_against_a_step_is_told_at_once(workbook):
    done = sign("signed", "B Brown")

    assert "state: 'signed' cannot follow draft" in done.stderr
    assert "by: 'B Brown' is not a name and a role" in done.stderr


@pytest.mark.parametrize("missing", ["--by", "--on", "--state"])
def test_nothing_is_asked_and_nothing_is_assumed(workbook, missing):
    words = {"--by": GREEN, "--on": "2026-03-30", "--state": "checked"}
    told = [w for name, value in words.items() if name != missing for w in (name, value)]

    done = run("sign", EDITION, *told)

    assert done.exit_code == 2
    assert f"Missing option '{missing}'" in done.stderr
    assert rows(workbook) == []


def test_an_edition_with_a_fault_in_its_data_is_not_signed(workbook):
    path = workbook / "data" / "raw" / "windows.csv"
    path.write_text(path.read_text().replace("\nannual-2019,1.22,", "\nannual-2019,1.22x,"))
    before = files(workbook)

    done = sign("checked")

    assert done.exit_code == 2
    assert "data/raw/windows.csv, line" in done.stderr
    assert files(workbook) == before


def test_an_edition_is_not_signed_while_any_of_the_data_have_a_fault(workbook):
    (workbook / "data" / "raw" / "windwos.csv").write_text("edition,measure\n")

    done = sign("checked")

    assert done.exit_code == 2
    assert "data/raw/windwos.csv: is no file of the raw data" in done.stderr
    assert rows(workbook) == []


def test_an_edition_with_a_fault_in_its_narrative_is_not_signed(workbook):
    folder = workbook / "data" / "raw" / "narrative" / EDITION
    folder.mkdir(exist_ok=True)
    (folder / "introduction.md").write_text("Calls rose by 12.\n")
    before = files(workbook)

    done = sign("checked")

    assert done.exit_code == 2
    assert "introduction.md, line 1, column 15: '12'" in done.stderr
    assert files(workbook) == before


def test_a_step_before_the_last_one_s_day_is_refused(workbook):
    sign("checked")
    before = files(workbook)

    done = sign("signed", BROWN, "2026-03-29")

    assert done.exit_code == 2
    assert "on: '2026-03-29' is before the step of 2026-03-30" in done.stderr
    assert files(workbook) == before


@pytest.mark.slow
def test_what_is_signed_is_what_was_checked(workbook):
    sign("checked")
    code = edit(workbook)

    refused = sign("signed", BROWN, "2026-03-31")
    again = sign("checked", on="2026-03-31")

    assert refused.exit_code == 2
    assert "it has changed since it was checked" in refused.stderr
    assert f"changed: edition_kpis.csv: {code}" in refused.stderr
    assert again.exit_code == 0
    assert sign("signed", BROWN, "2026-03-31").exit_code == 0


@pytest.mark.slow
def test_a_signed_edition_that_was_changed_is_not_built_and_check_says_so(signed, tmp_path):
    code = edit(signed)

    done = run("report", EDITION, "--output", tmp_path / "out")
    checked = run("check")

    assert done.exit_code == 2
    assert f"{EDITION} was signed off by {BROWN}, on 31 March 2026, and has changed" in done.stderr
    assert f"changed: edition_kpis.csv: {code}" in done.stderr
    assert not (tmp_path / "out").exists()
    assert checked.exit_code == 2
    assert "data/raw/sign_off.csv, line 3, fingerprint: " in checked.stdout
    assert f"changed: edition_kpis.csv: {code}" in checked.stdout


def test_a_changed_signed_edition_is_refused_before_any_other_is_built(signed, tmp_path):
    edit(signed)

    done = run("report", "qpr-2017-18-q1", EDITION, "--output", tmp_path / "out")

    assert done.exit_code == 2
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_a_changed_edition_is_signed_again_only_with_a_correction(signed):
    unchanged = sign("signed", BROWN, "2026-04-02")
    code = edit(signed)
    without = sign("signed", BROWN, "2026-04-02")
    correct(signed)
    early = sign("signed", BROWN, "2026-04-01")
    corrected = sign("signed", BROWN, "2026-04-02")

    assert "nothing has changed" in unchanged.stderr
    assert f"no correction is listed (changed: edition_kpis.csv: {code})" in without.stderr
    assert "on: '2026-04-01' is before the correction of 2026-04-02" in early.stderr
    assert [d.exit_code for d in (unchanged, without, early, corrected)] == [2, 2, 2, 0]
    assert len(rows(signed)) == 4
    assert run("check").exit_code == 0


def test_one_correction_is_signed_once(signed):
    correct(signed)
    assert sign("signed", BROWN, "2026-04-02").exit_code == 0
    edit(signed)

    again = sign("signed", BROWN, "2026-04-02")

    assert again.exit_code == 2
    assert "no correction is listed" in again.stderr


def test_a_correction_of_a_draft_is_refused(workbook):
    correct(workbook)

    done = run("check")

    assert done.exit_code == 2
    assert "data/raw/corrections.csv, line 2, edition: " in done.stdout
    assert "just change what is not signed" in done.stdout


def test_an_edition_is_reopened_with_a_reason_though_its_data_have_faults(signed):
    path = signed / "data" / "raw" / "windows.csv"
    path.write_text(path.read_text().replace("\nannual-2019,1.22,", "\nannual-2019,1.22x,"))

    silent = sign("draft", BROWN, "2026-05-01")
    reopened = sign("draft", BROWN, "2026-05-01", note="a source was withdrawn")

    assert silent.exit_code == 2
    assert "note: is blank where an edition is reopened; say why" in silent.stderr
    assert reopened.exit_code == 0
    assert rows(signed)[-1] == f'{EDITION},draft,"{BROWN}",2026-05-01,,a source was withdrawn'
