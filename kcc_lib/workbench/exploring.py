"""Look at one measure of an edition: its chart, its figures, and why it was judged so."""

from kcc_lib.judgement.methods import method_named
from kcc_lib.presentation.account import account_of
from kcc_lib.presentation.blocks import Blocks, blocks
from kcc_lib.presentation.measure_block import data_table
from kcc_lib.presentation.section import Section
from kcc_lib.presentation.sentences import polarity_words
from kcc_lib.workbench.judging import assess, load_measures, load_observations, section
from kcc_lib.workbench.judging import edition as open_edition


def open_section(name: str, *, method: str | None = None, preset: str | None = None) -> Section:
    """An edition's section for its own area, loaded and judged: for exploring and explaining.

    Parameters
    ----------
    method, preset
        Another way of judging than the edition's own.
    """
    report, measures, observations = open_edition(name), load_measures(), load_observations()
    judgements = assess(
        observations, measures, method=method or report.method, preset=preset, edition=report
    )
    return section(report, measures, observations, judgements)


def explain(
    measure: str,
    *,
    edition: str = "annual-2019",
    method: str | None = None,
    preset: str | None = None,
) -> str:
    """The evidence behind one measure's judgements, in words and numbers.

    Parameters
    ----------
    method, preset
        Another way of judging than the edition's own.

    Raises
    ------
    UnknownNameError
        If the measure, the edition, the method or the preset does not exist.
    """
    view = open_section(edition, method=method, preset=preset).view(measure)
    told = [f"{measure} {view.measure.title}", polarity_words(view.measure) + "."]
    if method:
        told.append(f"Judged by {method}: {method_named(method).words}.")
    for part in account_of(view):
        told += ["", f"{part.heading}: {part.label}" if part.label else part.heading]
        told += [f"  {said}" for said in part.said]
    for other in view.elsewhere:
        words = "; ".join(f"{t.heading} {t.label}" for t in other.told)
        told += ["", f"{other.title}, {other.basis}: {words}"]
    return "\n".join(told)


def chart(measure: str, *, edition: str = "annual-2019") -> Blocks:
    """The chart of one measure with its caption, judgements and data table.

    Raises
    ------
    UnknownNameError
        If the measure or the edition does not exist.
    """
    return open_section(edition).measure(measure)


def table(measure: str, *, edition: str = "annual-2019") -> Blocks:
    """The figures of one measure that an edition shows, with what is known of each.

    Raises
    ------
    UnknownNameError
        If the measure or the edition does not exist.
    """
    found = data_table(open_section(edition).view(measure))
    return blocks(found or {"kind": "notice", "text": f"No figures are held for {measure}."})
