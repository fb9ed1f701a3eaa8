"""Files of judgements: what forms there are, and the words and figures that a row of each tells."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kcc_lib.judgement.columns import CONTRACT
from kcc_lib.judgement.roll_up import ROLL_UP_COLUMNS
from kcc_lib.presentation.downloads.columns import Column, columns_of
from kcc_lib.publish.difference.builds import OUTCOME, Cells, Subject, Word
from kcc_lib.reasons import Basis, Reason
from kcc_lib.vocabulary import Horizon, Kind, Rag

RATING, DIRECTION, RANGE = "RAG status", "Direction", "Expected range"
#: What stands in `rag_basis` and `direction_basis` where the report gives no word.
_OURS = "worked out here"
#: What is judged, in the words of builds.
_KINDS = {"": "measure", str(Kind.KPI): "KPI", str(Kind.ACTIVITY): "activity indicator",
          str(Kind.OUTCOME): "measure"}  # fmt: skip
#: Targets of KPIs, where a file has them.
TARGETS = ("target", "floor", "lower_threshold", "upper_threshold")
#: What the catalogue says of a measure, where a file repeats it.
CATALOGUE = ("title", "unit", "polarity", "supporting_outcome", "directorate")
#: The words of a row, each with what tells it from the others of the same subject.
Words = Callable[[Cells], Iterator[tuple[str, Word]]]


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a file of judgements.

    Parameters
    ----------
    table
        Its name in `columns.csv`, where its columns are described.
    holds
        What it is called in messages.
    marks
        The headings that tell it from other forms.
    key
        The columns by which a row is known.
    needed
        The columns that every file of the form has.
    points
        Columns of a period and its figure, the latest first.
    silent
        What it does not hold and a judgement may rest on.
    """

    table: str
    holds: str
    marks: frozenset[str]
    key: tuple[str, ...]
    needed: tuple[str, ...]
    points: tuple[tuple[str, str], ...]
    words: Words
    silent: tuple[str, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """Every column that such a file may have."""
        return columns_of(self.table)


def _judged(row: Cells) -> Iterator[tuple[str, Word]]:
    """A direction where the method gives one, which its label repeats; a rating where there is."""
    horizon, rag, way = row["horizon"], row["rag"], row["direction"]
    of_quarter = horizon == Horizon.QUARTER
    if rag:
        heading = RATING if of_quarter else f"{RATING}, {horizon}"
        yield f"{horizon} rag", Word(heading, rag, rag, "", row)
    if way:
        heading = DIRECTION if of_quarter else f"{DIRECTION}, {horizon}"
        yield f"{horizon} direction", Word(heading, way, way, "", row)
    else:
        yield horizon, _labelled(row, horizon)


def _labelled(row: Cells, heading: str) -> Word:
    ours, published = row["label"], row.get("published_label", "")
    return Word(heading, published or ours, ours, published, row)


def _shown(row: Cells) -> Iterator[tuple[str, Word]]:
    told = _labelled(row, row["horizon_in_words"])
    yield row["horizon"], Word(told.heading, row["judgement"], told.ours, told.published, row)


def _rated(row: Cells) -> Iterator[tuple[str, Word]]:
    if row["kind"] == Kind.ACTIVITY:
        stands = row["expectation"] or str(Rag.NOT_RATED)
        yield "range", Word(RANGE, stands, stands, "", row)
        return
    for name, heading in (("rag", RATING), ("direction", DIRECTION)):
        stands, ours = row[name], row[f"{name}_basis"] in {_OURS, ""}
        yield name, Word(heading, stands, stands if ours else "", "" if ours else stands, row)


def _rolled(row: Cells) -> Iterator[tuple[str, Word]]:
    yield row["horizon"], _labelled(row, row["horizon"])


def _all(table: str) -> tuple[str, ...]:
    return tuple(column.name for column in columns_of(table))


_ENDS = (("period_to", "value_to"), ("period_from", "value_from"))
_MADE = "preset, parameters and code"
#: Each before those whose marks it has too.
FORMS = (
    Form(
        "outcomes", "judgements of supporting outcomes", frozenset({"outcome", "label"}),
        ("outcome", "area", "horizon"), ROLL_UP_COLUMNS, (), _rolled,
        ("the judgements and figures of measures", _MADE),
    ),
    Form(
        "kpi_judgements", "judgements of KPIs", frozenset({"rag_basis"}), ("measure", "area"),
        _all("kpi_judgements"), (("period", "value"), ("previous_period", "previous_value")),
        _rated, ("figures before the last two", _MADE),
    ),
    Form(
        "measure_judgements", "judgements of measures in words", frozenset({"judgement"}),
        ("measure", "area", "horizon"), _all("measure_judgements"), _ENDS, _shown,
        ("figures between the first and the last", "intervals and counts", "targets", _MADE),
    ),
    Form(
        "judgements", "judgements", frozenset({"label", "horizon"}),
        ("measure", "area", "horizon"), CONTRACT, _ENDS, _judged,
        ("figures between the first and the last", "intervals and counts", "targets",
         "the catalogue", _MADE),
    ),
)  # fmt: skip


def form_of(headings: Iterable[str]) -> Form | None:
    """The form of a file by its headings; None where it holds no judgements."""
    held = set(headings)
    return next((form for form in FORMS if form.marks <= held), None)


def subject_of(form: Form, row: Cells) -> Subject:
    """What a row judges, as far as the file names it."""
    kind = OUTCOME if form.key[0] == "outcome" else _KINDS[row.get("kind", "")]
    return Subject(
        row[form.key[0]], kind, row.get("title", ""), "", "", "",
        {name: row[name] for name in CATALOGUE if name in row}, row["area"],
        row.get("area_name") or row["area"],
    )  # fmt: skip


def figures_of(form: Form, row: Cells) -> Mapping[str, str]:
    """The figures of a row by period, the latest first.

    Left out is what stands in the place of a figure and is none: a distance from a target,
    and the mean of a control chart.
    """
    if Reason.DISTANCE_FROM_TARGET in row.get("reasons", "").split() and form.points == _ENDS:
        return {}
    charted = row.get("basis") == Basis.CONTROL_CHART
    return {
        row[period]: row[value]
        for period, value in form.points
        if row[period] and not (charted and value == "value_from")
    }
