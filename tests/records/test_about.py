"""Contacts, the accessibility facts and the glossary: what is held, and faulty files refused."""

import re
import shutil

import pytest

from kcc_lib.judgement.methods import METHODS
from kcc_lib.records.catalogue import read_catalogue
from kcc_lib.records.council import read_council
from kcc_lib.records.editions import edition_names, read_edition
from kcc_lib.records.glossary import read_glossary
from kcc_lib.records.statement import read_statement
from kcc_lib.vocabulary import Comparison, Direction, Expectation, Flag, Label, Rag

SHOWN = "data/raw"


@pytest.fixture(scope="module")
def raw(request):
    return request.config.rootpath / "data" / "raw"


@pytest.fixture(scope="module")
def editions(raw):
    catalogue = read_catalogue(raw)
    return {name: read_edition(raw, name, catalogue) for name in edition_names(raw)}


@pytest.fixture
def copy(raw, tmp_path):
    """A folder with the files that are read here, to spoil."""
    for name in ("council.toml", "accessibility.toml", "glossary.csv", "documents.csv"):
        shutil.copy(raw / name, tmp_path / name)
    shutil.copytree(raw / "editions", tmp_path / "editions")
    return tmp_path


def spoil(folder, name, old, new):
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")


def told(faults):
    return [(f.column, f.found, f.problem) for f in faults]


def test_every_contact_is_as_the_council_printed_it(raw):
    council, faults = read_council(raw, shown=SHOWN)

    assert faults == []
    assert council.formats.email == "alternativeformats@kent.gov.uk"
    assert council.formats.phone == "03000 421553"
    assert council.formats.text_relay == "18001 03000 421553"
    assert council.formats.post[-1] == "ME14 1XQ"


def test_the_contact_for_figures_is_that_of_the_quarterly_report_which_prints_it(editions, raw):
    cover = editions["qpr-2017-18-q1"].quarterly.cover
    council, _ = read_council(raw, shown=SHOWN)

    held = council.figures
    assert (held.name, held.email, held.phone) == (cover.produced_by, cover.email, cover.phone)
    assert held.printed == cover.meeting


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("[formats]", "[format]", ("format", "", "is not a key here")),
        ("hours =", "houres =", ("formats.houres", "", "is not a key here")),
        ("alternativeformats@", "alternativeformats ", (
            "formats.email", "alternativeformats kent.gov.uk", "is no e-mail address")),
        ("printed = 2017-10-19", "printed = 2017", ("formats.printed", "2017", "is not a date")),
        ("printed = 2017-10-19\n", "", ("formats.printed", "", "is missing")),
        ("annual-report-2017\"", "annual-2017\"", (
            "formats.source", "annual-2017", "is no document of documents.csv")),
        ("https://www.kent.gov.uk/research", "www.kent.gov.uk", (
            "addresses 3.url", "www.kent.gov.uk", "is no address of a page")),
    ],
)  # fmt: skip
def test_a_faulty_contact_is_refused_with_its_key(copy, old, new, fault):
    spoil(copy, "council.toml", old, new)

    assert fault in told(read_council(copy, shown=SHOWN)[1])


def test_every_check_that_the_statement_claims_is_a_test_of_this_workbook(raw, request):
    statement, faults = read_statement(raw, shown=SHOWN)

    assert faults == []
    assert statement.checked
    for one in statement.checked:
        file, _, name = one.test.partition("::")
        tests = (request.config.rootpath / file).read_text("utf-8")
        assert re.search(rf"^def {name}\(", tests, re.M), one.test


def test_pages_that_nobody_audited_are_never_called_fully_compliant(copy):
    spoil(copy, "accessibility.toml", '"partially compliant"', '"fully compliant"')

    statement, faults = read_statement(copy, shown=SHOWN)

    assert statement is None
    assert told(faults) == [
        ("status", "fully compliant", "is claimed of pages that nobody has audited")
    ]


def test_a_file_that_is_absent_says_nothing_and_is_no_fault(tmp_path):
    assert read_statement(tmp_path, shown=SHOWN) == (None, [])
    assert read_council(tmp_path, shown=SHOWN)[0].formats is None


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("Academic year,", ",", ("term", "", "is blank")),
        ("Financial year | Calendar year", "Fiscal year", (
            "see", "Fiscal year", "leads to no other term (Fiscal year)")),
        ("Expected range,quarterly,", "Expected range,weekly,", (
            "kind", "weekly", "is no kind of edition")),
        ("regression-2020", "regression-2021", (
            "method", "regression-2021", "names a method of no edition (regression-2021)")),
        ("academic year | academic years", "academic_year", (
            "spellings", "academic_year", "is no word to look for (academic_year)")),
        ("calendar year | calendar years", "academic year", (
            "spellings", "academic year", "is already on line 5 for the same editions")),
    ],
)  # fmt: skip
def test_a_faulty_term_is_refused_with_its_cell(copy, old, new, fault):
    spoil(copy, "glossary.csv", old, new)

    found = read_glossary(copy, kind="annual", method="variance-2017", shown=SHOWN)[1]

    assert fault in told(found)


def test_every_edition_s_glossary_has_every_word_that_its_pages_can_print(editions):
    for edition in editions.values():
        terms = {t.term for t in edition.glossary} | {t.term.lower() for t in edition.glossary}
        wanted = [f.meaning for f in Flag]
        if edition.quarterly is None:
            wanted += [*Comparison]
            moved = {Label.INCREASING, Label.DECREASING, Label.NO_SIGNIFICANT_CHANGE}
            own = edition.method == "significance-2019"
            wanted += [w for w in Label if own or w not in moved]
        else:
            by_line = edition.method == "regression-2020"
            better = [Direction.IMPROVING, Direction.STABLE, Direction.WORSENING]
            last = [Direction.IMPROVED, Direction.SAME, Direction.WORSENED]
            wanted += [*Rag, *Expectation, *(better if by_line else last)]

        assert [str(w) for w in wanted if str(w) not in terms] == [], edition.name


def test_a_word_means_what_the_edition_s_own_method_says(editions):
    meanings = {
        name: next(t.meaning for t in e.glossary if t.term == "Improving")
        for name, e in editions.items()
        if e.quarterly is None
    }

    percent = 100 * METHODS["variance-2017"].presets["default"].variance
    assert f"more than {percent:.0f}%" in meanings["annual-2017"]
    assert "chance" in meanings["annual-2019"]
