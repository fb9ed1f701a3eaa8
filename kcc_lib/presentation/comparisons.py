"""An area beside England and its statistical neighbours, in sentences that name the period."""

from collections.abc import Sequence

from kcc_lib.judgement.labels import reason_codes
from kcc_lib.measures import Measure
from kcc_lib.presentation.beside import Beside
from kcc_lib.presentation.by_measure import Row
from kcc_lib.presentation.formats import (
    format_change,
    format_number,
    format_period,
    format_value,
    in_period,
    moved,
)
from kcc_lib.presentation.views import MeasureView
from kcc_lib.reasons import Basis, Reason
from kcc_lib.vocabulary import Comparison, Polarity, Statistic

_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
)  # fmt: skip
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
#: Told in the sentence itself, or of no use to a reader of it.
_SAID = {Reason.NO_UNCERTAINTY, Reason.STATISTIC_UNKNOWN, Reason.NO_POLARITY}


def beside_line(view: MeasureView) -> str:
    """The short line under a measure's figures; "" where nothing can be set beside it."""
    beside = view.beside
    said = [
        f"Beside {row['name']} {in_period(row['period'])}: {outcome_words(view.measure, row)}."
        for row in beside.wholes[:1]
    ]
    if beside.ranked:
        place = place_words(view.measure, beside.standing)
        when = in_period(beside.standing["period"])
        said.append(f"{_capital(place)} with its statistical neighbours {when}.")
    return " ".join(said)


def outcome_words(measure: Measure, row: Row) -> str:
    """What a comparison came to, in a few words."""
    if row["label"] == Comparison.NOT_COMPARED:
        way = moved(measure, row["other_value"], row["value"])
        where = {1: "higher", -1: "lower", 0: "the same"}[way]
        return f"{where}, not tested"
    if row["label"] == Comparison.SIMILAR:
        return "no clear difference"
    return str(row["label"]).lower()


def comparison_sentences(view: MeasureView) -> list[str]:
    """The evidence: each comparison with its numbers and test, then the place and who are in it."""
    beside = view.beside
    said = [sentence for row in beside.wholes for sentence in _whole_sentences(view, row)]
    if beside.ranked:
        said += [*_place_sentences(view), *_neighbour_sentences(beside)]
    return said


def _whole_sentences(view: MeasureView, row: Row) -> list[str]:
    """England: both values, the difference, and whether it is more than chance."""
    measure = view.measure
    ours, other = (format_value(measure, row[v]) for v in ("value", "other_value"))
    when = _capital(in_period(row["period"]))
    if measure.statistic is Statistic.GAP:
        other = format_number(row["other_value"], measure.decimals)
        opening = f"{when} the gap was {ours} in {view.area} and {other} in {row['name']}"
    else:
        opening = f"{when} {view.area} was {ours} and {row['name']} {other}"
    difference = f"the difference ({format_change(measure, row['difference'])})"
    if row["label"] == Comparison.NOT_COMPARED:
        lacking = "; ".join(r.meaning for r in _codes(row) if r in _SAID) or "no test is possible"
        told = f"{opening}. Whether {difference} is chance cannot be said: {lacking}."
    else:
        verdict = _verdict(measure, row, difference)
        told = f"{opening}: {verdict} ({_basis_words(view, row)}, {_p_words(row['p_value'])})."
    return [told, *_caveats(row)]


def _basis_words(view: MeasureView, row: Row) -> str:
    if row["basis"] == Basis.OWN_INTERVAL:
        return f"{row['name']} against {view.area}'s own 95% interval"
    return Basis(row["basis"]).meaning


def _verdict(measure: Measure, row: Row, difference: str) -> str:
    if row["label"] != Comparison.SIMILAR:
        word = str(row["label"]).lower()
        return f"{word}, and {difference} is larger than chance would explain"
    way = moved(measure, row["other_value"], row["value"])
    where = {1: "higher", -1: "lower", 0: "the same as printed"}[way]
    return f"{where}, but {difference} is no larger than chance could explain"


def _caveats(row: Row) -> list[str]:
    """What a reader should bear in mind of one comparison."""
    notes = []
    for reason in _codes(row):
        if reason is Reason.COMPARATOR_TAKEN_AS_KNOWN and row["basis"] == Basis.OWN_INTERVAL:
            notes.append(f"{row['name']} is so large that its own error is left out")
        elif reason not in _SAID:
            notes.append(reason.meaning)
    return [f"To bear in mind: {'; '.join(notes)}."] if notes else []


