"""The printed words of supporting outcomes: as the 2017 report has them, and every fault told."""

import csv

import pytest

from kcc_lib.records.catalogue import read_catalogue
from kcc_lib.records.editions import read_edition
from kcc_lib.vocabulary import Horizon, Label

WORDS = "published_outcomes.csv"
COUNTS = "published_outcome_counts.csv"
UP, M, X, N = "Improving", "Maintaining", "Mixed", "Not Improving"
#: Direction of travel performance summary of the annual report 2017: 1 year, 3 years.
PRINTED = {
    "1.1": (UP, X), "1.2": (M, UP), "1.3": (X, UP), "1.4": (M, UP), "1.5": (N, X), "1.6": (UP, UP),
    "1.7": (X, UP), "2.1": (UP, UP), "2.2": (X, X), "2.3": (X, UP), "2.4": (M, M), "2.5": (X, X),
    "2.6": (X, X), "3.1": (M, X), "3.2": (M, UP), "3.3": (UP, UP), "3.4": (M, UP), "3.5": (M, N),
    "3.6": (M, X), "3.7": (UP, UP),
}  # fmt: skip


@pytest.fixture(scope="module")
def annual_2017(request):
    raw = request.config.rootpath / "data" / "raw"
    return read_edition(raw, "annual-2017", read_catalogue(raw))


def words(edition, horizon):
    return {p.outcome: str(p.label) for p in edition.published_outcomes if p.horizon == horizon}


def test_the_words_of_2017_are_held_as_printed(annual_2017):
    assert words(annual_2017, Horizon.ONE_YEAR) == {o: one for o, (one, _) in PRINTED.items()}
    assert words(annual_2017, Horizon.LONG_TERM) == {o: three for o, (_, three) in PRINTED.items()}


def test_the_overall_word_is_printed_once_for_no_horizon(annual_2017):
    overall = [p for p in annual_2017.published_outcomes if p.outcome == "overall"]

    assert [(p.horizon, p.label) for p in overall] == [(None, Label.MIXED)]


def test_one_outcome_rests_on_a_single_measure(annual_2017):
    starred = {p.outcome for p in annual_2017.published_outcomes if p.single_measure}

    assert starred == {"3.4"}


def test_not_improving_as_printed_in_the_table_is_the_word_of_its_key(annual_2017):
    odd = {p.outcome for p in annual_2017.published_outcomes if "A24" in p.note}

    assert odd == {"1.5", "3.5"}
    assert {p.label for p in annual_2017.published_outcomes if "A24" in p.note} == {
        Label.NOT_IMPROVING
    }


def test_the_printed_counts_are_those_of_the_documents_figures(annual_2017, request):
    path = request.config.rootpath / "data" / "raw" / "document_figures.csv"
    with path.open(encoding="utf-8", newline="") as file:
        figures = {r["figure"]: r for r in csv.DictReader(file)}
    counted = {
        c.figure: sum(w in c.labels for w in words(annual_2017, c.horizon).values())
        for c in annual_2017.published_counts
    }

    assert counted == {
        "supporting-outcomes-1-year-improving-or-maintaining": 13,
        "supporting-outcomes-3-year-improving": 11,
    }
    for name, count in counted.items():
        assert (figures[name]["value"], figures[name]["denominator"]) == (str(count), "20")


def row(outcome, horizon, label):
    return f"annual-2017,{outcome},{horizon},{label},"


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        pytest.param(
            WORDS, row("1.1", "1-year", UP), "anual-2017,1.1,1-year,Improving,",
            "line 2, edition: 'anual-2017' is no edition; did you mean 'annual-2017'?",
            id="edition",
        ),
        pytest.param(
            WORDS, row("3.7", "1-year", UP), row("3.9", "1-year", UP),
            "line 40, outcome: '3.9' is no supporting outcome; did you mean '3.7'?",
            id="outcome",
        ),
        pytest.param(
            WORDS, row("1.1", "1-year", UP), row("1.1", "1 year", UP),
            "line 2, horizon: '1 year' is not a horizon; did you mean '1-year'?",
            id="horizon",
        ),
        pytest.param(
            WORDS, row("1.1", "1-year", UP), row("1.1", "quarter", UP),
            "line 2, horizon: 'quarter' is no horizon of this edition; known: 1-year, long-term",
            id="horizon of another kind of edition",
        ),
        pytest.param(
            WORDS, row("1.1", "1-year", UP), row("1.1", "", UP),
            "line 2, horizon: is blank; fill it in", id="no horizon",
        ),
        pytest.param(
            WORDS, row("1.1", "1-year", UP), row("1.1", "1-year", "Imroving"),
            "line 2, label: 'Imroving' is not a judgement; did you mean 'Improving'?",
            id="label",
        ),
        pytest.param(
            WORDS, row("1.1", "1-year", UP), row("1.1", "1-year", "Increasing"),
            "line 2, label: 'Increasing' is no word of an outcome; known: Improving, Maintaining, "
            "Mixed, Not Improving, N/A, Not judged",
            id="a movement",
        ),
        pytest.param(
            WORDS, row("1.1", "long-term", X), row("1.1", "1-year", X),
            "line 3, horizon: '1-year' is already on line 2; keep one of the two",
            id="twice",
        ),
        pytest.param(
            COUNTS, "Improving | Maintaining", "Improving | Upward",
            "line 2, labels: 'Improving | Upward' names no word of an outcome ('Upward'); known: "
            "Improving, Maintaining, Mixed, Not Improving, N/A, Not judged",
            id="a count of no word",
        ),
        pytest.param(
            COUNTS, "supporting-outcomes-3-year-improving", "supporting-outcomes-3-years",
            "line 3, figure: 'supporting-outcomes-3-years' is no figure of document_figures.csv "
            "with this period and a denominator; did you mean "
            "'supporting-outcomes-3-year-improving'?",
            id="a count of no figure",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_told_once_with_its_line(shipped, file, old, new, fault):
    shipped.swap(file, old, new)

    result = shipped.kcc("check")

    assert result.stdout.splitlines() == [f"data/raw/{file}, {fault}"]
    assert result.exit_code == 2


def test_a_word_that_is_missing_is_told_for_its_outcome_and_horizon(shipped):
    lines = (shipped.raw / WORDS).read_text("utf-8").splitlines(keepends=True)
    kept = [x for x in lines if not x.startswith(("annual-2017,1.1,1-year", "annual-2017,2.6,"))]
    shipped.write(WORDS, "".join(kept))

    result = shipped.kcc("check")

    remedy = "add its row; what print leaves blank is Not judged with a note"
    assert result.stdout.splitlines() == [
        f"data/raw/{WORDS}, outcome: '{o}' has no word over {h} in annual-2017; {remedy}"
        for o, h in (("1.1", "1-year"), ("2.6", "1-year"), ("2.6", "long-term"))
    ]


def test_every_fault_is_told_at_once(shipped):
    shipped.swap(WORDS, row("1.1", "1-year", UP), row("1.1", "1-year", "Imroving"))
    shipped.swap(WORDS, row("1.2", "1-year", M), row("1.2", "soon", M))
    shipped.swap(WORDS, row("1.3", "1-year", X), row("9.3", "1-year", X))
    shipped.swap(COUNTS, "3-year-improving", "3-year-improving-again")

    result = shipped.kcc("check")

    assert len(result.stdout.splitlines()) == 4


def test_an_edition_without_words_needs_none_of_the_files(shipped):
    for name in (WORDS, COUNTS, "measure_notes.csv"):
        (shipped.raw / name).unlink()

    result = shipped.kcc("check")

    assert result.stdout == ""
