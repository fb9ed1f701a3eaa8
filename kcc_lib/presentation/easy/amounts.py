"""Figures in easy words: "about 74 in every 100 children", "in the year to March 2018"."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from kcc_lib.errors import KccError
from kcc_lib.measures import Measure
from kcc_lib.periods import Period, parse_period
from kcc_lib.presentation.formats import MINUS, format_number
from kcc_lib.vocabulary import PeriodType, Polarity, Statistic

#: What stands after a number whose unit says all, and before it.
_UNITS = {
    "pounds per week": ("£", " a week"), "weeks": ("", " weeks"), "days": ("", " days"),
    "tonnes": ("", " tonnes"), "score out of 10": ("", " out of 10"),
}  # fmt: skip
_SHARES = {Statistic.PROPORTION, Statistic.RATIO}


def easy_amounts(
    measure: Measure, values: Sequence[float], of: str, *, exact: Sequence[float] = ()
) -> list[str]:
    """Values of one measure as an Easy Read reader meets them, alike so that they compare.

    Percentages and rates are counted out of a round number of people or things: the
    smallest of which values that differ in print still differ as whole numbers.

    Parameters
    ----------
    of
        What is counted; some units say it themselves.
    exact
        Further values, told after the others, that no rounding may touch: targets.

    Raises
    ------
    KccError
        If a value of this unit cannot be said in easy words.
    """
    printed = [_printed(measure, value) for value in (*values, *exact)]
    if measure.unit in _UNITS:
        before, after = _UNITS[measure.unit]
        return [f"{before}{_text(p, measure)}{after}" for p in printed]
    if measure.statistic is Statistic.COUNT and not measure.unit:
        return [f"{p:,f} {of}" for p in printed]
    base = _base(measure)
    if base:
        scale = _scale(printed, printed[len(values) :])
        return [_out_of(p, base, scale, measure, of) for p in printed]
    if measure.unit == "ratio":
        return [f"{_text(p, measure)} times {of}" for p in printed]
    if measure.statistic is Statistic.MEAN:
        return [f"{_text(p, measure)} {of}" for p in printed]
    raise KccError(f"{measure.measure}: no easy words for a value in {measure.unit!r}")


def easy_period(label: str, measure: Measure) -> str:
    """A period of a measure with its preposition and no date cut short."""
    kind = measure.period_type
    found = parse_period(label, kind)
    if measure.rolling:
        found = replace(found, period_type=PeriodType.ROLLING_YEAR)
    return period_words(found)


def period_words(period: Period) -> str:
    """Say "in June 2018", "in the year to March 2018", "from April to June 2018"."""
    first, last = period.start, period.end
    if period.period_type is PeriodType.CALENDAR_YEAR:
        return f"in {last.year}"
    if period.period_type is PeriodType.POOLED_YEARS:
        return f"from {first.year} to {last.year}"
    if period.period_type is PeriodType.FINANCIAL_QUARTER:
        return f"from {first:%B} to {last:%B %Y}"
    if period.period_type is PeriodType.ACADEMIC_YEAR:
        return f"in the school year to {last:%B %Y}"
    if period.period_type in {PeriodType.FINANCIAL_YEAR, PeriodType.ROLLING_YEAR}:
        return f"in the year to {last:%B %Y}"
    return f"in {last:%B %Y}"


def easy_target(measure: Measure, amount: str) -> str:
    """A target with which side of it is good."""
    if measure.polarity is Polarity.HIGHER:
        return f"at least {amount}"
    if measure.polarity is Polarity.LOWER:
        return f"no more than {amount}"
    return amount


def _printed(measure: Measure, value: float) -> Decimal:
    """A value as the full report prints it."""
    return Decimal(format_number(value, measure.decimals).replace(",", "").replace(MINUS, "-"))


def _text(printed: Decimal, measure: Measure) -> str:
    return format_number(float(printed), measure.decimals)


def _base(measure: Measure) -> int:
    """Out of how many a value is counted; 0 where it is not."""
    if measure.percentage:
        return 100
    if measure.statistic is Statistic.RATE and measure.multiplier:
        return int(measure.multiplier)
    return 0


def _scale(printed: Sequence[Decimal], exact: Sequence[Decimal]) -> int:
    """How many times ten the base is taken so that what differs in print differs in words."""
    finest = max((-int(p.as_tuple().exponent) for p in printed), default=0)
    for scale in range(finest):
        told = {_whole(p, scale) for p in printed}
        apart = len(told) == len(set(printed)) and (0 not in told or Decimal(0) in printed)
        if apart and all(_whole(p, scale) == abs(p) * 10**scale for p in exact):
            return scale
    return finest


def _whole(printed: Decimal, scale: int) -> int:
    return int((abs(printed) * 10**scale).quantize(Decimal(1), ROUND_HALF_UP))


def _out_of(printed: Decimal, base: int, scale: int, measure: Measure, of: str) -> str:
    count, total = _whole(printed, scale), base * 10**scale
    about = "" if Decimal(count) == abs(printed) * 10**scale else "about "
    if measure.statistic is Statistic.GAP:
        return f"{about}{count:,} out of {total:,}"
    if measure.statistic is Statistic.NET_BALANCE:
        side = "more" if printed >= 0 else "fewer"
        return f"{about}{count:,} {side} in every {total:,} {of}"
    every = "in every" if measure.statistic in _SHARES else "for every"
    return f"{about}{count:,} {every} {total:,} {of}"