def _place_sentences(view: MeasureView) -> list[str]:
    beside, row = view.beside, view.beside.standing
    best = "1st is the best"
    if view.measure.polarity not in {Polarity.HIGHER, Polarity.LOWER}:
        best = "1st is the highest, which is not judged good or bad"
    place = place_words(view.measure, row)
    said = [
        f"{_capital(in_period(row['period']))} {view.area} was {place} "
        f"({_company(beside, view.area)}); {best}."
    ]
    notes = [r.meaning for r in _codes(row) if r is not Reason.NO_POLARITY]
    if notes:
        said.append(f"To bear in mind of the place: {'; '.join(notes)}.")
    return said


def _company(beside: Beside, area: str) -> str:
    """Who is ranked: all the neighbours of the list and ours, or those with a figure."""
    every = list(beside.names)
    held = [n for n in every if n in beside.standing["held_names"]]
    listed = f"statistical neighbours, as listed in {format_period(beside.listed)}, and {area}"
    if len(held) == len(every):
        return f"its {_number(len(every))} {listed}"
    missing = listing([n for n in every if n not in held])
    return f"{_number(len(held))} of its {_number(len(every))} {listed}; none held for {missing}"


def _neighbour_sentences(beside: Beside) -> list[str]:
    """How ours stands to each neighbour in the period of the place, tested one by one."""
    rows = [r for r in beside.neighbours if r["period"] == beside.standing["period"]]
    found = {label: [r["name"] for r in rows if r["label"] == label.value] for label in Comparison}
    told_of = {r["name"] for r in rows}
    # the last period that is common with one of them may be another
    told_then = {
        r["name"] for r in beside.neighbours
        if r["name"] not in told_of and r["label"] != Comparison.NOT_COMPARED.value
    }  # fmt: skip
    rest = [n for n in beside.names if n in beside.standing["held_names"] and n not in told_of]
    elsewhere = [n for n in rest if n in told_then]
    untested = [*found[Comparison.NOT_COMPARED], *(n for n in rest if n not in told_then)]
    compared_then = f" Compared in another period: {listing(elsewhere)}." if elsewhere else ""
    if len(found[Comparison.NOT_COMPARED]) == len(rows):
        told = "Too little is held of its neighbours to say which of the differences are chance."
        return [told + compared_then, *_version_sentences(beside)]
    opening = {
        Comparison.BETTER: "better than", Comparison.WORSE: "worse than",
        Comparison.HIGHER: "higher than", Comparison.LOWER: "lower than",
        Comparison.SIMILAR: "not clearly different from",
    }  # fmt: skip
    parts = [f"{words} {listing(found[label])}" for label, words in opening.items() if found[label]]
    told = f"Tested against each at the 95% level: {'; '.join(parts)}."
    if untested:
        told += f" Not tested against {listing(untested)}."
    return [told + compared_then, *_version_sentences(beside)]


def _version_sentences(beside: Beside) -> list[str]:
    """What is later than the edition: the list of neighbours, and their figures."""
    said = []
    if beside.list_is_later:
        said.append("The list of neighbours is later than this report.")
    if beside.revised:
        said.append("Some or all of their figures are as last revised, not as known at the time.")
    return said


def place_words(measure: Measure, row: Row) -> str:
    """A place: "3rd of 11", "joint 3rd of 11", "3rd highest of 11"."""
    joint = "joint " if row["tied"] else ""
    judged = measure.polarity in {Polarity.HIGHER, Polarity.LOWER}
    highest = "" if judged else " highest"
    return f"{joint}{ordinal(int(row['position']))}{highest} of {int(row['of'])}"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    if number % 100 in {11, 12, 13}:
        return f"{number}th"
    return f"{number}{_ENDINGS.get(number % 10, 'th')}"


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def listing(names: Sequence[str]) -> str:
    """Names in a sentence: "Devon", "Devon and Essex", "Devon, Essex and Kent"."""
    head = ", ".join(names[:-1])
    return f"{head} and {names[-1]}" if head else names[-1]


def _codes(row: Row) -> list[Reason]:
    return reason_codes(str(row["reasons"]))


def _p_words(p: float) -> str:
    return "p below 0.001" if p < 0.001 else f"p = {p:.3f}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
