"""What a run was asked for, looked over for every edition before any is built."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kcc_lib.errors import KccError, UnknownNameError
from kcc_lib.records.folders import edition_names

if TYPE_CHECKING:  # heavy: loaded once it is known that something is to be built
    from kcc_lib.presentation.report import Report
    from kcc_lib.records.places import Workbook


def refuse_unknown(names: Sequence[str], raw: Path) -> None:
    """Refuse editions that there are not; a path to a build is the name of none.

    Raises
    ------
    UnknownNameError, KccError
        With each name that does not exist.
    """
    known = edition_names(raw)
    unknown = [
        UnknownNameError("edition", n, known) for n in dict.fromkeys(names) if n not in known
    ]
    if len(unknown) == 1:
        raise unknown[0]
    _refuse([str(error) for error in unknown])


def refuse_parts(
    reports: "Sequence[Report]", *, only: Sequence[str], areas: Sequence[str], pdf: bool
) -> None:
    """Refuse sections and areas that one of the editions has not.

    Raises
    ------
    KccError
        With everything that speaks against it, of every edition.
    """
    _refuse([said for r in reports for said in _against(r, only, areas, pdf)])


def _against(
    report: "Report", only: Sequence[str], areas: Sequence[str], pdf: bool
) -> Iterator[str]:
    """Options that are of editions of one area, or of editions by area, are not of the other."""
    edition = report.edition
    name = edition.name
    if areas and not edition.areas:
        yield f"{name} is of one area; --area is for editions by area"
    if edition.areas and (only or pdf):
        yield f"{name} is built by area: choose with --area, not --only; it has no --pdf"
    sections = [s.name for s in edition.sections]
    for what, asked, known in (
        ("section", () if edition.areas else only, sections),
        ("area", areas if edition.areas else (), list(edition.areas)),
    ):
        for one in asked:
            if one not in known:
                yield f"{name}: {UnknownNameError(what, one, known)}"


def refuse_unsound(
    reports: "Sequence[Report]", workbook: "Workbook", output: Path, only: Sequence[str],
    *, pdf: bool,
) -> None:  # fmt: skip
    """Refuse what the build of one edition would refuse only when others are built already.

    Raises
    ------
    NarrativeError
        With the faults of all narrative.
    UnknownNameError, ParameterError
        If a notebook or a parameter does not exist.
    OutputError
        If an edition's place in the output folder is not one for a build.
    KccError
        If a part would be built among pages of another sign-off, or a PDF made of pages that
        are not all there.
    """
    from kcc_lib.errors import NarrativeError
    from kcc_lib.presentation.easy.page import prose_faults
    from kcc_lib.publish.build import refuse_a_mix
    from kcc_lib.publish.frozen import read_standing
    from kcc_lib.publish.jobs import check_jobs, choose_pages
    from kcc_lib.publish.pdf.place import refuse_unless_whole
    from kcc_lib.publish.served import place_of

    for report in reports:
        place_of(output / report.edition.name)
    of_one = [r for r in reports if not r.edition.areas]
    if faults := [fault for report in of_one for fault in prose_faults(report)]:
        raise NarrativeError(faults)
    for report in of_one:
        edition, chosen = report.edition, choose_pages(report.edition, only)
        check_jobs(report, workbook, chosen)
        if pdf:
            refuse_unless_whole(edition, chosen, output / edition.name)
        if only:
            refuse_a_mix(edition, read_standing(report, workbook), output / edition.name)


def _refuse(said: Sequence[str]) -> None:
    if said:
        several = [f"{len(said)} faults found; nothing was built", *(f"  {one}" for one in said)]
        raise KccError("\n".join(several) if len(said) > 1 else said[0])
