"""Loading and validating observations against reading the bare file."""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.timing import compare
from kcc_lib.records.observations import load_files
from kcc_lib.records.suppression import NO_RULES


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


#: Loads one file in a process of its own and prints the most memory it held, in bytes.
_PEAK = """
import sys, tracemalloc
from pathlib import Path
from kcc_lib.records.observations import load_files
from kcc_lib.records.suppression import NO_RULES
path = Path(sys.argv[1])
tracemalloc.start()
load_files([path], [path.name], suppression=NO_RULES)
print(tracemalloc.get_traced_memory()[1])
"""


def print_peak(rows: int, path: Path) -> None:
    """Print the most memory that loading held, in all and for each row."""
    command = [sys.executable, "-c", _PEAK, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    peak = int(done.stdout)
    size = path.stat().st_size
    sys.stdout.write(
        f"  {'most memory held':<44} {peak / 1e6:10.1f} MB {peak / rows:9.0f} bytes a row, "
        f"{peak / size:.1f} x the file\n"
    )


def run() -> None:
    """Compare at 60,000 and 1,000,000 rows, in time and in memory a row."""
    with tempfile.TemporaryDirectory() as folder:
        for rows, rounds in ((60_000, 5), (1_000_000, 3)):
            path = synthetic(rows, Path(folder))
            compare(
                f"{rows:,} rows: load and validate",
                {
                    "kcc_lib load and validate": lambda p=path: load_files(
                        [p], [p.name], suppression=NO_RULES
                    ),
                    "pandas.read_csv, nothing checked": lambda p=path: pd.read_csv(p),
                },
                rounds=rounds,
            )
            print_peak(rows, path)
