"""The command reference is what `--help` says, and every setting and command is in it."""

import subprocess
import sys
from pathlib import Path

from desk.reference import reference
from desk.settings import Settings
from tests.desk.conftest import ROOT

CLI = ROOT / "docs" / "cli.md"


def test_the_reference_is_what_help_says() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "cog"), "--check", "-I", ".", str(CLI)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}{done.stderr}: run `make docs`"


def test_every_setting_is_documented() -> None:
    text = CLI.read_text(encoding="utf-8")
    for name in Settings.model_fields:
        assert f"`DONDOC_{name.upper()}" in text, name


def test_help_has_no_english_left() -> None:
    for word in ("Usage:", "Options:", "Arguments:", "[required]", "Show this message", "<str>", "<path>"):
        assert word not in reference()
