"""A full disk and a folder in which nothing can be written: said in a line, nothing replaced."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from .conftest import one_line

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults: storage")]
#: Without these words root may write anywhere, as no operator may.
UNPRIVILEGED = ("setpriv", "--bounding-set", "-all", "--inh-caps", "-all")


def mounted(*words):
    """Mount something, or skip: only the superuser may, and not in every container."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("only the superuser may mount")
    done = subprocess.run(["mount", *map(str, words)], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")


@pytest.fixture
def disk(place):
    """A folder to mount a disk at; it is taken away afterwards."""
    folder = place.output.with_name("disk")
    folder.mkdir()
    yield folder
    while subprocess.run(["umount", str(folder)], capture_output=True, check=False).returncode == 0:
        pass  # a bind mount is one more on top


@pytest.mark.parametrize(
    ("room", "words"),
    [(50, ["--only", "formats"]), (250, ["--force"]), (600, ["--force"])],
    ids=["as it begins", "at a section", "later"],
)
def test_a_disk_that_fills_up_leaves_what_was_published(place, disk, room, words):
    mounted("-t", "tmpfs", "-o", "size=8m", "small", disk)
    place.output = Path(shutil.copytree(place.output, disk / "outputs"))
    free = shutil.disk_usage(disk).free
    (disk / "filler").write_bytes(b"0" * (free - room * 1024))

    done = place.run(*words)

    assert done.returncode == 1
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    place.untouched(failed=place.failed.exists())


@pytest.mark.parametrize(
    ("most", "words"),
    [(20_000, ["--only", "formats"]), (60_000, ["--force"])],
    ids=["as it begins", "at a section"],
)
def test_a_file_that_may_grow_no_further_fails_the_build(place, most, words):
    if not shutil.which("prlimit"):
        pytest.skip("prlimit is not installed")
    limit = ("prlimit", f"--fsize={most}")
    build = place.start(*words, under=limit)
    said = build.communicate(timeout=120)[1]

    assert build.returncode == 1
    assert "File too large" in said
    assert "Traceback" not in said
    place.untouched(failed=place.failed.exists())


def test_pages_beside_the_editions_that_cannot_be_written_are_told_and_the_edition_stands(place):
    (place.output / "measures.html").unlink()
    (place.output / "measures.html").mkdir()

    done = place.run("--only", "formats")

    assert done.returncode == 1
    line = one_line(done.stderr, "FAILED ")
    assert line.startswith("FAILED  the pages beside the editions are as they were: Is a directory")
    assert done.stdout == f"{place.edition}/index.html\n"
    place.nothing_is_left()


def test_an_output_folder_that_is_mounted_read_only_is_refused(place, disk):
    mounted("--bind", place.output, disk)
    mounted("-o", "remount,ro,bind", disk)
    place.output = disk

    done = place.run("--force")

    assert done.returncode == 2
    line = one_line(done.stderr, "kcc: ")
    assert line.endswith("(Read-only file system); nothing was built")
    place.untouched()


def test_an_output_folder_that_we_may_not_write_in_is_refused(place):
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        pytest.skip("the superuser may write anywhere, and setpriv is not installed")
    place.output.chmod(0o555)

    build = place.start("--force", under=UNPRIVILEGED if os.geteuid() == 0 else ())
    said = build.communicate(timeout=120)[1]
    place.output.chmod(0o755)

    assert build.returncode == 2
    assert one_line(said, "kcc: ").endswith("(Permission denied); nothing was built")
    place.untouched()
