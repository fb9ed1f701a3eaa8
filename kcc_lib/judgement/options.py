"""The choices a method leaves open, settled by its presets or named one by one."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from kcc_lib.errors import KccError, UnknownNameError


class SurveyRule(StrEnum):
    """How a sample survey's two years are compared."""

    TEST = "test"
    INTERVAL_OVERLAP = "interval_overlap"


class Fallback(StrEnum):
    """What to do where no test can be made."""

    NONE = "none"
    VARIANCE = "variance"
    XMR = "xmr"


class VarianceMode(StrEnum):
    """What the variance rule measures a change in: shares of the value, or percentage points."""

    RELATIVE = "relative"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class Options:
    """Choices of a method; each method reads those that its card names.

    Parameters
    ----------
    alpha
        A p-value below this is significant; equal to it is not.
    min_points
        Fewest points for a trend, or for a control chart that is not on trial.
    max_gap
        Most years back the earlier value of a yearly measure may lie.
    survey_rule, fallback, mode
        See the enums.
    design_effect
        How much wider a survey's variance is than a simple random sample's; a measure's
        own takes precedence.
    variance
        Change that the variance rule calls a movement: 0.05 is 5% of the earlier value, or
        5 percentage points where `mode` is "points".
    inclusive
        Whether a change of exactly the variance is a movement.
    shown
        How many of the latest periods a trend is fitted to, a blank one counted; all where 0.
    """

    alpha: float = 0.05
    min_points: int = 4
    max_gap: int = 1
    survey_rule: SurveyRule = SurveyRule.TEST
    fallback: Fallback = Fallback.NONE
    design_effect: float = 1.0
    variance: float = 0.05
    mode: VarianceMode = VarianceMode.RELATIVE
    inclusive: bool = False
    shown: int = 0


#: What each number may be, for the message where it is not.
_BOUNDS = {
    "alpha": (0.0, 0.5, "between 0 and 0.5"), "min_points": (3, 1000, "3 or more"),
    "max_gap": (1, 20, "between 1 and 20"), "design_effect": (1.0, 100.0, "1 or more"),
    "variance": (0.0, 1.0, "above 0, and at most 1"), "shown": (0, 1000, "0 or more"),
}  # fmt: skip
_ABOVE = {"alpha", "variance"}


def options_of(
    presets: Mapping[str, Options], name: str, chosen: Mapping[str, object] | None = None
) -> Options:
    """The options of a named preset, with those chosen one by one in their place.

    Parameters
    ----------
    presets, name
        The presets of a method, and one of them.
    chosen
        Options by name; values may be text, as a command line gives them.

    Raises
    ------
    UnknownNameError
        If there is no such preset or option.
    KccError
        If a value is not one that the option can have.
    """
    if name not in presets:
        raise UnknownNameError("preset", name, list(presets))
    known = {f.name: f for f in fields(Options)}
    changed: dict[str, Any] = {}
    for key, value in (chosen or {}).items():
        if key not in known:
            raise UnknownNameError("option", key, list(known))
        changed[key] = _read(key, value)
    return replace(presets[name], **changed)


def _read(key: str, value: object) -> object:
    kind = type(getattr(Options(), key))
    text = str(value).strip()
    if issubclass(kind, StrEnum):
        if text not in list(kind):
            raise UnknownNameError(key, text, [str(k) for k in kind])
        return kind(text)
    if kind is bool:
        answers = {"yes": True, "no": False, "True": True, "False": False}
        if text not in answers:
            raise KccError(f"{key} is {text!r}; write yes or no")
        return answers[text]
    try:
        number = kind(text)
    except ValueError:
        raise KccError(f"{key} is {text!r}, which is no {'whole ' * (kind is int)}number") from None
    low, high, words = _BOUNDS[key]
    if not (low < number <= high if key in _ABOVE else low <= number <= high):
        raise KccError(f"{key} is {text}; it must be {words}")
    return number
