"""What a signature holds for: this edition's words and figures, and nothing else."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kcc_lib as kcc
from kcc_lib.publish.content import content
from kcc_lib.publish.frozen import changes
from kcc_lib.records.places import find_workbook
from kcc_lib.workbench import open_report

KENT = "E10000016"


@pytest.fixture(scope="module")
def measures():
    return kcc.load_measures()


@pytest.fixture(scope="module")
def observations():
    return kcc.load_observations()


@pytest.fixture(scope="module")
def held(section):
    return content(section, find_workbook())


@pytest.fixture(scope="module")
def quarter():
    return open_report("qpr-2024-25-q3")


def judged(edition, measures, observations):
    """An edition opened on other figures."""
    found = kcc.assess(
        observations, measures, method=edition.method, preset=edition.preset, edition=edition
    )
    return kcc.section(edition, measures, observations, found)


def later(observations, chosen, years, factor):
    """The last point of some series again, years later and of another size."""
    last = observations.sort_values("time").groupby(["measure", "area"]).tail(1)
    kept = last[[pair in chosen for pair in zip(last["measure"], last["area"], strict=True)]]
    ahead = kept.assign(
        time=kept["time"] + years,
        value=kept["value"].fillna(1) * factor,
        period=[f"later {p}" for p in kept["period"]],
        period_start=kept["period_start"] + pd.DateOffset(years=years),
        period_end=kept["period_end"] + pd.DateOffset(years=years),
    )
    joined = pd.concat([observations, ahead], ignore_index=True)
    return joined.astype(observations.dtypes.to_dict())


def first_ever(observations, measures, edition):
    """A figure of 2025 for every measure that has none at all."""
    without = [m for m in edition.measures if m not in set(observations["measure"])]
    row = observations.iloc[[0]]
    new = [
        row.assign(
            measure=m, area=KENT, period="2025", period_type=str(measures.measures[m].period_type),
            period_start=pd.Timestamp(2025, 1, 1), period_end=pd.Timestamp(2025, 12, 31),
            time=2025.5, value=7.0,
        )
        for m in without
    ]  # fmt: skip
    joined = pd.concat([observations, *new], ignore_index=True)
    return joined.astype(observations.dtypes.to_dict()), without


def test_next_year_s_figures_of_every_series_leave_an_edition_as_it_is(
    held, edition, measures, observations
):
    pairs = set(zip(observations["measure"], observations["area"], strict=True))
    more = later(observations, pairs, 6, 1.7)

    assert len(more) > len(observations) + 100
    assert changes(held, content(judged(edition, measures, more), find_workbook())) == []


def test_a_first_figure_of_a_later_year_leaves_an_edition_as_it_is(
    held, edition, measures, observations
):
    more, without = first_ever(observations, measures, edition)

    assert len(without) == 35
    assert changes(held, content(judged(edition, measures, more), find_workbook())) == []


@pytest.mark.fuzz
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_is_measured_later_leaves_an_edition_as_it_is(
    data, held, edition, measures, observations
):
    pairs = sorted(set(zip(observations["measure"], observations["area"], strict=True)))
    chosen = data.draw(st.sets(st.sampled_from(pairs), min_size=1, max_size=30))
    years, factor = data.draw(st.integers(1, 10)), data.draw(st.floats(0, 3))
    last = observations.groupby(["measure", "area"])["period_end"].max()
    chosen = {c for c in chosen if (last[c] + pd.DateOffset(years=years)).date() > edition.as_of}
    more = later(observations, chosen, years, factor)

    assert changes(held, content(judged(edition, measures, more), find_workbook())) == []


def test_the_order_of_rows_does_not_matter(held, section):
    mixed = section.judgements.sample(frac=1, random_state=3)

    assert changes(held, content(replace(section, judgements=mixed), find_workbook())) == []


def test_another_processor_s_last_digits_do_not_matter(held, section):
    rounded = {c: section.judgements[c] * (1 + 1e-12) for c in ("p_value", "se", "slope")
               if c in section.judgements}  # fmt: skip
    near = replace(section, judgements=section.judgements.assign(**rounded))

    assert len(rounded) >= 2
    assert changes(held, content(near, find_workbook())) == []


def test_a_column_that_is_blank_says_nothing(held, section):
    wider = replace(section, judgements=section.judgements.assign(added="", counted=np.nan))

    assert changes(held, content(wider, find_workbook())) == []


def test_a_break_after_the_edition_is_none_of_its_own(held, section):
    found = section.catalogue.measures["3.71"]
    assert not found.breaks
    given_break = next(m.breaks[0] for m in section.catalogue.measures.values() if m.breaks)

    def content_with(year):
        start = given_break.period.start.replace(year=year)
        period = replace(given_break.period, start=start, label=str(year))
        broken = replace(found, breaks=(replace(given_break, period=period),))
        known = replace(section.catalogue, measures={**section.catalogue.measures, "3.71": broken})
        return content(replace(section, catalogue=known), find_workbook())

    assert changes(held, content_with(2021)) == []
    assert changes(held, content_with(2017)) == ["changed: measures.csv: 3.71"]


def test_a_changed_value_is_named_by_its_measure(held, edition, measures, observations):
    o = observations
    at = (o["measure"] == "1.41") & (o["area"] == KENT) & (o["period"] == "Jun 2019")
    assert at.sum() == 1

    told = changes(
        held,
        content(judged(edition, measures, o.assign(value=o["value"] + 0.1 * at)), find_workbook()),
    )

    assert "changed: observations.csv: 1.41" in told
    assert any(line.startswith("changed: judgements.csv: 1.41") for line in told)


def test_a_changed_judgement_is_named(held, section):
    j = section.judgements
    turned = j["label"].mask((j["measure"] == "1.41") & (j["horizon"] == "1-year"), "Mixed")

    told = changes(
        held, content(replace(section, judgements=j.assign(label=turned)), find_workbook())
    )

    assert told == ["changed: judgements.csv: 1.41"]


def first_replaced(records, **fields):
    return (replace(records[0], **fields), *records[1:])


@pytest.mark.parametrize(
    ("what", "file"),
    [
        ({"windows": {"basis": "another reason"}}, "windows.csv"),
        ({"windows": {"one_year_to": None}}, "windows.csv"),
        ({"published": {"note": "in a table"}}, "published_judgements.csv"),
        ({"audit_notes": {"note": "another note"}}, "audit_notes.csv"),
    ],
    ids=["reason of a window", "window", "published judgement", "audit note"],
)
def test_a_changed_row_of_the_edition_is_named(held, section, what, file):
    ((name, fields),) = what.items()
    records = getattr(section.edition, name)
    changed = replace(section.edition, **{name: first_replaced(records, **fields)})

    told = changes(held, content(replace(section, edition=changed), find_workbook()))

    assert told == [f"changed: {file}: {records[0].measure}"]


def test_changed_words_of_the_catalogue_are_named(held, section):
    measures = section.catalogue.measures
    outcomes = section.catalogue.supporting_outcomes
    changed = replace(
        section.catalogue,
        measures={**measures, "1.41": replace(measures["1.41"], title="Ready for school")},
        supporting_outcomes={**outcomes, "1.4": replace(outcomes["1.4"], title="Ready")},
        areas={**section.catalogue.areas, KENT: "The county"},
    )

    told = changes(held, content(replace(section, catalogue=changed), find_workbook()))

    assert [t for t in told if "narrative" not in t] == [
        f"changed: areas.csv: {KENT}", "changed: measures.csv: 1.41",
        "changed: supporting_outcomes.csv: 1.4",
    ]  # fmt: skip


@pytest.mark.parametrize("field", ["directorates", "kpis", "printed_counts", "tables", "claims"])
def test_what_a_quarterly_edition_prints_is_a_part_of_it(field):
    report = open_report("qpr-2017-18-q1")
    before = content(report, find_workbook())
    told = report.edition.quarterly
    assert getattr(told, field)
    less = replace(told, **{field: getattr(told, field)[1:]})

    after = content(
        replace(report, edition=replace(report.edition, quarterly=less)), find_workbook()
    )

    assert changes(before, after) != []


def test_a_target_is_a_part_of_a_quarterly_edition(quarter):
    before = content(quarter, find_workbook())
    code = str(quarter.targets["measure"].iloc[0])
    higher = quarter.targets["target"].mask(quarter.targets["measure"] == code, 999.0)

    after = content(
        replace(quarter, targets=quarter.targets.assign(target=higher)), find_workbook()
    )

    assert changes(before, after) == [f"changed: targets.csv: {code}"]


@pytest.fixture
def written(workbook):
    """The 2019 edition of a copy of the workbook, and its content."""
    place = find_workbook()
    return workbook / "data" / "raw", lambda: content(open_report("annual-2019"), place)


@pytest.mark.slow
def test_what_the_edition_s_own_files_say_is_held(written):
    raw, read = written
    before = read()
    page = raw / "narrative" / "annual-2019" / "1.1.md"
    page.write_text(page.read_text() + "\nAnother sentence.\n")
    own = raw / "editions" / "annual-2019.toml"
    own.write_text(own.read_text().replace("Annual report 2019", "Annual report for 2019"))

    assert changes(before, read()) == [
        "changed: editions/annual-2019.toml", "changed: narrative/annual-2019/1.1.md"
    ]  # fmt: skip


@pytest.mark.slow
def test_a_figure_that_narrative_quotes_is_held_and_one_it_does_not_quote_is_not(written):
    raw, read = written
    before = read()
    figures = raw / "document_figures.csv"
    head, *rows = figures.read_text().splitlines()
    texts = "".join(p.read_text() for p in (raw / "narrative" / "annual-2019").glob("*.md"))
    quoted = next(r for r in rows if f'figure("{r.split(",")[0]}"' in texts)
    name = quoted.split(",")[0]
    unquoted = next(r for r in rows if f'"{r.split(",")[0]}"' not in texts)

    figures.write_text("\n".join([head, *(r for r in rows if r != unquoted)]) + "\n")
    assert changes(before, read()) == []

    table = pd.read_csv(figures, dtype=str, keep_default_na=False)
    table["value"] = table["value"].mask(table["figure"] == name, "3")
    table.to_csv(figures, index=False)
    assert any(
        line.startswith("changed: narrative/annual-2019/") for line in changes(before, read())
    )


@pytest.mark.slow
def test_what_other_editions_say_is_not_held(written):
    raw, read = written
    before = read()
    other = raw / "narrative" / "qpr-2024-25-q3"
    other.mkdir(exist_ok=True)
    (other / "news.md").write_text("A sentence of another edition.\n")
    with (raw / "windows.csv").open("a") as file:
        file.write("qpr-2017-18-q1,1.41,,,,,nothing compared,none\n")
    toml = (raw / "editions" / "annual-2019.toml").read_text()
    (raw / "editions" / "annual-2020.toml").write_text(toml.replace("2019-10-31", "2020-10-31"))

    assert changes(before, read()) == []


def test_a_change_of_many_is_told_in_one_line_with_how_many_more():
    before = {f"windows.csv: {n:02d}": "a" for n in range(15)}
    now = dict.fromkeys(before, "b") | {"areas.csv: x": "a"}

    assert changes(before, now) == [
        "changed: windows.csv: 00, 01, 02, 03, 04, 05, 06, 07, 08, 09, 10, 11 and 3 more",
        "new: areas.csv: x",
    ]
