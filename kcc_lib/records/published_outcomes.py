"""What a report printed of its supporting outcomes: a word for each, and counts of the words."""

from collections.abc import Iterable, Sequence

import numpy as np

from kcc_lib.errors import Fault, nearest
from kcc_lib.measures import OVERALL, PublishedCount, PublishedOutcome
from kcc_lib.records.catalogue_cells import read_answers
from kcc_lib.records.cells import read_numbers, read_words, require_filled, split_parts
from kcc_lib.records.edition_tables import Tables
from kcc_lib.records.figures import FIGURES
from kcc_lib.records.hidden_figures import hide_figures
from kcc_lib.records.lines import Contract, Lines
from kcc_lib.vocabulary import Horizon, Label

_OUTCOMES_FILE, _COUNTS_FILE = "published_outcomes.csv", "published_outcome_counts.csv"
#: The files of `data/raw` read here.
FILES = (_OUTCOMES_FILE, _COUNTS_FILE)
OUTCOMES = Contract(
    "published outcomes",
    ("edition", "outcome", "horizon", "label", "single_measure", "source", "locator"),
    ("note",),
)
COUNTS = Contract(
    "published outcome counts", ("edition", "horizon", "labels", "figure", "period_label")
)
#: The words an outcome can have.
WORDS = (
    Label.IMPROVING, Label.MAINTAINING, Label.MIXED, Label.NOT_IMPROVING, Label.NOT_APPLICABLE,
    Label.NOT_JUDGED,
)  # fmt: skip


def read_published_outcomes(
    tables: Tables, edition: str, outcomes: Sequence[str], horizons: Iterable[str]
) -> tuple[tuple[PublishedOutcome, ...], list[Fault]]:
    """Read the words that one edition printed for supporting outcomes.

    Parameters
    ----------
    outcomes, horizons
        The supporting outcomes there are, and the horizons of the edition: where any word is
        given, each outcome needs one for each horizon.
    """
    lines, faults = tables.open(_OUTCOMES_FILE, OUTCOMES, needed=False)
    if lines is None:
        return (), faults
    faults += require_filled(lines, ("edition", "outcome", "label", "source", "locator"))
    spans, more = read_words(lines, "horizon", Horizon)
    faults += more
    labels, more = read_words(lines, "label", Label, what="judgement")
    faults += more
    single, more = read_answers(lines, "single_measure")
    faults += more
    found: list[PublishedOutcome] = []
    given: set[tuple[str, str]] = set()
    for row, cells in tables.rows(lines, edition, ("edition", "outcome", "horizon"), faults):
        horizon, label = spans[row], labels[row]
        given.add((cells["outcome"], cells["horizon"]))
        if cells["outcome"] not in (*outcomes, OVERALL):
            remedy = nearest(cells["outcome"], [*outcomes, OVERALL], shown=22)
            faults.append(lines.fault(row, "outcome", "is no supporting outcome", remedy))
        elif not cells["horizon"] and cells["outcome"] != OVERALL:
            faults.append(lines.fault(row, "horizon", "is blank", "fill it in"))
        elif horizon and horizon not in horizons:
            remedy = nearest(horizon, list(horizons))
            faults.append(lines.fault(row, "horizon", "is no horizon of this edition", remedy))
        elif label and label not in WORDS:
            remedy = nearest(label, WORDS, shown=len(WORDS))
            faults.append(lines.fault(row, "label", "is no word of an outcome", remedy))
        elif label:
            note = cells.get("note", "")
            found.append(PublishedOutcome(cells["outcome"], horizon, label, single[row], note))
    if given and not any(f.column in {"edition", "outcome", "horizon"} for f in faults):
        faults += _missing(lines, edition, given, outcomes, horizons)
    return tuple(found), faults


def _missing(
    lines: Lines,
    edition: str,
    given: set[tuple[str, str]],
    outcomes: Sequence[str],
    horizons: Iterable[str],
) -> list[Fault]:
    """A report that printed a word for some outcomes printed one for all of them.

    A misspelt name is told as such; what it meant is not told as missing too.
    """
    lacking = [(o, h) for o in outcomes for h in horizons if (o, h) not in given]
    remedy = "add its row; what print leaves blank is Not judged with a note"
    return [
        Fault(lines.file, 0, "outcome", o, f"has no word over {h} in {edition}", remedy)
        for o, h in lacking
    ]


def read_published_counts(
    tables: Tables, edition: str
) -> tuple[tuple[PublishedCount, ...], list[Fault]]:
    """Read how many outcomes one edition says have which words: figures of its document."""
    lines, faults = tables.open(_COUNTS_FILE, COUNTS, needed=False)
    if lines is None:
        return (), faults
    faults += require_filled(lines, COUNTS.required)
    spans, more = read_words(lines, "horizon", Horizon)
    faults += more
    figures, _ = tables.open("document_figures.csv", FIGURES)  # its own faults are told elsewhere
    hidden = hide_figures(figures, tables.suppression).rows if figures else frozenset()
    stated = _stated(figures, hidden) if figures else {}
    found = []
    for row, cells in tables.rows(lines, edition, ("edition", "horizon", "labels"), faults):
        words = split_parts(cells["labels"])
        unknown = [w for w in words if w not in list(WORDS)]
        named = (cells["figure"], cells["period_label"])
        for word in unknown:
            remedy = nearest(word, WORDS, shown=len(WORDS))
            problem = f"names no word of an outcome ({word!r})"
            faults.append(lines.fault(row, "labels", problem, remedy))
        if named not in stated:
            remedy = nearest(named[0], sorted({name for name, _ in stated}))
            problem = "is no figure of document_figures.csv with this period and a denominator"
            faults.append(lines.fault(row, "figure", problem, remedy))
        elif (horizon := spans[row]) and not unknown:
            labels = tuple(Label(w) for w in words)
            found.append(PublishedCount(horizon, labels, *stated[named], named[0]))
    return tuple(found), faults


def _stated(figures: Lines, hidden: frozenset[int]) -> dict[tuple[str, str], tuple[float, float]]:
    """The value and denominator of each document figure that has both, and may tell them."""
    values, totals = (read_numbers(figures, c)[0] for c in ("value", "denominator"))
    names = zip(figures.text("figure"), figures.text("period_label"), strict=True)
    return {
        name: (float(value), float(total))
        for row, (name, value, total) in enumerate(zip(names, values, totals, strict=True))
        if np.isfinite(value) and np.isfinite(total) and row not in hidden
    }
