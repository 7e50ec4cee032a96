"""Evidence after a restoration: what the folder holds is noted again, what is nowhere is listed."""

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from desk.doctor_files import file_findings
from desk.evidence import PART, hash_of, path_of
from desk.evidence_kinds import kind_of
from desk.exit import Stop
from desk.finding import Finding
from desk.repair import words
from desk.settings import settings
from register.files import FileUse, KeptFile, kept_for, note_file
from register.open import Register
from register.rebuild import Happened

OLD = 3600.0
"""Seconds after which a part of an upload belongs to nobody."""


class HandedIn(NamedTuple):
    """A file that a report of a task names: its hash, under which name, by whom and when (UTC)."""

    task: str
    hash: str
    name: str
    person: str
    at: datetime


def handed_in(task: str, lived: Sequence[Happened]) -> list[HandedIn]:
    """The files that the reports of a task have named in its life, each once."""
    found: dict[str, HandedIn] = {}
    for one in lived:
        report = one.transition.facts.report
        for piece in report.evidence if report else ():
            digest = hash_of(piece)
            if report and digest:
                found.setdefault(digest, HandedIn(task, digest, piece.name, report.by, report.at))
    return list(found.values())


async def unnoted(register: Register, files: Iterable[HandedIn]) -> tuple[list[HandedIn], list[Finding]]:
    """What the register does not note: the files that the folder holds, and a finding of each that is nowhere.

    Of every task that was looked at: a repair that was cut short may have written the task and not its files.
    Raises RegisterDown.
    """
    by_task: dict[str, list[HandedIn]] = defaultdict(list)
    for one in files:
        by_task[one.task].append(one)
    there, lost = list[HandedIn](), list[Finding]()
    for task, mine in by_task.items():
        known = await kept_for(register, task, {one.hash for one in mine})
        for one in mine:
            if one.hash in known:
                continue
            if path_of(one.hash).is_file():
                there.append(one)
            else:
                lost.append(words.file_lost(task, one.name, one.hash))
    return there, lost


async def note_again(register: Register, files: Iterable[HandedIn]) -> tuple[int, list[Finding]]:
    """Note what the register does not: how many files, and those whose content is nowhere. Raises RegisterDown."""
    there, lost = await unnoted(register, files)
    for one in there:
        await _note(register, one)
    return len(there), lost


async def _note(register: Register, one: HandedIn) -> None:
    path = path_of(one.hash)
    try:
        kind = kind_of(path, one.name)
    except Stop:  # its title says nothing of its kind
        kind = "application/octet-stream"
    kept = KeptFile(hash=one.hash, size=path.stat().st_size, type=kind, at=one.at, person=one.person)
    use = FileUse(task=one.task, hash=one.hash, person=one.person, name=one.name, at=one.at)
    await note_file(register, kept, use)


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
