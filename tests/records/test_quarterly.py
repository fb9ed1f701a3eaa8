"""Quarterly editions: they hold what print holds, and a faulty table is refused."""

import math
from collections import Counter

import pytest

import kcc_lib as kcc
from kcc_lib.errors import DataError
from kcc_lib.measures import Target
from kcc_lib.quarterly import Axis, ClaimKind
from kcc_lib.records.catalogue import read_catalogue
from kcc_lib.records.check import check_folder
from kcc_lib.records.editions import read_edition
from kcc_lib.vocabulary import Direction, Kind, Rag

FIRST, THIRD = "qpr-2017-18-q1", "qpr-2024-25-q3"
#: Cells of each printed table of 2017/18 and the sum of their figures, counted in print.
PRINTED = {
    "contents": (9, 213),
    "contact-activity": (108, 6445),
    "complaints": (40, 16470),
    "digital-take-up": (50, 1709911),
    "section-106": (28, 162426),
    "customer-satisfaction": (10, 948),
    "lgf-projects": (28, 771.8),
    "children-in-care-age": (20, 15968),
    "children-in-care-gender": (8, 7984),
    "children-in-care-ethnicity": (20, 7984),
    "children-in-care-status": (8, 7984),
    "service-user-survey": (40, 2593),
    "risk-register": (6, 32),
    "mitigating-actions": (6, 16),
}


@pytest.fixture(scope="module")
def catalogue(request):
    return read_catalogue(request.config.rootpath / "data" / "raw")


@pytest.fixture(scope="module")
def editions(request, catalogue):
    raw = request.config.rootpath / "data" / "raw"
    return {n: read_edition(raw, n, catalogue) for n in (FIRST, THIRD, "annual-2019")}


@pytest.fixture(scope="module")
def first(editions):
    return editions[FIRST].quarterly


@pytest.mark.parametrize("name", [FIRST, THIRD])
def test_a_quarterly_edition_reports_the_38_kpis_it_lists_in_the_order_of_print(name, editions):
    edition = editions[name]

    assert len(edition.measures) == 38
    assert edition.measures == tuple(k.measure for k in edition.quarterly.kpis)


def test_the_kpis_of_2017_stand_in_the_order_of_print_by_code_too(editions):
    assert list(editions[FIRST].measures) == sorted(editions[FIRST].measures)


def test_an_annual_edition_reports_the_outcome_measures_and_no_kpi(editions, catalogue):
    annual = editions["annual-2019"]

    assert len(annual.measures) == 74
    assert {catalogue.measures[m].kind for m in annual.measures} == {Kind.OUTCOME}
    assert (annual.quarterly, annual.targets) == (None, ())


def test_a_catalogue_narrowed_to_an_edition_keeps_the_outcomes_over_its_measures(
    editions, catalogue
):
    annual = catalogue.only(editions["annual-2019"].measures)
    kpis = catalogue.only(editions[THIRD].measures)

    assert (len(annual.measures), len(annual.supporting_outcomes)) == (74, 20)
    assert (len(kpis.measures), len(kpis.supporting_outcomes)) == (38, 0)
    assert list(kpis.measures) == list(editions[THIRD].measures)
    assert kpis.areas == catalogue.areas


def test_the_ratings_of_2017_are_23_green_12_amber_and_3_red(first):
    assert Counter(k.rag for k in first.kpis) == {Rag.GREEN: 23, Rag.AMBER: 12, Rag.RED: 3}


def test_the_printed_matrix_of_2017_adds_up_and_agrees_with_the_kpis_listed(first):
    *rows, total = first.printed_counts
    words = [Rag.GREEN, Rag.AMBER, Rag.RED,
             Direction.IMPROVED, Direction.SAME, Direction.WORSENED]  # fmt: skip

    assert total.directorate == ""
    assert [total.counts[w] for w in words] == [23, 12, 3, 18, 8, 12]
    assert [sum(r.counts.get(w, 0) for r in rows) for w in words] == [23, 12, 3, 18, 8, 12]
    for row in rows:
        rated = Counter(str(k.rag) for k in first.kpis if k.directorate == row.directorate)
        assert rated == {w: n for w, n in row.counts.items() if w in list(Rag)}


def test_a_blank_of_the_printed_matrix_is_missing_and_not_nought(first):
    health = next(r for r in first.printed_counts if r.directorate == "Public Health")

    assert "Red" not in health.counts
    assert 0 not in health.counts.values()


