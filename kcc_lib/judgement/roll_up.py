"""From measures to outcomes: one word for many judgements, with the counts (METHODS 4.7)."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from kcc_lib.judgement.labels import Reasons
from kcc_lib.measures import Measure
from kcc_lib.reasons import Reason
from kcc_lib.vocabulary import Label

#: The labels that count, and the column that counts each.
_COUNTED = {
    Label.IMPROVING.value: "improving",
    Label.MAINTAINING.value: "maintaining",
    Label.NOT_IMPROVING.value: "not_improving",
    Label.MIXED.value: "mixed",
}
#: What `combine` does, as pages say it.
ROLL_UP_WORDS = (
    "Where some improve and some do not, or some are Mixed, the word is Mixed unless one word "
    "holds more than two thirds of those judged. Otherwise it is Improving or Not Improving where "
    "more than half are, else Maintaining"
)
ROLL_UP_COLUMNS = (
    "outcome", "area", "horizon", "method", "label", *_COUNTED.values(), "judged", "measures",
    "net", "reasons",
)  # fmt: skip


def combine(
    improving: ArrayLike, maintaining: ArrayLike, not_improving: ArrayLike, mixed: ArrayLike = 0
) -> NDArray[np.object_]:
    """One word for counts of judgements.

    Parameters
    ----------
    improving, maintaining, not_improving, mixed
        How many were judged so; any broadcastable shapes.

    Returns
    -------
    array of labels
        Nothing judged is `Not judged`. Where some improve and some do not, or some are
        Mixed already, the word is Mixed unless one word holds more than two thirds.
        Otherwise Improving or Not Improving where more than half are, else Maintaining.

    Notes
    -----
    METHODS 4.7. The council's 2017 report gives one example, two improving and two not,
    which is Mixed; the rule also gives its overall Mixed on both horizons.
    """
    i, m, n, x = np.broadcast_arrays(
        *(np.asarray(c, dtype=np.float64) for c in (improving, maintaining, not_improving, mixed))
    )
    judged = i + m + n + x
    conflict = ((i > 0) & (n > 0)) | (x > 0)
    clear = 3 * np.stack([i, m, n, x]) > 2 * judged
    words = [
        Label.IMPROVING.value,
        Label.MAINTAINING.value,
        Label.NOT_IMPROVING.value,
        Label.MIXED.value,
    ]
    disputed = np.select(list(clear), words, Label.MIXED.value)
    settled = np.select(
        [2 * i > judged, 2 * n > judged],
        [Label.IMPROVING.value, Label.NOT_IMPROVING.value],
        Label.MAINTAINING.value,
    )
    label = np.where(conflict, disputed, settled)
    return np.where(judged > 0, label, Label.NOT_JUDGED.value).astype(object)


def roll_up(judgements: pd.DataFrame, measures: Mapping[str, Measure]) -> pd.DataFrame:
    """Combine the judgements of measures under each supporting outcome.

    Parameters
    ----------
    judgements
        As `assess` returns them. Only Improving, Maintaining, Not Improving and Mixed
        count; movement without a polarity does not.
    measures
        The catalogue's measures, which name their supporting outcome.

    Returns
    -------
    DataFrame
        ROLL_UP_COLUMNS: one row for each supporting outcome, area and horizon, in code
        order. `judged` counts the measures that have a word, `measures` all of them, `net`
        is improving less not improving; `single_measure` stands in `reasons` where the
        word rests on one (the asterisk of the 2017 report).
    """
    outcome = {code: m.supporting_outcome or m.directorate for code, m in measures.items()}
    told = judgements.assign(outcome=judgements["measure"].map(outcome))
    told = told[told["outcome"].notna() & (told["outcome"] != "")]
    keys = ["outcome", "area", "horizon", "method"]
    for label, name in _COUNTED.items():
        told[name] = (told["label"] == label).astype(np.int64)
    told["measures"] = 1
    found = told.groupby(keys, sort=True)[[*_COUNTED.values(), "measures"]].sum().reset_index()
    counts = [found[name].to_numpy() for name in _COUNTED.values()]
    found["label"] = combine(*counts)
    found["judged"] = np.sum(counts, axis=0)
    found["net"] = found["improving"] - found["not_improving"]
    reasons = Reasons(len(found))
    reasons.add(Reason.SINGLE_MEASURE, found["judged"] == 1)
    found["reasons"] = reasons.texts()
    return found[list(ROLL_UP_COLUMNS)]
