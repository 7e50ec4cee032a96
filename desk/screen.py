"""What the command line writes: tables and sentences on stdout, errors on stderr, or one JSON document on stdout."""

import json
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from desk.language import text

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 100

_json = False


def speak_json(on: bool) -> None:
    """Write JSON instead of tables and sentences from now on."""
    global _json
    _json = on


def json_asked() -> bool:
    """Whether `--json` was given."""
    return _json


@cache
def console() -> "Console":
    """The console on stdout: as wide as the terminal, 100 columns when piped."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else WIDTH
    return Console(width=width, highlight=False, soft_wrap=False, emoji=False)


def say(line: str = "", style: str = "") -> None:
    """One line or paragraph for a person; nothing when JSON was asked for."""
    if _json:
        return
    if _colours():
        console().print(line, style=style or None, markup=False, soft_wrap=True)
    else:  # as the console would write it, which costs more to import than a short command takes
        sys.stdout.write(line.translate(_CONTROLS).expandtabs(8) + "\n")


_CONTROLS = dict.fromkeys((7, 8, 11, 12, 13))
"""Bell, backspace, vertical tab, form feed and carriage return, which the console leaves out too."""


def _colours() -> bool:
    """Whether a style can be seen, or somebody asked for it by the variables that the console knows."""
    return sys.stdout.isatty() or bool({"FORCE_COLOR", "TTY_COMPATIBLE"} & os.environ.keys())


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: bool = False) -> None:
    """A table as wide as its cells need, at most as wide as the console; then the widest columns wrap.

    With `numbers` the first column names and all others count: their headings wrap, so that the names have room.
    """
    if _json:
        return
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for place, column in enumerate(columns):
        if numbers and place:
            made.add_column("\n".join(column.split(" ", 1)), justify="right", no_wrap=True)
        else:
            made.add_column(column, overflow="fold")
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))
    console().print(made)


def answer(value: object) -> None:
    """The one JSON document of a command that was asked for JSON."""
    if _json:
        sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=_plain) + "\n")


def lines(values: Sequence[object]) -> None:
    """One JSON document a line, as `corpus/deadlines.jsonl` has them."""
    for value in values:
        sys.stdout.write(json.dumps(value, ensure_ascii=False, default=_plain) + "\n")


def flush() -> None:
    """Let go of what is written so far."""
    sys.stdout.flush()


def aside(line: str) -> None:
    """One line on stderr for a person who waits; nothing when JSON was asked for."""
    if not _json:
        sys.stderr.write(line + "\n")


def error(message: str, remedy: str, kind: str, code: int, detail: dict[str, object]) -> None:
    """What is wrong and what to do next: on stderr, or as JSON on stdout."""
    if _json:
        told = {"error": {"kind": kind, "code": code, "message": message, "remedy": remedy, **detail}}
        sys.stdout.write(json.dumps(told, ensure_ascii=False, default=_plain) + "\n")
        return
    sys.stderr.write(f"{text('Lỗi', 'Error')}: {message}\n→ {remedy}\n")


def _plain(value: object) -> object:
    from pydantic import BaseModel

    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    raise TypeError(f"no JSON form: {type(value).__name__}")
