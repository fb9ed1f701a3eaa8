"""The one place where the clock is read, and the two questions that it may answer.

`kcc report --quarter latest` asks which quarter is the latest, `kcc freshness` what is late;
both take the day as `--as-of` and print it. What is judged, and every byte of a report,
depends on the edition alone.
"""

from datetime import date, datetime


def day_asked(as_of: datetime | None) -> date:
    """The day given, or the day that it is where the machine stands."""
    return as_of.date() if as_of else date.today()
