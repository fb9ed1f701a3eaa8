"""What pages say of an edition's sign-off, and when a build is refused."""

import re
from datetime import date

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from kcc_lib.errors import FrozenError
from kcc_lib.presentation.blocks import MIME
from kcc_lib.publish.exporter import ReportHTMLExporter
from kcc_lib.publish.frozen import Standing, page_standing, refuse_if_changed
from kcc_lib.records.corrections import Correction
from kcc_lib.records.sign_off import Step, fingerprint
from kcc_lib.vocabulary import SignOff

PARTS = {"windows.csv: 1.41": "a" * 64, "judgements.csv: 1.41": "b" * 64}
OTHER = PARTS | {"judgements.csv: 1.41": "c" * 64}
HEADING = {"kind": "heading", "level": 1, "text": "A page", "id": "top"}
RIGHTED = Correction(
    "one", date(2026, 4, 2), "1.41, June 2019", "74.0%", "74.1%", "The publisher revised it.",
    "A Green, Analyst", "DfE <LAIT>",
)  # fmt: skip


def standing(state=None, *, now=PARTS, before=PARTS, corrections=()):
    by = {SignOff.CHECKED: "A Green, Analyst", SignOff.SIGNED: "B Brown, Director"}
    last = state and Step("one", state, by[state], date(2026, 3, 5), fingerprint(before))
    return Standing("one", last, now, before, tuple(corrections))


def page(found, name="index", pages=("index", "outcome-1")):
    """One page as it is published, with a heading alone in it."""
    data = {MIME: {"version": 1, "blocks": [HEADING]}}
    cell = new_code_cell("", outputs=[new_output("display_data", data=data)])
    told = {"title": "A page", **page_standing(found, name, pages)}
    text, _ = ReportHTMLExporter().from_notebook_node(
        new_notebook(cells=[cell]), {"report": told}
    )  # fmt: skip
    return text


