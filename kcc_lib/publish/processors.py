"""How many processors a build may use: a container's share of a machine, not the whole of it."""

import math
import os
from pathlib import Path

_CGROUP = Path("/sys/fs/cgroup")


def processors(cgroup: Path = _CGROUP) -> int:
    """The processors that this process may use at once; at least 1.

    A container counts every processor of its machine, though a quota gives it the time of
    two. Sixteen processes that share two processors only hold sixteen times the memory.

    Parameters
    ----------
    cgroup
        Where the system tells the quota: version 2 in `cpu.max`, version 1 in `cpu/cpu.cfs_*`.
    """
    affinity = getattr(os, "sched_getaffinity", None)  # not on Windows and macOS
    allowed = len(affinity(0)) if affinity else os.cpu_count() or 1
    return max(1, min(allowed, math.ceil(_quota(cgroup) or allowed)))


def _quota(cgroup: Path) -> float | None:
    """Processors' worth of time in each period; None where there is no limit."""
    try:
        told = (cgroup / "cpu.max").read_text("ascii").split()
    except OSError:
        told = []
    try:
        told = told or [
            (cgroup / "cpu" / f"cpu.cfs_{name}_us").read_text("ascii").strip()
            for name in ("quota", "period")
        ]
        share = int(told[0]) / int(told[1])
    except (OSError, ValueError, IndexError, ZeroDivisionError):
        return None  # "max", -1 below, or a system that tells it otherwise
    return share if share > 0 else None
