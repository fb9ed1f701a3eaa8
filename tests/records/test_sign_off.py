"""Sign-off and corrections as tables: no step left out, every fault told at once."""

from datetime import date

import pytest

from kcc_lib.records.corrections import check_signatures
from kcc_lib.records.sign_off import Step, fingerprint, read_parts, write_step
from kcc_lib.vocabulary import SignOff

PARTS = {"windows.csv: 1.41": "a" * 64, "judgements.csv: 1.41": "b" * 64}
PRINT = fingerprint(PARTS)
GREEN, BROWN = "A Green, Analyst", "B Brown, Director"
HEAD = "edition,state,by,on,fingerprint,note\n"
CHECKED = f'one,checked,"{GREEN}",2026-03-30,{PRINT},\n'
SIGNED = f'one,signed,"{BROWN}",2026-03-31,{PRINT},\n'
REOPENED = f'one,draft,"{BROWN}",2026-05-01,,figures were withdrawn\n'
CORRECTIONS = "edition,on,what,was,now,why,by,source\n"


@pytest.fixture
def raw(tmp_path):
    """A folder of raw data with two editions, by name alone."""
    (tmp_path / "editions").mkdir()
    for name in ("one", "two"):
        (tmp_path / "editions" / f"{name}.toml").write_text("")
    (tmp_path / "sign_off").mkdir()
    lines = "".join(f"{part},{h}\n" for part, h in sorted(PARTS.items()))
    (tmp_path / "sign_off" / "one.csv").write_text(f"part,sha256\n{lines}")
    return tmp_path


def told(raw, history=None, corrections=None):
    """Every fault as a line, without the folder."""
    for name, head, text in (
        ("sign_off", HEAD, history),
        ("corrections", CORRECTIONS, corrections),
    ):
        if text is not None:
            (raw / f"{name}.csv").write_text(head + text)
    return [str(f).removeprefix("raw/") for f in sorted(check_signatures(raw, shown="raw")[2])]


def test_without_the_files_every_edition_is_a_draft(raw):
    assert check_signatures(raw, shown="raw") == ((), (), [])


def test_a_history_in_order_has_no_fault(raw):
    again = CHECKED.replace("03-30", "06-01") + SIGNED.replace("03-31", "06-01")

    assert told(raw, CHECKED + SIGNED + REOPENED + again) == []


@pytest.mark.parametrize(
    ("history", "said"),
    [
        (SIGNED, "line 2, state: 'signed' cannot follow draft"),
        (REOPENED, "line 2, state: 'draft' cannot follow draft"),
        (CHECKED + SIGNED + CHECKED.replace("03-30", "04-01"),
         "line 4, state: 'checked' cannot follow signed"),
        (CHECKED.replace("one", "once"),
         "line 2, edition: 'once' is no edition; did you mean 'one'?"),
        (CHECKED.replace("checked", "approved"), "'approved' is not a state of sign-off"),
        (CHECKED.replace(", Analyst", ""), "by: 'A Green' is not a name and a role"),
        (CHECKED.replace("2026-03-30", "30/03/2026"), "on: '30/03/2026' is not a day"),
        (CHECKED.replace("2026-03-30", "20260330"), "on: '20260330' is not a day"),
        (CHECKED + SIGNED.replace("03-31", "03-29"),
         "line 3, on: '2026-03-29' is before the step of 2026-03-30"),
        (CHECKED.replace(PRINT, "12ab"), "fingerprint: '12ab' is not a fingerprint"),
        (CHECKED + SIGNED.replace(PRINT, ""), "line 3, fingerprint: is not a fingerprint"),
        (CHECKED + REOPENED.replace(",,", f",{PRINT},"), "has no place in a draft"),
        (CHECKED + REOPENED.replace("figures were withdrawn", ""),
         "line 3, note: is blank where an edition is reopened; say why"),
        (CHECKED.replace(",", ";", 1), "line 2: "),
    ],
)  # fmt: skip
def test_a_step_that_cannot_be_is_told_with_its_line(raw, history, said):
    faults = told(raw, history)

    assert any(f.startswith("sign_off.csv, ") and said in f for f in faults), faults


