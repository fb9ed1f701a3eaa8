"""`kcc sign`: one step of an edition's sign-off, refused where anything speaks against it."""

from dataclasses import replace

from kcc_lib.errors import DataError, KccError, UnknownNameError
from kcc_lib.presentation.easy.page import prose_faults
from kcc_lib.presentation.report import Report
from kcc_lib.publish.frozen import Standing, changes, day_words, read_standing, read_tables
from kcc_lib.records.check import check_paths
from kcc_lib.records.folders import edition_names
from kcc_lib.records.places import Workbook, find_workbook
from kcc_lib.records.sign_off import Problem, Step, last_step, step_problems, write_step
from kcc_lib.vocabulary import SignOff
from kcc_lib.workbench import open_report


def sign_edition(step: Step) -> str:
    """Write one step of an edition's sign-off.

    Parameters
    ----------
    step
        Without its fingerprint, which is worked out here.

    Returns
    -------
    str
        What was done, in words, with the fingerprint.

    Raises
    ------
    UnknownNameError
        If there is no such edition.
    DataError
        If data or narrative have faults. An edition is reopened with faults in it.
    KccError
        If the step cannot follow the last one, or what it is given for has changed.
    """
    workbook = find_workbook()
    known = edition_names(workbook.raw)
    if step.edition not in known:
        raise UnknownNameError("edition", step.edition, known)
    steps, _ = read_tables(workbook)
    _refuse(step, [*step_problems(last_step(steps, step.edition), step)])
    if step.state is SignOff.DRAFT:
        write_step(workbook.raw, steps, step)
        return _words(step, "")
    report = _sound(step.edition, workbook)
    standing = read_standing(report, workbook)
    _refuse(step, [*_too_early(report, step), *_content_problems(standing, step)])
    step = replace(step, fingerprint=standing.fingerprint)
    write_step(workbook.raw, steps, step, standing.parts)
    edition = report.edition
    return _words(step, f"{edition.title}, {edition.subtitle}\nfingerprint {step.fingerprint}")


def _sound(edition: str, workbook: Workbook) -> Report:
    """The edition opened, where neither the data nor its narrative have a fault."""
    faults, _ = check_paths([workbook.raw])
    if faults:  # narrative can be read only against sound data
        raise DataError(faults)
    report = open_report(edition)
    if report.edition.areas:
        raise KccError(f"{edition} is built by area, and an edition by area is not signed off")
    if faults := prose_faults(report):
        raise DataError(faults)
    return report


def _too_early(report: Report, step: Step) -> list[Problem]:
    """Nobody can have checked an edition before the day that it tells of."""
    as_of = report.edition.as_of
    if step.on >= as_of:
        return []
    problem = f"is before {as_of.isoformat()}, the day that the edition is as of"
    return [("on", problem, "give the day on which it was done")]


def _content_problems(standing: Standing, step: Step) -> list[Problem]:
    """What is signed is what was checked; signed again is only what was corrected."""
    last = standing.last
    problems: list[Problem] = []
    if last is None or step.state is SignOff.CHECKED:
        return problems
    told = "; ".join(changes(standing.before, standing.parts))
    if last.state is SignOff.CHECKED and standing.changed:
        problem = f"cannot be given: it has changed since it was checked ({told})"
        problems.append(("state", problem, "have it checked again"))
    if last.state is SignOff.SIGNED and not standing.changed:
        problems.append(("state", "is its state, and nothing has changed", "nothing is to be done"))
    elif last.state is SignOff.SIGNED and not standing.new_corrections:
        problem = f"cannot be given again: no correction is listed ({told})"
        remedy = "list what was put right in data/raw/corrections.csv, or reopen the edition"
        problems.append(("state", problem, remedy))
    late = [c.on for c in standing.corrections if c.on > step.on]
    if late:
        problem = f"is before the correction of {max(late).isoformat()}"
        problems.append(("on", problem, "sign on or after the day of the correction"))
    return problems


def _refuse(step: Step, problems: list[Problem]) -> None:
    if problems:
        cells = {"state": str(step.state), "by": step.by, "on": step.on.isoformat()}
        told = [
            f"  {column}: {f'{cells[column]!r} ' if cells.get(column) else ''}{problem}; {remedy}"
            for column, problem, remedy in problems
        ]
        raise KccError("\n".join([f"{step.edition} stays as it is; nothing was written", *told]))


def _words(step: Step, more: str) -> str:
    done = {SignOff.DRAFT: "reopened as a draft", SignOff.CHECKED: "checked"}
    what = done.get(step.state, "signed off")
    first = f"{step.edition}: {what} by {step.by}, on {day_words(step.on)}"
    return f"{first}\n{more}" if more else first
