"""Timing several ways of one task, round-robin, so that a drifting machine is fair to all."""

import os
import shutil
import statistics
import sys
import time
from collections.abc import Callable


def compare(
    title: str, ways: dict[str, Callable[[], object]], *, rounds: int = 5, warm: bool = True
) -> None:
    """Time each way once a round and print medians and the ratio to the first.

    Every way is run once before, unless `warm` is false: where one run takes minutes and
    imports are warm already.
    """
    times: dict[str, list[float]] = {name: [] for name in ways}
    for name, way in ways.items() if warm else ():
        way()  # imports, caches
        sys.stderr.write(f"  warmed {name}\n")
    for _ in range(rounds):
        for name, way in ways.items():
            started = time.perf_counter()
            way()
            times[name].append(time.perf_counter() - started)
            sys.stderr.write(f"  timed {name}\n")
    first = statistics.median(next(iter(times.values())))
    sys.stdout.write(f"\n{title} (median of {rounds} rounds)\n")
    for name, taken in times.items():
        median = statistics.median(taken)
        ratio = median / first
        sys.stdout.write(f"  {name:<44} {median:10.4f} s  {ratio:10.2f} x ours\n")


def browser_path() -> str:
    """The browser to measure pages in; "" where there is none."""
    return os.environ.get("KCC_CHROMIUM") or shutil.which("chromium") or ""
