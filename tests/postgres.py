"""A real PostgreSQL for the tests: a cluster of its own on a socket in a temporary folder, ended with the session.

The binaries are those of Debian's package `postgresql`, or of another on the PATH. Where there are none, the tests run
on SQLite alone and the summary says so; in CI they must be there.
"""

import getpass
import os
import shutil
import signal
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
RESET = """
CREATE SCHEMA pristine;
DO $$ DECLARE one text; BEGIN
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('CREATE TABLE pristine.%1$I AS TABLE public.%1$I', one);
    END LOOP;
END $$;
CREATE FUNCTION pristine.reset() RETURNS void LANGUAGE plpgsql AS $$ DECLARE one text; BEGIN
    SET LOCAL session_replication_role = replica;  -- so that the order of the tables does not matter
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname IN ('public', 'pristine') GROUP BY 1 LOOP
        EXECUTE format('DELETE FROM public.%1$I', one);
        EXECUTE format('INSERT INTO public.%1$I OVERRIDING SYSTEM VALUE TABLE pristine.%1$I', one);
    END LOOP;
    FOR one IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
        EXECUTE format('ALTER SEQUENCE public.%I RESTART', one);
    END LOOP;
END $$
"""
"""Puts back what the template has in each table, in milliseconds: a database to make costs more than most tests."""

_numbers = count(1)


def binaries() -> Path | None:
    """The folder of `initdb` and `postgres`; None where PostgreSQL is not installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: int(one.parts[-3]))
    return versions[-1].parent if versions else None


class Cluster:
    """A running PostgreSQL that lends databases which have the register's tables already."""

    def __init__(self, folder: Path, command: list[str], user: str | None) -> None:
        self._folder, self._command, self._user = folder, command, user
        self._server: subprocess.Popen[bytes] | None = None
        self._free = list[str]()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with (self._folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                self._command, user=self._user, cwd=self._folder, stdout=log, stderr=log
            )
        self._answers(self._server)

    def stop(self) -> None:
        """Stop it at once: SIGTERM would wait for whoever still holds a connection."""
        if self._server is not None:
            self._server.send_signal(signal.SIGINT)
            self._server.wait(PATIENCE)
            self._server = None

    def _answers(self, server: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self.say("SELECT 1")
            except psycopg.OperationalError:
                if server.poll() is not None or time.monotonic() > until:
                    raise RuntimeError((self._folder / "log").read_text("utf-8", "replace")) from None
                time.sleep(0.05)  # another process is waited for, and it tells only by answering
            else:
                return

    def url(self, database: str) -> str:
        """The register's address in a database of this cluster."""
        return f"postgresql+psycopg://{USER}@/{database}?host={self._folder}"

    def say(self, statement: str, database: str = "postgres") -> None:
        """One statement, in no transaction."""
        with psycopg.connect(
            f"host={self._folder} user={USER} dbname={database}", autocommit=True
        ) as session:
            session.execute(statement.encode())

    def prepare(self) -> None:
        """The template has its tables: from now on databases are lent, and put back into its state."""
        self.say(RESET, TEMPLATE)

    def lend(self) -> str:
        """A database as the template is; its name."""
        if self._free:
            return self._free.pop()
        name = f"d{next(_numbers)}"
        self.say(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        return name

    def empty(self) -> str:
        """A database without any tables; its name."""
        name = f"d{next(_numbers)}"
        self.say(f"CREATE DATABASE {name}")
        return name

    def drop(self, name: str) -> None:
        """Away with a database, whoever still holds a connection."""
        self.say(f"DROP DATABASE {name} WITH (FORCE)")

    def take_back(self, name: str) -> None:
        """Whoever still holds a connection loses it; a database whose tables a test has changed is dropped."""
        self.say(f"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{name}'")
        try:
            self.say("SELECT pristine.reset()", name)
        except psycopg.Error:
            self.drop(name)
        else:
            self._free.append(name)


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
        quick = ("fsync=off", "full_page_writes=off", "shared_buffers=32MB", "max_connections=300", "jit=off")
        settings = [word for one in (() if durable else quick) for word in ("-c", one)]
        command = [str(found / "postgres"), "-D", str(data), "-k", str(folder), "-h", "", *settings]
        running = Cluster(folder, command, user)
        try:
            running.start()
            yield running
        finally:
            running.stop()


def must_be_there() -> bool:
    """Whether this run may not do without: CI installs it."""
    return bool(os.environ.get("CI"))
