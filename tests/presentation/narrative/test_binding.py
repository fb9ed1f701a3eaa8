"""Narrative: every expression filled in from data, every unsound one refused with its place."""

from dataclasses import replace
from datetime import date

import pytest

from kcc_lib.errors import Fault, NarrativeError
from kcc_lib.presentation.narrative.binding import bind, fill
from kcc_lib.presentation.narrative.facts import Facts
from kcc_lib.records.figures import Figure

OUTCOMES = [f"{o}.{n}" for o, count in ((1, 7), (2, 6), (3, 7)) for n in range(1, count + 1)]


def filled(facts, expression):
    return bind("{{ " + expression + " }}", facts, file="note.md")


def problems(facts, text):
    with pytest.raises(NarrativeError) as refused:
        bind(text, facts, file="note.md")
    return refused.value.faults


def printed(name, value, unit="count", *, source="us-2018"):
    """A figure of Kent in 2018 as a document might print it."""
    decimals = len(f"{value}".partition(".")[2])
    return Figure(name, name, "Kent", "2018", value, "", unit, source, "", decimals=decimals)


def holding(facts, *figures):
    return Facts(facts.catalogue, facts.area, facts.points, facts.published, figures)


@pytest.mark.parametrize("code", OUTCOMES)
def test_every_supporting_outcome_has_a_narrative_whose_figures_are_bound(section, code):
    told = section.prose(code)

    assert 50 <= len(told.split()) <= 180
    assert "{{" not in told


def test_the_shipped_narrative_has_no_fault(section):
    assert section.narrative_faults() == []


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ('measure("3.31")', "77.1%"),
        ('measure("3.31").value', "77.1%"),
        ('measure("1.41", "Jun 2015").value', "72.9%"),
        ('measure("1.41", area="England").value', "71.8%"),
        ('measure("3.13").period', "in March 2019"),
        ('measure("1.73").when', "the year to June 2018"),
        ('measure("3.31").previous', "73.7%"),
        ('measure("3.31").previous_period', "in 2017/18"),
        ('measure("3.31").change', "rose from 73.7% in 2017/18 to 77.1% in 2018/19"),
        ('measure("1.21").since("Mar 2016").change',
         "fell from 43.7 in March 2016 to 39.2 in March 2019"),
        ('measure("3.31").direction', "rose"),
        ('measure("3.31").difference', "3.4 percentage points"),
        ('measure("1.76").since("2015").percent_change', "53%"),
        ('measure("1.41").against("England")', "above"),
        ('measure("2.32").against("England")', "below"),
        ('measure("1.41").gap("England")', "2.2 percentage points"),
        ('measure("1.41").judged()', "Not Improving"),
        ('measure("1.41").judged("long-term")', "Maintaining"),
        ('measure("3.31").judged("1-year", "long-term")', "Maintaining"),
        ('measure("1.13").per', "10,000"),
        ('figure("child-road-casualties-all", "2017").value', "554"),
        ('figure("arts-investment-events").value', "some 2,600"),
        ('figure("ks2-rwm-disadvantaged", "2018").change', "rose from 42% in 2017 to 46% in 2018"),
        ('figure("rgf-jobs", "as of March 2019").when', "March 2019"),
        ('figure("child-road-casualties-change").change', "fell by 12%"),
        ('figure("child-road-casualties-all").roughly', "over 550"),
        ('figure("nue-loans-year").roughly', "£5.9 million"),
        ('total(figure("kmbf-jobs-created", "to March 2019"),'
         ' figure("kmbf-jobs-safeguarded", "to March 2019"))', "100"),
        ('share(figure("smokers-quit"), figure("smokers-quit-date-set"))', "51.5%"),
        ('count("1.3", "long-term", "Maintaining")', "6 measures"),
        ('count("3.2", "1-year", "Not Improving").out_of', "1 of 3 measures"),
        ('number_of("supporting outcomes")', "20 supporting outcomes"),
        ('claim("rose to 77.1%", measure("3.31"))', "rose to 77.1%"),
        ('fixed("Key Stage 2", "name")', "Key Stage 2"),
    ],
)  # fmt: skip
def test_an_expression_is_filled_in_from_data(facts, expression, told):
    assert filled(facts, expression) == told


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ('measure("9.99")', "no measure '9.99'"),
        ('measur("1.41")', "'measur' is undefined"),
        # held, but not known in this edition
        ('measure("1.41", "Jun 2022")', "has no value in 'Jun 2022'"),
        ('measure("3.61").since("2030-31").change', "has no value in '2030-31'"),
        ('measure("1.12").change', "no value of measure 1.12 is shown in this edition"),
        ('measure("1.31", area="Wales")', "no value of 1.31 for Wales"),
        ('measure("1.41").gap("Wales")', "has no values of 'Wales'"),
        ('measure("1.62").since("2014-15").change', "has a hard break between those periods"),
        ('measure("3.31").percent_change', "its change is .difference"),
        ('measure("3.31").per', "is no rate per anything"),
        ('measure("1.41").judged("quarter")', "no published judgement"),
        ('measure("1.41").judged("1-year", "long-term")',
         "Not Improving over 1-year, Maintaining over long-term"),
        ('figure("child-road-casualty")', "did you mean 'child-road-casualties-all'?"),
        ('figure("ks2-rwm-disadvantaged")', "needs one of the periods: 2017, 2018"),
        ('figure("smokers-quit", area="England")', "has no value of 'England'"),
        ('figure("camhs-waiting-change").period', "the document names no period"),
        ('figure("bduk-properties", "at report (October 2019)").roughly', "rounded number already"),
        ('total(measure("3.31"), figure("smokers-quit"))', "values of different units"),
        ('total(figure("arts-investment-events"), figure("smokers-quit"))', "not an exact number"),
        ('total()', "nothing to add up"),
        ('share(figure("smokers-quit-date-set"), figure("smokers-quit"))', "is no share of"),
        ('count("1.9", "1-year")', "no outcome '1.9'"),
        ('count("1.1", "1-year", "Better")', "does not resolve"),
        ('number_of("things")', "nothing to count called 'things'"),
        ('fixed("12", "")', "gives no reason"),
        ('claim("fell", measure("3.31"))', "says 'fell', but the figures rise: 73.7% to 77.1%"),
        ('measure("1.12").judged("long-term")', "has no value in this edition"),  # N/A
    ],
)  # fmt: skip
def test_what_names_nothing_or_says_what_is_not_so_is_refused(facts, expression, problem):
    (fault,) = problems(facts, "It was {{ " + expression + " }}.")

    assert problem in fault.problem


