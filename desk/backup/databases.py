"""Databases copied while in use, and brought back: SQLite by its own backup, PostgreSQL by its own programs."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from desk.exit import Code, Stop

COUNTED = ("directives", "tasks", "events", "notices", "messages")


def copy_sqlite(source: Path, target: Path) -> None:
    """A consistent copy of a database that others write to meanwhile; readable only by its owner. Raises Stop.

    It is one file, not in write-ahead mode: nothing of it stands in another one.
    """
    try:
        with (
            closing(sqlite3.connect(f"file:{source}?mode=rw", uri=True, timeout=60)) as opened,
            closing(sqlite3.connect(target)) as copy,
        ):
            opened.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            (answer,) = copy.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.Error as error:
        raise _not_copied(source, str(error)) from error
    if answer != "ok":
        raise _not_copied(source, str(answer))
    with target.open("rb") as file:
        os.fsync(file.fileno())


def counts_of(file: Path) -> dict[str, int]:
    """The rows of a register's main tables."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as opened:
        return {
            name: opened.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608 - our own names
            for name in COUNTED
        }


def revision_of(file: Path) -> str:
    """The form of a register's tables."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as opened:
        row = opened.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else ""


def dump_postgresql(url: str, target: Path) -> None:
    """A consistent dump in PostgreSQL's own form. Raises Stop."""
    _run("pg_dump", url, ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"])
    with target.open("rb") as file:
        os.fsync(file.fileno())


def load_postgresql(url: str, dump: Path) -> None:
    """Bring a dump back into an empty database, all of it or nothing. Raises Stop."""
    words = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    _run("pg_restore", url, words, [str(dump)])


def _run(name: str, url: str, words: list[str], last: list[str] | None = None) -> None:
    program = shutil.which(name)
    if program is None:
        raise Stop(
            Code.UNREACHABLE,
            f"không tìm thấy chương trình {name}; chưa có gì thay đổi",
            f"the program {name} is not installed; nothing has changed",
            "cài gói postgresql-client (cùng phiên bản với máy chủ PostgreSQL), rồi chạy lại",
            "install the package postgresql-client (of the server's version), then run this again",
            kind="no_" + name,
        )
    made = make_url(url).set(drivername="postgresql")
    environment = dict(os.environ)
    if made.password:  # never on a command line, which everybody on the machine can read
        environment["PGPASSWORD"] = str(made.password)
    target = made.set(password=None).render_as_string(hide_password=False)
    done = subprocess.run(
        [program, *words, f"--dbname={target}", *(last or [])],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        why = done.stderr.strip().splitlines()[-1] if done.stderr.strip() else str(done.returncode)
        raise Stop(
            Code.UNREACHABLE,
            f"{name} báo lỗi: {why}",
            f"{name} says: {why}",
            "kiểm tra DONDOC_REGISTER_URL, PGPASSWORD và phiên bản của chương trình, rồi chạy lại",
            "check DONDOC_REGISTER_URL, PGPASSWORD and the program's version, then run this again",
            kind="postgresql_failed",
            detail={"program": name},
        )


def _not_copied(source: Path, why: str) -> Stop:
    return Stop(
        Code.UNREACHABLE,
        f"không sao chép được {source} ({why}); chưa có bản sao lưu nào được tạo",
        f"{source} cannot be copied ({why}); no backup was made",
        "kiểm tra đĩa và quyền đọc; nếu tệp hỏng, dùng bản sao lưu gần nhất",
        "check the disk and the right to read; where the file is damaged, use the last backup",
        kind="not_copied",
    )
