"""`kcc report --quarter`: the quarterly edition whose data are complete, or all that is missing."""

from datetime import datetime

import click

from kcc_lib.cli.clock import day_asked
from kcc_lib.errors import KccError


def choose_quarter(
    editions: tuple[str, ...], quarter: str | None, as_of: datetime | None
) -> tuple[tuple[str, ...], KccError | None]:
    """The editions to build: those named, or the one that `--quarter` asks for.

    Returns
    -------
    (editions, refusal)
        Where that one cannot be built, the quarter asked for and why not, every missing figure
        named: it is for the run to say, so that its log and its notice hear of it.
    """
    if quarter is None:
        if as_of is not None:
            problem = "--as-of chooses a quarter, with --quarter; an edition has its own date"
            raise click.UsageError(problem)
        return editions, None
    if editions:
        raise click.UsageError(f"--quarter chooses the edition; leave out {' '.join(editions)}")
    try:
        return (_complete_edition(quarter, as_of),), None
    except KccError as error:
        return (quarter,), error


def _complete_edition(quarter: str, as_of: datetime | None) -> str:
    from kcc_lib.records.completeness import (
        LATEST,
        latest_edition,
        named_edition,
        without_a_figure,
    )
    from kcc_lib.records.holdings import quarter_of
    from kcc_lib.records.opening import open_holdings

    holdings, _ = open_holdings()
    if quarter == LATEST:
        day = day_asked(as_of)
        edition = latest_edition(holdings, day)
        what = f"the latest quarter as of {day}"
    else:
        edition = named_edition(holdings, quarter, as_of.date() if as_of else None)
        what = "the quarter"
    label, count = quarter_of(edition).label, len(edition.measures)
    click.echo(f"{edition.name}: {what}, {label}; a row of each of its {count} KPIs", err=True)
    blank = without_a_figure(holdings, edition)
    if blank:
        click.echo(f"without a figure, for the reason flagged: {', '.join(blank)}", err=True)
    later = [c for c in edition.measures if holdings.arrival(c).quarters_late]
    if later:
        click.echo(f"known to come later, and held as expected: {', '.join(later)}", err=True)
    return edition.name
