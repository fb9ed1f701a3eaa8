"""The tables page of a quarterly edition: everything printed as a table, and the risk register."""

from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.formats import format_period
from kcc_lib.presentation.quarterly.kpi import PROVISIONAL
from kcc_lib.presentation.quarterly.quarter import Quarter
from kcc_lib.presentation.quarterly.risks import risk_register
from kcc_lib.presentation.quarterly.table import table_with_notes
from kcc_lib.risks import ACTIONS_DUE, RISK_LEVELS

ELSEWHERE = "The whole council"


def printed_tables(quarter: Quarter) -> Blocks:
    """Every printed table in the order of print, under its directorate; then the risks."""
    head: Block = {"kind": "heading", "level": 1, "text": "Tables", "id": "top",
                   "kicker": quarter.edition.subtitle}  # fmt: skip
    year = format_period(quarter.quarterly.financial_year)
    told = f"Figures of {year} are {PROVISIONAL}, on this page as on the others."
    parts: list[Block] = [head, {"kind": "prose", "markdown": told}]
    tables = [t for t in quarter.quarterly.tables if t.table not in {RISK_LEVELS, ACTIONS_DUE}]
    register = risk_register(quarter)
    if not tables and not register:
        parts.append({"kind": "notice", "text": "No printed table of this edition is held."})
    names = dict.fromkeys(t.directorate for t in tables)
    slugs = {d.name: d.slug for d in quarter.quarterly.directorates}
    for name in names:
        identifier = f"d-{slugs.get(name, 'whole-council')}"
        parts.append({"kind": "heading", "level": 2, "text": name or ELSEWHERE, "id": identifier})
        for table in (t for t in tables if t.directorate == name):
            parts += table_with_notes(quarter, table)
    return blocks(parts, register)
