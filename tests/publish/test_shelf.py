"""The shelf: made of what stands there, the same whenever it is made, and no link of it dead."""

import json
import re
from html.parser import HTMLParser

import pytest

from kcc_lib.presentation.contents_file import contents_of
from kcc_lib.publish.shelf import read_known, rebuild_shelf
from kcc_lib.records.places import find_workbook
from kcc_lib.workbench import open_report

from .conftest import run_kcc

DRAFT = {"state": "draft", "sign_off": "Not signed off: figures and words may change."}
HOSTILE = "</a><script>alert(1)</script>"


@pytest.fixture(scope="module")
def contents(section):
    """What two editions leave for the shelf, by name."""
    known = read_known(find_workbook())
    reports = (section, open_report("qpr-2024-25-q3"))
    return {
        r.edition.name: contents_of(
            r, *known, pages={p.name for p in r.edition.sections}, sign_off=DRAFT
        )
        for r in reports
    }


def stand(output, told, name=""):
    """Put an edition's contents file where a build leaves it."""
    folder = output / (name or told["edition"])
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "contents.json").write_text(json.dumps(told))
    return folder


class Page(HTMLParser):
    """The ids, links and text of a page."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.text = [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.ids += [told["id"]] if "id" in told else []
        self.links += [told["href"]] if tag == "a" else []

    def handle_data(self, data):
        self.text += data


def entry(page, identifier):
    return re.search(rf'<li id="{identifier}".*?</li>', page, re.S)[0]


def test_every_measure_has_an_address_of_its_own_and_leads_to_its_block(tmp_path, contents):
    told = contents["annual-2019"]
    stand(tmp_path, told)

    rebuild_shelf(tmp_path)

    text = (tmp_path / "measures.html").read_text()
    page = Page(text)
    assert len(page.ids) == len(set(page.ids))
    for row in told["measures"]:
        assert row["id"] in page.ids
        assert f'href="annual-2019/{row["address"]}"' in entry(text, row["id"])
    first = entry(text, "m-1-11")
    assert all(word in first for word in ("Infant deaths", "Maintaining", "Not Improving", "4.0"))


def test_the_shelf_is_the_same_whatever_was_built_first_or_built_again(tmp_path, contents):
    one, other = tmp_path / "one", tmp_path / "other"
    for output, order in ((one, list(contents)), (other, list(contents)[::-1])):
        for name in order:
            stand(output, contents[name])
            rebuild_shelf(output)
    rebuild_shelf(one)

    for name in ("index.html", "measures.html"):
        assert (one / name).read_bytes() == (other / name).read_bytes()
    assert not [p for p in one.iterdir() if p.name.startswith(".")]


def test_an_edition_that_is_gone_leaves_the_shelf(tmp_path, contents):
    for told in contents.values():
        folder = stand(tmp_path, told)
    rebuild_shelf(tmp_path)
    assert "qpr-2024-25-q3" in (tmp_path / "index.html").read_text()

    folder.rename(tmp_path / ".gone")
    rebuild_shelf(tmp_path)

    assert "qpr-2024-25-q3" not in (tmp_path / "index.html").read_text()


@pytest.mark.parametrize("name", ["annual-2019.failed", ".annual-2019-x", "a copy of it"])
def test_a_folder_that_is_no_edition_is_passed_over(tmp_path, contents, name):
    stand(tmp_path, contents["annual-2019"], name)
    (tmp_path / "pictures").mkdir()

    rebuild_shelf(tmp_path)

    assert not (tmp_path / "index.html").exists()


@pytest.mark.parametrize("spoilt", ["{", "[]", '{"version": 1, "edition": "annual-2017"}'])
def test_contents_that_cannot_be_read_are_told_and_the_others_stand(tmp_path, contents, spoilt):
    stand(tmp_path, contents["annual-2019"])
    bad = stand(tmp_path, {}, "annual-2017") / "data" / "contents.json"
    bad.write_text(spoilt)
    said = []

    rebuild_shelf(tmp_path, said.append)

    assert said == ["annual-2017/data/contents.json cannot be read; build annual-2017 again"]
    assert "annual-2017" not in (tmp_path / "index.html").read_text()


def test_a_page_that_is_not_ours_is_left_alone(tmp_path, contents):
    stand(tmp_path, contents["annual-2019"])
    (tmp_path / "index.html").write_text("<p>my own page</p>")
    said = []

    rebuild_shelf(tmp_path, said.append)

    assert (tmp_path / "index.html").read_text() == "<p>my own page</p>"
    assert said == ["index.html of the output folder is none of ours and was left as it is"]
    assert (tmp_path / "measures.html").exists()


def test_titles_are_shown_and_never_run(tmp_path, contents):
    told = json.loads(json.dumps(contents["annual-2019"]))
    told["subtitle"] = told["measures"][0]["short_title"] = told["measures"][0]["value"] = HOSTILE
    stand(tmp_path, told)

    rebuild_shelf(tmp_path)

    for name in ("index.html", "measures.html"):
        text = (tmp_path / name).read_text()
        assert HOSTILE not in text
        assert HOSTILE in Page(text).text
        assert text.count("<script>") == (name == "measures.html")


def test_a_measure_and_its_kpi_name_each_other_and_how_near_they_are(tmp_path, contents):
    for told in contents.values():
        stand(tmp_path, told)
    rebuild_shelf(tmp_path)
    text = (tmp_path / "measures.html").read_text()

    measure, kpi = entry(text, "m-1-22"), entry(text, "k-ics-repeat-referrals")

    assert 'href="#k-ics-repeat-referrals">Repeat referrals</a> (same indicator)' in measure
    assert 'href="#m-1-22">1.22 Re-referrals' in kpi
    assert "Related quarterly KPI: " in measure
    assert "Related measure: " in kpi


def test_a_related_kpi_that_no_report_here_has_is_named_and_no_link_is_dead(tmp_path, contents):
    stand(tmp_path, contents["annual-2019"])

    rebuild_shelf(tmp_path)

    page = Page((tmp_path / "measures.html").read_text())
    assert "in no report here" in entry(
        (tmp_path / "measures.html").read_text(), "k-ics-repeat-referrals"
    )
    assert {h[1:] for h in page.links if h.startswith("#")} <= set(page.ids)
    text = (tmp_path / "measures.html").read_text()
    only_related = text.count("in no report here</p>")
    assert only_related > 0
    assert f"74 indicators of the 1 report here, and {only_related} in no report here" in text


def test_each_report_says_what_it_is_how_far_it_has_come_and_what_can_be_taken_away(
    tmp_path, contents
):
    folder = stand(tmp_path, contents["annual-2019"])
    (folder / "annual-2019.pdf").write_bytes(b"%PDF")
    rebuild_shelf(tmp_path)

    page = Page((tmp_path / "index.html").read_text())

    assert "Draft. Not signed off" in page.text
    assert {"annual-2019/index.html", "annual-2019/annual-2019.pdf", "measures.html"} <= set(
        page.links
    )
    assert "annual-2019/data/judgements.csv" not in page.links  # none stands there


def test_a_measure_on_a_page_that_is_not_built_has_no_address(section):
    known = read_known(find_workbook())

    told = contents_of(section, *known, pages={"outcome-1"}, sign_off=DRAFT)

    addresses = {m["measure"]: m["address"] for m in told["measures"]}
    assert addresses["1.11"] == "outcome-1.html#m-1-11"
    assert addresses["2.11"] == ""
    assert [p["page"] for p in told["pages"]] == ["outcome-1.html"]


@pytest.mark.slow
def test_no_link_of_a_folder_with_one_edition_is_dead(build):
    output = build[1].parent
    read = {p: Page(p.read_text()) for p in (*output.glob("*.html"), *output.glob("*/*.html"))}

    assert output / "measures.html" in read
    for path, page in read.items():
        for href in page.links:
            if href.startswith(("http", "mailto:", "tel:")):
                continue
            name, _, anchor = href.partition("#")
            leads = (path.parent / name).resolve() if name else path
            assert leads.is_file(), (path, href)
            assert not anchor or anchor in read[leads].ids, (path, href)


@pytest.mark.slow
def test_a_failed_build_leaves_the_shelf_as_it_is(build, workbook, tmp_path):
    output = tmp_path / "out"
    told = json.loads((build[1] / "data" / "contents.json").read_text())
    stand(output, told)
    rebuild_shelf(output)
    before = (output / "index.html").read_bytes()
    broken = workbook / "notebooks" / "changes.ipynb"
    broken.write_text(broken.read_text().replace("kcc.pages.changes(section, again)", "1 / 0"))

    done = run_kcc("report", "--output", output, "--only", "changes", KCC_WORKBOOK=str(workbook))

    assert done.returncode == 1
    assert (output / "index.html").read_bytes() == before
