"""Judgements of two builds or files: words that differ, why, and how often each is given."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from kcc_lib.publish.difference.builds import OUTCOME, Build, Subject, Word
from kcc_lib.publish.difference.causes import Why, differing, ordered
from kcc_lib.publish.difference.grounds import Grounds, under
from kcc_lib.vocabulary import Direction, Expectation, Label, Rag

#: What is no evidence: a q-value moves with the tests of all other measures, and names are names.
_NO_EVIDENCE = {"q_value", "title", "area_name", "supporting_outcome", "directorate",
                "horizon_in_words"}  # fmt: skip
#: The order in which words are counted: best first, then what is no verdict.
_ORDER = [str(word) for words in (Label, Rag, Direction, Expectation) for word in words]


class Judged(Protocol):
    """Whatever gives words to subjects: a build, or a file of judgements."""

    @property
    def subjects(self) -> Mapping[str, Subject]:
        """What is judged, by key."""

    @property
    def words(self) -> Mapping[tuple[str, str], Word]:
        """The words given, by key of the subject and horizon or heading."""


#: Why one judgement differs, by its key and both words.
Reasons = Callable[[tuple[str, str], Word, Word], tuple[Why, ...]]


@dataclass(frozen=True, slots=True)
class WordDiffers:
    """One judgement that reads otherwise.

    `then` and `now` are the words that stand; `ours_then` and `ours_now` those worked out from
    the figures, which can differ while a published word stands.
    """

    subject: Subject
    horizon: str
    heading: str
    then: str
    now: str
    ours_then: str
    ours_now: str
    why: tuple[Why, ...]

    @property
    def stands(self) -> bool:
        """Whether the word that readers are given is the same in both."""
        return self.then == self.now


@dataclass(frozen=True, slots=True)
class Count:
    """How many measures are given one word under one heading."""

    heading: str
    word: str
    then: int
    now: int


def words_differing(old: Judged, new: Judged, why: Reasons) -> list[WordDiffers]:
    """Every judgement of both of which the word that stands, or ours, differs."""
    return [
        WordDiffers(
            new.subjects[key[0]], key[1], now.heading, then.standing, now.standing,
            then.ours, now.ours, why(key, then, now),
        )
        for key, now in new.words.items()
        if (then := old.words.get(key)) is not None
        and (then.standing, then.ours) != (now.standing, now.ours)
    ]  # fmt: skip


def evidence_differing(old: Judged, new: Judged) -> dict[str, Subject]:
    """The measures of which some word rests on other numbers, and reads the same.

    A q-value alone does not count: it moves with the tests of all other measures.
    """
    found = {}
    for key, now in new.words.items():
        then = old.words.get(key)
        same = then is not None and (then.standing, then.ours) == (now.standing, now.ours)
        if then is not None and same and set(differing(then.evidence, now.evidence)) - _NO_EVIDENCE:
            found[key[0]] = new.subjects[key[0]]
    return found


def reasons_by(grounds: Grounds, build: Build) -> Reasons:
    """Why a judgement of a build differs, as far as its grounds tell."""
    return lambda key, then, now: _why(key[0], then, now, grounds, build)


def _why(code: str, then: Word, now: Word, grounds: Grounds, build: Build) -> tuple[Why, ...]:
    """What is known to differ under a judgement; what could matter anywhere if nothing is."""
    if then.ours == now.ours and then.published != now.published:
        return (Why.PUBLISHED,)
    found = {why for part in _rests_on(code, build) for why in grounds.by_measure.get(part, ())}
    found |= set(grounds.anywhere)
    if then.published != now.published:
        found.add(Why.PUBLISHED)
    if Why.PERIODS not in found and _span(then) != _span(now):
        found.add(Why.WINDOW)
    return ordered(found) or grounds.otherwise or (Why.UNKNOWN,)


def _rests_on(code: str, build: Build) -> list[str]:
    """The measure itself; of a supporting outcome, all its measures."""
    return [code, *under(build, code)] if build.subjects[code].kind == OUTCOME else [code]


def _span(word: Word) -> tuple[str, str]:
    return word.evidence.get("period_from", ""), word.evidence.get("period_to", "")


def counts(old: Judged | None, new: Judged) -> list[Count]:
    """How often each word stands under each heading, now and then; without a build before, now."""
    found = _counted(new)
    before = _counted(old) if old else found
    headings = _headings(old) | _headings(new) if old else _headings(new)
    return [
        Count(heading, word, before.get((key, word), 0), found.get((key, word), 0))
        for key, heading in headings.items()
        for word in sorted({w for k, w in (*found, *before) if k == key}, key=_place)
    ]


def _headings(build: Judged) -> dict[str, str]:
    """What each count is headed, by its key; an edition may call a horizon what it likes."""
    return {
        _key(build, key): f"Supporting outcomes, {word.heading}" if _outcome(build, key)
        else word.heading
        for key, word in build.words.items()
    }  # fmt: skip


def _key(build: Judged, key: tuple[str, str]) -> str:
    return f"outcomes {key[1]}" if _outcome(build, key) else key[1]


def _outcome(build: Judged, key: tuple[str, str]) -> bool:
    return build.subjects[key[0]].kind == OUTCOME


def _counted(build: Judged) -> dict[tuple[str, str], int]:
    return Counter((_key(build, key), word.standing) for key, word in build.words.items())


def _place(word: str) -> tuple[int, str]:
    return (_ORDER.index(word) if word in _ORDER else len(_ORDER)), word
