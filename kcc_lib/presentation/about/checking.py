"""How firm a report is: revisions, what its judgements can and cannot bear, and how to check it."""

from kcc_lib.presentation.about.contacts import day_words
from kcc_lib.presentation.addresses import made_by
from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.formats import format_period
from kcc_lib.presentation.quarterly.kpi import PROVISIONAL
from kcc_lib.presentation.quarterly.quarter import Quarter
from kcc_lib.presentation.report import Report


def checking(report: Report) -> Blocks:
    """Strengths and limits, revisions, and where everything is that somebody else would need."""
    return blocks(
        _part("Strengths and limits", "limits", _strengths(report)),
        _part("Revisions", "revisions", _revisions(report)),
        _part("How to check this report", "check", _check(report)),
    )


def _part(title: str, name: str, told: list[str]) -> list[Block]:
    listed = "\n".join(f"- {said}" for said in told)
    return [
        {"kind": "heading", "level": 2, "text": title, "id": name},
        {"kind": "prose", "markdown": listed},
    ]


def _strengths(report: Report) -> list[str]:
    """What holds for every edition, because the program does it."""
    return [
        "The same rule, with the settings named above, is used for every measure.",
        "Every judgement has its evidence beside it: what was compared, by which test, and what "
        "speaks against it.",
        "Nothing that is missing is filled in, smoothed or counted as zero. No judgement is given "
        "where something it needs is not held.",
        "Changes and differences are worked out before rounding: in the last place one may differ "
        "from what the printed figures give.",
        "A judgement is of the figures alone. It does not say why they moved, nor whether the "
        "council's work moved them.",
        "A measure of the whole of "
        f"{report.area_name} does not tell how places or groups of people within it differ.",
        "Few points and small samples hide movements that are real: no evidence of change is not "
        "evidence of none.",
    ]


def _revisions(report: Report) -> list[str]:
    edition = report.edition
    until = day_words(edition.as_of)
    shown = "covers periods up to" if isinstance(report, Quarter) else "shows the periods known by"
    told = [f"This edition {shown} {until}. Later periods are kept for later editions and change "
            "nothing here."]  # fmt: skip
    if isinstance(report, Quarter):
        year = format_period(report.financial_year.label)
        told.append(f"Figures of {year} are {PROVISIONAL}; what becomes of them is for later "
                    "reports to tell.")  # fmt: skip
    else:
        told.append("Publishers revise figures. Where one was gathered again it may be the "
                    "revised one, and not the one known on that day.")  # fmt: skip
    said = "After it is signed off an edition is changed only by a correction, which is listed"
    if made := made_by(edition, "corrections.ipynb"):
        told.append(f"{said} under [{made.title}]({made.name}.html).")
    else:
        told.append(f"{said} on its pages.")
    return told


def _check(report: Report) -> list[str]:
    """The data, the record of the build, and the code: all that it takes to do it again."""
    method = report.edition.method
    return [
        "The [judgements](data/judgements.csv) and the [figures](data/observations.csv) of this "
        "edition are CSV files, unrounded, each figure with its source.",
        "The [record of how these pages were made](run.json) has a fingerprint (SHA-256) of every "
        "input and every output, and the versions of the programs used. The same inputs give the "
        "same pages, byte for byte.",
        f"The rule is written out in full, with its known failures, on the method card {method} in "
        "the workbook that makes these pages; the code that applies it stands beside it, under the "
        "MIT licence.",
    ]
