"""Evidence after a restoration: what the folder holds is noted again, what is nowhere is listed."""

import time
from collections.abc import Sequence

from desk.doctor_files import file_findings
from desk.evidence import PART, hash_of, path_of
from desk.evidence_kinds import kind_of
from desk.exit import Stop
from desk.finding import Finding
from desk.settings import settings
from register.files import FileUse, KeptFile, kept_for, note_file
from register.open import Register
from register.rebuild import Happened

OLD = 3600.0
"""Seconds after which a part of an upload belongs to nobody."""


async def note_again(register: Register, task: str, lived: Sequence[Happened]) -> int:
    """Note the files that reports of a task name, where their content is there. Raises RegisterDown."""
    count = 0
    for one in lived:
        report = one.transition.facts.report
        for piece in report.evidence if report else ():
            digest = hash_of(piece)
            if not digest or await kept_for(register, task, {digest}):
                continue
            path = path_of(digest)
            if report is None or not path.is_file():
                continue
            try:
                kind = kind_of(path, piece.name)
            except Stop:  # its title says nothing of its kind
                kind = "application/octet-stream"
            kept = KeptFile(hash=digest, size=path.stat().st_size, type=kind, at=report.at, person=report.by)
            use = FileUse(task=task, hash=digest, person=report.by, name=piece.name, at=report.at)
            await note_file(register, kept, use)
            count += 1
    return count


async def missing_evidence(register: Register) -> list[Finding]:
    """What the register names and the folder does not hold. Raises RegisterDown."""
    return [one for one in await file_findings(register) if not one.well]


def sweep_parts() -> int:
    """Take away what uploads that were cut short have left; how many."""
    swept = 0
    for part in settings().files_folder.glob(f"{PART}*"):
        if part.is_file() and time.time() - part.stat().st_mtime > OLD:
            part.unlink(missing_ok=True)
            swept += 1
    return swept
