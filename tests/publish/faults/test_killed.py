"""A build that is killed, at any moment, leaves what was published whole and nothing else."""

import os
import random
import shutil
import signal
import subprocess
import threading
import time

import pytest

from kcc_lib.publish.up_to_date import hash_of

from .conftest import EDITION, contents, record

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults: killed")]
#: Where in a build each is killed, as a part of its length: eight, spread over it.
MOMENTS = [(n + random.Random(7).random()) / 8 for n in range(8)]  # noqa: S311


def whole(place):
    """Whether what stands is one build whole: each file is what the record beside it says."""
    assert place.pages() == {
        n.removeprefix(f"{EDITION}/"): h
        for n, h in place.before.items()
        if n.startswith(EDITION) and not n.endswith("run.json")
    }
    told = record(place.edition)
    assert told["whole"] is True
    assert all(hash_of(place.edition / n) == h for n, h in told["outputs"].items())


@pytest.mark.parametrize("part", MOMENTS, ids=[f"{m:.2f}" for m in MOMENTS])
def test_a_build_killed_at_a_random_moment_leaves_what_was_published(place, built_once, part):
    build = place.start("--force")
    with build:
        threading.Event().wait(part * built_once[1])
        build.kill()

    place.nothing_is_left()
    whole(place)


@pytest.mark.parametrize("later", [random.Random(n).random() / 200 for n in (1, 2)])  # noqa: S311
def test_a_build_killed_while_it_is_swapped_in_leaves_one_build_whole(place, later):
    build = place.start("--force")
    with build:
        while build.poll() is None:  # its record is the last that is written before the swap
            if any(place.output.glob(f".{EDITION}~*/run.json")):
                time.sleep(later)
                break
        build.kill()

    place.nothing_is_left()
    whole(place)


def test_a_killed_builder_takes_its_kernels_and_their_sockets_with_it(place):
    there, _ = place.gate("formats")
    build = place.start("--force", "--only", "formats", "--isolation", "kernel")
    with build:
        while build.poll() is None and not there.exists():
            time.sleep(0.02)
        assert list(place.temporary.iterdir()) != []
        build.kill()

    place.untouched()


def test_a_builder_that_is_killed_while_it_prints_takes_the_browser_with_it(place):
    if not (os.environ.get("KCC_CHROMIUM") or shutil.which("chromium")):
        pytest.skip("no chromium; install Debian's package or set KCC_CHROMIUM")
    build = place.start("--pdf")
    with build:
        for line in build.stderr:
            if line.startswith("printing "):
                break
        while build.poll() is None and not any(place.temporary.glob("*/*/profile")):
            time.sleep(0.01)
        build.kill()

    place.untouched()


@pytest.mark.parametrize("isolation", ["process", "kernel"])
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP],
                         ids=["ctrl-c", "sigterm", "lost terminal"])  # fmt: skip
def test_a_stopped_build_leaves_what_was_published_and_says_so_in_a_line(place, stop, isolation):
    there, _ = place.gate("formats")
    build = place.start("--only", "formats", "--isolation", isolation)
    with build:
        while build.poll() is None and not there.exists():
            time.sleep(0.02)
        if stop is signal.SIGTERM:
            build.send_signal(stop)
        else:
            os.killpg(build.pid, stop)  # a terminal sends it to every process
        try:
            said = build.communicate(timeout=60)[1]
        except subprocess.TimeoutExpired:
            build.kill()  # or leaving it here would wait for ever
            raise

    assert build.returncode == 130
    assert said.splitlines()[-1] == "kcc: stopped; nothing was changed"
    assert "Traceback" not in said
    place.untouched()


def test_the_next_build_after_a_kill_needs_no_help(place):
    build = place.start("--force")
    with build:
        while build.poll() is None and not any(place.output.glob(f".{EDITION}~*/notebooks")):
            time.sleep(0.005)
        build.kill()

    done = place.run("--only", "formats")

    assert (done.returncode, done.stdout) == (0, f"{place.edition}/index.html\n")
    place.nothing_is_left()
    assert contents(place.output).keys() == place.before.keys()
