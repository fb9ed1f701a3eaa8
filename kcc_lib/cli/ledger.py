"""`kcc freshness`: of every measure the last figure held, and whether the next one is late."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime

import pandas as pd

from kcc_lib.cli.clock import day_asked
from kcc_lib.errors import UnknownNameError
from kcc_lib.presentation.downloads.text import csv_text, json_text
from kcc_lib.records.freshness import LedgerRow, freshness_ledger
from kcc_lib.records.opening import open_holdings
from kcc_lib.vocabulary import Freshness


def ledger_text(edition: str, as_of: datetime | None, style: str) -> tuple[str, str]:
    """The ledger of every measure, or of an edition's, and one line that counts it.

    Raises
    ------
    UnknownNameError
        If there is no such edition.
    DataError
        If the data have faults; all of them are named.
    """
    day = day_asked(as_of)
    holdings, editions = open_holdings()
    if edition and edition not in editions:
        raise UnknownNameError("edition", edition, list(editions))
    chosen = editions.get(edition)
    areas = sorted({e.area for e in (editions.values() if chosen is None else [chosen])})
    rows = freshness_ledger(holdings, areas, day, chosen.measures if chosen else None)
    counts = Counter(row.state for row in rows)
    told = ", ".join(f"{counts[state]} {state}" for state in Freshness if counts[state])
    return _styled(rows, style), f"{len(rows)} measures as of {day}: {told}"


def _styled(rows: Sequence[LedgerRow], style: str) -> str:
    if style == "text":
        return _table(rows)
    told = [{k: _plain(v) for k, v in asdict(row).items()} for row in rows]
    frame = pd.DataFrame(told, columns=[f.name for f in fields(LedgerRow)], dtype=object)
    return csv_text(frame) if style == "csv" else json_text(frame)


def _plain(value: object) -> object:
    """A cell as a file has it: whole numbers as they are, nothing as nothing."""
    return value if value is None or isinstance(value, int) else str(value)


def _table(rows: Sequence[LedgerRow]) -> str:
    lines = [("measure", "frequency", "last held", "next", "expected by", "state")]
    for row in rows:
        late = f", {row.days_late} days" if row.days_late else ""
        expected = str(row.expected or ("" if row.state is Freshness.ENDED else "not known"))
        lines.append((
            row.measure, str(row.frequency), row.last_period or "none", row.next_period,
            expected, f"{row.state}{late}",
        ))  # fmt: skip
    widths = [max(len(line[n]) for line in lines) for n in range(len(lines[0]))]
    padded = ("  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) for line in lines)
    return "".join(f"{line.rstrip()}\n" for line in padded)