def test_seven_directorates_led_in_2017_and_the_eight_of_2024_name_nobody(editions):
    led = editions[FIRST].quarterly.directorates
    unknown = editions[THIRD].quarterly.directorates

    assert [d.lead for d in led][:2] == ["Amanda Beer", "Barbara Cooper"]
    assert led[1].cabinet_members == ("Mark Dance", "Mike Hill")
    assert (len(led), len(unknown)) == (7, 8)
    assert all(d.lead and d.cabinet_members and d.lead_role for d in led)
    assert not any(d.lead or d.cabinet_members or d.lead_role for d in unknown)


@pytest.mark.parametrize("name", [FIRST, THIRD])
def test_every_directorate_has_a_section_and_kpis(name, editions):
    edition = editions[name]
    names = [d.name for d in edition.quarterly.directorates]
    pages = {p.parameters["directorate"]: p.name for p in edition.sections if p.parameters}

    assert pages == {d.name: d.slug for d in edition.quarterly.directorates}
    assert list(dict.fromkeys(k.directorate for k in edition.quarterly.kpis)) == names


def test_every_cell_of_the_14_printed_tables_is_held(first):
    held = {
        t.table: (len(t.cells), round(sum(c.value for c in t.cells if not math.isnan(c.value)), 6))
        for t in first.tables
    }

    assert held == PRINTED
    assert len(first.tables) == 14


def test_a_dash_in_print_is_a_blank_with_a_note(first):
    blank = [c for t in first.tables for c in t.cells if math.isnan(c.value)]

    assert len(blank) == 6  # a dash, and five national averages
    assert {c.note for c in blank} == {"a dash is printed", "N/A is printed"}


def test_figures_of_one_place_are_told_apart_by_their_group(first):
    survey = next(t for t in first.tables if t.table == "service-user-survey")
    there = [(c.group, c.value) for c in survey.cells if c.column == "2013-14"]

    assert there[:2] == [("Kent", 66), ("National average", 65)]


def test_a_footing_knows_what_is_added_and_how_it_was_rounded(first):
    footings = {(t.table, f.total): f for t in first.tables for f in t.footings}
    calls = footings["contact-activity", "Total Calls (thousands)"]
    years = footings["lgf-projects", "Total"]

    assert (len(calls.parts), calls.axis, calls.rounded_to) == (14, Axis.ROWS, 1)
    assert (years.parts, years.axis) == (("2015/16", "2016/17", "2017/18"), Axis.COLUMNS)


def test_the_known_contradictions_of_tables_and_counts_stand_among_true_claims(first):
    known = {c.reference for c in first.claims if c.reference}
    two_groups = [c for c in first.claims if c.claim == "independent-fostering"]

    assert known == {"A01", "A02", "A03", "A04", "A05", "A07", "A08", "A09", "A10", "A11", "A13",
                     "A15", "A16"}  # fmt: skip
    assert sum(not c.reference for c in first.claims) == 47
    assert [(c.kind, c.stated, c.figures) for c in two_groups] == [
        (ClaimKind.CHANGE, -4, (153, 157))
    ]


def test_every_kpi_of_2024_has_a_target_and_a_floor_and_those_of_2017_what_is_printed(editions):
    now, then = editions[THIRD].targets, editions[FIRST].targets

    assert {t.measure for t in now} == set(editions[THIRD].measures)
    assert not any(math.isnan(t.target) or math.isnan(t.floor) for t in now)
    assert len(then) == 11
    assert all(math.isnan(t.floor) for t in then)


def test_nothing_after_the_quarter_is_in_a_window(editions):
    for name in (FIRST, THIRD):
        edition = editions[name]
        assert [w.measure for w in edition.windows] == list(edition.measures)
        assert {w.long_term_to.label for w in edition.windows} == {edition.quarterly.quarter}
        assert {(w.one_year_from, w.one_year_to, w.long_term_from) for w in edition.windows} == {
            (None, None, None)
        }


def test_kpis_are_held_with_their_gaps():
    frame = kcc.load_observations()
    kpis = frame[frame["period_type"] == "financial quarter"]
    kpis = kpis[~kpis["measure"].str[0].str.isdigit()]  # and not the outcome measures by quarter
    then = kpis[kpis["measure"].str.startswith("kpi-2017")]

    assert (len(kpis) - len(then), len(then)) == (228, 45)
    assert (kpis["value"].notna().sum(), then["value"].notna().sum()) == (257, 33)
    assert set(kpis.loc[kpis["value"].isna(), "flags"]) == {"x"}
    assert kpis["flags"].str.contains("d").sum() == 148


