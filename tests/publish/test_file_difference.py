"""`kcc diff` of two files of judgements: what they can tell, and nothing that they cannot."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from kcc_lib.cli.commands import kcc
from kcc_lib.judgement.columns import JUDGEMENT_COLUMNS
from kcc_lib.presentation.downloads.columns import columns_of
from kcc_lib.publish.difference.causes import Why

from .difference_builders import annual

KENT = "E10000016"
PLAIN = {
    "area": KENT, "horizon": "1-year", "method": "significance-2019", "label": "Maintaining",
    "basis": "proportion_z", "n_points": "2", "period_from": "2016-17", "period_to": "2017-18",
    "value_from": "10.5", "value_to": "11.5", "p_value": "0.2", "q_value": "0.3",
    "input_fingerprint": "00000000000000aa",
}  # fmt: skip
#: Other figures, as the fingerprint tells.
OTHER = "00000000000000bb"


def judged(code="1.11", **told):
    """A row of `judgements.csv`."""
    return dict.fromkeys(JUDGEMENT_COLUMNS, "") | PLAIN | {"measure": code} | told


def in_words(code="1.11", **told):
    """A row of the judgements of a measure in words."""
    blank = dict.fromkeys((c.name for c in columns_of("measure_judgements")), "")
    held = {name: PLAIN[name] for name in PLAIN if name in blank}
    said = {"measure": code, "title": "Smokers", "supporting_outcome": "1.1", "area_name": "Kent",
            "horizon_in_words": "1 year", "judgement": "Maintaining", "standing": "as published",
            "basis_in_words": "a test"}  # fmt: skip
    return blank | held | said | told


def rated(code="kpi", **told):
    """A row of the judgements of KPIs."""
    blank = dict.fromkeys((c.name for c in columns_of("kpi_judgements")), "")
    return blank | {
        "measure": code, "title": "Calls answered", "directorate": "Services", "kind": "kpi",
        "unit": "%", "area": KENT, "area_name": "Kent", "period": "2024-25 Q3", "value": "94",
        "previous_period": "2024-25 Q2", "previous_value": "93", "target": "95", "floor": "90",
        "rag": "Amber", "rag_basis": "worked out here", "direction": "stable",
        "direction_basis": "worked out here", "method": "regression-2020",
    } | told  # fmt: skip


@pytest.fixture
def written(tmp_path):
    """Write rows to a file, as CSV or JSON by its name."""

    def write(name, *rows):
        path = tmp_path / name
        if path.suffix == ".json":
            numbers = {c.name for c in columns_of("judgements") if c.number}
            told = [{k: (float(v) if v else None) if k in numbers else v for k, v in r.items()}
                    for r in rows]  # fmt: skip
            path.write_text(json.dumps(told), "utf-8")
            return path
        out = io.StringIO()
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        path.write_text(out.getvalue(), "utf-8")
        return path

    return write


@pytest.fixture
def differing(written):
    """What the command says of an old and a new row, as JSON."""

    def go(old, new):
        paths = [written(f"{n}.csv", row) for n, row in (("old", old), ("new", new))]
        return json.loads(run(*paths, "--format", "json").stdout)

    return go


def run(*words):
    return CliRunner().invoke(kcc, ["diff", *map(str, words)])


def why(told):
    return [w["why"] for w in told["judgements"]]


def test_files_with_the_same_rows_in_any_order_and_format_are_the_same(written):
    one, other = judged("1.11", value_to="98", change="-0.5"), judged("=1.12", label="N/A")
    old = written("old.csv", one, other | {"measure": "'=1.12"})  # as spreadsheets are kept safe
    new = written("new.json", other, one)

    done = run(old, new)

    assert (done.exit_code, done.stdout) == (0, "the two files hold the same judgements\n")
    assert "The two files hold the same judgements." in run(old, new, "--format", "markdown").stdout
    told = json.loads(run(old, new, "--format", "json").stdout)
    assert not told["differs"]


def test_what_differs_is_told_as_of_builds(written):
    turned = judged(label="Improving", value_to="14.5", input_fingerprint=OTHER)
    old = written("old.csv", judged(), judged("1.12"), judged("1.13"))
    new = written("new.csv", turned, judged("1.12", p_value="0.4"), judged("1.14"))

    done = run(old, new)

    assert done.exit_code == 1
    for line in (
        "Judgements: 1 of 3 read otherwise",
        "  1.11, 1-year: Maintaining → Improving (revised figures)",
        "  added: 1.14",
        "  removed: 1.13",
        "  the same word on other evidence: 1.12",
        "  1-year: Improving 0 → 1, Maintaining 3 → 2",
        "    2017/18: 11.5 → 14.5 (revised figures)",
        "  why they differ: revised figures, measures added or removed",
    ):
        assert line in done.stdout.splitlines()
    assert "such files do not tell of" in done.stdout


def test_the_summary_has_counts_and_words_and_no_figure_and_no_folder(written, tmp_path):
    new = judged(label="Improving", value_to="14.5", input_fingerprint=OTHER)

    done = run(written("old.csv", judged()), written("new.csv", new), "--format", "markdown")

    assert done.exit_code == 1
    assert "- **1-year**: Improving 1 (+1)" in done.stdout
    assert "- **1.11**, 1-year: Maintaining → Improving (revised figures)" in done.stdout
    assert not any(hidden in done.stdout for hidden in ("11.5", "14.5", str(tmp_path), ".csv"))


REASONS = {
    "revised": ({"value_to": "12"}, Why.REVISION),
    "a figure between the ends": ({"input_fingerprint": OTHER}, Why.BEHIND),
    "more points": ({"n_points": "3"}, Why.BEHIND),
    "other periods": ({"period_to": "2018-19", "value_to": "12", "input_fingerprint": OTHER},
                      Why.WINDOW),
    "withdrawn": ({"value_to": "", "input_fingerprint": OTHER}, Why.WITHDRAWN),
    "method": ({"method": "xmr"}, Why.METHOD),
    "nothing that is held": ({}, Why.UNKNOWN),
    "a distance, whose target is not held": (
        {"value_to": "12", "reasons": "distance_from_target", "input_fingerprint": OTHER},
        Why.BEHIND,
    ),
    "the mean of a chart": (
        {"value_from": "12", "basis": "xmr_chart", "input_fingerprint": OTHER}, Why.BEHIND
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REASONS)
def test_a_word_is_given_the_reason_that_the_files_hold(case, differing):
    told, reason = REASONS[case]

    assert why(differing(judged(), judged(label="Improving", **told))) == [[str(reason)]]


def test_a_series_that_was_not_held_before_is_new(differing):
    none = {"period_from": "", "period_to": "", "value_from": "", "value_to": "", "n_points": "0",
            "input_fingerprint": "", "reasons": "no_series", "label": "Not judged"}  # fmt: skip

    assert why(differing(judged(**none), judged())) == [[str(Why.PERIODS)]]
    assert why(differing(judged(), judged(**none))) == [[str(Why.WITHDRAWN)]]


def test_another_published_word_is_its_own_reason(differing):
    new = judged(published_label="Improving", value_to="12", input_fingerprint=OTHER)

    assert why(differing(judged(published_label="Maintaining"), new)) == [[str(Why.PUBLISHED)]]


def test_ours_may_turn_while_the_published_word_stands(written):
    old = written("old.csv", judged(published_label="Maintaining"))
    new = written("new.csv", judged(published_label="Maintaining", label="Improving"))

    assert "Maintaining → Improving, published Maintaining (not known)" in run(old, new).stdout


@pytest.mark.parametrize("reasons", ["suppressed", ""])
def test_a_figure_that_is_gone_is_not_repeated(reasons, written):
    old = written("old.csv", judged())
    new = written("new.csv", judged(value_to="", label="Not judged", reasons=reasons))

    for style in ("text", "markdown", "json"):
        told = run(old, new, "--format", style).stdout
        assert "withdrawn figures" in told
        assert "11.5" not in told
    assert "    2017/18: not told: no figure now → none (withdrawn figures)" in run(old, new).stdout


def test_a_rating_has_the_reason_of_ratings_alone(differing):
    quarter = {"horizon": "quarter", "rag": "Green", "direction": "stable"}
    old = judged(**quarter)

    told = differing(old, old | {"rag": "Red", "method": "xmr", "value_from": "1"})

    assert [(w["heading"], w["then"], w["now"], w["why"]) for w in told["judgements"]] == [
        ("RAG status", "Green", "Red", [str(Why.UNKNOWN)])
    ]
    assert "targets" in told["not_told"]


def test_a_judgement_of_one_file_alone_is_told(written):
    old = written("old.csv", judged(), judged(horizon="long-term"))
    new = written("new.csv", judged())

    done = run(old, new)

    assert done.exit_code == 1
    assert "Only in the old file: 1\n  1.11, long-term: Maintaining" in done.stdout


def test_areas_are_named_where_there_are_several(written):
    far = {"area": "E10000030"}
    old = written("old.csv", judged(), judged(**far))
    new = written("new.csv", judged(), judged(**far, label="Improving"))

    assert "  1.11, E10000030, 1-year: Maintaining → Improving (not known)" in run(old, new).stdout


def test_a_column_of_one_file_alone_is_told_and_not_compared(written):
    old, new = written("old.csv", judged()), written("new.csv", judged(status=""))

    done = run(old, new)

    assert done.exit_code == 1
    assert "columns of the new file alone: status" in done.stdout
    assert "all the same" in done.stdout


def test_q_values_alone_turn_nothing_and_are_told(written):
    done = run(written("old.csv", judged()), written("new.csv", judged(q_value="0.4")))

    assert done.exit_code == 1
    assert "Judgements: all the same" in done.stdout
    assert "such as q-values" in done.stdout


def test_judgements_of_measures_in_words_tell_titles_and_headings(differing):
    told = differing(
        in_words(published_label="Maintaining"),
        in_words(published_label="Improving", judgement="Improving", title="People who smoke"),
    )

    assert [(w["name"], w["heading"], w["now"], w["why"]) for w in told["judgements"]] == [
        ("1.11 People who smoke", "1 year", "Improving", [str(Why.PUBLISHED)])
    ]
    assert [(e["what"], e["then"], e["now"]) for e in told["catalogue"]] == [
        ("title", "Smokers", "People who smoke")
    ]


KPIS = {
    "target": ({"target": "96", "rag": "Red"}, Why.TARGET),
    "next quarter": (
        {"period": "2024-25 Q4", "value": "89", "previous_period": "2024-25 Q3",
         "previous_value": "94", "rag": "Red"},
        Why.PERIODS,
    ),
    "revised": ({"value": "89", "rag": "Red"}, Why.REVISION),
    "stated": ({"rag": "Red", "rag_basis": "stated"}, Why.PUBLISHED),
    "which way is good": ({"polarity": "lower", "rag": "Red"}, Why.CATALOGUE),
    "not held": ({"rag": "Red", "method": "xmr"}, Why.UNKNOWN),
    "direction": ({"direction": "worsening", "method": "xmr", "target": "1"}, Why.METHOD),
}  # fmt: skip


@pytest.mark.parametrize("case", KPIS)
def test_a_kpi_is_given_the_reason_that_its_file_holds(case, differing):
    told, reason = KPIS[case]

    found = differing(rated(), rated(**told))

    assert why(found) == [[str(reason)]]
    assert found["judgements"][0]["name"] == "Calls answered"


def test_files_of_judgements_that_assess_writes_are_compared(written, tmp_path):
    series = tmp_path / "series.csv"
    rows = [f"a,{year},{value},1000,outcome,proportion,higher\n"
            for year, value in ((2016, 10), (2017, 20), (2018, 30), (2019, 41))]  # fmt: skip
    head = "measure,period,value,denominator,kind,statistic,polarity\n"

    def assess(name, lines, *more):
        series.write_text(head + "".join(lines), "utf-8")
        style = ["--format", name.rpartition(".")[2], "--output", tmp_path / name]
        done = CliRunner().invoke(kcc, ["assess", *map(str, (series, *style, *more))])
        assert done.exit_code == 0, done.output
        return tmp_path / name

    whole = assess("whole.csv", rows)
    again, fewer = assess("again.json", rows), assess("fewer.csv", rows[:-1])

    assert run(whole, again).exit_code == 0
    assert "a, 1-year: Improving → " not in run(whole, fewer).stdout
    assert str(Why.WINDOW) in run(whole, fewer, "--format", "json").stdout


def test_every_fault_of_both_files_is_told_at_once(written):
    short = {k: v for k, v in judged(label="Better", value_to="ten").items() if k != "p_value"}
    old = written("old.csv", short, short)
    bad = judged(label="Better", horizon="") | {"p_value": "few"}
    new = written("new.csv", bad)

    done = run(old, new)

    assert done.exit_code == 2
    assert done.stdout == ""
    for said in (
        "old.csv, line 1, p_value: the column p_value is missing; write the file again",
        "old.csv, line 2, label: 'Better' is no word of this column; known: Improving",
        "old.csv, line 2, value_to: 'ten' is no number; mend it",
        "old.csv, line 3, measure: '1.11' stands on line 2 too, with the same area and horizon",
        "new.csv, line 2, horizon: is blank; fill it in",
        "new.csv, line 2, label: 'Better' is no word",
        "new.csv, line 2, p_value: 'few' is no number",
    ):
        assert said in done.stderr


def test_a_fault_in_json_names_the_entry(tmp_path, written):
    good = judged() | {"value_to": 1.5}
    path = tmp_path / "bad.json"
    lacks = {k: v for k, v in good.items() if k != "rag"}
    path.write_text(json.dumps([good, lacks | {"measure": 1.2, "label": "Better"}, good]))

    done = run(path, written("new.csv", judged()))

    assert done.exit_code == 2
    for said in (
        "entry 2, rag: is not there",
        "entry 2, measure: '1.2' is no text",
        "entry 2, label: 'Better' is no word",
        "entry 3, measure: '1.11' stands in entry 1 too",
    ):
        assert said in done.stderr


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", "measure,area,period,value\n1,E1,2018,3\n", "holds no judgements"),
        ("a.csv", "", "is empty"),
        ("a.json", "{", "is no JSON"),
        ("a.json", "{}", "is no list of judgements"),
        ("a.json", "[]", "is no list of judgements"),
        ("a.json", "[NaN]", "is no JSON"),
        ("a.csv", None, "cannot be opened"),
        ("a.json", None, "cannot be opened"),
    ],
)
def test_what_is_no_file_of_judgements_is_refused(name, text, said, tmp_path):
    path = tmp_path / name
    if text is not None:
        path.write_text(text)

    done = run(path, path)

    assert done.exit_code == 2
    assert said in done.stderr


def test_two_kinds_of_files_are_refused(written):
    done = run(written("old.csv", judged()), written("new.csv", rated()))

    assert done.exit_code == 2
    assert "new.csv: holds judgements of KPIs, and" in done.stderr


def test_a_file_and_a_build_are_refused(written, tmp_path):
    build, file = annual(tmp_path / "build"), written("old.csv", judged())

    for pair in ((build, file), (file, build)):
        done = run(*pair)
        assert done.exit_code == 2
        assert "compare two builds, or two files" in done.stderr


def test_an_address_is_refused_of_files(written):
    file = written("old.csv", judged())

    done = run(file, file, "--address", "https://a.b")

    assert done.exit_code == 2
    assert "a file of judgements has no page" in done.stderr


def test_no_terminal_and_no_markdown_is_told_what_to_do_by_a_file(written):
    evil = "1.11<b>\x07"
    files = (written("a.csv", judged(evil)), written("b.csv", judged(evil, label="Improving")))

    told = run(*files).stdout + run(*files, "--format", "markdown").stdout

    assert "\x07" not in told
    assert r"1.11\<b\>" in told
