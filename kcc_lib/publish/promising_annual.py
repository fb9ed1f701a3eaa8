"""What the pages of an annual edition promise, from its judgements and its words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from kcc_lib.presentation.addresses import anchor
from kcc_lib.presentation.formats import format_period
from kcc_lib.presentation.key_results import bullets, parts_with_results
from kcc_lib.presentation.section import Section
from kcc_lib.presentation.views import MeasureView
from kcc_lib.publish.promises import MeasurePromise, TablePromise
from kcc_lib.records.editions import PageRecipe
from kcc_lib.vocabulary import Label

Views: TypeAlias = Mapping[str, MeasureView]


def measures_under(section: Section, views: Views, outcome: str) -> tuple[MeasurePromise, ...]:
    """Every measure of a strategic outcome, in code order."""
    return tuple(_measure(views[m.measure]) for m in section.catalogue.under(outcome))


def _measure(view: MeasureView) -> MeasurePromise:
    code = view.measure.measure
    points = {
        (time, format_period(str(period)))
        for frame in (view.points, view.other)
        for time, period in zip(frame["time"], frame["period"], strict=True)
    }
    return MeasurePromise(
        anchor(code),
        f"{code} {view.measure.title}",
        tuple((v.heading, v.label) for v in view.verdicts),
        tuple(period for _, period in sorted(points)),
        drawn=bool(view.points["value"].notna().any()),
    )


def summary_table(section: Section, views: Views, outcome: str = "") -> TablePromise:
    """A row for each measure (all where ""): its name, then the word over each horizon."""
    codes = [m.measure for m in section.catalogue.under(outcome)] if outcome else list(views)
    rows = [
        (f"{code} {views[code].measure.title}", *(v.label for v in views[code].verdicts))
        for code in codes
    ]
    return TablePromise("progress-summary", tuple(rows))


def counts_table(section: Section) -> TablePromise:
    """How many measures have each word that stands, over each horizon."""
    judged = section.judgements[section.judgements["area"] == section.area]
    order = (Label.IMPROVING, Label.MAINTAINING, Label.NOT_IMPROVING, Label.NOT_APPLICABLE,
             Label.NOT_JUDGED)  # fmt: skip
    rows = []
    for horizon, heading in section.edition.horizons.items():
        over = judged[judged["horizon"] == horizon]
        stands = over["published_label"].where(over["published_label"] != "", over["label"])
        found = Counter(str(word) for word in stands)
        rows.append((f"{heading}, as published", *(str(found[word]) for word in order)))
    return TablePromise("judgement-counts", tuple(rows))


def direction_tables(section: Section, outcome: str) -> Iterable[TablePromise]:
    """The word of each supporting outcome over each horizon, a table a strategic outcome."""
    catalogue, words = section.catalogue, section.outcome_words()
    for number in catalogue.strategic_outcomes:
        if outcome in {"", number}:
            under = [s for s in catalogue.supporting_outcomes.values() if s.outcome == number]
            rows = [
                (f"{s.supporting_outcome} {s.title}",
                 *(w.label for w in words if w.outcome == s.supporting_outcome))
                for s in under
            ]  # fmt: skip
            yield TablePromise(f"direction-{number}", tuple(rows))


def judged_rows(section: Section) -> int:
    """How many judgements of the edition's area there are: a row each of the audit."""
    return int((section.judgements["area"] == section.area).sum())


def results_of(section: Section, recipe: PageRecipe) -> dict[str, str]:
    """The key results that a page repeats: of its outcome, or in the news of every outcome."""
    parts = parts_with_results(section)
    if recipe.notebook == "outcome_story.ipynb":
        wanted = {f"Outcome {recipe.parameters.get('outcome', '')}"}
    elif recipe.notebook == "news.ipynb":
        wanted = {f"Outcome {number}" for number in section.catalogue.strategic_outcomes}
    else:
        wanted = set()
    return {f"key results of {p}": bullets(section, p) for p in parts if p in wanted}


def committee_paragraphs(section: Section) -> tuple[str, ...]:
    """The numbered paragraphs of the committee report, which are plain text."""
    told = section.prose("committee_report").split("\n\n")
    return tuple(" ".join(p.split()) for p in told if p.strip())
