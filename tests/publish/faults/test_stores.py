"""Into a store an edition goes when it is made: readers have it then, and nobody is told sooner."""

import json

import pytest

pytest.importorskip("fsspec")
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults: stores")]


def events(log):
    return [json.loads(line) for line in log.read_text().splitlines()]


@pytest.fixture
def store(place):
    """A folder of this machine as a store."""
    return place.root / "store"


def test_an_edition_has_taken_the_last_one_s_place_once_the_store_has_it(place, store):
    log = place.root / "run.jsonl"

    done = place.run("--output", f"file://{store}", "--log", log)

    assert done.returncode == 0, done.stderr
    assert done.stdout == f"file://{store}/annual-2019/index.html\n"
    assert (store / "annual-2019" / "run.json").is_file()
    assert [e["event"] for e in events(log)][-2:] == ["edition-swapped", "run-ended"]
    place.nothing_is_left()


def test_a_store_that_refuses_a_page_has_replaced_nothing_by_the_log(place, store):
    log = place.root / "run.jsonl"
    (store / "annual-2019" / "index.html").mkdir(parents=True)  # no file can be put there

    done = place.run("--output", f"file://{store}", "--log", log)

    assert done.returncode == 1
    assert f"file://{store}/annual-2019 was not published whole" in done.stderr
    told = events(log)
    assert "edition-swapped" not in {e["event"] for e in told}
    assert (told[-1]["exit_code"], told[-1]["why"]) == (1, "PublishError")
    assert "was not published whole" in told[-1]["said"]
    assert not (store / "annual-2019" / "run.json").exists()
    place.nothing_is_left()
