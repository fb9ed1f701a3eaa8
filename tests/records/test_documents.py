"""Documents: figures name one that is held, and editions quote only what was known."""

from datetime import date

import pytest

from kcc_lib.errors import DataError
from kcc_lib.records.figures import read_figures
from kcc_lib.records.suppression import NO_RULES


def test_every_figure_has_the_title_of_its_document(section):
    assert all(f.document for f in section.figures)


def test_an_edition_quotes_no_figure_of_a_later_document(section):
    known = {f.source for f in section.facts().figures}
    later = {f.source for f in section.figures if f.known > date(2018, 1, 1)}

    assert later == {"annual-report-2019"}
    assert "annual-report-2019" in known  # known in October 2019


def test_a_figure_of_an_unknown_document_and_a_bad_date_are_faults_with_their_lines(workbook):
    path = workbook / "data/raw/document_figures.csv"
    text = path.read_text("utf-8")
    lines = text.splitlines()
    lines[1] = lines[1].replace("2017-08-31", "31/08/2017", 1)
    lines[2] = lines[2].replace(",news-2017,", ",news-2107,")
    path.write_text("\n".join(lines) + "\n", "utf-8")

    with pytest.raises(DataError) as refused:
        read_figures(workbook / "data/raw", suppression=NO_RULES)

    assert [(f.line, f.column, f.found) for f in refused.value.faults] == [
        (2, "period_start", "31/08/2017"),
        (3, "source", "news-2107"),
    ]
