"""The pages of a build in which two sections failed, as the command left them, in a browser."""

import pytest

from kcc_lib.publish.page_check import page_faults

from ..looking import WIDTHS, look

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults: sections")]


def test_pages_of_a_failed_build_are_as_accessible_as_any(place, chromium):
    for notebook in ("formats", "accessibility"):
        place.plant(notebook, "raise ValueError('no contact of that name')")

    done = place.run()

    assert done.returncode == 1
    for name in ("index", "formats", "accessibility"):
        page = place.failed / f"{name}.html"
        assert page_faults(page.read_text()) == []
        found = look(chromium, page)
        assert (found.outside, found.said) == ([], [])
        for width in WIDTHS:
            assert found.axe[width]["violations"] == [], (name, width)
    place.untouched(failed=True)
