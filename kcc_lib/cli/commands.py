"""`kcc`: build, compare and schedule reports; assess, check, explain, trace, preview, sign off.

Machine output goes to stdout, progress and messages to stderr. Exit codes: 0 done, 1 built
but something failed (`diff`: something differs), 2 refused input or usage.
"""

import os
import sys
from datetime import datetime
from pathlib import Path

import click

from kcc_lib.cli.diffing import diff
from kcc_lib.cli.paths import Named
from kcc_lib.cli.refusals import refusing
from kcc_lib.cli.report_command import report
from kcc_lib.cli.scheduling import freshness, schedule
from kcc_lib.records.places import find_workbook, real_path
from kcc_lib.vocabulary import SignOff


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kcc-outcomes-workbook", prog_name="kcc")
def kcc() -> None:
    """Judge whether residents' outcomes are improving, and publish the answer."""


@kcc.command(
    short_help="Judge the series in CSV files.",
    epilog="Example: kcc assess my_series.csv --format csv --output judgements.csv",
)
@click.argument("files", nargs=-1, metavar="FILE...", type=Named())
@click.option("--method", metavar="METHOD",
              help="Method by name: docs/methods has a card for each.  "
              "[default: significance-2019, or the edition's]")  # fmt: skip
@click.option("--preset", metavar="PRESET",
              help="Settings of the method.  [default: default, or the edition's]")  # fmt: skip
@click.option("--set", "choices", multiple=True, metavar="OPTION=VALUE",
              help="One setting in place of the preset's; may be repeated.")  # fmt: skip
@click.option("--edition", metavar="EDITION",
              help="Judge the workbook's series over this edition's windows.")  # fmt: skip
@click.option("--roll-up", is_flag=True, help="One word for each supporting outcome.")
@click.option("--measures", type=Named(),
              help="A catalogue, where its columns do not ride along in the files.")  # fmt: skip
@click.option("--format", "style", type=click.Choice(["table", "csv", "json"]), default="table",
              show_default=True)  # fmt: skip
@click.option("--output", type=Named(dir_okay=False),
              help="Write to this file instead of stdout.")  # fmt: skip
@refusing
def assess(
    files: tuple[Path, ...], method: str | None, preset: str | None, choices: tuple[str, ...],
    edition: str | None, roll_up: bool, measures: Path | None, style: str, output: Path | None,
) -> None:  # fmt: skip
    """Judge any tidy CSV: columns measure, period and value, and what rides along with them."""
    from kcc_lib.cli.assessing import Request, assess_edition, assess_files
    from kcc_lib.records.processed import write_whole

    taken = {real_path(f) for f in (*files, *([measures] if measures else []))}
    if output and real_path(output) in taken:
        raise click.UsageError(f"--output {output} would overwrite an input")
    if bool(files) == bool(edition):
        raise click.UsageError("Missing argument 'FILE...', or --edition; one of the two is needed")
    if edition and measures:
        raise click.UsageError("--edition has its own catalogue; leave out --measures")
    asked = Request(method, preset, choices, roll_up, style)
    text = assess_edition(edition, asked) if edition else assess_files(files, asked, measures)
    if output is None:
        click.echo(text, nl=False)
        return
    if not output.parent.is_dir():
        raise click.UsageError(f"there is no folder {output.parent}")
    write_whole(output, text)
    click.echo(f"judgements written to {output}", err=True)


@kcc.command(
    short_help="Check data: every fault, and what to do.",
    epilog="Example: kcc check data/raw my_series.csv",
)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=Named())
@refusing
def check(paths: tuple[Path, ...]) -> None:
    """Check data (the workbook's own by default): every fault, with where it is and what to do."""
    from kcc_lib.cli.checking import check_narratives, split_narrative, suppression_lines
    from kcc_lib.records.check import check_paths

    told, data = split_narrative(paths)
    faults, files = check_paths(data) if data or not paths else ([], 0)
    if told and not faults:  # narrative can be read only against sound data
        faults, more = check_narratives(told)
        files += more
    for fault in faults:
        click.echo(str(fault))
    counted = f"{files} file{'' if files == 1 else 's'} checked"
    if faults:
        click.echo(
            f"{counted}, {len(faults)} fault{'' if len(faults) == 1 else 's'} found", err=True
        )
        sys.exit(2)
    kept_back = suppression_lines() if told else []
    click.echo("\n".join([*kept_back, f"{counted}, no faults"]), err=True)


