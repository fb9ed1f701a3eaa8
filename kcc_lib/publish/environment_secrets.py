"""What of the environment is nobody's business, and what is a word like any other.

A password or a name may be quoted by an error and must not be read on. But a variable may
also hold `report` or `kernel`, which our own sentences are made of: so a value is hidden for
what its variable is called, or for what it looks like, and never as a part of a longer word.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

#: What a variable of a secret is called. Its value is hidden whatever it looks like, if it is
#: long enough to be none of the shortest words.
_SECRET = re.compile(
    r"PASSW(?:OR)?D|PASSPHRASE|PASSCODE|_PWD$|(?:PASS|TOKEN|SECRET)S?$"
    r"|(?:^|_)(?:PASS|TOKENS?|SECRETS?|CREDENTIALS?|AUTH|PAT|SALT|PIN)(?:_|$)"
    r"|(?:API|ACCESS|PRIVATE|SIGNING|ENCRYPTION|ACCOUNT|MASTER)_?KEYS?(?:_|$)",
    re.IGNORECASE,
)
#: And one of a person or a machine, whose name is most often a plain word.
_NAMED = re.compile(
    r"(?:^|_|PG)(?:USER|LOGNAME|LOGIN|HOST|COMPUTERNAME|USERDOMAIN|ACTOR|AUTHOR|EMAIL"
    r"|(?:USER|HOST|FULL|FIRST|LAST|REAL|DISPLAY|AUTHOR|COMMITTER)_?NAME)(?:_EMAIL)?$",
    re.IGNORECASE,
)
#: One to three words as they stand in a sentence: nothing that anybody would want to hide.
_PLAIN = re.compile(r"[A-Za-z][a-z]*(?:[ ,.:;]+[a-z]+){0,2}[.]?")
#: Numbers, days, periods and areas as our figures have them.
_FIGURE = re.compile(r"\d{1,7}|\d{4}-\d\d(?:-\d\d)?(?: Q[1-4])?|[ENSW]\d{8}")
#: Who, with what password, at which machine: of an address that says so.
_SIGNED_IN = re.compile(r"://([^/@:\s]*)(?::([^/@\s]*))?@([^/@:\s]+)")
#: A value that is shorter may be any word; a secret is given the benefit of the doubt.
_SHORTEST = 6
_SHORTEST_SECRET = 4
_SHORTEST_NAME = 3
#: A secret of this length is found within a longer word too, if it is no word itself.
_TELLING = 8


def hide_values(
    text: str, environment: Mapping[str, str], roots: Iterable[Path], hidden: str
) -> str:
    """A text without what the environment keeps to itself.

    Parameters
    ----------
    roots
        The workbook and the like: what stands in them by that name is no secret.
    hidden
        What is put in its place.
    """
    for word, pattern in _searched(tuple(environment.items()), tuple(roots)):
        if word in text:
            text = pattern.sub(lambda _: hidden, text)
    return text


@lru_cache(maxsize=8)  # a notebook's every output is looked at in the same environment
def _searched(
    environment: tuple[tuple[str, str], ...], roots: tuple[Path, ...]
) -> list[tuple[str, re.Pattern[str]]]:
    """What is to be hidden, the longest first, and what finds it."""
    found: dict[str, bool] = {}
    for name, value in environment:
        for word, secret in _hidden_of(name, value, roots):
            found[word] = found.get(word, False) or secret
    words = sorted(found, key=lambda word: (-len(word), word))
    return [(word, re.compile(_pattern(word, within=found[word]))) for word in words]


def _hidden_of(name: str, value: str, roots: tuple[Path, ...]) -> Iterator[tuple[str, bool]]:
    """What is to be hidden of a variable, as it may be quoted; whether within words too."""
    secret = _SECRET.search(name) is not None
    named = _NAMED.search(name) is not None
    plain = _PLAIN.fullmatch(value) is not None
    for part in (p for signed in _SIGNED_IN.finditer(value) for p in signed.groups() if p):
        if len(part) >= _SHORTEST_NAME:
            yield part, False
    if secret:
        enough = _SHORTEST if plain else _SHORTEST_SECRET
        lines = [line for line in value.splitlines() if len(line.strip()) >= _TELLING]
        told = [value, *lines] if len(value.strip()) >= enough else []
    elif named:
        told = [value] if len(value.strip()) >= _SHORTEST_NAME else []
    else:
        long = len(value.strip()) >= _SHORTEST
        told = [value] if long and not plain and not _is_ours(value, roots) else []
    for one in told:
        for written in {one, one.strip(), repr(one)[1:-1], quote(one, safe="")}:
            yield written, secret and not plain and len(one) >= _TELLING


def _is_ours(value: str, roots: tuple[Path, ...]) -> bool:
    """Whether it is a figure, an edition, or something in the workbook by its path from there."""
    if _FIGURE.fullmatch(value):
        return True
    if Path(value).is_absolute() or ".." in Path(value).parts or value.startswith("~"):
        return False
    inside = ("", "notebooks", "data/raw", "data/raw/editions", "data/raw/observations")
    places = [root / place for root in roots for place in inside]
    # a section mostly has the name of its notebook, with a dash for its line
    named = (value, f"{value}.toml", f"{value.replace('-', '_')}.ipynb")
    try:
        return any((place / name).exists() for place in places for name in named)
    except (OSError, ValueError):  # no name that a file could have
        return False


def _pattern(word: str, *, within: bool) -> str:
    """Finds it where it stands alone: between what no word, and no path, is made of."""
    found = re.escape(word)
    if within:
        return found
    before = r"(?<!\w)" if re.match(r"\w", word) else r"(?<![\w.-])" if word[0] in "/\\" else ""
    return f"{before}{found}" + (r"(?!\w)" if re.search(r"\w$", word) else "")
