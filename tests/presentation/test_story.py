"""Stories: headings and prose that people wrote, as parts of a page."""

from dataclasses import replace

import pytest

from kcc_lib.errors import KccError, NarrativeError
from kcc_lib.presentation.key_results import bullets, key_results
from kcc_lib.presentation.story import headed, story


@pytest.fixture
def written(section, tmp_path):
    """The 2019 edition, with narrative of the test's own."""

    def write(name, text):
        (tmp_path / f"{name}.md").write_text(text, "utf-8")
        return replace(section, narrative=tmp_path)

    return write


def test_headings_become_headings_and_what_stands_between_them_prose(written):
    page = story(written("a", "# The page\n\nFirst.\n\n## A part of it\n\nMore here.\n\n- item\n"
                              .replace("More", "Text")), "a")  # fmt: skip

    assert [(b["kind"], b.get("level"), b.get("id")) for b in page.blocks] == [
        ("heading", 1, "top"), ("prose", None, None),
        ("heading", 2, "a-part-of-it"), ("prose", None, None),
    ]  # fmt: skip
    assert page.blocks[3]["markdown"] == "Text here.\n\n- item"


def test_a_skipped_level_of_heading_is_refused_with_its_line(written):
    with pytest.raises(NarrativeError) as refused:
        story(written("a", "# The page\n\n### Deep\n"), "a")

    assert [(f.line, f.found) for f in refused.value.faults] == [(3, "### Deep")]


@pytest.mark.parametrize(("text", "remedy"), [
    ("## As high as the page's own\n", "write ###"), ("First.\n\n# Higher\n", "write ###"),
])  # fmt: skip
def test_a_part_of_a_page_has_no_heading_as_high_as_the_one_it_stands_under(text, remedy):
    with pytest.raises(NarrativeError) as refused:
        headed(text, "a.md", under=2)

    assert [f.remedy for f in refused.value.faults] == [remedy]


def test_a_part_that_stands_under_a_heading_may_not_skip_the_level_below_it():
    assert [b.get("level") for b in headed("### Deep\n\nText.", "a.md", under=2)] == [3, None]
    with pytest.raises(NarrativeError, match="skips a level"):
        headed("### Deep\n", "a.md", under=1)


def test_a_heading_may_not_claim_what_its_prose_may_not(written):
    with pytest.raises(NarrativeError, match="'improved'"):
        story(written("a", "## Roads improved\n"), "a")


def test_key_results_are_the_bullets_under_their_heading(written):
    told = written("key_results", "## Outcome 1\n\n- one thing\n\n## Outcome 2\n\n- other thing\n"
                   .replace("Outcome 1", '{{ fixed("Outcome 1", "heading") }}')
                   .replace("Outcome 2", '{{ fixed("Outcome 2", "heading") }}'))  # fmt: skip

    assert bullets(told, "Outcome 2") == "- other thing"
    assert key_results(told, "Outcome 1").blocks[1]["markdown"] == "- one thing"
    with pytest.raises(KccError, match="Outcome 3"):
        bullets(told, "Outcome 3")
