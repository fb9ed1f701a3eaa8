"""`kcc schedule` and `kcc freshness`: a run that nobody watches, and what it will find."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from kcc_lib.cli.paths import Named
from kcc_lib.cli.refusals import refusing
from kcc_lib.errors import KccError, together
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
@click.option("--output", type=Named(), metavar="PATH",
              help="File or folder to write to, instead of stdout.")  # fmt: skip
@click.option("--replace", is_flag=True, help="Write over what stands there.")
@refusing
def schedule(
    system: str, options: tuple[str, ...], days: tuple[int, ...], months: tuple[int, ...],
    at: datetime, timezone: str | None, workbook: str | None, python: str | None,
    output: Path | None, replace: bool,
) -> None:  # fmt: skip
    """Write what starts `kcc report --quarter latest` each quarter; further options after --."""
    from kcc_lib.publish.notice import is_mail
    from kcc_lib.publish.schedule.plan import Plan
    from kcc_lib.publish.schedule.writing import write_files, written_for

    root = workbook or str(find_workbook().root)
    given = _read_options(options, root, windows=system == "windows")
    plan = Plan(
        workbook=root, python=python or sys.executable, options=options,
        months=tuple(sorted(set(months))), days=tuple(sorted(set(days))), hour=at.hour,
        minute=at.minute, timezone=_zone(system, timezone),
        by_mail=any(map(is_mail, given["notify"])),
    )  # fmt: skip
    files = written_for(system, plan)
    if output is not None:
        for path in write_files(files, output, replace=replace):
            click.echo(path)
    else:
        for name, text in files.items():
            click.echo(f"# {name}\n{text}" if len(files) > 1 else text, nl=len(files) > 1)
    _tell_what_to_set(plan.by_mail, to_the_web=not all(map(is_mail, given["notify"])))


def _read_options(options: tuple[str, ...], root: str, *, windows: bool) -> dict[str, Any]:
    """Options of the report are read now, and refused as they would be in the night.

    Raises
    ------
    KccError
        With all that is wrong with them, whatever day and machine it is.
    """
    from kcc_lib.cli.report_command import report
    from kcc_lib.cli.scheduled_options import scheduled_faults

    words = ["--quarter", "latest", *options]
    given = report.make_context("report", words).params
    sections = _quarterly_sections() if given["only"] else []
    if faults := scheduled_faults(given, sections, root, windows=windows):
        raise together(faults)
    return given


def _quarterly_sections() -> list[str]:
    """The names of the sections of every quarterly edition of this workbook."""
    from kcc_lib.records.opening import open_holdings

    holdings, _ = open_holdings()
    return list(dict.fromkeys(s.name for e in holdings.quarterly for s in e.sections))


def _tell_what_to_set(by_mail: bool, *, to_the_web: bool) -> None:
    """What the run needs and no file may hold, or holds and not everybody may see."""
    from kcc_lib.publish.mail import FURTHER, NEEDED

    if by_mail:
        needed, further = " and ".join(NEEDED), ", ".join(FURTHER)
        click.echo(
            f"to be set where the run starts, or it is refused: {needed}; and as the mail server "
            f"asks for them: {further}. The file says where.", err=True,
        )  # fmt: skip
    if to_the_web:
        click.echo("the address of --notify stands in the file; who reads it can post there",
                   err=True)  # fmt: skip


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
