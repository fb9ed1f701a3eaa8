"""`kcc check` of narrative: every unbound figure and broken binding of every edition."""

from kcc_lib.errors import Fault
from kcc_lib.records.editions import edition_names
from kcc_lib.records.places import find_workbook
from kcc_lib.workbench import open_section


def check_narratives() -> tuple[list[Fault], int]:
    """Check the narrative of every edition against its own data.

    Returns
    -------
    (faults, files)
        Every fault, and how many files were looked at.
    """
    raw = find_workbook().raw
    faults: list[Fault] = []
    for name in edition_names(raw):
        faults += open_section(name).narrative_faults()
    return faults, len(list((raw / "narrative").rglob("*.md")))
