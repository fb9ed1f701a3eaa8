"""Narrative filled in: every expression from data, every claim tested, nothing left unbound.

A figure is written as an expression and filled in from series and document figures by the
one formatter; a sentence's own words about figures are written as a claim and tested. What
stands outside an expression may not be a figure, a period, a direction or a comparison.
"""

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment

from kcc_lib.errors import Fault, NarrativeError
from kcc_lib.presentation.formats import MISSING
from kcc_lib.presentation.narrative.draft import Draft
from kcc_lib.presentation.narrative.facts import Facts
from kcc_lib.presentation.narrative.quoted import BindingError
from kcc_lib.presentation.narrative.unbound import BINDING, find_unbound, place

#: What an expression may ask of a value or a count, and nothing else.
OFFERED = frozenset([
    "value", "period", "when", "previous", "previous_period", "direction", "change",
    "difference", "percent_change", "roughly", "since", "against", "gap", "judged", "per", "aim",
    "n", "out_of", "rank",
])  # fmt: skip
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.Call, nodes.Getattr, nodes.Name, nodes.Const, nodes.Keyword,
)  # fmt: skip
_ODD = "is no quotation of data"
_WRITE = 'write a function of docs/data.md and what it offers, such as measure("…").change'


def bind(text: str, facts: Facts, *, file: str) -> str:
    """Fill in the expressions of one narrative.

    Raises
    ------
    NarrativeError
        With everything unbound, every expression that does not resolve and every claim
        that its evidence does not bear out.
    """
    draft = fill(text, facts, file=file)
    if draft.faults:
        raise NarrativeError(draft.faults)
    return draft.text


def fill(text: str, facts: Facts, *, file: str) -> Draft:
    """Fill in one narrative, faulty or not, for its writer to look at.

    Notes
    -----
    Each expression is tried alone, so that all faults are found at once.
    """
    environment = _environment(facts.bindings())
    faults, parts = [], []
    for found in find_unbound(text):
        faults.append(found.fault(text, file))
        parts.append((found.start, found.end, f"⟦{text[found.start : found.end]}⟧"))
    for match in BINDING.finditer(text):
        try:
            filled = _value_of(match[0], environment)
        except _RefusedError as error:
            found_text = " ".join(match[0].split())[:100]
            faults.append(Fault(file, *place(text, match.start()), found_text, *error.args))
            filled = f"⟦{match[0].removeprefix('{{').removesuffix('}}').strip()}⟧"
        parts.append((match.start(), match.end(), filled))
    told, at = "", 0
    for start, end, part in sorted(parts):
        told, at = told + text[at:start] + part, end
    return Draft((told + text[at:]).rstrip("\n"), tuple(sorted(faults)))


class _RefusedError(Exception):
    """An expression that cannot be filled in: the problem, and what to do."""


def _value_of(expression: str, environment: SandboxedEnvironment) -> str:
    """What one expression says.

    Raises
    ------
    _RefusedError
        If it is not a quotation, names nothing that is held, or its claim is not true.
    """
    try:
        _refuse_code(environment.parse(expression))
        filled = environment.from_string(expression).render()
    except BindingError as error:
        raise _RefusedError(str(error), "mend the words or the data") from error
    except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError,
            ValueError) as error:  # fmt: skip
        raise _RefusedError(f"does not resolve ({error})", "mend it") from error
    if MISSING in filled.split():
        raise _RefusedError("has no value in this edition", "bind another figure")
    return filled


def _refuse_code(tree: nodes.Template) -> None:
    """Let through calls and what their answers offer; a bare text or a sum quotes nothing."""
    outputs = tree.find_all(nodes.Output)
    roots = [part for output in outputs for part in output.nodes]
    sound = all(isinstance(part, nodes.Call | nodes.Getattr) for part in roots)
    for node in tree.find_all(nodes.Node):
        sound = sound and isinstance(node, _ALLOWED)
        if isinstance(node, nodes.Getattr) and node.attr not in OFFERED:
            raise _RefusedError(f"asks for {node.attr!r}, which nothing here offers", _WRITE)
    if not (sound and roots):
        raise _RefusedError(_ODD, _WRITE)


def _printed(value: Any) -> Any:
    if callable(value):
        raise BindingError("is not called: it needs its brackets")
    return value


def _environment(bindings: Mapping[str, Callable[..., Any]]) -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, finalize=_printed
    )
    environment.globals.clear()
    environment.filters.clear()
    environment.globals.update(bindings)
    return environment
