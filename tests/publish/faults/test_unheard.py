"""A build that nobody hears, and one whose cells began what never ends, is built all the same."""

import json
import shlex
import subprocess

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults: unheard")]
#: A thread and two programs that outlive their cell: one is nobody's child any more.
NEVER_ENDS = """
import subprocess as _subprocess, threading as _threading, time as _time
_threading.Thread(target=lambda: _time.sleep(3600)).start()
_program = _subprocess.Popen(["sleep", "3600"])
_subprocess.run("sleep 3600 &", shell=True, check=True);
"""


@pytest.mark.parametrize(
    ("streams", "code"),
    [("2>&-", 0), ("2>/dev/full", 0), ("2>&1 | true", 0), (">/dev/full", 1)],
    ids=["stderr closed", "stderr full", "nobody reads", "stdout full"],
)
def test_a_build_that_nobody_hears_is_swapped_in(place, streams, code):
    log = place.root / "run.jsonl"
    command = shlex.join(place.command("--force", "--only", "formats", "--log", log))

    subprocess.run(  # noqa: S602
        f"{command} {streams}", shell=True, check=False, timeout=120, env=place.environment()
    )

    told = [json.loads(line) for line in log.read_text().splitlines()]
    assert "edition-swapped" in {one["event"] for one in told}
    assert (told[-1]["event"], told[-1]["exit_code"]) == ("run-ended", code)
    place.nothing_is_left()


@pytest.mark.parametrize("isolation", ["process", "kernel"])
def test_what_a_cell_began_and_never_ended_ends_with_its_page(place, isolation):
    place.plant("formats", NEVER_ENDS)

    done = place.run("--only", "formats", "--isolation", isolation)

    assert done.returncode == 0, done.stderr
    place.nothing_is_left()
