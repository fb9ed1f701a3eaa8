"""The PDF of the default report, made once from the pages that are built already."""

import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from pypdf import PdfReader

from tests.publish.tags import all_tags


@pytest.fixture(scope="session")
def pdf(build, chromium, kcc, tmp_path_factory):
    """What the command said, the file, its text page by page, where places are, its tags."""
    output = tmp_path_factory.mktemp("printed")
    shutil.copytree(build[1], output / "annual-2019")
    done = kcc("report", "--pdf", "--output", output)
    assert done.returncode == 0, done.stderr
    file = output / "annual-2019" / "annual-2019.pdf"
    reader = PdfReader(file)
    spaced = [page.extract_text() for page in reader.pages]
    on_page = {name.removeprefix("/"): reader.get_destination_page_number(place) + 1
               for name, place in reader.named_destinations.items()}  # fmt: skip
    return SimpleNamespace(
        done=done, folder=file.parent, file=file, reader=reader, spaced=spaced,
        texts=[bare(text) for text in spaced], on_page=on_page,
        tags=all_tags(reader),
    )  # fmt: skip


def bare(words):
    """Words without spaces, which a PDF keeps as distances."""
    return re.sub(r"\s", "", words)


def read(folder: Path, name: str) -> str:
    """A built page."""
    return (folder / name).read_text("utf-8")