def test_all_faults_of_both_tables_are_told_at_once(raw):
    history = SIGNED + CHECKED.replace("one", "two").replace("2026-03-30", "soon")

    faults = told(raw, history, "one,2026-13-01,p,a,a,w,b,s\nten,2026-01-01,p,a,b,,b,s\n")

    assert sorted({f.split(": ")[0] for f in faults}) == [
        "corrections.csv, line 2, on", "corrections.csv, line 3, edition",
        "corrections.csv, line 3, why", "sign_off.csv, line 2, state", "sign_off.csv, line 3, on",
    ]  # fmt: skip


def test_the_parts_held_are_those_that_were_signed(raw):
    (raw / "sign_off" / "one.csv").write_text(f"part,sha256\nwindows.csv: 1.41,{'c' * 64}\n")

    assert told(raw, CHECKED + SIGNED) == [
        "sign_off/one.csv: is not what was signed on 2026-03-31; "
        "put the file back as it was; only kcc sign writes it"
    ]


def test_the_parts_of_no_edition_are_told_of(raw):
    (raw / "sign_off" / "three.csv").write_text("part,sha256\n")

    assert told(raw) == ["sign_off/three.csv: is of no edition; rename or remove it"]


@pytest.mark.parametrize(
    ("history", "on"),
    [
        ("", "2026-04-01"),
        (CHECKED, "2026-04-01"),
        (CHECKED + SIGNED, "2026-03-30"),
        (CHECKED + SIGNED + REOPENED, "2026-05-02"),
    ],
    ids=["no step", "only checked", "before it was signed", "after it was reopened"],
)
def test_a_correction_of_what_was_not_signed_is_refused(raw, history, on):
    faults = told(raw, history or None, f"one,{on},p,a,b,w,c,s\n")

    assert faults == [
        f"corrections.csv, line 2, edition: 'one' was not signed on {on}; "
        "just change what is not signed, and remove the row"
    ]


@pytest.mark.parametrize("on", ["2026-03-31", "2026-04-30", "2026-05-01"])
def test_an_edition_is_corrected_on_any_day_on_which_it_was_signed(raw, on):
    assert told(raw, CHECKED + SIGNED + REOPENED, f"one,{on},p,a,b,w,c,s\n") == []


def test_a_correction_that_changes_nothing_is_refused(raw):
    faults = told(raw, CHECKED + SIGNED, "one,2026-04-01,p,same,same,w,c,s\n")

    assert faults == [
        "corrections.csv, line 2, now: 'same' is what it was; say what it is now"
    ]  # fmt: skip


def test_a_step_is_added_below_the_others_and_reads_back_the_same(raw):
    (raw / "sign_off.csv").write_text(HEAD + CHECKED)
    steps = check_signatures(raw, shown="raw")[0]
    step = Step("one", SignOff.SIGNED, 'B "Bo" Brown, Director', date(2026, 3, 31), PRINT)

    write_step(raw, steps, step, PARTS)

    after = check_signatures(raw, shown="raw")
    assert (raw / "sign_off.csv").read_text().startswith(HEAD + CHECKED + "one,signed,")
    assert [(s.state, s.by) for s in after[0]] == [("checked", GREEN), ("signed", step.by)]
    assert after[2] == []
    assert read_parts(raw, "one", shown="raw") == (PARTS, [])


@pytest.mark.parametrize("edition", ["one", "two"])
def test_where_the_history_cannot_be_written_the_parts_stay_as_they_were(raw, edition, monkeypatch):
    before = {p: p.read_bytes() for p in raw.rglob("*.csv")}
    from kcc_lib.records import sign_off

    written = []

    def fail_at_history(path, text):
        written.append(path)
        if path.name == "sign_off.csv":
            raise OSError("the disk is full")
        path.write_text(text)

    monkeypatch.setattr(sign_off, "write_whole", fail_at_history)
    step = Step(edition, SignOff.CHECKED, GREEN, date(2026, 3, 31), "d" * 64)

    with pytest.raises(OSError, match="disk is full"):
        write_step(raw, (), step, {"windows.csv: 1.41": "d" * 64})

    assert len(written) >= 2
    assert {p: p.read_bytes() for p in raw.rglob("*.csv")} == before
