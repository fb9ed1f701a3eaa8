"""Our build against the papermill and nbconvert commands on the same notebooks, in sequence."""

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.timing import compare

ROOT = Path(__file__).parents[1]


def _run(*words: str | Path) -> None:
    subprocess.run([str(w) for w in words], check=True, capture_output=True, cwd=ROOT)  # noqa: S603


def ours(folder: Path) -> None:
    """`kcc report --force`, from a cold start."""
    _run(sys.executable, "-m", "kcc_lib", "report", "--force", "--output", folder)


def usual(folder: Path) -> None:
    """One papermill command and one nbconvert command for each notebook."""
    tools = Path(sys.executable).parent
    for notebook in sorted((ROOT / "notebooks").glob("*.ipynb")):
        executed = folder / notebook.name
        _run(tools / "papermill", "--cwd", ROOT / "notebooks", notebook, executed)
        _run(tools / "jupyter", "nbconvert", "--to", "html", "--no-input", executed)


def run() -> None:
    """Compare both ways, and a run in which nothing has changed."""
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        same = Path(first)

        def unchanged() -> None:
            _run(sys.executable, "-m", "kcc_lib", "report", "--output", same)

        compare(
            "the default edition, data to pages",
            {
                "kcc report --force": lambda: ours(same),
                "papermill + nbconvert commands": lambda: usual(Path(second)),
                "kcc report, nothing changed": unchanged,
            },
            rounds=2,
        )
