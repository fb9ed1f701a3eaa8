"""`kcc assess`: files in, judgements out as a table, CSV or JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from kcc_lib import workbench
from kcc_lib.cli.judged_table import decimals_of, judgement_table, outcome_table
from kcc_lib.errors import DataError, Fault, KccError
from kcc_lib.judgement.assess import assess
from kcc_lib.judgement.methods import method_named, settle
from kcc_lib.judgement.rag import floor_beyond_target
from kcc_lib.judgement.roll_up import roll_up
from kcc_lib.measures import Measure
from kcc_lib.presentation.downloads.text import csv_text, json_text
from kcc_lib.records.catalogue import MEASURES, read_measures
from kcc_lib.records.lines import check_columns, read_lines
from kcc_lib.records.observations import load_files
from kcc_lib.records.places import find_workbook
from kcc_lib.records.withheld import rules_here
from kcc_lib.vocabulary import Polarity


@dataclass(frozen=True, slots=True)
class Request:
    """How to judge and what to print; a method or preset of None is the default one."""

    method: str | None
    preset: str | None
    choices: Sequence[str]
    roll_up: bool
    style: str


def assess_files(files: Sequence[Path], asked: Request, catalogue: Path | None) -> str:
    """Judge the series in files by a named method.

    Raises
    ------
    DataError
        With every fault of every file; nothing is written.
    UnknownNameError
        If the method, preset or an option does not exist.
    KccError
        If an option has a value it cannot have.
    """
    chosen = read_choices(asked.choices)
    method = method_named(asked.method or "significance-2019")
    settle(method, asked.preset or "default", chosen)  # refused before any file is read
    measures = _read_catalogue(catalogue) if catalogue else None
    observations = load_files(
        files, [str(f) for f in files], suppression=rules_here(), measures=measures
    )
    _refuse_crossed_targets(observations.targets, observations.measures, str(files[0]))
    judgements = assess(
        observations.frame, observations.measures, method=method.name,
        preset_name=asked.preset or "default", options=chosen, targets=observations.targets,
    )  # fmt: skip
    return _printed(judgements, observations.frame, observations.measures, asked)


def assess_edition(name: str, asked: Request) -> str:
    """Judge the workbook's own series over an edition's windows, by any method.

    Raises
    ------
    UnknownNameError
        If the edition, method, preset or an option does not exist.
    KccError
        If an option has a value it cannot have.
    """
    edition, catalogue = workbench.edition(name), workbench.load_measures()
    observations = workbench.load_observations()
    judgements = workbench.assess(
        observations, catalogue, method=asked.method or edition.method,
        preset=asked.preset, options=read_choices(asked.choices), edition=edition,
    )  # fmt: skip
    return _printed(judgements, observations, catalogue.only(edition.measures).measures, asked)


def read_choices(choices: Sequence[str]) -> dict[str, object]:
    """Settings written OPTION=VALUE, by name.

    Raises
    ------
    KccError
        If one is not written so, or stands twice.
    """
    found: dict[str, object] = {}
    for choice in choices:
        name, sign, value = choice.partition("=")
        if not sign or not name.strip() or not value.strip():
            raise KccError(f"--set {choice}: write OPTION=VALUE, such as fallback=variance")
        if name.strip() in found:
            raise KccError(f"--set {name.strip()} stands twice; keep one")
        found[name.strip()] = value.strip()
    return found


def _printed(
    judgements: pd.DataFrame, observations: pd.DataFrame, measures: Mapping[str, Measure],
    asked: Request,
) -> str:  # fmt: skip
    found = roll_up(judgements, measures) if asked.roll_up else judgements
    if asked.roll_up and found.empty:
        problem = "no measure names its supporting outcome; give a catalogue with --measures"
        raise KccError(f"--roll-up: {problem}")
    if asked.style == "csv":
        return csv_text(found)
    if asked.style == "json":
        return json_text(found)
    if asked.roll_up:
        return outcome_table(found)
    return judgement_table(found, decimals_of(observations, measures))


def _read_catalogue(path: Path) -> dict[str, Measure]:
    """A catalogue file on its own: outcomes and areas are the workbook's where there is one."""
    lines, faults = read_lines(path, str(path))
    if lines is None:
        raise DataError(faults)
    lines, more = check_columns(lines, MEASURES)
    faults += more
    if faults:
        raise DataError(faults)
    from kcc_lib.records.catalogue import read_catalogue

    outcomes = read_catalogue(find_workbook().raw).supporting_outcomes
    measures, more = read_measures(lines, outcomes, {})
    if more:
        raise DataError(more)
    return measures


def _refuse_crossed_targets(targets: pd.DataFrame, measures: dict[str, Measure], file: str) -> None:
    signs = [_sign(measures[m].polarity) for m in targets["measure"]]
    crossed = floor_beyond_target(targets["target"], targets["floor"], signs)
    faults = [
        Fault(file, 0, "floor", str(row["floor"]), f"asks more of {row['measure']} than its target "
              f"{row['target']}", "swap them or mend the polarity")
        for row, bad in zip(targets.to_dict("records"), crossed, strict=True)
        if bad
    ]  # fmt: skip
    if faults:
        raise DataError(faults)


def _sign(polarity: Polarity | None) -> int:
    """Which way a target is approached; 0 where it is not, or may be from either side."""
    return 0 if polarity in {None, Polarity.TARGET} else polarity.sign
