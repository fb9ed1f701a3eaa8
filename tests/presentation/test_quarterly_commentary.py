"""Commentary of a quarterly report: bound to the KPI's own quarters and target, and tested."""

from dataclasses import replace

import pytest

import kcc_lib as kcc
from kcc_lib.errors import NarrativeError
from kcc_lib.presentation.narrative.binding import bind

from .quarterly_builders import usual


@pytest.fixture(scope="module")
def north():
    """KPIs that are Green, Amber and Red, one without its latest value and one without any."""
    return usual()


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ('measure("green").value', "95%"),
        ('measure("green").period', "in 2024/25 Q3"),
        ('measure("green").previous', "94%"),
        ('measure("green").previous_period', "in 2024/25 Q2"),
        ('measure("green").change', "rose from 94% in 2024/25 Q2 to 95% in 2024/25 Q3"),
        ('measure("green").since("2023-24 Q3").difference', "4 percentage points"),
        ('measure("green").aim', "93%"),
        ('claim("rose to 95%", measure("green"))', "rose to 95%"),
        ('claim("improved", measure("green"))', "improved"),
        ('claim("above target", measure("green"))', "above target"),
        ('claim("2 percentage points above target", measure("green"))',
         "2 percentage points above target"),
        ('claim("below target", measure("red"))', "below target"),
        ('claim("7 percentage points below target", measure("red"))',
         "7 percentage points below target"),
    ],
)  # fmt: skip
def test_commentary_may_quote_a_kpi_its_last_quarter_and_its_target(north, expression, told):
    assert bind("{{ " + expression + " }}", north.facts(), file="c.md") == told


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ('claim("below target", measure("green"))', "says 'below'"),
        ('claim("2 percentage points below target", measure("red"))', "differ by 7"),
        ('claim("2% above target", measure("green"))', "write percentage points"),
        ('claim("improved", measure("red"))', "says 'improved', but the figures fall"),
        ('measure("calls").aim', "measure calls has no target in the data"),
        ('claim("above target", measure("calls"))', "has no target in the data"),
        ('measure("stated").value', "no value of measure stated is shown"),
        ('measure("green", "2023-24 Q1")', "has no value in '2023-24 Q1'"),
    ],
)  # fmt: skip
def test_commentary_that_its_kpi_does_not_bear_out_is_refused(north, expression, problem):
    with pytest.raises(NarrativeError) as refused:
        bind("It was {{ " + expression + " }}.", north.facts(), file="c.md")

    assert problem in str(refused.value)


def test_the_targets_of_a_shipped_quarter_can_be_quoted(workbook):
    report = kcc.workbench.open_report("qpr-2024-25-q3")
    row = report.targets.dropna(subset=["target"]).iloc[0]

    assert report.facts().measure(row["measure"]).target == row["target"]


def test_wrong_commentary_is_a_fault_of_the_edition_with_its_place(north, tmp_path):
    (tmp_path / "green.md").write_text('As asked,\nit {{ claim("fell", measure("green")) }}.')

    (fault,) = replace(north, narrative=tmp_path).narrative_faults()

    assert (fault.line, fault.column) == (2, "column 4")
    assert "says 'fell', but the figures rise: 94% to 95%" in fault.problem
