"""Blocks: what a page is made of cannot be unnamed, incomplete or hostile."""

import re

import pytest

from kcc_lib import pages
from kcc_lib.errors import PublishError
from kcc_lib.presentation.blocks import (
    MIME,
    block_faults,
    render_blocks,
    render_for_lab,
    render_prose,
)
from kcc_lib.presentation.vetting import vet_svg

HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(1)>"


def test_a_cell_shows_our_blocks_beside_a_picture_for_jupyterlab(section):
    bundle = section.measure("1.41")._repr_mimebundle_()

    assert bundle[MIME]["blocks"][0]["code"] == "1.41"
    assert "<svg" in bundle["text/html"]
    assert "http" not in bundle["text/html"].replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize(
    "shown",
    [lambda s: s.measure("1.11"), lambda s: s.supporting_outcome("1.1"), pages.contents,
     pages.find_a_measure, pages.progress_summary, lambda s: s.summary("1")],
)  # fmt: skip
def test_in_jupyterlab_nothing_leads_to_a_page_that_is_not_there(section, shown):
    html = shown(section)._repr_mimebundle_()["text/html"]

    leads = re.findall(r'href="([^"]*)"', html)
    assert not [href for href in leads if not href.startswith(("#", "http", "mailto:", "tel:"))]
    assert "All reports" not in html
    assert "Previous:" not in html
    assert "<summary>Download" not in html


def test_in_jupyterlab_links_within_the_page_and_to_the_web_stay(section):
    heading = section.heading("1")._repr_mimebundle_()["text/html"]
    prose = render_for_lab([{"kind": "prose", "markdown": "[there](https://kent.gov.uk)"}])

    assert 'href="#' in heading
    assert '<a href="https://kent.gov.uk">there</a>' in prose


def test_a_chart_without_a_table_or_a_name_is_a_fault(section):
    block = dict(section.measure("1.41").blocks[0])

    faults = block_faults(block | {"table": None, "chart": block["chart"] | {"title": ""}})

    assert len(faults) == 2


def test_a_block_of_unknown_kind_is_a_fault():
    assert block_faults({"kind": "marquee"}) == ["a block of unknown kind 'marquee'"]


def test_hostile_text_is_shown_and_never_run(section):
    block = dict(section.measure("1.41").blocks[0])
    block |= {"title": HOSTILE, "caption": HOSTILE, "source": HOSTILE, "notes": HOSTILE}
    block["table"] = block["table"] | {"caption": HOSTILE, "rows": [[HOSTILE, "1", "2", "3", "4"]]}

    page = str(render_blocks([block]))

    assert "<script" not in page
    assert "<img" not in page


def test_raw_html_in_prose_shows_as_text_and_odd_links_lose_their_address():
    page = str(
        render_prose(f"{HOSTILE}\n\n[here](javascript:alert(1)) [there](https://kent.gov.uk)")
    )

    assert "<script" not in page
    assert "javascript:" not in page
    assert 'href="https://kent.gov.uk"' in page


@pytest.mark.parametrize(
    "inside",
    [
        "<script>1</script>", "<a href='http://x'/>", "<rect onload='1'/>", "<image href='x'/>",
        "<rect fill='url(http://x)'/>", "<foreignObject/>", "<style>*{}</style>",
        "<g role='button'/>", "<g class='x'/>", "<svg/>",
    ],
)  # fmt: skip
def test_a_chart_that_holds_more_than_drawing_is_refused(inside):
    with pytest.raises(PublishError):
        vet_svg(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>')
