"""Seeing effects arrive: a file of SQLite is asked again and again for what is new, and when it was seen."""

import asyncio
import sqlite3
import time
from pathlib import Path
from typing import NamedTuple

from bench.server import Used, used

EVERY = 0.02
"""Seconds between two looks: the resolution of every lag that is reported."""
PATIENCE = 120.0
"""Seconds without anything new after which something has broken."""


class Seen(NamedTuple):
    """An effect by its id, and the instant (seconds since 1970) at which it was first seen to be committed."""

    id: str
    at: float


class Watch:
    """Looks at one table that only grows. `wanted` selects `seq` and an id, of what comes after `:after`.

    What stands there already is not seen.
    """

    def __init__(self, file: Path, wanted: str) -> None:
        self._file = sqlite3.connect(f"file:{file}?mode=ro", uri=True, check_same_thread=False)
        self._wanted, self._after = wanted, 0
        self.seen: list[Seen] = []
        self._new()

    async def until(self, count: int) -> list[Seen]:
        """Wait for so many effects from now on. Raises TimeoutError where none comes for two minutes."""
        self.seen, last = [], time.time()
        while len(self.seen) < count:
            rows = await asyncio.to_thread(self._new)
            now = time.time()
            self.seen += [Seen(str(row[1]), now) for row in rows]
            last = now if rows else last
            if now - last > PATIENCE:
                raise TimeoutError(f"{len(self.seen)} of {count}")
            await asyncio.sleep(EVERY)
        return self.seen

    def _new(self) -> list[tuple[int, str]]:
        rows: list[tuple[int, str]] = self._file.execute(self._wanted, {"after": self._after}).fetchall()
        if rows:
            self._after = rows[-1][0]
        return rows

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def events(register: Path, kind: str) -> Watch:
    """The register's events of one kind."""
    text = f"SELECT seq, task FROM events WHERE seq > :after AND kind = '{kind}' ORDER BY seq"  # noqa: S608 - ours
    return Watch(register, text)


def notes(plain: Path, kind: str) -> Watch:
    """The bare engine's effects of one kind."""
    text = f"SELECT seq, id FROM notes WHERE seq > :after AND id LIKE '%/{kind}' ORDER BY seq"  # noqa: S608 - ours
    return Watch(plain, text)


class Meter:
    """What some processes use between two looks, in seconds of processor time."""

    def __init__(self, **pids: int) -> None:
        self._pids = pids
        self._before = self._used()

    def _used(self) -> dict[str, Used]:
        return {name: used(pid) for name, pid in self._pids.items()}

    def seconds(self) -> dict[str, float]:
        """By name, since the meter was made."""
        after = self._used()
        return {name: after[name].seconds - self._before[name].seconds for name in self._pids}
