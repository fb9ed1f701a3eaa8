"""The overview: what was judged, in counts that are always recomputed from the judgements."""

from collections import Counter
from collections.abc import Sequence

from kcc_lib.presentation.addresses import easy_read_link, measures_pages
from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.formats import count_words
from kcc_lib.presentation.section import Section
from kcc_lib.presentation.summary import summary_table
from kcc_lib.presentation.views import MeasureView, Verdict
from kcc_lib.presentation.ways_in import ways_in
from kcc_lib.vocabulary import Horizon, Label

_ORDER = (
    Label.IMPROVING, Label.MAINTAINING, Label.NOT_IMPROVING, Label.NOT_APPLICABLE, Label.NOT_JUDGED,
)  # fmt: skip


def introduction(section: Section) -> Blocks:
    """The report's title and its opening passage."""
    edition = section.edition
    head: Block = {"kind": "heading", "level": 1, "text": edition.title, "id": "top",
                   "kicker": edition.subtitle}  # fmt: skip
    told: Block = {"kind": "prose", "markdown": section.prose("introduction")}
    return blocks(head, easy_read_link(edition), told, ways_in(edition))


def counts(section: Section) -> Blocks:
    """How many measures were given each judgement, over each horizon."""
    views = section.views()
    one_year = [v for view in views for v in view.verdicts if v.horizon is Horizon.ONE_YEAR]
    found = Counter(v.label for v in one_year)
    cards = [{"label": str(word), "count": found[word]} for word in _ORDER[:3]]
    return blocks(
        {"kind": "heading", "level": 2, "text": "Progress at a glance", "id": "glance"},
        {"kind": "prose", "markdown": majority_sentence([v.label for v in one_year])},
        {"kind": "cards", "title": "Judgements over the last year", "cards": cards},
        _count_table(views),
    )


def passage(section: Section, name: str, title: str) -> Blocks:
    """A named passage of the edition's narrative under a heading of its own."""
    head: Block = {"kind": "heading", "level": 2, "text": title, "id": name.replace("_", "-")}
    return blocks(head, {"kind": "prose", "markdown": section.prose(name)})


def progress_summary(section: Section) -> Blocks:
    """Every measure with both judgements; filtered by word and judgement where scripts run."""
    views = section.views()
    caption = f"All {count_words(len(views), 'measure')}, with the judgement over each horizon"
    return blocks(
        {"kind": "heading", "level": 2, "text": "Progress summary", "id": "summary"},
        summary_table(
            views,
            section.catalogue,
            caption,
            pages=measures_pages(section.edition, section.catalogue),
        ),
    )


def majority_sentence(labels: Sequence[str]) -> str:
    """What the counts say, in a sentence that follows from them."""
    found = Counter(labels)
    up, level, down = (found[w] for w in _ORDER[:3])
    total = len(labels)
    kept = up + level
    share = "Most" if 2 * kept > total else "Half" if 2 * kept == total else "Fewer than half"
    rest = total - kept - down
    told = (
        f"{share} of the {total} measures were judged *Improving* ({up}) or *Maintaining* "
        f"({level}) over the last year; {down} {_were(down)} judged *Not Improving*"
    )
    return f"{told}, and {rest} {_were(rest)} not judged." if rest else f"{told}."


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _count_table(views: Sequence[MeasureView]) -> Block:
    """Published counts, and the counts of what could be recomputed, side by side."""
    rows = []
    for at, heading in enumerate([v.heading for v in views[0].verdicts]):
        verdicts = [view.verdicts[at] for view in views]
        published = Counter(v.label for v in verdicts)
        rows.append([f"{heading}, as published", *(str(published[w]) for w in _ORDER)])
        rows.append([f"{heading}, recomputed here", *_recomputed_counts(verdicts)])
    return {
        "kind": "table",
        "id": "judgement-counts",
        "caption": "Number of measures with each judgement",
        "columns": [
            {"name": "Horizon"},
            *({"name": str(w), "number": True} for w in _ORDER),
        ],
        "rows": rows,
    }


def _recomputed_counts(verdicts: Sequence[Verdict]) -> list[str]:
    """By our own words as the files give them, N/A among them."""
    found = Counter(v.ours for v in verdicts)
    return [str(found[w]) for w in _ORDER]
