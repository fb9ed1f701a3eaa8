"""The latest periods of a series, which are all that a quarter is judged over."""

import numpy as np
import pandas as pd


def latest_shown(points: pd.DataFrame, shown: int, *, next_due: bool = False) -> pd.DataFrame:
    """The latest periods of every series, a blank one counted; all of them where `shown` is 0.

    Parameters
    ----------
    points
        Of every series (`key`), in order of time.
    shown
        How many.
    next_due
        Those that will still be shown when the next value is there. It takes the oldest one's
        place; but where the latest periods are blank it is the value of the first of these, and
        the periods stay as they are.
    """
    if not shown:
        return points
    place = points.groupby("key").cumcount(ascending=False).to_numpy()
    held = points.loc[(place == 0) & points["value"].notna().to_numpy(), "key"]
    moves_on = points["key"].isin(held).to_numpy() & next_due
    return points[place < np.where(moves_on, shown - 1, shown)]
