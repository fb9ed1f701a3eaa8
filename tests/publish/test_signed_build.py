"""A signed and corrected edition as it is built: no draft left, its corrections listed."""

import json
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe

from .conftest import ROOT, run_kcc

pytestmark = pytest.mark.slow
EDITION = "qpr-2024-25-q3"
GREEN, BROWN = "A Green, Analyst", "B Brown, Director"


@pytest.fixture(scope="module")
def signed(tmp_path_factory):
    """(a workbook whose edition is signed and corrected, the folder two pages of it are in)."""
    root = tmp_path_factory.mktemp("signed")
    for folder in ("data/raw", "notebooks"):
        shutil.copytree(ROOT / folder, root / folder)
    for state, by, on in (
        ("checked", GREEN, "2026-03-30"),
        ("signed", BROWN, "2026-03-31"),
        ("signed", BROWN, "2026-04-02"),
    ):
        if on == "2026-04-02":
            (root / "data" / "raw" / "corrections.csv").write_text(
                "edition,on,what,was,now,why,by,source\n"
                f'{EDITION},2026-04-02,a note,seen,read,"It was misread.","{GREEN}",print\n'
            )
        done = run_kcc("sign", EDITION, "--state", state, "--by", by, "--on", on,
                       KCC_WORKBOOK=str(root))  # fmt: skip
        assert done.returncode == 0, done.stderr
    output = root / "outputs"
    done = run_kcc("report", EDITION, "--only", "index", "--only", "audit", "--output", output,
                   KCC_WORKBOOK=str(root))  # fmt: skip
    assert done.returncode == 0, done.stderr
    return root, output / EDITION


def test_no_page_of_a_signed_edition_says_draft(signed):
    pages = {p.name: p.read_text() for p in signed[1].glob("*.html")}

    assert set(pages) == {"index.html", "audit.html"}
    for name, text in pages.items():
        assert "<title>Draft" not in text, name
        assert "<strong>Draft</strong>" not in text, name
        assert f"<strong>Signed off by {BROWN}, on 2 April 2026.</strong>" in text, name
        assert "Corrected on 2 April 2026" in text, name
    assert "was “seen”, is now “read”" in pages["index.html"]
    assert 'href="index.html#corrections"' in pages["audit.html"]


def test_run_json_holds_the_state_and_the_fingerprint_that_was_signed(signed):
    root, folder = signed
    told = json.loads((folder / "run.json").read_text())

    assert told["state"] == "signed"
    assert told["fingerprint"] in (root / "data/raw/sign_off.csv").read_text().splitlines()[-1]


def test_who_signed_stands_in_the_package_and_the_contents_and_in_no_table_or_object(signed):
    held = [p for p in (signed[1] / "data").rglob("*") if p.suffix in {".csv", ".json"}]
    named = {signed[1] / "data" / name for name in ("datapackage.json", "contents.json")}

    for path in {*(signed[1] / "notebooks").iterdir(), *held} - named:
        assert "B Brown" not in path.read_text("utf-8"), path.name
    assert all("B Brown" in path.read_text("utf-8") for path in named)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", ["index", "audit"])
def test_a_corrected_page_is_accessible_and_whole(chromium, signed, name, width):
    context = chromium.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto((signed[1] / f"{name}.html").as_uri())
    found = Axe().run(page).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.get_by_role("link", name="what was put right").click()
    at = page.url.rpartition("/")[2]
    context.close()

    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found] == []
    assert wide <= width
    assert at == "index.html#corrections"


def test_a_page_is_not_built_alone_among_pages_of_another_sign_off(signed):
    root, folder = signed
    before = {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}
    reopened = run_kcc("sign", EDITION, "--state", "draft", "--by", BROWN, "--on", "2026-05-01",
                       "--note", "withdrawn", KCC_WORKBOOK=str(root))  # fmt: skip
    assert reopened.returncode == 0

    done = run_kcc("report", EDITION, "--only", "audit", "--output", folder.parent,
                   KCC_WORKBOOK=str(root))  # fmt: skip

    assert done.returncode == 2
    assert f"the sign-off of {EDITION} changed; build all of it, without --only" in done.stderr
    assert {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()} == before
