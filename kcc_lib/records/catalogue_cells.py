"""Cells that only the catalogue has: breaks in series, answers, and numbers within bounds."""

from typing import Any

import numpy as np

from kcc_lib.errors import Fault
from kcc_lib.measures import Break
from kcc_lib.periods import PeriodError, parse_period
from kcc_lib.records.cells import read_numbers
from kcc_lib.records.lines import Lines
from kcc_lib.records.riding import LEAST
from kcc_lib.vocabulary import BreakGrade, PeriodType

#: Kinds of period that a rolling figure may be named by.
_ROLLED = {PeriodType.FINANCIAL_QUARTER, PeriodType.MONTH, PeriodType.SNAPSHOT}


def read_breaks(
    lines: Lines, row: int, text: str, period_type: PeriodType | None
) -> tuple[tuple[Break, ...], list[Fault]]:
    """`period:hard|noted:reason`, several separated by ` | `."""
    breaks, faults = [], []
    for part in filter(None, (p.strip() for p in text.split(" | "))):
        pieces = part.split(":", 2)
        try:
            label, grade, reason = pieces
            breaks.append(
                Break(parse_period(label, period_type), BreakGrade(grade), reason.strip())
            )
        except PeriodError as error:
            faults.append(lines.fault(row, "breaks", error.problem, error.remedy))
        except ValueError:
            remedy = "write period:hard:reason or period:noted:reason"
            faults.append(lines.fault(row, "breaks", "is not a break in series", remedy))
    return tuple(sorted(breaks, key=lambda b: b.period.end)), faults


def read_answers(lines: Lines, column: str) -> tuple[list[bool], list[Fault]]:
    """Read one column of yes or no; blank is no."""
    texts = lines.text(column)
    wrong = [text for text in dict.fromkeys(texts) if text not in {"yes", "no", ""}]
    said = dict.fromkeys(wrong, ("is not yes or no", "write yes or no"))
    return [text == "yes" for text in texts], lines.faulty_texts(column, said)


def check_rolling(lines: Lines, columns: dict[str, list[Any]]) -> list[Fault]:
    """Only what is named by a quarter or a month can cover the twelve months to its end."""
    problem = "cannot be of a measure whose periods are not quarters or months"
    return [
        lines.fault(row, "rolling", problem, "write no, or mend the period_type")
        for row, rolling in enumerate(columns["rolling"])
        if rolling and columns["period_type"][row] not in {None, *_ROLLED}
    ]


def read_catalogue_numbers(lines: Lines) -> tuple[dict[str, list[float | None]], list[Fault]]:
    """Read the columns of numbers, None where blank, and check what each can be."""
    columns: dict[str, list[float | None]] = {}
    faults: list[Fault] = []
    for name in ("decimals", "multiplier", "design_effect", "rounding"):
        numbers, more = read_numbers(lines, name)
        columns[name] = [None if np.isnan(n) else float(n) for n in numbers]
        faults += more
    faults += [
        lines.fault(row, "decimals", "is not a number of decimals", "write 0, 1, 2 or 3")
        for row, number in enumerate(columns["decimals"])
        if number is not None and number not in (0, 1, 2, 3)
    ]
    faults += [
        lines.fault(row, name, *LEAST[name][1:])
        for name in LEAST
        for row, number in enumerate(columns[name])
        if number is not None and number < LEAST[name][0]
    ]
    return columns, faults
