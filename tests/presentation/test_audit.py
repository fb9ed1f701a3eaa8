"""The audit page is exact about what is known and what is not."""

from kcc_lib.presentation.audit import audit


def table(section, name):
    return next(b for b in audit(section).blocks if b.get("id") == name)


def test_every_measure_stands_with_both_horizons(section):
    rows = table(section, "audit-table")["rows"]

    assert len(rows) == 148
    assert len({r["cells"][0]["text"] for r in rows}) == 74


def test_the_counts_add_up_to_all_measures(section):
    for row in table(section, "agreement-counts")["rows"]:
        *parts, total = (int(cell) for cell in row[1:])

        assert sum(parts) == total == 74


def test_every_row_says_what_it_rests_on_or_why_there_is_nothing(section):
    silent = [r for r in table(section, "audit-table")["rows"] if not r["cells"][-1]]

    assert not silent


def test_a_difference_that_a_sample_size_would_settle_says_which(section):
    row = next(
        r for r in table(section, "audit-table")["rows"]
        if r["cells"][0]["text"].startswith("1.62") and r["cells"][1] == "1 year"
    )  # fmt: skip

    assert row["cells"][4] == "Differs"
    assert "significant from 4,970 cases in each period" in row["cells"][5]
