"""The difference of two files of judgements as text, Markdown and JSON, as that of two builds."""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from kcc_lib.presentation.formats import count_words
from kcc_lib.publish.difference.compare_files import FileDifference, Side
from kcc_lib.publish.difference.listing import VERSION, told_alike
from kcc_lib.publish.difference.summary import counted, named, some
from kcc_lib.publish.difference.telling import (
    cut,
    entry_lines,
    figure_line,
    judgement_lines,
    listed,
    printable,
)

_SAME = "the two files hold the same judgements"
_LESSER = "Only other numbers than words, periods and figures differ, such as q-values"


def files_as_text(found: FileDifference) -> str:
    """Everything that differs, most important first; one line where nothing does."""
    if not found.differs:
        return f"{_SAME}\n"
    told = (judgement_lines(found), _one_sided(found), _figures(found), entry_lines(found))
    parts = [_head(found), *(part for part in told if part)]
    return "\n\n".join("\n".join(map(printable, part)) for part in parts) + "\n"


def _head(found: FileDifference) -> list[str]:
    lines = [_titled(found)]
    lines += [f"  {word}  {_size(side)}" for word, side in (("old", found.old), ("new", found.new))]
    if found.why:
        lines.append(f"  why they differ: {listed(found.why)}")
    lines += [f"  columns of the {word} file alone: {listed(names)}"
              for word, names in (("old", found.columns_old), ("new", found.columns_new))
              if names]  # fmt: skip
    if _little(found):
        lines.append(f"  {_LESSER[0].lower()}{_LESSER[1:]}")
    return [*lines, f"  {_silence(found)}"]


def _titled(found: FileDifference) -> str:
    holds = found.new.form.holds
    return f"{holds[0].upper()}{holds[1:]}"


def _size(side: Side) -> str:
    areas = f" in {count_words(len(side.areas), 'area')}" if len(side.areas) > 1 else ""
    by = f", by {listed(side.methods)}" if side.methods else ""
    return f"{count_words(len(side.words), 'judgement')}{areas}{by}"


def _silence(found: FileDifference) -> str:
    """What the files cannot tell."""
    return f"such files do not tell of {listed(found.new.form.silent)}"


def _little(found: FileDifference) -> bool:
    """Whether rows differ in nothing that is told."""
    told = (found.words, found.evidence, found.added, found.removed, found.figures, found.targets,
            found.entries, found.only_old, found.only_new)  # fmt: skip
    return found.old.rows != found.new.rows and not any(told)


def _one_sided(found: FileDifference) -> list[str]:
    return [
        line
        for word, told in (("old", found.only_old), ("new", found.only_new))
        if told
        for line in (f"Only in the {word} file: {len(told)}", *cut([f"  {one}" for one in told]))
    ]


def _figures(found: FileDifference) -> list[str]:
    if not found.figures:
        return []
    measures = len({c.subject.code for c in found.figures})
    lines = [f"Figures: {len(found.figures)}, of {count_words(measures, 'measure')}"]
    for name, changes in groupby(found.figures, key=lambda c: c.subject.name):
        lines += [f"  {name}", *cut([f"    {figure_line(change)}" for change in changes])]
    return lines


def files_as_markdown(found: FileDifference) -> str:
    """What differs in a few lines; no figure and no folder."""
    told = list(_changes(found)) if found.differs else [f"{_SAME.capitalize()}."]
    lines = [f"## {_titled(found)}", "", *counted(found.counts), "", *told]
    return "\n".join(lines) + "\n"


def _changes(found: FileDifference) -> Iterator[str]:
    moved = [w for w in found.words if not w.stands]
    ours = [w for w in found.words if w.stands]
    yield from ("### Since the old file", "")
    yield from named(moved) or ["No judgement that stands changed."]
    if ours:
        yield from ("", "Worked out otherwise, while the published word stands:", "", *named(ours))
    turned = {w.subject.name for w in found.words}
    held = dict.fromkeys(c.subject.name for c in found.figures if c.subject.name not in turned)
    parts = (
        ("Added", [s.name for s in found.added]),
        ("Removed", [s.name for s in found.removed]),
        ("Only in the old file", list(found.only_old)),
        ("Only in the new file", list(found.only_new)),
        ("Other figures and the same judgements", list(held)),
        ("Other targets", list(dict.fromkeys(c.subject.name for c in found.targets))),
        ("Columns of the old file alone", list(found.columns_old)),
        ("Columns of the new file alone", list(found.columns_new)),
    )
    yield ""
    yield from (f"- {what}: {some(names)}." for what, names in parts if names)
    if _little(found):
        yield f"- {_LESSER}."
    if found.why:
        yield f"- Why: {listed(found.why)}."
    yield f"- {_silence(found)[0].upper()}{_silence(found)[1:]}."


def files_as_json(found: FileDifference) -> str:
    """Everything that differs, under the keys that the difference of two builds has."""
    told = {
        "version": VERSION,
        "differs": found.differs,
        "differs_for_readers": found.differs,
        "why": [str(why) for why in found.why],
        "old": _side(found.old),
        "new": _side(found.new),
        **told_alike(found),
        "only_in_one": {"old": list(found.only_old), "new": list(found.only_new)},
        "columns": {"old": list(found.columns_old), "new": list(found.columns_new)},
        "not_told": list(found.new.form.silent),
    }
    return json.dumps(told, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _side(side: Side) -> dict[str, Any]:
    return {
        "kind": side.form.holds, "judgements": len(side.words), "methods": list(side.methods),
        "areas": list(side.areas),
    }  # fmt: skip
