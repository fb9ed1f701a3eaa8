"""Two files of judgements compared: everything that differs, as far as the files can tell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kcc_lib.errors import DataError, Fault
from kcc_lib.publish.difference.builds import Cells, Subject, Word
from kcc_lib.publish.difference.causes import Why, ordered
from kcc_lib.publish.difference.figures import EntryChange, FigureChange
from kcc_lib.publish.difference.file_causes import (
    catalogue_changes,
    figures_differing,
    target_changes,
    why_words,
)
from kcc_lib.publish.difference.forms import Form
from kcc_lib.publish.difference.judgement_files import JudgementFile, read_judgements
from kcc_lib.publish.difference.reading import read_two
from kcc_lib.publish.difference.verdicts import (
    Count,
    Reasons,
    WordDiffers,
    counts,
    evidence_differing,
    words_differing,
)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two files, with the columns that both have.

    Parameters
    ----------
    rows
        By what they judge and over which horizon.
    """

    form: Form
    rows: Mapping[tuple[str, ...], Cells]
    methods: tuple[str, ...]
    areas: tuple[str, ...]
    subjects: Mapping[str, Subject]
    words: Mapping[tuple[str, str], Word]


@dataclass(frozen=True, slots=True)
class FileDifference:
    """What differs between two files of judgements.

    Parameters
    ----------
    added, removed
        What only the new file judges, or only the old one.
    only_old, only_new
        Judgements of subjects that both have, of which one file has no such judgement.
    words, evidence
        Judgements that read otherwise; those that read the same on other evidence.
    figures, targets, entries
        Figures of the same period, targets and what the catalogue says, where files hold them.
    columns_old, columns_new
        Columns that only one file has: they are not compared.
    """

    old: Side
    new: Side
    added: tuple[Subject, ...] = ()
    removed: tuple[Subject, ...] = ()
    only_old: tuple[str, ...] = ()
    only_new: tuple[str, ...] = ()
    words: tuple[WordDiffers, ...] = ()
    evidence: tuple[Subject, ...] = ()
    counts: tuple[Count, ...] = ()
    figures: tuple[FigureChange, ...] = ()
    targets: tuple[EntryChange, ...] = ()
    entries: tuple[EntryChange, ...] = ()
    columns_old: tuple[str, ...] = ()
    columns_new: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether any row, cell or column does; the order of rows and the format do not count."""
        return bool(self.old.rows != self.new.rows or self.columns_old or self.columns_new)

    @property
    def why(self) -> tuple[Why, ...]:
        """Every reason that could be named, in the order in which they are told."""
        found = {why for word in self.words for why in word.why}
        found |= {c.why for c in self.figures} | {c.why for c in self.targets}
        found |= {c.why for c in self.entries}
        return ordered(found | ({Why.MEASURES} if self.added or self.removed else set()))


def compare_files(old: Path, new: Path) -> FileDifference:
    """Compare two files of judgements.

    Raises
    ------
    DataError
        With everything that keeps either from being one, or both from being compared.
    """
    return compare_read(*_read_both(old, new))


def compare_read(
    old: JudgementFile, new: JudgementFile, why: Reasons | None = None,
    figures: Sequence[FigureChange] | None = None,
) -> FileDifference:  # fmt: skip
    """Compare two files of one kind that were read.

    Parameters
    ----------
    why, figures
        Why a judgement differs, and the figures that do, where more is known than files hold.
    """
    files = (old, new)
    shared = [name for name in files[0].columns if name in files[1].columns]
    then, now = (side_of(f, shared) for f in files)
    if len({*then.areas, *now.areas}) == 1:
        then, now = _unplaced(then), _unplaced(now)
    words = words_differing(then, now, why or why_words(then.form))
    old_only, new_only = (
        tuple(c for c in one.columns if c not in other.columns)
        for one, other in (files, files[::-1])
    )
    return FileDifference(
        then, now,
        added=tuple(s for key, s in now.subjects.items() if key not in then.subjects),
        removed=tuple(s for key, s in then.subjects.items() if key not in now.subjects),
        only_old=tuple(_only(then, now)), only_new=tuple(_only(now, then)), words=tuple(words),
        evidence=tuple(evidence_differing(then, now).values()), counts=tuple(counts(then, now)),
        figures=tuple(figures_differing(then, now) if figures is None else figures),
        targets=tuple(target_changes(then, now)), entries=tuple(catalogue_changes(then, now)),
        columns_old=old_only, columns_new=new_only,
    )  # fmt: skip


def _read_both(old: Path, new: Path) -> tuple[JudgementFile, JudgementFile]:
    then, now = read_two(read_judgements, old, new)
    if then.form != now.form:
        problem = f"holds {now.form.holds}, and {old} {then.form.holds}"
        remedy = "compare two files of the same kind"
        raise DataError([Fault(str(new), 0, "", "", problem, remedy)])
    return then, now


def side_of(file: JudgementFile, shared: Sequence[str]) -> Side:
    """A file as far as the other one can be compared with it."""
    rows = {key: {name: row[name] for name in shared} for key, row in file.rows.items()}
    cut = replace(file, rows=rows)
    areas = tuple(dict.fromkeys(row["area"] for row in rows.values()))
    return Side(file.form, rows, cut.methods, areas, cut.subjects, cut.words)


def _unplaced(side: Side) -> Side:
    """Subjects without the name of the one area that there is."""
    named = {key: replace(s, area_name="") for key, s in side.subjects.items()}
    return replace(side, subjects=named)


def _only(one: Side, other: Side) -> Iterator[str]:
    """Judgements that only one side has, of subjects that both have."""
    for key, word in one.words.items():
        if key not in other.words and key[0] in other.subjects:
            yield f"{one.subjects[key[0]].name}, {word.heading}: {word.standing}"
