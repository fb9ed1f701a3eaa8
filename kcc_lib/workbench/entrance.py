"""What an analyst hands to a verb, looked at before anything is worked out from it."""

from collections.abc import Iterable, Sequence

import pandas as pd

from kcc_lib.errors import KccError, UnknownNameError
from kcc_lib.judgement.columns import JUDGEMENT_COLUMNS
from kcc_lib.measures import Catalogue
from kcc_lib.records.editions import Edition
from kcc_lib.records.observations import COLUMNS, DERIVED, NUMBERS

#: What judging takes from observations; a page shows their sources and notes besides.
_JUDGED = ("measure", "area", "period", *NUMBERS, "flags", *DERIVED[1:])
_SHOWN = (*COLUMNS, *DERIVED[1:])
#: What a roll-up takes from judgements.
_ROLLED_UP = ("measure", "area", "horizon", "method", "label")
_LOAD = "load them with kcc.load_observations"
_JUDGE = "make them with kcc.assess"
#: How many of a table's own columns a message names.
_NAMED = 12


def check_given(
    observations: object, measures: object, edition: object, judgements: object = None,
    *, shown: bool = False,
) -> None:  # fmt: skip
    """Refuse what is no table of observations, catalogue or edition, or lacks columns.

    Parameters
    ----------
    edition, judgements
        None where the verb takes none.
    shown
        Whether the observations are shown on a page, and not only judged.

    Raises
    ------
    KccError
        With every missing column, and how to get what is needed.
    """
    _check_table("observations", observations, _SHOWN if shown else _JUDGED, _LOAD)
    if judgements is not None:
        _check_table("judgements", judgements, JUDGEMENT_COLUMNS, _JUDGE)
    if isinstance(measures, (str, pd.DataFrame)):
        raise KccError(f"measures: {_what(measures)} is no catalogue; give kcc.load_measures()")
    if edition is not None and not isinstance(edition, Edition):
        name = repr(edition) if isinstance(edition, str) else "name"
        raise KccError(f"edition: {_what(edition)} is no edition; open it: kcc.edition({name})")


def check_rolled_up(judgements: object) -> None:
    """Refuse what cannot be rolled up.

    Raises
    ------
    KccError
        With every missing column.
    """
    _check_table("judgements", judgements, _ROLLED_UP, _JUDGE)


def _check_table(what: str, given: object, needed: Sequence[str], remedy: str) -> None:
    if not isinstance(given, pd.DataFrame):
        raise KccError(f"{what}: {_what(given)} is no table; {remedy}")
    missing = [name for name in needed if name not in given]
    if missing:
        there = [str(name) for name in given]
        held = ", ".join(there[:_NAMED]) + (", …" if len(there) > _NAMED else "")
        noun = "the column" if len(missing) == 1 else f"{len(missing)} columns"
        raise KccError(
            f"{what} lack {noun} {', '.join(missing)}; there stood {held or 'none'}; {remedy}, "
            "or add what is missing"
        )


def _what(given: object) -> str:
    return repr(given) if isinstance(given, str) else f"a {type(given).__name__}"


def area_codes(given: str | Iterable[str] | None, measures: object) -> tuple[str, ...] | None:
    """Area codes as a verb is given them: one text is one code, and None stays None.

    Raises
    ------
    UnknownNameError
        If the catalogue holds areas and one of them is not there.
    """
    if given is None:
        return None
    codes = (given,) if given and isinstance(given, str) else tuple(given)
    if isinstance(measures, Catalogue):
        for code in codes:
            check_area(code, measures)
    return codes


def check_area(code: object, measures: Catalogue) -> None:
    """Refuse what is no area of the catalogue.

    Raises
    ------
    KccError
        If it is no text; as UnknownNameError, if there is no such area.
    """
    if not isinstance(code, str):
        problem = f"area: {code!r} is no code; write one as text, such as"
        raise KccError(f"{problem} {next(iter(measures.areas), 'E10000016')!r}")
    if code not in measures.areas:
        raise UnknownNameError("area", code, list(measures.areas))
