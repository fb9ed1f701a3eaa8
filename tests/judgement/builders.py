"""Series, measures and their judgements, as the tests of this room need them."""

import numpy as np
import pandas as pd

from kcc_lib.judgement.assess import assess
from kcc_lib.measures import Measure
from kcc_lib.periods import following, parse_period
from kcc_lib.vocabulary import Polarity

#: A series whose trend is plain but not exact.
RISING = [60.0, 61.0, 62.2, 62.9, 64.1]
#: Columns that every loaded frame has; other columns are there only where they are given.
_ALWAYS = ("numerator", "denominator", "lower_ci", "upper_ci", "sample_size")


def labels_from(first, count, *, months=12):
    """The labels of `count` periods, the first of them given, each `months` after the last."""
    start = parse_period(first)
    return [following(start, months * i).label for i in range(count)]


def series(values, *, measure="m", area="a", first=2014, periods=None, **columns):
    """A tidy frame of one series, yearly by default; NaN is flagged as not available."""
    values = np.asarray(values, dtype=float)
    labels = periods or [str(first + i) for i in range(len(values))]
    spans = [parse_period(label) for label in labels]
    frame = pd.DataFrame(
        {
            "measure": measure,
            "area": area,
            "period": [p.label for p in spans],
            "value": values,
            "flags": ["x" if np.isnan(v) else "" for v in values],
            "period_start": pd.to_datetime([p.start for p in spans]),
            "period_end": pd.to_datetime([p.end for p in spans]),
            "time": [p.middle for p in spans],
        }
    )
    for name in _ALWAYS:
        frame[name] = np.nan
    for name, given in columns.items():
        frame[name] = given if name == "flags" else np.asarray(given, dtype=float)
    return frame


def measure(code="m", **told):
    """A measure of which higher is better, unless told otherwise."""
    return Measure(measure=code, **{"polarity": Polarity.HIGHER, **told})


def judged(frame, record=None, *, horizon="long-term", **options):
    """One judgement: of the one series of a frame, over one horizon."""
    record = record or measure()
    found = assess(frame, {record.measure: record}, **options)
    return found[found["horizon"] == horizon].iloc[0]


def judged_together(pairs, *, horizon, **options):
    """Judgements over one horizon of many frames and their records, by measure's code."""
    frames = pd.concat([frame for frame, _ in pairs], ignore_index=True)
    found = assess(frames, {record.measure: record for _, record in pairs}, **options)
    found = found[found["horizon"] == horizon].set_index("measure", drop=False)
    return dict(found.iterrows())


def reasons(row):
    """The reason codes of a judgement."""
    return set(row["reasons"].split())