def words(text):
    """The text of a page without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text.partition("<body")[2]))


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (standing(), "Draft Not signed off: figures and words may change."),
        (standing(SignOff.CHECKED),
         "Draft Checked by A Green, Analyst, on 5 March 2026, not yet signed off."),
        (standing(SignOff.CHECKED, now=OTHER),
         "Draft Changed since it was checked by A Green, Analyst, on 5 March 2026; "
         "not signed off."),
    ],
    ids=["draft", "checked", "changed since"],
)  # fmt: skip
def test_a_page_that_is_not_signed_says_draft_in_words_above_everything_else(found, said):
    text = page(found)

    assert said in words(text.partition("<main")[0])
    assert "Signed off by" not in text


def test_a_signed_page_says_in_its_foot_who_signed_it_and_nowhere_draft():
    text = page(standing(SignOff.SIGNED))

    foot = words("<body" + text.partition("<footer>")[2])
    assert "Signed off by B Brown, Director, on 5 March 2026." in foot
    assert "Draft" not in words(text)
    assert '<body class="kcc">' in text


def test_a_draft_says_so_on_every_printed_sheet():
    text = page(standing())

    assert '<body class="kcc draft">' in text
    assert re.search(r'@page draft\{@bottom-left\{content:"Draft[^"]*"', text)
    assert re.search(r"@media print\{.*\.kcc\.draft\{page:draft\}", text, re.S)
    assert not re.search(r"@media print\{.*\.state[^{}]*\{[^}]*display:none", text, re.S)


def test_a_page_made_by_hand_is_a_draft():
    cell = new_code_cell(
        "", outputs=[new_output("display_data", data={MIME: {"blocks": [HEADING]}})]
    )

    text, _ = ReportHTMLExporter().from_notebook_node(new_notebook(cells=[cell]), {})

    assert "Draft Made outside a build, not signed off." in words(text)


def test_corrections_stand_in_full_on_the_first_page_and_the_others_lead_there():
    found = standing(
        SignOff.SIGNED, now=PARTS | {"corrections.csv: 1": "d"}, corrections=[RIGHTED]
    )  # fmt: skip

    first, other = page(found), page(found, "outcome-1")

    told = words("<body" + first.partition('id="corrections"')[2])
    assert (
        "Corrected on 2 April 2026: 1.41, June 2019: was “74.0%”, is now “74.1%”. "
        "The publisher revised it. By A Green, Analyst. Source: DfE &lt;LAIT&gt;." in told
    )
    assert 'href="#corrections"' in first
    assert "74.1%" not in other
    assert 'Corrected on 2 April 2026: <a href="index.html#corrections">' in other


def test_where_a_page_lists_the_corrections_every_other_leads_there_and_none_repeats_them():
    found = standing(SignOff.SIGNED, corrections=[RIGHTED])
    pages = ["index", "corrections"]

    first = page_standing(found, "index", pages, lists="corrections")
    own = page_standing(found, "corrections", pages, lists="corrections")

    assert first["corrections_at"] == "corrections.html#corrections"
    assert own["corrections_at"] == "#corrections"
    assert first["corrections"] == own["corrections"] == []
    assert page_standing(found, "index", ["index"], lists="corrections")["corrections"]


def test_a_page_built_without_the_first_has_the_corrections_itself():
    found = standing(
        SignOff.SIGNED, now=PARTS | {"corrections.csv: 1": "d"}, corrections=[RIGHTED]
    )  # fmt: skip

    alone = page(found, "outcome-1", ["outcome-1"])

    assert 'id="corrections"' in alone
    assert 'href="#corrections"' in alone


def test_a_page_without_corrections_says_nothing_of_any():
    text = page(standing(SignOff.SIGNED))

    assert "orrect" not in words(text)


def test_a_signed_edition_that_says_something_else_is_refused_with_what_changed_and_what_to_do():
    now = OTHER | {"windows.csv: 1.42": "d"}
    del now["windows.csv: 1.41"]

    with pytest.raises(FrozenError) as refused:
        refuse_if_changed(standing(SignOff.SIGNED, now=now))

    assert str(refused.value).splitlines() == [
        "one was signed off by B Brown, Director, on 5 March 2026, and has changed since; "
        "nothing was built",
        "  changed: judgements.csv: 1.41",
        "  new: windows.csv: 1.42",
        "  gone: windows.csv: 1.41",
        "put it back as it was; or list what was put right in data/raw/corrections.csv and sign "
        "again (kcc sign one --state signed); or reopen it (kcc sign one --state draft)",
    ]


@pytest.mark.parametrize(
    "found",
    [
        standing(), standing(SignOff.CHECKED), standing(SignOff.CHECKED, now=OTHER),
        standing(SignOff.SIGNED),
    ],
)  # fmt: skip
def test_nothing_else_is_refused(found):
    refuse_if_changed(found)


def test_a_checked_edition_that_was_changed_is_a_draft_again():
    assert standing(SignOff.CHECKED).state is SignOff.CHECKED
    assert standing(SignOff.CHECKED, now=OTHER).state is SignOff.DRAFT


def test_only_corrections_that_were_not_signed_are_new():
    first, second = "corrections.csv: 1", "corrections.csv: 2"
    before, now = PARTS | {first: "d"}, PARTS | {first: "d", second: "e"}

    found = standing(SignOff.SIGNED, before=before, now=now, corrections=[RIGHTED, RIGHTED])

    assert len(found.new_corrections) == 1


@pytest.mark.parametrize(
    ("built", "mixed"),
    [
        ({}, False),
        (standing(SignOff.SIGNED).record, False),
        (standing(SignOff.SIGNED, before=OTHER, now=OTHER).record, True),
        (standing(SignOff.CHECKED).record, True),
        ({"edition": "one"}, True),
    ],
    ids=["nothing built", "the same", "signed as something else", "not signed", "of an old build"],
)
def test_a_signed_page_is_not_put_among_pages_of_another_sign_off(built, mixed):
    assert standing(SignOff.SIGNED).mixes_with(built) is mixed


def test_a_draft_page_is_put_among_other_drafts_whatever_they_say():
    assert not standing(now=OTHER).mixes_with(standing().record)
    assert standing().mixes_with(standing(SignOff.SIGNED).record)
