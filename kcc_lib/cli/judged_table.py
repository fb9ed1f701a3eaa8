"""Judgements and outcomes as `kcc assess` prints them for reading in a terminal."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from kcc_lib.measures import Measure
from kcc_lib.presentation.formats import MINUS, format_period
from kcc_lib.reasons import Basis, Reason
from kcc_lib.vocabulary import Label

_HEADS = ["measure", "area", "horizon", "judgement", "direction", "from", "to", "change", "p",
          "RAG", "reasons"]  # fmt: skip
#: Decimals beyond which nobody reads: the other formats have them all.
_MOST = 6


def decimals_of(observations: pd.DataFrame, measures: Mapping[str, Measure]) -> dict[str, int]:
    """How many decimals each measure is printed with: those told of it, else its values' most."""
    held = observations[observations["value"].notna()]
    told = {m: record.decimals for m, record in measures.items() if record.decimals is not None}
    found = held[~held["measure"].isin(told)].groupby("measure")["value"]
    return told | {str(m): max(map(_decimals, values.unique())) for m, values in found}


def _decimals(value: float) -> int:
    exponent = Decimal(repr(float(value))).normalize().as_tuple().exponent
    return min(max(0, -int(exponent)), _MOST)


def judgement_table(judgements: pd.DataFrame, decimals: Mapping[str, int]) -> str:
    """Judgements for reading in a terminal, one line each.

    Parameters
    ----------
    decimals
        How many each measure's values are printed with, as their changes are; the slope of a
        line has one more.
    """
    records = [{str(k): v for k, v in row.items()} for row in judgements.to_dict("records")]
    rows = [_HEADS, *(_row(row, decimals.get(row["measure"], 1)) for row in records)]
    judged = sum(r["label"] not in {Label.NOT_JUDGED, Label.NOT_APPLICABLE} for r in records)
    lines = _aligned(_without_empty(rows))
    return "\n".join([*lines, "", f"{judged} of {len(judgements)} judged", ""])


def _row(row: Mapping[str, Any], places: int) -> list[str]:
    p = row["p_value"]
    shown = "" if pd.isna(p) else ("<0.001" if p < 0.001 else f"{p:.3f}")
    reasons = "; ".join(Reason(code).of(p) for code in row["reasons"].split())
    told = [row[c] for c in ("measure", "area", "horizon", "label", "direction")]
    spans = [_at(row, end, places) for end in ("from", "to")]
    return [*told, *spans, _change(row, places), shown, row["rag"], reasons]


def _at(row: Mapping[str, Any], end: str, places: int) -> str:
    """A value with its period, as far as each is known."""
    value, period = row[f"value_{end}"], format_period(row[f"period_{end}"])
    if not period or pd.isna(value):
        return period
    return f"{_number(value, places)} ({period})"


def _change(row: Mapping[str, Any], places: int) -> str:
    change, a_year = row["change"], row["basis"] in {Basis.TREND, Basis.WEIGHTED_TREND}
    if pd.isna(change):
        return ""
    places += a_year
    # what is printed as nought would be taken for no change
    while places < _MOST and 0 < abs(change) < 0.5 * 10**-places:
        places += 1
    return _number(change, places) + (" a year" if a_year else "")


def _number(value: float, places: int) -> str:
    """A number with all of its places, that a column of them can be compared."""
    text = f"{abs(value):,.{places}f}"
    negative = value < 0 and any(c in "123456789" for c in text)
    return f"{MINUS}{text}" if negative else text


def outcome_table(found: pd.DataFrame) -> str:
    """Supporting outcomes for reading in a terminal, one line each, with their counts."""
    heads = ["outcome", "area", "horizon", "judgement", "improving", "maintaining",
             "not improving", "mixed", "judged", "net"]  # fmt: skip
    rows = [heads]
    for row in found.to_dict("records"):
        star = "*" if Reason.SINGLE_MEASURE in row["reasons"].split() else ""
        counts = [str(row[c]) for c in ("improving", "maintaining", "not_improving", "mixed")]
        judged, net = f"{row['judged']} of {row['measures']}", f"{row['net']:+d}"
        rows.append([row["outcome"], row["area"], row["horizon"], row["label"] + star, *counts,
                     judged, net])  # fmt: skip
    lines = _aligned(rows)
    if any(row[3].endswith("*") for row in rows):
        lines += ["", "* rests on a single measure"]
    return "\n".join([*lines, ""])


def _aligned(rows: list[list[str]]) -> list[str]:
    widths = [max(len(r[i]) for r in rows) for i in range(len(rows[0]))]
    return ["  ".join(c.ljust(w) for c, w in zip(r, widths, strict=True)).rstrip() for r in rows]


def _without_empty(rows: list[list[str]]) -> list[list[str]]:
    spare = {"RAG", "direction"}
    kept = [i for i, name in enumerate(rows[0]) if name not in spare or any(r[i] for r in rows[1:])]
    return [[row[i] for i in kept] for row in rows]
