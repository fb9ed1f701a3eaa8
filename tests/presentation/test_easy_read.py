"""Easy Read says what the full report says, and every page of it is easy to read."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from kcc_lib.easy_words import EasyKind, EasyWords, Picture, pattern_of
from kcc_lib.errors import NarrativeError, PublishError
from kcc_lib.presentation.blocks import render_blocks
from kcc_lib.presentation.easy.page import easy_read, prose_faults
from kcc_lib.presentation.easy.parts import HARD_WORDS, HELP
from kcc_lib.presentation.easy.pictures import picture_svg
from kcc_lib.presentation.measure_block import data_table
from kcc_lib.presentation.overview import introduction
from kcc_lib.presentation.quarterly.summary import quarterly_summary
from kcc_lib.presentation.quarterly.tallies import standing
from kcc_lib.readability import HIGHEST_GRADE, LONGEST_SENTENCE, grade, sentences, words
from kcc_lib.vocabulary import Horizon, Label
from kcc_lib.workbench import open_report

EDITIONS = ("annual-2017", "annual-2019", "qpr-2017-18-q1", "qpr-2024-25-q3")
QUARTERS = EDITIONS[2:]


@pytest.fixture(scope="module")
def reports():
    """Every edition as shipped, by name."""
    return {name: open_report(name) for name in EDITIONS}


@pytest.fixture(scope="module")
def easy(reports):
    """The Easy Read page of every edition, by name."""
    return {name: easy_read(report) for name, report in reports.items()}


def rows_of(page):
    return [item for b in page.blocks if b["kind"] == "easy" for item in b["items"]]


def texts_of(page):
    """Everything that a reader reads on the page below its title's kicker, in order."""
    found = []
    for block in page.blocks:
        found += [block["text"]] if block["kind"] == "heading" else []
        for item in block.get("items", []):
            told = [m["told"] for m in item["marks"]]
            found += [item["text"], *item["points"], *item["glosses"], *told]
    return found


def under(page, title, level=2):
    """The rows under a heading, up to the next of its level or above."""
    found, inside = [], False
    for block in page.blocks:
        if block["kind"] == "heading" and block["level"] <= level:
            inside = block["text"] == title
        elif inside and block["kind"] == "easy":
            found += block["items"]
    return found


def counts_in(rows):
    """The number at the head of what each symbol counts: {label: number}."""
    told = {r["label"]: re.search(r"(\d+) of \d+|For (\d+)", r["text"]) for r in rows if r["label"]}
    return {label: int(m[1] or m[2]) for label, m in told.items() if m}


@pytest.mark.parametrize("name", EDITIONS)
def test_every_edition_has_an_easy_read_page_that_passes_the_gate(reports, name):
    pages = [(s.name, s.title) for s in reports[name].edition.sections if "easy" in s.notebook]

    assert pages == [("easy-read", "Easy Read")]
    assert prose_faults(reports[name]) == []


@pytest.mark.parametrize("name", EDITIONS)
def test_the_first_page_leads_to_easy_read_near_its_top(reports, name):
    report = reports[name]
    page = quarterly_summary(report) if name in QUARTERS else introduction(report)

    assert "](easy-read.html)" in page.blocks[1]["markdown"]


@pytest.mark.parametrize("name", EDITIONS)
def test_sentences_are_short_and_the_page_is_at_a_low_grade(easy, name):
    told = [s for text in texts_of(easy[name]) for s in sentences(text)]

    assert max(len(words(s)) for s in told) <= LONGEST_SENTENCE
    assert sum(len(words(s)) for s in told) / len(told) <= 10
    assert grade(told) <= HIGHEST_GRADE


@pytest.mark.parametrize("name", EDITIONS)
def test_each_hard_word_is_explained_where_it_is_first_used_and_in_the_list(reports, easy, name):
    page, hard = easy[name], reports[name].catalogue.easy.hard
    listed = under(page, HARD_WORDS)[0]["points"]
    before = page.blocks[: [b.get("text") for b in page.blocks].index(HARD_WORDS)]
    rows = [i for b in before if b["kind"] == "easy" for i in b["items"]]

    for word in hard:
        using = [r for r in rows if word in reports[name].catalogue.easy.hard_in(
            " ".join([r["text"], *r["points"], *(m["told"] for m in r["marks"])]))]  # fmt: skip
        if using:
            assert word.easy in using[0]["glosses"] or any(
                word.easy in r["glosses"] for r in rows[: rows.index(using[0])]
            ), word.name
            assert word.easy in listed
    assert all(any(pattern_of(w.name).search(t) for w in hard) for t in listed)


@pytest.mark.parametrize("name", EDITIONS)
def test_every_row_has_a_picture_or_a_symbol_and_the_page_ends_with_whom_to_ask(easy, name):
    assert all(bool(r["picture"]) != bool(r["label"]) for r in rows_of(easy[name]))
    last = under(easy[name], HELP)
    assert "03000 421553" in last[0]["text"]
    assert "mailto:alternativeformats@kent.gov.uk" in last[1]["text"]
    assert "](index.html)" in last[2]["text"]


