"""The named methods: the judgements each makes of a set of series, and its presets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from kcc_lib.errors import KccError, UnknownNameError
from kcc_lib.judgement.control_chart import judge_control_chart
from kcc_lib.judgement.long_term import judge_long_term
from kcc_lib.judgement.one_year import judge_one_year
from kcc_lib.judgement.options import Fallback, Options, SurveyRule, options_of
from kcc_lib.judgement.quarters import judge_last_quarter, judge_quarters
from kcc_lib.judgement.recent_trend import judge_recent_trend
from kcc_lib.judgement.series import Series
from kcc_lib.judgement.variance import judge_variance_one_year, judge_variance_three_years
from kcc_lib.measures import Measure

Judge = Callable[[Series, Mapping[str, Measure], Options], pd.DataFrame]


@dataclass(frozen=True, slots=True)
class Method:
    """One way of judging: a function of a set of series for each horizon.

    `origin` is whose rule it is, in which version, and `words` say in a line what it does;
    the card in `docs/methods` says the rest. `reads` are the options that it heeds: another
    is refused.
    """

    name: str
    origin: str
    words: str
    judges: tuple[Judge, ...]
    presets: Mapping[str, Options]
    reads: frozenset[str]


def _only(options: Options) -> Mapping[str, Options]:
    return {"default": options}


METHODS: dict[str, Method] = {
    m.name: m
    for m in (
        Method(
            "significance-2019",
            "Kent County Council, annual report of 2019",
            "a two-sample test of the last year, and the slope of a straight line",
            (judge_one_year, judge_long_term),
            # `kcc2019` is what reproduces the council's 2019 report
            {
                "default": Options(),
                "kcc2019": Options(
                    min_points=3,
                    survey_rule=SurveyRule.INTERVAL_OVERLAP,
                    fallback=Fallback.VARIANCE,
                ),
            },
            frozenset(
                {
                    "alpha",
                    "min_points",
                    "max_gap",
                    "survey_rule",
                    "fallback",
                    "design_effect",
                    "variance",
                    "mode",
                    "inclusive",
                }
            ),
        ),
        Method(
            "variance-2017",
            "Kent County Council, annual report of 2017",
            "a change of more than 5% over one year, and over three",
            (judge_variance_one_year, judge_variance_three_years),
            _only(Options()),
            frozenset({"max_gap", "variance", "mode", "inclusive"}),
        ),
        Method(
            "regression-2020",
            "Kent County Council, quarterly reports from 2020/21",
            "the slope of a straight line through the quarters shown",
            (judge_quarters,),
            _only(Options(min_points=5)),
            frozenset({"alpha", "min_points", "shown"}),
        ),
        Method(
            "last-quarter-2017",
            "Kent County Council, quarterly reports to 2019/20",
            "the sign of the change since the quarter before",
            (judge_last_quarter,),
            _only(Options()),
            frozenset(),
        ),
        Method(
            "recent-trend",
            "Fingertips, as in its source code of 2020 and 2025",
            "Fingertips' trend of the last five years, weighted by their intervals",
            (judge_recent_trend,),
            _only(Options(alpha=0.002, min_points=5)),
            frozenset(),
        ),
        Method(
            "xmr",
            "NHS England, Making Data Count",
            "the limits and runs of a control chart",
            (judge_control_chart,),
            _only(Options(min_points=12)),
            frozenset({"min_points"}),
        ),
    )
}


def method_named(name: str) -> Method:
    """A method by name.

    Raises
    ------
    UnknownNameError
        If there is no such method.
    """
    if name not in METHODS:
        raise UnknownNameError("method", name, list(METHODS))
    return METHODS[name]


def settle(method: Method, preset: str, chosen: Mapping[str, object] | None = None) -> Options:
    """The options of a method: a preset's, with those chosen one by one in their place.

    Raises
    ------
    UnknownNameError
        If there is no such preset or option.
    KccError
        If the method does not heed an option, or it cannot have the value.
    """
    settled = options_of(method.presets, preset, chosen)
    for name in chosen or {}:
        if name not in method.reads:
            known = ", ".join(sorted(method.reads)) or "none"
            raise KccError(f"{method.name} does not heed {name}; its options: {known}")
    return settled
