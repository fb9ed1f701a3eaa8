"""The judgement's columns, and a frame of them that says nothing yet."""

import numpy as np
import pandas as pd

from kcc_lib.reasons import Basis

#: The Judgement contract, in the order of `judgements.csv`.
CONTRACT = (
    "measure", "area", "horizon", "method", "label", "basis", "n_points", "period_from",
    "period_to", "value_from", "value_to", "change", "se", "statistic", "df", "p_value", "ci_low",
    "ci_high", "q_value", "detectable_change", "next_value_to_improve", "rag", "direction",
    "published_label", "agrees", "reasons",
)  # fmt: skip
#: What else is known of each judgement: what would turn it, and what other rules would say.
EVIDENCE = (
    "fragile", "next_rise_from", "next_rise_to", "next_fall_from", "next_fall_to",
    "ci_overlap_label", "tests_disagree", "loo_stable", "sensitive_to_provisional",
    "label_without_provisional", "kendall_tau", "kendall_p", "r_squared", "input_fingerprint",
)  # fmt: skip
JUDGEMENT_COLUMNS = CONTRACT + EVIDENCE
_WORDS = {
    "measure", "area", "horizon", "method", "label", "basis", "period_from", "period_to", "rag",
    "direction", "published_label", "agrees", "reasons", "ci_overlap_label", "tests_disagree",
    "fragile", "loo_stable", "sensitive_to_provisional", "label_without_provisional",
    "input_fingerprint",
}  # fmt: skip


def judgement_frame(rows: int, **told: object) -> pd.DataFrame:
    """Judgements with the columns told; words left out are blank, numbers NaN."""
    unknown = set(told) - set(JUDGEMENT_COLUMNS)
    if unknown:
        raise ValueError(f"not columns of a judgement: {', '.join(sorted(unknown))}")
    blank: dict[str, object] = {c: "" if c in _WORDS else np.nan for c in JUDGEMENT_COLUMNS}
    blank |= {"basis": Basis.NONE.value, "n_points": 0}
    return pd.DataFrame(blank | told, index=range(rows))


def yes_no(true: np.ndarray, known: np.ndarray) -> np.ndarray:
    """`yes` and `no`, blank where not known: as `agrees` is written."""
    return np.where(known, np.where(true, "yes", "no"), "").astype(object)
