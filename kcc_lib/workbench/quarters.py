"""Gather what the pages of a quarterly edition show: its outlook, its gate, its targets."""

from dataclasses import replace

import pandas as pd

from kcc_lib.errors import KccError
from kcc_lib.judgement.outlook import OUTLOOK_COLUMNS, look_ahead
from kcc_lib.judgement.reconcile import reconcile
from kcc_lib.judgement.series import arrange
from kcc_lib.measures import Catalogue
from kcc_lib.periods import following, parse_period
from kcc_lib.presentation.quarterly.kpi import SHOWN
from kcc_lib.presentation.quarterly.quarter import Quarter
from kcc_lib.quarterly import ListedKpi, Quarterly
from kcc_lib.records.editions import Edition
from kcc_lib.records.figures import read_figures
from kcc_lib.records.places import find_workbook
from kcc_lib.records.quarterly_edition import quarter_windows
from kcc_lib.records.withheld import rules_of
from kcc_lib.vocabulary import PeriodType
from kcc_lib.workbench.entrance import check_area, check_given
from kcc_lib.workbench.once import once

_AIMS = ("measure", "target", "floor", "lower_threshold", "upper_threshold")


def quarter(
    edition: Edition,
    measures: Catalogue,
    observations: pd.DataFrame,
    judgements: pd.DataFrame,
    *,
    area: str = "",
) -> Quarter:
    """Gather what a notebook shows of a quarterly edition for one area.

    Parameters
    ----------
    area
        An area code; the edition's where not given.

    Raises
    ------
    KccError
        If the edition is not a quarterly one or of another area, or a table lacks columns: all
        are named.
    UnknownNameError
        If the area is not in the catalogue.
    """
    check_given(observations, measures, edition, judgements, shown=True)
    told, shown = edition.quarterly, area or edition.area
    if told is None:
        raise KccError(f"{edition.name} is no quarterly edition; show it with a section")
    check_area(shown, measures)
    if shown != edition.area:
        ours = measures.areas.get(edition.area, edition.area)
        raise KccError(
            f"{edition.name} is of {ours} alone: its KPIs, targets and words are that council's; "
            f"leave the area out, or write {edition.area!r}"
        )
    workbook = find_workbook()
    rows = [tuple(getattr(t, name) for name in _AIMS) for t in edition.targets]
    targets = pd.DataFrame(rows, columns=list(_AIMS))
    return once(
        Quarter, edition, told, measures, observations, judgements, targets,
        _outlook(edition, measures, observations, targets, shown),
        tuple(reconcile(told.tables, told.printed_counts, told.kpis, told.claims)),
        shown, figures=read_figures(workbook.raw, suppression=rules_of(workbook)),
        narrative=workbook.raw / "narrative" / edition.name,
    )  # fmt: skip


def quarter_before(edition: Edition) -> Edition:
    """A quarterly edition's KPIs as they stood a quarter earlier, for comparing the two.

    Its windows end a quarter earlier; targets are of that quarter's financial year, so there
    are none where it is another. What the edition prints is of its own quarter, and left out.

    Raises
    ------
    KccError
        If the edition is not a quarterly one.
    """
    told = edition.quarterly
    if told is None:
        raise KccError(f"{edition.name} is no quarterly edition; it has no quarter before")
    last = following(parse_period(told.quarter, PeriodType.FINANCIAL_QUARTER), -3)
    year = parse_period(told.financial_year, PeriodType.FINANCIAL_YEAR)
    within = year.start <= last.start
    earlier = Quarterly(
        last.label, (year if within else following(year, -12)).label, told.directorates,
        tuple(ListedKpi(k.measure, k.directorate) for k in told.kpis),
    )  # fmt: skip
    return replace(
        edition, as_of=last.end, quarterly=earlier, windows=quarter_windows(earlier, ()),
        targets=edition.targets if within else (), published=(),
    )  # fmt: skip


def _outlook(
    edition: Edition,
    measures: Catalogue,
    observations: pd.DataFrame,
    targets: pd.DataFrame,
    area: str,
) -> pd.DataFrame:
    """Where each KPI leads at the end of the edition's financial year."""
    told = edition.quarterly
    known = {c: measures.measures[c] for c in edition.measures if c in measures.measures}
    if told is None or not known:
        return pd.DataFrame(columns=list(OUTLOOK_COLUMNS))
    series = arrange(
        observations, known, areas=[area], windows=edition.windows, base_end=edition.base_end,
        targets=targets,
    )  # fmt: skip
    year = parse_period(told.financial_year, PeriodType.FINANCIAL_YEAR)
    return look_ahead(series, known, year.end, shown=SHOWN)
