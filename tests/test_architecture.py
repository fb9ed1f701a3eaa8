"""The rooms and what each may touch: read from the imports themselves."""

import ast
from pathlib import Path

import pytest

import kcc_lib

PACKAGE = Path(kcc_lib.__file__).parent
MODULES = sorted(p.relative_to(PACKAGE).as_posix() for p in PACKAGE.rglob("*.py"))
#: Rooms from the lowest to the highest; a module imports only from its own room or below.
ROOMS = (
    ("vocabulary", "reasons", "errors", "in_short"),
    ("spellings", "readability", "easy_words", "periods", "measures", "quarterly", "risks"),
    ("inference",),
    ("records",),
    ("judgement",),
    ("presentation",),
    ("workbench", "pages"),
    ("publish",),
    ("cli",),
    ("__init__", "__main__"),
)
#: Third-party libraries and the only rooms that may use them.
LIBRARIES = {
    "numpy": {"inference", "records", "judgement", "presentation", "publish"},
    "scipy": {"inference"},
    "pandas": {"records", "judgement", "presentation", "workbench", "publish", "cli"},
    "altair": {"presentation"},
    "vl_convert": {"presentation"},
    "jinja2": {"presentation", "publish"},
    "lxml": {"publish"},
    "markupsafe": {"presentation", "publish"},
    "mistune": {"presentation"},
    "nh3": {"presentation"},
    "gptables": {"publish"},
    "odfdo": {"publish"},
    "papermill": {"publish"},
    "nbclient": {"publish"},
    "nbconvert": {"publish"},
    "nbformat": {"publish"},
    "traitlets": {"publish"},
    "pypdf": {"publish"},
    "distributed": {"publish"},
    "fsspec": {"publish"},
    "click": {"cli"},
}
#: Judgement takes frames and records; it opens no file.
FORBIDDEN = {("judgement", "records")}

#: The one module that may ask what day it is.
CLOCK = "cli/clock.py"


def room_of(module: str) -> str:
    return module.split("/", maxsplit=1)[0].removesuffix(".py")


def rank(room: str) -> int:
    return next(i for i, rooms in enumerate(ROOMS) if room in rooms)


def imports(module: str) -> list[str]:
    tree = ast.parse((PACKAGE / module).read_text())
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += (
                [f"{node.module}.{a.name}" for a in node.names]
                if node.module == "kcc_lib"
                else [node.module]
            )
    return found


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_from_its_own_room_or_below(module):
    room = room_of(module)
    ours = [i.split(".")[1] for i in imports(module) if i.startswith("kcc_lib.")]

    above = [o for o in ours if rank(o) > rank(room)]

    assert not above


@pytest.mark.parametrize("module", MODULES)
def test_a_library_is_used_only_in_the_rooms_that_need_it(module):
    room = room_of(module)
    used = {i.split(".")[0] for i in imports(module)} & set(LIBRARIES)

    strangers = [u for u in used if room not in LIBRARIES[u]]

    assert not strangers


@pytest.mark.parametrize("module", MODULES)
def test_judgement_opens_no_file(module):
    rooms = {
        (room_of(module), i.split(".")[1]) for i in imports(module) if i.startswith("kcc_lib.")
    }

    assert not rooms & FORBIDDEN


@pytest.mark.parametrize("module", MODULES)
def test_a_module_stays_under_250_lines_and_a_function_under_40(module):
    source = (PACKAGE / module).read_text()
    functions = [
        n
        for n in ast.walk(ast.parse(source))
        if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]

    long = {f.name: code_lines(f) for f in functions if code_lines(f) > 40}

    assert len(source.splitlines()) <= 250
    assert not long


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring: a fully told public verb is not a long one."""
    docstring = ast.get_docstring(function, clean=False)
    total = (function.end_lineno or 0) - function.lineno + 1
    return total - (docstring.count("\n") + 1 if docstring else 0)


@pytest.mark.parametrize("module", [m for m in MODULES if m != CLOCK])
def test_nothing_asks_the_clock_what_to_judge(module):
    source = (PACKAGE / module).read_text()

    assert "today(" not in source
    assert "now(" not in source


def test_only_the_choice_of_a_quarter_and_the_ledger_of_freshness_read_the_clock():
    asking = {m for m in MODULES if "kcc_lib.cli.clock" in imports(m)}

    assert asking == {"cli/choosing.py", "cli/ledger.py"}


def test_the_public_names_are_sorted_and_all_exist():
    names = kcc_lib.__all__

    assert names == sorted(names)
    assert all(hasattr(kcc_lib, name) for name in names)


def test_every_public_name_says_what_it_is_for():
    silent = [n for n in kcc_lib.__all__ if not getattr(kcc_lib, n).__doc__]

    assert not silent


def test_the_library_never_prints():
    prints = [
        m for m in MODULES for n in ast.walk(ast.parse((PACKAGE / m).read_text()))
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "print"
    ]  # fmt: skip

    assert not prints
