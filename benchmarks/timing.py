"""Timing several ways of one task, round-robin, so that a drifting machine is fair to all."""

import statistics
import sys
import time
from collections.abc import Callable


def compare(title: str, ways: dict[str, Callable[[], object]], *, rounds: int = 5) -> None:
    """Time each way once a round and print medians and the ratio to the first."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for name, way in ways.items():
        way()  # warm: imports, caches
        sys.stderr.write(f"  warmed {name}\n")
    for _ in range(rounds):
        for name, way in ways.items():
            started = time.perf_counter()
            way()
            times[name].append(time.perf_counter() - started)
    first = statistics.median(next(iter(times.values())))
    sys.stdout.write(f"\n{title} (median of {rounds} rounds)\n")
    for name, taken in times.items():
        median = statistics.median(taken)
        ratio = median / first
        sys.stdout.write(f"  {name:<44} {median:10.4f} s  {ratio:10.2f} x ours\n")
