"""A build takes the last one's place whole or not at all, and one run builds at a time."""

import os
import signal
import threading

import pytest

from kcc_lib.publish import staging
from kcc_lib.publish.staging import BusyError, staged


@pytest.fixture
def target(tmp_path):
    """An edition that was built before."""
    built = tmp_path / "outputs" / "annual-2019"
    built.mkdir(parents=True)
    (built / "index.html").write_text("last")
    return built


def names(target):
    return sorted(p.name for p in target.parent.iterdir())


def page(folder):
    return (folder / "index.html").read_text()


@pytest.mark.parametrize("exchange", [True, False], ids=["one exchange", "two renames"])
def test_a_finished_build_takes_the_last_ones_place_and_leaves_nothing(
    target, monkeypatch, exchange
):
    if not exchange:
        monkeypatch.setattr(staging, "_exchange", lambda one, other: False)

    with staged(target, carry_over=False) as build:
        (build.folder / "index.html").write_text("new")
        assert page(target) == "last"
        assert build.swap_in() == target

    assert page(target) == "new"
    assert names(target) == ["annual-2019"]


def test_the_first_build_needs_no_folder(tmp_path):
    target = tmp_path / "not" / "yet" / "annual-2019"

    with staged(target, carry_over=False) as build:
        (build.folder / "index.html").write_text("new")
        build.swap_in()

    assert page(target) == "new"


def test_a_failed_build_is_kept_beside_the_last_one_until_the_next_succeeds(target):
    with staged(target, carry_over=False) as build:
        (build.folder / "index.html").write_text("failed")
        failed = build.keep_as_failed()

    assert (page(target), page(failed)) == ("last", "failed")

    with staged(target, carry_over=False) as build:
        (build.folder / "index.html").write_text("new")
        build.swap_in()

    assert names(target) == ["annual-2019"]


def test_an_interrupted_build_leaves_the_last_one_and_nothing_else(target):
    with pytest.raises(KeyboardInterrupt), staged(target, carry_over=True):
        raise KeyboardInterrupt

    assert page(target) == "last"
    assert names(target) == ["annual-2019"]


def test_a_second_run_is_refused_and_says_why(target):
    with (
        staged(target, carry_over=False),
        pytest.raises(BusyError, match="another run"),
        staged(target, carry_over=False),
    ):
        pass

    with staged(target, carry_over=False):
        pass


def test_another_edition_of_the_same_folder_is_built_meanwhile(target):
    other = target.with_name("annual-2019-draft")

    with staged(other, carry_over=False) as one, staged(target, carry_over=False):
        assert one.folder.is_dir()


def test_what_a_killed_run_moved_aside_is_put_back(target):
    target.rename(target.with_name(".annual-2019~old"))
    target.with_name(".annual-2019~left").mkdir()

    with staged(target, carry_over=False):
        assert page(target) == "last"

    assert names(target) == ["annual-2019"]


def test_a_builder_that_is_killed_outright_is_cleared_up_after(target):
    told, telling = os.pipe()
    builder = os.fork()
    if builder == 0:
        with staged(target, carry_over=True):
            os.write(telling, b"building")
            threading.Event().wait()
    os.close(telling)
    assert os.read(told, 8) == b"building"

    os.kill(builder, signal.SIGKILL)
    os.waitpid(builder, 0)

    assert os.read(told, 1) == b""  # the sweeper held the pipe too, and has ended
    os.close(told)
    assert page(target) == "last"
    assert names(target) == ["annual-2019"]
