"""What several rooms' tests share: the shipped workbook, loaded and judged once."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

import kcc_lib as kcc
from kcc_lib.publish.processors import processors
from kcc_lib.workbench import open_section

ROOT = Path(__file__).parents[1]


def pytest_configure(config):
    """Drawings are kept for this run alone, by all of its processes together."""
    if "KCC_CACHE" not in os.environ:
        os.environ["KCC_CACHE"] = tempfile.mkdtemp(prefix="kcc-tests-")
        config.add_cleanup(lambda: shutil.rmtree(os.environ["KCC_CACHE"], ignore_errors=True))


def pytest_xdist_auto_num_workers():
    """As many processes as this machine may use at once, of those it has."""
    return processors()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Slow tests go to one process, since each takes all processors, unless they say otherwise."""
    for item in items:
        if item.get_closest_marker("slow") and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group("slow"))


@pytest.fixture(scope="session")
def edition():
    """The 2019 edition as shipped."""
    return kcc.edition("annual-2019")


@pytest.fixture(scope="session")
def section():
    """The 2019 edition loaded and judged for Kent."""
    return open_section("annual-2019")


@pytest.fixture(scope="session")
def judgements(section):
    """The 2019 edition's judgements."""
    return section.judgements


@pytest.fixture
def workbook(tmp_path, monkeypatch):
    """A copy of the workbook's data and notebooks, to plant faults in; it is the one found."""
    for folder in ("data/raw", "notebooks"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.setenv("KCC_WORKBOOK", str(tmp_path))
    return tmp_path
