"""What judgements rest on, in a clause each: why two methods differ."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from kcc_lib.measures import Measure
from kcc_lib.presentation.explanations import p_words
from kcc_lib.presentation.formats import format_change, format_number
from kcc_lib.reasons import Basis, Reason
from kcc_lib.vocabulary import Horizon, Label

Row = Mapping[str, Any]
VERDICTS = {str(w) for w in (Label.IMPROVING, Label.MAINTAINING, Label.NOT_IMPROVING)}


def grounds(measure: Measure, rows: Sequence[Row]) -> str:
    """What each method's answer rests on, each clause said once."""
    clauses = dict.fromkeys(c for r in rows if (c := _clause(measure, r)))
    text = "; ".join(clauses)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _clause(measure: Measure, row: Row) -> str:
    """What one judgement rests on, in a clause; "" where there is none."""
    basis = Basis(row["basis"])
    if basis in {Basis.NONE, Basis.LAST_PERIOD} or row["label"] not in VERDICTS:
        return ""
    size = abs(row["change"])
    said = {
        Basis.VARIANCE_POINTS: f"the change is {format_change(measure, size)}",
        Basis.INTERVAL_OVERLAP: "the two intervals "
        + ("do not overlap" if size > row["detectable_change"] else "overlap"),
        Basis.WEIGHTED_TREND: "chi-squared of the weighted trend is "
        + format_number(row["statistic"], 1),
    }
    if basis is Basis.VARIANCE:
        return _variance_clause(row)
    return said.get(basis) or _test_clause(row, basis)


def _variance_clause(row: Row) -> str:
    share = format_number(abs(row["change"] / row["value_from"]) * 100, 1)
    side = "more" if row["label"] != Label.MAINTAINING else "not more"
    return f"the change{_years(row)} is {share}% of the earlier value, {side} than 5%"


def _test_clause(row: Row, basis: Basis) -> str:
    if math.isnan(row["p_value"]):
        straight = Reason.PERFECT_FIT in str(row["reasons"]).split()
        return "the points lie on a straight line" if straight else ""
    subject = "the line's slope" if basis is Basis.TREND else "the test of two periods"
    return f"{subject} has {p_words(row['p_value'])}"


def _years(row: Row) -> str:
    if row["horizon"] == Horizon.ONE_YEAR:
        return ""
    shorter = Reason.TWO_YEAR_FALLBACK in str(row["reasons"]).split()
    return " over two years" if shorter else " over three years"
