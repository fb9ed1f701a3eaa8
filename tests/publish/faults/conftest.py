"""The smallest edition that is still real, built once; each fault strikes a copy of it.

Everything is run by the command, as an operator runs it. Whatever strikes, the same is asked
afterwards (`Place.untouched`): what was published is there byte for byte, and no process and
no file is left over.
"""

import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from tests.terminal import as_in_a_terminal

ROOT = Path(__file__).parents[3]
EDITION = "annual-2019"
PAGES = {"index": "outcome_3", "formats": "formats", "accessibility": "accessibility"}
#: Rows that stay; what names something else goes, so that a build takes a moment.
KEPT = {
    "edition": {EDITION}, "method": {"significance-2019"}, "measure": {"3.41", "3.63"},
    "supporting_outcome": {"3.4", "3.6"},
}  # fmt: skip
#: Passed on to every process of a run, so that those left over are found.
MARK = "KCC_FAULT_RUN"


def small_workbook(root):
    """A workbook of two measures and one edition of three pages, cut out of the real one."""
    for folder in ("data/raw", "notebooks"):
        shutil.copytree(ROOT / folder, root / folder)
    raw = root / "data/raw"
    shutil.rmtree(raw / "narrative")
    for name in ("easy_words.csv", "related.csv"):
        (raw / name).unlink()
    for path in (raw / "editions").glob("*.toml"):
        if path.stem != EDITION:
            path.unlink()
    for path in raw.rglob("*.csv"):
        if path.stem not in {"documents", "document_figures"}:
            _cut(path)
    recipe = raw / "editions" / f"{EDITION}.toml"
    told = re.sub(r"(?m)^follows.*\n", "", recipe.read_text().partition("[[sections]]")[0])
    for name, notebook in PAGES.items():
        told += f'[[sections]]\nname = "{name}"\nnotebook = "{notebook}.ipynb"\n'
        told += f'title = "{name.capitalize()}"\n'
    recipe.write_text(told)
    path = root / "notebooks/outcome_3.ipynb"
    nb = nbformat.read(path, as_version=4)
    nb.cells = [
        c for c in nb.cells
        if ".supporting_outcome(" not in c.source or re.search(r'"3\.[46]"', c.source)
    ]  # fmt: skip
    nbformat.write(nb, path)
    return root


def _cut(path):
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    kept = [r for r in rows if all(r.get(c, "") in {"", *held} for c, held in KEPT.items())]
    if not kept:
        path.unlink()
        return
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(kept)


def contents(folder):
    """The hash of every file below a folder, hidden ones too."""
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


@dataclass
class Place:
    """A workbook with its output folder and a folder for temporary files of its own."""

    root: Path
    output: Path
    temporary: Path
    mark: str = field(default_factory=lambda: uuid.uuid4().hex)
    before: dict = field(default_factory=dict)

    @property
    def edition(self):
        return self.output / EDITION

    @property
    def failed(self):
        return self.output / f"{EDITION}.failed"

    def environment(self, **more):
        kept = {"KCC_WORKBOOK": str(self.root), "TMPDIR": str(self.temporary), MARK: self.mark}
        return {**os.environ, **kept, **more}

    def command(self, *words):
        return [sys.executable, "-m", "kcc_lib", "report", "--output", str(self.output),
                *map(str, words)]  # fmt: skip

    def start(self, *words, under=(), **environment):
        """Start `kcc report` (`under` another command) and go on."""
        return subprocess.Popen(
            [*under, *self.command(*words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, cwd=ROOT, env=self.environment(**environment), start_new_session=True,
            preexec_fn=as_in_a_terminal,  # noqa: PLW1509 - it sets handlers and no more
        )  # fmt: skip

    def run(self, *words, **environment):
        """Run `kcc report` to its end."""
        started = self.start(*words, **environment)
        out, said = started.communicate(timeout=120)
        return subprocess.CompletedProcess(started.args, started.returncode, out, said)

    def plant(self, notebook, source, *, at=-1):
        """Put a cell into a notebook, before the one at a place; its number, from 1."""
        path = self.root / "notebooks" / f"{notebook}.ipynb"
        nb = nbformat.read(path, as_version=4)
        at %= len(nb.cells)
        nb.cells.insert(at, new_code_cell(source))
        nbformat.write(nb, path)
        return at + 1

    def gate(self, notebook, *, at=-1):
        """Let a notebook wait in a cell until it is told to go on: (it is there, go on)."""
        there, go = self.root / "there", self.root / "go"
        self.plant(notebook, at=at, source=f"""
import time as _time
from pathlib import Path as _Path
_Path({str(there)!r}).touch()
while not _Path({str(go)!r}).exists(): _time.sleep(0.02)
""")  # fmt: skip
        return there, go

    def left_processes(self):
        """Processes of our runs that are still there."""
        found = []
        for told in Path("/proc").glob("[0-9]*/environ"):
            try:
                if f"{MARK}={self.mark}".encode() in told.read_bytes():
                    found.append((told.parent / "cmdline").read_text().replace("\0", " "))
            except OSError:
                continue
        return found

    def nothing_is_left(self, *, beside=()):
        """No process and no file: beside the edition only what is documented."""
        until = time.monotonic() + 20
        while self.left_processes() and time.monotonic() < until:
            time.sleep(0.02)
        assert self.left_processes() == []
        expected = [EDITION, "index.html", "measures.html", *beside]
        assert sorted(p.name for p in self.output.iterdir()) == sorted(expected)
        assert list(self.temporary.iterdir()) == []
        strange = [p for p in (self.root / "data/processed").iterdir() if p.name.startswith(".")]
        assert strange == []

    def untouched(self, *, failed=False):
        """What was published is there byte for byte, and nothing is left but a failed build."""
        self.nothing_is_left(beside=[self.failed.name] if failed else [])
        now = contents(self.output)
        assert {n: h for n, h in now.items() if not n.startswith(self.failed.name)} == self.before

    def pages(self):
        """What is published, but for the record, which holds how long it took."""
        return {n: h for n, h in contents(self.edition).items() if n != "run.json"}


def one_line(said, beginning):
    """The one line of what was said that begins so; nothing that was said is a traceback."""
    assert "Traceback" not in said
    found = [line for line in said.splitlines() if re.match(beginning, line)]
    assert len(found) == 1, said
    return found[0]


@pytest.fixture(scope="session")
def built_once(tmp_path_factory):
    """(a small workbook with its edition built, how long that took)."""
    base = tmp_path_factory.mktemp("small")
    place = Place(small_workbook(base / "workbook"), base / "outputs", base / "temporary")
    place.temporary.mkdir()
    began = time.monotonic()
    done = place.run()
    assert done.returncode == 0, done.stderr
    return base, time.monotonic() - began


@pytest.fixture
def place(built_once, tmp_path):
    """A copy of it for one fault; its temporary folder is short, for a kernel's sockets."""
    base, _ = built_once
    shutil.copytree(base / "workbook", tmp_path / "workbook")
    shutil.copytree(base / "outputs", tmp_path / "outputs")
    with tempfile.TemporaryDirectory(prefix="kccf-", ignore_cleanup_errors=True) as temporary:
        at = Place(tmp_path / "workbook", tmp_path / "outputs", Path(temporary))
        at.before = contents(at.output)
        yield at


def record(folder):
    return json.loads((folder / "run.json").read_text())
