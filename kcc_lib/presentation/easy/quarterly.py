"""Easy Read of a quarterly report, made from its ratings and directions."""

import math
from collections.abc import Sequence

from kcc_lib.easy_words import EasyKind, Picture
from kcc_lib.presentation.blocks import Blocks
from kcc_lib.presentation.easy.amounts import (
    easy_amounts,
    easy_period,
    easy_target,
    period_words,
)
from kcc_lib.presentation.easy.parts import (
    Head,
    Mark,
    Part,
    Row,
    easy_page,
    easy_word,
    help_parts,
    require_words,
)
from kcc_lib.presentation.formats import count_words
from kcc_lib.presentation.quarterly.kpi import KpiView
from kcc_lib.presentation.quarterly.quarter import Quarter
from kcc_lib.presentation.quarterly.tallies import RATINGS, Matrix, counted, standing
from kcc_lib.vocabulary import Direction, Rag

#: What a result of each rating did; the same words for one and for many.
RATED = {
    Rag.GREEN: "met the target",
    Rag.AMBER: "missed the target but met the floor",
    Rag.RED: "missed the floor",
}
#: What became of a result, of one and of several.
MOVED = {
    Direction.IMPROVED: ("got better", "got better"),
    Direction.SAME: ("stayed the same", "stayed the same"),
    Direction.WORSENED: ("got worse", "got worse"),
    Direction.IMPROVING: ("is getting better", "are getting better"),
    Direction.STABLE: ("is about the same", "are about the same"),
    Direction.WORSENING: ("is getting worse", "are getting worse"),
}


def quarterly_easy_read(quarter: Quarter) -> Blocks:
    """What the report is, how many results met their target, and each one that did not.

    Raises
    ------
    NarrativeError
        If the page would not be easy to read, or something on it has no easy words.
    """
    names = [d.name for d in quarter.quarterly.directorates]
    require_words(quarter.catalogue, [
        *((EasyKind.DIRECTORATE, name) for name in names),
        *((EasyKind.MEASURE, k.measure) for k in quarter.quarterly.kpis),
    ])  # fmt: skip
    matrix = standing(quarter)
    parts: list[Part] = [*_opening(quarter, matrix), *_all_together(matrix)]
    for name in names:
        parts += _directorate(quarter, name)
    parts += [*_unknown(quarter, matrix), *help_parts(quarter.catalogue, "index.html")]
    return easy_page(parts, quarter.catalogue.easy, file=f"Easy Read of {quarter.edition.name}")


def _opening(quarter: Quarter, matrix: Matrix) -> list[Part]:
    """What the page is about and what the colours mean."""
    when = period_words(quarter.period).removeprefix("from ")
    council = f"{quarter.area_name} County Council"
    first, last = quarter.period.start, quarter.period.end
    months = 12 * (last.year - first.year) + last.month - first.month + 1
    return [
        Head(1, "How is the council doing?", kicker=f"Easy Read: {quarter.edition.subtitle}"),
        Head(2, "What is this page?"),
        Row(f"{council} looks at how well it does its work. It does this every {months} months.",
            Picture.PEOPLE),
        Row(f"This page is about {when}. It looks at {count_words(matrix.total.kpis, 'result')}.",
            Picture.REPORT),
        Row("Each result has a target.", Picture.TARGET),
        Row("The numbers for this year may still change.", Picture.CLOCK),
        Head(2, "What do the colours mean?"),
        *(Row(f"**{word}** means that a result {said}.", label=str(word))
          for word, said in RATED.items()),
    ]  # fmt: skip


def _all_together(matrix: Matrix) -> list[Part]:
    """How many results have each rating and each direction."""
    total, count = matrix.total, matrix.total.kpis
    of = f"of {count_words(count, 'result')}"
    found: list[Part] = [Head(2, "How many results met the target?")]
    found += [
        Row(f"**{word}**: {n} {of} {RATED[word]}.", label=str(word))
        for word, n in zip(RATINGS[:3], total.ratings[:3], strict=True)
        if n
    ]
    found += _unsaid(total.ratings[3])
    found.append(Head(2, "Are things getting better?"))
    found += [
        Row(f"**{str(word).capitalize()}**: {n} {of} {MOVED[word][n != 1]}.", label=str(word))
        for word, n in zip(matrix.words[:3], total.directions[:3], strict=True)
        if n
    ]
    return found + _unsaid(total.directions[3])


