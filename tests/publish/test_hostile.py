"""A workbook full of hostile text: pages show it as text, with their policy on and without it."""

import csv
import re
import shutil

import pytest

from .conftest import ROOT, run_kcc

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hostile")]
CORPUS = (
    "</title><script>window.owned=true</script>",
    '"><img src=x onerror="window.owned=true">',
    "'><svg onload=window.owned=true>",
    '<iframe srcdoc="<script>parent.owned=true</script>"></iframe>',
    '<a href="javascript:window.owned=true">press</a>',
    "[press](javascript:window.owned=true)",
    "</style><style>*{display:none}</style>",
    '<form action="https://evil.example"><button autofocus onfocus="window.owned=true">',
    "</textarea></details></table><marquee onstart=window.owned=true>",
    "{{7*7}}{% raw %}${7*7}<%= 7*7 %>",
    '=HYPERLINK("https://evil.example","press")',
    "javascript:window.owned=true//",
    "]]><!--<script>window.owned=true</script>-->",
    '" onmouseover="window.owned=true" x="',
)
#: Which columns of which files hold words that pages show.
PLANTED = {
    "measures.csv": ("title", "short_title", "notes", "source_body", "source_period"),
    "measure_notes.csv": ("note",),
    "strategic_outcomes.csv": ("title", "short_title"),
    "supporting_outcomes.csv": ("title",),
    "audit_notes.csv": ("note",),
    "observations/outcome_3.csv": ("source", "note"),
    "observations/quarterly.csv": ("source", "note"),
    "edition_kpis.csv": ("note",),
    "directorates.csv": ("cabinet_members", "lead", "note"),
}
PAGES = ("annual-2019/index", "annual-2019/outcome-3", "qpr-2024-25-q3/public-health")
#: A paragraph of narrative may hold no figure and no template, so it has a corpus of its own.
PROSE = " ".join(c for c in CORPUS if not re.search(r"\d|\{|%", c))
FOUND = """() => {
  const all = [...document.querySelectorAll("*")];
  const named = all.flatMap(e => [...e.attributes].map(a => [e.tagName, a.name, a.value]));
  return {
    owned: window.owned === true,
    scripts: document.scripts.length,
    handlers: named.filter(([, name]) => name.startsWith("on")),
    links: named.filter(([, , v]) => /^[\\s\\x00-\\x20]*(javascript|data|vbscript):/i.test(v)),
    elements: all.filter(e => e.matches(
      "iframe, object, embed, base, marquee, img, form:not(.filter), meta[http-equiv=refresh],"
      + "link, button:not(.filter [type=reset])")).map(e => e.tagName),
    styles: document.querySelectorAll("style").length,
    text: document.body.innerText,
  };
}"""


def plant(root):
    """Words of the copied workbook made hostile, each with its own piece of the corpus."""
    count = 0
    for name, columns in PLANTED.items():
        path = root / "data" / "raw" / name
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            for column in columns:
                row[column] = f"{row[column]} {CORPUS[count % len(CORPUS)]}".strip()
                count += 1
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    for edition in ("annual-2019", "qpr-2024-25-q3"):
        path = root / "data" / "raw" / "editions" / f"{edition}.toml"
        told = path.read_text("utf-8")
        told = re.sub(r"^(subtitle = )\"(.*)\"$", rf"\1'''\2 {CORPUS[0]}'''", told, flags=re.M)
        path.write_text(told, "utf-8")
    path = root / "data" / "raw" / "narrative" / "annual-2019" / "3.7.md"
    path.write_text(f"{path.read_text('utf-8')}\n\n{PROSE}\n", "utf-8")
    return root


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The folder of three pages built from it."""
    root = tmp_path_factory.mktemp("hostile")
    for folder in ("data/raw", "notebooks"):
        shutil.copytree(ROOT / folder, root / folder)
    plant(root)
    for page in PAGES:
        edition, _, name = page.partition("/")
        done = run_kcc("report", edition, "--only", name, "--output", root / "outputs",
                       KCC_WORKBOOK=str(root))  # fmt: skip
        assert done.returncode == 0, done.stderr
    return root / "outputs"


@pytest.mark.parametrize("policy", [True, False], ids=["policy on", "policy off"])
@pytest.mark.parametrize("name", PAGES)
def test_hostile_words_are_shown_as_words_and_never_run(chromium, hostile, tmp_path, name, policy):
    text = (hostile / f"{name}.html").read_text("utf-8")
    bare = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    assert bare != text
    path = tmp_path / "page.html"
    path.write_text(text if policy else bare, "utf-8")
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    outside = []
    page.on("request", lambda r: None if r.url.startswith("file:") else outside.append(r.url))
    page.goto(path.as_uri())
    page.evaluate("() => document.querySelectorAll('details').forEach(d => { d.open = true; })")
    for link in page.get_by_role("link", name="press").all():
        link.hover()

    found = page.evaluate(FOUND)
    context.close()

    assert not found["owned"]
    assert outside == []
    assert (found["handlers"], found["links"], found["elements"]) == ([], [], [])
    assert found["scripts"] <= 1  # the filter's
    assert found["styles"] == 1
    shown = " ".join(found["text"].split())
    assert [words for words in CORPUS if words not in shown] == []


def test_a_template_in_narrative_is_refused_before_anything_is_built(workbook, tmp_path):
    page = workbook / "data" / "raw" / "narrative" / "annual-2019" / "3.7.md"
    page.write_text(page.read_text() + "\n\n{{ ''.__class__.__mro__ }} and {{ 7*7 }}\n")

    done = run_kcc("report", "--output", tmp_path / "out", KCC_WORKBOOK=str(workbook))

    assert done.returncode == 2
    assert "3.7.md, line" in done.stderr
    assert not (tmp_path / "out").exists()
