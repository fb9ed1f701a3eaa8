"""A section's page against the field's default: Altair through stock nbconvert, same measures.

The peer's notebook is made from the same figures: one Altair chart a measure. Its page is made
by `jupyter nbconvert --to html`, with Altair's default renderer, whose scripts come from a CDN,
and with its `svg` renderer, which needs none. There is no network here: the CDN's scripts are
answered at once from vl-convert's bundle, which is kind to the peer, and in the column "charts
offline" they are not.
"""

import functools
import gzip
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from benchmarks.timing import browser_path

ROOT = Path(__file__).parents[1]
EDITION, SECTION, OUTCOME = "annual-2019", "outcome-1", "1"
ROUNDS = 5
#: What a reader waits for on each kind of page, and how many of them there are.
_DRAWN = {
    "ours": "document.querySelectorAll('svg.chart-wide').length",
    "svg": "[...document.querySelectorAll('.jp-RenderedSVG img, .jp-RenderedSVG svg')]"
    ".filter(i => i.tagName == 'svg' || i.complete && i.naturalWidth).length",
    "default": "document.querySelectorAll('.vega-embed svg, .vega-embed canvas').length",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page to measure: what it is called, how its charts are told, and its file."""

    name: str
    kind: str
    path: Path


def _figures(folder: Path) -> list[Path]:
    """The figures of each measure that our section draws, as the peer's own CSV files."""
    from kcc_lib.workbench import open_section

    section = open_section(EDITION)
    found = []
    for measure in section.catalogue.under(OUTCOME):
        shown = section.shown[section.shown["measure"] == measure.measure]
        if len(section.view(measure.measure).held):
            path = folder / f"{measure.measure}.csv"
            shown[["area", "period", "value"]].to_csv(path, index=False)
            found.append(path)
    return found


def _notebook(figures: list[Path], renderer: str, path: Path) -> None:
    """An analyst's notebook: one chart a cell."""
    head = f"import altair as alt\nimport pandas as pd\nalt.renderers.enable('{renderer}');"
    cells = [nbformat.v4.new_code_cell(head)]
    for file in figures:
        draw = (
            f"alt.Chart(pd.read_csv({str(file)!r}), title={file.stem!r}).mark_line(point=True)"
            ".encode(x='period:O', y='value:Q', color='area:N').properties(width=500, height=210)"
        )
        cells.append(nbformat.v4.new_code_cell(draw))
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)


