"""What prose may say with no data behind it, and what it may not."""

from itertools import pairwise

import pytest

from kcc_lib.presentation.narrative.unbound import find_unbound, unbound

FLAGGED = [
    # figures
    ("There were 12 of them.", "12"),
    ("A rate of 4.5% was seen.", "4.5%"),
    ("COVID-19 came.", "COVID-19"),
    ("Eleven organisations took part.", "Eleven"),
    ("It took twenty-two weeks.", "twenty"),
    ("Several hundred came.", "hundred"),
    ("It cost millions.", "millions"),
    ("A dozen came.", "dozen"),
    ("A third of pupils passed.", "A third"),
    ("Two thirds were met.", "Two"),
    ("Half the homes stand empty.", "Half"),
    ("Some halves were kept.", "halves"),
    ("Three quarters were seen in time.", "Three"),
    ("One in five smokes.", "five"),
    ("A\nquarter of them left.", "A quarter"),
    ('It was {{ measure("1.41").value }} and 9.', "9"),
    # units beside a quoted figure, which brings its own
    ('It was {{ measure("1.41").value }}%.', "%"),
    ('It was {{ measure("1.41").value }} per cent.', "per cent"),
    ('It was {{ measure("1.41").value }} percentage points.', "percentage points"),
    ('It cost £{{ figure("x").value }}.', "£"),
    ('Kent came {{ figure("x").value }}rd.', "rd"),
    # rounding beside a quoted figure
    ('It was over {{ measure("1.41").value }}.', "over"),
    ('It was nearly {{ figure("x") }}.', "nearly"),
    ('At least {{ figure("x").value }} homes stood.', "At least"),
    ('It took more than\n{{ figure("x").value }} weeks.', "more than"),
    # periods
    ("It began in February.", "February"),
    ("It began in March.", "March"),
    ("It ran until May.", "May"),
    ("It went well last year.", "last year"),
    ("It went well this quarter.", "this quarter"),
    ("In the following\nsummer it ended.", "following summer"),
    ("It ended that autumn.", "that autumn"),
    ("A year earlier it was built.", "A year earlier"),
    ("It did so every year.", "every year"),
    ("It did so for years running.", "years running"),
    ("It did so year on year.", "year on year"),
    ("It did so in the past ten years.", "ten"),
    ("It is the best so far.", "so far"),
    # directions
    ("Numbers rose.", "rose"),
    ("Numbers fell.", "fell"),
    ("Results improved.", "improved"),
    ("Results\nimproved.", "improved"),
    ("A rise was seen.", "rise"),
    ("There was a sharp drop.", "drop"),
    ("Waiting lists grew.", "grew"),
    ("The gap narrowed.", "narrowed"),
    ("The gap widened.", "widened"),
    ("Demand soared.", "soared"),
    ("Costs were cut.", "were cut"),
    ("It cut its emissions.", "cut its"),
    ("Rates are unchanged.", "unchanged"),
    ("Rates stayed the same.", "stayed the same"),
    ("Rates remained level.", "remained level"),
    ("Things got better.", "better"),
    ("Things got worse.", "worse"),
    ("Numbers went down.", "went down"),
    ("Deaths moved the other way.", "moved the other way"),
    ("It was up by a lot.", "up by"),
    ("It did not fall.", "fall"),
    ("It has not improved.", "improved"),
    ("It continues to improve.", "continues to improve"),
    ("Numbers began to fall.", "began to fall"),
    ("The gap failed to narrow.", "failed to narrow"),
    ("Demand continued\nto rise.", "continued to rise"),
    # comparisons
    ("It is above England.", "above"),
    ("It is higher in Kent.", "higher"),
    ("Fewer children came.", "Fewer"),
    ("More people came.", "More"),
    ("A majority agreed.", "majority"),
    ("Most agreed.", "Most"),
    ("Numbers doubled.", "doubled"),
    ("Numbers halved.", "halved"),
    ("It was twice as much.", "twice"),
    ("It is the highest in England.", "highest"),
    ("It is the best.", "best"),
    ("It is the largest park.", "largest"),
    ("It was ahead of schedule.", "ahead of"),
    ("It fell short.", "fell"),
    ("It is in line with England.", "in line with"),
    ("It ranks third.", "ranks"),
    ("It raised a record sum.", "a record"),
    ("It won for the first time.", "for the first time"),
    ("No fewer than that came.", "fewer"),
    ("Kent outperformed England.", "outperformed"),
]

