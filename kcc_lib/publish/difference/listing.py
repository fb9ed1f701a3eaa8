"""The difference of two builds as JSON, for machines; `docs/diff.md` says what each key holds."""

import json
from collections.abc import Mapping
from typing import Any

from kcc_lib.publish.difference.alike import Told
from kcc_lib.publish.difference.builds import Build, Subject
from kcc_lib.publish.difference.compare import Difference
from kcc_lib.publish.difference.figures import EntryChange
from kcc_lib.publish.difference.verdicts import Count, WordDiffers

#: Of the form: a key may be added under the same number, none is renamed or taken away.
VERSION = 1


def as_json(found: Difference) -> str:
    """Everything that differs, in a form that stays."""
    return json.dumps(_told(found), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _told(found: Difference) -> dict[str, Any]:
    old, new = found.old, found.new
    return {
        "version": VERSION,
        "differs": found.differs,
        "differs_for_readers": found.for_readers,
        "why": [str(why) for why in found.why],
        "old": _build(old),
        "new": _build(new),
        **told_alike(found),
        "sentences": [
            {"pages": list(s.pages), "place": s.place, "part": str(s.part),
             "was": s.was, "now": s.now, "why": [str(why) for why in s.why]}
            for s in found.sentences
        ],
        "pages": {
            "added": [p for p in new.pages if p not in old.pages],
            "removed": [p for p in old.pages if p not in new.pages],
            "same_sentences": list(found.look_only),
        },
        "settings": list(found.settings),
        "inputs": {str(why): names for why, names in sorted(found.inputs.items())},
        "files": files_told(old.files, new.files),
    }  # fmt: skip


def told_alike(found: Told) -> dict[str, Any]:
    """Judgements, figures, targets and the catalogue."""
    return {
        "judgements": [_word(w) for w in found.words],
        "other_evidence": [_subject(s) for s in found.evidence],
        "counts": [_count(c) for c in found.counts],
        "measures": {
            "added": [_subject(s) for s in found.added],
            "removed": [_subject(s) for s in found.removed],
        },
        "figures": [
            {**_subject(c.subject), "area": c.area, "area_name": c.area_name, "period": c.period,
             "then": _number(c.then), "now": _number(c.now), "columns": list(c.columns),
             "marked_revised": c.marked, "suppressed_now": c.hidden, "why": str(c.why)}
            for c in found.figures
        ],
        "targets": [_entry(c) for c in found.targets],
        "catalogue": [_entry(c) for c in found.entries],
    }  # fmt: skip


def _build(build: Build) -> dict[str, Any]:
    told, record = build.contents, build.record
    return {
        "edition": record["edition"], "kind": told["kind"], "title": told["title"],
        "subtitle": told["subtitle"], "as_of": told["as_of"], "state": record["state"],
        "whole": bool(record.get("whole")), "method": record["method"],
        "preset": record["preset"], "pages": list(build.pages),
    }  # fmt: skip


def _subject(subject: Subject) -> dict[str, str]:
    told = {"measure": subject.code, "kind": subject.kind, "name": subject.name}
    return told | ({"area": subject.area} if subject.area else {})


def _word(word: WordDiffers) -> dict[str, Any]:
    return {
        **_subject(word.subject), "horizon": word.horizon, "heading": word.heading,
        "then": word.then, "now": word.now, "worked_out_then": word.ours_then,
        "worked_out_now": word.ours_now, "why": [str(why) for why in word.why],
    }  # fmt: skip


def _count(count: Count) -> dict[str, Any]:
    return {"heading": count.heading, "word": count.word, "then": count.then, "now": count.now}


def _entry(change: EntryChange) -> dict[str, str]:
    return {**_subject(change.subject), "what": change.what, "then": change.then,
            "now": change.now, "why": str(change.why)}  # fmt: skip


def _number(text: str) -> float | None:
    return float(text) if text else None


def files_told(then: Mapping[str, str], now: Mapping[str, str]) -> dict[str, list[str]]:
    """Which files differ, by their hashes."""
    return {
        "changed": sorted(n for n in then if n in now and then[n] != now[n]),
        "added": sorted(n for n in now if n not in then),
        "removed": sorted(n for n in then if n not in now),
    }
