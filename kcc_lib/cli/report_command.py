"""`kcc report` as it is typed: its options, checked before anything heavy is loaded."""

import sys
from datetime import datetime
from pathlib import Path

import click

from kcc_lib.cli.paths import Named
from kcc_lib.cli.refusals import refusing
from kcc_lib.cli.report_options import Seconds, option_faults
from kcc_lib.cli.summarising import ADDRESS, Asked
from kcc_lib.errors import together


def _log_file(_: click.Context, __: click.Parameter, value: Path | None) -> Path | None:
    """A file: stdout has the address of what was built, and nothing else."""
    if str(value) == "-":
        raise click.BadParameter("a log goes to a file; name one, such as run.jsonl.")
    return value


@click.command(
    short_help="Build editions into pages and data.",
    epilog="Example: kcc report annual-2019 --only outcome-1",
)
@click.argument("editions", nargs=-1, metavar="[EDITION]...")
@click.option("--quarter", metavar="QUARTER",
              help="The quarterly edition of this quarter, such as 2024-25-q3, or of `latest`; "
              "refused unless its data are complete.")  # fmt: skip
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
              help="The day for which the latest quarter is chosen.  [default: today]")  # fmt: skip
@click.option("--output", metavar="FOLDER|ADDRESS",
              help="Folder to build in, or a store such as s3://bucket/reports.  "
              "[default: outputs]")  # fmt: skip
@click.option(
    "--only", multiple=True, metavar="SECTION", help="Build this section; may be repeated."
)
@click.option("--area", "areas", multiple=True, metavar="CODE",
              help="Of an edition by area, build this area; may be repeated.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(min=0), default=0,
              help="Sections built at once.  [default: as many as processors]")  # fmt: skip
@click.option("--scheduler", default="", metavar="ADDRESS",
              help="Build on a Dask cluster: its scheduler, as tcp://host:8786.")  # fmt: skip
@click.option("--force", is_flag=True, help="Build even if nothing has changed.")
@click.option("--isolation", type=click.Choice(["process", "kernel"]), default="process",
              show_default=True,
              help="Run notebooks in processes of the builder or in kernels.")  # fmt: skip
@click.option("--timeout", type=Seconds(min=0, min_open=True), default=900,
              show_default=True, metavar="SECONDS",
              help="How long one section may take.")  # fmt: skip
@click.option("--pdf", is_flag=True, help="Print the whole report as <edition>.pdf too.")
@click.option("--log", type=Named(dir_okay=False), metavar="FILE",
              callback=_log_file,
              help="Add what happens to this file, a line of JSON at a time.")  # fmt: skip
@click.option("--notify", multiple=True, metavar="WHERE",
              help="Say how it ended to https://… or mailto:…; may be repeated.")  # fmt: skip
@click.option("--summary", type=Named(dir_okay=False, allow_dash=True),
              help="Write what was built and what changed, as Markdown; - is stdout.")  # fmt: skip
@click.option("--address", default="", metavar="URL", help=ADDRESS)
@refusing
def report(
    editions: tuple[str, ...], quarter: str | None, as_of: datetime | None, output: str | None,
    only: tuple[str, ...], areas: tuple[str, ...], jobs: int, scheduler: str, force: bool,
    isolation: str, timeout: float, pdf: bool, log: Path | None, notify: tuple[str, ...],
    summary: Path | None, address: str,
) -> None:  # fmt: skip
    """Build editions (annual-2019 by default); prints each index page's path, the last one last."""
    from kcc_lib.cli.choosing import choose_quarter
    from kcc_lib.cli.reporting import Wanted, build_reports

    editions, refusal = choose_quarter(editions, quarter, as_of)
    if faults := option_faults(jobs=jobs, scheduler=scheduler, address=address):
        # for the run to say, so that its log and its notice hear of it
        refusal = together([*faults, *([str(refusal)] if refusal else [])])
    asked = Asked(summary, address)
    wanted = Wanted(
        editions,
        output,
        only,
        jobs,
        force,
        isolation,
        pdf,
        timeout,
        log,
        notify,
        refusal,
        asked,
        scheduler,
        areas,
    )
    if not build_reports(wanted):
        sys.exit(1)
