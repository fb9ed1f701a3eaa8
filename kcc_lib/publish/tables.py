"""The data files of an edition: judgements and the figures shown, as CSV and JSON."""

from pathlib import Path

from kcc_lib.presentation.downloads.text import csv_text, json_text
from kcc_lib.presentation.report import Report
from kcc_lib.records.processed import write_whole


def write_data(section: Report, folder: Path) -> None:
    """Write the report's files, unrounded: judgements, figures, and what stands beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in section.files.items():
        write_whole(folder / f"{name}.csv", csv_text(frame))
        write_whole(folder / f"{name}.json", json_text(frame))
