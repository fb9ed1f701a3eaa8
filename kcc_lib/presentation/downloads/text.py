"""Tables and objects as text: CSV that no spreadsheet runs, and JSON."""

import csv
import io
import json
import re
from typing import Any

from kcc_lib.presentation.downloads.tables import Cell, DataTable

#: A cell that begins so is run as a formula by one spreadsheet program or another.
_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
#: Says UTF-8 to spreadsheet programs that would otherwise guess.
MARK = "\ufeff"


def defused(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before what would be one.

    True numbers, negative ones too, are as they were.
    """
    return f"'{text}" if text.startswith(_RUN) and not _NUMBER.fullmatch(text) else text


def csv_of(table: DataTable) -> str:
    """A table as CSV: a header row, plain numbers, blank where missing."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([c.name for c in table.columns])
    writer.writerows([_cell(v) for v in row] for row in table.rows)
    return MARK + out.getvalue()


def json_of(told: Any) -> str:
    """An object as JSON, every character as it is."""
    return json.dumps(told, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    return defused(value) if isinstance(value, str) else f"{value:.12g}"
