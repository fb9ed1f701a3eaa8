"""How hard a text is to read: its sentences, its words, and its school grade.

The limits are those of United Kingdom guidance on Easy Read (Department of Health, "Basic
guidelines for people who commission Easy Read information", 2009; CHANGE, "How to make
information accessible", 2016): a sentence of at most 15 words, one idea in each, easy words
and the hard ones explained, no block capitals and no marks that a reader must work out.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

#: The most words in a sentence.
LONGEST_SENTENCE = 15
#: The most syllables in a word that nobody explains.
LONGEST_WORD = 3
#: The highest school grade of a whole page: what a child of 8 or 9 reads.
HIGHEST_GRADE = 4.0

_ADDRESS = re.compile(r"\S+@\S+|\bhttps?:\S+|\bwww\.\S+")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_SENTENCE_END = re.compile(r"(?<=[.?!:])(?:\*\*)?\s+|\n\s*\n|\n(?=- )")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*|\d[\d,.]*")
_MONTHS = {"january", "february"}
#: Marks and habits that Easy Read goes without: {pattern: (problem, remedy)}.
_MARKS = {
    r"[()\[\]]": ("holds brackets", "write a sentence of its own"),
    r"[;–—]": ("joins two ideas with a mark", "write two sentences"),
    r"(?<!\*)\*(?!\*)[^*\n]+\*|\b_[^_\n]+_\b": ("is set in italics", "use ** for bold"),
    r"\bN/A\b": ("says N/A", "say in words what is not known"),
    r"\d/\d": ("holds a year or a date cut short", "write it in full"),
    r"\b(?:e\.g\.|i\.e\.|etc\b)": ("is cut short", "write it in full"),
    r"&": ("holds a mark for a word", "write and"),
}


@dataclass(frozen=True, slots=True)
class Hard:
    """One thing that makes a text hard to read: what stands there, why, and what to do."""

    found: str
    problem: str
    remedy: str


def plain(markdown: str) -> str:
    """A text as it is read: links as their words, no marks for bold or lists."""
    text = _LINK.sub(r"\1", markdown)
    return re.sub(r"^- ", "", text.replace("**", ""), flags=re.MULTILINE)


def sentences(markdown: str) -> list[str]:
    """The sentences of a text; an item of a list and a heading are sentences of their own."""
    found = (plain(part).strip() for part in _SENTENCE_END.split(_LINK.sub(r"\1", markdown)))
    return [" ".join(part.split()) for part in found if _WORD.search(part)]


def words(text: str) -> list[str]:
    """The words and numbers of a text; an address is not read as words."""
    return _WORD.findall(_ADDRESS.sub("", text))


def syllables(word: str) -> int:
    """How many syllables a word has, by its groups of vowels; a number counts as one.

    Notes
    -----
    The usual rule of thumb of readability formulas: groups of vowels, less a silent e.
    """
    text = re.sub(r"[^a-z]", "", word.lower())
    if not text:
        return 1
    bare = re.sub(r"(?:(?<=[^aeiouyl])es?|(?<=[^td])ed|(?<=[aeiouy]l)e)$", "", text)
    bare = bare if re.search(r"[aeiouy]", bare) else text
    apart = len(re.findall(r"(?<![ctsgl])i(?=[aou])", bare))  # ra-di-o, but na-tion
    return max(1, len(re.findall(r"[aeiouy]+", bare)) + apart)


def grade(parts: Iterable[str]) -> float:
    """The Flesch-Kincaid grade of some sentences: the American school year that reads them.

    Notes
    -----
    0.39 × words per sentence + 11.8 × syllables per word − 15.59 (Kincaid and others,
    "Derivation of new readability formulas", United States Navy, 1975).
    """
    told = [words(part) for part in parts]
    told = [part for part in told if part]
    count = sum(len(part) for part in told)
    if not count:
        return 0.0
    spoken = sum(syllables(word) for part in told for word in part)
    return 0.39 * count / len(told) + 11.8 * spoken / count - 15.59


def hard_parts(markdown: str, explained: str = "") -> list[Hard]:
    """Everything in a text that an Easy Read reader could stumble over.

    Parameters
    ----------
    explained
        The text without the hard words that are explained, where it has any.
    """
    found = []
    for sentence in sentences(markdown):
        count = len(words(sentence))
        if count > LONGEST_SENTENCE:
            problem = f"is a sentence of {count} words, more than {LONGEST_SENTENCE}"
            found.append(Hard(sentence, problem, "make two of it"))
    text = plain(_ADDRESS.sub("", explained or markdown))
    for pattern, (problem, remedy) in _MARKS.items():
        marked = _ADDRESS.sub("", _LINK.sub(r"\1", explained or markdown))
        found += [Hard(m[0], problem, remedy) for m in re.finditer(pattern, marked)]
    return found + _hard_words(text)


def _hard_words(text: str) -> list[Hard]:
    """Long words and capitals that nobody explains."""
    remedy = "use an easier word, or explain it in easy_words.csv"
    found = []
    for word in dict.fromkeys(words(text)):
        parts = [p for p in re.split(r"[-'’]", word) if p]
        if len(word) > 1 and word.isupper() and word.isalpha():
            found.append(Hard(word, "is in capitals and is not explained", remedy))
        elif word.lower() not in _MONTHS and max(map(syllables, parts)) > LONGEST_WORD:
            found.append(Hard(word, "is a long word and is not explained", remedy))
    if "%" in text:
        found.append(Hard("%", "is a sign and is not explained", remedy))
    return found
