"""Faults of the catalogue and of the files beside it."""

import pytest

NOT_NUMBER = "is not a number; leave it blank and flag it x (not available), c or z"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        pytest.param(
            "1.12,1.1,",
            "1.12,1.9,",
            "supporting_outcome: '1.9' is no supporting outcome; did you mean '1.2'?",
            id="a code under no outcome",
        ),
        pytest.param(
            "1.12,1.1,",
            "1.12,,",
            "supporting_outcome: is no supporting outcome; known: 1.1, 1.2",
            id="an outcome measure under nothing",
        ),
        pytest.param(
            "1.12,1.1,",
            "1.12,1.2,",
            "measure: '1.12' is not under 1.2; a measure under 1.2 has a code such as 1.21",
            id="a code under another outcome",
        ),
        pytest.param(
            "1.12,1.1,",
            "1.11,1.1,",
            "measure: '1.11' is already on line 2; keep one of the two",
            id="a code that stands twice",
        ),
        pytest.param(",Hurt,", ",,", "short_title: is blank; fill it in", id="blank title"),
        pytest.param(
            "count,lower",
            "count,down",
            "polarity: 'down' is not a polarity; known: higher, lower, target, none",
            id="unknown polarity",
        ),
        pytest.param(
            "count,lower",
            "counts,lower",
            "statistic: 'counts' is not a statistic; did you mean 'count'?",
            id="unknown statistic",
        ),
        pytest.param(
            "outcome,count",
            "outcomes,count",
            "kind: 'outcomes' is not a kind; did you mean 'outcome'?",
            id="unknown kind",
        ),
        pytest.param(
            ",0,calendar year",
            ",0,calender year",
            "period_type: 'calender year' is not a period type; did you mean 'calendar year'?",
            id="unknown period type",
        ),
        pytest.param(
            "DfT,,",
            "DfT,E92000009,",
            "comparators: 'E92000009' names no area 'E92000009'; did you mean 'E92000001'?",
            id="a comparator that is no area",
        ),
        pytest.param(
            "2016:hard",
            "2015-16:hard",
            "breaks: '2015-16:hard:new classes' is not a period of this measure; "
            "write a calendar year such as 2018",
            id="a break in a period of another form",
        ),
        pytest.param(
            "2016:hard",
            "2016:soft",
            "breaks: '2016:soft:new classes' is not a break in series; "
            "write period:hard:reason or period:noted:reason",
            id="a break of no known grade",
        ),
    ],
)
def test_a_fault_of_the_catalogue_is_named(book, old, new, words):
    text = (book.raw / "measures.csv").read_text("utf-8").splitlines(keepends=True)
    assert old in text[2]
    text[2] = text[2].replace(old, new)
    catalogue = book.mine("".join(text), "catalogue.csv")

    result = book.kcc("check", catalogue)

    assert result.stdout.splitlines() == [f"catalogue.csv, line 3, {words}"]
    assert result.exit_code == 2


def test_a_code_under_no_outcome_is_refused_in_the_workbook_too(book):
    book.swap("measures.csv", "1.23,1.2,", "1.23,2.1,")

    result = book.kcc("check")

    assert result.stdout.splitlines() == [
        "data/raw/measures.csv, line 6, supporting_outcome: '2.1' is no supporting outcome; "
        "did you mean '1.1'?"
    ]
    assert result.exit_code == 2


@pytest.mark.parametrize("decimals", ["1.5", "-1"])
def test_decimals_that_are_no_whole_number_are_refused(book, decimals):
    book.swap("measures.csv", ",,0,calendar", f",,{decimals},calendar")

    result = book.kcc("check")

    assert result.exit_code == 2
    assert f"data/raw/measures.csv, line 3, decimals: '{decimals}' " in result.stdout


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        pytest.param(
            "supporting_outcomes.csv",
            "1.2,1,",
            "1.2,4,",
            "line 3, outcome: '4' is no strategic outcome; known: 1",
            id="supporting under no strategic outcome",
        ),
        pytest.param(
            "areas.csv",
            "E92000001,England",
            "E92000001,",
            "line 3, name: is blank; fill it in",
            id="an area without a name",
        ),
        pytest.param(
            "strategic_outcomes.csv",
            "outcome,title",
            "outcome,titel",
            "line 1, titel: 'titel' is not a column of this file; rename it title",
            id="a misspelt column",
        ),
        pytest.param(
            "document_figures.csv",
            "24.1",
            "about 24",
            f"line 2, value: 'about 24' {NOT_NUMBER}",
            id="text in a printed figure",
        ),
    ],
)
def test_a_fault_of_the_other_files_is_named(book, name, old, new, fault):
    book.swap(name, old, new)

    result = book.kcc("check")

    assert result.stdout.splitlines() == [f"data/raw/{name}, {fault}"]
    assert result.exit_code == 2
