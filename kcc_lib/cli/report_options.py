"""What is wrong with options of `kcc report` by themselves, whatever day and machine it is."""

import math
from typing import Any

import click

from kcc_lib.cli.summarising import web_address_fault


class Seconds(click.FloatRange):
    """A time that ends, as a number of seconds; Python reads `nan` and `inf` as numbers too."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Read it."""
        seconds: float = super().convert(value, param, ctx)
        if not math.isfinite(seconds):
            self.fail(f"{value!r} is no number of seconds; write one such as 900", param, ctx)
        return seconds


def option_faults(*, jobs: int, scheduler: str, address: str) -> list[str]:
    """All that is wrong with where it builds and where its pages are served."""
    faults = []
    if scheduler and jobs:
        faults.append("--jobs is for this machine; with --scheduler its workers decide")
    if scheduler:
        from kcc_lib.publish.cluster import scheduler_fault

        faults.append(scheduler_fault(scheduler))
    faults.append(web_address_fault(address))
    return [fault for fault in faults if fault]
