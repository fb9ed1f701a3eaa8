"""How a KPI was judged: its rating and its direction, with the figures each rests on."""

import math
import re

from kcc_lib.presentation.blocks import Block
from kcc_lib.presentation.explanations import because_not_judged, judged_sentences
from kcc_lib.presentation.formats import format_value
from kcc_lib.presentation.quarterly.kpi import PROVISIONAL, KpiView
from kcc_lib.presentation.quarterly.words import better_words, full_value
from kcc_lib.presentation.views import MeasureView, Verdict
from kcc_lib.reasons import Reason
from kcc_lib.vocabulary import Direction, Horizon, Label, Rag

_BASES = {
    "stated": "as the report states it",
    "implied": "as the report's words and counts imply",
}

#: Reasons that qualify the rating, which is told apart from the direction.
_OF_RATING = {Reason.BELOW_TARGET, Reason.ROUNDING_CHANGES_RATING}


def grounds(view: KpiView) -> list[Block]:
    """The parts under "How this was judged"."""
    if view.activity:
        said = [_range_words(view), "An activity indicator is not rated and has no good direction."]
        return [{"heading": "Expected range", "said": said}]
    return [
        {"heading": f"RAG status: {view.rag}", "said": rating_sentences(view)},
        {"heading": f"Direction of travel: {view.direction}", "said": direction_sentences(view)},
    ]


def _range_words(view: KpiView) -> str:
    low, high = (full_value(view.measure, a) for a in (view.aims.lower, view.aims.upper))
    known = [
        f"{name} {text}"
        for name, text, aim in (
            ("at least", low, view.aims.lower), ("at most", high, view.aims.upper),
        )
        if not math.isnan(aim)
    ]  # fmt: skip
    return f"Expected: {' and '.join(known)}." if known else "No thresholds are held."


def rating_sentences(view: KpiView) -> list[str]:
    """Which rating stands, and what target, floor and rounding make of the value."""
    said = []
    if view.listed.rag:
        said.append(
            f"{view.listed.rag}, {_BASES.get(view.listed.rag_basis, 'as the report has it')}."
        )
    measure, aims = view.measure, view.aims
    if math.isnan(view.value):
        said.append("Without a value no rating can be worked out here.")
    elif math.isnan(aims.target):
        said.append("Without a target no rating can be worked out here.")
    else:
        floor = "no floor is held" if math.isnan(aims.floor) else (
            f"a floor of {format_value(measure, aims.floor)}"
        )  # fmt: skip
        soft = view.latest is not None and view.is_provisional(view.latest)
        mark = f" ({PROVISIONAL})" if soft else ""
        said.append(
            f"{full_value(measure, view.value)}{mark} against a target of "
            f"{format_value(measure, aims.target)}; {floor}: {_rated(view)}. "
            f"{better_words(measure)}."
        )
    if Reason.ROUNDING_CHANGES_RATING in view.reasons:
        said.append(
            "The value is rated unrounded; rounded as it is printed it would have another colour."
        )
    return said


def _rated(view: KpiView) -> str:
    if view.our_rag is not Rag.NOT_RATED:
        return view.our_rag.value
    if math.isnan(view.aims.floor):
        return "N/A, because without a floor Amber and Red cannot be told apart"
    return "N/A"


def direction_sentences(view: KpiView) -> list[str]:
    """Which direction stands, and the numbers that ours rests on."""
    said = []
    if view.listed.direction:
        basis = _BASES.get(view.listed.direction_basis, "as the report has it")
        said.append(f"{view.listed.direction}, {basis}.".capitalize())
    if not view.row:
        return [*said, "No figures are held from which a direction could be worked out."]
    codes = [r.value for r in view.reasons if r not in _OF_RATING]
    row = dict(view.row) | {"reasons": " ".join(codes)}
    verdict = Verdict("Direction", row, Horizon(row["horizon"]))
    said.append(f"Worked out here: {view.our_direction}{because_not_judged(verdict)}.")
    said += [in_words(s, view) for s in judged_sentences(_as_measure(view), verdict)]
    return said


def in_words(sentence: str, view: KpiView) -> str:
    """A sentence in the words of the report: improving for Improving."""
    better, neither, worse = (str(w) for w in view.words)
    words = {
        Label.NOT_IMPROVING.value: worse, Label.IMPROVING.value: better,
        Label.MAINTAINING.value: neither, Label.NO_SIGNIFICANT_CHANGE.value: neither,
        Label.NOT_JUDGED.value: Direction.NOT_GIVEN.value,
    }  # fmt: skip
    pattern = "|".join(re.escape(w) for w in words)
    return re.sub(rf"\b({pattern})\b", lambda m: words[m.group()], sentence)


def _as_measure(view: KpiView) -> MeasureView:
    empty = view.points.iloc[:0]
    return MeasureView(
        measure=view.measure, area=view.area, comparator="", points=view.points, other=empty,
        verdicts=(), held_at_all=not view.held.empty,
    )  # fmt: skip