def test_a_quarterly_edition_is_judged_alone_with_its_targets_and_its_options():
    edition = kcc.edition(THIRD)
    found = kcc.assess(
        kcc.load_observations(), kcc.load_measures(), method=edition.method, edition=edition
    )

    assert dict(edition.options) == {"shown": 6}
    assert list(found["measure"]) == list(edition.measures)
    assert Counter(found["rag"]) == {"Green": 17, "Amber": 12, "Red": 9}


def test_an_annual_edition_is_judged_without_the_kpis():
    edition = kcc.edition("annual-2019")
    measures, observations = kcc.load_measures(), kcc.load_observations()
    found = kcc.assess(observations, measures, edition=edition)
    page = kcc.section(edition, measures, observations, found)

    assert list(dict.fromkeys(found["measure"])) == list(edition.measures)
    assert len(page.catalogue.measures) == 74
    assert str(page.facts().number_of("measures")) == "74 measures"


def test_a_kpi_that_no_report_names_has_neither_statistic_nor_polarity(catalogue):
    unnamed = catalogue.measures["kpi-2017-06"]

    assert (unnamed.statistic, unnamed.polarity, unnamed.decimals) == (None, None, None)


def test_rolling_figures_are_marked(catalogue):
    assert catalogue.measures["ph-health-checks"].rolling
    assert not catalogue.measures["cs-calls-answered"].rolling
    assert not any(m.rolling for m in catalogue.measures.values() if m.kind is Kind.OUTCOME)


TARGET = "cs-calls-answered,2024-25,90,85,,,"
KPI = f"{FIRST},kpi-2017-02,Customer Services,Amber,implied,worsened,stated,"
CLAIM = f"{FIRST},exclusions,total,71 pupils were excluded: of primary and of secondary schools.,71"


