"""`kcc_lib.assess` on many series at once: time and memory as councils are added."""

import resource
import subprocess
import sys
import time

import numpy as np
import pandas as pd

from kcc_lib.judgement.assess import assess
from kcc_lib.judgement.methods import METHODS
from kcc_lib.measures import Measure
from kcc_lib.vocabulary import Polarity, Statistic

MEASURES, YEARS = 78, 5
#: Councils of the goal, and four times as many.
COUNCILS = (150, 600)
_KINDS = (Statistic.PROPORTION, Statistic.RATE, Statistic.COUNT, Statistic.SCORE)


def synthetic(councils: int) -> tuple[pd.DataFrame, dict[str, Measure]]:
    """Invented observations, flagged `s`: a quarter each of shares, rates, counts and scores.

    One measure in eight has counts so small that exact tests are made.
    """
    rng = np.random.default_rng(2019)
    series = councils * MEASURES
    number = np.repeat(np.arange(series) % MEASURES, YEARS)
    year = np.tile(np.arange(2014, 2014 + YEARS), series)
    kind = number % 4
    base = np.where(number % 8 == 0, 60.0, 2000.0)
    numerator = np.where(kind == 3, np.nan, rng.binomial(base.astype(int), 0.1))
    denominator = np.where(kind >= 2, np.nan, base)
    value = np.select(
        [kind == 0, kind == 1, kind == 2],
        [100 * numerator / base, 1000 * numerator / base, numerator],
        rng.normal(50, 5, number.size),
    )
    frame = pd.DataFrame(
        {
            "measure": np.char.add("m", number.astype(str)),
            "area": np.char.add("E", (10_000_000 + np.arange(number.size) // 390).astype(str)),
            "period": year.astype(str), "value": value,
            "numerator": numerator, "denominator": denominator,
            "lower_ci": np.where(kind == 3, value - 4, np.nan),
            "upper_ci": np.where(kind == 3, value + 4, np.nan),
            "sample_size": np.nan, "flags": "s",
            "period_start": pd.to_datetime(pd.Series(year.astype(str)) + "-01-01"),
            "period_end": pd.to_datetime(pd.Series(year.astype(str)) + "-12-31"),
            "time": year + 0.5,
        }
    )  # fmt: skip
    measures = {
        f"m{i}": Measure(
            measure=f"m{i}", statistic=_KINDS[i % 4], polarity=Polarity.HIGHER, multiplier=1000,
            unit="%" if i % 4 == 0 else "",
        )
        for i in range(MEASURES)
    }  # fmt: skip
    return frame, measures


def main(councils: int) -> None:
    """Judge by every method once; one line of seconds and of memory above the data's own."""
    frame, measures = synthetic(councils)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for method in METHODS:
        start = time.perf_counter()
        assess(frame, measures, method=method)
        sys.stdout.write(f"{method} {time.perf_counter() - start:.2f}\n")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sys.stdout.write(f"megabytes {(peak - before) / 1024:.0f}\n")


def run() -> None:
    """Judge 150 and 600 councils, each in a process of its own, and print the ratios."""
    told = {}
    for councils in COUNCILS:
        command = [sys.executable, "-m", "benchmarks.assessing", str(councils)]
        out = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
        told[councils] = dict(line.split() for line in out.stdout.splitlines())
    few, many = COUNCILS
    size = f"{MEASURES} measures of {YEARS} years in {few} and in {many} councils"
    sys.stdout.write(f"\nkcc_lib assess: {size}, {many // few} times as many\n")
    for name, first in told[few].items():
        second = told[many][name]
        ratio = float(second) / float(first)
        sys.stdout.write(f"  {name:<20} {first:>9} {second:>9}   {ratio:.1f} times\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
