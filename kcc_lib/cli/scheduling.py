"""`kcc schedule` and `kcc freshness`: a run that nobody watches, and what it will find."""

import sys
from datetime import datetime
from pathlib import Path

import click

from kcc_lib.cli.refusals import refusing
from kcc_lib.errors import KccError
from kcc_lib.records.places import find_workbook

_SYSTEMS = ("cron", "systemd", "windows", "github")


@click.command(
    short_help="List which figures are current, due or late.",
    epilog="Example: kcc freshness --edition qpr-2024-25-q3 --as-of 2025-03-04",
)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
              help="The day to ask of.  [default: today]")  # fmt: skip
@click.option("--edition", default="", metavar="EDITION",
              help="The measures of this edition.  [default: all]")  # fmt: skip
@click.option("--format", "style", type=click.Choice(["text", "csv", "json"]), default="text",
              show_default=True)  # fmt: skip
@refusing
def freshness(as_of: datetime | None, edition: str, style: str) -> None:
    """List of each measure the last figure held, and whether the next one is late."""
    from kcc_lib.cli.ledger import ledger_text

    text, counted = ledger_text(edition, as_of, style)
    click.echo(text, nl=False)
    click.echo(counted, err=True)


@click.command(
    short_help="Write a quarterly run for cron, systemd, Windows or GitHub.",
    epilog="Example: kcc schedule systemd --output ~/.config/systemd/user -- --pdf",
)
@click.argument("system", type=click.Choice(_SYSTEMS))
@click.argument("options", nargs=-1, type=click.UNPROCESSED, metavar="[-- OPTION OF REPORT...]")
@click.option("--day", "days", type=click.IntRange(1, 28), multiple=True, default=(20, 27),
              show_default=True, help="Day of the month; may be repeated.")  # fmt: skip
@click.option("--month", "months", type=click.IntRange(1, 12), multiple=True,
              default=(2, 5, 8, 11), show_default=True, help="Month; may be repeated.")  # fmt: skip
@click.option("--at", type=click.DateTime(["%H:%M"]), default="06:17", metavar="HH:MM",
              help="Time of day.  [default: 06:17]")  # fmt: skip
@click.option("--timezone", metavar="ZONE", help="Of systemd and GitHub; the others go by their "
              "machine's clock.  [default: Europe/London]")  # fmt: skip
@click.option("--workbook", metavar="FOLDER",
              help="The workbook on the machine that runs it.  [default: this one]")  # fmt: skip
@click.option("--python", metavar="FILE", help="Its Python there.  [default: this one]")
@click.option("--output", type=click.Path(path_type=Path), metavar="PATH",
              help="File or folder to write to, instead of stdout.")  # fmt: skip
@click.option("--replace", is_flag=True, help="Write over what stands there.")
@refusing
def schedule(
    system: str, options: tuple[str, ...], days: tuple[int, ...], months: tuple[int, ...],
    at: datetime, timezone: str | None, workbook: str | None, python: str | None,
    output: Path | None, replace: bool,
) -> None:  # fmt: skip
    """Write what starts `kcc report --quarter latest` each quarter; further options after --."""
    from kcc_lib.publish.schedule.plan import Plan
    from kcc_lib.publish.schedule.writing import write_files, written_for

    _check_options(options)
    plan = Plan(
        workbook=workbook or str(find_workbook().root), python=python or sys.executable,
        options=options, months=tuple(sorted(set(months))), days=tuple(sorted(set(days))),
        hour=at.hour, minute=at.minute, timezone=_zone(system, timezone),
    )  # fmt: skip
    files = written_for(system, plan)
    if output is not None:
        for path in write_files(files, output, replace=replace):
            click.echo(path)
        return
    for name, text in files.items():
        click.echo(f"# {name}\n{text}" if len(files) > 1 else text, nl=len(files) > 1)


def _check_options(options: tuple[str, ...]) -> None:
    """Options of the report are read now, as they will be in the night."""
    group = click.get_current_context().find_root().command
    report = group.commands["report"] if isinstance(group, click.Group) else None
    if report is None:
        return
    given = report.make_context("report", ["--quarter", "latest", *options]).params
    if given["editions"] or given["quarter"] != "latest":
        raise click.UsageError("the run builds the latest quarter; leave out editions, --quarter")
    if given["as_of"]:
        raise click.UsageError("every run has its own day; leave --as-of out")


def _zone(system: str, named: str | None) -> str:
    """A time zone that exists, for a scheduler that can be told one."""
    if named is None:
        return "Europe/London"
    if system in {"cron", "windows"}:
        raise KccError(f"--timezone: {system} goes by its machine's clock; leave the option out")
    from zoneinfo import available_timezones

    if named not in available_timezones():
        raise KccError(f"no time zone {named!r}; write one such as Europe/London or UTC")
    return named
