"""Narrative: every figure bound, every binding sound."""

import pytest

from kcc_lib.errors import NarrativeError
from kcc_lib.presentation.narrative.binding import bind

OUTCOMES = [f"{o}.{n}" for o, count in ((1, 7), (2, 6), (3, 7)) for n in range(1, count + 1)]


def filled(section, text):
    return bind(text, section.facts(), file="note.md")


@pytest.mark.parametrize("code", OUTCOMES)
def test_every_supporting_outcome_has_a_narrative_whose_figures_are_bound(section, code):
    told = section.prose(code)

    assert 50 <= len(told.split()) <= 180
    assert "{{" not in told


def test_the_shipped_narrative_has_no_fault(section):
    assert section.narrative_faults() == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{{ went("3.31") }}', "rose from 73.7% in 2017/18 to 77.1% in 2018/19"),
        ('{{ value("1.41", "Jun 2015") }}', "72.9%"),
        ('{{ value("1.41", area="England") }}', "71.8%"),
        ('{{ against("1.41", "England") }}', "above"),
        ('{{ judged("1.41") }}', "Not Improving"),
        ('{{ count("1.3", "long-term", "Maintaining") }}', "6 measures"),
        ('{{ figure("child-road-casualties-all", "2017") }}', "554"),
        ('{{ fixed("Key Stage 2", "name") }}', "Key Stage 2"),
    ],
)
def test_a_binding_is_filled_in_from_data(section, text, told):
    assert filled(section, text) == told


def test_every_unbound_figure_and_broken_binding_is_found_at_once_with_its_line(section):
    text = 'First 12 lines.\nThen {{ value("9.99") }}.\nAnd {{ valu("1.41") }} or 40%.\n'

    with pytest.raises(NarrativeError) as refused:
        filled(section, text)

    assert [(f.line, f.found) for f in refused.value.faults] == [
        (1, "12"),
        (2, '{{ value("9.99") }}'),
        (3, "40%."),
        (3, '{{ valu("1.41") }}'),
    ]


@pytest.mark.parametrize(
    "text",
    [
        '{{ value("1.41", "Jun 2022") }}',  # held, but not known in this edition
        '{{ went("3.61") }} {{ went("1.12") }}',
        '{{ figure("child-road-casualty") }}',
        '{{ judged("1.41", "quarter") }}',
        '{{ fixed("12", "") }}',
        '{{ went("1.62", "2014-15") }}',
        '{{ "".__class__.__mro__ }}',
    ],
    ids=[
        "later year",
        "no series",
        "no figure",
        "no judgement",
        "no reason",
        "across a break",
        "escape",
    ],
)  # fmt: skip
def test_a_binding_that_names_nothing_is_refused(section, text):
    with pytest.raises(NarrativeError):
        filled(section, text)
