"""Judge whether residents' outcomes are improving, and publish the answer.

    import kcc_lib as kcc

Load with `load_measures` and `load_observations`, judge with `assess`, show with a
`section`; `docs/` explains the methods, the data contracts and every term.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kcc_lib import inference, pages
    from kcc_lib.errors import DataError, KccError
    from kcc_lib.workbench import (
        assess,
        assess_by_every_method,
        chart,
        corrections,
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
    "corrections",
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


def __getattr__(name: str) -> Any:
    """Load a name when it is first used: `kcc --help` and an unchanged report need no pandas."""
    if name not in __all__:
        raise AttributeError(f"module 'kcc_lib' has no attribute {name!r}")
    if name in {"inference", "pages"}:
        return import_module(f"kcc_lib.{name}")
    home = "errors" if name.endswith("Error") else "workbench"
    return getattr(import_module(f"kcc_lib.{home}"), name)


def __dir__() -> list[str]:
    """Tell an analyst's completion what there is."""
    return [*globals(), *__all__]
