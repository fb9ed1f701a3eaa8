"""Editions: the shipped one loads whole, and a faulty one is refused."""

import datetime
from collections import Counter

import pytest

from kcc_lib.errors import DataError, UnknownNameError
from kcc_lib.records.catalogue import read_catalogue
from kcc_lib.records.check import check_folder
from kcc_lib.records.editions import PageRecipe, edition_names, parts_of, read_edition
from kcc_lib.vocabulary import Horizon, Label

TOML = "editions/annual-2019.toml"


@pytest.fixture(scope="module")
def catalogue(request):
    return read_catalogue(request.config.rootpath / "data" / "raw")


@pytest.fixture(scope="module")
def annual_2019(request, catalogue):
    return read_edition(request.config.rootpath / "data" / "raw", "annual-2019", catalogue)


def counts(edition, horizon):
    return Counter(p.label for p in edition.published if p.horizon is horizon)


def test_every_measure_has_a_published_judgement_for_both_horizons(annual_2019):
    pairs = [(p.measure, p.horizon) for p in annual_2019.published]

    assert len(annual_2019.measures) == 74
    assert len(pairs) == len(set(pairs)) == 148
    assert set(pairs) == {
        (m, h) for m in annual_2019.measures for h in (Horizon.ONE_YEAR, Horizon.LONG_TERM)
    }


def test_one_year_judgements_were_published_45_14_13_and_two_not_judged(annual_2019):
    assert counts(annual_2019, Horizon.ONE_YEAR) == {
        Label.MAINTAINING: 45,
        Label.NOT_IMPROVING: 14,
        Label.IMPROVING: 13,
        Label.NOT_JUDGED: 2,
    }


def test_long_term_judgements_were_published_54_11_5_2_and_two_not_judged(annual_2019):
    assert counts(annual_2019, Horizon.LONG_TERM) == {
        Label.MAINTAINING: 54,
        Label.IMPROVING: 11,
        Label.NOT_IMPROVING: 5,
        Label.NOT_APPLICABLE: 2,
        Label.NOT_JUDGED: 2,
    }


def test_each_window_is_of_one_measure_in_its_own_kind_of_period(annual_2019, catalogue):
    types = {
        (window.measure, period.period_type)
        for window in annual_2019.windows
        for period in (
            window.one_year_from, window.one_year_to, window.long_term_from, window.long_term_to
        )
        if period
    }  # fmt: skip

    assert len({w.measure for w in annual_2019.windows}) == len(annual_2019.windows) == 40
    assert types == {(m, catalogue.measures[m].period_type) for m, _ in types}


def test_no_window_ends_before_it_starts(annual_2019):
    for window in annual_2019.windows:
        for first, last in (
            (window.one_year_from, window.one_year_to),
            (window.long_term_from, window.long_term_to),
        ):
            assert (first is None) == (last is None), window.measure
            assert first is None or first.end < last.end or window.measure in {"1.35", "1.36"}


def test_a_window_keeps_what_its_row_says(annual_2019):
    window = next(w for w in annual_2019.windows if w.measure == "1.21")

    assert [
        window.one_year_from.label,
        window.one_year_to.label,
        window.long_term_from.label,
        window.long_term_to.label,
    ] == ["Mar 2018", "Mar 2019", "Mar 2015", "Mar 2019"]
    assert window.basis


def test_a_window_may_hold_no_periods_and_say_why(annual_2019):
    window = next(w for w in annual_2019.windows if w.measure == "1.12")

    assert window.one_year_from is window.long_term_to is None
    assert window.basis.startswith("no series held")


def test_the_edition_knows_its_date_method_and_pages(annual_2019):
    assert annual_2019.as_of == datetime.date(2019, 10, 31)
    assert (annual_2019.method, annual_2019.preset) == ("significance-2019", "kcc2019")
    assert (annual_2019.area, annual_2019.comparators) == ("E10000016", ("E92000001",))
    assert [page.name for page in annual_2019.sections][:2] == ["index", "find-a-measure"]


def test_editions_are_the_files_there_are(book):
    book.write("editions/b.toml", "")
    book.write("editions/a.toml", "")

    assert edition_names(book.raw) == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        pytest.param("annual-2091", "did you mean 'annual-2019'?", id="figures swapped"),
        pytest.param("Annual-2019", "did you mean 'annual-2019'?", id="capital"),
        pytest.param(
            "spring",
            "known: annual-2017, annual-2019, qpr-2017-18-q1, qpr-2024-25-q3",
            id="like no other",
        ),
    ],
)
def test_an_unknown_edition_is_named_with_the_nearest_there_is(shipped, name, hint):
    with pytest.raises(UnknownNameError) as refused:
        read_edition(shipped.raw, name, read_catalogue(shipped.raw))

    assert str(refused.value) == f"no edition {name!r}; {hint}"


