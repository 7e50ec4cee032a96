"""One backup written under a name that nobody takes for a whole one, and given its own at the end."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from desk.backup.databases import copy_sqlite, counts_of, dump_postgresql, revision_of
from desk.backup.manifest import (
    CLOCK,
    DUMP,
    ENGINE,
    FILES,
    MANIFEST,
    OUTBOX,
    PART,
    PIECE,
    PREFIX,
    SECRET,
    SQLITE,
    Kept,
    Manifest,
    check,
    digest_of,
    read,
    release,
    whole_ones,
)
from desk.evidence import PART as UPLOAD
from desk.settings import Settings


class Writing:
    """The pieces of one backup of an installation, in the order in which they have to be taken.

    The register first, then the engine, then the files: what the engine knows beyond the register can be written from
    its histories, and every file that the register names is there before its name is.
    """

    def __init__(self, chosen: Settings, place: Path) -> None:
        self._chosen = chosen
        earlier = whole_ones(place)
        self._earlier = earlier[-1] if earlier else None
        self._known = {one.path: one for one in _files_of(self._earlier)}
        self._kept: list[Kept] = []
        self.linked = 0
        self.at = datetime.now(UTC)
        self.name = _free_name(place, self.at)
        self.part = place / f"{PART}{self.name}"

    def databases(self, postgresql: tuple[str, str, dict[str, int]] | None) -> None:
        """The register, of PostgreSQL with its address, form and counts; then the engine's file. Raises Stop."""
        self.part.mkdir(mode=0o700)
        if postgresql is not None:
            url, self._revision, self._counts = postgresql
            dump_postgresql(url, self.part / DUMP)
            self._note(DUMP)
        elif source := self._chosen.register_database:
            copy_sqlite(source, self.part / SQLITE)
            self._revision, self._counts = revision_of(self.part / SQLITE), counts_of(self.part / SQLITE)
            self._note(SQLITE)
        self._database: Literal["sqlite", "postgresql"] = "postgresql" if postgresql else "sqlite"
        self._engine = self._chosen.engine_database.exists()
        if self._engine:
            copy_sqlite(self._chosen.engine_database, self.part / ENGINE)
            self._note(ENGINE)

    def sources(self) -> list[tuple[Path, str]]:
        """The files to take along, with their paths inside the backup."""
        chosen = self._chosen
        single = [(chosen.clock_file, CLOCK), (chosen.secret_file, SECRET)]
        return [
            *((file, name) for file, name in single if file.is_file()),
            *_below(chosen.files_folder, FILES),
            *_below(chosen.outbox_folder, OUTBOX),
        ]

    def take(self, source: Path, path: str) -> None:
        """One file: the same content as in the backup before is linked to it, and takes no room twice."""
        target = self.part / path
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        known = self._known.get(path)
        if known and known.size == source.stat().st_size and known.sha256 == digest_of(source):
            before = self._earlier / path if self._earlier else source
            if before.is_file() and digest_of(before) == known.sha256 and _linked(before, target):
                self._kept.append(known)
                self.linked += 1
                return
        self._kept.append(Kept(path=path, size=0, sha256="").model_copy(update=_copied(source, target)))

    def finish(self, secret_in_environment: bool) -> tuple[Path, Manifest]:
        """Write the manifest, read everything once more, and give the backup its name. Raises Stop, OSError."""
        has_secret = any(one.path == SECRET for one in self._kept)
        manifest = Manifest(
            release=release(),
            revision=self._revision,
            at=self.at,
            database=self._database,
            engine=self._engine,
            secret="environment" if secret_in_environment else "kept" if has_secret else "none",
            counts=self._counts,
            files=tuple(self._kept),
        )
        check(self.part, manifest)
        with (self.part / MANIFEST).open("w", encoding="utf-8") as file:
            file.write(manifest.model_dump_json(indent=2))
            file.flush()
            os.fsync(file.fileno())
        for folder in (self.part, *(one for one in self.part.rglob("*") if one.is_dir())):
            sync(folder)
        whole = self.part.with_name(self.name)
        self.part.rename(whole)
        sync(whole.parent)
        return whole, manifest

    def _note(self, path: str) -> None:
        file = self.part / path
        self._kept.append(Kept(path=path, size=file.stat().st_size, sha256=digest_of(file)))


def sync(folder: Path) -> None:
    """Let the names in a folder reach the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(place: Path) -> int:
    """Take away what killed backups have left; the caller holds the folder, so that none is being written."""
    left = [one for one in place.glob(f"{PART}{PREFIX}*") if one.is_dir()]
    for one in left:
        shutil.rmtree(one, ignore_errors=True)
    return len(left)


def prune(place: Path, keep: int, progress: Callable[[Path], None]) -> list[Path]:
    """Remove the oldest whole backups until so many are left. One half removed no longer looks like a whole one."""
    gone = whole_ones(place)[:-keep]
    for one in gone:
        dying = one.with_name(PART + one.name)
        one.rename(dying)
        shutil.rmtree(dying)
        progress(one)
    return gone


def _free_name(place: Path, at: datetime) -> str:
    stamp = f"{PREFIX}{at:%Y%m%dT%H%M%SZ}"
    names = (stamp, *(f"{stamp}-{number}" for number in range(2, 1000)))
    return next(name for name in names if not (place / name).exists())


def _files_of(backup: Path | None) -> tuple[Kept, ...]:
    manifest = read(backup) if backup else None
    return manifest.files if manifest else ()


def _below(folder: Path, name: str) -> Iterator[tuple[Path, str]]:
    if not folder.is_dir():
        return
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink() and not file.name.startswith((UPLOAD, ".")):
            yield file, f"{name}/{file.relative_to(folder)}"


def _linked(before: Path, target: Path) -> bool:
    try:
        os.link(before, target)
    except OSError:  # another disk, or one that knows no links
        return False
    return True


def _copied(source: Path, target: Path) -> dict[str, object]:
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as opened, target.open("xb") as made:
        while piece := opened.read(PIECE):
            digest.update(piece)
            size += len(piece)
            made.write(piece)
        made.flush()
        os.fsync(made.fileno())
    target.chmod(0o600)
    return {"size": size, "sha256": digest.hexdigest()}
