"""Frames parted once by measure, so that each measure's page does not search them again."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

Row = dict[str, Any]


def frames_by_measure(frame: pd.DataFrame) -> Mapping[str, pd.DataFrame]:
    """The rows of each measure, in the order of the frame."""
    return {str(measure): rows for measure, rows in frame.groupby("measure", sort=False)}


def rows_by_measure(frame: pd.DataFrame) -> Mapping[str, list[Row]]:
    """The same as plain rows."""
    found: dict[str, list[Row]] = {}
    for row in frame.to_dict("records"):
        found.setdefault(str(row["measure"]), []).append({str(k): v for k, v in row.items()})
    return found
