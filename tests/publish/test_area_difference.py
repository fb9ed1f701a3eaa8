"""`kcc diff` of two builds by area: every area's judgements and figures, and why they differ."""

import json

import pytest
from click.testing import CliRunner

from kcc_lib.cli.commands import kcc
from kcc_lib.judgement.columns import JUDGEMENT_COLUMNS
from kcc_lib.publish.difference import telling_areas
from kcc_lib.publish.difference.causes import Why

from .difference_builders import annual, rows, told

AREAS = {"E1": "Ashford", "E2": "Dover"}
VALUES = {"2016-17": "10.5", "2017-18": "11.5"}


def by_area(folder, *, record=None, outputs=None, **areas):
    """A build by area of one measure; `areas` are label, values and more cells, by code."""
    held = {area: {"label": "Maintaining", "values": VALUES} | areas.get(area, {})
            for area in AREAS}  # fmt: skip
    rows(folder, "judgements.csv", [_judged(area, **cells) for area, cells in held.items()])
    rows(folder, "observations.csv", [
        {"measure": "1.11", "area": area, "period": period, "value": value, "flags": ""}
        for area, cells in held.items() for period, value in cells["values"].items()
    ])  # fmt: skip
    for area, name in AREAS.items():
        told(folder, f"{area}/data/measures/1-11.json", {
            "short_title": "Smokers", "unit": "%", "decimals": 1,
            "edition": {"title": "England", "subtitle": "Every council"},
            "figures": [{"area": area, "area_name": name}],
        })  # fmt: skip
    told(folder, "run.json", {
        "edition": "england", "as_of": "2019-10-31", "state": "draft", "whole": True,
        "method": "significance-2019", "preset": "default", "sections": [], "inputs": {},
        "environment": {}, "outputs": {"index.html": json.dumps(areas)} | (outputs or {}),
    } | (record or {}))  # fmt: skip
    return folder


def _judged(area, *, label, values, **cells):
    periods = list(values)
    return dict.fromkeys(JUDGEMENT_COLUMNS, "") | {
        "measure": "1.11", "area": area, "horizon": "1-year", "method": "significance-2019",
        "label": label, "basis": "proportion_z", "n_points": "2", "period_from": periods[-2],
        "period_to": periods[-1], "value_from": values[periods[-2]],
        "value_to": values[periods[-1]], "input_fingerprint": "".join(values.values()),
    } | cells  # fmt: skip


@pytest.fixture
def old(tmp_path):
    return by_area(tmp_path / "old")


def diff(*words):
    return CliRunner().invoke(kcc, ["diff", *map(str, words)])


def differing(old, new):
    return json.loads(diff(old, new, "--format", "json").stdout)


def test_a_build_by_area_does_not_differ_from_itself(old):
    done = diff(old, old)

    assert (done.exit_code, done.stdout) == (0, "england: the two builds are the same\n")
    assert "Nothing changed" in diff(old, old, "--format", "markdown").stdout


def test_a_judgement_is_named_with_its_area_and_its_own_reason(old, tmp_path):
    revised = {"label": "Improving", "values": VALUES | {"2017-18": "14.5"}}
    new = by_area(tmp_path / "new", E2=revised)

    done = diff(old, new)

    assert done.exit_code == 1
    for line in (
        "england: England, Every council",
        "  old  as of 2019-10-31, draft, 2 areas, 1 page",
        "Judgements: 1 of 2 read otherwise",
        "  1.11 Smokers, Dover, 1-year: Maintaining → Improving (revised figures)",
        "  1.11 Smokers, Dover",
        "    2017/18: 11.5% → 14.5% (revised figures)",
    ):
        assert line in done.stdout.splitlines()
    summary = diff(old, new, "--format", "markdown", "--address", "https://a.b").stdout
    assert "- **1.11 Smokers, Dover**, 1-year: Maintaining → Improving (revised" in summary
    assert "<https://a.b/england/index.html>" in summary
    assert not any(hidden in summary for hidden in ("14.5", "11.5", str(tmp_path)))


NEWER = VALUES | {"2018-19": "12"}


@pytest.mark.parametrize(
    ("then", "cells", "record", "why"),
    [
        ({}, {"values": NEWER}, {}, [Why.PERIODS]),
        ({}, {}, {"method": "variance-2017"}, [Why.METHOD]),
        ({}, {}, {"inputs": {"kcc_lib/a.py": "2"}}, [Why.CODE]),
        ({}, {}, {}, [Why.UNKNOWN]),
        ({"values": NEWER, "period_to": "2017-18"}, {"values": NEWER}, {}, [Why.WINDOW]),
    ],
)
def test_a_word_of_an_area_is_given_the_nearest_reason(then, cells, record, why, tmp_path):
    old = by_area(tmp_path / "old", E1=then)
    new = by_area(tmp_path / "new", E1={"label": "Improving"} | cells, record=record)

    found = differing(old, new)["judgements"]

    assert [(w["area"], w["why"]) for w in found] == [("E1", [str(w) for w in why])]


def test_of_many_areas_the_first_are_listed_and_the_words_still_counted(old, tmp_path, monkeypatch):
    monkeypatch.setattr(telling_areas, "_MOST", 0)
    new = by_area(tmp_path / "new", E1={"label": "Improving"}, E2={"label": "Improving"})

    lines = diff(old, new).stdout.splitlines()

    assert "    … 2 more lines; --format json has all" in lines
    assert "  1-year: Improving 0 → 2, Maintaining 2 → 0" in lines


def test_figures_of_one_area_are_no_reason_in_another(old, tmp_path):
    new = by_area(tmp_path / "new", E1={"label": "Improving"},
                  E2={"values": VALUES | {"2017-18": "14.5"}})  # fmt: skip

    found = differing(old, new)

    assert [(w["area"], w["why"]) for w in found["judgements"]] == [("E1", [str(Why.UNKNOWN)])]
    assert [(s["area"]) for s in found["other_evidence"]] == ["E2"]


def test_what_it_was_made_of_is_told_where_readers_meet_the_same(old, tmp_path):
    new = by_area(tmp_path / "new", record={"inputs": {"kcc_lib/a.py": "2"}})

    done = diff(old, new)

    assert done.exit_code == 1
    assert "readers meet the same" in done.stdout
    assert "  code: kcc_lib/a.py" in done.stdout


def test_folders_that_are_no_whole_build_by_area_are_refused_with_every_fault(old, tmp_path):
    new = by_area(tmp_path / "new", E1={"label": "Better"})
    (new / "data" / "observations.csv").unlink()
    (old / "run.json").write_text("{}")

    done = diff(old, new)

    assert done.exit_code == 2
    for said in ("old/run.json: is not of this program's making", "new/data/observations.csv",
                 "new/data/judgements.csv, line 2, label: 'Better' is no word"):  # fmt: skip
        assert said in done.stderr


def test_a_build_by_area_and_one_of_one_area_are_refused(old, tmp_path):
    done = diff(old, annual(tmp_path / "annual"))

    assert done.exit_code == 2
    assert "annual: is of one area, and" in done.stderr


def test_builds_in_a_store_are_refused_by_address(old):
    done = diff("s3://bucket/england", old)

    assert done.exit_code == 2
    assert "s3://bucket/england: is an address in a store, which diff does not read" in done.stderr