@pytest.mark.parametrize(
    ("name", "old", "new", "faults"),
    [
        pytest.param(
            "targets.csv", TARGET, "cs-calls-anwered,2024-25,90,85,,,",
            ["line 14, measure: 'cs-calls-anwered' is no measure in the catalogue; "
             "did you mean 'cs-calls-answered'?"],
            id="a target of no measure",
        ),
        pytest.param(
            "targets.csv", TARGET, "cs-calls-answered,2024-25,85,90,,,",
            ["line 14, floor: '90' asks more than the target 85, and higher is better; "
             "swap them, or mend the polarity"],
            id="a floor above its target where higher is better",
        ),
        pytest.param(
            "targets.csv", "asc-repeat-contact,2024-25,5,9,", "asc-repeat-contact,2024-25,9,5,",
            ["line 39, floor: '5' asks more than the target 9, and lower is better; "
             "swap them, or mend the polarity"],
            id="a floor below its target where lower is better",
        ),
        pytest.param(
            "targets.csv", TARGET, "cs-calls-answered,2024-25,90,,60,50,",
            ["line 14, lower_threshold: '60' is above upper_threshold; swap the thresholds"],
            id="thresholds crossed",
        ),
        pytest.param(
            "targets.csv", TARGET, "cs-calls-answered,2024-26,90,85,,,",
            ["line 14, financial_year: '2024-26' is not a financial year; "
             "write a financial year such as 2018-19"],
            id="a year that is none",
        ),
        pytest.param(
            "targets.csv", TARGET, TARGET + "once,\ncs-calls-answered,2024/25,91,85,,,",
            ["line 15, measure: 'cs-calls-answered' is already on line 14 for 2024-25; "
             "keep one of the two"],
            id="a measure and year twice in two spellings",
        ),
        pytest.param(
            "targets.csv", TARGET, "cs-calls-answered,2024-25,,,,,",
            ["line 14, target: is blank, as are the floor and both thresholds; "
             "fill one in or remove the row"],
            id="a target that asks nothing",
        ),
        pytest.param(
            "targets.csv", TARGET, "cs-calls-answered,2024-25,,85,,,",
            ["line 14, floor: '85' stands without a target; give the target, or remove the floor"],
            id="a floor alone",
        ),
        pytest.param(
            "targets.csv", TARGET, "cs-calls-answered,2024-25,90%,850,,,",
            ["line 14, floor: '850' is outside 0 to 100; "
             "check the figure; a percentage is written 74.1, not 0.741 or 7410",
             "line 14, target: '90%' has a % sign; write 90; the catalogue holds the unit"],
            id="figures that are no percentages",
        ),
        pytest.param(
            "edition_kpis.csv", KPI, KPI.replace("kpi-2017-02", "1.11"),
            ["line 3, measure: '1.11' is an outcome measure; "
             "list a measure whose kind is kpi or activity"],
            id="an outcome measure listed",
        ),
        pytest.param(
            "edition_kpis.csv", KPI, KPI.replace("kpi-2017-02", "kpi-2017-39"),
            ["line 3, measure: 'kpi-2017-39' is no measure in the catalogue; "
             "did you mean 'kpi-2017-38'?"],
            id="a KPI that the catalogue lacks",
        ),
        pytest.param(
            "edition_kpis.csv", KPI, KPI.replace("Customer Services", "Custom Services"),
            ["line 3, directorate: 'Custom Services' is no directorate of this edition; "
             "did you mean 'Customer Services'?"],
            id="a directorate that the edition lacks",
        ),
        pytest.param(
            "edition_kpis.csv", KPI, KPI.replace("Amber,implied", "Yellow,implied"),
            ["line 3, rag: 'Yellow' is not a rating; known: Green, Amber, Red, N/A"],
            id="a rating in other words",
        ),
        pytest.param(
            "edition_kpis.csv", KPI, KPI.replace("Amber,implied,worsened,stated", "Amber,,,guess"),
            ["line 3, direction_basis: 'guess' stands without a direction; "
             "give the direction or leave it blank",
             "line 3, rag_basis: is blank beside the rag Amber; write stated or implied"],
            id="words without their bases",
        ),
        pytest.param(
            "edition_kpis.csv", KPI, KPI.replace("kpi-2017-02", "kpi-2017-01"),
            ["line 3, measure: 'kpi-2017-01' is already on line 2; keep one of the two"],
            id="a KPI listed twice",
        ),
        pytest.param(
            "directorates.csv", f"{FIRST},Public Health,", "qpr-2017-18-q2,Public Health,",
            ["line 8, edition: 'qpr-2017-18-q2' is no edition; did you mean 'qpr-2017-18-q1'?"],
            id="a directorate of no edition",
        ),
        pytest.param(
            "printed_counts.csv", "Customer Services,2,", "Customer Services,2.5,",
            ["line 2, green: '2.5' is not a count; "
             "write a whole number, or nothing where print is blank"],
            id="half a KPI",
        ),
        pytest.param(
            "printed_tables.csv", f"{FIRST},lgf-projects,Complete,,2016/17,,,a dash is printed",
            f"{FIRST},lgf-projects,Complete,,2016/17,,,",
            ["line 260, value: is blank without a note; "
             "say in note what print has there, or fill it in"],
            id="a blank cell that says nothing",
        ),
        pytest.param(
            "printed_tables.csv", f"{FIRST},lgf-projects,Complete,,2015/16,4",
            f"{FIRST},lgf-projects,Projects,,2015/16,4",
            ["line 259, column: '2015/16' is already on line 255; keep one of the two"],
            id="two cells in one place",
        ),
        pytest.param(
            "printed_tables.csv", f"{FIRST},mitigating-actions,June 2017,,Regular Review,6",
            f"{FIRST},mitigating-actons,June 2017,,Regular Review,6",
            ["line 379, table: 'mitigating-actons' is not in the list of tables; "
             "add it to printed_table_list.csv; did you mean 'mitigating-actions'?"],
            id="a cell of no table",
        ),
        pytest.param(
            "printed_table_list.csv", f"{FIRST},contents,Table of contents,,Section,",
            f"{FIRST},contents,Table of contents,,Section,\n{FIRST},index,Index,,Word,",
            ["table: 'index' has no cells in qpr-2017-18-q1; "
             "add its cells to printed_tables.csv, or remove it from the list"],
            id="a table without cells",
        ),
        pytest.param(
            "footings.csv", "Complete | Green (on track)", "Finished | Projects",
            ["line 7, parts: 'Finished | Projects | Amber (some delays) | Red (at risk)' "
             "holds the total itself; take it out of the parts",
             "line 7, parts: 'Finished | Projects | Amber (some delays) | Red (at risk)' "
             "names no row 'Finished' of the table; known: Total Value, LGF funds, Projects, "
             "Complete, Green (on track), Amber (some delays), Red (at risk)"],
            id="parts that the table lacks",
        ),
        pytest.param(
            "footings.csv", "Oct- Dec | Jan- Mar | Apr- Jun,columns,,1",
            "Oct- Dec | Jan- Mar | Apr- Jun,diagonal,,-1",
            ["line 4, axis: 'diagonal' is not a way of adding; known: rows, columns",
             "line 4, rounded_to: '-1' is below zero; "
             "write the step that figures were rounded to, such as 1, or nothing"],
            id="an axis and a step that are none",
        ),
        pytest.param(
            "claims.csv", CLAIM, CLAIM.replace(",total,", ",share,").replace("71 pupils", "71"),
            [],
            id="another kind of claim is taken as it is put",
        ),
        pytest.param(
            "claims.csv", CLAIM, CLAIM.replace(",total,", ",sum,"),
            ["line 39, kind: 'sum' is not a kind of claim; known: change, percent_change, share, "
             "total, count, period, partial"],
            id="a claim of no kind",
        ),
        pytest.param(
            "claims.csv", f"{CLAIM},20 | 51,", f"{CLAIM.replace(',total,', ',share,')},20 | 0,",
            ["line 39, figures: '20 | 0' has nought to divide by; "
             "give the earlier figure first, or the part and then the whole"],
            id="a share of nothing",
        ),
        pytest.param(
            "claims.csv", f"{CLAIM},20 | 51,", f"{CLAIM.replace(',total,', ',change,')},20,",
            ["line 39, figures: '20' holds 1 figures of a change; give 2 separated by |"],
            id="a change of one figure",
        ),
        pytest.param(
            "claims.csv", f"{CLAIM},20 | 51,", f"{CLAIM},20 | 5l,",
            ["line 39, figures: '20 | 5l' is not a number ('5l'); "
             "leave it blank and flag it x (not available), c or z"],
            id="a figure with a letter",
        ),
        pytest.param(
            "claims.csv", f"{CLAIM},20 | 51,", f"{CLAIM.replace(',total,', ',period,')},20 | 51,",
            ["line 39, figures: '20 | 51' has no place in a claim of kind period; "
             "leave it blank, or mend the kind",
             "line 39, held_period: is blank in a claim of kind period; fill it in",
             "line 39, stated: '71' has no place in a claim of kind period; "
             "leave it blank, or mend the kind",
             "line 39, stated_period: is blank in a claim of kind period; fill it in"],
            id="a period with figures",
        ),
        pytest.param(
            "measures.csv", "financial quarter,quarterly,yes,no,Kent County Council,,,,exact,"
            ",qpr-2024-25-q3,PDF page 21",
            "financial year,yearly,yes,no,Kent County Council,,,,exact,,qpr-2024-25-q3,PDF page 21",
            ["line 119, rolling: 'yes' cannot be of a measure whose periods are not quarters or "
             "months; write no, or mend the period_type"],
            id="a rolling year of whole years",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_told_once_with_its_place_and_its_remedy(shipped, name, old, new, faults):
    shipped.swap(name, old, new)

    told = [f for f in check_folder(shipped.raw, "data/raw")[0] if f.file.endswith(name)]

    assert [str(f) for f in sorted(told)] == [f"data/raw/{name}, {f}" for f in faults]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        pytest.param(
            'quarter = "2017-18 Q1"', 'quarter = "2017-18 Q5"',
            "quarter: '2017-18 Q5' is not a financial quarter; "
            "write a financial quarter such as 2018-19 Q1",
            id="a quarter that is none",
        ),
        pytest.param(
            'financial_year = "2017-18"', 'financial_year = "2018-19"',
            "financial_year: '2018-19' does not hold the quarter 2017-18 Q1; mend one of them",
            id="a quarter outside its year",
        ),
        pytest.param(
            'quarter = "2017-18 Q1"\n', "", "quarter: is missing; add it", id="no quarter",
        ),
        pytest.param(
            'kind = "quarterly"', 'kind = "monthly"',
            "kind: 'monthly' is no kind of edition; known: annual, quarterly",
            id="a kind that is none",
        ),
        pytest.param(
            'directorate = "Public Health"', 'directorate = "Public Wealth"',
            "sections: 'Public Wealth' is no directorate of this edition; "
            "did you mean 'Public Health'?",
            id="a section of no directorate",
        ),
    ],
)  # fmt: skip
def test_a_fault_of_a_quarterly_editions_file_is_refused(shipped, old, new, fault):
    shipped.swap(f"editions/{FIRST}.toml", old, new)

    with pytest.raises(DataError) as refused:
        read_edition(shipped.raw, FIRST, read_catalogue(shipped.raw))

    assert f"data/raw/editions/{FIRST}.toml, {fault}" in map(str, refused.value.faults)


def test_an_annual_edition_has_no_quarter(shipped):
    shipped.swap(
        "editions/annual-2019.toml", 'subtitle = "', 'quarter = "2019-20 Q1"\nsubtitle = "'
    )

    faults, _ = check_folder(shipped.raw, "data/raw")

    assert [(f.column, f.problem) for f in faults] == [
        ("quarter", "is not a key of an annual edition")
    ]


def test_an_edition_that_lists_no_kpi_is_refused(shipped):
    text = (shipped.raw / f"editions/{FIRST}.toml").read_text("utf-8")
    bare = text.partition("[[sections]]")[0]
    page = '[[sections]]\nname = "index"\nnotebook = "a.ipynb"\ntitle = "A"\n'
    shipped.write("editions/qpr-2017-18-q2.toml", (bare + page).replace("18 Q1", "18 Q2"))

    faults, _ = check_folder(shipped.raw, "data/raw")

    assert [str(f) for f in faults] == [
        "data/raw/editions/qpr-2017-18-q2.toml: lists no KPI; "
        "add rows of qpr-2017-18-q2 to edition_kpis.csv"
    ]


def test_a_new_quarter_is_new_rows_and_a_copied_file(shipped):
    text = (shipped.raw / f"editions/{THIRD}.toml").read_text("utf-8")
    shipped.write("editions/qpr-2024-25-q4.toml", text.replace("2024-25 Q3", "2024-25 Q4"))
    for name in ("directorates.csv", "edition_kpis.csv"):
        rows = (shipped.raw / name).read_text("utf-8")
        mine = [r for r in rows.splitlines(keepends=True) if r.startswith(THIRD)]
        shipped.write(name, rows + "".join(mine).replace(f"{THIRD},", "qpr-2024-25-q4,"))
    series = (shipped.raw / "observations/quarterly.csv").read_text("utf-8")
    row = "cs-calls-answered,E10000016,2024-25 Q4,95,,,,,,,a report,,\n"
    shipped.write("observations/quarterly.csv", series + row)

    faults, _ = check_folder(shipped.raw, "data/raw")
    edition = kcc.edition("qpr-2024-25-q4")
    judged = kcc.assess(
        kcc.load_observations(), kcc.load_measures(), method=edition.method, edition=edition
    ).set_index("measure")

    assert faults == []
    assert judged.loc["cs-calls-answered", "period_to"] == "2024-25 Q4"
    assert judged.loc["cs-calls-answered", "value_to"] == 95


def test_a_later_quarter_is_outside_an_earlier_edition(shipped):
    series = (shipped.raw / "observations/quarterly.csv").read_text("utf-8")
    row = "cs-calls-answered,E10000016,2024-25 Q4,20,,,,,,,a report,,\n"
    shipped.write("observations/quarterly.csv", series + row)
    edition = kcc.edition(THIRD)
    measures, observations = kcc.load_measures(), kcc.load_observations()
    judged = kcc.assess(observations, measures, method=edition.method, edition=edition)
    page = kcc.quarter(edition, measures, observations, judged)

    found = judged.set_index("measure").loc["cs-calls-answered"]
    assert (found["period_to"], found["rag"]) == ("2024-25 Q3", "Green")
    assert list(page.view("cs-calls-answered").points["period"])[-1] == "2024-25 Q3"
    assert len(page.view("cs-calls-answered").points) == 6


def test_a_target_keeps_what_its_row_says(editions):
    target = next(t for t in editions[FIRST].targets if t.measure == "kpi-2017-16")

    assert target == Target(
        "kpi-2017-16", "2017-18", 6.2, target.floor, target.lower_threshold,
        target.upper_threshold, target.source, target.note,
    )  # fmt: skip
    assert target.note.startswith("worked out")
    assert "Quarter" in target.source
