"""The papers tell of every column of every download as the schemas do: both are made from one."""

import re
import sys
from pathlib import Path

import pytest

from kcc_lib.presentation.downloads.columns import all_columns

DOCS = Path(__file__).parents[2] / "docs"
PAPERS = ("data.md", "downloads.md")
_MARKED = re.compile(r"<!-- columns of (\w+) -->\n(.*?)<!-- end of columns -->", re.S)


def told(kind):
    """The columns of one kind of table as the papers have them."""
    rows = ["", "| column | unit | meaning | blank |", "|---|---|---|---|"]
    rows += [f"| `{c.name}` | {c.unit} | {c.meaning} | {c.blank} |" for c in all_columns()[kind]]
    return "\n".join([*rows, "", ""])


@pytest.mark.parametrize("paper", PAPERS)
def test_the_papers_have_the_columns_as_they_are(paper):
    found = dict(_MARKED.findall((DOCS / paper).read_text()))

    assert found
    for kind, table in found.items():
        assert table == told(kind), f"run: python {Path(__file__).name}"


def test_every_kind_of_table_stands_in_a_paper():
    text = "".join((DOCS / paper).read_text() for paper in PAPERS)

    assert set(all_columns()) == {kind for kind, _ in _MARKED.findall(text)}


def write():
    """Write the columns into the papers."""
    for paper in PAPERS:
        text = (DOCS / paper).read_text()
        made = _MARKED.sub(
            lambda m: f"<!-- columns of {m[1]} -->\n{told(m[1])}<!-- end of columns -->", text
        )
        (DOCS / paper).write_text(made)


if __name__ == "__main__":
    sys.exit(write())
