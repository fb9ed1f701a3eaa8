"""What changed since the edition before: words and why they differ, periods, revisions, breaks."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from kcc_lib.errors import KccError
from kcc_lib.judgement.methods import method_named
from kcc_lib.presentation.addresses import page_of
from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.figure_changes import figures_since
from kcc_lib.presentation.formats import count_words
from kcc_lib.presentation.section import Section
from kcc_lib.presentation.word_changes import Step, WordChange, word_changes
from kcc_lib.records.editions import Edition


def changes(section: Section, again: pd.DataFrame) -> Blocks:
    """The page of an edition that follows another.

    Parameters
    ----------
    again
        Judgements over the earlier edition's windows by this edition's method: with them a
        change of method can be told from a change in the figures.

    Raises
    ------
    KccError
        If the edition follows none, or was gathered without the one it follows.
    """
    before, then = _earlier(section)
    found = word_changes(
        list(section.catalogue.measures.values()), then=then, again=again,
        now=section.judgements, area=section.area,
    )  # fmt: skip
    head: Block = {"kind": "heading", "level": 1, "text": "What changed since the last report",
                   "id": "top", "kicker": section.edition.subtitle}  # fmt: skip
    return blocks(
        head,
        {"kind": "prose", "markdown": _opening(section.edition, before)},
        _heading("Measures", "measures"),
        {"kind": "prose", "markdown": _measures_sentence(section.edition, before)},
        _heading("Judgements", "judgements"),
        {"kind": "notice", "text": _methods_sentence(section.edition, before)},
        _print_held(section.edition, before),
        [part for horizon in section.edition.horizons
         for part in _over(section, before, horizon, found)],
        figures_since(section, before),
    )  # fmt: skip


def _earlier(section: Section) -> tuple[Edition, pd.DataFrame]:
    """The edition that this one follows, with its own judgements."""
    name = section.edition.follows
    found = next((other for other in section.others if other[0].name == name), None)
    if found is None:
        raise KccError(f"{section.edition.name} follows no edition that is at hand")
    return found


def _heading(text: str, identifier: str) -> Block:
    return {"kind": "heading", "level": 2, "text": text, "id": identifier}


def _opening(edition: Edition, before: Edition) -> str:
    return (
        f"{edition.subtitle}, as of {edition.as_of:%B %Y}, beside {before.subtitle}, as of "
        f"{before.as_of:%B %Y}: the report before it of which anything is held, called the last "
        "one here. Every count below is worked out from the judgements and figures held."
    )


def _measures_sentence(edition: Edition, before: Edition) -> str:
    """Which measures are new or retired, as far as the lists of both are held."""
    for one in (before, edition):
        if one.measures_from:
            return (
                f"The list of measures of {one.subtitle} is not held, and that of the "
                f"{one.measures_from} stands in. So which measures are new, retired or renamed "
                "since is not known."
            )
    new = [m for m in edition.measures if m not in before.measures]
    gone = [m for m in before.measures if m not in edition.measures]
    said = [f"new: {', '.join(new)}"] if new else []
    said += [f"no longer reported: {', '.join(gone)}"] if gone else []
    told = "; ".join(said) or "Both report the same measures"
    return f"{told[:1].upper()}{told[1:]}. A measure's name is held once, so renaming is not told."


def _methods_sentence(edition: Edition, before: Edition) -> str:
    """That the methods differ and what follows from it; or that they do not."""
    if (edition.method, edition.preset) == (before.method, before.preset):
        return "Both reports judge by the same method."
    return (
        f"The method changed. The last report judged by {method_named(before.method).words}; "
        f"this one judges by {method_named(edition.method).words}. So a word that differs is not "
        "by itself a change in outcomes. To tell the two apart, the last report's periods were "
        "judged again here by this report's method, on the figures held now."
    )


def _print_held(edition: Edition, before: Edition) -> list[Block]:
    """That an edition's own words are not held, and what stands in for them."""
    return [
        {"kind": "notice", "text": f"No judgement printed in {one.subtitle} is held. Its words "
         "below are worked out here, by that report's own method, from the figures held now."}
        for one in (before, edition) if not one.published
    ]  # fmt: skip


