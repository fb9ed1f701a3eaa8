"""From movement to label: what moved is found first, whether that is good second."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kcc_lib.reasons import Reason
from kcc_lib.vocabulary import Direction, Label

Mask = NDArray[np.bool_]


def label_movement(movement: NDArray[np.int64], sign: NDArray[np.float64]) -> NDArray[np.object_]:
    """Label significant movements through polarity.

    Parameters
    ----------
    movement
        +1 significantly up, -1 significantly down, 0 neither.
    sign
        The polarity's sign; 0 or NaN where neither direction is judged, and the result is
        movement only, never a guess.
    """
    good = movement * np.nan_to_num(sign)
    judged = np.nan_to_num(sign) != 0
    judged_label = np.select(
        [good > 0, good < 0],
        [Label.IMPROVING.value, Label.NOT_IMPROVING.value],
        Label.MAINTAINING.value,
    )
    moved_label = np.select(
        [movement > 0, movement < 0],
        [Label.INCREASING.value, Label.DECREASING.value],
        Label.NO_SIGNIFICANT_CHANGE.value,
    )
    return np.where(judged, judged_label, moved_label).astype(object)


def direction_words(
    label: NDArray[np.object_], words: tuple[Direction, Direction, Direction]
) -> NDArray[np.object_]:
    """Labels in a quarterly report's words for better, worse and neither.

    N/A where nothing was judged, or where neither direction is good.
    """
    known = [Label.IMPROVING.value, Label.NOT_IMPROVING.value, Label.MAINTAINING.value]
    chosen = [label == k for k in known]
    return np.select(chosen, [w.value for w in words], Direction.NOT_GIVEN.value).astype(object)


class Reasons:
    """Reason codes gathered row by row, in the order they are added."""

    def __init__(self, rows: int) -> None:
        self._codes = np.full(rows, "", dtype=object)

    def add(self, reason: Reason, where: Mask | pd.Series) -> None:
        """Give the reason to every row where the mask is true."""
        mask = np.asarray(where, dtype=bool)
        self._codes[mask] += f"{reason.value} "

    def texts(self) -> list[str]:
        """The codes of each row, separated by spaces."""
        return [codes.strip() for codes in self._codes]


def add_code(texts: pd.Series, reason: Reason, where: Mask) -> pd.Series:
    """Give one more reason to rows whose reasons are text already."""
    return texts.where(~where, (texts + f" {reason.value}").str.strip())


def reason_codes(text: str) -> list[Reason]:
    """Read the codes of one row back."""
    return [Reason(code) for code in text.split()]
