"""The difference of two builds in plain text: what an analyst reads before publishing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from kcc_lib.presentation.formats import count_words, format_period
from kcc_lib.publish.difference.alike import Told
from kcc_lib.publish.difference.builds import Build
from kcc_lib.publish.difference.causes import Why
from kcc_lib.publish.difference.compare import Difference
from kcc_lib.publish.difference.figures import EntryChange, FigureChange
from kcc_lib.publish.difference.spoken import Part, SentenceChange
from kcc_lib.publish.difference.verdicts import Count, WordDiffers

#: How many of one kind are listed of one place; `--format json` has all.
_MOST = 8
_ALL = "--format json has all"
#: What the builds were made of, each with the word for one of it.
_MADE = {
    Why.CODE: "code", Why.NOTEBOOK: "notebooks", Why.ENVIRONMENT: "environment",
    Why.NARRATIVE: "narrative", Why.EDITION: "the edition's file", Why.DATA: "data",
    Why.CORRECTION: "corrections", Why.SIGN_OFF: "sign-off",
}  # fmt: skip


def as_text(found: Difference) -> str:
    """Everything that differs, most important first; one line where nothing does."""
    if not found.differs:
        return f"{found.new.record['edition']}: the two builds are the same\n"
    told = (judgement_lines, figure_lines, entry_lines, _sentences, _pages, _files)
    parts = [_head(found), *(part for tell in told if (part := tell(found)))]
    parts += [made] if (made := made_lines(found.inputs)) else []
    return "\n\n".join("\n".join(map(printable, part)) for part in parts) + "\n"


def _head(found: Difference) -> list[str]:
    lines = [_named(found.new) if found.old.record["edition"] == found.new.record["edition"]
             else f"{_named(found.old)}, and {_named(found.new)}"]  # fmt: skip
    lines += [f"  {word}  {_standing(b)}" for word, b in (("old", found.old), ("new", found.new))]
    if found.why:
        lines.append(f"  why they differ: {listed(found.why)}")
    if not found.for_readers:
        lines.append("  no page and no data file differs: readers meet the same")
    return [*lines, *(f"  {setting}" for setting in found.settings)]


def _named(build: Build) -> str:
    told = build.contents
    return f"{build.record['edition']}: {told['title']}, {told['subtitle']}"


def _standing(build: Build) -> str:
    whole = "" if build.record.get("whole") else ", not built as a whole"
    return (
        f"as of {build.contents['as_of']}, {build.record['state']}, "
        f"{count_words(len(build.pages), 'page')}{whole}"
    )


def listed(words: Iterable[object]) -> str:
    """Words one after the other: `revised figures, the method`."""
    return ", ".join(str(word) for word in words)


def judgement_lines(found: Told, most: int | None = None) -> list[str]:
    """Which judgements read otherwise and why, and how often each word is given.

    Parameters
    ----------
    most
        How many of one kind are listed; all where None.
    """
    moved = [w for w in found.words if not w.stands]
    ours = [w for w in found.words if w.stands]
    lines = [f"Judgements: {len(moved)} of {len(found.new.words)} read otherwise"]
    lines += _word_lines(moved, most)
    if ours:
        lines.append(f"  worked out otherwise, while the published word stands: {len(ours)}")
        lines += _word_lines(ours, most)
    same = "the same word on other evidence"
    for word, subjects in (
        ("added", found.added),
        ("removed", found.removed),
        (same, found.evidence),
    ):
        if subjects:
            names = [s.name for s in subjects[:most]]
            more = f"; and {len(subjects) - len(names)} more" if len(subjects) > len(names) else ""
            lines.append(f"  {word}: {'; '.join(names)}{more}")
    turned = [c for c in found.counts if c.then != c.now]
    lines += [f"  {heading}: {listed(map(count_line, told))}"
              for heading, told in groupby(turned, key=lambda c: c.heading)]  # fmt: skip
    return lines if len(lines) > 1 else [f"{lines[0].partition(':')[0]}: all the same"]


def _word_lines(words: Sequence[WordDiffers], most: int | None) -> list[str]:
    lines = [f"  {w.subject.name}, {w.heading}: {word_line(w)}" for w in words]
    return lines if most is None else cut(lines, most)


def word_line(word: WordDiffers) -> str:
    """How one judgement differs and why: `Improving → Maintaining (revised figures)`."""
    if word.stands:
        return (
            f"{word.ours_then or 'none'} → {word.ours_now or 'none'}, published "
            f"{word.now} ({listed(word.why)})"
        )
    return f"{word.then} → {word.now} ({listed(word.why)})"


def count_line(count: Count) -> str:
    """One word with its count then and now: `Improving 13 → 14`."""
    return f"{count.word} {count.then} → {count.now}"


def figure_lines(found: Told) -> list[str]:
    """Which figures differ, measure by measure."""
    if not found.figures:
        return []
    measures = len({c.subject.code for c in found.figures})
    lines = [f"Figures: {len(found.figures)}, of {count_words(measures, 'measure')}"]
    for name, held in groupby(found.figures, key=lambda c: c.subject.name):
        changes = list(held)
        named = [c for c in changes if c.area_name != c.area]
        for area, told in groupby(named, key=lambda c: c.area_name):
            lines.append(f"  {name}, {area}")
            lines += cut([f"    {figure_line(change)}" for change in told])
        if others := [c for c in changes if c.area_name == c.area]:
            why = listed(dict.fromkeys(c.why for c in others))
            areas = count_words(len({c.area for c in others}), "other area")
            lines.append(f"  {name}, {areas}: {len(others)} ({why})")
    return lines


def figure_line(change: FigureChange) -> str:
    """How one figure differs: `2017/18: 79.6% → 83.9% (revised figures)`."""
    period = format_period(change.period)
    marked = ", marked revised by its source" if change.marked else ""
    if change.told_then == change.told_now:
        what = listed(column.replace("_", " ") for column in change.columns)
        return f"{period}: {change.told_now}, with other {what} ({change.why}{marked})"
    return f"{period}: {change.told_then} → {change.told_now} ({change.why}{marked})"


def entry_lines(found: Told) -> list[str]:
    """Which targets differ, and what the catalogue says otherwise."""
    lines: list[str] = []
    for title, told in (("Targets", found.targets), ("Catalogue", found.entries)):
        if told:
            lines.append(f"{title}: {len(told)}")
            lines += [f"  {_entry(change)}" for change in told]
    return lines


def _entry(change: EntryChange) -> str:
    return f"{change.subject.name}, {change.what}: {change.then} → {change.now}"


def _sentences(found: Difference) -> list[str]:
    told = [s for s in found.sentences if s.part is not Part.EVIDENCE]
    lines = [f"Sentences: {len(found.sentences)}"] if found.sentences else []
    names = _places(found.new)
    for (pages, place, why), group in groupby(told, key=lambda s: (s.pages, s.place, s.why)):
        under = f", {names.get(place, f'#{place}')}" if place else ""
        lines.append(f"  {listed(pages)}{under} ({listed(why)})")
        lines += cut([line for change in group for line in _sentence(change)], most=2 * _MOST)
    if evidence := [s for s in found.sentences if s.part is Part.EVIDENCE]:
        where = "; ".join(dict.fromkeys(names.get(s.place, s.place) for s in evidence))
        lines.append(f"  how it was judged, {len(evidence)} more ({_ALL}): {where}")
    return lines


def _places(build: Build) -> dict[str, str]:
    """The name of each measure and supporting outcome, by its id on a page."""
    codes = {s.group.split(" ", maxsplit=1)[0] for s in build.subjects.values()}
    outcomes = {f"so-{code.replace('.', '-')}": f"supporting outcome {code}" for code in codes}
    return outcomes | {
        s.address.rpartition("#")[2]: s.name for s in build.subjects.values() if s.address
    }


def _sentence(change: SentenceChange) -> Iterator[str]:
    if change.was:
        yield f"    - {change.was}"
    if change.now:
        yield f"    + {change.now}"


def _pages(found: Difference) -> list[str]:
    gone = [page for page in found.old.pages if page not in found.new.pages]
    new = [page for page in found.new.pages if page not in found.old.pages]
    same = "with the same sentences in other tables, pictures or markup"
    told = (("added", new), ("removed", gone), (same, found.look_only))
    return [f"Pages {what}: {listed(pages)}" for what, pages in told if pages]


def _files(found: Difference) -> list[str]:
    """Files that nothing above tells of: charts, downloads, executed notebooks."""
    others = [name for name in found.files if not name.endswith(".html")]
    if not others:
        return []
    more = f" and {len(others) - 3} more" if len(others) > 3 else ""
    return [f"Files beside the pages that differ: {listed(others[:3])}{more}"]


def made_lines(inputs: Mapping[Why, Sequence[str]]) -> list[str]:
    """What the builds were made of that differs."""
    if not inputs:
        return []
    lines = ["Made of other"]
    for why, what in _MADE.items():
        if names := inputs.get(why):
            more = f" and {len(names) - 3} more" if len(names) > 3 else ""
            lines.append(
                f"  {what}: {listed(n.removeprefix('data/raw/') for n in names[:3])}{more}"
            )
    return lines


def cut(lines: Sequence[str], most: int = _MOST) -> list[str]:
    """The first lines, and how many more there are."""
    if len(lines) <= most + 1:
        return list(lines)
    return [*lines[:most], f"    … {len(lines) - most} more lines; {_ALL}"]


def printable(line: str) -> str:
    """A line without anything that a terminal would obey."""
    return "".join(c if c.isprintable() else " " for c in line)