def _worked_out(edition: Edition) -> str:
    """The edition's name at the head of its words, with whose words they are."""
    return edition.subtitle if edition.published else f"{edition.subtitle}, worked out here"


def _over(
    section: Section, before: Edition, horizon: str, found: Sequence[WordChange]
) -> list[Block]:
    """One horizon: its counts in sentences, and the measures whose words differ."""
    here = [c for c in found if c.horizon == horizon]
    heading = section.edition.horizons[horizon]
    earlier = before.horizons.get(horizon, horizon)
    title = heading if heading == earlier else f"{heading} (in the last report, {earlier})"
    differing = [c for c in here if c.differs]
    told: list[Block] = [
        {"kind": "heading", "level": 3, "text": f"Over {title}", "id": f"over-{horizon}"},
        {"kind": "notes", "items": [_counted(here), *_reasons(differing), *_fair(here)]},
    ]
    return [*told, _table(section, before, differing, heading, horizon)] if differing else told


def _counted(here: Sequence[WordChange]) -> str:
    """How many words there are to compare: for both reports, printed in them or worked out."""
    both = [c for c in here if c.both]
    if not both:
        return f"None of the {count_words(len(here), 'measure')} has a word for both reports."
    same, apart = sum(not c.differs for c in both), sum(c.differs for c in both)
    rest = len(here) - len(both)
    left = f" Of the other {rest} at least one of the two is missing." if rest else ""
    return (
        f"{len(both)} of the {count_words(len(here), 'measure')} have a word for both reports: "
        f"{same} the same word, {apart} another.{left}"
    )


def _reasons(differing: Sequence[WordChange]) -> list[str]:
    """How often each step is a reason; a word may turn at several."""
    if not differing:
        return []
    steps = Counter(step for c in differing for step in c.steps)
    said = [f"{step} in {steps[step]}" for step in Step if steps[step]]
    unknown = sum(not c.known for c in differing)
    told = f"Where the words differ, the reason is {', '.join(said)}." if said else ""
    more = " One word may have several reasons." if sum(steps.values()) > len(differing) else ""
    lost = (
        f" For {unknown} the reason is not known: one of the steps cannot be judged."
        if unknown
        else ""
    )
    return [f"{told}{more}{lost}".strip()]


def _fair(here: Sequence[WordChange]) -> list[str]:
    """The same method on both reports' periods: what changed in the figures alone."""
    moves = [m for c in here if (m := c.like_for_like) is not None]
    if not moves:
        return ["By one method, no measure can be judged over both reports' periods."]
    up, level, down = (moves.count(way) for way in (1, 0, -1))
    return [
        f"Like for like, by this report's method over both reports' periods, "
        f"{count_words(len(moves), 'measure')} can be judged: {_have(up)} a better word now, "
        f"{down or 'none'} a worse one, {level or 'none'} the same. Over fewer periods a change "
        "must be larger to count, so Maintaining may also mean that little is held."
    ]


def _have(count: int) -> str:
    return f"{count} have" if count > 1 else "1 has" if count else "none has"


def _table(
    section: Section, before: Edition, differing: Sequence[WordChange], heading: str, horizon: str
) -> Block:
    rows = [
        [
            {"text": f"{c.measure.measure} {c.measure.short_title}",
             "href": page_of(c.measure, section.catalogue, section.edition)},
            *({"label": word, "note": ""} for word in (c.then, c.again, c.ours_now, c.now)),
            _capital(" and ".join(c.steps)) if c.known else "Not known",
        ]
        for c in differing
    ]  # fmt: skip
    names = ("Measure", _worked_out(before), "Its periods, by this report's method",
             "This report's periods, worked out here", _worked_out(section.edition),
             "What makes the difference")  # fmt: skip
    return {
        "kind": "table",
        "id": f"words-{horizon}",
        "caption": f"Measures whose word over {heading} differs between the reports",
        "columns": [{"name": n} for n in names],
        "rows": rows,
        "compact": True,
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
