"""The verbs an analyst and a notebook use: open an edition, load, judge, show, explain."""

from kcc_lib.workbench.every_method import assess_by_every_method
from kcc_lib.workbench.exploring import (
    chart,
    explain,
    open_area,
    open_report,
    open_section,
    table,
)
from kcc_lib.workbench.gathering import gather
from kcc_lib.workbench.history import corrections
from kcc_lib.workbench.judging import (
    assess,
    edition,
    load_measures,
    load_observations,
    roll_up,
)
from kcc_lib.workbench.quarters import quarter, quarter_before
from kcc_lib.workbench.sections import section
from kcc_lib.workbench.writing import preview

__all__ = [
    "assess",
    "assess_by_every_method",
    "chart",
    "corrections",
    "edition",
    "explain",
    "gather",
    "load_measures",
    "load_observations",
    "open_area",
    "open_report",
    "open_section",
    "preview",
    "quarter",
    "quarter_before",
    "roll_up",
    "section",
    "table",
]