def test_an_unknown_edition_is_refused_on_the_command_line(shipped):
    result = shipped.kcc("report", "annual-2091")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == "kcc: no edition 'annual-2091'; did you mean 'annual-2019'?\n"


EDITION_FILE = "data/raw/editions/annual-2019.toml"


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        pytest.param(
            'subtitle = "',
            'colour = "red"\nsubtitle = "',
            ["colour: is not a key of an edition; known: kind, title, subtitle, as_of, method, "
             "preset, area, comparators, base_end, horizons, sections, neighbours, options, "
             "measures_from, quarter, financial_year, cover, follows, areas"],
            id="unknown key",
        ),
        pytest.param(
            'preset = "',
            'presett = "',
            ["preset: is missing; add it",
             "presett: is not a key of an edition; did you mean 'preset'?"],
            id="misspelt key",
        ),
        pytest.param(
            "as_of = 2019-10-31",
            'as_of = "2019-10-31"',
            ["as_of: '2019-10-31' is not a date; mend its type"],
            id="a date in quotes",
        ),
        pytest.param(
            'comparators = ["E92000001"]',
            'comparators = "E92000001"',
            ["comparators: 'E92000001' is not a list; mend its type"],
            id="one comparator and no list",
        ),
        pytest.param(
            "[horizons]\n",
            "[options]\nalpha = 0.01\nfallback = \"none\"\nvariance = 0.1\n[horizons]\n",
            [f"options: {name!r} is not for an edition: its pages say 5 in 100, 95% and more than "
             "5%; remove it; kcc assess --set tries it without a page"
             for name in ("alpha", "variance")],
            id="options that the pages' words belie",
        ),
        pytest.param(
            'title = "Outcome 1"', "", ["title: is missing from section 3; add it"],
            id="a section without a title",
        ),
        pytest.param(
            'title = "Outcome 1"',
            'title = "Outcome 1"\ngroup = " "',
            ["group: ' ' of section 3 is not a name; name it, or remove it"],
            id="a group without a name",
        ),
        pytest.param(
            'title = "Outcome 1"',
            'title = "Outcome 1"\ngruop = "Outcomes"',
            ["gruop: is not a key of section 3; did you mean 'group'?"],
            id="a misspelt key of a section",
        ),
    ],
)  # fmt: skip
def test_an_edition_file_with_a_fault_is_refused(shipped, old, new, faults):
    shipped.swap(TOML, old, new)

    with pytest.raises(DataError) as refused:
        read_edition(shipped.raw, "annual-2019", read_catalogue(shipped.raw))

    assert [str(fault) for fault in refused.value.faults] == [
        f"{EDITION_FILE}, {fault}" for fault in faults
    ]


def test_a_group_that_is_left_and_taken_up_again_is_refused(shipped):
    for number in (1, 3):
        title = f'title = "Outcome {number}"'
        shipped.swap(TOML, title, f'{title}\ngroup = "Outcomes"')

    with pytest.raises(DataError) as refused:
        read_edition(shipped.raw, "annual-2019", read_catalogue(shipped.raw))

    assert [str(fault) for fault in refused.value.faults] == [
        f"{EDITION_FILE}, group: 'Outcomes' is left and taken up again; put its sections together"
    ]


def test_the_parts_of_an_edition_are_its_groups_and_the_pages_of_none(annual_2019):
    one, two, three = (PageRecipe(n, "a.ipynb", n.upper(), group="G" * (n != "c")) for n in "abc")
    grouped = [(name, [r.name for r in pages]) for name, pages in parts_of([one, two, three])]

    assert grouped == [("G", ["a", "b"]), ("C", ["c"])]
    assert [name for name, _ in parts_of(annual_2019.sections)] == list(
        dict.fromkeys(page.group or page.title for page in annual_2019.sections)
    )


