"""Messages about rows under a rule of suppression: where and what to do, and never a number."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from kcc_lib.errors import Fault

#: What messages may always quote: what a row is of, and not what it says.
_NAMES = ("measure", "area", "period", "edition", "table", "row", "column", "figure")
_NUMBER = re.compile(r"[-+−]?\d+(?:[.,]\d+)*(?:e[-+]?\d+)?", re.IGNORECASE)
#: Lines named in a message are no secret.
_LINE = re.compile(r"(?<=line )\d+")
SHORTHAND = "[c]"


def veil(
    faults: Sequence[Fault], secret: Collection[tuple[str, int]] | None, *, ruled: bool
) -> list[Fault]:
    """Faults that quote no number of the rows that a rule is of.

    Parameters
    ----------
    secret
        File and line of these rows; None where it cannot be told which they are.
    ruled
        Whether there is any rule: then nothing is quoted of a row that was torn apart, since
        nobody can tell what it is of.
    """
    if not ruled:
        return list(faults)
    return [
        _veiled(f) if secret is None or (f.file, f.line) in secret or not f.column else f
        for f in faults
    ]


def _veiled(fault: Fault) -> Fault:
    if fault.column in _NAMES:
        return fault
    found = SHORTHAND if _NUMBER.search(fault.found) else fault.found
    kept = _LINE.findall(fault.problem)
    problem = _NUMBER.sub(lambda m: m[0] if m[0] in kept else SHORTHAND, fault.problem)
    return replace(fault, found=found, problem=problem)