def _peers(folder: Path) -> list[Page]:
    figures = _figures(folder)
    made = []
    for renderer in ("default", "svg"):
        path = folder / f"{renderer}.ipynb"
        _notebook(figures, renderer, path)
        _run(sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", "--execute", path)
        made.append(Page(f"Altair {renderer}, nbconvert", renderer, path.with_suffix(".html")))
    return made


def _ours(folder: Path) -> Page:
    _run(sys.executable, "-m", "kcc_lib", "report", EDITION, "--only", SECTION, "--output", folder)
    return Page("kcc report", "ours", folder / EDITION / f"{SECTION}.html")


def _run(*words: str | Path) -> None:
    subprocess.run([str(w) for w in words], check=True, capture_output=True, cwd=ROOT)  # noqa: S603


@functools.cache
def _bundle() -> str:
    """Vega, Vega-Lite and vegaEmbed, as the peer's page finds them on the CDN."""
    import vl_convert

    script = str(vl_convert.javascript_bundle())
    return f"if (!window.vegaEmbed) {{ {_as_plain(script)} }}"


def _as_plain(script: str) -> str:
    """The bundle is a module; run as a plain script it keeps its names to itself."""
    return f"(() => {{ {script.replace('export{', 'void{')} }})();"


def _visit(browser: Any, page: Page, *, slower: int, answered: bool) -> dict[str, float]:
    """Open a page once: when its charts are drawn, and what it asked of other machines."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    asked: list[str] = []

    def answer(route: Any) -> None:
        asked.append(route.request.url)
        if answered and "jsdelivr" in route.request.url:
            route.fulfill(body=_bundle(), content_type="text/javascript")
        else:
            route.abort()

    context.route(lambda url: not url.startswith(("file:", "data:", "blob:")), answer)
    context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    started = time.perf_counter()
    tab.goto(page.path.as_uri(), wait_until="domcontentloaded")
    drawn = _settled(tab, _DRAWN[page.kind], patience=90 if answered else 5)
    taken = time.perf_counter() - started
    context.close()
    return {"seconds": taken, "drawn": drawn, "asked": len(set(asked))}


def _settled(tab: Any, counting: str, *, patience: int) -> int:
    """How many charts stand, once all do or the patience is at an end; painted, not only there."""
    until, expected = time.perf_counter() + patience, len(_expected())
    drawn = 0
    while time.perf_counter() < until:
        drawn = int(tab.evaluate(counting))
        if drawn >= expected:
            tab.evaluate("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")
            break
        time.sleep(0.01)
    return drawn


@functools.cache
def _expected() -> tuple[str, ...]:
    from kcc_lib.workbench import open_section

    section = open_section(EDITION)
    codes = (m.measure for m in section.catalogue.under(OUTCOME))
    return tuple(c for c in codes if len(section.view(c).held))


def _violations(browser: Any, page: Page) -> int:
    """Elements that break an accessibility rule, all rules on."""
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    tab = context.new_page()
    context.route(lambda url: not url.startswith(("file:", "data:", "blob:")), lambda r: r.abort())
    tab.goto(page.path.as_uri())
    Axe().run(tab)  # which leaves its rules in the page
    names = tab.evaluate("axe.getRules().map(r => r.ruleId)")
    rules = {name: {"enabled": True} for name in names}
    found = Axe().run(tab, options={"rules": rules}).response["violations"]
    context.close()
    return sum(len(v["nodes"]) for v in found)


def _measure(browser: Any, pages: list[Page]) -> None:
    """Visit every page in turns, quick and slowed, and print a line for each."""
    taken: dict[tuple[str, int], list[float]] = {(p.name, s): [] for p in pages for s in (1, 4)}
    for number in range(ROUNDS + 1):
        for page in pages:
            for slower in (1, 4):
                seen = _visit(browser, page, slower=slower, answered=True)
                if number:  # the first round warms the disk
                    taken[page.name, slower].append(seen["seconds"])
        sys.stderr.write(f"  round {number} of {ROUNDS}\n")
    median = {key: statistics.median(times) for key, times in taken.items()}
    first = pages[0].name
    head = f"{EDITION} {SECTION}, {len(_expected())} charts: until all are drawn"
    sys.stdout.write(f"\n{head} (median of {ROUNDS} interleaved rounds)\n")
    columns = ("CPU x1", "", "CPU /4", "", "bytes", "gzip", "axe", "asked", "charts offline")
    sys.stdout.write(f"  {'':<28}" + "".join(f"{c:>11}" for c in columns) + "\n")
    for page in pages:
        offline = _visit(browser, page, slower=1, answered=False)
        whole = page.path.read_bytes()
        cells: list[str] = []
        for slower in (1, 4):
            seconds = median[page.name, slower]
            cells += [f"{seconds * 1000:.0f} ms", f"{seconds / median[first, slower]:.1f} x ours"]
        cells += [f"{len(whole) / 1e3:.0f} K", f"{len(gzip.compress(whole)) / 1e3:.0f} K"]
        cells += [f"{_violations(browser, page)}", f"{offline['asked']:.0f}"]
        cells += [f"{offline['drawn']:.0f} of {len(_expected())}"]
        sys.stdout.write(f"  {page.name:<28}" + "".join(f"{c:>11}" for c in cells) + "\n")


def run() -> None:
    """Compare the pages in one browser; without a browser, say so and do nothing."""
    path = browser_path()
    if not path:
        sys.stdout.write("\npages: left out, for there is no chromium (or set KCC_CHROMIUM)\n")
        return
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        pages = [_ours(Path(folder)), *_peers(Path(folder))]
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        _measure(browser, pages)
        browser.close()
