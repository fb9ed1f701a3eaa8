"""Easy Read that people wrote: Markdown whose paragraphs name the picture beside them."""

import re

from kcc_lib.easy_words import EasyKind, Picture
from kcc_lib.errors import Fault, NarrativeError, nearest
from kcc_lib.presentation.blocks import Blocks
from kcc_lib.presentation.easy.parts import (
    HELP,
    Head,
    Mark,
    Part,
    Row,
    easy_page,
    easy_word,
    require_words,
)
from kcc_lib.presentation.section import Section
from kcc_lib.presentation.story import headed
from kcc_lib.vocabulary import Label

#: The narrative of an edition's Easy Read.
NAME = "easy_read"
_HEADING = re.compile(r"(#{1,3}) +(.+?)\s*", re.DOTALL)
_BESIDE = re.compile(r":([A-Za-z][A-Za-z ]*):\s+(.*)", re.DOTALL)


def written_easy_read(section: Section) -> Blocks:
    """The Easy Read that an edition's writers wrote, filled in from its data.

    Each paragraph begins with what stands on its left, between colons: a picture
    (`:school:`) or the symbol of a judgement (`:Improving:`).

    Raises
    ------
    NarrativeError
        If it has a fault, names no picture, or is not easy to read.
    """
    file, text = section.written.shown(NAME), section.prose(NAME)
    headed(text, file)  # refuses a level of heading that is skipped
    source = (section.narrative / f"{NAME}.md").read_text("utf-8") if section.narrative else ""
    parts, faults = [], []
    for line, told in zip(_lines(source), _paragraphs(text), strict=True):
        part, more = _part(told, file, line, section)
        parts += [part] if part else []
        faults += more
    if faults:
        raise NarrativeError(faults)
    goals = outcome_parts(section)
    at = next(
        (n for n, p in enumerate(parts) if isinstance(p, Head) and p.text == HELP), len(parts)
    )
    return easy_page([*parts[:at], *goals, *parts[at:]], section.catalogue.easy, file=file)


def outcome_parts(section: Section) -> list[Part]:
    """Each supporting outcome with its words; nothing where the edition printed none."""
    if not section.edition.published_outcomes:
        return []
    known = section.catalogue.supporting_outcomes
    require_words(section.catalogue, ((EasyKind.OUTCOME, code) for code in known))
    found: list[Part] = [Head(2, "How did each goal go?")]
    for code in known:
        easy = easy_word(section.catalogue, EasyKind.OUTCOME, code)
        marks = tuple(
            Mark(word.label, f"over {word.heading}.")
            for word in section.outcome_words() if word.outcome == code
        )  # fmt: skip
        found.append(
            Row(f"**{easy.easy}.**", easy.picture, marks=marks, file=easy.file, line=easy.line)
        )
    return found


def _paragraphs(text: str) -> list[str]:
    return [p.strip() for p in re.split(r"\n\s*\n", text) if p.strip()]


def _lines(source: str) -> list[int]:
    """The line on which each paragraph begins."""
    starts = re.finditer(r"(?:\A|\n[ \t]*\n)\s*(?=\S)", source)
    return [source.count("\n", 0, m.end()) + 1 for m in starts]


def _part(told: str, file: str, line: int, section: Section) -> tuple[Part | None, list[Fault]]:
    """One paragraph as a heading or a row."""
    if heading := _HEADING.fullmatch(told):
        level = len(heading[1])
        kicker = f"Easy Read: {section.edition.subtitle}" if level == 1 else ""
        return Head(level, heading[2], kicker, file, line), []
    beside = _BESIDE.fullmatch(told)
    name = beside[1] if beside else ""
    pictures, labels = [str(p) for p in Picture], [str(w) for w in Label]
    if beside is None or name not in {*pictures, *labels}:
        problem = "is no picture or judgement" if name else "has no picture beside it"
        remedy = nearest(name, [*pictures, *labels], shown=40) if name else "begin it with :people:"
        return None, [Fault(file, line, "", name or told[:40], problem, remedy)]
    text = " ".join(beside[2].split())
    if name in labels:
        return Row(text, label=name, file=file, line=line), []
    return Row(text, Picture(name), file=file, line=line), []
