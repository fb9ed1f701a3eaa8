"""A file is split to the same table whichever way it is read, each row with its own line."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kcc_lib.records.observations import check_files
from kcc_lib.records.regular import split_regular
from kcc_lib.records.splitting import split_text
from kcc_lib.records.suppression import NO_RULES

REGULAR = [
    pytest.param(b"a,b\n1,2\n3,4\n", id="plain"),
    pytest.param(b"\xef\xbb\xbfa,b\n1,2\n", id="byte order mark"),
    pytest.param(b"a,b\r\n1,2\r\n\r\n3,\r\n", id="CRLF and a blank line"),
    pytest.param(b"a,b\n1,2", id="no last line end"),
    pytest.param(b"a,b\n", id="header only"),
    pytest.param(b'"a","b"\n"1","x, ""y"""\n"",""\n"3",4\n', id="all quoted"),
    pytest.param(b'a,b\n1,"x\ny"\n2,"\r\n"\n3,z\n', id="line ends in cells"),
    pytest.param(b"a,b\n1\n1,2,3\n,\n,,,\n4,5\n", id="ragged and empty rows"),
    pytest.param(b'a,b\n x , 1\nx,1 \n"x",1\n', id="spaces and quotes round one text"),
    pytest.param(b"a,a,b\n1,2,3\n", id="a heading twice"),
    pytest.param("a,b\n£é,–\n\u00a0£é,—\n".encode(), id="more than ASCII"),
    pytest.param(b"a,b\n   \n,1\n", id="a line of spaces, and a row that begins empty"),
]
ODD = [
    pytest.param(b"a,b\r1,2\r", id="old Macintosh line ends"),
    pytest.param(b"a,b\n1,x\ry\n", id="a lone carriage return"),
    pytest.param(b'a,b\n1,5" pipe\n', id="a quotation mark within a cell"),
    pytest.param(b'a,b\n1,"x"y\n', id="text after a closing quotation mark"),
    pytest.param(b'a,b\n1,"x\n', id="a quotation mark never closed"),
    pytest.param(b'a,b\n1, "x, y"\n', id="a space before a quotation mark"),
    pytest.param(b"a\n1\n", id="one column"),
    pytest.param(b"\n,\na,b\n1,2\n", id="no header on the first line"),
    pytest.param(b"a,b\n1," + b"x" * 140_000 + b"\n", id="a cell beyond the limit of csv"),
]


def told(table):
    """A table as plain values, its columns row by row."""
    columns = {name: [texts[c] for c in codes] for name, (texts, codes) in table.columns.items()}
    return table.header, columns, table.line.tolist(), table.ragged, table.unread


@pytest.mark.parametrize("raw", REGULAR)
def test_a_regular_file_is_split_on_its_bytes_as_csv_reads_it(raw):
    assert told(split_regular(raw)) == told(split_text(raw.decode("utf-8-sig")))


@pytest.mark.parametrize("raw", ODD)
def test_an_odd_file_is_left_to_csv(raw):
    assert split_regular(raw) is None


PIECES = st.sampled_from(
    ["a", "b ", "12345678", "123456789", "x" * 64, "x" * 65, "é", ",", ",", "\n", "\n", "\r\n",
     "\r", '"', '""', '","', '"\n"', " ", ""]
)  # fmt: skip


@settings(max_examples=300, deadline=None, database=None, derandomize=True)
@given(st.lists(PIECES, max_size=40).map(lambda pieces: "a,b\n" + "".join(pieces)))
def test_whatever_a_file_holds_both_ways_agree_or_csv_alone_is_asked(text):
    table = split_regular(text.encode())

    assert table is None or told(table) == told(split_text(text))


#: Texts about the eight bytes of a word and the length at which cells are cut out one by one.
LENGTHS = (1, 7, 8, 9, 15, 16, 17, 24, 63, 64, 65, 66, 130)
WORDS = st.sampled_from([
    *("x" * length for length in LENGTHS),
    *("x" * (length - 1) + "y" for length in LENGTHS),
    *("y" + "x" * (length - 1) for length in LENGTHS),
    *("x" * 8 + "y" + "x" * (length - 9) for length in LENGTHS if length > 9),
    "é" * 32, "é" * 33, "",
])  # fmt: skip


@settings(max_examples=300, deadline=None, database=None, derandomize=True)
@given(st.lists(st.text("ab1\u00e9 ", max_size=20) | WORDS, max_size=40))
def test_texts_of_any_length_are_told_apart(texts):
    raw = "".join(["n,t\n", *(f"{n},{text}\n" for n, text in enumerate(texts))]).encode()

    found, codes = split_regular(raw).columns["t"]

    assert [found[c] for c in codes] == [text.strip() for text in texts]
    assert len(set(found)) == len(found)
    assert list(dict.fromkeys(codes.tolist())) == list(range(len(found)))


@pytest.mark.parametrize("split", [split_regular, lambda raw: split_text(raw.decode())])
def test_of_two_columns_with_one_heading_the_first_is_kept(split):
    table = split(b"a,a,b\n1,2,3\n")

    assert (table.header, table.columns["a"][0]) == (["a", "a", "b"], ["1"])


def test_a_row_of_blanks_leaves_no_text_behind():
    found, _ = split_regular(b"a,b\n1,2\n,\n").columns["a"]

    assert found == ["1"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_a_fault_keeps_its_line_beneath_every_oddity(tmp_path, end):
    path = tmp_path / "a.csv"
    rows = ["measure,period,value,note", 'm,2014,1,"two\nlines"', "", ",,,", "m,2015", "m,2016,x,"]
    path.write_bytes(end.join(row.replace("\n", end) for row in rows).encode())

    faults = sorted(check_files([path], ["a.csv"], suppression=NO_RULES)[1])

    assert [(f.line, f.column) for f in faults] == [(6, ""), (7, "value")]


def test_the_line_of_a_row_is_counted_in_line_ends_of_the_file():
    table = split_regular(b'a,b\n1,"x\n\ny"\n\n2,z\n')

    np.testing.assert_array_equal(table.line, [2, 6])
