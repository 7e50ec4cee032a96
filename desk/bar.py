"""The progress bar of a command that takes a while."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from desk import screen


@contextmanager
def progress(title: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, nothing elsewhere; call what it gives with how many are done."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    hidden = screen.json_asked() or not sys.stdout.isatty()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    bar = Progress(*columns, console=screen.console(), transient=True, disable=hidden)
    with bar:
        shown = bar.add_task(title, total=total)
        yield lambda done: bar.update(shown, completed=done)