@pytest.mark.parametrize(
    "expression",
    [
        '"".__class__.__mro__', 'measure.__func__.__globals__', 'measure("3.31").__class__',
        'measure("3.31").points', 'measure("3.31").value.replace("7", "9")',
        'measure("3.31").of("England")',
        'measure("3.31")._named', 'fixed("a", "b").upper()', 'measure("3.31").beside["England"]',
        '"rose by 12%"', '12', '1 + 1', '"%s" % measure("3.31")', 'measure("3.31") ~ "0"',
        '"77.1%" if measure("3.31") else ""', 'measure("3.31")|string', '["rose"]', 'measure',
        'measure("3.31").since', 'self', 'range(9)', 'measure("3.31").judged(*["1-year"])',
    ],
)  # fmt: skip
def test_an_expression_quotes_and_does_nothing_else(facts, expression):
    assert len(problems(facts, "It was {{ " + expression + " }}.")) == 1


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("It {{ number_of(x).", [(1, "column 4", "{{")]),
        ("One.\nIt number_of(x) }}.", [(2, "column 17", "}}")]),
        ('It {{ number_of(x) and\n{{ measure("3.31") }}.', [(1, "column 4", "{{")]),
        ("{% if no %}No{% endif %}", [(1, f"column {c}", m) for c, m in
                                      ((1, "{%"), (10, "%}"), (14, "{%"), (23, "%}"))]),
        ("{# aside #}", [(1, "column 1", "{#"), (1, "column 10", "#}")]),
    ],
)  # fmt: skip
def test_half_an_expression_is_refused_where_it_stands(facts, text, marks):
    assert [(f.line, f.column, f.found) for f in problems(facts, text)] == marks


def test_every_fault_is_found_at_once_with_its_line_and_column(facts):
    text = 'First 12 lines.\nThen {{ measure("9.99") }}.\nAnd {{ measur("1.41") }} or 40%.\n'

    assert [(f.file, f.line, f.column, f.found) for f in problems(facts, text)] == [
        ("note.md", 1, "column 7", "12"),
        ("note.md", 2, "column 6", '{{ measure("9.99") }}'),
        ("note.md", 3, "column 5", '{{ measur("1.41") }}'),
        ("note.md", 3, "column 29", "40%"),
    ]


def test_a_fault_says_file_line_and_column(facts):
    (fault,) = problems(facts, "\n\nIn those    12 years.")

    assert str(fault).startswith("note.md, line 3, column 13: '12' is a figure")


