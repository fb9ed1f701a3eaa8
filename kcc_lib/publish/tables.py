"""The data files of an edition: judgements and the figures shown, as CSV and JSON."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kcc_lib.presentation.report import Report
from kcc_lib.records.processed import write_whole


def write_data(section: Report, folder: Path) -> None:
    """Write the report's files, unrounded: judgements, figures, and what stands beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in section.files.items():
        write_whole(folder / f"{name}.csv", csv_text(frame))
        write_whole(folder / f"{name}.json", json_text(frame))


def csv_text(frame: pd.DataFrame) -> str:
    """A frame as CSV: plain numbers at 12 significant digits, blank where missing."""
    return str(frame.to_csv(index=False, lineterminator="\n", float_format=_number))


def json_text(frame: pd.DataFrame) -> str:
    """A frame as a JSON list of records; null where missing."""
    records = [{k: _plain(v) for k, v in row.items()} for row in frame.to_dict("records")]
    return json.dumps(records, indent=1, ensure_ascii=False) + "\n"


def _number(value: object) -> str:
    return f"{value:.12g}"


def _plain(value: Any) -> Any:
    if isinstance(value, (float, np.floating)):
        return None if np.isnan(value) else float(_number(float(value)))
    if isinstance(value, np.integer):
        return int(value)
    return value
