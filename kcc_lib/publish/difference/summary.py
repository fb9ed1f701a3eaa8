"""A build in a few lines of Markdown, for a mail or a message.

It names measures and judgements that are published, and nothing else: no figure, no person, no
folder, no machine. What is told of a failure is which page failed.
"""

import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from urllib.parse import quote

from kcc_lib.presentation.formats import count_words
from kcc_lib.publish.difference.builds import Build
from kcc_lib.publish.difference.causes import Why
from kcc_lib.publish.difference.compare import Difference
from kcc_lib.publish.difference.telling import listed, word_line
from kcc_lib.publish.difference.verdicts import Count, WordDiffers, counts
from kcc_lib.vocabulary import SignOff

#: How many judgements are named; the page of the address has all.
_MOST = 20
#: What Markdown would read as a mark.
_MARK = re.compile(r"([\\`*_{}\[\]<>#|~!])")
STATES = {
    SignOff.DRAFT: "Draft, not signed off", SignOff.CHECKED: "Checked, not signed off",
    SignOff.SIGNED: "Signed off",
}  # fmt: skip
#: As `presentation/entries.py` says it, which is slow to load.
NO_FIGURE = "no figure held"


def as_markdown(found: Difference, *, address: str = "") -> str:
    """What was built, against the build before.

    Parameters
    ----------
    address
        Where the output folder is served; without it the page's place in that folder is told.
    """
    told = _changes(found) if found.differs else ["Nothing changed since the build before."]
    return "\n".join([*_head(found.new), *counted(found.counts), *_missing(found.new), "",
                      *told, "", *_address(found.new, address)]) + "\n"  # fmt: skip


def first_summary(build: Build, *, address: str = "") -> str:
    """What was built where no build stood before it that could be compared."""
    told = ["There is no build before it to compare it with."]
    return "\n".join([*_head(build), *counted(counts(None, build)), *_missing(build), "",
                      *told, "", *_address(build, address)]) + "\n"  # fmt: skip


def failed_summary(title: str, subtitle: str, failed: Sequence[str], *, stands: bool) -> str:
    """What failed, by the titles of its pages.

    Parameters
    ----------
    stands
        Whether a build stood before; it still does.
    """
    last = "The last good build stands unchanged." if stands else "No page was published."
    pages = "; ".join(escaped(name) for name in failed)
    return f"## {escaped(subtitle)}: {escaped(title)}\n\n**Not built.** Failed: {pages}. {last}\n"


def escaped(text: str) -> str:
    """A text of ours that Markdown takes for nothing else, on one line."""
    return _MARK.sub(
        r"\\\1", " ".join("".join(c if c.isprintable() else " " for c in text).split())
    )


def _head(build: Build) -> list[str]:
    told = build.contents
    as_of = date.fromisoformat(told["as_of"])
    state = STATES[SignOff(build.record["state"])]
    return [
        f"## {escaped(told['subtitle'])}: {escaped(told['title'])}", "",
        f"As of {as_of.day} {as_of:%B %Y}. {state}. {count_words(len(build.pages), 'page')}.", "",
    ]  # fmt: skip


def counted(found: Sequence[Count]) -> list[str]:
    """A line for each heading under which words are given; a change stands in brackets."""
    given = {c.heading for c in found if c.now}
    return [
        f"- **{escaped(heading)}**: {listed(map(_count, told))}"
        for heading, told in groupby(found, key=lambda c: c.heading)
        if heading in given
    ]


def _count(count: Count) -> str:
    moved = count.now - count.then
    sign = "+" if moved > 0 else "−"
    return f"{escaped(count.word)} {count.now}{f' ({sign}{abs(moved)})' if moved else ''}"


def _missing(build: Build) -> list[str]:
    """What a reader will look for and not find."""
    measures = [s for s in build.subjects.values() if s.value]
    none = sum(s.value == NO_FIGURE for s in measures)
    lines = ["", "Nothing failed."]
    if not build.record.get("whole"):
        lines[1] += " Only a part was built; the other pages are as they were before, or missing."
    if none:
        lines[1] += f" No figure is held for {none} of the {len(measures)} measures."
    return lines


def _changes(found: Difference) -> list[str]:
    """Which judgements changed and why, then what changed without turning one."""
    moved = [w for w in found.words if not w.stands]
    ours = [w for w in found.words if w.stands]
    then, now = (str(b.contents["subtitle"]) for b in (found.old, found.new))
    lines = [f"### Since {'the build before' if then == now else escaped(then)}", ""]
    if not found.for_readers:
        return [*lines, f"Pages and data are the same; it was made with other {_made(found)}."]
    lines += named(moved) or ["No published judgement changed."]
    if ours:
        lines += ["", "Worked out otherwise, while the published word stands:", "", *named(ours)]
    turned = {w.subject.code for w in found.words}
    held = {c.subject.code: c.subject.name for c in found.figures if c.subject.code not in turned}
    told = [
        ("Added", [s.name for s in found.added]),
        ("Removed", [s.name for s in found.removed]),
        ("Other figures and the same judgements", list(held.values())),
        ("Other targets", list(dict.fromkeys(c.subject.name for c in found.targets))),
    ]
    rest = [f"- {what}: {some(names)}." for what, names in told if names]
    if found.sentences:
        pages = [page for page in found.pages_of_both if page in found.pages_said]
        titles = [found.new.pages[page] for page in pages]
        rest.append(f"- Sentences changed on {count_words(len(pages), 'page')}: {some(titles)}.")
    if found.why:
        rest.append(f"- Why: {listed(found.why)}.")
    if not rest and not found.words:
        rest.append("- Only how pages and files are laid out differs.")
    return [*lines, "", *rest] if rest else lines


def named(words: Sequence[WordDiffers]) -> list[str]:
    """A line for each judgement; of many, the first."""
    lines = [
        f"- **{escaped(w.subject.name)}**, {escaped(w.heading)}: {escaped(word_line(w))}"
        for w in words[:_MOST]
    ]
    more = len(words) - _MOST
    return [*lines, f"- … and {more} more"] if more > 0 else lines


def some(names: Sequence[str]) -> str:
    """Names one after the other; the first of many."""
    told = "; ".join(escaped(name) for name in names[:_MOST])
    more = len(names) - _MOST
    return f"{told}; and {more} more" if more > 0 else told


def _made(found: Difference) -> str:
    words = {Why.CODE: "code", Why.NOTEBOOK: "notebooks", Why.ENVIRONMENT: "versions of tools"}
    told = [word for why, word in words.items() if why in found.inputs]
    return listed(told or ["data that this edition does not show"])


def _address(build: Build, address: str) -> list[str]:
    page = f"{build.record['edition']}/{next(iter(build.pages), 'index.html')}"
    if not address:
        return [f"Read it: {escaped(page)} in the output folder."]
    return [f"Read it: <{address.rstrip('/')}/{quote(page)}>"]
