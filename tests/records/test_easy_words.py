"""Faults planted in the easy words: each told with file, line and column."""

import pytest

HEAD = "what,name,easy,of,picture\n"


def told(book, *rows):
    path = book.write("easy_words.csv", HEAD + "".join(f"{row}\n" for row in rows))
    return book.kcc("check", path)


def test_good_easy_words_pass(book):
    result = told(
        book, "measure,1.22,Requests that came again,requests,care",
        "outcome,1.1,Safe places to live,,home", "word,NHS,The NHS looks after our health.,,",
        "contact,phone,03000 421553,,phone",
    )  # fmt: skip

    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("row", "place", "problem"),
    [
        ("measure,9.99,Odd things,,care", "line 2, name", "is no measure that is known"),
        ("outcome,7,Odd things,,care", "line 2, name", "is no outcome that is known"),
        ("contact,fax,03000 421553,,phone", "line 2, name", "is no contact that is known"),
        ("thing,1.22,Odd things,,care", "line 2, what", "is not a thing that easy words stand"),
        ("measure,1.22,Odd things,,hat", "line 2, picture", "is not a picture"),
        ("measure,1.22,Odd things,,", "line 2, picture", "is blank"),
        ("measure,1.22,,,care", "line 2, easy", "is blank"),
        ("measure,1.22,Odd NHS things,,care", "line 2, easy", "(NHS) is in capitals"),
        ("measure,1.22,Odd accommodation,,care", "line 2, easy", "is a long word"),
        ("measure,1.22,Odd things,people (all),care", "line 2, of", "holds brackets"),
    ],
)
def test_a_fault_names_its_line_and_column(book, row, place, problem):
    result = told(book, row)

    assert result.exit_code == 2
    assert f"data/raw/easy_words.csv, {place}" in result.output
    assert problem in result.output


def test_easy_words_for_one_thing_stand_once(book):
    result = told(book, "measure,1.22,Odd things,,care", "measure,1.22,Other things,,care")

    assert result.exit_code == 2
    assert "line 3, name: '1.22' is already on line 2" in result.output


def test_a_workbook_without_easy_words_is_checked_without_them(book):
    assert book.kcc("check").exit_code == 0
