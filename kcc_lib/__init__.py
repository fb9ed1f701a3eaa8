"""Judge whether residents' outcomes are improving, and publish the answer.

    import kcc_lib as kcc

Load with `load_measures` and `load_observations`, judge with `assess`, show with a
`section`; `docs/` explains the methods, the data contracts and every term.
"""

from kcc_lib import inference, pages
from kcc_lib.errors import DataError, KccError
from kcc_lib.workbench import (
    assess,
    assess_by_every_method,
    chart,
    edition,
    explain,
    gather,
    load_measures,
    load_observations,
    preview,
    quarter,
    quarter_before,
    roll_up,
    section,
    table,
)

__all__ = [
    "DataError",
    "KccError",
    "assess",
    "assess_by_every_method",
    "chart",
    "edition",
    "explain",
    "gather",
    "inference",
    "load_measures",
    "load_observations",
    "pages",
    "preview",
    "quarter",
    "quarter_before",
    "roll_up",
    "section",
    "table",
]
