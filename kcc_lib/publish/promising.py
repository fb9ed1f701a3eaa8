"""Which promise each page of an edition makes: by its notebook, from the loaded edition."""

import re
from collections.abc import Iterable, Mapping
from html import unescape

from kcc_lib.presentation.blocks import render_prose
from kcc_lib.presentation.quarterly.quarter import Quarter
from kcc_lib.presentation.quarterly.tallies import Matrix, standing
from kcc_lib.presentation.report import Report
from kcc_lib.presentation.section import Section
from kcc_lib.publish.promises import PagePromise, PassagePromise, TablePromise
from kcc_lib.publish.promising_about import promised_about
from kcc_lib.publish.promising_annual import (
    Views,
    committee_paragraphs,
    counts_table,
    direction_tables,
    judged_rows,
    measures_under,
    results_of,
    summary_table,
)
from kcc_lib.publish.promising_quarterly import promised_quarterly
from kcc_lib.records.editions import PageRecipe

_BLOCK = re.compile(r"</?(?:blockquote|br|h[2-4]|li|ol|p|table|tbody|td|th|thead|tr|ul)\b[^>]*>")
_TAG = re.compile(r"<[^>]+>")


def page_promises(report: Report, recipes: Iterable[PageRecipe]) -> dict[str, PagePromise]:
    """What pages of one edition must hold, by the name of the page.

    Parameters
    ----------
    report
        The edition loaded and judged.
    recipes
        The pages. One whose notebook is not known here promises its title, and that it shows
        something.

    Raises
    ------
    KccError
        If a passage that a page must show cannot be told.
    """
    if isinstance(report, Section):
        views = {code: report.view(code) for code in report.catalogue.measures}
        made = {r.name: (r, _annual(report, views, r)) for r in recipes}
    else:
        matrix = standing(report)
        made = {r.name: (r, _quarterly(report, matrix, r)) for r in recipes}
    return {name: promised_about(report, r, promise) for name, (r, promise) in made.items()}


def _quarterly(quarter: Quarter, matrix: Matrix, recipe: PageRecipe) -> PagePromise:
    measures, tables, written = promised_quarterly(quarter, matrix, recipe)
    passages = _passages({name: quarter.prose(name) for name in written})
    return PagePromise(recipe.title, tuple(measures), tuple(tables), passages)


def _annual(section: Section, views: Views, recipe: PageRecipe) -> PagePromise:
    if found := re.fullmatch(r"outcome_(\d+)\.ipynb", recipe.notebook):
        return _measures_page(section, views, recipe, found[1])
    outcome = str(recipe.parameters.get("outcome", ""))
    named = str(recipe.parameters.get("narrative", ""))
    written = [*_NARRATIVE.get(recipe.notebook, ()), *filter(None, [named])]
    if recipe.notebook == "outcome_story.ipynb":
        written.append(f"outcome_{outcome}")
    texts = {name: section.prose(name) for name in written if section.written.has(name)}
    passages = _passages(texts | results_of(section, recipe))
    if recipe.notebook == "committee_report.ipynb":
        passages = (PassagePromise("committee_report", committee_paragraphs(section)),)
    tables: Iterable[TablePromise] = ()
    if recipe.notebook == "overview.ipynb":
        tables = counts_table(section), summary_table(section, views)
    elif recipe.notebook == "audit.ipynb":
        tables = (TablePromise("audit-table", least=judged_rows(section)),)
    elif recipe.notebook == "outcomes_audit.ipynb":
        words = len(section.outcome_words())
        tables = (
            TablePromise("outcomes-table", least=words),
            TablePromise("measures-table", least=len(views)),
        )
    elif recipe.notebook in {"direction_of_travel.ipynb", "outcome_story.ipynb"}:
        tables = direction_tables(section, outcome)
    return PagePromise(recipe.title, (), tuple(tables), passages)


def _measures_page(section: Section, views: Views, recipe: PageRecipe, outcome: str) -> PagePromise:
    """Every measure of the outcome, each supporting outcome's narrative, and the summary."""
    under = [
        code for code, s in section.catalogue.supporting_outcomes.items() if s.outcome == outcome
    ]
    texts = {code: section.prose(code) for code in under} if section.narrated else {}
    return PagePromise(
        recipe.title,
        measures_under(section, views, outcome),
        (summary_table(section, views, outcome),),
        _passages(texts),
    )


#: The narratives that a notebook shows whole, where they are written.
_NARRATIVE: Mapping[str, tuple[str, ...]] = {
    "overview.ipynb": ("introduction", "operating_environment"),
    "annual_overview.ipynb": ("introduction", "foreword", "our_outcomes", "operating_environment"),
    "finance.ipynb": ("finance",),
    "news.ipynb": ("news",),
    "audit.ipynb": ("audit",),
    "method_and_data_quality.ipynb": ("method", "data_quality"),
}


def _passages(texts: Mapping[str, str]) -> tuple[PassagePromise, ...]:
    return tuple(PassagePromise(n, paragraphs_of(t)) for n, t in texts.items() if t.strip())


def paragraphs_of(markdown: str) -> tuple[str, ...]:
    """The paragraphs, headings, items and cells of a narrative, each as plain text."""
    # a page's first heading is of a level that prose itself may not have
    told = re.sub(r"^#(?= )", "##", markdown, flags=re.MULTILINE)
    pieces = _BLOCK.split(str(render_prose(told)))
    plain = (" ".join(unescape(_TAG.sub("", piece)).split()) for piece in pieces)
    return tuple(text for text in plain if text)