def test_an_edition_file_that_is_not_toml_is_told_where(shipped):
    shipped.swap(TOML, 'kind = "annual"', "kind = annual")

    result = shipped.kcc("check")

    assert result.stdout.splitlines() == [
        f"{EDITION_FILE}: cannot be read (Invalid value (at line 2, column 8)); mend the TOML"
    ]
    assert result.exit_code == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("as_of = 2019-10-31", "as_of = 2019-10-31T09:00:00", id="a time of day"),
        pytest.param('["E92000001"]', "[92]", id="a number for an area"),
        pytest.param('["E92000001"]', '["E92000009"]', id="an unknown comparator"),
        pytest.param('area = "E10000016"', 'area = "E10000061"', id="an unknown area"),
        pytest.param('name = "outcome-2"', 'name = "outcome-1"', id="two pages of one name"),
        pytest.param('"1-year" =', '"2-year" =', id="an unknown horizon"),
    ],
)
def test_an_edition_that_cannot_be_built_is_refused_by_kcc_check(shipped, old, new):
    shipped.swap(TOML, old, new)

    faults, _ = check_folder(shipped.raw, "data/raw")

    assert [fault.file for fault in faults] == [EDITION_FILE]


def test_sections_that_are_no_tables_are_refused(book):
    book.write("editions/odd.toml", "sections = [1]\n")

    result = book.kcc("check")

    assert result.exit_code == 2


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        pytest.param(
            "windows.csv",
            "annual-2019,1.11,2015 to 2017",
            "annual-2019,1.11,2015-16",
            "windows.csv, line 2, one_year_from: '2015-16' is not a period of this measure; "
            "write pooled years such as 2016 to 2018",
            id="a window of another kind of period",
        ),
        pytest.param(
            "published_judgements.csv",
            "1.11,1-year,Maintaining",
            "1.11,1-year,Mantaining",
            "published_judgements.csv, line 2, label: 'Mantaining' is not a judgement; "
            "did you mean 'Maintaining'?",
            id="a judgement in other words",
        ),
        pytest.param(
            "published_judgements.csv",
            "1.11,1-year,Maintaining",
            "1.11,1 year,Maintaining",
            "published_judgements.csv, line 2, horizon: '1 year' is not a horizon; "
            "did you mean '1-year'?",
            id="a horizon in other words",
        ),
        pytest.param(
            "published_judgements.csv",
            "annual-2019,1.11,1-year",
            "annual-2019,1.111,1-year",
            "published_judgements.csv, line 2, measure: '1.111' is no measure in the catalogue; "
            "did you mean '1.11'?",
            id="a judgement of an unknown measure",
        ),
    ],
)
def test_a_fault_of_what_an_edition_rests_on_is_told_once(shipped, name, old, new, fault):
    shipped.swap(name, old, new)

    result = shipped.kcc("check")

    assert result.stdout.splitlines() == [f"data/raw/{fault}"]
    assert result.exit_code == 2


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        pytest.param(
            "windows.csv", "annual-2019,1.12,", "annual-2019,1.11,", id="two windows of a measure"
        ),
        pytest.param(
            "windows.csv", "annual-2019,1.11,", "annual-2091,1.11,", id="a window of no edition"
        ),
        pytest.param(
            "windows.csv", "1.21,Mar 2018,Mar 2019", "1.21,Mar 2019,Mar 2018", id="backwards"
        ),
        pytest.param("windows.csv", "1.21,Mar 2018,Mar 2019", "1.21,,Mar 2019", id="half a window"),
        pytest.param(
            "published_judgements.csv",
            "annual-2019,1.11,long-term",
            "annual-2019,1.11,1-year",
            id="two judgements of one measure and horizon",
        ),
        pytest.param(
            "published_judgements.csv",
            "annual-2019,1.11,long-term",
            "annual-2091,1.11,long-term",
            id="a judgement of no edition",
        ),
    ],
)
def test_a_contradiction_in_what_an_edition_rests_on_is_refused(shipped, name, old, new):
    shipped.swap(name, old, new)

    faults, _ = check_folder(shipped.raw, "data/raw")

    assert {fault.file for fault in faults} == {f"data/raw/{name}"}


def test_a_window_backwards_is_told_beside_the_other_faults_of_its_file(shipped):
    shipped.swap("windows.csv", "annual-2019,1.11,2015 to 2017", "annual-2019,1.11,2015-16")
    shipped.swap("windows.csv", "1.21,Mar 2018,Mar 2019", "1.21,Mar 2019,Mar 2018")

    faults, _ = check_folder(shipped.raw, "data/raw")

    assert [(fault.line, fault.column) for fault in faults] == [
        (2, "one_year_from"),
        (5, "one_year_from"),
    ]
