"""Outcomes beside print: the word rolled up for each outcome, the printed one, and why they differ.

What is printed of outcomes is also worked out again from itself: its counts and its overall word.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from kcc_lib.judgement.labels import reason_codes
from kcc_lib.judgement.reconcile import Agreement, Finding
from kcc_lib.judgement.roll_up import ROLL_UP_COLUMNS, combine, roll_up
from kcc_lib.measures import OVERALL, Measure, PublishedCount, PublishedOutcome
from kcc_lib.reasons import Reason
from kcc_lib.vocabulary import Horizon, Label

#: The words that say how an outcome stands; the order in which `combine` counts them.
VERDICTS = (Label.IMPROVING, Label.MAINTAINING, Label.NOT_IMPROVING, Label.MIXED)
Row = Mapping[Hashable, Any]
_COUNTS = ("improving", "maintaining", "not_improving", "mixed")
_AT = ROLL_UP_COLUMNS.index("label")
OUTCOME_COLUMNS = (
    *ROLL_UP_COLUMNS[:_AT], "published_label", "label", "agrees", "within_reach", *_COUNTS,
    "judged", "held", "measures", "net", "reasons",
)  # fmt: skip
#: A measure with one of these has no figure that the edition may use.
_NOTHING_HELD = {Reason.NO_SERIES, Reason.OUTSIDE_WINDOW}


def outcomes_beside(
    judgements: pd.DataFrame,
    measures: Mapping[str, Measure],
    published: Iterable[PublishedOutcome],
    *,
    list_assumed: bool = False,
) -> pd.DataFrame:
    """Roll judgements up, to outcomes and to all of them together, beside the printed words.

    Parameters
    ----------
    judgements, measures
        As `roll_up` takes them.
    published
        The printed words. One without a horizon stands beside every horizon.
    list_assumed
        Whether the measures are those of another report.

    Returns
    -------
    DataFrame
        OUTCOME_COLUMNS: one row for each supporting outcome, area and horizon, in code
        order, then one for all of them (`overall`, whose `measures` are outcomes).
        `agrees` is "yes", "no", or "" where one side has no word. `within_reach` says whether
        some words for what is not judged would give the printed word. `held` counts the
        measures with a figure that may be used, and `reasons` gathers those of the measures.
    """
    outcome_of = {c: m.supporting_outcome for c, m in measures.items() if m.supporting_outcome}
    rolled = roll_up(judgements, {code: measures[code] for code in outcome_of})
    if rolled.empty:
        return pd.DataFrame(columns=list(OUTCOME_COLUMNS))
    told = judgements.assign(outcome=judgements["measure"].map(outcome_of))
    groups = dict(list(told.groupby(["outcome", "area", "horizon"])["reasons"]))
    codes = [
        [reason_codes(text) for text in groups[(r["outcome"], r["area"], r["horizon"])]]
        for r in rolled.to_dict("records")
    ]
    rolled["held"] = [sum(not _NOTHING_HELD & set(c) for c in each) for each in codes]
    gathered = [{reason for c in each for reason in c} for each in codes]
    found = pd.concat([rolled, _overall(rolled)], ignore_index=True)
    gathered += [set()] * (len(found) - len(rolled))
    found["reasons"] = [
        _reasons(row, own, list_assumed=list_assumed)
        for row, own in zip(found.to_dict("records"), gathered, strict=True)
    ]
    printed = {(p.outcome, p.horizon): str(p.label) for p in published}
    found["published_label"] = [
        printed.get((o, Horizon(h)), printed.get((o, None), ""))
        for o, h in zip(found["outcome"], found["horizon"], strict=True)
    ]
    both = found["published_label"].isin(VERDICTS) & found["label"].isin(VERDICTS)
    same = found["published_label"] == found["label"]
    found["agrees"] = np.select([both & same, both], ["yes", "no"], "")
    found["within_reach"] = [_within_reach(row) for row in found.to_dict("records")]
    return found[list(OUTCOME_COLUMNS)]


def _overall(rolled: pd.DataFrame) -> pd.DataFrame:
    """All outcomes together: their words combined by the same rule, for each area and horizon."""
    rows = []
    for (area, horizon, method), each in rolled.groupby(["area", "horizon", "method"]):
        count = Counter(each["label"])
        counts = [count[word] for word in VERDICTS]
        rows.append(
            {
                "outcome": OVERALL, "area": area, "horizon": horizon, "method": method,
                "label": combine(*counts).item(), **dict(zip(_COUNTS, counts, strict=True)),
                "judged": sum(counts), "held": int((each["held"] > 0).sum()),
                "measures": len(each), "net": counts[0] - counts[2],
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def _reasons(row: Row, own: set[Reason], *, list_assumed: bool) -> str:
    """The reasons of an outcome's measures, and those of the roll-up, in the enum's order."""
    judged, of = row["judged"], row["measures"]
    given = {
        Reason.SINGLE_MEASURE: judged == 1,
        Reason.PARTLY_JUDGED: 0 < judged < of,
        Reason.LIST_ASSUMED: list_assumed,
    }
    return " ".join(r.value for r in Reason if r in own or given.get(r, False))


def _within_reach(row: Row) -> str:
    """Whether what is not judged could be such that the printed word comes out."""
    word = str(row["published_label"])
    if word not in VERDICTS:
        return ""
    i, m, n, x = (row[c] for c in _COUNTS)
    rest = row["measures"] - row["judged"]
    up, down = np.meshgrid(np.arange(rest + 1), np.arange(rest + 1))
    fits = up + down <= rest
    words = combine(i + up[fits], m + (rest - up - down)[fits], n + down[fits], x)
    return "yes" if (words == word).any() else "no"


def check_counts_of_words(
    published: Sequence[PublishedOutcome],
    counts: Iterable[PublishedCount],
    headings: Mapping[str, str],
) -> list[Finding]:
    """Count the printed words again, beside the counts that print gives of them.

    Parameters
    ----------
    headings
        What the edition calls each horizon.
    """
    findings = []
    for count in counts:
        words = [p.label for p in published if p.horizon == count.horizon and p.outcome != OVERALL]
        parts = tuple(float(words.count(label)) for label in count.labels)
        agrees = (count.stated, count.total) == (sum(parts), len(words))
        findings.append(
            Finding(
                what=f"Supporting outcomes {' or '.join(count.labels)} over "
                f"{headings[count.horizon]}, of {count.total:.0f}",
                agreement=Agreement.AGREES if agrees else Agreement.CONTRADICTS,
                stated=count.stated, found=sum(parts), parts=parts,
                note="" if count.total == len(words) else f"{len(words)} words are printed.",
            )
        )  # fmt: skip
    return findings


def overall_word(published: Sequence[PublishedOutcome], horizon: str) -> str:
    """The printed words of one horizon combined by our rule, since print states none."""
    words = [p.label for p in published if p.horizon == horizon and p.outcome != OVERALL]
    return str(combine(*(words.count(word) for word in VERDICTS)).item())
