"""Judge whether residents' outcomes are improving, and publish the answer.

    import kcc_lib as kcc

Load with `load_measures` and `load_observations`, judge with `assess`, show with a
`section`; `docs/` explains the methods, the data contracts and every term.
"""

from kcc_lib import inference
from kcc_lib.errors import DataError, KccError
from kcc_lib.presentation.audit import audit
from kcc_lib.presentation.beside_table import comparisons
from kcc_lib.presentation.compared_methods import method_comparison
from kcc_lib.presentation.direction_of_travel import direction_of_travel
from kcc_lib.presentation.outcomes_audit import outcomes_audit
from kcc_lib.presentation.overview import counts, introduction, passage, progress_summary
from kcc_lib.presentation.quality import data_quality, method
from kcc_lib.presentation.quarterly.directorate import directorate
from kcc_lib.presentation.quarterly.printed import printed_tables
from kcc_lib.presentation.quarterly.reconciliation import reconciliation
from kcc_lib.presentation.quarterly.summary import quarterly_summary
from kcc_lib.workbench import (
    assess,
    assess_by_every_method,
    chart,
    edition,
    explain,
    load_measures,
    load_observations,
    quarter,
    roll_up,
    section,
    table,
)

__all__ = [
    "DataError",
    "KccError",
    "assess",
    "assess_by_every_method",
    "audit",
    "chart",
    "comparisons",
    "counts",
    "data_quality",
    "direction_of_travel",
    "directorate",
    "edition",
    "explain",
    "inference",
    "introduction",
    "load_measures",
    "load_observations",
    "method",
    "method_comparison",
    "outcomes_audit",
    "passage",
    "printed_tables",
    "progress_summary",
    "quarter",
    "quarterly_summary",
    "reconciliation",
    "roll_up",
    "section",
    "table",
]
