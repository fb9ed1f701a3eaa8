"""Cells that are not the plain number they should be: what stands there, and what to do.

Publishers' tables carry more in a cell than its number: signs, footnote marks, the shorthand
of the Government Analysis Function, marks for what is withheld. Each is named with its own
remedy, so that a withheld figure is flagged and a marked one keeps its number.
"""

import re

from kcc_lib.vocabulary import Flag

_LEAVE_BLANK = "leave it blank and flag it x (not available), c or z"
_NUMBER = r"[£$€]?([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*%?"
_LIMIT = r"(?:[<>≤≥]=?|(?:fewer|less|more|greater) than|under|over|at (?:least|most))\s*[£$€]?\d.*"
_FOOTNOTE = r"\s*(?:[*†‡§¶#^~¹²³⁰⁴-⁹]+|\[(?:note )?\d+\]|\(\d+\))"
_SHORTHAND = {str(flag): flag for flag in Flag if flag.explains_blank} | {
    "low": Flag.LOW_RELIABILITY,
    "suppressed": Flag.CONFIDENTIAL,
}
_BESIDE = r"\s*[\[(]?([breup])[\])]?"
#: What a cell looks like that is not a plain number: its fault, what to take out, what to add.
_SPELLINGS = (
    (r"[£$€]?[+-]?\d{1,3}(,\d{3})+(\.\d+)?%?", "has thousands commas", "[,£$€%]", ""),
    (r".*\d.*%", "has a % sign", "[% ]", "; the catalogue holds the unit"),
    (r"[£$€].*\d.*", "has a currency sign", "[£$€ ]", "; the catalogue holds the unit"),
    (r"[−–‒]\s*\d.*", "has a typographic minus", "[−–‒ ]", ""),
    (r"\d{1,3}([ \u00a0\u2009\u202f]\d{3})+(\.\d+)?", "has spaces for thousands", r"\s", ""),
)


def why_not_a_number(text: str, column: str = "value") -> tuple[str, str]:
    """What is wrong with a cell that was not read as a number, and what to do.

    Flags speak of the value: in another column what is withheld is only left blank.
    """
    withheld = _withheld(text)
    if withheld:
        problem, flag = withheld
        return problem, "leave it blank" + (flag if column == "value" else "")
    marked = _marked(text)
    if marked:
        return marked
    for pattern, problem, extra, unit in _SPELLINGS:
        if re.fullmatch(pattern, text):
            minus = "-" if "minus" in problem else ""
            return problem, f"write {minus}{re.sub(extra, '', text)}{unit}"
    if re.fullmatch(r"\d+,\d+", text):
        return "has a comma in a number", "use a point for decimals and no thousands commas"
    if re.fullmatch(r"[+-]?(inf|infinity|nan|[\d.]+e[+-]?\d+)", text.lower()):
        return "is not a number that can be published", "leave it blank and flag it x"
    return "is not a number", _LEAVE_BLANK


def _withheld(text: str) -> tuple[str, str] | None:
    """What stands where no one figure was published, and the flag for it."""
    if re.fullmatch(_LIMIT, text, re.IGNORECASE):
        return "is a limit, not a number", " and flag it c (suppressed to protect people)"
    if re.fullmatch(r"[~#:]|[-–—]+|\*+", text):
        either = " and flag it c (suppressed to protect people) if it was withheld, x (not available) if not"
        return "is a mark, not a number", f"{either}; write 0 only where it means nought"
    flag = _SHORTHAND.get(re.sub(r"[\[\]()]", "", text).lower())
    if flag:
        return "is a flag, not a number", f" and put {flag} ({flag.meaning}) in flags"
    if re.fullmatch(rf"{_NUMBER}\s*(?:-|–|to)\s*{_NUMBER}", text):
        return "is a range, not a number", " and flag it x (not available), or give the one figure"
    return None


def _marked(text: str) -> tuple[str, str] | None:
    """A number with something beside it that belongs in another column."""
    found = re.fullmatch(_NUMBER + _FOOTNOTE, text)
    if found:
        remedy = f"write {_plain(found[1])}, and in note what the mark means"
        return "has a footnote mark", remedy
    found = re.fullmatch(_NUMBER + _BESIDE, text, re.IGNORECASE)
    if found:
        flag = Flag(found[2].lower())
        remedy = f"write {_plain(found[1])} and put {flag} ({flag.meaning}) in flags"
        return "has a flag beside the number", remedy
    found = re.fullmatch(rf"(?:[~≈]|ca?\.)\s*{_NUMBER}", text, re.IGNORECASE)
    if found:
        return (
            "is an approximate number",
            f"write {_plain(found[1])} and put e (estimated) in flags",
        )
    return None


def _plain(number: str) -> str:
    return number.replace(",", "")
