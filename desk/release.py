"""Which release this program is: the version, and a print of the code, since two copies may share a version."""

import tomllib
from functools import cache
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("directive", "workflows", "activities", "register", "notices", "desk", "answers", "letters")
LENGTH = 8
"""Hexadecimal digits of the print that are shown: enough to tell the releases of one office apart."""


@cache
def release(root: Path = ROOT) -> str:
    """The release whose code lies under `root`, as `0.1.0-1f0c9a7e`; the same for the same files wherever they lie."""
    found = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    print_of = sha256()
    files = [root / "worker.py", *(file for room in ROOMS for file in (root / room).rglob("*.py"))]
    for file in sorted(files):
        print_of.update(str(file.relative_to(root)).encode() + b"\0" + file.read_bytes())
    return f"{found['project']['version']}-{print_of.hexdigest()[:LENGTH]}"
