"""Claims of a span of time: on the year before, over five years, since two years earlier."""

from datetime import date

from kcc_lib.presentation.narrative.phrases import Phrase
from kcc_lib.presentation.narrative.quoted import BindingError

_MONTHS = {"year": 12, "quarter": 3, "month": 1, "decade": 120}
_UNIT = r"(year|quarter|month|decade)s?"
_AGO = r"(?:(?:on|than|than in|from|since|against|compared (?:with|to)|over) )?(?:(?:the|a|its) )?"
_SPANS = (
    rf"{_AGO}(?:previous|preceding) {_UNIT}(?:['’]s)?",
    rf"{_AGO}{_UNIT} (?:before|earlier)",
    rf"\b(?:over|in|within|during) the {_UNIT}\b(?! to)",
    rf"\bin a {_UNIT}\b",
)
_LONG_SPANS = (
    rf"\b(?:over|in|within|during) (?P<to_now>the (?:last|past) |the )?<n(?P<n>\d+)> {_UNIT}\b",
    rf"(?P<to_now>\b\B)?{_AGO}<n(?P<n>\d+)> {_UNIT} (?:before|earlier)",
    rf"(?P<to_now>\b\B)?<n(?P<n>\d+)> {_UNIT}\b(?! (?:before|earlier|in a row|running))",
)


def take_spans(phrase: Phrase) -> list[tuple[str, int, bool]]:
    """Each span that the words name: as written, in months, and whether it ends now.

    Raises
    ------
    BindingError
        If a span is not named exactly.
    """
    spans = []
    for pattern in _LONG_SPANS:
        while found := phrase.take(pattern):
            count = phrase.numeral(found["n"])
            # "over five years" reads as a number with its "over"
            led = found[0].startswith("<")
            if count.qualifier != ("over" if led else ""):
                raise BindingError(f"says {count.text.strip()!r} of a span of time: say how long")
            months = round(count.value * _MONTHS[found[found.re.groups].lower()])
            text = found[0].replace(f"<n{found['n']}>", count.text).strip()
            spans.append((text, months, bool(found["to_now"])))
    for pattern in _SPANS:
        while found := phrase.take(pattern):
            spans.append((found[0].strip(), _MONTHS[found[1].lower()], False))
    return spans


def months_between(first: date, last: date) -> int:
    """Whole months from the end of one period to the end of another."""
    return 12 * (last.year - first.year) + last.month - first.month
