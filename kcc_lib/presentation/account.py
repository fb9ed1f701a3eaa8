"""The one account of a measure's judgements: the page and `kcc explain` both print it."""

from dataclasses import dataclass

from kcc_lib.presentation.comparisons import comparison_sentences
from kcc_lib.presentation.explanations import explain_verdict, question
from kcc_lib.presentation.views import MeasureView, Verdict
from kcc_lib.vocabulary import Direction


@dataclass(frozen=True, slots=True)
class Part:
    """What is said under one heading; `label` is the word that stands, "" beside other areas."""

    heading: str
    label: str
    said: tuple[str, ...]


def account_of(view: MeasureView) -> tuple[Part, ...]:
    """Why each horizon was judged so, and how the area stands beside others."""
    parts = [
        Part(v.heading, _word(v), (question(v), *explain_verdict(view, v))) for v in view.verdicts
    ]
    parts += [Part("RAG status", str(v.row["rag"]), ()) for v in view.verdicts[:1] if v.row["rag"]]
    beside = comparison_sentences(view)
    if beside:
        parts.append(Part("Beside other areas", "", tuple(beside)))
    return tuple(parts)


def _word(verdict: Verdict) -> str:
    """The word that stands: a quarterly report's direction where there is one."""
    direction = str(verdict.row["direction"])
    return verdict.label if direction in {"", Direction.NOT_GIVEN} else direction
