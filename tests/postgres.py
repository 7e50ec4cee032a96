"""A real PostgreSQL for the tests: a cluster of its own on a socket in a temporary folder, ended with the session.

The binaries are those of Debian's package `postgresql`, or of another on the PATH. Where there are none, the tests run
on SQLite alone and the summary says so; in CI they must be there.
"""

import getpass
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

USER = "postgres"
"""The database's superuser, and where the tests run as root the system's user: PostgreSQL refuses to run as root."""
PATIENCE = 60.0
TEMPLATE = "migrated"

_numbers = count(1)


def binaries() -> Path | None:
    """The folder of `initdb` and `postgres`; None where PostgreSQL is not installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: int(one.parts[-3]))
    return versions[-1].parent if versions else None


class Cluster:
    """A running PostgreSQL, whose databases are made from one that has the register's tables already."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def url(self, database: str) -> str:
        """The register's address in a database of this cluster."""
        return f"postgresql+psycopg://{USER}@/{database}?host={self._folder}"

    def say(self, statement: str) -> None:
        """One statement, in no transaction."""
        with psycopg.connect(f"host={self._folder} user={USER} dbname=postgres", autocommit=True) as session:
            session.execute(statement.encode())

    def make(self, template: str = TEMPLATE) -> str:
        """A fresh database; its name."""
        name = f"d{next(_numbers)}"
        self.say(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        """Away with a database, whoever still holds a connection."""
        self.say(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def cluster(found: Path, *, durable: bool = False) -> Iterator[Cluster]:
    """A cluster on a socket only, without fsync: it has to outlive nothing. A `durable` one is as PostgreSQL comes."""
    user = USER if getpass.getuser() == "root" else None
    with tempfile.TemporaryDirectory(prefix="dd-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if user:
            shutil.chown(folder, user)
        data = folder / "data"
        made = ["-D", str(data), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        subprocess.run([str(found / "initdb"), *made], check=True, user=user, capture_output=True, cwd=folder)
        settings = () if durable else ("fsync=off", "full_page_writes=off", "shared_buffers=32MB")
        quick = [word for one in settings for word in ("-c", one)]
        command = [str(found / "postgres"), "-D", str(data), "-k", str(folder), "-h", "", *quick]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(command, user=user, cwd=folder, stdout=log, stderr=log)
        try:
            running = Cluster(folder)
            _answers(running, server, folder / "log")
            yield running
        finally:
            server.terminate()
            server.wait(PATIENCE)


def _answers(running: Cluster, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            running.say("SELECT 1")
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError(log.read_text(encoding="utf-8", errors="replace")) from None
            time.sleep(0.05)  # another process is waited for, and it tells only by answering
        else:
            return


def must_be_there() -> bool:
    """Whether this run may not do without: CI installs it."""
    return bool(os.environ.get("CI"))
