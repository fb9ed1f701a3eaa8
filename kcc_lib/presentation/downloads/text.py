"""Tables and objects as text: CSV that no spreadsheet runs, and JSON."""

import csv
import io
import json
import re
from typing import Any

import numpy as np
import pandas as pd

from kcc_lib.presentation.downloads.tables import Cell, DataTable

#: A cell that begins so is run as a formula by one spreadsheet program or another.
_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_ROWS_AT_A_TIME = 1000
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
#: Says UTF-8 to spreadsheet programs that would otherwise guess.
MARK = "\ufeff"


def defused(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before what would be one.

    True numbers, negative ones too, are as they were.
    """
    return f"'{text}" if text.startswith(_RUN) and not _NUMBER.fullmatch(text) else text


def undefused(text: str) -> str:
    """A text as it was before `defused`."""
    return text[1:] if text.startswith("'") and defused(text[1:]) == text else text


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


def csv_text(frame: pd.DataFrame) -> str:
    """A frame as CSV: plain numbers at 12 significant digits, blank where missing."""
    safe = frame.copy(deep=False)
    for name in frame.columns[[not pd.api.types.is_numeric_dtype(t) for t in frame.dtypes]]:
        told = frame[name].astype(object)
        run = [isinstance(v, str) and v.startswith(_RUN) for v in told]
        if any(run):
            safe[name] = told.where(~np.array(run), told.map(lambda v: defused(str(v))))
    return str(safe.to_csv(index=False, lineterminator="\n", float_format=_number))


def json_text(frame: pd.DataFrame) -> str:
    """A frame as a JSON list of records; null where missing."""
    parts = []
    # some rows at a time: all of England's as objects would take more memory than all else
    for start in range(0, len(frame), _ROWS_AT_A_TIME):
        rows = frame.iloc[start : start + _ROWS_AT_A_TIME].to_dict("records")
        records = [{k: _plain(v) for k, v in row.items()} for row in rows]
        parts.append(json.dumps(records, indent=1, ensure_ascii=False)[1:-2])
    return f"[{','.join(parts)}\n]\n" if parts else "[]\n"


def _number(value: object) -> str:
    return f"{value:.12g}"


def _plain(value: Any) -> Any:
    if isinstance(value, (float, np.floating)):
        return None if np.isnan(value) else float(_number(float(value)))
    if isinstance(value, np.integer):
        return int(value)
    return value


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    return defused(value) if isinstance(value, str) else f"{value:.12g}"
