"""The difference of two builds by area as text, Markdown and JSON, as that of two other builds."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from kcc_lib.presentation.formats import count_words
from kcc_lib.publish.difference.area_builds import AreaBuild
from kcc_lib.publish.difference.compare_areas import AreaDifference
from kcc_lib.publish.difference.compare_files import side_of
from kcc_lib.publish.difference.listing import VERSION, files_told, told_alike
from kcc_lib.publish.difference.summary import STATES, counted, escaped, named, some
from kcc_lib.publish.difference.telling import (
    cut,
    entry_lines,
    figure_lines,
    judgement_lines,
    listed,
    made_lines,
    printable,
)
from kcc_lib.publish.difference.verdicts import Count, counts
from kcc_lib.vocabulary import SignOff

#: How many lines of each kind are told; every area may have its own.
_MOST = 60


def areas_as_text(found: AreaDifference) -> str:
    """Everything that differs, most important first; one line where nothing does."""
    if not found.differs:
        return f"{found.new.record['edition']}: the two builds are the same\n"
    told = found.judged
    parts = [_head(found), judgement_lines(told, _MOST), cut(figure_lines(told), _MOST),
             entry_lines(told), _files(found), made_lines(found.inputs)]  # fmt: skip
    return "\n\n".join("\n".join(map(printable, part)) for part in parts if part) + "\n"


def _head(found: AreaDifference) -> list[str]:
    lines = [" and ".join(dict.fromkeys(map(_titled, (found.old, found.new))))]
    for word, build in (("old", found.old), ("new", found.new)):
        record = build.record
        whole = "" if record.get("whole") else ", not built as a whole"
        size = f"{count_words(len(build.reached), 'area')}, {count_words(len(build.pages), 'page')}"
        lines.append(f"  {word}  as of {record['as_of']}, {record['state']}, {size}{whole}")
    if found.why:
        lines.append(f"  why they differ: {listed(found.why)}")
    if not found.for_readers:
        lines.append("  no page and no data file differs: readers meet the same")
    return [*lines, *(f"  {setting}" for setting in found.settings)]


def _titled(build: AreaBuild) -> str:
    words = [str(build.edition[key]) for key in ("title", "subtitle") if build.edition.get(key)]
    return f"{build.record['edition']}: {', '.join(words)}" if words else build.record["edition"]


def _files(found: AreaDifference) -> list[str]:
    others = [name for name in found.files if name not in found.pages]
    told = (("Pages", found.pages), ("Files beside the pages", others))
    return [f"{what} that differ: {len(names)}, such as {listed(names[:3])}"
            for what, names in told if names]  # fmt: skip


def areas_as_markdown(found: AreaDifference, *, address: str = "") -> str:
    """What was built, against the build before."""
    told = list(_changes(found)) if found.differs else ["Nothing changed since the build before."]
    return _summary(found.new, found.judged.counts, told, address)


def first_areas_summary(build: AreaBuild, *, address: str = "") -> str:
    """What was built where no build stood before it that could be compared."""
    told = ["There is no build before it to compare it with."]
    return _summary(build, counts(None, side_of(build.judged, build.judged.columns)), told, address)


def _summary(build: AreaBuild, given: Sequence[Count], told: Sequence[str], address: str) -> str:
    as_of = date.fromisoformat(build.record["as_of"])
    state = STATES[SignOff(build.record["state"])]
    size = f"{count_words(len(build.reached), 'area')}, {count_words(len(build.pages), 'page')}"
    part = "" if build.record.get("whole") else (
        " Only a part was built; the other areas are as they were before.")  # fmt: skip
    words = [str(build.edition[k]) for k in ("subtitle", "title") if build.edition.get(k)]
    title = ": ".join(words) or str(build.record["edition"])
    page = f"{build.record['edition']}/index.html"
    read = f"<{address.rstrip('/')}/{quote(page)}>" if address else (
        f"{escaped(page)} in the output folder.")  # fmt: skip
    lines = [
        f"## {escaped(title)}", "",
        f"As of {as_of.day} {as_of:%B %Y}. {state}. {size}.", "",
        *counted(given), "", f"Nothing failed.{part}", "", *told, "", f"Read it: {read}",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _changes(found: AreaDifference) -> Iterator[str]:
    yield from ("### Since the build before", "")
    if not found.for_readers:
        yield "Pages and data are the same; what it was made of differs."
        return
    told = found.judged
    yield from named(told.words) or ["No judgement changed."]
    turned = {w.subject.name for w in told.words}
    others = (f"{c.subject.name}, {c.area_name}" for c in told.figures)
    parts = (
        ("Added", [s.name for s in told.added]),
        ("Removed", [s.name for s in told.removed]),
        ("Other figures and the same judgements",
         [name for name in dict.fromkeys(others) if name not in turned]),
    )  # fmt: skip
    yield ""
    yield from (f"- {what}: {some(names)}." for what, names in parts if names)
    if found.pages:
        yield f"- {count_words(len(found.pages), 'page')} of {len(found.new.pages)} differ."
    if found.why:
        yield f"- Why: {listed(found.why)}."


def areas_as_json(found: AreaDifference) -> str:
    """Everything that differs, under the keys that the difference of two other builds has."""
    told = {
        "version": VERSION,
        "differs": found.differs,
        "differs_for_readers": found.for_readers,
        "why": [str(why) for why in found.why],
        "old": _build(found.old),
        "new": _build(found.new),
        **told_alike(found.judged),
        "settings": list(found.settings),
        "inputs": {str(why): names for why, names in sorted(found.inputs.items())},
        "files": files_told(found.old.files, found.new.files),
        "not_told": ["sentences", "targets"],
    }
    return json.dumps(told, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _build(build: AreaBuild) -> dict[str, Any]:
    record = build.record
    return {
        "edition": record["edition"], "kind": "annual by area",
        "title": build.edition.get("title", ""), "subtitle": build.edition.get("subtitle", ""),
        "as_of": record["as_of"], "state": record["state"], "whole": bool(record.get("whole")),
        "method": record["method"], "preset": record["preset"],
        "areas": {area: build.areas[area] for area in build.reached}, "pages": list(build.pages),
    }  # fmt: skip
