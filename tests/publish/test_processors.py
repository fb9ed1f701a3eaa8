"""A build uses the processors that it may, not all that its machine has."""

import os

import pytest

from kcc_lib.publish.processors import processors


@pytest.fixture
def sixteen(monkeypatch):
    """A machine with sixteen processors."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(16)), raising=False)


def quota(folder, name, words):
    path = folder / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(words, "ascii")


def test_without_a_quota_all_are_used(sixteen, tmp_path):
    assert processors(tmp_path) == 16


@pytest.mark.parametrize(
    ("told", "expected"),
    [("max 100000", 16), ("200000 100000", 2), ("150000 100000", 2), ("5000 100000", 1),
     ("9900000 100000", 16), ("", 16), ("rubbish", 16)],
)  # fmt: skip
def test_a_container_s_quota_counts(sixteen, tmp_path, told, expected):
    quota(tmp_path, "cpu.max", told)

    assert processors(tmp_path) == expected


@pytest.mark.parametrize(("told", "expected"), [("-1", 16), ("200000", 2), ("10", 1)])
def test_an_older_system_tells_its_quota_in_two_files(sixteen, tmp_path, told, expected):
    quota(tmp_path, "cpu/cpu.cfs_quota_us", f"{told}\n")
    quota(tmp_path, "cpu/cpu.cfs_period_us", "100000\n")

    assert processors(tmp_path) == expected


def test_where_no_affinity_is_told_the_machine_s_own_count_is_used(monkeypatch, tmp_path):
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)

    assert processors(tmp_path) == 1
