"""The browser that prints is found and tried out before anything is built."""

import os
import sys

import pytest

from kcc_lib.errors import KccError
from kcc_lib.publish.pdf import browser
from kcc_lib.publish.pdf.browser import find_printer


@pytest.fixture
def alone(monkeypatch, tmp_path):
    """A machine without a browser; returns a way to put a program on its path."""
    monkeypatch.delenv("KCC_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "_PLACES", ())

    def install(name, *lines):
        program = tmp_path / name
        program.write_text("\n".join([f"#!{sys.executable}", "import sys", *lines]))
        program.chmod(0o755)
        return program

    return install


WRITES = 'name = next(a for a in sys.argv if a.startswith("--print-to-pdf=")).split("=")[1]'
PRINTS = """from pypdf import PdfWriter
writer = PdfWriter()
writer.add_blank_page(9, 9)
writer.add_metadata({"/Producer": "Skia/PDF m%s"})
writer.write(name)"""


def test_without_a_browser_the_refusal_says_what_to_install(alone):
    with pytest.raises(KccError, match="apt install chromium; Windows: Edge"):
        find_printer()


def test_a_named_browser_that_is_not_there_is_refused_and_no_other_is_taken(alone, monkeypatch):
    alone("chromium", WRITES, PRINTS % 156)
    monkeypatch.setenv("KCC_CHROMIUM", "/nowhere/chromium")

    with pytest.raises(KccError, match="no browser to print with"):
        find_printer()


def test_a_browser_that_cannot_print_is_refused_with_its_own_words(alone):
    alone("msedge", 'sys.exit("no usable sandbox")')

    with pytest.raises(KccError, match=r"msedge cannot print here \(no usable sandbox\)"):
        find_printer()


def test_a_browser_that_prints_no_running_heads_is_too_old(alone):
    alone("chromium", WRITES, PRINTS % 130)

    with pytest.raises(KccError, match=r"chromium is version 130; .* Chromium 131 or newer"):
        find_printer()


def test_the_first_browser_on_the_path_prints(alone):
    alone("google-chrome", WRITES, PRINTS % 131)
    program = alone("chromium", WRITES, PRINTS % 156)

    printer = find_printer()

    assert (printer.path, printer.version) == (str(program), 156)


def test_the_sandbox_is_given_up_only_for_the_superuser(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    assert browser._unboxed() == []
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    assert browser._unboxed() == ["--no-sandbox"]


def test_a_browser_is_given_no_network(alone):
    alone("chromium", 'sys.exit("--host-resolver-rules=MAP * ~NOTFOUND" in sys.argv and "none")')

    assert browser._print(browser._find(), "") == (b"", "none")


@pytest.mark.parametrize("command", [("report", "--pdf"), ("report", "--pdf", "--only", "index")])
def test_the_command_refuses_before_it_builds(kcc, tmp_path, command):
    done = kcc(*command, "--output", tmp_path / "out", KCC_CHROMIUM="/nowhere/chromium")

    assert done.returncode == 2
    assert done.stderr.startswith("kcc: no browser to print with; ")
    assert not (tmp_path / "out").exists()
