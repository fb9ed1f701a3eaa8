"""Loading and validating observations against reading the bare file."""

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.timing import compare
from kcc_lib.records.observations import load_files


def synthetic(rows: int, folder: Path) -> Path:
    """Write synthetic observations, flagged `s`: 78 measures, 5 years, areas as needed."""
    rng = np.random.default_rng(2019)
    index = np.arange(rows)
    value = rng.uniform(20, 80, rows).round(2)
    frame = pd.DataFrame(
        {
            "measure": np.char.add("m", (index % 78).astype(str)),
            "area": np.char.add("E", (10_000_000 + index // 390).astype(str)),
            "period": [f"{2014 + y}-{15 + y}" for y in (index // 78) % 5],
            "value": value,
            "lower_ci": value - 2,
            "upper_ci": value + 2,
            "flags": "s",
            "statistic": "proportion",
            "polarity": "higher",
        }
    )
    path = folder / f"synthetic_{rows}.csv"
    frame.to_csv(path, index=False)
    return path


def run() -> None:
    """Compare at 60,000 and 1,000,000 rows."""
    with tempfile.TemporaryDirectory() as folder:
        for rows, rounds in ((60_000, 5), (1_000_000, 1)):
            path = synthetic(rows, Path(folder))
            compare(
                f"{rows:,} rows: load and validate",
                {
                    "kcc_lib load and validate": lambda p=path: load_files([p], [p.name]),
                    "pandas.read_csv, nothing checked": lambda p=path: pd.read_csv(p),
                },
                rounds=rounds,
            )
