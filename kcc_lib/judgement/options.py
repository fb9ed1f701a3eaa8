"""The choices a method leaves open, and the named presets that settle them."""

from dataclasses import dataclass
from enum import StrEnum

from kcc_lib.errors import UnknownNameError


class SurveyRule(StrEnum):
    """How a sample survey's two years are compared."""

    TEST = "test"
    INTERVAL_OVERLAP = "interval_overlap"


class Fallback(StrEnum):
    """What to do where no test can be made."""

    NONE = "none"
    VARIANCE = "variance"


@dataclass(frozen=True, slots=True)
class Options:
    """Choices of `significance-2019`.

    Parameters
    ----------
    alpha
        A p-value below this is significant; equal to it is not.
    min_points
        Fewest points for a trend.
    max_gap
        Most years back the earlier value of a yearly measure may lie.
    survey_rule, fallback
        See the enums.
    variance
        Relative change that the variance fallback calls a movement, as a share.
    """

    alpha: float = 0.05
    min_points: int = 4
    max_gap: int = 1
    survey_rule: SurveyRule = SurveyRule.TEST
    fallback: Fallback = Fallback.NONE
    variance: float = 0.05


#: `default` is what we recommend; `kcc2019` is what reproduces the council's 2019 report.
PRESETS = {
    "default": Options(),
    "kcc2019": Options(
        min_points=3, survey_rule=SurveyRule.INTERVAL_OVERLAP, fallback=Fallback.VARIANCE
    ),
}


def preset(name: str) -> Options:
    """The options of a named preset.

    Raises
    ------
    UnknownNameError
        If there is no such preset.
    """
    if name not in PRESETS:
        raise UnknownNameError("preset", name, list(PRESETS))
    return PRESETS[name]
