"""A build takes the last one's place whole or not at all, and one run builds at a time."""

import json
import os
import signal
import threading

import pytest

from kcc_lib.errors import OutputError
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


@pytest.fixture
def linked(target):
    """An edition whose name in the output folder leads to where it is served."""
    served = target.parent.parent / "served" / "live"
    served.parent.mkdir()
    target.rename(served)
    (served / "run.json").write_text(json.dumps({"edition": "annual-2019"}))
    target.symlink_to(served)
    return target


def test_where_an_edition_is_a_link_what_it_leads_to_is_replaced_and_the_link_stays(linked):
    served = linked.resolve()

    with staged(linked, carry_over=False) as build:
        (build.folder / "index.html").write_text("new")
        assert build.folder.parent == served.parent  # one renaming, in one file system
        build.swap_in()

    assert linked.is_symlink()
    assert (page(served), page(linked)) == ("new", "new")
    assert (names(linked), names(served)) == (["annual-2019"], ["live"])


def test_two_names_of_one_folder_are_not_built_at_once(linked):
    with (
        staged(linked, carry_over=False),
        pytest.raises(BusyError),
        staged(linked.resolve(), carry_over=False),
    ):
        pass


def test_a_link_to_nothing_yet_is_built_where_it_leads(tmp_path):
    target, served = tmp_path / "annual-2019", tmp_path / "served" / "live"
    target.symlink_to(served)

    with staged(target, carry_over=False) as build:
        (build.folder / "index.html").write_text("new")
        build.swap_in()

    assert target.is_symlink()
    assert page(served) == "new"


@pytest.mark.parametrize("record", ['{"edition": "annual-2017"}', "{}", "mine"])
def test_a_link_to_anything_but_the_editions_own_build_is_refused(linked, record):
    served = linked.resolve()
    (served / "run.json").write_text(record)

    with (
        pytest.raises(OutputError, match="holds other things than a build of annual-2019"),
        staged(linked, carry_over=False),
    ):
        pass

    assert page(served) == "last"


@pytest.mark.parametrize("kind", ["file", "circle"])
def test_a_place_that_is_no_folder_is_refused(tmp_path, kind):
    target = tmp_path / "annual-2019"
    target.symlink_to(target) if kind == "circle" else target.write_text("mine")

    with pytest.raises(OutputError, match=r"circle|is a file"), staged(target, carry_over=False):
        pass

    assert names(target) == ["annual-2019"]


def test_a_link_that_an_earlier_run_left_is_cleared_up_and_not_what_it_leads_to(target, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    target.with_name(".annual-2019~left").symlink_to(other)

    with staged(target, carry_over=False):
        pass

    assert names(target) == ["annual-2019"]
    assert other.is_dir()


def test_everybody_may_read_what_is_published_whoever_built_it(tmp_path):
    target = tmp_path / "built" / "outputs" / "annual-2019"
    before = os.umask(0o077)
    try:
        with staged(target, carry_over=False) as build:
            (build.folder / "data").mkdir()
            for name in ("index.html", "data/judgements.csv"):
                (build.folder / name).write_text("new")
            build.swap_in()
    finally:
        os.umask(before)

    modes = {p.relative_to(tmp_path): p.stat().st_mode & 0o777 for p in tmp_path.rglob("*")}
    assert {0o644} == {mode for path, mode in modes.items() if (tmp_path / path).is_file()}
    assert {0o755} == {mode for path, mode in modes.items() if (tmp_path / path).is_dir()}
