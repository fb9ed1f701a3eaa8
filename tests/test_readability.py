"""The readability gate: what it calls hard, and that it counts as its source says."""

import pytest

from kcc_lib.easy_words import EasyKind, EasyWord, EasyWords
from kcc_lib.readability import LONGEST_SENTENCE, grade, hard_parts, sentences, syllables, words


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1), ("council", 2), ("people", 2), ("improving", 3), ("named", 1), ("wanted", 2),
        ("schools", 1), ("nation", 2), ("radio", 3), ("little", 2), ("table", 2), ("2017", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted_by_their_vowels(word, count):
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The cat sat on the mat.", -1.45),
        # Wikipedia, "Flesch-Kincaid readability tests": 11.3 where 24 syllables are counted
        ("The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.", 11.3),
    ],
)
def test_the_grade_is_that_of_flesch_and_kincaid(text, expected):
    assert grade(sentences(text)) == pytest.approx(expected, abs=0.1)


def test_a_sentence_ends_at_its_mark_a_list_item_at_its_line_and_no_number_is_split():
    text = "**It was 80.3 million.** Then it fell.\n\n- One thing\n- [Another](a.html)"

    assert sentences(text) == [
        "It was 80.3 million.", "Then it fell.", "One thing", "Another",
    ]  # fmt: skip


def test_a_sentence_of_fifteen_words_passes_and_one_of_sixteen_does_not():
    just = " ".join(["word"] * LONGEST_SENTENCE)

    assert hard_parts(f"{just}.") == []
    assert "is a sentence of 16 words" in hard_parts(f"{just} more.")[0].problem


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It fell (by half).", "("), ("It fell; it rose.", ";"), ("It *fell* then.", "*fell*"),
        ("It was N/A.", "N/A"), ("It fell in 2017/18.", "7/1"), ("Roads & waste.", "&"),
        ("The KPI fell.", "KPI"), ("It was 5%.", "%"), ("Good accommodation.", "accommodation"),
        ("Fruit, e.g. pears.", "e.g."),
    ],
)  # fmt: skip
def test_what_a_reader_must_work_out_is_refused(text, found):
    assert found in [h.found for h in hard_parts(text)]


def test_bold_words_links_addresses_and_months_pass():
    text = (
        "**It** fell in January. Write to [a.b@information.gov.uk](mailto:a.b@information.gov.uk)."
    )

    assert hard_parts(text) == []
    assert words("Write to a.b@kent.gov.uk") == ["Write", "to"]


def word(name, easy):
    return EasyWord(EasyKind.WORD, name, easy)


def test_a_hard_word_passes_where_it_is_explained():
    known = EasyWords({(EasyKind.WORD, "NHS"): word("NHS", "The NHS looks after our health.")})

    assert [h.found for h in hard_parts("The NHS helps.")] == ["NHS"]
    assert hard_parts("The NHS helps.", known.explained("The NHS helps.")) == []


def test_hard_words_are_found_in_order_and_the_longer_one_first():
    known = EasyWords({
        (EasyKind.WORD, w.name): w
        for w in (word("care", "C."), word("social care", "S."), word("target", "T."))
    })  # fmt: skip

    found = known.hard_in("The targets of Social Care")

    assert [w.name for w in found] == ["target", "social care"]
    assert known.hard_in("careful") == []