@pytest.mark.parametrize(("horizon", "title"), [
    (Horizon.ONE_YEAR, "How did it go over 1 year?"),
    (Horizon.LONG_TERM, "How did it go over 3 to 4 years?"),
])  # fmt: skip
def test_its_counts_are_those_of_the_judgements(reports, easy, horizon, title):
    published = [p.label for p in reports["annual-2019"].edition.published if p.horizon is horizon]
    words_ = [Label.IMPROVING, Label.MAINTAINING, Label.NOT_IMPROVING]
    expected = {str(w): published.count(w) for w in words_ if published.count(w)}
    rest = 74 - sum(expected.values())

    assert counts_in(under(easy["annual-2019"], title, 3)) == expected | {"Not judged": rest}


def test_each_measure_that_changed_in_a_year_is_named_once_with_its_own_word(reports, easy):
    section, page = reports["annual-2019"], easy["annual-2019"]
    last = [p for p in section.edition.published if p.horizon is Horizon.ONE_YEAR]
    for outcome in section.catalogue.strategic_outcomes:
        title = section.catalogue.easy.find(EasyKind.OUTCOME, outcome).easy
        told = [
            (r["text"].split("**")[1].rstrip("."), m["label"])
            for r in under(page, title) for m in r["marks"]
        ]  # fmt: skip
        codes = {m.measure for m in section.catalogue.under(outcome)}
        expected = [
            (section.catalogue.easy.find(EasyKind.MEASURE, p.measure).easy, str(p.label))
            for p in last
            if p.measure in codes and p.label in {Label.IMPROVING, Label.NOT_IMPROVING}
        ]
        assert sorted(told) == sorted(expected)
        assert counts_in(under(page, title))["Improving"] == [w for _, w in told].count("Improving")


AMOUNT = re.compile(r"it was (about )?([\d,]+) (?:in every|for every|out of) ([\d,]+)")


def test_each_figure_of_a_measure_is_that_of_its_block(reports, easy):
    section, page = reports["annual-2019"], easy["annual-2019"]
    by_name = {section.catalogue.easy.find(EasyKind.MEASURE, m).easy: m
               for m in reversed(section.catalogue.measures)}  # fmt: skip
    compared = 0
    for row in (r for r in rows_of(page) if r["marks"]):
        view = section.view(by_name[row["text"].split("**")[1].rstrip(".")])
        base = 100 if view.measure.percentage else view.measure.multiplier
        table = data_table(view)
        cells = [re.sub(r"[^\d.]", "", r[1]) for r in table["rows"]] if table else []
        printed = [float(c) for c in cells if c]
        told = AMOUNT.findall(row["text"])
        for about, *numbers in told:
            count, total = (int(n.replace(",", "")) for n in numbers)
            off = [abs(p / base * total - count) for p in printed]
            near = [o for o in off if o <= 0.5 + 1e-9]
            assert any((o > 1e-9) == bool(about) for o in near), row["text"]
            compared += 1
        if len(told) == 2:
            first, last = (int(c.replace(",", "")) for _, c, _ in told)
            better = view.measure.polarity.sign * (last - first) > 0
            assert better == (row["marks"][0]["label"] == "Improving"), row["text"]
        if told:
            way = {1: "bigger", -1: "smaller"}[view.measure.polarity.sign]
            assert row["text"].endswith(f"A {way} number is better."), row["text"]
    assert compared >= 20


@pytest.mark.parametrize("name", QUARTERS)
def test_a_quarters_counts_are_those_of_the_matrix(reports, easy, name):
    matrix = standing(reports[name])
    green, amber, red, rest = matrix.total.ratings
    rated = {"Green": green, "Amber": amber, "Red": red} | ({"N/A": rest} if rest else {})
    moved = {str(w): n for w, n in zip(matrix.words, matrix.total.directions, strict=True) if n}

    assert counts_in(under(easy[name], "How many results met the target?")) == rated
    assert counts_in(under(easy[name], "Are things getting better?")) == moved


@pytest.mark.parametrize("name", QUARTERS)
def test_every_kpi_stands_under_its_directorate_with_its_rating_and_direction(reports, easy, name):
    quarter = reports[name]
    find = quarter.catalogue.easy.find
    for directorate in quarter.quarterly.directorates:
        rows = under(easy[name], find(EasyKind.DIRECTORATE, directorate.name).easy)
        met = [p for r in rows for p in r["points"]]
        missed = {r["text"].split("**")[1].rstrip("."): [m["label"] for m in r["marks"]]
                  for r in rows if r["marks"]}  # fmt: skip
        for view in quarter.kpis(directorate.name):
            called = find(EasyKind.MEASURE, view.measure.measure).easy
            if view.rag == "Green":
                assert any(p.startswith(f"{called}.") for p in met)
                assert called not in missed
            else:
                still = [str(view.direction)] if view.direction != "N/A" else []
                assert missed[called] == [str(view.rag), *still]
        assert len(met) + len(missed) == len(quarter.kpis(directorate.name))


