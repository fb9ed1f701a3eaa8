"""The direction of travel of an edition: a word for each supporting outcome, and their counts."""

from collections.abc import Sequence

from kcc_lib.judgement.methods import method_named
from kcc_lib.judgement.outcomes import check_counts_of_words
from kcc_lib.judgement.reconcile import Finding
from kcc_lib.measures import OVERALL, PublishedCount, StrategicOutcome
from kcc_lib.presentation.addresses import made_by, measures_pages, measures_recipe
from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.outcome_words import OutcomeWord, outcome_anchor
from kcc_lib.presentation.quarterly.findings import notes_on
from kcc_lib.presentation.section import Section
from kcc_lib.vocabulary import Label

STAR = "* Rests on the one measure that was available."
#: What each word means for an outcome, in our own words.
MEANINGS = {
    Label.IMPROVING: "Taken together, the measures under the outcome are getting better.",
    Label.MAINTAINING: "Taken together, they have not changed enough to count: performance holds.",
    Label.MIXED: "They point different ways: of four, say, two get better and two do not.",
    Label.NOT_IMPROVING: "Taken together, they are not getting better.",
}


def direction_of_travel(section: Section) -> Blocks:
    """The overall word, the counts, a table for each strategic outcome, and the key.

    Parameters
    ----------
    section
        Of an edition that judges supporting outcomes. Printed words stand; ours stand where
        none was printed.
    """
    words = section.outcome_words()
    head: Block = {"kind": "heading", "level": 1, "text": "Direction of travel", "id": "top",
                   "kicker": section.edition.subtitle}  # fmt: skip
    tables = [
        outcome_table(section, outcome, words)
        for outcome in section.catalogue.strategic_outcomes.values()
    ]
    starred = [{"kind": "notes", "items": [STAR]}] if any(w.starred for w in words) else []
    return blocks(
        head, _overall(words), _counted(section), notes_on(count_findings(section)),
        {"kind": "heading", "level": 2, "text": "Outcome by outcome", "id": "outcomes"},
        tables, starred, _further(section),
        {"kind": "heading", "level": 2, "text": "What the words mean", "id": "key"}, _key(words),
    )  # fmt: skip


def _further(section: Section) -> Block:
    """How a measure is judged, and where each measure and the audit of the words stand."""
    edition = section.edition
    said = f"Each measure is judged by {method_named(edition.method).words}."
    made = [measures_recipe(edition, o) for o in section.catalogue.strategic_outcomes]
    links = [f"[{r.title.lower()}]({r.name}.html)" for r in made if r]
    if links:
        together = " and ".join(filter(None, [", ".join(links[:-1]), links[-1]]))
        said += f" They have pages of their own: {together}."
    if audit := made_by(edition, "outcomes_audit.ipynb"):
        said += f" The [{audit.title.lower()}]({audit.name}.html) sets each word beside ours."
    return {"kind": "prose", "markdown": said}


def count_findings(section: Section) -> list[Finding]:
    """The printed counts of words beside the words themselves."""
    edition = section.edition
    return check_counts_of_words(
        edition.published_outcomes, edition.published_counts, edition.horizons
    )


def count_sentence(section: Section, count: PublishedCount) -> str:
    """How many outcomes have some words over a horizon, counted from the words that stand."""
    heading = section.edition.horizons[count.horizon]
    words = [
        w.label for w in section.outcome_words() if w.heading == heading and w.outcome != OVERALL
    ]
    found = sum(word in count.labels for word in words)
    named = " or ".join(f"*{label}*" for label in count.labels)
    verb = "is" if found == 1 else "are"
    return f"{found} of the {len(words)} supporting outcomes {verb} {named} over {heading}."


def _overall(words: Sequence[OutcomeWord]) -> Block:
    """The overall word: once where it is the same for every horizon."""
    overall = [w for w in words if w.outcome == OVERALL]
    if len({w.label for w in overall}) == 1:
        cards = [{"count": "Overall", "label": overall[0].label}]
    else:
        cards = [{"count": w.heading, "label": w.label} for w in overall]
    return {"kind": "cards", "title": "Overall direction of travel", "cards": cards}


def _counted(section: Section) -> list[Block]:
    said = [count_sentence(section, c) for c in section.edition.published_counts]
    return [{"kind": "prose", "markdown": "\n\n".join(said)}] if said else []


def outcome_table(
    section: Section, outcome: StrategicOutcome, words: Sequence[OutcomeWord]
) -> Block:
    """The words of the supporting outcomes under one strategic outcome, over each horizon."""
    headings = list(section.edition.horizons.values())
    rows: list[list[object]] = []
    for code, found in section.catalogue.supporting_outcomes.items():
        if found.outcome == outcome.outcome:
            by_heading = {w.heading: w for w in words if w.outcome == code}
            rows.append([_linked(section, code), *(by_heading[h].cell for h in headings)])
    return {
        "kind": "table",
        "id": f"direction-{outcome.outcome}",
        "caption": f"Outcome {outcome.outcome}: {outcome.title}",
        "columns": [{"name": "Supporting outcome"}, *({"name": h} for h in headings)],
        "rows": rows,
        "compact": True,
    }


def _linked(section: Section, code: str) -> Block | str:
    """The outcome's name, linked to its measures where the edition shows them."""
    text = f"{code} {section.catalogue.supporting_outcomes[code].title}"
    page = measures_pages(section.edition, section.catalogue)[code]
    return {"text": text, "href": f"{page}#{outcome_anchor(code)}"} if page else text


def _key(words: Sequence[OutcomeWord]) -> Block:
    used = {w.label for w in words}
    known = [*MEANINGS, *(label for label in Label if label in used and label not in MEANINGS)]
    missing = "Too little is held, or was known, for a word."
    rows = [[{"label": str(k), "note": ""}, MEANINGS.get(k, missing)] for k in known]
    return {
        "kind": "table",
        "id": "words",
        "caption": "Key to the direction of travel",
        "columns": [{"name": "Word"}, {"name": "Meaning", "wide": True}],
        "rows": rows,
    }
