"""Real builds of every edition, made once by the command as an analyst types it."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: Where the words of a table's caption stand before and after its region is scrolled to the end.
CAPTION_BEFORE_AND_AFTER = """table => {
  const region = table.closest(".scroll");
  const words = document.createRange();
  words.selectNodeContents(table.caption);
  const edges = () => {
    const boxes = [...words.getClientRects()].filter(b => b.width > 0);
    return [Math.min(...boxes.map(b => b.left)), Math.max(...boxes.map(b => b.right))];
  };
  const found = [edges()];
  region.scrollLeft = region.scrollWidth;
  found.push(edges());
  return {edges: found, scrolled: region.scrollLeft};
}"""
#: Whether each row's head is in view and on top, its last cell beside it, at the end of a scroll.
HEADS_IN_VIEW = """table => {
  const region = table.closest(".scroll");
  region.scrollLeft = region.scrollWidth;
  const edge = region.getBoundingClientRect().left;
  return [...table.querySelectorAll("tr")].filter(r => r.cells.length > 2).map(row => {
    const head = row.cells[0].getBoundingClientRect();
    const last = row.cells[row.cells.length - 1].getBoundingClientRect();
    row.scrollIntoView({block: "center", behavior: "instant"});
    const now = row.cells[0].getBoundingClientRect();
    const top = document.elementFromPoint(now.right - 3, now.top + 16);
    return head.left >= edge && last.left >= head.right - 1 && row.cells[0].contains(top);
  });
}"""
#: Two workers, each a process with a nanny, as `dask worker` starts them.
LOCAL_CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


def run_kcc(*words, **environment):
    """Run the command line as a user does."""
    return subprocess.run(
        [sys.executable, "-m", "kcc_lib", *map(str, words)],
        capture_output=True, text=True, cwd=ROOT, check=False,
        env={**os.environ, **environment},
    )  # fmt: skip


@pytest.fixture(scope="session")
def kcc():
    """The command line, run as a user does."""
    return run_kcc


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """(what the command said of the default report, the folder of every edition).

    One process of the test run builds, the others wait for it: every test that only looks at
    pages looks at these.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    told, output = shared / "editions.json", shared / "editions"
    with (shared / "editions.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # closing the file opens the lock again
        if not told.is_file():
            others = [p.stem for p in sorted((ROOT / "data/raw/editions").glob("*.toml"))]
            others.remove("annual-2019")
            done = [run_kcc("report", *names, "--output", output) for names in ([], others)]
            told.write_text(json.dumps([[d.returncode, d.stdout, d.stderr] for d in done]))
    done = [subprocess.CompletedProcess([], *d) for d in json.loads(told.read_text())]
    assert all(d.returncode == 0 for d in done), "".join(d.stderr for d in done)
    return done[0], output


@pytest.fixture(scope="session")
def editions(built):
    """The folder with a folder for every edition."""
    return built[1]


@pytest.fixture(scope="session")
def build(built):
    """(what the command said, the folder of the default report)."""
    return built[0], built[1] / "annual-2019"


@pytest.fixture(scope="session")
def pages(build):
    """The built pages, in the order of the report."""
    names = ["index", "find-a-measure", "outcome-1", "outcome-2", "outcome-3", "changes"]
    names += ["audit", "method", "easy-read", "glossary", "corrections", "formats"]
    names += ["accessibility", "downloads"]
    return [build[1] / f"{name}.html" for name in names]


FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update",
         "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="session")
def chromium():
    """A headless Chromium; without one the tests are skipped, but fail under CI=true."""
    found = os.environ.get("KCC_CHROMIUM") or shutil.which("chromium")
    if not found:
        if os.environ.get("CI") == "true":
            pytest.fail("CI needs Debian's package chromium")
        pytest.skip("no chromium; install Debian's package or set KCC_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        browser.found = found
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def chromium_read_aloud(chromium):
    """The same as a screen reader has it: the tree of the whole page is kept up to date."""
    args = [*FLAGS, "--force-renderer-accessibility=complete"]
    browser = chromium.browser_type.launch(executable_path=chromium.found, args=args)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def scheduler(tmp_path_factory):
    """The address of a cluster of this machine with two workers."""
    script = tmp_path_factory.mktemp("cluster") / "cluster.py"
    script.write_text(LOCAL_CLUSTER)
    with subprocess.Popen(
        [sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process.stdout.readline().strip()
        process.communicate("")
