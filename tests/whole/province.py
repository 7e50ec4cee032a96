"""A letter to all communes of a province, each of which gets ten tasks: as many communes as a test wants."""

import re
from pathlib import Path
from typing import NamedTuple

from tests.whole.house import ROOT

EXAMPLE = ROOT / "examples" / "1346-cv-du"
NUMBER = "998/KH-UBND"
DIRECTIVE = "ubnd-tinh.998-kh-ubnd-2026"
TASKS_EACH = 10
_COMMUNES = re.compile(r"(- code: ubnd-xa-phuong\n.*?units: \[)(.*?)(\])", re.DOTALL)


class Province(NamedTuple):
    """The plan's file, the directory's, and how many tasks they make."""

    plan: Path
    directory: Path
    tasks: int

    @property
    def words(self) -> list[str]:
        """What follows `assign` on a command line."""
        return [str(self.plan), "--directory", str(self.directory), "--yes"]


def province(folder: Path, communes: int) -> Province:
    """The example's letter to 129 communes, sent to the first `communes` of them."""
    text = (EXAMPLE / "directory.yaml").read_text(encoding="utf-8")
    found = _COMMUNES.search(text)
    assert found
    chosen = re.findall(r"[a-z]+-\d+", found[2])[:communes]
    assert len(chosen) == communes
    directory = folder / "directory.yaml"
    directory.write_text(_COMMUNES.sub(rf"\g<1>{', '.join(chosen)}\g<3>", text), encoding="utf-8")
    return Province(EXAMPLE / "plan-129.yaml", directory, TASKS_EACH * communes)
