"""A quarterly edition: all that it has beside its series, gathered from its tables."""

from collections.abc import Mapping, Sequence
from typing import Any

from kcc_lib.errors import Fault, nearest
from kcc_lib.measures import Window
from kcc_lib.periods import Period, PeriodError, parse_period
from kcc_lib.quarterly import Quarterly
from kcc_lib.records.claims import read_claims
from kcc_lib.records.counted import Countable
from kcc_lib.records.edition_tables import Tables
from kcc_lib.records.listed import read_directorates, read_kpis, read_printed_counts
from kcc_lib.records.printed import read_printed_tables
from kcc_lib.records.risks import ACTIONS_FILE, RISKS_FILE, check_levels, read_actions, read_risks
from kcc_lib.vocabulary import PeriodType

#: The tables of `data/raw` that hold it; all may be left out but the first two.
FILES = (
    "directorates.csv", "edition_kpis.csv", "printed_counts.csv", "printed_table_list.csv",
    "printed_tables.csv", "footings.csv", "claims.csv", RISKS_FILE, ACTIONS_FILE,
)  # fmt: skip


def read_quarterly(
    tables: Tables,
    edition: str,
    file: str,
    quarter: str,
    financial_year: str,
    sections: Sequence[Mapping[str, Any]] = (),
) -> tuple[Quarterly | None, list[Fault]]:
    """Read all that one quarterly edition lists and prints.

    Parameters
    ----------
    file
        The edition's file, as messages print it.
    quarter, financial_year
        As that file has them; the quarter lies in the year.
    sections
        Its sections: a directorate among their parameters is one of the edition's.
    """
    when, faults = _read_when(file, quarter, financial_year)
    directorates, more = read_directorates(tables, edition)
    faults += more
    names = [d.name for d in directorates]
    kpis, more = read_kpis(tables, edition, names)
    faults += more
    counts, more = read_printed_counts(tables, edition, names)
    faults += more
    printed, more = read_printed_tables(tables, edition, names)
    faults += more
    faults += check_levels(tables.shown, edition, printed)
    risks, more = read_risks(tables, edition)
    faults += more
    actions, more = read_actions(tables, edition)
    faults += more
    held = Countable({t.table: t for t in printed}, risks, actions)
    claims, more = read_claims(tables, edition, names, held)
    faults += more
    if not kpis and not faults:
        remedy = f"add rows of {edition} to edition_kpis.csv"
        faults.append(Fault(file, 0, "", "", "lists no KPI", remedy))
    faults += _check_sections(file, sections, names)
    if faults or when is None:
        return None, faults
    last, year = when
    return Quarterly(
        last.label, year.label, directorates, kpis, counts, printed, claims, risks, actions
    ), faults


def quarter_windows(quarterly: Quarterly, given: Sequence[Window]) -> tuple[Window, ...]:
    """One window for each KPI listed, which ends with the quarter: nothing later is judged.

    A window that `windows.csv` gives a KPI stands in place of the one made here.
    """
    last = parse_period(quarterly.quarter, PeriodType.FINANCIAL_QUARTER)
    named = {w.measure: w for w in given}
    basis = f"the quarters held, to {last.label}"
    return tuple(
        named.get(k.measure) or Window(k.measure, None, None, None, last, basis)
        for k in quarterly.kpis
    )


def _read_when(
    file: str, quarter: str, financial_year: str
) -> tuple[tuple[Period, Period] | None, list[Fault]]:
    """The quarter and the financial year round it; what is missing is told elsewhere."""
    found: list[Period] = []
    faults = []
    for key, text, kind in (
        ("quarter", quarter, PeriodType.FINANCIAL_QUARTER),
        ("financial_year", financial_year, PeriodType.FINANCIAL_YEAR),
    ):
        try:
            found += [parse_period(text, kind)] if text else []
        except PeriodError as error:
            faults.append(Fault(file, 0, key, text, f"is not a {kind}", error.remedy))
    if len(found) < 2:
        return None, faults
    last, year = found
    if not year.start <= last.start <= year.end:
        problem = f"does not hold the quarter {last.label}"
        faults.append(Fault(file, 0, "financial_year", financial_year, problem, "mend one of them"))
    return (last, year), faults


def _check_sections(
    file: str, sections: Sequence[Mapping[str, Any]], directorates: list[str]
) -> list[Fault]:
    """A section's directorate is one of the edition's."""
    faults = []
    for section in sections:
        parameters = section.get("parameters", {})
        name = parameters.get("directorate") if isinstance(parameters, Mapping) else None
        if name is not None and directorates and name not in directorates:
            remedy = nearest(str(name), directorates, shown=20)
            problem = "is no directorate of this edition"
            faults.append(Fault(file, 0, "sections", str(name), problem, remedy))
    return faults