PASSING = [
    # an aim or a possibility
    "It aims to improve schools.",
    "It works to reduce waiting.",
    "This will not increase costs.",
    "Fares could then rise.",
    "It helps improve lives.",
    "To further\nreduce harm, it met.",
    "It set a plan for improving roads.",
    # everyday turns of speech
    "Higher education was discussed.",
    "At least it was tried.",
    "Not least, it was tried.",
    "It was more or less done.",
    "Once more it met.",
    "There is no more to say.",
    "Parks, libraries and more.",
    "Read more about it.",
    "Its most recent plan was agreed.",
    "It made the most of it.",
    "Nonetheless it met.",
    "Above all it met.",
    "A line is fitted by least squares.",
    "Schools rated good or better were left alone.",
    "It helped better-off families too.",
    "Every child has the best start.",
    "It shares best practice.",
    "Whether higher or lower is positive is said.",
    "The table below shows it.",
    "As described above, it met.",
    "Economic growth was discussed.",
    "The growth fund closed.",
    "Children grow up here.",
    "The improvement board met.",
    "It gave rise to doubts.",
    "A high-rise block stands.",
    "It falls within the area.",
    "The work fell through.",
    "It offers falls prevention.",
    "Slips, trips and falls are counted.",
    "A drop-in session was held.",
    "It declined to comment.",
    "It offers reduced fares.",
    "Stable homes matter.",
    "It is double glazed.",
    "It meets twice a week.",
    "It met at half term.",
    "A third party was asked.",
    "It took a quarter of an hour.",
    "The second choice was offered.",
    "One plan was made.",
    "Each year group was asked.",
    "It may march on.",
    "It stayed under pressure.",
    "It would continue to improve.",
    "### Continue to improve roads",
    "It cut across services.",
    "It was brought up to date.",
    "That year it was built.",
    "Fairness mattered.",
    "The lower-tier council agreed.",
    "Almost all came.",
    # no prose at all
    "See [the audit](data/2019/audit.html).",
    "See <https://example.org/2019>.",
    "1. The first of a list\n2. Another",
    # bound
    '{{ measure("1.41").change }}',
    '{{ fixed("more in May 2019", "a quotation") }}',
    '{{ claim(\n"rose", measure("1.41")) }}',
    'Over {{ measure("1.11").when }} it met.',
    'It was up to {{ fixed("x", "y") }}.',
    "",
]


@pytest.mark.parametrize(("sentence", "found"), FLAGGED)
def test_a_figure_period_direction_or_comparison_needs_data_behind_it(sentence, found):
    assert found in [f.found for f in unbound(sentence, "f.md")]


@pytest.mark.parametrize("sentence", PASSING)
def test_a_sentence_that_claims_nothing_passes(sentence):
    assert [str(f) for f in unbound(sentence, "f.md")] == []


def test_nothing_is_told_of_twice():
    sentence = 'More than {{ figure("x").value }} and continued to rise in each of 3 months.'

    assert [f.found for f in unbound(sentence, "f.md")] == ["More than", "continued to rise", "3"]


def test_stretches_never_overlap():
    found = find_unbound("\n".join(sentence for sentence, _ in FLAGGED))

    assert all(one.end <= other.start for one, other in pairwise(found))
    assert len(found) >= len(FLAGGED)


def test_what_is_blanked_out_moves_no_line_or_column():
    text = '{{ claim(\n"rose", measure("1.41")) }} to improve\n[x](y) rose'

    (fault,) = unbound(text, "f.md")

    assert (fault.line, fault.column) == (3, "column 8")
