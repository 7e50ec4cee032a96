"""The marked letter: nothing lost, nothing live."""

from io import StringIO
from pathlib import Path

from rich.console import Console

from letters.marked import page, pieces_of, terminal
from letters.read import read_letter
from register.calendars import shipped_calendar

LETTERS = Path(__file__).resolve().parents[1] / "data" / "letters"


def test_the_pieces_are_the_whole_text() -> None:
    letter = read_letter(LETTERS / "f03_45-KH-UBND_2026.txt", calendar=shipped_calendar())
    pieces = pieces_of(letter)
    assert "".join(piece.text for piece in pieces) == letter.text
    assert any(piece.text == "trước ngày 31/3/2026" and "deadline" in piece.kinds for piece in pieces)


def test_the_page_needs_nothing_else_and_runs_nothing() -> None:
    text = (
        (LETTERS / "syn_615-CV-TU_2026.txt")
        .read_text("utf-8")
        .replace("Lãnh đạo rà soát", "Lãnh đạo <script>alert(1)</script> rà soát")
    )
    html = page(read_letter(text, calendar=shipped_calendar()))
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "http://" not in html
    assert "https://" not in html
    assert "prefers-color-scheme: dark" in html


def test_the_terminal_shows_every_task() -> None:
    letter = read_letter(LETTERS / "syn_2417-UBND-KGVX_2026.txt", calendar=shipped_calendar())
    console = Console(width=200, record=True, file=StringIO())
    console.print(terminal(letter))
    shown = console.export_text()
    assert all(task.id in shown for task in letter.tasks)
    assert "24/6/2026" in shown
