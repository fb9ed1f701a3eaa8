"""What was worked out is kept by what it was worked out of, and nobody can spoil it."""

import pandas as pd
import pytest

from kcc_lib.workbench.once import once

WORKED = []


@pytest.fixture(autouse=True)
def afresh(monkeypatch):
    """Nothing kept yet."""
    kept = {}
    monkeypatch.setitem(once.__globals__, "_kept", kept)
    WORKED.clear()
    return kept


def total(frame, *, by="value"):
    WORKED.append(by)
    return pd.DataFrame({"total": [frame[by].sum()]})


def frame():
    days = pd.to_datetime(["2018-03-31", "2019-03-31"])
    return pd.DataFrame({
        "measure": ["1.11", "1.12"], "value": [1.0, None], "period_end": days,
        "covid": [False, True], "note": ["", None],
    })  # fmt: skip


def test_the_same_values_are_worked_out_once():
    first, again = once(total, frame()), once(total, frame())

    assert len(WORKED) == 1
    pd.testing.assert_frame_equal(first, again)


def test_how_a_frame_lies_in_memory_makes_no_difference():
    rows = frame()
    parted = pd.concat([rows[:1], rows[1:]])

    once(total, rows)
    once(total, parted)
    once(total, pd.concat([rows, rows])[:2])

    assert len(WORKED) == 1


@pytest.mark.parametrize(
    "change",
    [lambda f: f.assign(value=[1.0, 0.0]), lambda f: f.assign(value=[1, 2]),
     lambda f: f.rename(columns={"measure": "code"}), lambda f: f[::-1],
     lambda f: f.set_axis([5, 6]), lambda f: f.assign(covid=[True, True]),
     lambda f: f.assign(period_end=f["period_end"] + pd.Timedelta(days=1)),
     lambda f: f.assign(period_end=f["period_end"].astype("datetime64[s]").dt.tz_localize("UTC")),
     lambda f: f.assign(measure=["1.1", "11.12"]), lambda f: f.assign(note=["", "x"]),
     lambda f: f.assign(value=[1.0, float("inf")])],
)  # fmt: skip
def test_any_other_value_name_order_or_type_is_worked_out_anew(change):
    once(total, frame())
    once(total, change(frame()))

    assert len(WORKED) == 2


def test_noughts_of_another_type_are_other_values():
    """In memory they are the same bytes."""
    once(total, pd.DataFrame({"value": [0.0]}))

    assert once(total, pd.DataFrame({"value": [0]}))["total"].dtype == "int64"


def test_another_setting_is_worked_out_anew():
    numbers = frame().assign(other=3.0)

    assert once(total, numbers)["total"][0] == 1
    assert once(total, numbers, by="other")["total"][0] == 6


def test_a_frame_changed_between_two_calls_gives_what_the_change_gives():
    rows = frame()
    once(total, rows)
    rows.loc[1, "value"] = 41.0

    assert once(total, rows)["total"][0] == 42


def test_what_someone_does_to_a_result_is_not_seen_by_the_next():
    for _ in range(3):
        found = once(total, frame())
        assert found["total"][0] == 1
        found["total"] = 99


def test_what_fails_is_tried_again():
    for _ in range(2):
        with pytest.raises(KeyError, match="nothing"):
            once(total, frame(), by="nothing")

    assert len(WORKED) == 2


def test_the_oldest_results_go_first(afresh):
    for number in range(40):
        once(total, frame().assign(value=float(number)))

    assert len(afresh) == 32
    once(total, frame().assign(value=39.0))
    assert len(WORKED) == 40
    once(total, frame().assign(value=0.0))
    assert len(WORKED) == 41
