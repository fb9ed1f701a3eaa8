"""One page looked at in a real browser, in every way that a reader may have it.

Everything is measured once and kept, so that each rule has a test of its own at no cost.
"""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

import axe_playwright_python

from tests.publish.tags import last_rows_alone

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text("utf-8")
WIDTHS = (320, 1280)
#: Injected with evaluate: the pages' policy refuses a script tag.
RUN_AXE = """async () => {
  const rules = Object.fromEntries(axe.getRules().map(r => [r.ruleId, {enabled: true}]));
  const found = await axe.run(document, {rules, resultTypes: ["violations", "incomplete"]});
  const told = list => list.map(v => [v.id, v.nodes.length, v.nodes[0].target.join(" ")]);
  return {rules: Object.keys(rules).length, violations: told(found.violations),
          incomplete: told(found.incomplete)};
}"""
OPEN_DETAILS = "() => document.querySelectorAll('details').forEach(d => { d.open = true; })"
SHIFT = """() => new Promise(done => {
  let total = 0;
  const seen = new PerformanceObserver(list => {
    for (const e of list.getEntries()) total += e.value;
  });
  seen.observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => setTimeout(() => { seen.disconnect(); done(total); }, 50));
})"""
#: WCAG 1.4.12, in the widest face there is: no page may rest on one font.
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important; font-family: "DejaVu Sans", Verdana, monospace !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
WIDE = "() => document.documentElement.scrollWidth"
CHART_TEXT = """() => [...document.querySelectorAll("svg.chart")]
  .filter(s => s.getClientRects().length)
  .flatMap(s => [...s.querySelectorAll("text")].map(t =>
    parseFloat(getComputedStyle(t).fontSize) * s.getScreenCTM().a))"""
CHART_NAMES = """() => [...document.querySelectorAll("[role=img]")]
  .filter(e => e.getClientRects().length).map(e => e.getAttribute("aria-label"))"""
CAPTIONS = """() => [...document.querySelectorAll("table")]
  .map(t => t.caption ? t.caption.innerText.replace(/\\s+/g, " ").trim() : "")"""
#: What is there whether or not scripts run; the filter is of use only where they do.
CONTENT = """() => {
  const main = document.querySelector("main").cloneNode(true);
  main.querySelectorAll("form, [role=status]").forEach(e => e.remove());
  const shown = e => e.checkVisibility();
  return {text: main.textContent.replace(/\\s+/g, " "),
          charts: [...document.querySelectorAll("svg.chart")].filter(shown).length,
          rows: [...document.querySelectorAll("tr")].filter(shown).length};
}"""
#: Text that does not take a colour of the system, and marks that do not follow the text.
FORCED = """() => {
  const probe = document.body.appendChild(document.createElement("i"));
  const system = new Set(["CanvasText", "LinkText", "VisitedText", "ButtonText", "FieldText",
    "GrayText", "HighlightText", "MarkText"].map(name => {
      probe.style.setProperty("color", name);
      return getComputedStyle(probe).color;
    }));
  probe.style.setProperty("color", "Canvas");
  const canvas = getComputedStyle(probe).color;
  probe.remove();
  const wrong = [];
  for (const e of document.querySelectorAll("body *")) {
    if (e.closest("svg")) continue;
    const says = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    const colour = getComputedStyle(e).color;
    if (says && e.getClientRects().length && (!system.has(colour) || colour === canvas))
      wrong.push(`${e.tagName} ${e.textContent.trim().slice(0, 30)} ${colour}`);
  }
  const text = getComputedStyle(document.body).color;
  for (const icon of document.querySelectorAll("svg.icon"))
    if (getComputedStyle(icon).fill !== text) wrong.push(`icon ${getComputedStyle(icon).fill}`);
  for (const chart of document.querySelectorAll("svg.chart")) {
    const told = getComputedStyle(chart);
    if (told.forcedColorAdjust !== "none" || told.backgroundColor !== "rgb(255, 255, 255)")
      wrong.push(`chart on ${told.backgroundColor}`);
  }
  return wrong;
}"""
STOPS = """() => {
  const all = [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']")];
  window.stops = all.filter(e => e.checkVisibility() && !e.disabled);
  return window.stops.length;
}"""
AT = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const look = getComputedStyle(e), box = e.getBoundingClientRect();
  const name = (e.getAttribute("aria-label") || (e.getAttribute("aria-labelledby") &&
    document.getElementById(e.getAttribute("aria-labelledby"))?.textContent) ||
    (e.labels && e.labels[0] && e.labels[0].textContent) || e.textContent || "").trim();
  return {at: window.stops.indexOf(e), name: name.slice(0, 60),
    ring: look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2,
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0
      && box.left < innerWidth};
}"""
#: Regions that scroll but that the keyboard cannot reach, or that have no name.
SCROLLING = """() => [...document.querySelectorAll("main *")].filter(e => {
    const flow = getComputedStyle(e).overflowX;
    return (flow === "auto" || flow === "scroll") && e.scrollWidth > e.clientWidth + 1;
  }).filter(e => e.tabIndex !== 0 || !e.getAttribute("aria-labelledby"))
  .map(e => e.className)"""
#: In print: what sticks out of the page, and rows of tables that are not shown.
PRINTED = """() => {
  const out = [...document.querySelectorAll("main *")].filter(e =>
    e.getClientRects().length && !e.closest(".hidden") && !e.closest("svg")
    && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.tagName + " " + e.className);
  const hidden = [...document.querySelectorAll("table tr")]
    .filter(r => !r.checkVisibility() || !r.getBoundingClientRect().height).length;
  return {out: [...new Set(out)], hidden};
}"""
#: The width of the text on A4 between its margins, at 96 dots to the inch.
A4_TEXT = 688


@dataclass
class Seen:
    """What was found of one page; widths are those of the window."""

    axe: dict = field(default_factory=dict)
    outside: list = field(default_factory=list)
    said: list = field(default_factory=list)
    shift: dict = field(default_factory=dict)
    wide: dict = field(default_factory=dict)
    spaced: dict = field(default_factory=dict)
    chart_text: list = field(default_factory=list)
    names: dict = field(default_factory=dict)
    captions: list = field(default_factory=list)
    tree: dict = field(default_factory=dict)
    content: dict = field(default_factory=dict)
    scrolling: list = field(default_factory=list)
    forced: list = field(default_factory=list)
    stops: int = 0
    walk: list = field(default_factory=list)
    bare: dict = field(default_factory=dict)
    printed: dict = field(default_factory=dict)
    pdf: dict = field(default_factory=dict)
    alone: list = field(default_factory=list)


def named(tree, role):
    """The names of one role in the accessibility tree, which is told as YAML; "" for none."""
    lines = [line for line in tree.splitlines() if re.match(rf" *- '?{role}\b", line)]
    found = [re.match(rf""" *- '?{role} (".*?(?<!\\)")""", line) for line in lines]
    return [json.loads(m[1].replace("''", "'")) if m else "" for m in found]


