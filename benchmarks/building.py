"""Our build against the papermill and nbconvert commands on the same notebooks, in sequence.

Ours also checks every page, draws each chart twice more as pictures and writes some 200 data
files; the usual commands do not. Both run in this project's own environment, with its fixes.
"""

import csv
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

from benchmarks.timing import compare

ROOT = Path(__file__).parents[1]
EDITION = "annual-2019"
_TOOLS = Path(sys.executable).parent


def _run(*words: str | Path, workbook: Path = ROOT, **environment: str) -> None:
    environment = {**os.environ, "KCC_WORKBOOK": str(workbook), **environment}
    words = tuple(str(word) for word in words)
    subprocess.run(words, check=True, capture_output=True, cwd=ROOT, env=environment)  # noqa: S603


def ours(output: Path, *words: str, workbook: Path = ROOT, **environment: str) -> None:
    """`kcc report` of the default edition, from a cold start."""
    _run(
        sys.executable, "-m", "kcc_lib", "report", EDITION, "--output", output, *words,
        workbook=workbook, **environment,
    )  # fmt: skip


def usual(folder: Path) -> None:
    """One papermill command and one nbconvert command for each page of the edition."""
    recipe = tomllib.loads((ROOT / f"data/raw/editions/{EDITION}.toml").read_text("utf-8"))
    for section in recipe["sections"]:
        executed = folder / f"{section['name']}.ipynb"
        given = [w for name, v in section.get("parameters", {}).items() for w in ("-p", name, v)]
        notebook = ROOT / "notebooks" / section["notebook"]
        _run(_TOOLS / "papermill", "--cwd", ROOT / "notebooks", *given, notebook, executed)
        _run(_TOOLS / "jupyter", "nbconvert", "--to", "html", "--no-input", executed)


def _changing(workbook: Path) -> Callable[[], None]:
    """A workbook of one's own, in which one figure becomes another at each call."""
    for folder in ("data/raw", "notebooks"):
        shutil.copytree(ROOT / folder, workbook / folder)
    shutil.copy(ROOT / "uv.lock", workbook)
    path = workbook / "data/raw/observations/outcome_1.csv"
    values = cycle(["3.80", "3.81"])

    def change() -> None:
        rows = list(csv.reader(path.open(newline="", encoding="utf-8")))
        rows[2][rows[0].index("value")] = next(values)
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    return change


def run() -> None:
    """Compare both ways, and what is left to do when little or nothing has changed."""
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        same, theirs, changed = place / "same", place / "theirs", place / "changed"
        theirs.mkdir()
        change = _changing(place / "workbook")
        kept = {"KCC_CACHE": str(place / "cache")}

        def one_figure() -> None:
            change()
            ours(changed, workbook=place / "workbook", **kept)

        one_figure()
        compare(
            "the default edition, data to pages",
            {
                "kcc report --force, no drawings kept": lambda: ours(same, "--force", KCC_CACHE=""),
                "papermill + nbconvert commands": lambda: usual(theirs),
                "kcc report --force, drawings kept": lambda: ours(same, "--force", **kept),
                "kcc report, one figure changed": one_figure,
                "kcc report --only outcome-2": lambda: ours(same, "--only", "outcome-2", **kept),
                "kcc report, nothing changed": lambda: ours(changed, workbook=place / "workbook"),
            },
            rounds=2,
        )
