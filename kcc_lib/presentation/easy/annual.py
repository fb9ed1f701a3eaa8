"""Easy Read of an annual report, made from its judgements."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from kcc_lib.easy_words import EasyKind, Picture
from kcc_lib.measures import StrategicOutcome
from kcc_lib.presentation.blocks import Blocks
from kcc_lib.presentation.easy.amounts import easy_amounts, easy_period
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
from kcc_lib.presentation.section import Section
from kcc_lib.presentation.views import MeasureView, Verdict
from kcc_lib.vocabulary import Horizon, Label, Polarity

#: What happened to a thing that was judged so.
TOLD = {
    Label.IMPROVING: "got better",
    Label.MAINTAINING: "stayed about the same",
    Label.NOT_IMPROVING: "got worse",
}
#: The words of things that are told one by one.
_CHANGED = (Label.IMPROVING, Label.NOT_IMPROVING)
#: Which way is good, told beside the numbers.
_GOOD: dict[Polarity | None, str] = {
    Polarity.HIGHER: "A bigger number is better.",
    Polarity.LOWER: "A smaller number is better.",
}
_MEANINGS = {
    Label.IMPROVING: "means that things got better.",
    Label.MAINTAINING: "means that things stayed about the same.",
    Label.NOT_IMPROVING: "means that things got worse.",
}


def annual_easy_read(section: Section) -> Blocks:
    """What the report is, how each outcome went, and each measure that changed in a year.

    Raises
    ------
    NarrativeError
        If the page would not be easy to read, or something on it has no easy words.
    """
    outcomes = section.catalogue.strategic_outcomes.values()
    views = section.views()
    changed = [v.measure.measure for v in views if _last_year(v).label in _CHANGED]
    require_words(section.catalogue, [
        *((EasyKind.OUTCOME, o.outcome) for o in outcomes),
        *((EasyKind.MEASURE, code) for code in changed),
    ])  # fmt: skip
    parts: list[Part] = [*_opening(section), *_all_together(views)]
    for outcome in outcomes:
        parts += _outcome(section, outcome, views)
    parts += [*_unknown(views), *help_parts(section.catalogue, "index.html")]
    return easy_page(parts, section.catalogue.easy, file=f"Easy Read of {section.edition.name}")


def _opening(section: Section) -> list[Part]:
    """What the page is about and what the words of the judgements mean."""
    known = f"{section.edition.as_of:%B %Y}"
    count = len(section.catalogue.measures)
    aims = count_words(len(section.catalogue.strategic_outcomes), "big aim")
    meanings = [Row(f"**{word}** {said}", label=str(word)) for word, said in _MEANINGS.items()]
    return [
        Head(1, f"How is {section.area_name} doing?", f"Easy Read: {section.edition.subtitle}"),
        Head(2, "What is this page?"),
        Row(f"{section.area_name} County Council wants life to get better in {section.area_name}. "
            f"It has {aims} for this.", Picture.PEOPLE),
        Row(f"The council looks at {count_words(count, 'thing')} to see how life is going. "
            f"This page says what it knew in {known}.", Picture.REPORT),
        Row("Some of the numbers may have changed since then.", Picture.CLOCK),
        Head(2, "What do the words mean?"),
        *meanings,
    ]  # fmt: skip


def _all_together(views: Sequence[MeasureView]) -> list[Part]:
    """How many measures have each word, over each horizon."""
    found: list[Part] = [Head(2, "How did it go?")]
    for at, verdict in enumerate(views[0].verdicts):
        found.append(Head(3, f"How did it go over {verdict.heading}?"))
        found += counted_rows([view.verdicts[at] for view in views])
    return found


def counted_rows(verdicts: Sequence[Verdict]) -> list[Row]:
    """A row for each word that some things have, and one for those without a word."""
    found = Counter(v.label for v in verdicts)
    total = len(verdicts)
    rows = [
        Row(f"**{word}**: {found[word]} of {count_words(total, 'thing')} {said}.", label=str(word))
        for word, said in TOLD.items()
        if found[word]
    ]
    rest = total - sum(found[word] for word in TOLD)
    if rest:
        rows.append(Row(f"For {count_words(rest, 'thing')} the report does not say.",
                        label=str(Label.NOT_JUDGED)))  # fmt: skip
    return rows


def _outcome(
    section: Section, outcome: StrategicOutcome, every: Sequence[MeasureView]
) -> list[Part]:
    """One strategic outcome: its counts, and each measure that changed in the last year."""
    easy = easy_word(section.catalogue, EasyKind.OUTCOME, outcome.outcome)
    codes = {m.measure for m in section.catalogue.under(outcome.outcome)}
    views = [view for view in every if view.measure.measure in codes]
    last = [_last_year(view) for view in views]
    found: list[Part] = [
        Head(2, easy.easy, file=easy.file, line=easy.line),
        Row(f"The council looked at {count_words(len(views), 'thing')} here. "
            f"This is how they went over {last[0].heading}.", easy.picture),
        *counted_rows(last),
    ]  # fmt: skip
    for word, title in (
        (Label.IMPROVING, "What got better?"), (Label.NOT_IMPROVING, "What got worse?"),
    ):  # fmt: skip
        told = [
            _measure(section, v) for v, one in zip(views, last, strict=True) if one.label == word
        ]
        found += [Head(3, title), *told] if told else []
    return found


def _last_year(view: MeasureView) -> Verdict:
    return next(v for v in view.verdicts if v.horizon is Horizon.ONE_YEAR)


def _measure(section: Section, view: MeasureView) -> Row:
    """A measure's easy name, its figures of the last year, and its word."""
    measure, verdict = view.measure, _last_year(view)
    easy = easy_word(section.catalogue, EasyKind.MEASURE, measure.measure)
    points = [
        (str(verdict.row[f"period_{end}"]), float(verdict.row[f"value_{end}"]))
        for end in ("from", "to")
    ]
    held = [(p, v) for p, v in points if p and not pd.isna(v)]
    amounts = easy_amounts(measure, [v for _, v in held], easy.of)
    said = [f"**{easy.easy}.**"]
    for (period, _), amount in zip(held, amounts, strict=True):
        when = easy_period(period, measure)
        said.append(f"{when[0].upper()}{when[1:]} it was {amount}.")
    mark = Mark(verdict.label, f"It {TOLD[Label(verdict.label)]} over {verdict.heading}.")
    if len(held) == 1:
        said.append("We do not have the number for the time before.")
    if held and (good := _GOOD.get(measure.polarity)):
        said.append(good)
    text = "\n\n".join(filter(None, (said[0], " ".join(said[1:]))))
    return Row(text, easy.picture, marks=(mark,), file=easy.file, line=easy.line)


def _unknown(views: Sequence[MeasureView]) -> list[Part]:
    """What the page cannot say: figures that are not held, and words that were not given."""
    last = {v.measure.measure: _last_year(v) for v in views}
    changed = [c for c, v in last.items() if v.label in _CHANGED]
    bare = sum(pd.isna(last[c].row["value_to"]) for c in changed)
    found: list[Part] = [Head(2, "What do we not know?")]
    if bare:
        found.append(Row(f"For {count_words(bare, 'thing')} on this page the council chose a word. "
                         "We do not have the numbers.", Picture.HELP))  # fmt: skip
    if unsaid := sum(v.label not in TOLD for v in last.values()):
        found.append(Row(f"For {count_words(unsaid, 'thing')} the council did not choose a word "
                         f"over {next(iter(last.values())).heading}.", Picture.HELP))  # fmt: skip
    same = sum(v.label == Label.MAINTAINING for v in last.values())
    found.append(Row(f"This page does not name the {count_words(same, 'thing')} that stayed about "
                     "the same. They are in the full report.", Picture.REPORT))  # fmt: skip
    return found
