"""The parts of an Easy Read page: headings, and rows of a picture with its words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kcc_lib.easy_words import EasyKind, EasyWord, EasyWords, Picture
from kcc_lib.errors import Fault, NarrativeError
from kcc_lib.measures import Catalogue
from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.story import anchor
from kcc_lib.readability import HIGHEST_GRADE, grade, hard_parts, sentences

_NEXT = re.compile(r"(?<=[.?!])(\**) +(?=\S)")
WORDS_FILE = "data/raw/easy_words.csv"
HARD_WORDS = "What do the hard words mean?"


@dataclass(frozen=True, slots=True)
class Mark:
    """A judgement's symbol and word, and what it means here."""

    label: str
    told: str


@dataclass(frozen=True, slots=True)
class Head:
    """A heading; `kicker` stands over it."""

    level: int
    text: str
    kicker: str = ""
    file: str = ""
    line: int = 0

    @property
    def texts(self) -> tuple[str, ...]:
        """What a reader reads of it."""
        return (self.text,)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing told: a picture or a judgement's symbol on the left, words on the right.

    Parameters
    ----------
    text
        Markdown of short sentences.
    label
        The judgement whose symbol stands on the left in place of a picture.
    points
        A short list under the text.
    marks
        Judgements under it, each with its symbol, its word and a sentence.
    glosses
        Sentences that explain the hard words used here for the first time.
    file, line
        Where its words are written, for messages.
    """

    text: str
    picture: Picture | None = None
    label: str = ""
    points: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    glosses: tuple[str, ...] = ()
    file: str = ""
    line: int = 0

    @property
    def texts(self) -> tuple[str, ...]:
        """What a reader reads of it, in order."""
        return (self.text, *self.points, *(m.told for m in self.marks), *self.glosses)


Part = Head | Row


def require_words(catalogue: Catalogue, wanted: Iterable[tuple[EasyKind, str]]) -> None:
    """Refuse a page that would have to say something for which no easy words are written.

    Raises
    ------
    NarrativeError
        With each of them: a code or the report's own title would not be easy to read.
    """
    contacts = [(EasyKind.CONTACT, name) for name in ("email", "phone")]
    missing = [k for k in (*wanted, *contacts) if catalogue.easy.find(*k) is None]
    if missing:
        raise NarrativeError([
            Fault(WORDS_FILE, 0, "", name, f"is a {what} without easy words", "add a row for it")
            for what, name in missing
        ])  # fmt: skip


def easy_word(catalogue: Catalogue, what: EasyKind, name: str) -> EasyWord:
    """The easy words for one thing, which `require_words` has made sure of."""
    return catalogue.easy.words[what, name]


def easy_page(parts: Iterable[Part], words: EasyWords, *, file: str) -> Blocks:
    """The page: hard words explained where they first stand, and together at the end.

    Parameters
    ----------
    file
        What messages name where a part does not say where it is written.

    Raises
    ------
    NarrativeError
        With everything on the page that is not easy to read.
    """
    told = _with_hard_words(list(parts), words)
    if faults := reading_faults(told, words, file=file):
        raise NarrativeError(faults)
    return blocks(_gathered(told))


def reading_faults(parts: Sequence[Part], words: EasyWords, *, file: str) -> list[Fault]:
    """Everything on a page that is not easy to read."""
    faults = []
    for part in parts:
        for text in part.texts:
            for hard in hard_parts(text, words.explained(text)):
                place = part.file or file
                faults.append(Fault(place, part.line, "", hard.found, hard.problem, hard.remedy))
    level = grade(s for part in parts for text in part.texts for s in sentences(text))
    if level > HIGHEST_GRADE:
        problem = f"reads at grade {level:.1f}, above {HIGHEST_GRADE}"
        faults.append(Fault(file, 0, "", "", problem, "use shorter sentences and shorter words"))
    return faults


def _with_hard_words(parts: list[Part], words: EasyWords) -> list[Part]:
    """Each hard word explained in the first row that uses it, then all of them in a list."""
    found: list[Part] = []
    used: list[EasyWord] = []
    waiting: list[str] = []
    for part in parts:
        if isinstance(part, Head):
            waiting.append(part.text)
            found.append(part)
            continue
        fresh = _fresh(" ".join([*waiting, *part.texts]), words, used)
        waiting = []
        used += fresh
        found.append(replace(part, glosses=tuple(w.easy for w in fresh)))
    if not used:
        return found
    points = tuple(w.easy for w in sorted(used, key=lambda w: w.name.lower()))
    listed: list[Part] = [Head(2, HARD_WORDS), Row("", Picture.TALK, points=points)]
    at = next((n for n, p in enumerate(found) if isinstance(p, Head) and p.text == HELP), None)
    return [*found, *listed] if at is None else [*found[:at], *listed, *found[at:]]


def _fresh(text: str, words: EasyWords, used: Sequence[EasyWord]) -> list[EasyWord]:
    """The hard words of a text, and those of their explanations, that are not yet explained."""
    fresh: list[EasyWord] = []
    queue = words.hard_in(text)
    while queue:
        word = queue.pop(0)
        if word not in used and word not in fresh:
            fresh.append(word)
            queue += words.hard_in(word.easy)
    return fresh


#: The heading that the list of hard words stands before.
HELP = "Do you want to ask us something?"


def help_parts(catalogue: Catalogue, home: str) -> list[Part]:
    """How to reach the council and where the full report is."""
    email = easy_word(catalogue, EasyKind.CONTACT, "email")
    phone = easy_word(catalogue, EasyKind.CONTACT, "phone")
    return [
        Head(2, HELP),
        Row(f"You can call **{phone.easy}**.", phone.picture),
        Row(f"You can write to [{email.easy}](mailto:{email.easy}).", email.picture),
        Row(f"The [full report]({home}) says more about all of this.", Picture.REPORT),
    ]


def _gathered(parts: Sequence[Part]) -> list[Block]:
    """Headings as they are, and the rows between them as one block each."""
    found: list[Block] = []
    for part in parts:
        if isinstance(part, Head):
            name = "top" if part.level == 1 else anchor(part.text)
            again = sum(b.get("text") == part.text for b in found)
            head: Block = {"kind": "heading", "level": part.level, "text": part.text,
                           "id": f"{name}-{again + 1}" if again else name}  # fmt: skip
            found.append(head | ({"kicker": part.kicker} if part.kicker else {}))
        else:
            if not found or found[-1]["kind"] != "easy":
                found.append({"kind": "easy", "items": []})
            found[-1]["items"].append(_item(part))
    return found


def _item(row: Row) -> Block:
    return {
        "picture": str(row.picture or ""), "label": row.label,
        "text": _NEXT.sub(lambda m: f"{m[1]}\n\n", row.text),  # a line for each sentence
        "points": list(row.points), "glosses": list(row.glosses),
        "marks": [{"label": m.label, "told": m.told} for m in row.marks],
    }  # fmt: skip