def _unsaid(count: int) -> list[Part]:
    said = f"For {count_words(count, 'result')} we cannot say."
    return [Row(said, label=str(Rag.NOT_RATED))] if count else []


def _directorate(quarter: Quarter, name: str) -> list[Part]:
    """One directorate in easy words: what met its target, then each result that did not."""
    easy = easy_word(quarter.catalogue, EasyKind.DIRECTORATE, name)
    views = quarter.kpis(name)
    met = [v for v in views if v.rag is Rag.GREEN]
    found: list[Part] = [
        Head(2, easy.easy, file=easy.file, line=easy.line),
        Row(f"There {'is' if len(views) == 1 else 'are'} {count_words(len(views), 'result')} "
            "here.", easy.picture),
    ]  # fmt: skip
    if met:
        points = tuple(_met(quarter, view) for view in met)
        found.append(Row(f"**{Rag.GREEN}**: {len(met)} met the target.", label=str(Rag.GREEN),
                         points=points))  # fmt: skip
    order: Sequence[Rag] = RATINGS[1:]
    missed = sorted((v for v in views if v.rag is not Rag.GREEN), key=lambda v: order.index(v.rag))
    return found + [_missed(quarter, view) for view in missed]


def _met(quarter: Quarter, view: KpiView) -> str:
    """The name of a result that met its target, and which way it went if it moved."""
    easy = easy_word(quarter.catalogue, EasyKind.MEASURE, view.measure.measure)
    still = {view.words[1], Direction.NOT_GIVEN}
    moved = "" if view.direction in still else f" It {MOVED[view.direction][0]}."
    return f"{easy.easy}.{moved}"


def _missed(quarter: Quarter, view: KpiView) -> Row:
    """A result that did not meet its target: its name, its figures, its marks."""
    easy = easy_word(quarter.catalogue, EasyKind.MEASURE, view.measure.measure)
    marks = []
    if view.rag in RATED:
        marks.append(Mark(str(view.rag), f"It {RATED[view.rag]}."))
    if view.direction in MOVED:
        marks.append(Mark(str(view.direction), f"It {MOVED[view.direction][0]}."))
    said = " ".join(_figures(view, easy.of))
    return Row(f"**{easy.easy}.**\n\n{said}", easy.picture, marks=tuple(marks),
               file=easy.file, line=easy.line)  # fmt: skip


def _figures(view: KpiView, of: str) -> list[str]:
    """The latest value with its period, and the target; that the report gives none."""
    if view.latest is None or math.isnan(view.value):
        return ["The report does not give the number."]
    aims = [a for a in (view.aims.target,) if not math.isnan(a)]
    now, *then = easy_amounts(view.measure, [view.value], of, exact=aims)
    when = easy_period(str(view.latest["period"]), view.measure)
    said = [f"{when[0].upper()}{when[1:]} it was {now}."]
    return said + [f"The target was {easy_target(view.measure, aim)}." for aim in then]


def _unknown(quarter: Quarter, matrix: Matrix) -> list[Part]:
    """What the report does not say of some results."""
    views, found = quarter.kpis(), []
    if bare := sum(math.isnan(v.value) for v in views):
        found.append(f"For {count_words(bare, 'result')} the report does not give the number.")
    ours = counted(quarter) if matrix.printed else matrix
    if still := ours.total.directions[3]:
        which = f"For {count_words(still, 'result')}"
        if matrix.printed:
            found.append(
                "The report says how many results got better. "
                f"{which} it does not say which way {'it' if still == 1 else 'they'} went."
            )
        else:
            found.append(f"{which} we cannot say which way {'it' if still == 1 else 'they'} went.")
    if not found:
        return []
    return [Head(2, "What do we not know?"), *(Row(said, Picture.HELP) for said in found)]
