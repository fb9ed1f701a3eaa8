"""A drawing is kept by what it was drawn of; a kept one that is damaged is drawn again."""

import os
from pathlib import Path

import pytest

from kcc_lib.presentation import drawings_kept
from kcc_lib.presentation.drawings_kept import drawn_once, forget_oldest


class Pen:
    """Draws, and counts how often."""

    def __init__(self, drawing=b"<svg/>"):
        self.drawing, self.drawn = drawing, 0

    def __call__(self):
        self.drawn += 1
        return self.drawing


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """An empty cache."""
    monkeypatch.setenv("KCC_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "drawings"


def test_the_same_chart_is_drawn_once(cache):
    pen = Pen()

    assert [drawn_once(__file__, "chart", pen) for _ in range(3)] == [b"<svg/>"] * 3
    assert pen.drawn == 1
    assert len(list(cache.iterdir())) == 1


def test_another_chart_or_other_code_is_drawn_for_itself(cache, tmp_path):
    code = tmp_path / "code.py"
    code.write_text("1")
    drawn = [drawn_once(__file__, "chart", Pen(b"1")), drawn_once(__file__, "other", Pen(b"2")),
             drawn_once(str(code), "chart", Pen(b"3"))]  # fmt: skip

    assert drawn == [b"1", b"2", b"3"]


def test_another_version_of_the_library_draws_anew(cache, monkeypatch):
    drawn_once(__file__, "chart", Pen(b"old"))
    drawings_kept._way.cache_clear()
    monkeypatch.setattr(drawings_kept.metadata, "version", lambda _: "99")

    assert drawn_once(__file__, "chart", Pen(b"new")) == b"new"
    drawings_kept._way.cache_clear()


@pytest.mark.parametrize("left", [b"", b"x" * 20, b"x" * 60])
def test_a_damaged_drawing_is_drawn_again(cache, left):
    drawn_once(__file__, "chart", Pen())
    (kept,) = cache.iterdir()
    kept.write_bytes(left)

    assert drawn_once(__file__, "chart", Pen()) == b"<svg/>"
    assert drawn_once(__file__, "chart", Pen(b"not asked")) == b"<svg/>"


def test_what_cannot_be_drawn_is_raised_and_not_kept(cache):
    def fail():
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        drawn_once(__file__, "chart", fail)

    assert list(cache.iterdir()) == []


def test_an_empty_name_keeps_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv("KCC_CACHE", "")
    monkeypatch.chdir(tmp_path)
    pen = Pen()

    drawn_once(__file__, "chart", pen)
    drawn_once(__file__, "chart", pen)
    forget_oldest()

    assert pen.drawn == 2
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_keeps_nothing_and_stops_nothing(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("KCC_CACHE", str(tmp_path / "file"))

    assert drawn_once(__file__, "chart", Pen()) == b"<svg/>"
    forget_oldest()


def test_the_oldest_drawings_go_when_they_take_too_much(cache, monkeypatch):
    for age in range(10):
        drawn_once(__file__, f"chart {age}", Pen(b"x" * 68))
        newest = max(cache.iterdir(), key=lambda p: p.stat().st_ctime_ns)
        os.utime(newest, (1_000_000 + age, 1_000_000 + age))
    monkeypatch.setattr(drawings_kept, "_MOST_BYTES", 900)
    monkeypatch.setattr(drawings_kept, "_LEAST_BYTES", 450)

    forget_oldest()

    pen = Pen()
    for age in range(6, 10):
        drawn_once(__file__, f"chart {age}", pen)
    assert pen.drawn == 0
    assert len(list(cache.iterdir())) == 4


def test_few_drawings_are_all_kept(cache):
    drawn_once(__file__, "chart", Pen())

    forget_oldest()

    assert len(list(Path(cache).iterdir())) == 1