def look(browser, path):
    """Look at a page with scripts at both widths, by keyboard, without scripts, and in print."""
    seen = Seen()
    _with_scripts(browser, path, seen)
    _without_scripts(browser, path, seen)
    return seen


def _with_scripts(browser, path, seen):
    context = browser.new_context(
        viewport={"width": WIDTHS[0], "height": 900}, reduced_motion="reduce"
    )  # a page that scrolls smoothly is not yet there when the next key is pressed
    page = context.new_page()
    page.on("request", lambda r: None if r.url.startswith("file:") else seen.outside.append(r.url))
    page.on("console", lambda m: seen.said.append(m.text))
    page.on("pageerror", lambda e: seen.said.append(str(e)))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(path.as_uri())
        seen.shift[width] = page.evaluate(SHIFT)
        if width == WIDTHS[0]:
            _walk(page, seen)
        seen.wide[width] = page.evaluate(WIDE)
        page.evaluate(AXE)
        if width == WIDTHS[0]:
            page.evaluate(OPEN_DETAILS)
            seen.chart_text = page.evaluate(CHART_TEXT)
            seen.scrolling = page.evaluate(SCROLLING)
        # on a phone with every table open, on a desk as the page comes
        seen.axe[width] = page.evaluate(RUN_AXE)
        page.evaluate(OPEN_DETAILS)
        seen.wide[width] = max(seen.wide[width], page.evaluate(WIDE))
        seen.names[width] = page.evaluate(CHART_NAMES)
        seen.tree[width] = page.locator("body").aria_snapshot()
        seen.content = page.evaluate(CONTENT)
        page.evaluate(SPACED)
        seen.spaced[width] = page.evaluate(WIDE)
        page.evaluate("() => { document.adoptedStyleSheets = []; }")
    seen.captions = page.evaluate(CAPTIONS)
    page.emulate_media(forced_colors="active", color_scheme="dark")
    seen.forced = page.evaluate(FORCED)
    context.close()


def _walk(page, seen):
    """Tab through the page from the top until the keyboard leaves it."""
    seen.stops = page.evaluate(STOPS)
    for _ in range(seen.stops + 5):
        page.keyboard.press("Tab")
        stop = page.evaluate(AT)
        if stop is None or (seen.walk and stop["at"] == seen.walk[0]["at"]):
            return
        seen.walk.append(stop)


def _without_scripts(browser, path, seen):
    context = browser.new_context(
        viewport={"width": WIDTHS[1], "height": 900}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(path.as_uri())
    page.evaluate(OPEN_DETAILS)
    seen.bare = page.evaluate(CONTENT)
    page.goto(path.as_uri())
    page.set_viewport_size({"width": A4_TEXT, "height": 900})
    page.emulate_media(media="print")
    seen.printed = page.evaluate(PRINTED)
    seen.printed |= {
        "tables": page.locator("table").count(), "rows": page.locator("tr").count(),
        "charts": len(page.evaluate(CHART_NAMES)),
    }  # fmt: skip
    pdf = page.pdf(tagged=True, outline=True, prefer_css_page_size=True)
    seen.pdf = {
        "marked": b"/Marked true" in pdf, "english": b"/Lang (en-GB)" in pdf,
        "tables": len(re.findall(rb"/S /Table\b", pdf)), "rows": len(re.findall(rb"/S /TR\b", pdf)),
        "charts": len(re.findall(rb"/Alt ", pdf)),
    }  # fmt: skip
    seen.alone = last_rows_alone(pdf)
    context.close()
