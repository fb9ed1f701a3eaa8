"""The word of a supporting outcome as a page shows it: print's, ours, and why they differ."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from kcc_lib.judgement.labels import reason_codes
from kcc_lib.judgement.outcomes import VERDICTS
from kcc_lib.measures import OVERALL
from kcc_lib.presentation.beside_print import BesidePrint
from kcc_lib.presentation.blocks import Block
from kcc_lib.presentation.formats import count_words
from kcc_lib.reasons import Reason
from kcc_lib.records.editions import Edition
from kcc_lib.vocabulary import Label

_COUNTED = (
    ("improving", Label.IMPROVING), ("maintaining", Label.MAINTAINING),
    ("not_improving", Label.NOT_IMPROVING), ("mixed", Label.MIXED),
)  # fmt: skip
#: Caveats of the measures that an outcome's own sentence repeats.
_CAVEATS = (
    Reason.TWO_YEAR_FALLBACK, Reason.DEFINITION_CLOSE, Reason.BREAK_NOTED, Reason.GAP_2,
    Reason.OVERLAPPING_PERIODS, Reason.PROVISIONAL_USED,
)  # fmt: skip
#: What is said otherwise of a word, which is put together of judgements with a p and without.
_OF_MEASURES = {
    Reason.OVERLAPPING_PERIODS: "periods of a measure overlap and share data",
}


@dataclass(frozen=True, slots=True)
class OutcomeWord(BesidePrint):
    """The word of one outcome over one horizon; `row` is its row of `outcomes_beside`."""

    outcome: str
    starred_in_print: bool = False

    @property
    def starred(self) -> bool:
        """Whether the word that stands rests on a single measure."""
        if self.published:
            return self.starred_in_print
        return Reason.SINGLE_MEASURE in self.reasons

    @property
    def recomputed(self) -> bool:
        """Whether ours is a word at all."""
        return self.ours in VERDICTS

    @property
    def reasons(self) -> list[Reason]:
        """What qualifies ours."""
        return reason_codes(str(self.row["reasons"]))

    @property
    def cell(self) -> Block:
        """The word that stands as a table shows it."""
        return {"label": self.label, "note": "", "star": self.starred}


def outcome_words(edition: Edition, outcomes: pd.DataFrame, area: str) -> list[OutcomeWord]:
    """The words of one area: outcomes in code order with all horizons, then the overall ones."""
    stars = {(p.outcome, p.horizon) for p in edition.published_outcomes if p.single_measure}
    rows = outcomes[outcomes["area"] == area].to_dict("records")
    return [
        OutcomeWord(
            heading=edition.horizons.get(row["horizon"], row["horizon"]),
            row={str(k): v for k, v in row.items()},
            outcome=str(row["outcome"]),
            starred_in_print=(row["outcome"], row["horizon"]) in stars,
        )
        for row in rows
    ]  # fmt: skip


def outcome_anchor(code: str) -> str:
    """The id of a supporting outcome on its page, stable across editions."""
    return f"so-{code.replace('.', '-')}"


def words_block(words: Sequence[OutcomeWord]) -> Block:
    """The words of one outcome over each horizon, with how ours stand to them."""
    return {
        "kind": "verdicts",
        "verdicts": [
            {"heading": w.heading, "label": w.label, "note": standing_note(w), "star": w.starred}
            for w in words
        ],
    }


def standing_note(word: OutcomeWord) -> str:
    """How ours stands to the printed word, in a few words."""
    of = f"{word.row['judged']} of {count_words(word.row['measures'], 'measure')}"
    if not word.published:
        return f"Worked out here, from {of}" if word.recomputed else "Too little is held to judge"
    if not word.recomputed:
        return "As published; not recomputed"
    if word.ours == word.published:
        return f"As published, and as recomputed from {of}"
    return f"As published; recomputed: {word.ours}, from {of}"


def why(word: OutcomeWord) -> str:
    """What ours rests on, what is lacking, and whether that could explain a difference."""
    return " ".join(s for s in (_rests_on(word), _lacking(word), _reach(word), _caveats(word)) if s)


def _unit(word: OutcomeWord) -> str:
    return "outcome" if word.outcome == OVERALL else "measure"


def _rests_on(word: OutcomeWord) -> str:
    judged, of = word.row["judged"], word.row["measures"]
    if not judged:
        if of == 1:
            return f"Its one {_unit(word)} cannot be judged."
        return f"None of its {count_words(of, _unit(word))} can be judged."
    counts = [f"{word.row[c]} {label}" for c, label in _COUNTED if word.row[c]]
    return f"{judged} of {count_words(of, _unit(word))} judged: {', '.join(counts)}."


def _lacking(word: OutcomeWord) -> str:
    """Of the measures not judged: how many have a figure at all."""
    judged, held, of = (int(word.row[c]) for c in ("judged", "held", "measures"))
    short, none = held - judged, of - held
    if word.outcome == OVERALL or judged == of:
        return ""
    said = []
    if short:
        verb = "has" if short == 1 else "have"
        said.append(f"{short} {verb} figures, but not for two periods that can be compared")
    if none:
        said.append(f"for {none} no figure known at the time is held")
    text = "; ".join(said)
    return f"{text[:1].upper()}{text[1:]}."


def _reach(word: OutcomeWord) -> str:
    if word.row["agrees"] != "no":
        return ""
    if word.row["within_reach"] == "yes":
        return "The measures not judged could make it the printed word."
    return (
        "Whatever the measures not judged say, they cannot make it the printed word: the list of "
        "measures, a figure or the rule was another."
    )


def _caveats(word: OutcomeWord) -> str:
    if not word.recomputed:
        return ""
    said = [_OF_MEASURES.get(r, r.meaning) for r in _CAVEATS if r in word.reasons]
    return f"To bear in mind: {'; '.join(said)}." if said else ""
