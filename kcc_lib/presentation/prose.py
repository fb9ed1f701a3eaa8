"""Narrative: Markdown whose every figure is bound to data.

A figure is written as an expression and filled in from series and document figures by the
one formatter. A digit that stands outside an expression is refused, with its file and line;
a name or date that merely contains one is written `{{ fixed("Key Stage 2", "name") }}`.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from kcc_lib.errors import Fault, NarrativeError
from kcc_lib.presentation.facts import BindingError, Facts
from kcc_lib.presentation.formats import MISSING

_BINDING = re.compile(r"\{\{.*?\}\}", re.S)


def bind(text: str, facts: Facts, *, file: str) -> str:
    """Fill in the bindings of one narrative.

    Raises
    ------
    NarrativeError
        With every unbound figure and every binding that does not resolve.
    """
    faults = [*unbound_figures(text, file), *_broken_bindings(text, facts, file)]
    if faults:
        raise NarrativeError(faults)
    return _environment(facts.bindings()).from_string(text).render()


def unbound_figures(text: str, file: str) -> Iterable[Fault]:
    """Every number that stands in prose outside a binding."""
    blanked = _BINDING.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)
    for line, content in enumerate(blanked.splitlines(), start=1):
        for number in re.findall(r"\S*\d\S*", content):
            yield Fault(
                file, line, "", number, "is a figure that is not bound to data",
                'use value, went or figure, or fixed("…", "reason") for a name or date',
            )  # fmt: skip


def _broken_bindings(text: str, facts: Facts, file: str) -> Iterable[Fault]:
    """Each binding is tried alone, so that all faults are found at once."""
    environment = _environment(facts.bindings())
    for match in _BINDING.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        try:
            filled = environment.from_string(match.group()).render()
        except (TemplateError, BindingError, TypeError, ValueError, KeyError) as error:
            yield Fault(
                file, line, "", match.group()[:80], f"does not resolve ({error})", "mend it"
            )
        else:
            if MISSING in filled.split():
                problem = "has no value in this edition"
                yield Fault(file, line, "", match.group()[:80], problem, "bind another figure")


def _environment(bindings: Mapping[str, Callable[..., str]]) -> SandboxedEnvironment:
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    environment.globals.clear()
    environment.globals.update(bindings)
    return environment
