"""After a change or a failure only what comes out otherwise is made again, and no less."""

import re

import nbformat
import pytest

from .conftest import contents, record

pytestmark = pytest.mark.slow


def change_a_figure(place, old="3.41,E10000016", new_value="71.5"):
    """Give the latest figure of measure 3.41 another value."""
    path = place.root / "data/raw/observations/outcome_3.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    at = max(n for n, line in enumerate(lines) if line.startswith(old))
    cells = lines[at].split(",")
    cells[3] = new_value
    lines[at] = ",".join(cells)
    path.write_text("".join(lines), "utf-8")


def built(done):
    """The sections that were made, and those that were run but kept."""
    ended = re.findall(r"\] (\S+) .* s  (built|kept|FAILED)", done.stderr)
    return [n for n, how in ended if how == "built"], [n for n, how in ended if how == "kept"]


def test_one_changed_figure_makes_only_the_pages_that_show_it(place):
    change_a_figure(place)

    done = place.run()

    assert done.returncode == 0, done.stderr
    made, kept = built(done)
    assert made == ["index"]
    assert sorted(kept) == ["accessibility", "formats"]
    after = place.pages()
    forced = place.run("--force")
    made, kept = built(forced)
    assert (len(made), kept) == (3, [])
    assert place.pages() == after


def test_a_changed_notebook_has_only_its_own_section_run(place):
    path = place.root / "notebooks/formats.ipynb"
    nb = nbformat.read(path, as_version=4)
    nb.cells.append(nbformat.v4.new_markdown_cell("Said in the notebook."))
    nbformat.write(nb, path)

    done = place.run()

    assert built(done) == (["formats"], [])
    assert "building 1 section, 1 at a time; 2 rest on what they did" in done.stderr
    assert "Said in the notebook." in (place.edition / "formats.html").read_text()
    after = place.pages()
    place.run("--force")
    assert place.pages() == after


def test_after_a_failure_what_was_made_is_not_made_again(place):
    change_a_figure(place)
    number = place.plant("formats", "1 / 0")
    failed = place.run()
    assert failed.returncode == 1
    place.untouched(failed=True)
    path = place.root / "notebooks/formats.ipynb"
    nb = nbformat.read(path, as_version=4)
    nb.cells[number - 1].source = "1 + 1;"
    nbformat.write(nb, path)

    done = place.run()

    assert done.returncode == 0, done.stderr
    # the first page of the failed build says that it failed, so it is not taken
    assert sorted(built(done)[0]) == ["formats", "index"]
    assert "building 2 sections, 2 at a time; 1 rests on what they did" in done.stderr
    assert "could not be made" not in (place.edition / "index.html").read_text()
    assert not place.failed.exists()
    after = place.pages()
    place.run("--force")
    assert place.pages() == after


def test_a_page_changed_by_hand_is_made_again(place):
    (place.edition / "formats.html").write_text("changed by hand")

    done = place.run()

    assert built(done) == (["formats"], [])
    assert contents(place.edition)["formats.html"] == place.before["annual-2019/formats.html"]


def test_the_record_says_what_was_kept(place):
    change_a_figure(place)

    place.run()

    told = {one["section"]: one["kept"] for one in record(place.edition)["sections"]}
    assert told == {"accessibility": True, "formats": True, "index": False}
