"""Two builds compared: everything that differs, each with its reason."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from kcc_lib.publish.difference.builds import Build, Subject, check_comparable, read_build
from kcc_lib.publish.difference.causes import (
    Why,
    differing,
    inputs_differing,
    ordered,
    settings_differing,
)
from kcc_lib.publish.difference.figures import (
    EntryChange,
    FigureChange,
    entry_changes,
    figure_changes,
    target_changes,
)
from kcc_lib.publish.difference.grounds import Grounds, asked, near
from kcc_lib.publish.difference.reading import read_two
from kcc_lib.publish.difference.spoken import SentenceChange
from kcc_lib.publish.difference.verdicts import (
    Count,
    WordDiffers,
    counts,
    evidence_differing,
    reasons_by,
    words_differing,
)

#: What differs in making and may matter to any word, where nothing nearer explains it.
_MADE = (Why.EDITION, Why.DATA, Why.CODE, Why.ENVIRONMENT)


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two builds; empty where they are the same but for their timings.

    Parameters
    ----------
    added, removed
        Measures that only the new build has, or only the old one.
    words, evidence
        Judgements that read otherwise; measures whose words rest on other numbers and read
        the same.
    figures, targets, entries
        Figures, targets, and what the catalogue says of a measure.
    sentences
        Running text of pages that both builds have.
    settings
        How the way of judging differs.
    inputs
        What the builds rest on that differs, by what it can change.
    files
        Every file of the build that differs, is new or is gone.
    """

    old: Build
    new: Build
    added: tuple[Subject, ...] = ()
    removed: tuple[Subject, ...] = ()
    words: tuple[WordDiffers, ...] = ()
    evidence: tuple[Subject, ...] = ()
    counts: tuple[Count, ...] = ()
    figures: tuple[FigureChange, ...] = ()
    targets: tuple[EntryChange, ...] = ()
    entries: tuple[EntryChange, ...] = ()
    sentences: tuple[SentenceChange, ...] = ()
    settings: tuple[str, ...] = ()
    inputs: dict[Why, list[str]] = field(default_factory=dict)
    files: tuple[str, ...] = ()

    @property
    def for_readers(self) -> bool:
        """Whether a reader of pages or data would meet anything else."""
        return any(not name.startswith("notebooks/") for name in self.files)

    @property
    def differs(self) -> bool:
        """Whether anything differs at all, what the builds were made of included."""
        return bool(self.files or self.inputs or self.settings or self._signed)

    @property
    def _signed(self) -> bool:
        return bool(self.old.record["state"] != self.new.record["state"])

    @property
    def look_only(self) -> tuple[str, ...]:
        """Pages of both builds that say the same sentences in other markup, tables or pictures."""
        both = [page for page in self.pages_of_both if page in self.files]
        return tuple(page for page in both if page not in self.pages_said)

    @property
    def pages_said(self) -> frozenset[str]:
        """The pages on which a sentence differs."""
        return frozenset(page for s in self.sentences for page in s.pages)

    @property
    def pages_of_both(self) -> tuple[str, ...]:
        """The pages that both builds have, in the order of the menu."""
        return tuple(page for page in self.new.pages if page in self.old.pages)

    @property
    def why(self) -> tuple[Why, ...]:
        """Every reason that could be named, in the order in which they are told."""
        found = {why for word in self.words for why in word.why}
        found |= {why for sentence in self.sentences for why in sentence.why}
        found |= {c.why for c in self.figures} | {c.why for c in self.targets}
        found |= {c.why for c in self.entries}
        found |= {Why.MEASURES} if self.added or self.removed else set()
        found |= {Why.METHOD} if self.settings else set()
        found |= {Why.SIGN_OFF} if self._signed else set()
        made = (Why.NARRATIVE, Why.CORRECTION, Why.SIGN_OFF, Why.NOTEBOOK, Why.CODE)
        return ordered(found | {w for w in (*made, Why.ENVIRONMENT) if w in self.inputs})


def compare(old: Path, new: Path) -> Difference:
    """Compare the builds in two folders.

    Raises
    ------
    DataError
        With everything that keeps either from being a build, or both from being compared.
    """
    return compare_builds(*read_both(old, new))


def read_both(old: Path, new: Path) -> tuple[Build, Build]:
    """Two builds, with the faults of both told at once.

    Raises
    ------
    DataError
        With everything that keeps either from being a build, or both from being compared.
    """
    found = read_two(read_build, old, new)
    check_comparable(*found)
    return found


def compare_builds(old: Build, new: Build, *, sentences: bool = True) -> Difference:
    """Compare two builds of one kind.

    Parameters
    ----------
    sentences
        Whether pages are read too; the rest is told by data alone.
    """
    files = tuple(differing(old.files, new.files))
    settings, inputs = tuple(settings_differing(old, new)), inputs_differing(old, new)
    if not files:
        return Difference(old, new, counts=tuple(counts(old, new)), settings=settings,
                          inputs=inputs)  # fmt: skip
    figures, told = figure_changes(old, new), (target_changes(old, new), entry_changes(old, new))
    own = near(old, new, figures, [*told[0], *told[1]], judged=True)
    made = tuple(why for why in _MADE if why in inputs)
    grounds = Grounds(own, (Why.METHOD,) if settings else (), made)
    words = words_differing(old, new, reasons_by(grounds, new))
    data = Difference(
        old, new,
        added=tuple(s for c, s in new.subjects.items() if c not in old.subjects),
        removed=tuple(s for c, s in old.subjects.items() if c not in new.subjects),
        words=tuple(words), evidence=tuple(evidence_differing(old, new).values()),
        counts=tuple(counts(old, new)), figures=tuple(figures), targets=tuple(told[0]),
        entries=tuple(told[1]), settings=settings, inputs=inputs, files=files,
    )  # fmt: skip
    return _with_sentences(data) if sentences else data


def _with_sentences(data: Difference) -> Difference:
    """The same with the sentences of the pages that differ."""
    pages = [page for page in data.pages_of_both if page in data.files]
    if not pages:
        return data
    from kcc_lib.publish.difference.sentences import sentence_changes  # reads HTML

    found = near(data.old, data.new, data.figures, [*data.targets, *data.entries], judged=False)
    for change in data.words:
        found.setdefault(change.subject.code, set()).update(change.why)
    whole = {Why.MEASURES} if data.added or data.removed else set()
    whole |= {Why.METHOD} if data.settings else set()
    why = asked(data.new, found, whole, data.inputs)
    hidden = any(f.hidden for f in data.figures)
    return replace(
        data, sentences=tuple(sentence_changes(data.old, data.new, pages, why, hidden=hidden))
    )
