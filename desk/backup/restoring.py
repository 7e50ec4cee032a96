"""A backup put in place: checked, laid beside what is there, and only then given the names that count.

What was there is moved aside inside the data folder and never deleted.
"""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from desk.backup.databases import load_postgresql
from desk.backup.manifest import CLOCK, DUMP, ENGINE, FILES, OUTBOX, PART, SECRET, SQLITE, Manifest
from desk.backup.writing import sync
from desk.exit import Stop
from desk.restored import Restored, last_try, note
from desk.settings import Settings

What = Literal["all", "register", "engine"]
ASIDE = "before-"
_COMPANIONS = ("-wal", "-shm", "-journal")


class Restoring:
    """One restoration of a whole backup, or of one of its two databases."""

    def __init__(self, chosen: Settings, backup: Path, manifest: Manifest, what: What) -> None:
        self._chosen, self._backup, self._manifest, self._what = chosen, backup, manifest, what
        self._at = datetime.now(UTC)
        self.aside = chosen.data / f"{ASIDE}{self._at:%Y%m%dT%H%M%S%fZ}"
        self.asides: tuple[str, ...] = ()

    @property
    def places(self) -> dict[str, Path]:
        """Where each part of the backup goes; PostgreSQL's dump has no place in the folder."""
        chosen = self._chosen
        parts = {
            SQLITE: chosen.register_database,
            ENGINE: chosen.engine_database,
            CLOCK: chosen.clock_file,
            SECRET: chosen.secret_file,
            FILES: chosen.files_folder,
            OUTBOX: chosen.outbox_folder,
        }
        wanted = {"register": {SQLITE, FILES}, "engine": {ENGINE}}.get(self._what, set(parts))
        held = {Path(one.path).parts[0] for one in self._manifest.files}
        return {name: place for name, place in parts.items() if place and name in wanted & held}

    @property
    def replaced(self) -> list[Path]:
        """What is there and would be moved aside. Evidence, named by its content, is only added beside a register."""
        places = self.places
        if self._what == "register":
            places = {name: place for name, place in places.items() if name != FILES}
        found = [one for place in places.values() for one in (place, *_companions(place))]
        if self._what == "all" and self._manifest.database == "sqlite" and ENGINE not in places:
            engine = self._chosen.engine_database  # it is of another time
            found += [engine, *_companions(engine)]
        return [one for one in found if _something(one)]

    def do(self) -> None:
        """Put it in place. Killed in between, `up` and a repair refuse until it is done. Raises Stop, OSError."""
        chosen = self._chosen
        chosen.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        before = last_try(chosen)
        earlier = before.aside if before and not before.whole else ()
        told = Restored(
            backup=str(self._backup.resolve()),
            what=self._what,
            backed_up_at=self._manifest.at,
            at=self._at,
            whole=False,
            aside=(*earlier, *([str(self.aside)] if self.replaced else [])),
        )
        staged = chosen.data / f"{PART}restore"
        shutil.rmtree(staged, ignore_errors=True)
        try:
            self._lay_out(staged)
        except OSError:  # what it has written would keep the disk full
            shutil.rmtree(staged, ignore_errors=True)
            raise
        note(chosen, told)
        if self._manifest.database == "postgresql" and self._what != "engine":
            self._load(staged, before)
        self._move_aside()
        self._put_in_place(staged)
        shutil.rmtree(staged, ignore_errors=True)
        note(chosen, told.model_copy(update={"whole": True}))
        self.asides = told.aside

    def _load(self, staged: Path, before: Restored | None) -> None:
        """PostgreSQL takes all of it or nothing: a refusal leaves everything as it was. Raises Stop."""
        try:
            load_postgresql(self._chosen.register_address, self._backup / DUMP)
        except Stop:
            if before is not None:
                note(self._chosen, before)
            else:
                self._chosen.restored_file.unlink(missing_ok=True)
            shutil.rmtree(staged, ignore_errors=True)
            raise

    def _lay_out(self, staged: Path) -> None:
        """All that is to be put in place, on the data folder's own disk."""
        staged.mkdir(mode=0o700)
        for one in self._manifest.files:
            if Path(one.path).parts[0] not in self.places:
                continue
            target = staged / one.path
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.copyfile(self._backup / one.path, target)
            target.chmod(0o440 if one.path.startswith(f"{FILES}/") else 0o600)
            with target.open("rb") as file:
                os.fsync(file.fileno())

    def _move_aside(self) -> None:
        for one in self.replaced:
            self.aside.mkdir(mode=0o700, exist_ok=True)
            shutil.move(one, self.aside / one.name)

    def _put_in_place(self, staged: Path) -> None:
        for name, place in self.places.items():
            place.parent.mkdir(parents=True, exist_ok=True)
            for source in _pieces(staged / name):
                target = place / source.relative_to(staged / name) if source != staged / name else place
                target.parent.mkdir(parents=True, exist_ok=True)
                if not target.exists():
                    shutil.move(source, target)
            sync(place.parent)


def _companions(database: Path) -> list[Path]:
    """What SQLite keeps beside a database."""
    return [database.with_name(database.name + ending) for ending in _COMPANIONS]


def _something(place: Path) -> bool:
    """Whether there is anything to lose."""
    return any(place.iterdir()) if place.is_dir() else place.exists()


def _pieces(place: Path) -> list[Path]:
    return [one for one in place.rglob("*") if one.is_file()] if place.is_dir() else [place]
