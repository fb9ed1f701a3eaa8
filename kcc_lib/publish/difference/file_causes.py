"""Why a judgement differs between two files, as far as the files themselves can tell."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from kcc_lib.publish.difference.builds import Cells, Subject, Word
from kcc_lib.publish.difference.causes import Why, ordered
from kcc_lib.publish.difference.figures import NONE, EntryChange, FigureChange
from kcc_lib.publish.difference.forms import CATALOGUE, RANGE, RATING, TARGETS, Form, figures_of
from kcc_lib.publish.difference.verdicts import Reasons
from kcc_lib.reasons import Reason

#: What stands in the place of a figure that the new file does not have: it may be suppressed.
_UNTOLD = "not told: no figure now"
#: What of the catalogue can turn a judgement.
_TURNING = ("unit", "polarity")


class Rows(Protocol):
    """Whatever has rows of judgements by subject and horizon."""

    @property
    def form(self) -> Form:
        """What a row tells."""

    @property
    def rows(self) -> Mapping[tuple[str, ...], Cells]:
        """The rows, by what they judge and over which horizon."""

    @property
    def subjects(self) -> Mapping[str, Subject]:
        """What is judged, by code and area."""


def why_words(form: Form) -> Reasons:
    """Why one judgement of files of one form differs."""

    def why(_: tuple[str, str], then: Word, now: Word) -> tuple[Why, ...]:
        if then.ours == now.ours and then.published != now.published:
            return (Why.PUBLISHED,)
        rated = now.heading.startswith((RATING, RANGE))
        found = set(_rating(form, then, now) if rated else _judgement(form, then, now))
        if then.published != now.published:
            found.add(Why.PUBLISHED)
        if _other(then, now, *_TURNING):
            found.add(Why.CATALOGUE)
        return ordered(found) or (Why.UNKNOWN,)

    return why


def _rating(form: Form, then: Word, now: Word) -> Iterator[Why]:
    """A rating rests on the latest figure and what is asked for."""
    if _other(then, now, *TARGETS):
        yield Why.TARGET
    period, _ = form.points[0]
    if _other(then, now, period):
        yield _moved(form, then, now)
        return
    before, after = (figures_of(form, word.evidence) for word in (then, now))
    last = now.evidence[period]
    if last in before and last in after and before[last] != after[last]:
        yield figure_why(before[last], after[last])


def _judgement(form: Form, then: Word, now: Word) -> Iterator[Why]:
    if _other(then, now, "method"):
        yield Why.METHOD
    if _other(then, now, "measures"):
        yield Why.MEASURES
    moved = _other(then, now, *(period for period, _ in form.points))
    if moved:
        yield _moved(form, then, now)
    before, after = (figures_of(form, word.evidence) for word in (then, now))
    told = [figure_why(before[p], after[p]) for p in before if p in after and before[p] != after[p]]
    yield from told
    if not told and not moved and _other(then, now, "input_fingerprint", "n_points"):
        yield Why.BEHIND


def _moved(form: Form, then: Word, now: Word) -> Why:
    """Other periods stand in a row; few rows tell whether that is since there are new ones."""
    lacked, lacks = (Reason.NO_SERIES in w.evidence.get("reasons", "").split() for w in (then, now))
    if lacked != lacks:
        return Why.PERIODS if lacked else Why.WITHDRAWN
    last = then.evidence[form.points[0][0]]
    follows = bool(last) and last == now.evidence.get("previous_period")
    return Why.PERIODS if follows else Why.WINDOW


def _other(then: Word, now: Word, *columns: str) -> bool:
    return any(then.evidence.get(c, "") != now.evidence.get(c, "") for c in columns)


def figure_why(then: str, now: str) -> Why:
    """Why the figure of one period differs."""
    if not then:
        return Why.PERIODS
    return Why.REVISION if now else Why.WITHDRAWN


def figures_differing(old: Rows, new: Rows) -> list[FigureChange]:
    """Figures of the same period that differ, each once, in the order of the new file."""
    found: dict[tuple[str, str], FigureChange] = {}
    for key, subject, row, other in _pairs(old, new):
        before = figures_of(old.form, other)
        for period, now in sorted(figures_of(new.form, row).items()):
            then = before.get(period, now)
            if then != now:
                hidden = not now and Reason.SUPPRESSED in row.get("reasons", "").split()
                change = FigureChange(
                    subject, subject.area, subject.area_name, period, then=then if now else "",
                    now=now, told_then=(then or NONE) if now else _UNTOLD, told_now=now or NONE,
                    columns=("value",), marked=False, hidden=hidden, why=figure_why(then, now),
                )  # fmt: skip
                found.setdefault((key, period), change)
    return list(found.values())


def target_changes(old: Rows, new: Rows) -> list[EntryChange]:
    """Targets, floors and thresholds that differ."""
    return list(_entries(old, new, TARGETS, Why.TARGET))


def catalogue_changes(old: Rows, new: Rows) -> list[EntryChange]:
    """What the catalogue says otherwise of what both files judge."""
    return list(_entries(old, new, CATALOGUE, Why.CATALOGUE))


def _entries(old: Rows, new: Rows, columns: tuple[str, ...], why: Why) -> Iterator[EntryChange]:
    told = set()
    for key, subject, row, other in _pairs(old, new):
        for name in columns:
            then, now = other.get(name, ""), row.get(name, "")
            if then != now and (key, name) not in told:
                told.add((key, name))
                what = name.replace("_", " ")
                yield EntryChange(subject, what, then or NONE, now or NONE, why)


def _pairs(old: Rows, new: Rows) -> Iterator[tuple[str, Subject, Cells, Cells]]:
    """Rows of the same judgement, with what they judge."""
    for key, row in new.rows.items():
        if (other := old.rows.get(key)) is not None:
            code = "\n".join(key[:2])
            yield code, new.subjects[code], row, other