def test_the_goals_of_2017_have_the_words_of_the_full_report(reports, easy):
    section = reports["annual-2017"]
    rows = under(easy["annual-2017"], "How did each goal go?")
    words_ = section.outcome_words()

    assert len(rows) == 20
    for code, row in zip(section.catalogue.supporting_outcomes, rows, strict=True):
        expected = [w.label for w in words_ if w.outcome == code]
        assert [m["label"] for m in row["marks"]] == expected


def spoilt(report, **changes):
    """A report whose easy words differ: {"measure 1.13": changes of its row, or None}."""
    found = dict(report.catalogue.easy.words)
    for named, change in changes.items():
        what, name = named.split(" ", 1)
        key = (EasyKind(what), name)
        found[key] = replace(found[key], **change) if change else None
    easy = EasyWords({k: w for k, w in found.items() if w})
    return replace(report, catalogue=replace(report.catalogue, easy=easy))


def test_what_has_no_easy_words_is_refused_all_at_once(reports):
    for name, codes in (
        ("annual-2019", ["1.13", "1.41"]),
        ("qpr-2024-25-q3", ["cs-calls-answered"]),
    ):
        report = spoilt(reports[name], **{f"measure {code}": None for code in codes})

        assert [(f.file, f.found) for f in prose_faults(report)] == [
            ("data/raw/easy_words.csv", code) for code in codes
        ]


def test_a_hard_name_is_refused_with_the_line_it_is_written_on(reports):
    report = reports["annual-2019"]
    easy = "Things which " + "go on " * 8 + "and are an eventuality"
    line = report.catalogue.easy.find(EasyKind.MEASURE, "1.13").line

    found = prose_faults(spoilt(report, **{"measure 1.13": {"easy": easy}}))

    assert {(f.file, f.line) for f in found} == {("data/raw/easy_words.csv", line)}
    assert {f.problem.split(",")[0] for f in found} == {
        "is a sentence of 22 words", "is a long word and is not explained",
    }  # fmt: skip


@pytest.fixture
def written(reports, tmp_path):
    """The 2017 edition with an Easy Read of the test's own."""

    def write(text):
        (tmp_path / "easy_read.md").write_text(text, "utf-8")
        return replace(reports["annual-2017"], narrative=tmp_path)

    return write


@pytest.mark.parametrize(
    ("paragraph", "problem"),
    [
        (":hat: It is a plan.", "is no picture or judgement"),
        ("A line without one.", "has no picture beside it"),
        (":people: " + "The plan is for all of us to be and to do " * 2 + ".", "is a sentence of"),
        (":people: It is a plan (for now).", "holds brackets"),
        (":people: It is in the accommodation.", "is a long word"),
        (":people: It is a KPI.", "is in capitals"),
    ],
)
def test_written_easy_read_that_is_not_easy_is_refused_with_its_line(written, paragraph, problem):
    report = written(
        f'# A page\n\n:people: {{{{ fixed(\n"Two", "lines") }}}} here.\n\n{paragraph}\n'
    )

    found = prose_faults(report)

    assert {f.line for f in found} == {6}
    assert problem in found[0].problem


def test_a_whole_page_above_the_grade_is_refused(written, monkeypatch):
    monkeypatch.setattr("kcc_lib.presentation.easy.parts.HIGHEST_GRADE", -3.0)

    with pytest.raises(NarrativeError, match=r"reads at grade .*, above -3.0"):
        easy_read(written("# A page\n\n:people: We got fed.\n"))


@pytest.mark.parametrize("picture", list(Picture))
def test_every_picture_is_drawn_of_plain_shapes_in_the_colour_of_the_text(picture):
    drawn = picture_svg(str(picture))

    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', drawn)) <= {"currentColor", "none"}
    assert drawn.count("<path") in {1, 2}


def test_a_picture_that_nobody_drew_is_refused():
    with pytest.raises(PublishError, match="no picture 'hat'"):
        picture_svg("hat")


class Rows(HTMLParser):
    """What of a page is hidden from screen readers, and the words that stand beside it."""

    def __init__(self, text):
        super().__init__()
        self.hidden, self.images, self.depth = 0, 0, 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if "picture" in told.get("class", "").split():
            assert told.get("aria-hidden") == "true"
            self.hidden += 1
        if tag == "svg":
            self.images += 1


@pytest.mark.parametrize("name", EDITIONS)
def test_pictures_are_hidden_from_screen_readers_and_each_symbol_has_its_word(easy, name):
    page = str(render_blocks(easy[name].blocks))
    rows = rows_of(easy[name])

    assert Rows(page).hidden == len(rows)
    for row in rows:
        word = row["label"]
        if word not in {"", "N/A", "Not judged"}:
            assert f"**{word.lower()}**" in row["text"].lower()
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
