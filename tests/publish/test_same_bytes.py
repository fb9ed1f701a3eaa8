"""The same inputs give the same bytes, however many sections are built at once, and where."""

import json

import pytest

pytestmark = pytest.mark.slow


def assert_same(one, other):
    """Two builds are the same files with the same bytes; of `run.json` all but the seconds."""
    files = sorted(p.relative_to(one) for p in one.rglob("*") if p.is_file())
    assert files == sorted(p.relative_to(other) for p in other.rglob("*") if p.is_file())
    for name in files:
        if name.name != "run.json":
            assert (one / name).read_bytes() == (other / name).read_bytes(), name
    first, second = (json.loads((f / "run.json").read_text()) for f in (one, other))
    for record in (first, second):
        for section in record["sections"]:
            assert section.pop("seconds") > 0
    assert first == second


@pytest.mark.parametrize("edition", ["annual-2019", "qpr-2024-25-q3"])
@pytest.mark.parametrize("jobs", ["1", "3"])
def test_any_number_at_once_builds_the_same_bytes(editions, edition, jobs, tmp_path, kcc):
    """One at a time they are drawn anew, too: what is kept of earlier drawings is no input."""
    kept = {"KCC_CACHE": ""} if jobs == "1" else {}

    done = kcc("report", edition, "--jobs", jobs, "--output", tmp_path, **kept)

    assert done.returncode == 0, done.stderr
    assert f", {jobs} at a time" in done.stderr
    assert_same(editions / edition, tmp_path / edition)


@pytest.mark.parametrize("edition", ["annual-2019", "qpr-2024-25-q3"])
def test_a_cluster_builds_the_same_bytes_as_this_machine(
    editions, scheduler, edition, tmp_path, kcc
):
    done = kcc("report", edition, "--scheduler", scheduler, "--output", tmp_path)

    assert done.returncode == 0, done.stderr
    assert ", 2 at a time" in done.stderr
    assert_same(editions / edition, tmp_path / edition)
