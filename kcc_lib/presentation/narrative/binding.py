"""Narrative filled in: every expression from data, every claim tested, nothing left unbound.

A figure is written as an expression and filled in from series and document figures by the
one formatter; a sentence's own words about figures are written as a claim and tested. What
stands outside an expression may not be a figure, a period, a direction or a comparison.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from kcc_lib.errors import Fault, NarrativeError
from kcc_lib.presentation.formats import MISSING
from kcc_lib.presentation.narrative.facts import Facts
from kcc_lib.presentation.narrative.quoted import BindingError
from kcc_lib.presentation.narrative.unbound import BINDING, unbound


def bind(text: str, facts: Facts, *, file: str) -> str:
    """Fill in the expressions of one narrative.

    Raises
    ------
    NarrativeError
        With everything unbound, every expression that does not resolve and every claim
        that its evidence does not bear out.
    """
    if faults := faults_in(text, facts, file=file):
        raise NarrativeError(faults)
    return _environment(facts.bindings()).from_string(text).render()


def faults_in(text: str, facts: Facts, *, file: str) -> list[Fault]:
    """Everything wrong in one narrative; none where it may be published."""
    return [*unbound(text, file), *_broken(text, facts, file)]


def _broken(text: str, facts: Facts, file: str) -> Iterable[Fault]:
    """Each expression is tried alone, so that all faults are found at once."""
    environment = _environment(facts.bindings())
    for match in BINDING.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        column = f"column {match.start() - text.rfind(chr(10), 0, match.start())}"
        found = " ".join(match[0].split())[:100]
        try:
            filled = environment.from_string(match[0]).render()
        except BindingError as error:
            yield Fault(file, line, column, found, str(error), "mend the words or the data")
        except (TemplateError, TypeError, ValueError, KeyError) as error:
            yield Fault(file, line, column, found, f"does not resolve ({error})", "mend it")
        else:
            if MISSING in filled.split():
                problem = "has no value in this edition"
                yield Fault(file, line, column, found, problem, "bind another figure")
    left = BINDING.sub("", text)
    for mark in ("{{", "}}", "{%", "{#"):
        if mark in left:
            line = text[: text.find(mark)].count("\n") + 1
            yield Fault(file, line, "", mark, "is half an expression", "write {{ … }}, closed")


def _environment(bindings: Mapping[str, Callable[..., Any]]) -> SandboxedEnvironment:
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    environment.globals.clear()
    environment.filters.clear()
    environment.globals.update(bindings)
    return environment