def test_faults_sort_by_the_number_of_the_line_and_column():
    places = [(10, "column 2"), (9, "column 10"), (9, "column 9"), (9, "")]
    faults = [Fault("f.md", line, column, "", "", "") for line, column in places]

    assert [(f.line, f.column) for f in sorted(faults)] == [*reversed(places)]


def test_a_draft_is_filled_in_as_far_as_it_can_be_with_what_is_wrong_marked(facts):
    text = 'It {{ measure("3.31").direction }}, {{ measure("9.99").value }} of 12\nand fell.\n'

    draft = fill(text, facts, file="note.md")

    assert draft.text == 'It rose, ⟦measure("9.99").value⟧ of ⟦12⟧\nand ⟦fell⟧.'
    assert [f.line for f in draft.faults] == [1, 1, 2]


def test_jupyterlab_shows_a_draft_with_its_faults_in_words_below(facts):
    draft = fill("It <b>fell</b> by 12.", facts, file="note.md")

    shown = draft._repr_mimebundle_()

    assert set(shown) == {"text/html", "text/plain"}  # nothing that could be published
    assert "It &lt;b&gt;⟦fell⟧&lt;/b&gt; by ⟦12⟧.</p>" in shown["text/html"]
    assert "2 faults: each is marked ⟦so⟧ in the text." in shown["text/html"]
    assert "<li>note.md, line 1, column 7: " in shown["text/html"]
    assert shown["text/plain"].splitlines()[2] == "2 faults: each is marked ⟦so⟧ in the text"


def test_jupyterlab_says_that_a_sound_draft_has_no_faults(facts):
    assert "No faults." in fill("It met.", facts, file="f.md")._repr_mimebundle_()["text/html"]


def test_a_figure_printed_after_the_edition_is_not_known_to_it(section):
    then = replace(section, edition=replace(section.edition, as_of=date(2017, 10, 31))).facts()

    assert filled(section.facts(), 'figure("smokers-quit").value') == "3,189"
    (fault,) = problems(then, '{{ figure("smokers-quit").value }}')
    assert "no figure 'smokers-quit'" in fault.problem
    assert filled(then, 'figure("schools-good-outstanding-target").value')


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (3960, "count", "nearly 4,000"), (3940, "count", "over 3,900"), (4000, "count", "4,000"),
        (4.93, "percentage", "over 4.9%"), (0.0312, "count", "over 0.031"),
        (96.6, "percentage", "nearly 97%"),
        (39.48, "GBP million", "over £39 million"), (2.01, "GBP billion", "over £2 billion"),
    ],
)  # fmt: skip
def test_a_rounded_value_says_on_which_side_it_lies(facts, value, unit, told):
    held = holding(facts, printed("f", value, unit))

    assert filled(held, 'figure("f").roughly') == told


@pytest.mark.parametrize(
    ("parts", "unit", "told"),
    [
        ((0.1, 0.2), "percentage", "0.3%"), ((1.25, 1.5), "count", "2.75"), ((2, 3), "count", "5"),
        ((39.25, 0.25), "GBP million", "£39.5 million"),
        ((1.01, 1), "GBP billion", "£2.01 billion"),
        ((0.3, 0.35), "GBP million", "£650,000"),
    ],
)  # fmt: skip
def test_a_total_is_printed_as_finely_as_its_parts(facts, parts, unit, told):
    held = holding(facts, *(printed(f"f{n}", v, unit) for n, v in enumerate(parts)))

    assert filled(held, 'total(figure("f0"), figure("f1"))') == told


def test_two_documents_that_agree_are_one_figure_and_two_that_do_not_must_be_told_apart(facts):
    same = [printed("f", 5, source=s) for s in ("a", "b")]
    other = printed("f", 6, source="c")

    assert filled(holding(facts, *same), 'figure("f").value') == "5"
    (fault,) = problems(holding(facts, *same, other), '{{ figure("f", "2018").value }}')
    assert "has more than one value" in fault.problem
    assert filled(holding(facts, *same, other), 'figure("f", source="c").value') == "6"


def test_a_target_finer_than_its_values_is_quoted_and_compared_as_it_is(facts):
    starts = facts.figure("nursing-starts-per-week")

    assert starts.target == 10.95
    assert starts.aim == "10.95"
    side = "above" if starts.end.value > 10.95 else "below"
    other = "below" if side == "above" else "above"
    assert bind(f'{{{{ claim("{side} the target of 10.95", figure("nursing-starts-per-week")) }}}}',
                facts, file="x.md").startswith(side)  # fmt: skip
    with pytest.raises(NarrativeError):
        bind(f'{{{{ claim("{other} the target", figure("nursing-starts-per-week")) }}}}',
             facts, file="x.md")  # fmt: skip
