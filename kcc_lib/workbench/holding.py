"""What a builder holds of an edition by area: loaded and judged once for all its areas.

The processes that build an area are forked from the builder and find it here. Nothing is held
while an analyst works: every notebook outside a build loads and judges for itself.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pandas as pd

from kcc_lib.presentation.report import Report
from kcc_lib.records.editions import Edition

_held: list[Report] = []


@contextmanager
def holding(report: Report) -> Iterator[None]:
    """Hold an edition by area, judged for all of them, for the processes forked meanwhile."""
    _held.append(report)
    try:
        yield
    finally:
        _held.pop()


def observations_held() -> pd.DataFrame | None:
    """The observations that a builder holds; None where there is none."""
    return _held[-1].observations if _held else None


def judged_before(
    observations: pd.DataFrame, edition: Edition, method: str, preset: str | None,
    areas: Sequence[str] | None,
) -> pd.DataFrame | None:  # fmt: skip
    """What a builder judged of the same, by the edition's own method; None where it did not."""
    if not _held or observations is not _held[-1].observations:
        return None
    held, judgements = _held[-1].edition, _held[-1].judgements
    own = method == held.method and preset in {None, held.preset}
    wanted = set(areas or held.areas)
    if edition != held or not own or not wanted <= set(held.areas):
        return None
    return judgements[judgements["area"].isin(wanted)].reset_index(drop=True)
