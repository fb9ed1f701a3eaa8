"""What happens beside a build while it runs: data are edited, another starts, the clock jumps."""

import re
import shutil
import threading
import time

import pytest

from .conftest import EDITION, ROOT, one_line, record

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults: meanwhile")]
MEASURES = "data/raw/measures.csv"
FIGURES = "data/raw/observations/outcome_3.csv"
#: Loaded by every Python that is started: the wall clock jumps years to and fro.
JUMPING = """
import itertools, time
_real, _count = time.time, itertools.count()
def _jump(): return (-9, 0, 9)[next(_count) // 7 % 3] * 31_536_000
time.time = lambda: _real() + _jump()
time.time_ns = lambda: int(time.time() * 1e9)
"""


def wait_for(path, build):
    while build.poll() is None and not path.exists():
        time.sleep(0.02)
    assert path.exists()


@pytest.mark.parametrize("text", ["more", "corrupt"])
def test_data_that_change_midway_are_named_and_nothing_is_replaced(place, text):
    there, go = place.gate("formats")
    changed = place.root / FIGURES
    with place.start("--only", "formats") as build:
        wait_for(there, build)
        told = changed.read_text()
        changed.write_text(told.replace("3.63", "3.41") if text == "more" else "\0not, a, table")
        go.touch()
        out, said = build.communicate(timeout=120)

    assert build.returncode == 1
    line = one_line(said, "FAILED ")
    assert line == f"FAILED  {FIGURES} was changed while the report was built"
    assert f"{EDITION}: failed: inputs; no page was replaced" in said
    assert f"{FIGURES} was changed while" in (place.failed / "index.html").read_text()
    assert out == ""
    place.untouched(failed=True)


def test_data_that_are_spoilt_before_a_section_reads_them_fail_it_with_file_and_line(place):
    there, go = place.gate("outcome_3", at=3)
    spoilt = place.root / FIGURES
    with place.start("--only", "index") as build:
        wait_for(there, build)
        head, row, *rest = spoilt.read_text().splitlines(keepends=True)
        spoilt.write_text("".join([head, row.replace("3.", "9.", 1), *rest]))
        go.touch()
        said = build.communicate(timeout=120)[1]

    assert build.returncode == 1
    line = one_line(said, r"\[1/1\] index ")
    assert f"DataError: {FIGURES}, line 2" in line
    assert one_line(said, "FAILED ").startswith(f"FAILED  {FIGURES} was changed")
    place.untouched(failed=True)


def test_data_that_change_and_are_put_back_midway_are_noticed(place):
    there, go = place.gate("formats")
    kept = place.root / "kept.csv"
    with place.start("--only", "formats") as build:
        wait_for(there, build)
        shutil.move(place.root / MEASURES, kept)
        shutil.copyfile(kept, place.root / MEASURES)
        go.touch()
        said = build.communicate(timeout=120)[1]

    assert build.returncode == 1
    line = one_line(said, "FAILED ")
    assert line == f"FAILED  {MEASURES} was written again while the report was built"
    place.untouched(failed=True)


def test_a_page_made_while_data_changed_is_not_taken_over_when_they_are_put_back(place):
    there, go = place.gate("accessibility", at=3)
    statement = place.root / "data/raw/accessibility.toml"
    kept = statement.read_text()
    with place.start("--only", "accessibility") as build:
        wait_for(there, build)
        statement.write_text(re.sub("(?m)^prepared = .*$", "prepared = 2020-02-02", kept))
        go.touch()
        said = build.communicate(timeout=120)[1]
    assert (build.returncode, "built" in said) == (1, True), said
    assert "2 February 2020" in (place.failed / "accessibility.html").read_text()
    statement.write_text(kept)

    done = place.run()

    assert done.returncode == 0, done.stderr
    assert "[1/1] accessibility " in done.stderr
    assert "2 February 2020" not in (place.edition / "accessibility.html").read_text()


def test_a_second_run_is_refused_and_the_first_goes_on(place):
    there, go = place.gate("formats")
    with place.start("--only", "formats") as first:
        wait_for(there, first)
        second = place.run("--only", "formats")
        go.touch()
        out, said = first.communicate(timeout=120)

    assert second.returncode == 2
    line = one_line(second.stderr, "kcc: ")
    assert line.startswith(f"kcc: another run is building in {place.edition}; ")
    assert second.stdout == ""
    assert (first.returncode, out) == (0, f"{place.edition}/index.html\n"), said
    place.nothing_is_left()


@pytest.mark.parametrize("clock", ["jumps", "is years ahead"])
def test_a_clock_that_is_wrong_changes_nothing_that_is_published(place, tmp_path, clock):
    if clock == "jumps":
        (tmp_path / "sitecustomize.py").write_text(JUMPING)
        wrong = {"PYTHONPATH": f"{tmp_path}:{ROOT}"}
    else:
        library = next(iter(sorted(_faketime())), None)
        if library is None:
            pytest.skip("libfaketime is not installed")
        wrong = {"LD_PRELOAD": str(library), "FAKETIME": "+3650d", "DONT_FAKE_MONOTONIC": "1"}
    before = place.pages()

    done = place.run("--force", "--timeout", "60", **wrong)

    assert (done.returncode, done.stdout) == (0, f"{place.edition}/index.html\n"), done.stderr
    assert place.pages() == before
    assert all(0 <= s["seconds"] < 60 for s in record(place.edition)["sections"])
    place.nothing_is_left()


def _faketime():
    from pathlib import Path

    return Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")


def test_a_clock_that_jumps_stops_no_section_before_its_time(place, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(JUMPING)
    there, go = place.gate("formats")
    wrong = {"PYTHONPATH": f"{tmp_path}:{ROOT}"}
    with place.start("--only", "formats", "--isolation", "kernel", **wrong) as build:
        wait_for(there, build)
        threading.Event().wait(1)
        go.touch()
        said = build.communicate(timeout=120)[1]

    assert build.returncode == 0, said
    place.nothing_is_left()