@kcc.command(short_help="Say why a measure was judged so.", epilog="Example: kcc explain 3.71")
@click.argument("measure")
@click.option("--edition", default="annual-2019", show_default=True)
@click.option("--method", metavar="METHOD", help="Judge by another method than the edition's.")
@click.option("--preset", metavar="PRESET", help="Settings of the method.")
@refusing
def explain(measure: str, edition: str, method: str | None, preset: str | None) -> None:
    """Print the evidence behind one measure's judgements, in words and numbers."""
    from kcc_lib import workbench

    click.echo(workbench.explain(measure, edition=edition, method=method, preset=preset))


@kcc.command(
    short_help="Say where a published figure comes from.", epilog="Example: kcc trace 3.71 2018-19"
)
@click.argument("measure")
@click.argument("which", required=False, default="", metavar="[PERIOD|HORIZON]")
@click.option("--edition", default="annual-2019", show_default=True)
@click.option("--output", type=Named(file_okay=False),
              help="Folder it was built in.  [default: outputs]")  # fmt: skip
@refusing
def trace(measure: str, which: str, edition: str, output: Path | None) -> None:
    """Print which cell shows a built edition's figures, and which rows they come from."""
    from kcc_lib.cli.tracing import trace_lines

    click.echo("\n".join(trace_lines(measure, which, edition=edition, output=output)))


@kcc.command(
    short_help="Show narrative filled in, with its faults.", epilog="Example: kcc preview 1.1"
)
@click.argument("name", required=False, default="", metavar="[NAME|FILE]")
@click.option("--edition", default="", metavar="EDITION",
              help="Whose data fill it in.  "
              "[default: that of FILE's folder, or annual-2019]")  # fmt: skip
@refusing
def preview(name: str, edition: str) -> None:
    """Print narrative filled in, as Markdown; without NAME, all of an edition's.

    What is wrong stands between ⟦ and ⟧; the faults go to stderr.
    """
    from kcc_lib.cli.previewing import print_preview

    if not print_preview(name, edition):
        sys.exit(2)


@kcc.command(
    short_help="Record that an edition was checked or signed.",
    epilog='Example: kcc sign annual-2019 --state signed --by "A Green, Director" --on 2026-03-31',
)
@click.argument("edition")
@click.option("--state", type=click.Choice([str(s) for s in SignOff]), required=True,
              help="What it becomes; draft reopens it.")  # fmt: skip
@click.option("--by", required=True, metavar="NAME, ROLE", help="Who vouches for it.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day of it.")
@click.option("--note", default="", metavar="TEXT", help="Why; needed to reopen an edition.")
@refusing
def sign(edition: str, state: str, by: str, on: datetime, note: str) -> None:
    """Record a step of an edition's sign-off: checked, then signed; a signed one is frozen.

    An edition whose data or narrative have faults is refused, and so is one that was changed
    since it was checked.
    """
    from kcc_lib.cli.signing import sign_edition
    from kcc_lib.records.sign_off import Step, plain_words

    step = Step(edition, SignOff(state), plain_words(by), on.date(), note=plain_words(note))
    click.echo(sign_edition(step))


@kcc.command(context_settings={"ignore_unknown_options": True},
             short_help="Open JupyterLab on the workbook.",
             epilog="Example: kcc lab --no-browser --port 8889")  # fmt: skip
@click.argument("options", nargs=-1, type=click.UNPROCESSED, metavar="[JUPYTERLAB OPTION]...")
@refusing
def lab(options: tuple[str, ...]) -> None:
    """Open JupyterLab on the workbook; further options go to JupyterLab."""
    workbook = find_workbook()
    os.environ["KCC_WORKBOOK"] = str(workbook.root)
    folder = f"--ServerApp.root_dir={workbook.root}"
    quiet = "--LabApp.news_url=None"
    command = [sys.executable, "-m", "jupyterlab", folder, quiet, *options]
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter, no shell


kcc.add_command(report)
kcc.add_command(diff)
kcc.add_command(freshness)
kcc.add_command(schedule)
