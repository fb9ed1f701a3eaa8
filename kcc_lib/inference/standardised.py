"""Directly standardised rates: what the rate would be in a population of standard ages."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kcc_lib.inference.intervals import byars
from kcc_lib.inference.normal import Floats, as_floats, divide

#: Fewer events than this in all and PHEindicatormethods withholds the rate.
FEWEST_EVENTS = 10


@dataclass(frozen=True, slots=True)
class DirectlyStandardisedRate:
    """A standardised rate per `multiplier` with its interval, and the events behind it."""

    rate: Floats
    low: Floats
    high: Floats
    events: Floats


@np.errstate(all="ignore")
def directly_standardised_rate(
    counts: ArrayLike,
    populations: ArrayLike,
    weights: ArrayLike,
    multiplier: float = 100_000,
    *,
    confidence: float = 0.95,
) -> DirectlyStandardisedRate:
    """Weigh the rates of the age bands as a standard population would.

    Parameters
    ----------
    counts, populations
        Events and people in each age band, the bands on the last axis.
    weights
        The standard population: one number for each band, on any scale, such as the
        European Standard Population of 2013.
    multiplier
        What the rate is per.

    Returns
    -------
    DirectlyStandardisedRate
        Fields without the last axis; `events` are those known of. Rate and interval are
        NaN with fewer than ten events in all, or where a band is missing, has nobody in it
        or an impossible count.

    Raises
    ------
    ValueError
        If the shapes do not fit, or there are no age bands.

    Notes
    -----
    Dobson, Kuulasmaa, Eberle and Scherer (1991) on Byar's limits of all the events, as
    PHEindicatormethods computes it for English public health, except that a missing count
    withholds the rate: there it counts as none.
    """
    if min(np.ndim(counts), np.ndim(populations), np.ndim(weights)) < 1:
        raise ValueError("a single number where a row of age bands is needed")
    o, n, w = (np.atleast_2d(part) for part in as_floats(counts, populations, weights))
    if o.shape[-1] == 0:
        raise ValueError("no age bands; a standardised rate needs at least one")
    sound = ((o >= 0) & (n > 0) & (w >= 0) & (o + n + w < np.inf)).all(axis=-1)
    events = np.nansum(np.where(o >= 0, o, np.nan), axis=-1)
    usable = np.where(sound & (events >= FEWEST_EVENTS), events, np.nan)
    share = w / w.sum(axis=-1, keepdims=True)
    rate = np.where(np.isnan(usable), np.nan, (share * o / n).sum(axis=-1))
    per_event = np.sqrt(divide((o * (share / n) ** 2).sum(axis=-1), usable))
    limits = byars(usable, np.ones_like(usable), confidence=confidence)
    low, high = (rate + per_event * (limit - usable) for limit in (limits.low, limits.high))
    fields = (rate * multiplier, low * multiplier, high * multiplier, events)
    single = max(np.ndim(counts), np.ndim(populations), np.ndim(weights)) == 1
    return DirectlyStandardisedRate(*(f[0] for f in fields) if single else fields)
