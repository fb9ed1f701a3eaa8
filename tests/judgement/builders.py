"""Series, measures and their judgements, as the tests of this room need them."""

from functools import cache

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
    return many_series([(measure, area, values, periods or first, columns)])


def many_series(several):
    """A tidy frame of many series: (measure, area, values, periods or the first year, columns)."""
    names = {n for *_, columns in several for n in columns} | set(_ALWAYS)
    told = {
        n: [] for n in ("measure", "area", "label", "value", "flags", *sorted(names - {"flags"}))
    }
    for code, area, values, periods, columns in several:
        size = len(values)
        whole = isinstance(periods, int)
        told["measure"] += [code] * size
        told["area"] += [area] * size
        told["label"] += [str(periods + i) for i in range(size)] if whole else list(periods)
        told["value"] += [float(v) for v in values]
        flags = columns.get("flags")
        told["flags"] += ["x" if np.isnan(v) else "" for v in values] if flags is None else flags
        for name in names - {"flags"}:
            given = columns.get(name)
            told[name] += [np.nan] * size if given is None else [float(v) for v in given]
    spans = [_period(label) for label in told.pop("label")]
    return pd.DataFrame(told).assign(
        period=[p.label for p in spans],
        period_start=pd.to_datetime([p.start for p in spans]),
        period_end=pd.to_datetime([p.end for p in spans]),
        time=[p.middle for p in spans],
    )


@cache
def _period(label):
    return parse_period(label)


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
    return rows_of(frames, [record for _, record in pairs], horizon=horizon, **options)


def rows_of(frame, records, *, horizon, **options):
    """Judgements over one horizon of a frame with one area, by measure's code."""
    found = assess(frame, {record.measure: record for record in records}, **options)
    found = found[found["horizon"] == horizon]
    return {row["measure"]: pd.Series(row) for row in found.to_dict("records")}


def reasons(row):
    """The reason codes of a judgement."""
    return set(row["reasons"].split())
