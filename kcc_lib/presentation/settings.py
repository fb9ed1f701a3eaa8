"""A method's settings in words: each choice that it leaves open and heeds."""

from collections.abc import Mapping

from kcc_lib.judgement.methods import Method
from kcc_lib.judgement.options import Fallback, Options, SurveyRule, VarianceMode
from kcc_lib.presentation.formats import format_number

_SURVEYS = {
    SurveyRule.TEST: "tested like any other figure",
    SurveyRule.INTERVAL_OVERLAP: "a movement counts if the two years' 95% intervals do not overlap",
}
_UNTESTED = {
    Fallback.NONE: "it is not judged",
    Fallback.VARIANCE: "a change of {variance} counts as a movement, and the page says so",
    Fallback.XMR: "a change far outside the usual ones counts as a movement, and the page says so",
}
#: Which of a method's options each setting comes from.
_FROM = {
    "Counts as a movement": "alpha", "Change that counts": "variance",
    "Fewest points for a trend": "min_points", "Surveys": "survey_rule",
    "Where nothing can be tested": "fallback", "Quarters used": "shown",
}  # fmt: skip


def settings_told(method: Method, chosen: Options) -> dict[str, str]:
    """The settings that a method heeds, each with what was chosen, in words.

    Parameters
    ----------
    method
        The method that judges.
    chosen
        Its options, settled.
    """
    told = _in_words(chosen)
    return {name: said for name, said in told.items() if _heeded(name, method.reads)}


def _heeded(name: str, reads: frozenset[str]) -> bool:
    """Whether the method has that choice; the 5% rule beside a test is told with the fallback."""
    return _FROM[name] in reads and not (name == "Change that counts" and "fallback" in reads)


def _in_words(chosen: Options) -> Mapping[str, str]:
    """Each choice in words, from the options themselves."""
    percent = f"{format_number(100 * chosen.variance, 0)}%"
    points = chosen.mode is VarianceMode.POINTS
    of = "of 100, in points" if points else "of the earlier value"
    least = f"{percent} or more {of}" if chosen.inclusive else f"more than {percent} {of}"
    level = format_number(100 * chosen.alpha, 1 if chosen.alpha < 0.01 else 0)
    return {
        "Counts as a movement": f"one that chance alone would make less than {level}% of the time",
        "Change that counts": f"{least}, up or down",
        "Fewest points for a trend": str(chosen.min_points),
        "Surveys": _SURVEYS[chosen.survey_rule],
        "Where nothing can be tested": _UNTESTED[chosen.fallback].format(variance=least),
        "Quarters used": f"the latest {chosen.shown}" if chosen.shown else "all that are shown",
    }
