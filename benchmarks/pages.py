"""A section's page against the field's default: Altair through stock nbconvert, same measures.

There is no network here: the scripts that a peer's page asks a CDN for are answered at once from
vl-convert's bundle, which is kind to the peer, and in the column "offline" they are not. A page's
own clock says when its charts stand: two frames after the last is in the page.
"""

import functools
import gzip
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.peers import Page, peers, run_command
from benchmarks.timing import browser_path

EDITION, SECTION, OUTCOME = "annual-2019", "outcome-1", "1"
ROUNDS = 7
#: Seconds between visits: what one page leaves to be cleared up is not the next one's.
PAUSE = 0.5
#: What a reader waits for on each kind of page: its drawn charts.
_DRAWN = {
    "ours": "[...document.querySelectorAll('svg.chart-wide')]",
    "svg": "[...document.querySelectorAll('.jp-RenderedSVG img, .jp-RenderedSVG svg')]"
    ".filter(i => i.tagName == 'svg' || i.complete && i.naturalWidth)",
    "default": "[...document.querySelectorAll('.vega-embed svg, .vega-embed canvas')]",
}
_TWO_FRAMES = "new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"
#: Looks once the page is read, for looking while it is would take its time; and by a timer, for
#: asking for frames would have more of them painted.
_LOOKING = """(() => { const look = async () => {
  if (%(drawn)s.length >= %(expected)d) {
    await %(frames)s; window.stoodAt = performance.now();
  } else setTimeout(look, 10);
}; addEventListener("DOMContentLoaded", look); })()"""


def _ours(folder: Path) -> Page:
    run_command("-m", "kcc_lib", "report", EDITION, "--only", SECTION, "--output", folder)
    return Page("kcc report", "ours", folder / EDITION / f"{SECTION}.html")


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
    """Open a page once: when its charts stand, and what it asked of other machines."""
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
    words = {"drawn": _DRAWN[page.kind], "expected": _expected(), "frames": _TWO_FRAMES}
    context.add_init_script(_LOOKING % words)
    tab.goto(page.path.as_uri(), wait_until="domcontentloaded")
    stood = _stood_at(tab, patience=90 if answered else 5)
    seen = {"drawn": tab.evaluate(f"{words['drawn']}.length"), "asked": len(set(asked))}
    if stood is not None:
        seen["stood"] = stood
    context.close()
    time.sleep(PAUSE)
    return seen


def _stood_at(tab: Any, *, patience: int) -> float | None:
    """Milliseconds until all charts stood, by the page's own clock; None if they do not."""
    until = time.perf_counter() + patience
    while time.perf_counter() < until:
        if (stood := tab.evaluate("window.stoodAt")) is not None:
            return float(stood)
        time.sleep(0.05)
    return None


@functools.cache
def _expected() -> int:
    """How many measures of the section have a chart."""
    from kcc_lib.workbench import open_section

    section = open_section(EDITION)
    codes = (m.measure for m in section.catalogue.under(OUTCOME))
    return sum(len(section.view(c).held) > 0 for c in codes)


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
    visits: dict[tuple[str, int], list[dict[str, float]]] = {
        (p.name, s): [] for p in pages for s in (1, 4)
    }
    for number in range(ROUNDS + 1):
        for page in pages:
            for slower in (1, 4):
                seen = _visit(browser, page, slower=slower, answered=True)
                if number:  # the first round warms the disk
                    visits[page.name, slower].append(seen)
        sys.stderr.write(f"  round {number} of {ROUNDS}\n")
    head = f"{EDITION} {SECTION}, {_expected()} charts: until all stand"
    sys.stdout.write(f"\n{head} (median of {ROUNDS} interleaved rounds)\n")
    columns = ("CPU x1", "", "CPU /4", "", "bytes", "gzip", "axe", "asked", "offline")
    sys.stdout.write(f"  {'':<28}" + "".join(f"{c:>12}" for c in columns) + "\n")
    for page in pages:
        offline = _visit(browser, page, slower=1, answered=False)
        whole = page.path.read_bytes()
        cells: list[str] = []
        for slower in (1, 4):
            stood = _median(visits[page.name, slower], "stood")
            ours = _median(visits[pages[0].name, slower], "stood")
            cells += [f"{stood:.0f} ms", f"{stood / ours:.1f} x ours"]
        cells += [f"{len(whole) / 1e3:.0f} K", f"{len(gzip.compress(whole)) / 1e3:.0f} K"]
        cells += [f"{_violations(browser, page)}", f"{offline['asked']:.0f}"]
        cells += [f"{offline['drawn']:.0f} of {_expected()}"]
        sys.stdout.write(f"  {page.name:<28}" + "".join(f"{c:>12}" for c in cells) + "\n")


def _median(visits: list[dict[str, float]], what: str) -> float:
    return statistics.median(seen[what] for seen in visits)


def run() -> None:
    """Compare the pages in one browser; without a browser, say so and do nothing."""
    path = browser_path()
    if not path:
        sys.stdout.write("\npages: left out, for there is no chromium (or set KCC_CHROMIUM)\n")
        return
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        pages = [_ours(Path(folder)), *peers(Path(folder), EDITION, OUTCOME)]
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        _measure(browser, pages)
        browser.close()
