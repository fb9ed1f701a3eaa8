"""The jobs of a build: which pages, by which notebook, with what around them."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from kcc_lib.errors import UnknownNameError
from kcc_lib.presentation.addresses import made_by
from kcc_lib.presentation.report import Report
from kcc_lib.publish.execute import Isolation, Job
from kcc_lib.publish.footer import footer
from kcc_lib.publish.frozen import Standing, page_standing
from kcc_lib.publish.menu import menu
from kcc_lib.publish.parameters import check_parameters, declared_parameters
from kcc_lib.publish.promising import page_promises
from kcc_lib.publish.terms import terms_for
from kcc_lib.records.editions import Edition, PageRecipe
from kcc_lib.records.folders import listed
from kcc_lib.records.places import Workbook
from kcc_lib.records.rules import has_flag
from kcc_lib.vocabulary import Flag


def jobs_of(
    section: Report, workbook: Workbook, chosen: Sequence[PageRecipe], isolation: Isolation
) -> list[Job]:
    """A job for each page, its parameters checked against its notebook, with its promise.

    Raises
    ------
    UnknownNameError, ParameterError
        If a notebook or a parameter does not exist.
    """
    wanted = [_job(section, workbook, recipe) for recipe in chosen]
    promised = page_promises(section, chosen)
    return [replace(j, isolation=isolation, promise=promised[j.section]) for j in wanted]


def check_jobs(section: Report, workbook: Workbook, chosen: Sequence[PageRecipe]) -> None:
    """Look for what `jobs_of` would refuse.

    Raises
    ------
    UnknownNameError, ParameterError
        If a notebook or a parameter does not exist.
    """
    for recipe in chosen:
        _job(section, workbook, recipe)


def choose_pages(edition: Edition, only: Sequence[str]) -> list[PageRecipe]:
    """The pages of an edition, or those named.

    Raises
    ------
    UnknownNameError
        If the edition has no page of a name.
    """
    names = [s.name for s in edition.sections]
    for name in only:
        if name not in names:
            raise UnknownNameError("section", name, names)
    return [s for s in edition.sections if not only or s.name in only]


def _job(section: Report, workbook: Workbook, recipe: PageRecipe) -> Job:
    """A section's job with its parameters checked against its notebook."""
    notebook = workbook.notebooks / recipe.notebook
    if not notebook.is_file():
        known = [p.name for p in listed(workbook.notebooks, "*.ipynb")]
        raise UnknownNameError("notebook", recipe.notebook, known)
    edition = section.edition
    common: dict[str, Any] = {
        "edition": edition.name,
        "area": section.area,
        "comparators": list(section.comparators),
        "method": edition.method,
        "preset": edition.preset,
    }
    declared = declared_parameters(notebook)
    given = {k: v for k, v in common.items() if k in declared} | dict(recipe.parameters)
    check_parameters(notebook, given)
    return Job(recipe.name, str(notebook), given, {}, str(workbook.root), "")


def aim(
    job: Job, staging: Path, section: Report, chosen: Sequence[PageRecipe], standing: Standing,
    *, publisher: str = "",
) -> Job:  # fmt: skip
    """Give a job its place and what its page says around the blocks.

    Parameters
    ----------
    publisher
        The area of the council that publishes, where the page is of another area.
    """
    edition = section.edition
    built = {r.name for r in chosen} | {p.stem for p in staging.glob("*.html")}
    pages = [r for r in edition.sections if r.name in built]
    current = next(r for r in pages if r.name == job.section)
    title = current.title
    names = [r.name for r in pages]
    lists = made_by(edition, "corrections.ipynb")
    synthetic = has_flag(section.shown["flags"], Flag.SYNTHETIC).any()
    council = publisher or section.area_name
    of_area = f"{section.area_name} – " if publisher else ""
    up = {"href": "../index.html", "title": "All areas", "current": ""} if publisher else None
    said = page_standing(standing, job.section, names, lists=lists.name if lists else "")
    mark = "Draft: " if said["draft"] else ""
    resources = {
        "title": f"{mark}{title} – {of_area}{edition.subtitle} – {council} County Council",
        "description": f"{edition.title}, {edition.subtitle}: {of_area}{title}.",
        "edition": f"{of_area}{edition.title}: {edition.subtitle}",
        "up": up,
        "as_of": section.covers,
        "banner": "These pages are drawn from synthetic data." if synthetic else "",
        "credit": {
            "edition": f"{edition.title}: {edition.subtitle}", "covers": section.covers,
            "publisher": f"{council} County Council", "draft": said["draft"],
        },
        "terms": terms_for(edition, names, job.section),
        **menu(pages, job.section, up),
        **footer(edition, names, current),
        **said,
    }  # fmt: skip
    return replace(job, resources=resources, output=str(staging))
