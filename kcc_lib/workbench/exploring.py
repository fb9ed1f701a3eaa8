"""Look at one measure of an edition: its chart, its figures, and why it was judged so."""

from collections.abc import Sequence

from kcc_lib.judgement.methods import method_named
from kcc_lib.presentation.account import account_of
from kcc_lib.presentation.blocks import Blocks, blocks
from kcc_lib.presentation.measure_block import data_table
from kcc_lib.presentation.quarterly.card import data_table as kpi_figures
from kcc_lib.presentation.quarterly.card import kpi_card
from kcc_lib.presentation.quarterly.grounds import grounds
from kcc_lib.presentation.quarterly.kpi import KpiView
from kcc_lib.presentation.quarterly.quarter import Quarter
from kcc_lib.presentation.report import Report
from kcc_lib.presentation.section import Section
from kcc_lib.presentation.sentences import polarity_words
from kcc_lib.presentation.views import MeasureView
from kcc_lib.workbench.judging import assess, load_measures, load_observations
from kcc_lib.workbench.judging import edition as open_edition
from kcc_lib.workbench.quarters import quarter
from kcc_lib.workbench.sections import gather_section


def open_section(name: str, *, method: str | None = None, preset: str | None = None) -> Section:
    """An edition's section for its own area, loaded and judged: for exploring and explaining.

    Parameters
    ----------
    method, preset
        Another way of judging than the edition's own.
    """
    report, measures, observations = open_edition(name), load_measures(), load_observations()
    judgements = assess(
        observations, measures, method=method or report.method, preset=preset, edition=report
    )
    return gather_section(report, measures, observations, judgements)


def open_area(name: str, area: str) -> Section:
    """One area's own part of an edition by area, loaded and judged: for publishing."""
    report, measures, observations = open_edition(name), load_measures(), load_observations()
    judgements = assess(observations, measures, method=report.method, areas=[area], edition=report)
    return gather_section(report, measures, observations, judgements, area=area)


def open_report(name: str) -> Report:
    """An edition of either kind for its own area, loaded and judged: for publishing."""
    report = open_edition(name)
    if report.quarterly is None:
        return open_section(name)
    measures, observations = load_measures(), load_observations()
    judgements = assess(observations, measures, method=report.method, edition=report)
    return quarter(report, measures, observations, judgements)


def explain(
    measure: str,
    *,
    edition: str = "annual-2019",
    method: str | None = None,
    preset: str | None = None,
) -> str:
    """The evidence behind one measure's judgements, in words and numbers.

    Parameters
    ----------
    method, preset
        Another way of judging than the edition's own.

    Raises
    ------
    UnknownNameError
        If the measure, the edition, the method or the preset does not exist.
    """
    own = method is None and preset is None
    report = open_report(edition) if own else open_section(edition, method=method, preset=preset)
    view = report.view(measure)
    told = [f"{measure} {view.measure.title}", polarity_words(view.measure) + "."]
    if method:
        told.append(f"Judged by {method}: {method_named(method).words}.")
    for heading, sentences in _account(view):
        told += ["", heading, *(f"  {said}" for said in sentences)]
    for other in view.elsewhere if isinstance(view, MeasureView) else ():
        words = "; ".join(f"{t.heading} {t.label}" for t in other.told)
        told += ["", f"{other.title}, {other.basis}: {words}"]
    return "\n".join(told)


def _account(view: MeasureView | KpiView) -> list[tuple[str, Sequence[str]]]:
    """The headings and sentences that the page has of a measure or a KPI."""
    if isinstance(view, KpiView):
        return [(part["heading"], part["said"]) for part in grounds(view)]
    parts = account_of(view)
    return [(f"{p.heading}: {p.label}" if p.label else p.heading, p.said) for p in parts]


def chart(measure: str, *, edition: str = "annual-2019") -> Blocks:
    """The chart of one measure with its caption, judgements and data table.

    A quarterly edition shows a KPI's card, with target and floor across its chart.

    Raises
    ------
    UnknownNameError
        If the measure or the edition does not exist.
    """
    report = open_report(edition)
    if isinstance(report, Quarter):
        return blocks(kpi_card(report.view(measure), commentary=report.prose(measure)))
    return report.measure(measure)


def table(measure: str, *, edition: str = "annual-2019") -> Blocks:
    """The figures of one measure that an edition shows, with what is known of each.

    Raises
    ------
    UnknownNameError
        If the measure or the edition does not exist.
    """
    view = open_report(edition).view(measure)
    found = kpi_figures(view) if isinstance(view, KpiView) else data_table(view)
    return blocks(found or {"kind": "notice", "text": f"No figures are held for {measure}."})
