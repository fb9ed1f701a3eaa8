"""A folder for temporary files is there for its run, and what a killed run left is cleared."""

import errno
import os
import signal
import tempfile
from pathlib import Path

import pytest

from kcc_lib.publish.passing import passing_folder

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows locks no folders")


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def start():
    """Another run, at work in its folder: (its process, its folder)."""
    told, telling = os.pipe()
    run = os.fork()
    if run == 0:
        with passing_folder("kcc-x-") as folder:
            (folder / "page.html").write_text("")
            os.write(telling, str(folder).encode())
            signal.pause()
    folder = Path(os.read(told, 1000).decode())
    os.close(told)
    os.close(telling)
    return run, folder


def kill(run):
    os.kill(run, signal.SIGKILL)
    os.waitpid(run, 0)


def test_it_goes_with_its_run(temporary):
    with passing_folder("kcc-x-") as folder:
        assert list(temporary.iterdir()) == [folder]

    assert list(temporary.iterdir()) == []


def test_what_a_killed_run_left_is_cleared_by_the_next(temporary):
    run, left = start()
    kill(run)
    assert (left / "page.html").is_file()

    with passing_folder("kcc-x-") as folder:
        assert list(temporary.iterdir()) == [folder]


def test_a_folder_in_which_another_run_works_stays():
    run, theirs = start()
    try:
        with passing_folder("kcc-x-") as folder:
            assert (theirs / "page.html").is_file()
            assert folder != theirs
    finally:
        kill(run)


def test_what_only_looks_like_one_stays(temporary):
    (temporary / "aim").mkdir()
    (temporary / "kcc-x-link").symlink_to(temporary / "aim")
    (temporary / "kcc-x-file").touch()
    (temporary / "kcc-y-other").mkdir()

    with passing_folder("kcc-x-"):
        pass

    names = sorted(p.name for p in temporary.iterdir())
    assert names == ["aim", "kcc-x-file", "kcc-x-link", "kcc-y-other"]


@pytest.mark.parametrize("number", [errno.EBADF, errno.ENOLCK, errno.ENOSYS])
def test_where_folders_cannot_be_locked_there_is_one_all_the_same(temporary, monkeypatch, number):
    import fcntl

    def refused(opened, how):
        raise OSError(number, "no locks here")

    monkeypatch.setattr(fcntl, "flock", refused)

    with passing_folder("kcc-x-") as folder:
        assert list(temporary.iterdir()) == [folder]


def test_a_folder_of_that_name_that_no_run_made_stays(temporary):
    notes = temporary / "kcc-x-notes"
    notes.mkdir()
    (notes / "mine.txt").write_text("")

    with passing_folder("kcc-x-"):
        pass

    assert (notes / "mine.txt").is_file()


def test_a_fault_of_the_disk_in_it_is_told_as_it_is():
    with pytest.raises(OSError, match="no space"), passing_folder("kcc-x-"):
        raise OSError("no space")


def test_a_machine_that_opens_no_more_files_is_told_of_at_once(temporary, monkeypatch):
    asked = []

    def once_too_many(path, *how, **more):
        asked.append(path)
        if len(asked) == 1:
            raise OSError(errno.EMFILE, "Too many open files")
        return opened(path, *how, **more)

    opened = os.open
    monkeypatch.setattr(os, "open", once_too_many)

    with pytest.raises(OSError, match="Too many open files"), passing_folder("kcc-x-"):
        pytest.fail("it was opened")
    assert list(temporary.iterdir()) == []
