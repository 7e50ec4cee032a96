"""A copy of the program, as another release of it lies beside the one at work."""

import shutil
from pathlib import Path

from desk.release import ROOMS
from tests.whole.house import ROOT


def copied(there: Path) -> Path:
    """The rooms and entries of this release, in a folder of their own."""
    there.mkdir()
    for room in ROOMS:
        shutil.copytree(ROOT / room, there / room, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("worker.py", "starter.py", "pyproject.toml"):
        shutil.copy(ROOT / file, there / file)
    return there
